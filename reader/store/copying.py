"""SQLite's online backup, for as long as one waits for it."""

from __future__ import annotations

import sqlite3
import time

from reader.errors import LibraryError

PATIENCE = 5.0
"""Seconds to wait for another program that keeps one of the two to itself."""

_PAUSE = 0.05


def copy_into(target: sqlite3.Connection, source: sqlite3.Connection) -> None:
    """Make a database what another one is, whole or not at all, also while others use the two.

    By itself it would wait for ever where another program holds a lock, and hear no Ctrl+C.

    Raises:
        sqlite3.Error: If one cannot be read, or the other not be written.
    """
    for connection in (target, source):
        # SQLite would wait within each try, without looking at the clock here.
        connection.execute("PRAGMA busy_timeout = 0")
    given_up = time.monotonic() + PATIENCE

    def look(status: int, remaining: int, total: int) -> None:
        busy = status & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if busy and time.monotonic() > given_up:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

    source.backup(target, progress=look, sleep=_PAUSE)


def tells_damage(error: LibraryError) -> bool:
    """Tell whether SQLite could not understand a file, rather than not get at it."""
    cause = error.__cause__
    damage = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return isinstance(cause, sqlite3.DatabaseError) and code in damage
