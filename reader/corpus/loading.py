"""Files, folders and standard input to articles."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from reader.corpus.article import Article, article_id, text_digest
from reader.corpus.decoding import Decoded, decode
from reader.corpus.language import Guess, detect_language, direction_of
from reader.corpus.structure import find_structure
from reader.errors import ArticleError, UsageError
from reader.values import dataclass

#: The path that stands for standard input, and what we call it.
STANDARD_INPUT = "-"
_STANDARD_INPUT_NAME = "standard input"
_SUFFIX = ".txt"
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read an article from.

    Attributes:
        name: What messages call it: the path as given, or "standard input".
        path: The file, or None for standard input.
        data: The bytes of standard input.
    """

    name: str
    path: Path | None
    data: bytes = b""

    def read(self) -> bytes:
        """Return all bytes.

        Raises:
            ArticleError: The file is gone, unreadable, or not a regular file.
        """
        if self.path is None:
            return self.data
        try:
            _refuse_special(self.path, self.name)
            return self.path.read_bytes()
        except OSError as error:
            raise _unreadable(self.name, error) from None


def find_sources(
    paths: Iterable[str | os.PathLike[str]], stdin: bytes | None = None
) -> Iterator[Source]:
    """Find what can be read at the paths, in their order.

    A folder gives the *.txt files in it and below, sorted by path; hidden
    ones are left out, and linked folders are not followed. Files named one by
    one may have any suffix.

    Args:
        paths: Files, folders, or "-" for standard input.
        stdin: All bytes of standard input, read by the caller if "-" is there.

    Raises:
        ArticleError: A path is missing, unreadable or a special file, or a
            folder holds no *.txt. To go on with the other paths after that,
            ask for one path at a time.
    """
    for path in paths:
        if os.fspath(path) == STANDARD_INPUT:
            yield Source(_STANDARD_INPUT_NAME, None, stdin or b"")
        else:
            yield from _sources_at(Path(path))


def load_article(
    data: bytes,
    source: str,
    *,
    encoding: str | None = None,
    language: str | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Article:
    """Make an article of the bytes of a source.

    Args:
        data: All bytes.
        source: Path or URL: named in messages and recorded in the article.
        encoding: Any encoding Python knows; None to detect it.
        language: BCP 47 code; None to detect it.
        clock: Tells the time of adding.

    Raises:
        ArticleError: The bytes are no text that can be read; see `decode`.
        UsageError: The encoding or the language code does not exist.
    """
    given = None if language is None else _given_language(language)
    decoded = decode(data, source, encoding)
    guess = given or detect_language(decoded.text)
    return _described(data, source, decoded, guess, _timestamp(clock()))


def _described(data: bytes, source: str, decoded: Decoded, guess: Guess, added: str) -> Article:
    """The article with what its text and the guess at its language tell."""
    text = decoded.text
    structure = find_structure(text, guess.language)
    return Article(
        id=article_id(text),
        text=text,
        text_sha256=text_digest(text),
        source_sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        bom=decoded.bom,
        sources=(source,),
        publisher=None,
        published=None,
        title=structure.title,
        language=guess.language,
        language_confidence=guess.confidence,
        language_method=guess.method,
        direction=direction_of(guess.language, text),
        roles=structure.roles,
        tags=(),
        replaces=None,
        added=added,
    )


def _given_language(language: str) -> Guess:
    if not _LANGUAGE_CODE.fullmatch(language):
        raise UsageError(
            f"{language!r} is not a language code; use one like ar, fa, ur, he, en or id"
        )
    return Guess(language, 1.0, "given")


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _sources_at(path: Path) -> Iterator[Source]:
    name = _shown(path)
    for file in _files_at(path, name):
        yield Source(_shown(file), file)


def _files_at(path: Path, name: str) -> list[Path]:
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            _refuse_special(path, name)
            return [path]
        files = sorted(_text_files(path))
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if not files:
        raise ArticleError(
            f"{name}: no *{_SUFFIX} files in this folder; name the files themselves, "
            f"or a folder with *{_SUFFIX} files in it"
        )
    return files


def _shown(path: Path) -> str:
    """A path as one line of text that can be stored and printed."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(path))


def _text_files(folder: Path) -> Iterator[Path]:
    """The *.txt files in a folder and below, in no order."""
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith(_SUFFIX) and not name.startswith("."):
                yield Path(parent, name)


def _raise(error: OSError) -> None:
    raise error


def _refuse_special(path: Path, name: str) -> None:
    """Refuse what is not a regular file: reading it could wait for ever."""
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return
    kind = next((kind for test, kind in _KINDS if test(mode)), "a special file")
    raise ArticleError(f"{name}: {kind}, not a file; name a text file, or pipe its text to -")


def _unreadable(name: str, error: OSError | ValueError) -> ArticleError:
    # The file the system complains of may be deeper than the folder named.
    deeper = getattr(error, "filename", None)
    place = _shown(Path(deeper)) if deeper else name
    if isinstance(error, FileNotFoundError):
        return ArticleError(f"{place}: no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return ArticleError(f"{place}: no permission to read it; change that (chmod u+r) first")
    reason = getattr(error, "strerror", None) or str(error)
    return ArticleError(f"{place}: cannot be read ({reason}); check the path and the disk")
