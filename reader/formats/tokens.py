"""Tokens of a text for formats that are built on them, cut wherever a mark begins or ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from reader.annotation.spans import Range, Span
from reader.corpus.sentences import sentences_between
from reader.text.breaking import clusters, words

_RUN = re.compile(r"\S+")


def borders_of(spans: Iterable[Span]) -> set[int]:
    """Return where fragments begin and end, in code points."""
    return set(chain.from_iterable(pair for span in spans for pair in span.fragments))


def tokens_of(text: str, borders: Iterable[int] = ()) -> list[Range]:
    """Return the tokens of a text: words and signs, never white space.

    Args:
        text: The stored text.
        borders: Offsets at which a token ends, also within a word: the name after a clitic is a
            token of its own where it is marked.
    """
    cuts = sorted(borders)
    found: list[Range] = []
    for start, end in _units(text):
        inside = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        found += pairwise((start, *dict.fromkeys(inside), end))
    return found


def _units(text: str) -> Iterator[Range]:
    """Give the words, and between them the signs."""
    at = 0
    for start, end in (*words(text), (len(text), len(text))):
        yield from _signs(text, at, start)
        for run in _RUN.finditer(text, start, end):
            yield run.span()
        at = end


def _signs(text: str, start: int, end: int) -> Iterator[Range]:
    """Give the grapheme clusters of a stretch without words; the same sign repeated is one."""
    for run in _RUN.finditer(text, start, end):
        pending = (run.start(), run.start())
        for first, last in ((run.start() + a, run.start() + b) for a, b in clusters(run[0])):
            if pending[0] < first and text[first:last] != text[pending[0] : pending[0] + 1]:
                yield pending
                pending = (first, last)
            else:
                pending = (pending[0], last)
        yield pending


def sentences_around(text: str, language: str, spans: Iterable[Span]) -> list[Range]:
    """Return the sentences of a text; those that a mark crosses are one.

    They begin and end with something other than white space, and leave out nothing else.

    Args:
        text: The stored text.
        language: What it is written in, for the abbreviations that apply.
        spans: Marks, each of which has to stand in one sentence.
    """
    crossing = sorted((span.start, span.end) for span in spans)
    crossing.reverse()
    found: list[Range] = []
    reach = 0
    for start, end in sentences_between(text, 0, len(text), language):
        if found and start < reach:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        while crossing and crossing[-1][0] < end:
            reach = max(reach, crossing.pop()[1])
    return found


class Grid:
    """Tokens, and which of them a range covers.

    Args:
        tokens: The tokens, in order.
    """

    def __init__(self, tokens: Iterable[Range]) -> None:
        self.tokens = tuple(tokens)
        self._first = {start: number for number, (start, _) in enumerate(self.tokens)}
        self._last = {end: number for number, (_, end) in enumerate(self.tokens)}

    def covered(self, start: int, end: int) -> Range | None:
        """Return the numbers of the first and the last token of a range, or None off borders."""
        first, last = self._first.get(start), self._last.get(end)
        return None if first is None or last is None else (first, last)
