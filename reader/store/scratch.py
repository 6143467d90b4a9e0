"""A database of one's own, for more than should be held in memory."""

from __future__ import annotations

import sqlite3


def scratch(tables: str) -> sqlite3.Connection:
    """Open a private database in a file without a name, which goes with the connection.

    SQLite makes the file when there is more than fits into a few megabytes. Nothing
    in it is to outlive the process: there is no journal, and all is one transaction.

    Args:
        tables: The statements that make its tables.
    """
    own = sqlite3.connect("", isolation_level=None)
    own.executescript(f"PRAGMA journal_mode = OFF; {tables}; BEGIN;")
    return own
