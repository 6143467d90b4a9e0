"""Rows that the library cannot have written: damage, or somebody else's hand in the file."""

from __future__ import annotations

import sqlite3

from reader.errors import FormatError

DAMAGE = (ValueError, TypeError, LookupError, FormatError)
"""What reading a row into a value raises when there is something else in it."""


def damaged(what: str, error: Exception) -> sqlite3.DatabaseError:
    """Return the error for a row that cannot be understood.

    Args:
        what: What the row is, for example `mention 01J...`.
        error: What went wrong while reading it.
    """
    return sqlite3.DatabaseError(f"{what.replace('_', ' ')}: {error}")
