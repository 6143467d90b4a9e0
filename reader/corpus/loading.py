"""Bytes to articles, whatever kind of file they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from reader.corpus.article import Article, Direction, RoleRange, article_id, text_digest
from reader.corpus.decoding import decode
from reader.corpus.kinds import TABLES, Kind, kind_of
from reader.corpus.language import Guess, detect_language, direction_of
from reader.corpus.manuscript import LANGUAGE_CODE, Manuscript, digest_of
from reader.corpus.streamed import Lines, Surveyed, lines_of
from reader.corpus.structure import Structure, find_structure
from reader.corpus.visual_order import signs
from reader.errors import ArticleError, UsageError
from reader.values import dataclass

#: What a page says of its language counts for more than a guess that is less sure than this.
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says about the files; where he says nothing it is found out.

    Attributes:
        kind: What they are.
        encoding: Any encoding Python knows.
        language: BCP 47 code, or of tables the name of a column.
        columns: Names of the columns of tables, by what they hold.
    """

    kind: Kind | None = None
    encoding: str | None = None
    language: str | None = None
    columns: Mapping[str, str] | None = None


_NO_WISHES = Wishes()


def _silent(message: str) -> None:
    """What is said about columns is of no interest to the caller."""


def read_manuscripts(
    data: bytes, source: str, wishes: Wishes = _NO_WISHES, told: Callable[[str], None] = _silent
) -> Iterator[Manuscript | ArticleError]:
    """Read the texts in the bytes of a source: one, or of a table one for each row.

    Args:
        data: All bytes.
        source: Its name, for messages.
        wishes: What is known about it.
        told: Is told which columns were taken for what.

    Yields:
        A text, or what is wrong with a row; the rows after it are read all the same.

    Raises:
        ArticleError: If nothing can be read.
        UsageError: If there is no such encoding.
    """
    kind = wishes.kind or kind_of(data, source)
    if kind in TABLES:
        lines = lines_of(decode(data, source, wishes.encoding))
        yield from _rows(lines, kind, source, wishes, told)
        return
    found = _read(data, source, kind, wishes)
    code = "" if wishes.language is None else given_language(wishes.language)
    yield replace(found, language=code) if code else found


def read_table(
    surveyed: Surveyed, source: str, wishes: Wishes, told: Callable[[str], None] = _silent
) -> Iterator[Manuscript | ArticleError] | None:
    """Read the rows of a table one after the other; None for what is no table.

    Args:
        surveyed: The file; in UTF-8, which may not be what the user says.
        source: Its name, for messages.
        wishes: What is known about it.
        told: Is told which columns were taken for what.

    Raises:
        ArticleError: If it is of a kind that is not read here.
    """
    kind = wishes.kind or kind_of(surveyed.head, source)
    return _rows(surveyed.lines, kind, source, wishes, told) if kind in TABLES else None


def _rows(
    lines: Lines, kind: Kind, source: str, wishes: Wishes, told: Callable[[str], None]
) -> Iterator[Manuscript | ArticleError]:
    from reader.corpus.tables import Table, read_csv, read_jsonl

    table = Table(lines, source, wishes.columns or {}, told, wishes.language)
    try:
        yield from read_csv(table) if kind == "csv" else read_jsonl(table)
    except (UnicodeDecodeError, OSError) as error:
        raise ArticleError(f"{source}: it changed while it was read; add it again") from error


def _read(data: bytes, source: str, kind: Kind, wishes: Wishes) -> Manuscript:
    if kind == "pdf":
        from reader.corpus.pdf import read_pdf

        return read_pdf(data, source)
    if kind == "docx":
        from reader.corpus.word import read_word

        return read_word(data, source)
    if kind == "html":
        from reader.corpus.webpage import read_page

        return read_page(data, source, wishes.encoding)
    return _plain(data, source, wishes.encoding, is_markdown=kind == "markdown")


def _plain(data: bytes, source: str, encoding: str | None, *, is_markdown: bool) -> Manuscript:
    decoded = decode(data, source, encoding)
    plain = Manuscript(decoded.text, decoded.encoding, decoded.bom, digest_of(data))
    if not is_markdown:
        return plain
    from reader.corpus.markdown import read_markdown

    return read_markdown(plain)


def load_article(
    data: bytes,
    source: str,
    *,
    encoding: str | None = None,
    language: str | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Article:
    """Make an article of bytes that are plain text.

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
    code = "" if language is None else given_language(language)
    manuscript = _plain(data, source, encoding, is_markdown=False)
    return make_article(replace(manuscript, language=code), (source,), clock)


def make_article(
    manuscript: Manuscript,
    sources: tuple[str, ...],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Article:
    """Make an article of a text, with its language and parts.

    Args:
        manuscript: The text and what its source says about it.
        sources: Where it came from: paths and URLs.
        clock: Tells the time of adding.
    """
    text = manuscript.text
    guess = _language(manuscript)
    structure = _structure(manuscript, guess.language)
    title = manuscript.title_span or (None if manuscript.title else structure.title)
    return Article(
        id=article_id(text),
        text=text,
        text_sha256=text_digest(text),
        source_sha256=manuscript.digest,
        encoding=manuscript.encoding,
        bom=manuscript.bom,
        sources=sources,
        publisher=manuscript.publisher or None,
        published=manuscript.published or None,
        title=title,
        language=guess.language,
        language_confidence=guess.confidence,
        language_method=guess.method,
        direction=_direction(manuscript, guess.language),
        roles=structure.roles,
        tags=manuscript.tags,
        replaces=None,
        added=_timestamp(clock()),
        heading="" if title else manuscript.title,
    )


def doubts(manuscript: Manuscript) -> tuple[str, ...]:
    """Return what the user is told about a text."""
    return (*manuscript.doubts, *signs(manuscript.text))


def _language(manuscript: Manuscript) -> Guess:
    """What the source is sure of, else the guess, with what a page declares where it is unsure."""
    if manuscript.language:
        return Guess(manuscript.language, 1.0, "given")
    guess = detect_language(manuscript.text)
    declared = manuscript.declared
    if not declared:
        return guess
    if declared.partition("-")[0] == guess.language or guess.confidence < _SURE:
        return Guess(declared, 1.0, "given")
    return guess


def _direction(manuscript: Manuscript, language: str) -> Direction:
    """What the letters say; where they do not decide, what the source says."""
    told = manuscript.direction
    if told is None:
        return direction_of(language, manuscript.text)
    by_letters = {direction_of(tongue, manuscript.text) for tongue in ("en", "ar")}
    return told if len(by_letters) > 1 else by_letters.pop()


def _structure(manuscript: Manuscript, language: str) -> Structure:
    """The parts of a text, with those that its source tells in place of what was found."""
    found = find_structure(manuscript.text, language)
    known = list(manuscript.parts)
    if manuscript.title_span is not None:
        known.append(RoleRange(*manuscript.title_span, "title"))
    if not known and not manuscript.title:
        return found
    known.sort(key=lambda part: part.start)
    others = (
        # The source knows which headline it is; another line that looks like one is text.
        replace(part, role="body") if part.role == "title" else part
        for part in found.roles
    )
    free = (part for part in others if not any(_overlap(part, own) for own in known))
    roles = tuple(sorted((*known, *free), key=lambda part: part.start))
    return Structure(manuscript.title_span, roles)


def _overlap(part: RoleRange, other: RoleRange) -> bool:
    return part.start < other.end and other.start < part.end


def given_language(language: str) -> str:
    """Return a language code that the user names.

    Raises:
        UsageError: If it is no language code.
    """
    if not LANGUAGE_CODE.fullmatch(language):
        raise UsageError(
            f"{language!r} is not a language code; use one like ar, fa, ur, he, en or id"
        )
    return language


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
