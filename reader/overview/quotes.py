"""Mentions in their sentences, in any article, read when they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from reader.annotation.spans import Range, Span
from reader.corpus.article import Article, display_title
from reader.corpus.sentences import sentences_between
from reader.store.library import Library
from reader.text.directions import paragraph_base
from reader.values import dataclass

_LEAD = 36
"""Code points before a mention that an excerpt keeps at most."""

_BREAKS = "\n\r\x85\u2029"
_KEPT = 64
"""Articles that are kept; a screen shows fewer."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with a mention in it.

    Attributes:
        text: On one line.
        marks: Where the mention is in it.
        base: Base level, 0 or 1.
    """

    text: str
    marks: tuple[Range, ...]
    base: int

    def excerpt(self) -> Quote:
        """Return the sentence from shortly before the mention on, so that a row shows it."""
        start = self.marks[0][0] if self.marks else 0
        cut = self.text.find(" ", start - _LEAD) + 1 if start > _LEAD else 0
        if not 0 < cut <= start:
            return self
        marks = tuple((first - cut + 2, last - cut + 2) for first, last in self.marks)
        return Quote(f"… {self.text[cut:]}", marks, self.base)


class Quotes:
    """Quotes from the articles of a library.

    Args:
        library: Where they are read.
    """

    def __init__(self, library: Library) -> None:
        self._article = lru_cache(maxsize=_KEPT)(library.articles.read)

    def sentence(self, span: Span) -> Quote:
        """Return the sentence, or sentences, that a span stands in."""
        article = self._article(span.article)
        start, end = _sentence(article, span)
        return _on_one_line(article, start, end, span)

    def title(self, id: str) -> tuple[str, bool]:
        """Return the title of an article, and whether it is only its first words."""
        return display_title(self._article(id))

    def article(self, id: str) -> Article:
        """Return an article."""
        return self._article(id)


def _sentence(article: Article, span: Span) -> Range:
    """Find the sentences under a span, in its paragraphs and part of the article."""
    text = article.text
    first = max(text.rfind(each, 0, span.start) for each in _BREAKS) + 1
    ends = [end for each in _BREAKS if (end := text.find(each, span.end)) >= 0]
    last = min(ends, default=len(text))
    part = next((r for r in article.roles if r.start <= span.start and span.end <= r.end), None)
    if part is not None:
        first, last = max(first, part.start), min(last, part.end)
    return _over(sentences_between(text, first, last, article.language), span.start, span.end)


def _over(ranges: Sequence[Range], start: int, end: int) -> Range:
    """Return the stretch of all ranges that share something with one, or that one itself."""
    place = bisect_left(ranges, start, key=lambda each: each[1] - 1)
    over = [each for each in ranges[place:] if each[0] < end]
    return (min(start, over[0][0]), max(end, over[-1][1])) if over else (start, end)


def _on_one_line(article: Article, start: int, end: int, span: Span) -> Quote:
    """Put a stretch of a text on one line; each break is one blank, so places stay."""
    text = "".join(" " if c.isspace() else c for c in article.text[start:end])
    marks = tuple((first - start, last - start) for first, last in span.fragments)
    return Quote(text, marks, paragraph_base(text, article.direction == "rtl"))
