"""Connections to a library: the one place that opens them.

A library at rest is one file with a rollback journal. Reading opens it with
`mode=ro` and changes no byte of it. The first write switches to a write-ahead
log; the last connection to leave checkpoints and switches back.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import LibraryError
from reader.store.versions import check_ours, is_current

BUSY_SECONDS = 5.0
"""How long a statement waits for another process before it gives up."""

_KEEP = "keep it as it is and go back to a copy"

Migrate = Callable[[sqlite3.Connection], None]


def open_reading(path: Path, migrate: Migrate) -> sqlite3.Connection:
    """Open a library for reading.

    A missing or empty file reads as an empty library, an older one is
    migrated in a copy in memory; the file stays as it is.

    Raises:
        LibraryError: If the file cannot be opened, is no library, or is newer.
    """
    with explained(path):
        if _is_missing(path):
            return _in_memory(None, migrate)
        _require_file(path)
        connection = _connect(f"{path.absolute().as_uri()}?mode=ro")
        try:
            check_ours(connection, path)
            if is_current(connection):
                return connection
            copy = _in_memory(connection, migrate)
        except BaseException:
            connection.close()
            raise
        connection.close()
        return copy


def open_writing(path: Path, migrate: Migrate) -> sqlite3.Connection:
    """Open a library for writing, make it when there is none, bring it up to date.

    An older library is copied to `NAME.before-migration` first.

    Raises:
        LibraryError: If it cannot be written, is no library, or is newer.
    """
    with explained(path):
        _require_writable(path)
        connection = _connect(f"{path.absolute().as_uri()}?mode=rwc")
        try:
            check_ours(connection, path)
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA synchronous = FULL")
            if not is_current(connection):
                _migrate_file(connection, path, migrate)
        except BaseException:
            connection.close()
            raise
        return connection


def leave(connection: sqlite3.Connection, path: Path) -> None:
    """Close a connection that wrote; the last one makes the library one plain file again."""
    try:
        connection.execute("PRAGMA busy_timeout = 200")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        # Somebody else still has the library open and will do this when leaving.
        if not _is_busy(error):
            raise explain(error, path) from error
    finally:
        connection.close()


def uses_log(connection: sqlite3.Connection) -> bool:
    """Tell whether the library is in write-ahead mode at this moment."""
    mode: str = connection.execute("PRAGMA journal_mode").fetchone()[0]
    return mode == "wal"


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One user action: taken with BEGIN IMMEDIATE, committed at the end or rolled back whole.

    References between records are checked at the commit, so that the order
    of the changes inside an action does not matter.

    Raises:
        LibraryError: If the library cannot be written now.
    """
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Several reads that see one state of the library."""
    with explained(path):
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one line for the user."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def explain(error: sqlite3.Error, path: Path) -> LibraryError:
    """Say what an error of SQLite means for the user, and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    cures = {
        sqlite3.SQLITE_BUSY: "another program is writing to it; nothing was changed, try again",
        sqlite3.SQLITE_LOCKED: "another program is writing to it; nothing was changed, try again",
        sqlite3.SQLITE_READONLY: "it is read-only; make the file and its folder writable, "
        "or copy it elsewhere",
        sqlite3.SQLITE_FULL: "the disk is full; nothing was changed, make room and try again",
        sqlite3.SQLITE_NOTADB: "it is not a library; name another file with --db",
        sqlite3.SQLITE_CORRUPT: f"it is damaged; {_KEEP}",
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that the folder exists "
        "and that you may read it",
        sqlite3.SQLITE_IOERR: "the disk does not answer as it should; nothing was changed",
    }
    if code in cures:
        return LibraryError(f"{path}: {cures[code]}.")
    damage = str(error).rstrip(".")
    return LibraryError(f"{path}: it is damaged ({damage}); {_KEEP}.")


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _in_memory(source: sqlite3.Connection | None, migrate: Migrate) -> sqlite3.Connection:
    memory = _connect("file::memory:")
    if source is not None:
        source.backup(memory)
    migrate(memory)
    return memory


def _migrate_file(connection: sqlite3.Connection, path: Path, migrate: Migrate) -> None:
    """Migrate under the write lock, so that two first writers do not meet."""
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        _back_up(connection, path.with_name(path.name + ".before-migration"))
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrate(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()


def _is_missing(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError as error:
        raise LibraryError(f"{path}: {error.strerror}; name another file with --db.") from error


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise LibraryError(f"{path}: it is not a file; name a library with --db.")


def _require_writable(path: Path) -> None:
    """Refuse early what SQLite would refuse with words that do not help."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise LibraryError(f"{path}: the folder {folder} does not exist; make it first.")
    if path.exists():
        _require_file(path)
    if not os.access(path if path.exists() else folder, os.W_OK) or not os.access(folder, os.W_OK):
        raise LibraryError(
            f"{path}: it is read-only; make the file and its folder writable, or copy it elsewhere."
        )


def _is_busy(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
