"""A database of one's own, for more than should be held in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from reader.errors import LibraryError


class _Scratch(sqlite3.Connection):
    """Says of which disk it is that there is no room: not of the library's."""

    def execute(self, query: str, values: Any = ()) -> sqlite3.Cursor:
        try:
            return super().execute(query, values)
        except sqlite3.OperationalError as error:
            raise _explained(error) from error

    def executemany(self, query: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        try:
            return super().executemany(query, rows)
        except sqlite3.OperationalError as error:
            raise _explained(error) from error


def scratch(tables: str) -> sqlite3.Connection:
    """Open a private database in a file without a name, which goes with the connection.

    SQLite makes the file when there is more than fits into a few megabytes. Nothing
    in it is to outlive the process: there is no journal, and all is one transaction.
    It raises `LibraryError` where there is no room for the file.

    Args:
        tables: The statements that make its tables.
    """
    own = sqlite3.connect("", isolation_level=None, factory=_Scratch)
    own.executescript(f"PRAGMA journal_mode = OFF; {tables}; BEGIN;")
    return own


def _explained(error: sqlite3.OperationalError) -> LibraryError:
    return LibraryError(
        f"temporary files cannot be written ({error}); make room for them, or name another folder "
        "for them with the environment variable SQLITE_TMPDIR."
    )
