"""All places of many names in a text, found in one pass over it (Aho-Corasick)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from reader.annotation.spans import Range
from reader.suggest.borders import stands_alone
from reader.suggest.names import Name, is_spelled, spellings
from reader.text.fold import FoldedText

_RUN = re.compile("  +")


class Match(NamedTuple):
    """A place where names stand.

    Attributes:
        start: First code point, particles and quotation marks left out.
        end: One past the last code point.
        names: The names that are spelled so, in the order in which they were given.
    """

    start: int
    end: int
    names: tuple[Name, ...]


class Matcher:
    """Finds names in texts. Building it costs once, a text costs one pass.

    Args:
        names: The names to find.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        patterns: dict[str, list[tuple[Name, bool]]] = {}
        for name in names:
            for folded, elided in spellings(name.text):
                patterns.setdefault(folded, []).append((name, elided))
        self._patterns = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns)) if patterns else None

    def matches(self, text: str, barred: Sequence[Range] = ()) -> list[Match]:
        """Return the places of names: the longest of those that overlap, in order.

        Args:
            text: The text of an article.
            barred: Ranges in which nothing is to be found, such as boilerplate.
        """
        return longest_first(self.candidates(text), barred)

    def candidates(self, text: str) -> Iterator[Match]:
        """Yield the places of names, also those that overlap, for `longest_first`."""
        if self._automaton is None:
            return
        folded, squeezed = _prepared(text)
        found = self._automaton.find_matches_as_indexes(squeezed.text, overlapping=True)
        places = folded.trace([squeezed.place(start, end) for _, start, end in found])
        for (pattern, _, _), (start, end) in zip(found, places, strict=True):
            names = tuple(self._spelled(pattern, text, start, end))
            if names:
                yield Match(start, end, names)

    def _spelled(self, pattern: int, text: str, start: int, end: int) -> Iterator[Name]:
        """Yield the names of a pattern that stand at a range as names, not by chance."""
        written = text[start:end]
        for name, elided in self._patterns[pattern]:
            if is_spelled(written, name.text, elided=elided) and stands_alone(
                text, start, end, elided=elided
            ):
                yield name


class _Squeezed:
    """A folded text with one blank for each run of blanks, as names have it, and the way back."""

    def __init__(self, folded: str) -> None:
        self.text = _RUN.sub(" ", folded) if "  " in folded else folded
        self._starts: list[int] = []
        self._dropped = [0]
        if self.text is not folded:
            self._measure(folded)

    def _measure(self, folded: str) -> None:
        for run in _RUN.finditer(folded):
            before = self._dropped[-1]
            self._starts.append(run.start() - before + 1)
            self._dropped.append(before + run.end() - run.start() - 1)

    def place(self, start: int, end: int) -> Range:
        """Lead a range that begins and ends with no blank back to the folded text."""
        return self._loosen(start), self._loosen(end - 1) + 1

    def _loosen(self, offset: int) -> int:
        return offset + self._dropped[bisect_right(self._starts, offset)]


@lru_cache(maxsize=2)
def _prepared(text: str) -> tuple[FoldedText, _Squeezed]:
    """Fold a text once for several matchers, and again and again while it is on the screen."""
    folded = FoldedText(text)
    return folded, _Squeezed(folded.folded)


def longest_first(found: Iterable[Match], barred: Sequence[Range] = ()) -> list[Match]:
    """Return the longest match of those that overlap, in order; names on one range are one match.

    Args:
        found: Matches, perhaps of several matchers.
        barred: Ranges in which nothing is to be found, such as boilerplate.
    """
    together: dict[Range, Match] = {}
    for match in found:
        if barred and _touches(barred, match):
            continue
        known = together.get((match.start, match.end))
        names = (*known.names, *match.names) if known else match.names
        together[match.start, match.end] = match._replace(names=tuple(dict.fromkeys(names)))
    kept: list[Match] = []
    for match in sorted(
        together.values(), key=lambda match: (match.start - match.end, match.start)
    ):
        at = bisect_left(kept, match)
        clear_before = at == 0 or kept[at - 1].end <= match.start
        if clear_before and (at == len(kept) or match.end <= kept[at].start):
            kept.insert(at, match)
    return kept


def _touches(barred: Sequence[Range], match: Match) -> bool:
    return any(start < match.end and match.start < end for start, end in barred)
