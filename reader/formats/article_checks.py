"""Is an article of a document right in itself?"""

from __future__ import annotations

import re
from itertools import pairwise
from reprlib import repr as short_repr

from reader.corpus.article import article_id, text_digest
from reader.errors import FormatError
from reader.formats.document import ArticleData

_DIGEST = re.compile("[0-9a-f]{64}")
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def check_article(article: ArticleData, where: str) -> None:
    """Check that the text is the one that was exported, and that ranges fit it.

    Raises:
        FormatError: Naming `where`, the place of the article in the document.
    """
    digest = text_digest(article.text)
    if article.sha256 != digest:
        raise FormatError(
            f"{where}: the text of article {short_repr(article.id)} is not the one that was "
            f"exported (its sha256 is {digest[:16]}…, given is {article.sha256[:16]}…); "
            "export it again."
        )
    if article.id != article_id(article.text):
        raise FormatError(
            f"{where}.id: {short_repr(article.id)} should be {digest[:16]}, "
            "the first 16 digits of its sha256."
        )
    if not article.text.strip():
        raise FormatError(f"{where}.text: is empty; an article needs a text.")
    if not _DIGEST.fullmatch(article.source_sha256):
        raise FormatError(
            f"{where}.source_sha256: {short_repr(article.source_sha256)} is no SHA-256; write the "
            "64 hexadecimal digits for the source, or repeat sha256."
        )
    if not _LANGUAGE.fullmatch(article.language):
        raise FormatError(
            f"{where}.language: {short_repr(article.language)} is no language code; write one "
            "like ar or en-GB, or und."
        )
    if not 0 <= article.language_confidence <= 1:
        raise FormatError(f"{where}.language_confidence: should be from 0 to 1.")
    if article.heading and not article.heading.strip():
        raise FormatError(f"{where}.heading: is empty; write a headline, or leave it out.")
    _check_title(article, where)
    _check_roles(article, where)


def _check_title(article: ArticleData, where: str) -> None:
    if article.title is None:
        return
    start, end, quote = article.title.start, article.title.end, article.title.quote
    check_range(article.text, start, end, f"{where}.title")
    if article.text[start:end] != quote:
        raise mismatch(f"{where}.title", article.id, article.text, (start, end), quote)


def _check_roles(article: ArticleData, where: str) -> None:
    for i, role in enumerate(article.roles):
        check_range(article.text, role.start, role.end, f"{where}.roles[{i}]")
    for i, (one, two) in enumerate(pairwise(article.roles)):
        if two.start < one.end:
            raise FormatError(
                f"{where}.roles[{i + 1}]: begins at {two.start}, inside the one before, "
                f"which ends at {one.end}; roles stand in order and apart."
            )


def check_range(text: str, start: int, end: int, where: str) -> None:
    """Check that `start`..`end` (code points) is a range of the text.

    Raises:
        FormatError: Naming `where`.
    """
    if not 0 <= start < end:
        raise FormatError(f"{where}: {start}-{end} is no range; start is below end, from 0 on.")
    if end > len(text):
        raise FormatError(
            f"{where}: {start}-{end} leaves the text, which has {len(text)} code points."
        )


def mismatch(
    where: str, article: str, text: str, place: tuple[int, int], quote: str
) -> FormatError:
    """Say what stands at a place instead of the quote, and where the quote stands."""
    start, end = place
    cure = "offsets count code points of the text from 0, end exclusive"
    if text.count(quote) == 1:
        at = text.index(quote)
        cure = f"the quote stands at {at}-{at + len(quote)}, and {cure}"
    return FormatError(
        f"{where}: in article {article}, {start}-{end} reads {short_repr(text[start:end])}, "
        f"not the quote {short_repr(quote)}; {cure}."
    )
