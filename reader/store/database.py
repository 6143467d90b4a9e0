"""Connections to a library: the one place that opens them.

A library at rest is one file with a rollback journal. Reading opens it with
`mode=ro` and changes no byte of it. The first write switches to a write-ahead
log; the last connection to leave checkpoints and switches back (`resting`).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from reader.errors import LibraryBusyError, LibraryError
from reader.store.files import (
    Identity,
    copy_with_log,
    identity,
    is_missing,
    log_size,
    moved,
    one_at_a_time,
    require_writable,
)
from reader.store.versions import applied, check_ours, is_current

BUSY_SECONDS = 5.0
"""How long a statement waits for another process before it gives up, if nobody says otherwise."""

PAUSE = 0.01
"""Seconds between two tries of what others are in the way of."""
_SHORT = 0.2
"""Seconds to wait for readers at the threshold: none new comes in while SQLite waits there."""
_TURN = 0.004
"""Seconds between two tries for the write lock, in the mean: about as long as an action takes."""

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_KEEP = "keep it as it is and go back to a copy"

Migrate = Callable[[sqlite3.Connection], None]


def open_reading(path: Path, migrate: Migrate, patience: float | None = None) -> sqlite3.Connection:
    """Open a library for reading.

    A missing or empty file reads as an empty library, an older one is
    migrated in a copy in memory; the file stays as it is.

    Args:
        path: The library's file.
        migrate: Brings a library up to date.
        patience: Seconds that a statement waits for another process; None for `BUSY_SECONDS`.

    Raises:
        LibraryError: If the file cannot be opened, is no library, or is newer.
    """
    with explained(path):
        log_met = log_size(path)
        return brought_up(attach(path, patience), path, migrate, is_copy=log_met is None)


def attach(path: Path, patience: float | None = None) -> sqlite3.Connection | None:
    """Open a library's file as it is, or a copy in memory when only a writer could recover it.

    Returns:
        The connection; None when there is no library.

    Raises:
        LibraryError: If the file cannot be looked at.
        sqlite3.Error: If it cannot be opened.
    """
    return None if is_missing(path) else _attached(path, patience)


def brought_up(
    connection: sqlite3.Connection | None, path: Path, migrate: Migrate, *, is_copy: bool
) -> sqlite3.Connection:
    """Return a connection if its library is up to date; else close it and give a copy that is.

    Args:
        connection: What `attach` gave.
        path: The library's file.
        migrate: Brings a library up to date.
        is_copy: Whether the library had no log, so that one that is there now is ours.

    Raises:
        LibraryError: If the file is no library, or is newer.
    """
    with explained(path):
        if connection is None:
            return _in_memory(None, migrate)
        try:
            check_ours(connection, path)
            if is_current(connection):
                return connection
            copy = _in_memory(connection, migrate)
        except BaseException:
            connection.close()
            raise
        connection.close()
        if is_copy and log_size(path) is not None:
            drop_log(path)
        return copy


def open_writing(path: Path, migrate: Migrate, patience: float | None = None) -> sqlite3.Connection:
    """Open a library for writing, make it when there is none, bring it up to date.

    An older library is copied to `NAME.before-migration` first.

    Args:
        path: The library's file.
        migrate: Brings a library up to date.
        patience: Seconds that a statement waits for another process; None for `BUSY_SECONDS`.

    Raises:
        LibraryBusyError: If another program holds it for longer than that.
        LibraryError: If it cannot be written, is no library, or is newer.
    """
    with explained(path):
        require_writable(path)
        there = identity(path)
        connection = _connect(f"{path.absolute().as_uri()}?mode=rwc", patience)
        opened = identity(path)
        try:
            check_ours(connection, path)
            _use_log(connection, path)
            if identity(path) != opened:
                # Whoever had made it gave up and took it away: what is written would be lost.
                raise moved(path)
            connection.execute("PRAGMA synchronous = FULL")
            if not is_current(connection):
                _migrate_file(connection, path, migrate)
        except BaseException:
            _give_up(connection, path, made=opened if there is None else None)
            raise
        return connection


def _give_up(connection: sqlite3.Connection, path: Path, made: Identity | None) -> None:
    """Close a connection that is not to write after all; nothing about the file is to differ.

    One that was made for it goes again, if nobody else has made it a library meanwhile.
    """
    with one_at_a_time(path), closing(connection), suppress(sqlite3.Error, OSError):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        if made is not None and made == identity(path):
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
                Path(os.path.realpath(path)).unlink()
            connection.execute("ROLLBACK")


def _use_log(connection: sqlite3.Connection, path: Path) -> None:
    """Switch to a write-ahead log, when nobody reads: with short waits at the threshold.

    Where it cannot be locked, two that switch at one moment would wait for each other; SQLite
    then refuses one of them at once, whatever time it was given.
    """
    patience = patience_of(connection)
    given_up = time.monotonic() + patience
    be_patient(connection, min(patience, _SHORT))
    try:
        while True:
            try:
                with one_at_a_time(path):
                    connection.execute("PRAGMA journal_mode = WAL").fetchone()
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > given_up:
                    raise
            time.sleep(PAUSE)
    finally:
        be_patient(connection, patience)


def discard(connection: sqlite3.Connection, path: Path) -> None:
    """Close a library that was just made and take it away, if nothing came into it.

    One that somebody else has opened meanwhile stays.
    """
    with one_at_a_time(path), closing(connection), suppress(sqlite3.Error, OSError):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
        tables = ("article", "action", "annotator")
        counts = (connection.execute(f"SELECT 1 FROM {table} LIMIT 1") for table in tables)
        if not any(found.fetchone() for found in counts):
            Path(os.path.realpath(path)).unlink()
        connection.execute("ROLLBACK")


def drop_log(path: Path) -> None:
    """Take away the empty log that reading a copied, unfinished library made beside it.

    Raises:
        LibraryError: If the folder cannot be written.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with explained(path), one_at_a_time(path), closing(_connect(uri)) as connection:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()


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
        LibraryBusyError: If another program keeps the write lock for longer than there is patience.
        LibraryError: If the library cannot be written now.
    """
    with explained(path):
        _begin(connection)
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _begin(connection: sqlite3.Connection) -> None:
    """Take the write lock, or wait for it in turns that are short and never the same.

    SQLite waits longer each time it finds the lock taken, so that of twenty busy
    writers one may never get it.
    """
    patience = patience_of(connection)
    given_up = time.monotonic() + patience
    be_patient(connection, 0)
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > given_up:
                    raise
                time.sleep(os.urandom(1)[0] / 128 * _TURN)
    finally:
        be_patient(connection, patience)


def patience_of(connection: sqlite3.Connection) -> float:
    """Return how many seconds a connection waits for another process."""
    milliseconds: int = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    return milliseconds / 1000


def be_patient(connection: sqlite3.Connection, seconds: float) -> None:
    """Let a connection wait so long for another process."""
    connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")


def is_locked(path: Path, connection: sqlite3.Connection | None) -> bool:
    """Tell, without waiting, whether another process keeps everybody from writing.

    Args:
        path: The library's file.
        connection: One that writes; None to open one for the question, which changes nothing.
    """
    try:
        if connection is None:
            with closing(_connect(f"{path.absolute().as_uri()}?mode=rw", 0)) as own:
                return _finds_lock(own)
        with at_once(connection):
            return _finds_lock(connection)
    except sqlite3.Error:
        # Not locked, but something else is wrong: who writes will be told.
        return False


def _finds_lock(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        return True
    connection.execute("ROLLBACK")
    return False


@contextmanager
def at_once(connection: sqlite3.Connection) -> Iterator[Callable[[], bool]]:
    """Wait for nobody inside; gives what tells whether the library can be read now."""

    def ready() -> bool:
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            return False
        return True

    patience = patience_of(connection)
    be_patient(connection, 0)
    try:
        yield ready
    finally:
        be_patient(connection, patience)


@contextmanager
def snapshot(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Several reads that see one state of the library."""
    with explained(path):
        connection.execute("BEGIN")
        try:
            yield
        finally:
            # SQLite ends it by itself when the file turns out to be damaged.
            if connection.in_transaction:
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
    if is_moved(error):
        return moved(path)
    code = primary_code(error)
    if code in _BUSY:
        return LibraryBusyError(
            f"{path}: another program is writing to it; nothing was changed, try again."
        )
    cures = {
        sqlite3.SQLITE_READONLY: "it is read-only; make the file and its folder writable, "
        "or copy it elsewhere",
        sqlite3.SQLITE_FULL: "the disk is full; nothing was changed, make room and try again",
        sqlite3.SQLITE_NOTADB: "it is not a library; name another file with --db",
        sqlite3.SQLITE_CORRUPT: f"it is damaged; {_KEEP}",
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that the folder exists "
        "and that you may read it",
        sqlite3.SQLITE_IOERR: "the disk does not answer as it should; nothing was changed, "
        "make room and see whether it is well",
    }
    if code in cures:
        return LibraryError(f"{path}: {cures[code]}.")
    damage = str(error).rstrip(".")
    return LibraryError(f"{path}: it is damaged ({damage}); {_KEEP}.")


def _connect(uri: str, patience: float | None = None) -> sqlite3.Connection:
    seconds = BUSY_SECONDS if patience is None else patience
    connection = sqlite3.connect(uri, uri=True, timeout=seconds, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _in_memory(source: sqlite3.Connection | None, migrate: Migrate) -> sqlite3.Connection:
    from reader.store.copying import copy_into

    memory = _connect("file::memory:")
    if source is not None:
        copy_into(memory, source)
    migrate(memory)
    return memory


def _attached(path: Path, patience: float | None) -> sqlite3.Connection:
    """Open the file for reading, or a copy when only a writer could recover it in its place."""
    connection = _connect(f"{path.absolute().as_uri()}?mode=ro", patience)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if primary_code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        try:
            return _recovered_copy(path)
        except OSError:
            raise error from None
    except BaseException:
        connection.close()
        raise
    return connection


def _recovered_copy(path: Path) -> sqlite3.Connection:
    """Read what a crash left: SQLite recovers in place, and reading changes no byte there."""
    import tempfile

    from reader.store.copying import copy_into

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "library.db")
        copy_with_log(path, target)
        with closing(sqlite3.connect(target)) as copy:
            memory = _connect("file::memory:")
            copy_into(memory, copy)
    return memory


def _migrate_file(connection: sqlite3.Connection, path: Path, migrate: Migrate) -> None:
    """Migrate under the write lock, so that two first writers do not meet."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not is_current(connection):
            if applied(connection):
                _back_up(path)
            migrate(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(path: Path) -> None:
    """Copy a library, whole or not at all, to `NAME.before-migration`."""
    from reader.store.copying import copy_into

    target = path.with_name(path.name + ".before-migration")
    fresh = target.with_name(target.name + ".part")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(0o600)
        with (
            closing(_connect(f"{path.absolute().as_uri()}?mode=ro")) as source,
            closing(sqlite3.connect(fresh)) as copy,
        ):
            copy_into(copy, source)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        fresh.chmod(path.stat().st_mode & 0o777 | 0o600)
        fresh.replace(target)
    except OSError as error:
        reason = error.strerror or error
        raise LibraryError(
            f"{target}: the copy before the update cannot be written ({reason}); "
            "move that file away. The library was left alone."
        ) from error


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another connection was in the way."""
    return primary_code(error) in _BUSY


def is_moved(error: sqlite3.Error) -> bool:
    """Tell whether the file left its place while it was open."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED


def primary_code(error: sqlite3.Error) -> int:
    """Return the primary code of an error; 0 for one that SQLite did not raise."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
