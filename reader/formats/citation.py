"""A passage of an article to be put in elsewhere: as text, as a citation, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reader.annotation.codec import encode
from reader.annotation.model import Record
from reader.annotation.spans import Range, Span
from reader.corpus.article import Article, display_title
from reader.formats.json_write import dump
from reader.text.directions import isolated
from reader.text.properties import bidi_classes

_GAP = " […] "
_SHORT_ID = 8
_RTL = frozenset("RA")


def passage(article: Article, ranges: Iterable[Range]) -> str:
    """Return the text of ranges as it is stored, in logical order; […] stands between them."""
    return _GAP.join(article.text[start:end] for start, end in ranges)


def citation(article: Article, ranges: Sequence[Range]) -> str:
    """Return a passage with where it stands: two lines of plain text.

    The second names title, publisher, date, web address (else file), offsets and the first digits
    of the article's id; what is not known is left out. Offsets are code points
    of the stored text, end exclusive. Parts that may run from right to left
    are isolated, so that the line reads in order wherever it is put.
    """
    quoted = f"“{_isolated(' '.join(passage(article, ranges).split()))}”"
    title, opening = display_title(article)
    shown = f"“{title}…”" if opening else title
    sources = sorted(article.sources, key=lambda source: "://" not in source)
    known = (shown, article.publisher, article.published, *sources[:1])
    parts = [_isolated(" ".join(part.split())) for part in known if part]
    offsets = ", ".join(f"{start}–{end}" for start, end in ranges)
    return f"{quoted}\n{', '.join(parts)}, {offsets} ({article.id[:_SHORT_ID]})"


def span_json(span: Span) -> str:
    """Return a span as the JSON export writes it."""
    return dump(encode(span))


def records_json(records: Sequence[Record]) -> str:
    """Return annotations as the JSON export writes them: one as it is, several as a list."""
    values: list[Any] = [encode(record) for record in records]
    return dump(values[0] if len(values) == 1 else values)


def _isolated(text: str) -> str:
    """Keep the order of a part to itself, if any of it runs right to left."""
    if text.isascii() or not _RTL.intersection(bidi_classes(text)):
        return text
    return isolated(text)
