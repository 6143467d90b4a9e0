"""Places in a file, put before what is wrong there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reader.errors import FormatError


@contextmanager
def placed(where: str) -> Iterator[None]:
    """Put a place before an error that is raised inside.

    Args:
        where: The place as messages call it: `line 3`, a path in JSON, or a file.
    """
    try:
        yield
    except FormatError as error:
        raise FormatError(f"{where}: {error.message}") from error
