"""Where the words of one version of a text stand in the next.

Both versions are compared by their lines, then by their words: what is found
once in each anchors the rest. Only stretches that are long enough to be no
chance count as unchanged. What is in none of them is looked for by its exact
words and those around it; a place that is not certain is no place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from reader.annotation.spans import CONTEXT, Range
from reader.text.properties import bidi_classes
from reader.values import dataclass

_WORD = re.compile(r"\w+|\W")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SAME_SHARE = 0.2
_SAME_WORDS = 0.5
_FIRM = 40
"""Code points of an unchanged stretch that is no chance."""

_FIRM_AT_EDGE = 16
"""The same where it begins or ends both versions."""

_SMALL = 40_000
"""Pairs of words that are compared one by one where none is unique."""

_LONG_QUOTE = 12
_SOME_CONTEXT = 8
_STRONG_CONTEXT = 24
_MANY = 1_000
"""Places of the same words that are too many to tell apart."""


Crossing = Literal["letter", "word", "nothing"]
Edges = tuple[Crossing, Crossing]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that is the same in both versions (code points)."""

    old: int
    new: int
    length: int


class Alignment:
    """Two versions of a text.

    Args:
        old: The one before.
        new: The one after.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._known: dict[tuple[str, Edges], tuple[list[int], list[int]]] = {}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What is unchanged, in order in both."""
        found = _blocks(self.old, self.new)
        return tuple(block for block in found if self._is_firm(block))

    @property
    def share(self) -> float:
        """How much of the shorter version is unchanged, from 0 to 1."""
        shorter = min(len(self.old), len(self.new))
        return sum(block.length for block in self.blocks) / shorter if shorter else 0.0

    @property
    def is_same(self) -> bool:
        """Whether these are versions of one text: much is unchanged, or most words are there."""
        if self.share >= _SAME_SHARE:
            return True
        words = frozenset(_LONG_WORD.findall(self.old)), frozenset(_LONG_WORD.findall(self.new))
        fewer = min(map(len, words))
        return fewer > 0 and len(words[0] & words[1]) >= _SAME_WORDS * fewer

    def place(self, start: int, end: int) -> Range | None:
        """Return where the words of a range of the old version stand in the new one, if certain."""
        block = _at(self._old_starts, self.blocks, start)
        if block is not None and end <= block.old + block.length:
            moved = block.new - block.old
            found = start + moved, end + moved
            return found if self._edges_alike(start, end, found[0]) else None
        return self._by_context(start, end)

    def _is_firm(self, block: Block) -> bool:
        at_start = block.old == block.new == 0
        ends = len(self.old) - block.old, len(self.new) - block.new
        at_edge = at_start or ends == (block.length, block.length)
        return block.length >= (_FIRM_AT_EDGE if at_edge else _FIRM)

    @cached_property
    def _old_starts(self) -> tuple[int, ...]:
        return tuple(block.old for block in self.blocks)

    @cached_property
    def _new_starts(self) -> tuple[int, ...]:
        return tuple(block.new for block in self.blocks)

    def _by_context(self, start: int, end: int) -> Range | None:
        """Look for a quote outside of what is unchanged: alone of its kind, or by its context."""
        size = end - start
        here, there = self._free(self.old[start:end], _edges(self.old, start, end))
        if not there or max(len(there), len(here)) > _MANY:
            return None
        contexts = {place: self._context(start, place, size) for place in there}
        best = max(there, key=lambda place: contexts[place])
        if len(there) == len(here) == 1:
            is_sure = contexts[best] >= _SOME_CONTEXT or size >= _LONG_QUOTE
        else:
            back = [self._context(other, best, size) for other in here if other != start]
            rivals = [*(contexts[place] for place in there if place != best), *back]
            is_sure = contexts[best] >= max(_STRONG_CONTEXT, 2 * max(rivals))
        return (best, best + size) if is_sure else None

    def _free(self, quote: str, edges: Edges) -> tuple[list[int], list[int]]:
        """Where words stand with edges of the same kind, outside of what is unchanged."""
        known = self._known.get((quote, edges))
        if known is None:
            known = (
                _places(self.old, quote, edges, self._in_old),
                _places(self.new, quote, edges, self._in_new),
            )
            self._known[quote, edges] = known
        return known

    def _in_old(self, start: int, end: int) -> bool:
        block = _at(self._old_starts, self.blocks, start)
        return block is not None and end <= block.old + block.length

    def _in_new(self, start: int, end: int) -> bool:
        block = _at(self._new_starts, self.blocks, start)
        return block is not None and end <= block.new + block.length

    def _edges_alike(self, start: int, end: int, place: int) -> bool:
        return _edges(self.old, start, end) == _edges(self.new, place, place + end - start)

    def _context(self, start: int, place: int, size: int) -> int:
        """How many code points before and after are the same, up to twice 32."""
        old, new = self.old, self.new
        heads = old[max(0, start - CONTEXT) : start], new[max(0, place - CONTEXT) : place]
        before = _common(heads[0][::-1], heads[1][::-1])
        start, place = start + size, place + size
        return before + _common(old[start : start + CONTEXT], new[place : place + CONTEXT])


def _places(text: str, quote: str, edges: Edges, taken: Callable[[int, int], bool]) -> list[int]:
    """Where a quote stands as a word of one kind and free, at most one more than too many."""
    found: list[int] = []
    place = text.find(quote)
    while place >= 0 and len(found) <= _MANY:
        end = place + len(quote)
        if not taken(place, end) and _edges(text, place, end) == edges:
            found.append(place)
        place = text.find(quote, place + 1)
    return found


def _at(starts: Sequence[int], blocks: Sequence[Block], offset: int) -> Block | None:
    """The last block that begins at or before an offset."""
    place = bisect_right(starts, offset) - 1
    return blocks[place] if place >= 0 else None


def _common(one: str, two: str) -> int:
    """How many code points two texts begin with alike."""
    limit = min(len(one), len(two))
    return next((i for i in range(limit) if one[i] != two[i]), limit)


def _edges(text: str, start: int, end: int) -> Edges:
    """What goes on beyond both ends: “Nix” in “Nixon” is another word."""
    return _across(text, start), _across(text, end)


def _across(text: str, place: int) -> Crossing:
    """What goes on across a place: a letter with its marks, a word, or nothing."""
    if not 0 < place < len(text):
        return "nothing"
    after = text[place]
    if bidi_classes(after) == "M":
        return "letter"
    before = text[place - 1]
    is_within = after.isalnum() and (before.isalnum() or bidi_classes(before) == "M")
    return "word" if is_within else "nothing"


def _blocks(old: str, new: str) -> Iterator[Block]:
    """All equal stretches, in order, touching ones joined."""
    last: Block | None = None
    for block in _by_lines(old, new):
        if last and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            last = Block(last.old, last.new, last.length + block.length)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _by_lines(old: str, new: str) -> Iterator[Block]:
    """Equal lines, and equal words in what is between them."""
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    at = _offsets(lines[0]), _offsets(lines[1])
    last = 0, 0
    for i, j, count in [*_matches(*lines), (len(lines[0]), len(lines[1]), 0)]:
        yield from _by_words(old, new, (last[0], at[0][i]), (last[1], at[1][j]))
        if count:
            yield Block(at[0][i], at[1][j], at[0][i + count] - at[0][i])
        last = at[0][i + count], at[1][j + count]


def _by_words(old: str, new: str, before: Range, after: Range) -> Iterator[Block]:
    """Equal words in a stretch of each version."""
    words = _WORD.findall(old, *before), _WORD.findall(new, *after)
    at = _offsets(words[0]), _offsets(words[1])
    for i, j, count in _matches(*words):
        yield Block(before[0] + at[0][i], after[0] + at[1][j], at[0][i + count] - at[0][i])


def _offsets(pieces: Sequence[str]) -> list[int]:
    """Where each piece begins, and where the last one ends."""
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets


Match = tuple[int, int, int]


def _matches(one: Sequence[str], two: Sequence[str]) -> list[Match]:
    """Equal runs of two sequences, in order in both, as (first, second, length)."""
    found: list[Match] = []
    open_parts = [(0, len(one), 0, len(two))]
    while open_parts:
        a, b, c, d = open_parts.pop()
        first = a
        while a < b and c < d and one[a] == two[c]:
            a, c = a + 1, c + 1
        if a > first:
            found.append((first, c - (a - first), a - first))
        last = b
        while a < b and c < d and one[b - 1] == two[d - 1]:
            b, d = b - 1, d - 1
        if last > b:
            found.append((b, d, last - b))
        if a < b and c < d:
            _split(one, two, (a, b, c, d), open_parts, found)
    return sorted(found)


def _split(
    one: Sequence[str],
    two: Sequence[str],
    part: tuple[int, int, int, int],
    open_parts: list[tuple[int, int, int, int]],
    found: list[Match],
) -> None:
    """Cut a part at what stands once on each side; compare a small one piece by piece."""
    a, b, c, d = part
    anchors = _anchors(one[a:b], two[c:d])
    if anchors:
        last = a, c
        for i, j in anchors:
            found.append((a + i, c + j, 1))
            open_parts.append((last[0], a + i, last[1], c + j))
            last = a + i + 1, c + j + 1
        open_parts.append((last[0], b, last[1], d))
    elif (b - a) * (d - c) <= _SMALL:
        matcher = SequenceMatcher(None, one[a:b], two[c:d], autojunk=False)
        found += [(a + i, c + j, n) for i, j, n in matcher.get_matching_blocks() if n]


def _anchors(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """What stands once on each side, as the longest chain that rises in both."""
    counts = Counter(one), Counter(two)
    places = {piece: i for i, piece in enumerate(two) if counts[1][piece] == 1}
    pairs = [(i, places[p]) for i, p in enumerate(one) if counts[0][p] == 1 and p in places]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs, sorted by the first, whose second rises too."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        before.append(tops[place - 1] if place else -1)
        ends[place : place + 1] = [second]
        tops[place : place + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
