"""Coming to a library and leaving it: the last to leave makes it one plain file again.

Every connection that may meet others passes here, those that only read, too: a writer that
leaves while somebody reads cannot put the library to rest, so that the reader has to.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import LibraryError
from reader.store import database
from reader.store.files import (
    Identity,
    Log,
    identity,
    log_of,
    one_at_a_time,
    require_writable,
    touch_log,
)
from reader.values import dataclass

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SHORT = 200
"""Milliseconds to wait, when leaving, for somebody who writes."""


@dataclass(frozen=True, slots=True)
class Found:
    """How a library was when somebody came to read it.

    Attributes:
        file: Which file it was, or None when there was none.
        log: Its write-ahead log, or None when there was none.
        at_rest: Whether nobody wrote to it, and no crash had left it open.
    """

    file: Identity | None
    log: Log | None
    at_rest: bool


def come(
    path: Path, migrate: database.Migrate, patience: float | None = None
) -> tuple[sqlite3.Connection, Found]:
    """Open a library for reading, as `database.open_reading` does, and see how it is found.

    Raises:
        LibraryError: If it cannot be read.
    """
    connection, found = _enter(path, patience)
    try:
        return database.brought_up(connection, path, migrate, is_copy=found.log is None), found
    except LibraryError:
        raise
    except BaseException:
        # Told to end: others may have left it to us already.
        if not found.at_rest:
            _put_to_rest(path, found)
        raise


def _enter(path: Path, patience: float | None) -> tuple[sqlite3.Connection | None, Found]:
    """Open a library as it is; who waits for others does so outside, where nobody is kept."""
    seconds = database.BUSY_SECONDS if patience is None else patience
    given_up = time.monotonic() + seconds
    with database.explained(path):
        while True:
            try:
                with one_at_a_time(path):
                    return _look_in(path, seconds)
            except sqlite3.OperationalError as error:
                if not database.is_busy(error) or time.monotonic() > given_up:
                    raise
            time.sleep(database.PAUSE)


def _look_in(path: Path, patience: float) -> tuple[sqlite3.Connection | None, Found]:
    file, log = identity(path), log_of(path)
    connection = database.attach(path, patience=0)
    if connection is None:
        return None, Found(file, log, at_rest=True)
    try:
        database.be_patient(connection, patience)
        return connection, Found(file, log, at_rest=not database.uses_log(connection))
    except BaseException:
        connection.close()
        raise


def go(connection: sqlite3.Connection, path: Path, found: Found) -> None:
    """Close a connection that only read, and put the library to rest if nobody else will.

    Raises:
        LibraryError: If the library is damaged.
    """
    try:
        with database.explained(path):
            in_use = database.uses_log(connection)
    finally:
        connection.close()
    if in_use:
        _put_to_rest(path, found)


@contextmanager
def visiting(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that only reads, for a short time.

    Raises:
        LibraryError: If the library cannot be read.
    """
    connection, found = _enter(path, None)
    if connection is None:
        raise LibraryError(f"{path}: there is nothing in it; name another file.")
    try:
        yield connection
    finally:
        go(connection, path, found)


def leave(connection: sqlite3.Connection, path: Path) -> None:
    """Close a connection that wrote; the last one makes the library one plain file again.

    Raises:
        LibraryError: If the library was moved or damaged meanwhile, or has to stay in two files.
    """
    try:
        connection.execute(f"PRAGMA busy_timeout = {_SHORT}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        with one_at_a_time(path):
            try:
                connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            except sqlite3.OperationalError as error:
                if not database.is_busy(error):
                    raise
                # Somebody else still has the library open and will do this when leaving.
                touch_log(path)
            finally:
                connection.close()
    except sqlite3.DatabaseError as error:
        if not database.is_busy(error):
            raise _restless(error, path) from error
    finally:
        connection.close()


def _put_to_rest(path: Path, found: Found) -> None:
    """Leave as a writer would, if the last of them could not because we were reading.

    What a crash left in the log is for the next writer to recover.
    """
    if found.file is None or identity(path) != found.file:
        return
    try:
        if found.at_rest or _was_used(log_of(path), found.log):
            require_writable(path)
            leave(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True), path)
        elif found.log is None:
            database.drop_log(path)
    except (LibraryError, sqlite3.Error):
        # Read-only by now, or gone: then whoever writes next will do it.
        return


def _was_used(log: Log | None, before: Log | None) -> bool:
    """Tell by its log whether somebody wrote to a library, or left it, since we came."""
    if before is None:
        # Reading alone makes an empty one.
        return log is not None and log.size > 0
    return log is None or log.size == 0 or log != before


def _restless(error: sqlite3.Error, path: Path) -> LibraryError:
    """Say that a library stays in two files, because the disk is full or read-only."""
    if database.is_moved(error) or database.primary_code(error) in _DAMAGED:
        return database.explain(error, path)
    return LibraryError(
        f"{path}: everything is saved, but in part in {path.name}-wal ({error}); keep the two "
        "together, and change something when the disk can be written again: that unites them."
    )
