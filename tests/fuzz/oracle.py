"""What must hold of a library, whatever was done to it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from reader.errors import ReaderError
from reader.formats.json_write import write_json
from reader.store.library import Library
from tests.formats.fixture import golden, imported

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return a folder that this process has for itself, until it ends."""
    return Path(_KEPT.name)


_KEPT = tempfile.TemporaryDirectory(prefix="reader-fuzz-")


@lru_cache(maxsize=2)
def library_bytes(full: bool) -> bytes:
    """Return a library with a record of each kind, or one without any."""
    path = folder() / f"made-{full}.db"
    if full:
        imported(path, golden("json"))
    else:
        with Library(path) as library:
            library.people.who("nobody")
    return path.read_bytes() if path.exists() else b""


def assert_message(error: ReaderError) -> None:
    """Check that an error is one line that harms no terminal."""
    assert error.message.strip()
    assert not _UNSAFE.search(error.message), ascii(error.message)
    error.message.encode()


def all_or_nothing(full: bool, work: Callable[[Library], object]) -> bool:
    """Do something to a library: all is well then, or nothing has changed.

    Args:
        full: Whether the library has anything in it.
        work: What to do.

    Returns:
        Whether it was done.

    Raises:
        AssertionError: If neither holds.
    """
    path, before = folder() / "annotations.db", library_bytes(full)
    for old in folder().glob("annotations.db*"):
        old.unlink()
    if before:
        path.write_bytes(before)
    try:
        with Library(path) as library:
            work(library)
    except ReaderError as error:
        assert_message(error)
        assert _unchanged(path, before)
        return False
    if path.exists():
        with Library(path) as library:
            assert library.problems() == ()
            "".join(write_json(library, removed=True)).encode()
    return True


def _unchanged(path: Path, before: bytes) -> bool:
    """Tell whether a library says what it said: an action taken back may leave other bytes."""
    if (path.read_bytes() if path.exists() else b"") == before:
        return True
    old = folder() / "before.db"
    old.write_bytes(before)
    return _contents(path) == _contents(old)


def _contents(path: Path) -> object:
    with Library(path) as library:
        assert library.problems() == ()
        text = "".join(write_json(library, removed=True))
        return text, library.people.all(), [entry.id for entry in library.history()]
