"""Reading a file, or standard input, that a command was given by name."""

from __future__ import annotations

import sys
from pathlib import Path

from reader.errors import FormatError

_STANDARD_INPUT = "-"


def shown_name(name: str) -> str:
    """Return what messages call an input."""
    return "standard input" if name == _STANDARD_INPUT else name or repr(name)


def read_input(name: str, consequence: str) -> bytes:
    """Return all bytes of a file, or of standard input for `-`.

    Args:
        name: As given.
        consequence: What the message ends with, for example `Nothing was imported.`

    Raises:
        FormatError: If it cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if name == _STANDARD_INPUT else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(
            f"{shown_name(name)}: cannot be read ({reason}); check the path. {consequence}"
        ) from error
