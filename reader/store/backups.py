"""Copies of a library, made while others may be writing to it, and the way back.

They lie in the user's state folder, away from the library, named by when and
why they were made. The newest are kept; older ones that the program made go.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.errors import LibraryError
from reader.store import database, loss
from reader.store.copying import copy_into, tells_damage
from reader.store.files import is_missing
from reader.store.resting import leave, visiting
from reader.user.paths import state_folder
from reader.values import dataclass

KEPT = 20
"""Backups of one library that are kept."""
RECENT = 10
"""The newest of them, whenever they were made; of each day before, the last one is kept."""

_TIME = "%Y-%m-%dT%H-%M-%S.%fZ"
_TIME_LENGTH = len("2026-01-01T00-00-00.000000Z")
_EACH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a library.

    Attributes:
        path: Its file.
        made: When (UTC).
        why: In a word, for example `daily` or `merge`.
        size: Bytes.
    """

    path: Path
    made: datetime
    why: str
    size: int


def backups_folder(library: Path) -> Path:
    """Return the folder for the backups of a library."""
    whole = os.path.realpath(library)
    digest = hashlib.sha256(os.fsencode(whole)).hexdigest()[:8]
    return state_folder() / "backups" / f"{Path(whole).stem}-{digest}"


def backups_of(library: Path) -> tuple[Backup, ...]:
    """Return the backups of a library, newest first."""
    found = (_backup(path) for path in backups_folder(library).glob("*.db"))
    kept = [backup for backup in found if backup is not None]
    return tuple(sorted(kept, key=lambda backup: (backup.made, backup.path.name), reverse=True))


def back_up(library: Path, why: str, target: Path | None = None) -> Path | None:
    """Copy a library, whole or not at all.

    Args:
        library: Its file.
        why: In a word of letters.
        target: Where the copy goes; None for the folder of backups, where old ones go.

    Returns:
        The copy, or None when there is no library yet.

    Raises:
        LibraryError: If it cannot be read, or the copy cannot be written.
    """
    if is_missing(library):
        return None
    chosen = target or _named(backups_folder(library), why)
    with _explained(chosen):
        # Who may not read the library is not to read its copies either.
        mode = 0o777 if target else 0o700
        chosen.parent.mkdir(mode=mode, parents=True, exist_ok=True)
    with _copied(library, chosen) as fresh:
        fresh.replace(chosen)
    if target is None:
        _rotate(library)
    return chosen


def back_up_daily(library: Path) -> Path | None:
    """Copy a library if there is no copy of the last day."""
    newest = next(iter(backups_of(library)), None)
    if newest is not None and datetime.now(UTC) - newest.made < _EACH:
        return None
    return back_up(library, "daily")


def put_back(library: Path, backup: Path) -> Path | None:
    """Make a library what a backup has, after a copy of what it is.

    A library that SQLite cannot read is moved out of the way instead.

    Args:
        library: Its file, which others may have open: they see the change as one.
        backup: A sound library.

    Returns:
        Where what the library was is kept; None when there was none.

    Raises:
        LibraryError: If something cannot be read or written; the library is as it was then.
    """
    whole = Path(os.path.realpath(library))
    kept = None
    if is_missing(whole):
        with _copied(backup, whole) as fresh:
            fresh.replace(whole)
    else:
        try:
            kept = back_up(library, "before-restore")
            _overwrite(whole, backup)
        except LibraryError as error:
            if not tells_damage(error):
                raise
            with _copied(backup, whole) as fresh:
                kept = _set_aside(whole)
                fresh.replace(whole)
    loss.forget(library)
    return kept


def _overwrite(library: Path, backup: Path) -> None:
    with database.explained(library), visiting(backup) as source:
        live = sqlite3.connect(library, timeout=database.BUSY_SECONDS)
        with closing(live):
            copy_into(live, source)
            leave(live, library)


@contextmanager
def _copied(source: Path, target: Path) -> Iterator[Path]:
    """Give a copy that lies beside its target, to be moved there; else it goes again."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _explained(target):
            os.close(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        with (
            database.explained(source),
            visiting(source) as library,
            closing(sqlite3.connect(fresh)) as copy,
        ):
            _fill(copy, library, target)
        with _explained(target):
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            fresh.chmod(source.stat().st_mode & 0o777 | 0o600)
            yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def _fill(copy: sqlite3.Connection, library: sqlite3.Connection, target: Path) -> None:
    try:
        copy_into(copy, library)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_FULL:
            raise
        raise _unwritten(target, "the disk is full") from error


def _set_aside(library: Path) -> Path:
    """Move a library that SQLite cannot read out of the way, with what lies beside it."""
    kept = library.with_name(f"{library.name}.damaged-{datetime.now(UTC):{_TIME}}")
    # Its log first: it would be taken for the log of what comes in its place.
    for suffix in ("-wal", "-journal", ""):
        with suppress(FileNotFoundError):
            os.replace(f"{library}{suffix}", f"{kept}{suffix}")
    Path(f"{library}-shm").unlink(missing_ok=True)
    return kept


def _named(folder: Path, why: str) -> Path:
    """Return a name that no backup has."""
    return folder / f"{datetime.now(UTC):{_TIME}}-{why}.db"


def _rotate(library: Path) -> None:
    found = backups_of(library)
    kept = _kept(found)
    for old in found:
        if old not in kept:
            old.path.unlink(missing_ok=True)
    for left in backups_folder(library).glob(".*.part*"):
        if _is_left(left):
            left.unlink(missing_ok=True)


def _is_left(part: Path) -> bool:
    """Whether a copy is not being made any more: a program was killed over it."""
    try:
        changed = part.stat().st_mtime
    except OSError:
        return False
    return changed < time.time() - _EACH.total_seconds()


def _kept(found: Sequence[Backup]) -> list[Backup]:
    """Return what is kept of backups, newest first: many in an hour leave those of last week."""
    kept = list(found[:RECENT])
    for backup in found[RECENT:]:
        if backup.made.date() != kept[-1].made.date():
            kept.append(backup)
    return kept[:KEPT]


def _backup(path: Path) -> Backup | None:
    """Return a backup by its file; None for a file of another name."""
    stamp, why = path.stem[:_TIME_LENGTH], path.stem[_TIME_LENGTH + 1 :]
    try:
        made = datetime.strptime(stamp, _TIME).replace(tzinfo=UTC)
        return Backup(path, made, why, path.stat().st_size)
    except (ValueError, OSError):
        return None


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritten(target, str(error.strerror or error)) from error


def _unwritten(target: Path, reason: str) -> LibraryError:
    return LibraryError(
        f"{target}: the backup cannot be written ({reason}); "
        "make room or name another place. The library was left alone."
    )
