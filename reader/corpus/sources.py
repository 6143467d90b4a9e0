"""Where bytes come from: files, folders, zip archives and standard input, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.corpus.folders import (
    OWN,
    Own,
    Skipped,
    files_below,
    ignore,
    is_hidden,
    natural,
    nobodys,
    shown_path,
    special,
)
from reader.errors import ArticleError
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.corpus.archives import Member
    from reader.corpus.streamed import Surveyed

#: The path that stands for standard input, and what we call it.
STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"

#: What the names of articles end with; in a folder or an archive nothing else is looked at.
ARTICLE_SUFFIXES = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"),
    *(".jsonl", ".ndjson", ".csv", ".tsv", ".docx", ".pdf"),
)
NO_ARTICLE = "not an article"
"""Why a file is left out whose name does not end so."""

_ARCHIVE = ".zip"
Wanted = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read from.

    Attributes:
        name: What messages call it: the path as given, with what is below it, or
            "standard input".
        path: The file, or the archive it is in; None for standard input.
        data: The bytes of standard input.
        inner: Its path inside the folder or archive that was named, with `/`; of a
            file that was named itself, its name; "" for standard input.
        member: What it is in an archive, or None.
        problem: Why it cannot be read, for the user, or "".
    """

    name: str
    path: Path | None
    data: bytes = b""
    inner: str = ""
    member: Member | None = None
    problem: str = ""

    def read(self) -> bytes:
        """Return all bytes.

        Raises:
            ArticleError: The file is gone, unreadable, or not a regular file; the
                member of an archive is refused or damaged.
        """
        if self.problem:
            raise ArticleError(f"{self.name}: {self.problem}")
        if self.member is not None:
            try:
                return self.member.read()
            except ArticleError as error:
                raise ArticleError(f"{self.name}: {error.message}") from None
        if self.path is None:
            return self.data
        with self._readable(self.path):
            return self.path.read_bytes()

    def survey(self) -> Surveyed | None:
        """Look through a file of its own without keeping it; None unless it is text in UTF-8.

        Raises:
            ArticleError: As in `read`.
        """
        from reader.corpus.streamed import survey

        if self.problem or self.path is None or self.member is not None:
            return None
        path = self.path
        with self._readable(path):
            return survey(lambda: path.open("rb"))

    @contextmanager
    def _readable(self, path: Path) -> Iterator[None]:
        try:
            _refuse_special(path, self.name)
            yield
        except OSError as error:
            raise _unreadable(self.name, error) from None


def is_article_name(name: str) -> bool:
    """Tell whether a file in a folder may be an article, by the end of its name."""
    return name.lower().endswith(ARTICLE_SUFFIXES)


def find_sources(
    paths: Iterable[str | os.PathLike[str]],
    stdin: bytes | None = None,
    *,
    wanted: Wanted = is_article_name,
    skipped: Skipped = ignore,
    own: Own = nobodys,
) -> Iterator[Source]:
    """Find what can be read at the paths, in their order.

    A folder gives the files in it and below, in natural order (`9.txt` before
    `10.txt`); hidden ones, linked folders, the folder of pictures beside a saved
    page, and links to files elsewhere are left out, and are named to `skipped`. A
    zip archive gives the files in it, also one in a folder; archives within
    archives are left out. Files named one by one may have any name.

    Args:
        paths: Files, folders, archives, or "-" for standard input.
        stdin: All bytes of standard input, read by the caller if "-" is there.
        wanted: Tells by its name whether a file in a folder or archive is given.
        skipped: Is told the name of each file or folder that is left out there, and why; that of
            a folder ends with `/`.
        own: Tells which files belong to the library that is open; they are not read.

    Raises:
        ArticleError: A path is missing, unreadable, a special file or the library, an archive
            is damaged, or a folder holds nothing that is wanted. To go on with
            the other paths after that, ask for one path at a time.
    """
    search = _Search(wanted, skipped, own)
    for path in paths:
        if os.fspath(path) == STANDARD_INPUT:
            yield from search.at_input(stdin or b"")
        else:
            yield from search.at(Path(path))


class _Search:
    """One search with its choice of files.

    Args:
        wanted: See `find_sources`.
        skipped: See `find_sources`.
        own: See `find_sources`.
    """

    def __init__(self, wanted: Wanted, skipped: Skipped, own: Own) -> None:
        self._wanted = wanted
        self._skipped = skipped
        self._own = own

    def at_input(self, data: bytes) -> Iterator[Source]:
        source = Source(STANDARD_INPUT_NAME, None, data)
        return self._opened(source, data) if _is_archive(data) else iter([source])

    def at(self, path: Path) -> Iterator[Source]:
        name = shown_path(path)
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
            if not is_folder:
                _refuse_special(path, name)
                if self._own(path):
                    raise ArticleError(f"{name}: it is {OWN}; name another")
            files = self._files(path) if is_folder else [path]
            is_archive = not is_folder and _is_archive(path)
        except (OSError, ValueError) as error:
            raise _unreadable(name, error) from None
        if not files:
            raise ArticleError(
                f"{name}: no articles in this folder; name the files themselves, or a folder "
                "with text, Markdown, HTML, CSV, JSONL, Word or PDF files in it"
            )
        for file in files:
            inner = file.relative_to(path).as_posix() if is_folder else path.name
            source = Source(shown_path(file), file, inner=shown_path(inner))
            opens = is_archive or (is_folder and file.name.lower().endswith(_ARCHIVE))
            yield from self._opened(source, file) if opens else iter([source])

    def _opened(self, source: Source, file: bytes | Path) -> Iterator[Source]:
        """The files of an archive, in natural order; of a damaged one, itself with the reason."""
        from reader.corpus.archives import members

        try:
            if isinstance(file, Path):
                _refuse_special(file, source.name)
            found = sorted(members(file), key=lambda member: natural(member.name))
        except (ArticleError, OSError) as error:
            why = error.message if isinstance(error, ArticleError) else str(error.strerror)
            yield replace(source, problem=why.removeprefix(f"{source.name}: "))
            return
        names = ((member, f"{source.name}/{shown_path(member.name)}") for member in found)
        given = [(member, name) for member, name in names if self._is_member(member, name)]
        if not given:
            yield replace(source, problem="no articles in this archive; name another")
        for member, name in given:
            yield Source(name, source.path, inner=shown_path(member.name), member=member)

    def _is_member(self, member: Member, name: str) -> bool:
        if any(is_hidden(part) or part == "__MACOSX" for part in member.name.split("/")[:-1]):
            return False
        return self._is_given(member.name.split("/")[-1], name, "an archive within an archive")

    def _is_given(self, name: str, whole: str, archive: str = "") -> bool:
        """Whether a file in a folder or archive is wanted; of others it is told why not."""
        if is_hidden(name):
            self._skipped(whole, "hidden")
        elif archive and name.lower().endswith(_ARCHIVE):
            self._skipped(whole, archive)
        elif self._wanted(name) or (not archive and name.lower().endswith(_ARCHIVE)):
            return True
        else:
            self._skipped(whole, NO_ARTICLE)
        return False

    def _files(self, folder: Path) -> list[Path]:
        """The files in a folder and below, in natural order."""
        below = (path for path in files_below(folder, self._skipped) if not self._own(path))
        found = [path for path in below if self._is_given(path.name, shown_path(path))]
        return sorted(found, key=lambda path: natural(path.as_posix()))


def _is_archive(file: bytes | Path) -> bool:
    """Whether something is a zip archive, and no document in the form of one."""
    from reader.corpus.archives import SIGNATURE, is_document

    if isinstance(file, bytes):
        start = file[: len(SIGNATURE)]
    else:
        with file.open("rb") as opened:
            start = opened.read(len(SIGNATURE))
        if file.name.lower().endswith(_ARCHIVE):
            return True
    return start == SIGNATURE and not is_document(file)


def _refuse_special(path: Path, name: str) -> None:
    """Refuse what is not a regular file: reading it could wait for ever."""
    if kind := special(path):
        raise ArticleError(f"{name}: {kind}; name a text file, or pipe its text to -")


def _unreadable(name: str, error: OSError | ValueError) -> ArticleError:
    # The file the system complains of may be deeper than the folder named.
    deeper = getattr(error, "filename", None)
    place = shown_path(deeper) if deeper else name
    if isinstance(error, FileNotFoundError):
        return ArticleError(f"{place}: no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return ArticleError(f"{place}: no permission to read it; change that (chmod u+r) first")
    reason = getattr(error, "strerror", None) or str(error)
    return ArticleError(f"{place}: cannot be read ({reason}); check the path and the disk")
