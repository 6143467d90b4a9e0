"""How many of the sentences of the bodies carry something: a mention, a claim, anything.

Counting alone: the sentences and what is marked in the articles are given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.annotation.spans import Range

MARKING = ("mention", "claim", "source", "cue", "content")
"""Parts of records that make a sentence an annotated one; what is only suggested does not."""


class Mark(NamedTuple):
    """A stretch of a text in which something is marked; a tuple, as there may be very many.

    Attributes:
        part: One of `MARKING`: what of a record it is.
        start: First code point.
        end: One past its last code point.
    """

    part: str
    start: int
    end: int


class Coverage(NamedTuple):
    """Sentences of one body, or of several together.

    Attributes:
        read: Articles whose sentences are counted here.
        sentences: Sentences of their bodies.
        annotated: Those that share a code point with a mention, a claim
            mention or a part of an attribution.
        mentioned: Those that share one with a mention.
        claimed: Those that share one with a claim mention.
    """

    read: int = 0
    sentences: int = 0
    annotated: int = 0
    mentioned: int = 0
    claimed: int = 0

    def plus(self, other: Coverage) -> Coverage:
        """Return both together."""
        return Coverage(*map(int.__add__, self, other))


def share(part: int, whole: int) -> float:
    """Return how much of the whole a part is, from 0 to 1; 0 of nothing."""
    return part / whole if whole else 0.0


def percent(part: int, whole: int) -> str:
    """Write a share as whole percents; only all is 100 %, and only nothing is 0 %."""
    rounded = round(100 * share(part, whole))
    if 0 < part < whole and rounded in (0, 100):
        return "<1%" if rounded == 0 else ">99%"
    return f"{rounded}%"


def covered(sentences: Sequence[Range], marks: Iterable[Mark]) -> Coverage:
    """Count the sentences of a body that carry something.

    Args:
        sentences: Code points, in order, apart.
        marks: What is marked in the article; what lies outside every sentence does not count.
    """
    ends = [end for _, end in sentences]
    touched: dict[str, set[int]] = {part: set() for part in MARKING}
    for part, start, end in marks:
        index = bisect_right(ends, start)
        while index < len(sentences) and sentences[index][0] < end:
            touched[part].add(index)
            index += 1
    mentioned, claimed = touched["mention"], touched["claim"]
    annotated = set[int]().union(*touched.values())
    return Coverage(1, len(sentences), len(annotated), len(mentioned), len(claimed))


class CoverageCount:
    """The coverage of articles, put together as their sentences are read.

    Attributes:
        total: Of all that have been read.
        languages: Of these, by language.
        articles: Each of these, by its id.
    """

    def __init__(self) -> None:
        self.total = Coverage()
        self.languages: dict[str, Coverage] = {}
        self.articles: dict[str, Coverage] = {}

    def add(self, article: str, language: str, found: Coverage) -> None:
        """Count an article that has not been counted yet."""
        self.articles[article] = found
        self.total = self.total.plus(found)
        self.languages[language] = self.languages.get(language, Coverage()).plus(found)
