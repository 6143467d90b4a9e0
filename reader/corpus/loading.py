"""Bytes to articles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime

from reader.corpus.article import Article, article_id, text_digest
from reader.corpus.decoding import Decoded, decode
from reader.corpus.language import Guess, detect_language, direction_of
from reader.corpus.structure import find_structure
from reader.errors import UsageError

_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


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
