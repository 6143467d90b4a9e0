"""The folder through which libraries tell each other what they know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from shutil import rmtree

from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.store.library import Library
from reader.sync.synchronise import synchronise
from tests.fuzz.mutation import changed_file
from tests.fuzz.oracle import all_or_nothing, assert_message, folder, library_bytes
from tests.fuzz.running import Target


@lru_cache(maxsize=1)
def _told() -> Mapping[str, bytes]:
    """The files that a library with everything writes."""
    place, path = folder() / "told", folder() / "telling.db"
    path.write_bytes(library_bytes(True))
    with Library(path) as library:
        synchronise(library, place)
    found = (each for each in place.rglob("*") if each.is_file())
    return {each.relative_to(place).as_posix(): each.read_bytes() for each in sorted(found)}


@st.composite
def _folders(draw: st.DrawFn) -> tuple[dict[str, bytes], bool]:
    files = dict(_told())
    for _ in range(draw(st.integers(1, 2))):
        name = draw(st.sampled_from(sorted(_told())))
        if draw(st.integers(0, 5)):
            files[name] = draw(changed_file(name, [_told()[name]]))
        else:
            files.pop(name, None)
    return files, draw(st.booleans())


def _write(place: Path, files: Mapping[str, bytes]) -> None:
    rmtree(place, ignore_errors=True)
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _synchronise(case: tuple[dict[str, bytes], bool]) -> None:
    files, full = case
    place = folder() / "shared"
    _write(place, files)

    def work(library: Library) -> None:
        synchronise(library, place)
        try:
            assert synchronise(library, place).written == 0
        except ReaderError as error:
            # What was written by this program can be read by it.
            assert_message(error)
            raise AssertionError(error.message) from error

    all_or_nothing(full, work)


def targets() -> Iterator[Target]:
    """Give the targets."""
    yield Target("sync", _folders(), _synchronise)
