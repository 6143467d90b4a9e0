"""The selection, and how it moves, grows and widens by the units of the text.

Something is always selected. Units are taken in logical order, so all motions
here are logical; what lies left or right on the screen is the layout's matter.
Offsets are code points of the text, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from reader.patterns import pattern
from reader.text.breaking import clusters, words
from reader.text.paragraphs import Paragraph, paragraphs
from reader.values import dataclass

Range = tuple[int, int]
Unit = Literal["cluster", "word", "sentence", "paragraph"]
Edge = Literal["start", "end"]

UNITS: tuple[Unit, ...] = ("cluster", "word", "sentence", "paragraph")
"""From the smallest to the largest."""

_POSSESSIVE = pattern(r"(?<=\w)['’ʼ][sS](?!\w)")
"""The ending of "Trump’s": no part of the name, so that a name is selected without it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected.

    Attributes:
        start: First code point.
        end: One past the last code point; equal to `start` only in a text
            that has nothing to select.
        unit: The unit it was last moved by.
        kept: Fragments pinned before, for a span in several pieces.
    """

    start: int
    end: int
    unit: Unit = "word"
    kept: tuple[Range, ...] = ()

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The kept fragments and the current range, sorted; those that touch are one."""
        merged: list[Range] = []
        for start, end in sorted((*self.kept, (self.start, self.end))):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            elif start < end:
                merged.append((start, end))
        return tuple(merged)

    def keep(self) -> Selection:
        """Pin the current range as a fragment of a span in several pieces."""
        return replace(self, kept=self.ranges)

    def drop(self) -> Selection:
        """Forget the kept fragments."""
        return replace(self, kept=())


@dataclass(frozen=True, slots=True)
class _Units:
    """Units of one stretch of text, in order and disjoint."""

    starts: Sequence[int]
    ends: Sequence[int]

    def at(self, index: int) -> Range | None:
        if 0 <= index < len(self.starts):
            return self.starts[index], self.ends[index]
        return None


_NO_UNITS = _Units((), ())


class TextUnits:
    """Where the units of a text begin and end, found out a paragraph at a time.

    Args:
        text: The text.
        sentences: Gives the sentences of the text, sorted and disjoint; called
            when a sentence is first asked for. Without it a paragraph is one.
        lines: The paragraphs of the text, if they are known already.
    """

    def __init__(
        self,
        text: str,
        sentences: Callable[[], Sequence[Range]] | None = None,
        lines: Sequence[Paragraph] | None = None,
    ) -> None:
        self.text = text
        self._lines = paragraphs(text) if lines is None else lines
        self._line_starts = [line.start for line in self._lines]
        self._give_sentences = sentences
        self._whole: dict[Unit, _Units] = {}
        self._parts: dict[tuple[Unit, int], _Units] = {}

    def forget_sentences(self) -> None:
        """Ask for the sentences anew when one is next needed."""
        self._whole.pop("sentence", None)

    def first(self, unit: Unit, edge: Edge, offset: int) -> Range | None:
        """Return the first unit whose `edge` is at `offset` or after it."""
        for index in range(max(0, self._part_of(unit, offset, -1)), self._part_count(unit)):
            part = self._part(unit, index)
            found = part.at(bisect_left(_edges(part, edge), offset))
            if found is not None:
                return found
        return None

    def last(self, unit: Unit, edge: Edge, offset: int) -> Range | None:
        """Return the last unit whose `edge` is at `offset` or before it."""
        for index in range(self._part_of(unit, offset, +1), -1, -1):
            part = self._part(unit, index)
            found = part.at(bisect_right(_edges(part, edge), offset) - 1)
            if found is not None:
                return found
        return None

    def over(self, unit: Unit, offset: int) -> Range:
        """Return the unit over a code point, or the nearest one where there is none.

        A mark of punctuation counts as a word here, though word motions pass it;
        a possessive ending stands for its word. The range is empty only in a
        text without any unit.
        """
        before = self.last(unit, "start", offset)
        if before is not None and offset < self._reach(unit, before[1]):
            return before
        if unit == "word" and not self.text[offset : offset + 1].isspace():
            mark = self.over("cluster", offset)
            if mark[0] <= offset < mark[1]:
                return mark
        return self._nearer(before, self.first(unit, "start", offset), unit, offset)

    def _reach(self, unit: Unit, end: int) -> int:
        ending = _POSSESSIVE.match(self.text, end) if unit == "word" else None
        return ending.end() if ending else end

    def _nearer(self, before: Range | None, after: Range | None, unit: Unit, offset: int) -> Range:
        if before is None or after is None:
            found = before or after
            smaller = UNITS.index(unit) - 1
            if found is not None:
                return found
            return self.over(UNITS[smaller], offset) if smaller >= 0 else (0, 0)
        return before if offset - before[1] < after[0] - offset else after

    def _line_of(self, offset: int) -> int:
        return max(0, bisect_right(self._line_starts, offset) - 1)

    def _part_count(self, unit: Unit) -> int:
        return len(self._lines) if unit in ("cluster", "word") else 1

    def _part_of(self, unit: Unit, offset: int, slack: int) -> int:
        """The part to begin a search in: one further, where a unit may touch the offset."""
        last = self._part_count(unit) - 1
        return last if last <= 0 else min(max(0, self._line_of(offset) + slack), last)

    def _part(self, kind: Unit, index: int) -> _Units:
        if kind == "sentence" or kind == "paragraph":
            return self._whole_text(kind)
        if self._lines[index].start == self._lines[index].end:
            return _NO_UNITS
        part = self._parts.get((kind, index))
        if part is None:
            part = self._parts[kind, index] = self._segment(kind, self._lines[index])
        return part

    def _segment(self, kind: Unit, paragraph: Paragraph) -> _Units:
        start = paragraph.start
        line = self.text[start : paragraph.end]
        ranges = clusters(line) if kind == "cluster" else _without_possessives(line)
        return _Units([start + a for a, _ in ranges], [start + b for _, b in ranges])

    def _whole_text(self, unit: Literal["sentence", "paragraph"]) -> _Units:
        units = self._whole.get(unit)
        if units is None:
            ranges: Sequence[Range]
            if unit == "sentence" and self._give_sentences is not None:
                ranges = self._give_sentences()
            else:
                ranges = [line for line in map(self._trimmed, self._lines) if line[0] < line[1]]
            units = self._whole[unit] = _Units([a for a, _ in ranges], [b for _, b in ranges])
        return units

    def _trimmed(self, line: Paragraph) -> Range:
        start = line.start
        inner = self.text[start : line.end]
        return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())


def _without_possessives(line: str) -> list[Range]:
    endings = {found.end(): found.start() for found in _POSSESSIVE.finditer(line)}
    return [(start, endings.get(end, end)) for start, end in words(line)]


def _edges(part: _Units, edge: Edge) -> Sequence[int]:
    return part.starts if edge == "start" else part.ends


def move(units: TextUnits, selection: Selection, unit: Unit, step: int) -> Selection:
    """Select the next (`step` 1) or previous (-1) unit; at the end of the text stay."""
    if step > 0:
        target = units.first(unit, "start", selection.end)
    else:
        target = units.last(unit, "end", selection.start)
    if target is None:
        return selection
    return replace(selection, start=target[0], end=target[1], unit=unit)


def grow(units: TextUnits, selection: Selection, edge: Edge, unit: Unit, step: int) -> Selection:
    """Move one edge outwards (`step` 1) or inwards (-1) to the next boundary of a unit.

    An edge inside a unit goes to that unit's own boundary first. A selection
    never becomes empty: where there is no boundary left inside, it stays.
    """
    start, end = selection.start, selection.end
    if edge == "end":
        found = units.first(unit, "end", end + 1) if step > 0 else units.last(unit, "end", end - 1)
        return replace(selection, end=found[1]) if found and found[1] > start else selection
    found = (
        units.last(unit, "start", start - 1) if step > 0 else units.first(unit, "start", start + 1)
    )
    return replace(selection, start=found[0]) if found and found[0] < end else selection


def is_whole(units: TextUnits, selection: Selection) -> bool:
    """Tell whether the current range begins and ends where units of its kind do."""
    start, end, unit = selection.start, selection.end, selection.unit
    return units.over(unit, start)[0] == start and units.over(unit, max(start, end - 1))[1] == end


def is_several(units: TextUnits, selection: Selection) -> bool:
    """Tell whether the current range goes over the end of the unit that it begins in."""
    return units.over(selection.unit, selection.start)[1] < selection.end


def widen(units: TextUnits, selection: Selection) -> Selection:
    """Select the next larger unit around the selection: word, sentence, paragraph.

    A selection that covers only parts of its own units is rounded up to them first.
    """
    for unit in UNITS[UNITS.index(selection.unit) :]:
        start = min(selection.start, units.over(unit, selection.start)[0])
        end = max(selection.end, units.over(unit, max(selection.start, selection.end - 1))[1])
        if (start, end) != (selection.start, selection.end):
            return replace(selection, start=start, end=end, unit=unit)
    return selection


def narrow(units: TextUnits, selection: Selection) -> Selection:
    """Select the first unit inside the selection that is smaller than it."""
    for unit in reversed(UNITS[: UNITS.index(selection.unit) + 1]):
        found = units.first(unit, "start", selection.start)
        if found is None or found[1] > selection.end:
            continue
        if found != (selection.start, selection.end):
            return replace(selection, start=found[0], end=found[1], unit=unit)
    return selection
