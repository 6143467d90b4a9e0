"""A library as a file among files: whether it is there, may be written, and is at rest."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from reader.errors import LibraryError

_COMPANIONS = ("-wal", "-journal")
"""What SQLite keeps beside a library that is not at rest, and needs to recover it."""

_PATIENCE = 2.0
"""Seconds to wait for others that come or leave; each takes some milliseconds."""
_PAUSE = 0.005

_COARSEST = 2_000_000_000
"""Nanoseconds between two times that every file system tells apart."""

Identity = tuple[int, int]
"""Device and number of a file: what stays when it is moved, and differs when it is replaced."""


def is_missing(path: Path) -> bool:
    """Tell whether there is no library yet: no file, or an empty one.

    Raises:
        LibraryError: If what is there is no file, or cannot be looked at.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return True
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise LibraryError(f"{path}: {reason}; name another file with --db.") from error
    _require_file(path)
    return size == 0


def identity(path: Path) -> Identity | None:
    """Return which file a path names at this moment, or None when it names none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def moved(path: Path) -> LibraryError:
    """Return the error for a file that left its place while it was open."""
    return LibraryError(
        f"{path}: it was moved, deleted or replaced while it was open, and nothing was changed; "
        f"put it back beside {path.name}-wal, if that is there, and start again."
    )


def require_writable(path: Path) -> None:
    """Refuse early what SQLite would refuse with words that do not help.

    Raises:
        LibraryError: Naming the cure.
    """
    target = Path(os.path.realpath(path))
    folder = target.parent
    if not folder.is_dir():
        raise LibraryError(f"{path}: the folder {folder} does not exist; make it first.")
    there = target.exists()
    if there:
        _require_file(path)
    if not os.access(target if there else folder, os.W_OK) or not os.access(folder, os.W_OK):
        raise LibraryError(
            f"{path}: it is read-only; make the file and its folder writable, or copy it elsewhere."
        )


def log_size(path: Path) -> int | None:
    """Return the size of the write-ahead log in bytes, or None when there is no log."""
    log = log_of(path)
    return None if log is None else log.size


class Log(NamedTuple):
    """A write-ahead log as it is at a moment: another one when anything has happened to it.

    Attributes:
        size: Bytes.
        changed: When it was changed, in nanoseconds.
    """

    size: int
    changed: int


def log_of(path: Path) -> Log | None:
    """Return how the write-ahead log of a library is, or None when there is none."""
    try:
        found = os.stat(_log(path))
    except OSError:
        return None
    return Log(found.st_size, found.st_mtime_ns)


def touch_log(path: Path) -> None:
    """Let those who stay see that somebody left the log to them, and did not crash.

    A clock of a file system may be too coarse to tell two moments apart, and only the owner
    of a file may set its time to another than now.
    """
    log = _log(path)
    with suppress(OSError):
        found = os.stat(log)
        later = found.st_mtime_ns + _COARSEST
        try:
            os.utime(log, ns=(found.st_atime_ns, later))
        except PermissionError:
            os.utime(log)


def copy_with_log(path: Path, target: Path) -> None:
    """Copy a library with what is needed to recover it."""
    import shutil

    source = os.path.realpath(path)
    shutil.copyfile(source, target)
    for suffix in _COMPANIONS:
        if os.path.exists(source + suffix):
            shutil.copyfile(source + suffix, f"{target}{suffix}")


def _log(path: Path) -> str:
    return f"{os.path.realpath(path)}-wal"


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise LibraryError(f"{path}: it is not a file; name a library with --db.")


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Keep others from coming to a library and from leaving it as long as we do.

    Each of two that leave at one moment would find it in use by the other, and who comes
    while another leaves could not tell what was there before; SQLite has no lock to wait
    for that. The folder is what all can lock that is no file of SQLite's own. Where it cannot
    be locked, or somebody has stopped on the threshold, we go on. Nobody waits inside for
    those who are in the library: other libraries may be in the folder.
    """
    try:
        folder = os.open(os.path.dirname(os.path.realpath(path)), os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        _lock(folder)
        yield
    finally:
        os.close(folder)


def _lock(descriptor: int) -> None:
    given_up = time.monotonic() + _PATIENCE
    with suppress(OSError):
        while time.monotonic() < given_up:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                time.sleep(_PAUSE)
