"""The text that a file of another tool brings, and the article that it is."""

from __future__ import annotations

from collections.abc import Iterable

from reader.annotation.spans import Range, Span, make_span
from reader.formats.catalogue import Catalogue
from reader.formats.document import ArticleData
from reader.formats.offsets import Ruler, Unit
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Landing:
    """A text of a file, and the article of the library with that text.

    Attributes:
        article: The article, without records.
        text: The text as the file has it: that of the article, or with LF where it has CRLF.
    """

    article: ArticleData
    text: str

    def spans(self, places: Iterable[Iterable[Range]]) -> list[Span]:
        """Return the spans of the article over ranges of the file's text, each a list of them."""
        id, text = self.article.id, self.article.text
        if text == self.text:
            return [make_span(id, text, ranges) for ranges in places]
        ruler = Ruler(text, Unit(lf=True))
        return [make_span(id, text, _moved(ruler, ranges)) for ranges in places]


def _moved(ruler: Ruler, ranges: Iterable[Range]) -> list[Range]:
    """Return ranges of a text with LF as ranges of the same with CRLF."""
    found = (ruler.range(start, end) for start, end in ranges)
    return [place for place in found if place is not None]


def land(articles: Catalogue, text: str, name: str, language: str | None = None) -> Landing:
    """Find the article that a text is, or make it.

    Args:
        articles: What is known.
        text: The text of a file.
        name: Where it came from, for a new article.
        language: What it is written in, for a new article, if the file says so.

    Raises:
        FormatError: If it is no text.
    """
    return Landing(articles.with_text(text) or articles.new(text, name, language), text)
