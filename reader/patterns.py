"""Regular expressions that are compiled when they are first used.

Python compiles one in 0.1 to 1 ms, and most of them are for texts and moments
that a start does not meet. After the first use a pattern costs what a compiled
one costs; type checkers see a compiled one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - it stands where `re.compile` would
        """A regular expression with the methods of a compiled one.

        Args:
            source: As `re.compile` takes it.
            flags: Likewise.
        """

        def __init__(self, source: str | bytes, flags: int = 0) -> None:
            self._source, self._flags = source, flags

        def __getattr__(self, name: str) -> Any:
            # Called for what is not there yet: from now on it is. What is Python's own
            # is asked of things half made, too, for example of a copy before it is filled.
            if name.startswith("_"):
                raise AttributeError(name)
            found = getattr(re.compile(self._source, self._flags), name)
            setattr(self, name, found)
            return found


__all__ = ["pattern"]
