"""Spans: stretches of an article's text, in one or several fragments.

Offsets are code points of the stored text, logical order, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.errors import AnnotationError
from reader.values import dataclass

CONTEXT = 32
"""Code points of text kept before and after a span, to find it again."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """Where an annotation stands.

    Attributes:
        article: Id of the article.
        fragments: One (start, end) or several, in order, disjoint, none empty.
        quote: The text from the first start to the last end.
        prefix: Up to 32 code points before the span.
        suffix: Up to 32 code points after it.
    """

    article: str
    fragments: tuple[Range, ...]
    quote: str
    prefix: str = ""
    suffix: str = ""

    @property
    def start(self) -> int:
        """First code point of the span."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """One past the last code point of the span."""
        return self.fragments[-1][1]

    @property
    def length(self) -> int:
        """Code points covered, gaps between fragments left out."""
        return sum(end - start for start, end in self.fragments)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The text of each fragment."""
        first = self.start
        return tuple(self.quote[start - first : end - first] for start, end in self.fragments)

    def covers(self, offset: int) -> bool:
        """Tell whether the code point at `offset` is in one of the fragments."""
        return any(start <= offset < end for start, end in self.fragments)

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether a fragment shares a code point with `start`..`end`."""
        return any(first < end and start < last for first, last in self.fragments)


def make_span(article: str, text: str, ranges: Iterable[Range]) -> Span:
    """Make a span over `ranges` of an article's text.

    Touching and overlapping ranges become one fragment.

    Raises:
        AnnotationError: If no range is left or one leaves the text.
    """
    fragments = merge_ranges(ranges)
    if not fragments:
        raise AnnotationError("Nothing is selected: select some text first.")
    start, end = fragments[0][0], fragments[-1][1]
    if start < 0 or end > len(text):
        raise AnnotationError(
            f"The span {start}-{end} leaves the text, which has {len(text)} code points."
        )
    return Span(
        article=article,
        fragments=fragments,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def merge_ranges(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Sort ranges, drop empty ones, join those that touch or overlap."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
