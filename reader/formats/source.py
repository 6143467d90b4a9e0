"""What an import reads from: files, folders and archives, each as a list of parts."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from reader.corpus.archives import SIGNATURE, Member, members
from reader.corpus.folders import (
    OWN,
    Own,
    Skipped,
    files_below,
    ignore,
    is_hidden,
    nobodys,
    shown_path,
    special,
)
from reader.errors import ArticleError, FormatError
from reader.formats.catalogue import Catalogue
from reader.formats.places import placed
from reader.values import dataclass

_PEEK = 65536
"""Bytes by which a format is recognised."""

Opening = Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a source.

    Attributes:
        name: Its path in the folder or archive with `/` between folders, or the name of the file.
        shown: What messages call it.
        open: Opens it.
    """

    name: str
    shown: str
    open: Opening

    @property
    def suffix(self) -> str:
        """The ending of its name, in small letters, with the dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Its path without the ending: what files of one article share."""
        return str(PurePosixPath(self.name).with_suffix(""))

    def read(self) -> bytes:
        """Return all bytes.

        Raises:
            FormatError: If it cannot be read.
        """
        with self._opened() as file:
            return file.read()

    def text(self) -> str:
        """Return the text, without its byte-order mark; line ends stay as they are.

        Raises:
            FormatError: If it cannot be read, or is not UTF-8.
        """
        return utf_8(_without_mark(self.read()))

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Give every line with its number, from 1, and its line end; only LF ends one.

        Raises:
            FormatError: If it cannot be read, or a line is not UTF-8.
        """
        with self._opened() as file:
            for number, line in enumerate(file, 1):
                where = f"line {number}: "
                yield number, utf_8(_without_mark(line) if number == 1 else line, where)

    def peek(self) -> str:
        """Return the beginning as text, to recognise a format by.

        What is no UTF-8 is replaced, also a character that is cut at the end.

        Raises:
            FormatError: If it cannot be read.
        """
        with self._opened() as file:
            return _without_mark(file.read(_PEEK)).decode("utf-8", "replace")

    def placed(self) -> AbstractContextManager[None]:
        """Put the name of the file before an error that is raised inside."""
        return placed(self.shown)

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        try:
            with self.open() as file:
                yield file
        except ArticleError as error:
            raise FormatError(f"{self.shown}: {error.message}.") from error
        except (OSError, ValueError) as error:
            raise _unreadable(self.shown, error) from error


@dataclass(frozen=True, slots=True)
class Source:
    """What one import of a format reads.

    Attributes:
        shown: What messages call it: the file, folder or archive.
        parts: Its files, sorted by name.
        articles: The articles that are known, and the making of new ones.
        passed_over: Files beside them that no format knows, as messages call them.
    """

    shown: str
    parts: tuple[Part, ...]
    articles: Catalogue
    passed_over: tuple[str, ...] = ()

    def named(self, name: str) -> Part | None:
        """Return the part with this name, or None."""
        return next((part for part in self.parts if part.name == name), None)


def part_of(name: str, data: bytes, shown: str = "") -> Part:
    """Make a part of bytes that are at hand."""
    return Part(name, shown or name, lambda: BytesIO(data))


def utf_8(data: bytes, where: str = "") -> str:
    """Return bytes as text.

    Args:
        data: The bytes.
        where: What stands before the message, for example `line 3: `.

    Raises:
        FormatError: If they are not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{where}not UTF-8 at byte {error.start}; save it as UTF-8.") from error


def parts_at(
    path: Path, shown: str, skipped: Skipped = ignore, own: Own = nobodys
) -> tuple[Part, ...]:
    """Return the files at a path: of a folder all below it, of an archive what is in it.

    Hidden files are left out, and links out of a folder are not followed.

    Args:
        path: A file, a folder or an archive.
        shown: What messages call it.
        skipped: Is told what is left out of a folder, and why.
        own: Tells which files belong to the library that is open; they are not read.

    Raises:
        FormatError: If there is nothing that can be read.
    """
    try:
        if path.is_dir():
            parts = tuple(_in_folder(path, shown, skipped, own))
        elif own(path):
            raise FormatError(f"{shown}: it is {OWN}; name another.")
        elif not path.is_file():
            return (part_of(path.name, _read_pipe(path, shown), shown),)
        elif _is_archive(path):
            parts = tuple(_in_archive(path, shown))
        else:
            return (Part(path.name, shown, _opening(path)),)
    except ArticleError as error:
        raise FormatError(f"{shown}: {error.message}.") from error
    except (OSError, ValueError) as error:
        raise _unreadable(shown, error) from error
    if not parts:
        raise FormatError(f"{shown}: there is no file in it; name another.")
    return parts


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SIGNATURE)) == SIGNATURE


def _in_folder(folder: Path, shown: str, skipped: Skipped, own: Own) -> Iterator[Part]:
    for path in files_below(folder, skipped):
        if own(path):
            continue
        if why := "hidden" if is_hidden(path.name) else special(path):
            skipped(shown_path(path), why)
        else:
            inside = path.relative_to(folder).as_posix()
            yield Part(inside, f"{shown.rstrip('/')}/{inside}", _opening(path))


def _opening(path: Path) -> Opening:
    return lambda: path.open("rb")


def _read_pipe(path: Path, shown: str) -> bytes:
    """Return what comes through a named pipe, which can be read only once."""
    if not stat.S_ISFIFO(path.stat().st_mode):
        raise FormatError(f"{shown}: no file, but a device or the like; name a file.")
    return path.read_bytes()


def _in_archive(path: Path, shown: str) -> Iterator[Part]:
    """Give the files of an archive; one that is not what it should be spoils all."""
    found = sorted(members(path), key=lambda member: member.name)
    for member in found:
        if member.problem:
            raise FormatError(f"{shown}: {member.name}: {member.problem}.")
        if not any(step.startswith(".") for step in member.name.split("/")):
            yield Part(member.name, f"{shown}/{member.name}", _unpacking(member))


def _unpacking(member: Member) -> Opening:
    return lambda: BytesIO(member.read())


def _without_mark(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf")


def _unreadable(shown: str, error: Exception) -> FormatError:
    reason = getattr(error, "strerror", None) or str(error)
    return FormatError(f"{shown}: cannot be read ({reason}); check the path.")
