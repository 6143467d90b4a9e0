"""Where an export goes: standard output, a file, a folder or an archive, complete or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from reader.errors import ReaderError, UsageError

if TYPE_CHECKING:
    from reader.formats.format import File
    from reader.formats.source import Part

_COMPANIONS = ("-wal", "-shm", "-journal")
STANDARD_OUTPUT = "-"
_ARCHIVE = ".zip"
_IN_MEMORY = 64 * 2**20
"""Bytes on their way to a pipe that are kept in memory; more go to a file."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of files in an archive, so that the same library gives the same bytes."""


class Sink(Protocol):
    """What takes the files of an export."""

    size: int
    """Bytes taken so far."""

    def take(self, file: File) -> None:
        """Write a file."""

    def parts(self) -> tuple[Part, ...]:
        """Return what was written, to be read back."""


@contextmanager
def opened(output: str, library: Path, *, folder: bool) -> Iterator[Sink]:
    """Open what is written to; it gets its name when it is complete.

    Args:
        output: As given; `-` is standard output, `*.zip` an archive.
        library: The library's file, which is not written over.
        folder: Whether the files go to a folder.

    Raises:
        ReaderError: If it cannot be written.
        UsageError: If it is no name, or one file is named for many.
    """
    if output == STANDARD_OUTPUT:
        if folder:
            raise UsageError("the files of this format need a folder; name one with -o, or a .zip.")
        with _gathered(sys.stdout.buffer) as sink:
            yield sink
        return
    path = Path(os.path.realpath(output))
    try:
        archive = path.suffix.lower() == _ARCHIVE
        folder = folder and not archive
        _check_target(path, output, library, folder)
        with _target(path, folder, archive) as sink:
            yield sink
    except OSError as error:
        raise ReaderError(
            f"{output}: cannot be written ({error.strerror or error}); "
            "nothing was exported, name another file with -o."
        ) from error


@contextmanager
def _target(path: Path, folder: bool, archive: bool) -> Iterator[Sink]:
    if folder:
        with _replacing_folder(path) as fresh:
            yield _FolderSink(fresh)
    elif _is_special(path):
        with path.open("wb") as special, _gathered(special) as sink:
            yield sink
    elif archive:
        with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            yield _ArchiveSink(packed, Path(file.name))
    else:
        with replacing(path) as file:
            yield _FileSink(file)


def _check_target(path: Path, output: str, library: Path, folder: bool) -> None:
    if not output:
        raise UsageError("the FILE of -o is empty; name a file, or leave -o out.")
    if folder and path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise ReaderError(
            f"{output}: it is there already, and not an empty folder; name a new one with -o, or a "
            ".zip."
        )
    if not folder and path.is_dir():
        raise ReaderError(f"{output}: it is a folder; name a file in it with -o.")
    _check_own(path, output, library, "-o")


def _check_own(path: Path, shown: str, library: Path, option: str) -> None:
    """Refuse the library's own files."""
    own = os.path.realpath(library)
    if str(path) == own or (path.exists() and library.exists() and path.samefile(library)):
        raise ReaderError(f"{shown}: it is the library itself; name another file with {option}.")
    if any(str(path) == own + suffix for suffix in _COMPANIONS):
        raise ReaderError(
            f"{shown}: the library keeps changes in a file of this name; name another with "
            f"{option}."
        )


def check_report(name: str, library: Path, option: str, others: Iterable[str]) -> None:
    """Check where a report goes, before anything is done that it reports.

    Args:
        name: As given.
        library: The library's file, which is not written over.
        option: The option that names it.
        others: Files that the same command reads or writes; `-` is none.

    Raises:
        ReaderError: If it is one of these, or a folder.
    """
    path = Path(os.path.realpath(name))
    _check_own(path, name, library, option)
    if path.is_dir():
        raise ReaderError(f"{name}: it is a folder; name a file in it with {option}.")
    taken = (os.path.realpath(other) for other in others if other != STANDARD_OUTPUT)
    if not _is_special(path) and str(path) in taken:
        raise ReaderError(
            f"{name}: the command has this file for something else; name another with {option}."
        )


@contextmanager
def report(name: str) -> Iterator[IO[bytes]]:
    """Open a report; it gets its name when it is complete.

    Raises:
        OSError: If it cannot be written.
    """
    path = Path(os.path.realpath(name))
    with path.open("wb") if _is_special(path) else replacing(path) as file:
        yield file


def _is_special(path: Path) -> bool:
    """Tell whether it is a device or a named pipe, which is written to, not replaced."""
    return path.exists() and not stat.S_ISREG(path.stat().st_mode)


@contextmanager
def _gathered(target: IO[bytes]) -> Iterator[Sink]:
    """Write to a pipe when all is at hand.

    Whoever reads it may be slow, and a library that is being read for so long
    cannot be written.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as gathered:
        yield _FileSink(gathered)
        gathered.seek(0)
        shutil.copyfileobj(gathered, target)
        target.flush()


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write beside a file, then put the result in its place in one step."""
    fresh = _beside(path)
    try:
        with fresh.open("x+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            fresh.chmod(stat.S_IMODE(path.stat().st_mode))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _replacing_folder(path: Path) -> Iterator[Path]:
    fresh = _beside(path)
    fresh.mkdir()
    try:
        yield fresh
        fresh.replace(path)
    finally:
        if fresh.exists():
            shutil.rmtree(fresh)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


class _FileSink:
    """Takes one file.

    Args:
        file: Open for writing and reading.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._name = ""
        self.size = 0

    def take(self, file: File) -> None:
        self._name = file.name
        for portion in _bytes(file.portions):
            self.size += self._file.write(portion)

    def parts(self) -> tuple[Part, ...]:
        from reader.formats.source import part_of

        self._file.seek(0)
        return (part_of(self._name, self._file.read()),)


class _FolderSink:
    """Takes files into a folder.

    Args:
        folder: An empty one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.size = 0

    def take(self, file: File) -> None:
        path = self._folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as written:
            for portion in _bytes(file.portions):
                self.size += written.write(portion)

    def parts(self) -> tuple[Part, ...]:
        from reader.formats.source import parts_at

        return parts_at(self._folder, "the export")


class _ArchiveSink:
    """Takes files into an archive.

    Args:
        archive: Open for writing.
        path: Its file.
    """

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive = archive
        self._path = path
        self.size = 0

    def take(self, file: File) -> None:
        member = zipfile.ZipInfo(file.name, _LONG_AGO)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        with self._archive.open(member, "w", force_zip64=True) as written:
            for portion in _bytes(file.portions):
                self.size += written.write(portion)

    def parts(self) -> tuple[Part, ...]:
        from reader.formats.source import parts_at

        # What follows the last file is written when an archive is closed, and only then read.
        self._archive.close()
        return parts_at(self._path, "the export")


def _bytes(portions: Iterable[str | bytes]) -> Iterator[bytes]:
    """Give portions as bytes, small ones gathered."""
    waiting = BytesIO()
    for portion in portions:
        waiting.write(portion.encode() if isinstance(portion, str) else portion)
        if waiting.tell() > 2**16:
            yield waiting.getvalue()
            waiting = BytesIO()
    yield waiting.getvalue()
