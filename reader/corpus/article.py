"""The article: one stored text and what is known about it.

All offsets are code points of the stored text, logical order, end exclusive.
"""

from __future__ import annotations

from typing import Literal

from reader.values import dataclass

Role = Literal["title", "dateline", "body", "boilerplate"]
Direction = Literal["ltr", "rtl"]
LanguageMethod = Literal["script", "langdetect", "given", "none"]

#: The language of a text that is not known (BCP 47, ISO 639-2).
UNDETERMINED = "und"

_ID_DIGITS = 16
_TITLE_WORDS = 10
_TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class RoleRange:
    """What a range of an article is for.

    Attributes:
        start: First code point.
        end: One past the last code point.
        role: Title, dateline (when, where and by whom), body or boilerplate.
    """

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was read, with what was found out about it.

    Attributes:
        id: First 16 hexadecimal digits of `text_sha256`.
        text: The text exactly as decoded, without its byte-order mark.
        text_sha256: Digest of the text in UTF-8.
        source_sha256: Digest of the bytes the text was decoded from.
        encoding: Name of the encoding the bytes were in.
        bom: Whether the bytes began with a byte-order mark.
        sources: Where the text came from: paths or URLs.
        publisher: Who published it, if known.
        published: When it was published, if known.
        title: Span of the headline, or None when the text has none.
        language: BCP 47 code, "und" when not known.
        language_confidence: From 0 to 1.
        language_method: How the language was found.
        direction: Base direction of the text.
        roles: Sorted ranges that do not overlap; white space between hard
            lines belongs to none.
        tags: Collections the article belongs to.
        replaces: Id of the version this one replaces.
        added: When it was added, ISO 8601 in UTC.
        heading: A headline that somebody typed, in place of the text's own; "" for none.
        removed: Whether it was taken out of the library's list.
        updated: When what is known about it was changed last, or None.
        updated_by: Id of the annotator who did so, or None.
    """

    id: str
    text: str
    text_sha256: str
    source_sha256: str
    encoding: str
    bom: bool
    sources: tuple[str, ...]
    publisher: str | None
    published: str | None
    title: tuple[int, int] | None
    language: str
    language_confidence: float
    language_method: LanguageMethod
    direction: Direction
    roles: tuple[RoleRange, ...]
    tags: tuple[str, ...]
    replaces: str | None
    added: str
    heading: str = ""
    removed: bool = False
    updated: str | None = None
    updated_by: str | None = None


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal digits."""
    # Opening an article needs no digest, and the module is slow to load.
    import hashlib

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def article_id(text: str) -> str:
    """Return the id of the article with this text."""
    return text_digest(text)[:_ID_DIGITS]


def display_title(article: Article) -> tuple[str, bool]:
    """Return the words an article is listed by.

    Returns:
        The headline, typed or of the text, and False; or, without one, the
        first words of the body (at most 10 words and 80 code points) and True,
        so that they can be shown as what they are.
    """
    if article.heading:
        return article.heading, False
    if article.title is not None:
        start, end = article.title
        return article.text[start:end], False
    return _first_words(_opening(article)), True


def _opening(article: Article) -> str:
    """The start of the body, or of the text when all of it is something else."""
    for part in article.roles:
        if part.role == "body":
            return article.text[part.start : min(part.end, part.start + 4 * _TITLE_LENGTH)]
    return article.text[: 4 * _TITLE_LENGTH]


def _first_words(text: str) -> str:
    words = text.split()[:_TITLE_WORDS]
    while len(words) > 1 and len(" ".join(words)) > _TITLE_LENGTH:
        words.pop()
    return " ".join(words)[:_TITLE_LENGTH]
