"""A line of text being edited, as a value: what each key makes of it.

Backspace takes back what was typed last: of a letter with marks the last mark,
of anything else (an emoji, a flag) the whole cluster. Delete takes the cluster
that the caret stands on. A lam-alef is two letters here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from reader.text import caret as places
from reader.text.breaking import clusters, words
from reader.text.caret import Caret
from reader.text.layout import Cell, Line, ParagraphLayout, layout_paragraph
from reader.text.properties import bidi_classes
from reader.values import dataclass

MOST = 50_000
"""Code points that a line takes."""

WIDE = 1 << 20
"""Columns to lay a line out in: it never breaks."""

_BLANKS = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return a text as a line holds it: breaks and tabs as blanks, no controls."""
    return _DROPPED.sub("", _BLANKS.sub(" ", text))


@dataclass(frozen=True, slots=True)
class LineEdit:
    """A line, and where its caret is.

    Attributes:
        value: The text, in logical order.
        caret: The code point before which typed text goes.
        typed: The caret follows text that was just typed, and stands beside it:
            where two directions meet that is another column than the next letter's.
        base: Base level; None for the direction of the first strong character.
    """

    value: str = ""
    caret: int = 0
    typed: bool = False
    base: int | None = None

    @property
    def layout(self) -> ParagraphLayout:
        """The line laid out in a single row of `WIDE` columns."""
        return _layout(self.value, self.base)

    def insert(self, text: str) -> LineEdit:
        """Type or paste a text."""
        added = one_line(text)[: MOST - len(self.value)]
        if not added:
            return self
        value = self.value[: self.caret] + added + self.value[self.caret :]
        return LineEdit(value, self.caret + len(added), True, self.base)

    def backspace(self) -> LineEdit:
        """Take back the mark or cluster before the caret."""
        start = max((a for a, _ in clusters(self.value) if a < self.caret), default=0)
        cluster = self.value[start : self.caret]
        if len(cluster) > 1 and cluster[0].isalpha() and bidi_classes(cluster[-1]) == "M":
            start = self.caret - 1
        return self._without(start, self.caret)

    def delete(self) -> LineEdit:
        """Delete the cluster that the caret stands on."""
        end = min((b for _, b in clusters(self.value) if b > self.caret), default=self.caret)
        return self._without(self.caret, end)

    def delete_word(self) -> LineEdit:
        """Delete back to the beginning of the word before the caret."""
        return self._without(self.to_word(-1).caret, self.caret)

    def delete_to_start(self) -> LineEdit:
        """Delete all before the caret."""
        return self._without(0, self.caret)

    def delete_to_end(self) -> LineEdit:
        """Delete all after the caret."""
        return self._without(self.caret, len(self.value))

    def to(self, caret: int) -> LineEdit:
        """Put the caret before a code point."""
        return LineEdit(self.value, min(max(caret, 0), len(self.value)), False, self.base)

    def to_start(self) -> LineEdit:
        """Put the caret at the logical beginning."""
        return self.to(0)

    def to_end(self) -> LineEdit:
        """Put the caret at the logical end."""
        return self.to(len(self.value))

    def to_word(self, step: int) -> LineEdit:
        """Put the caret at the next end of a word (`step` 1) or the previous beginning (-1)."""
        found = words(self.value)
        if step > 0:
            ends = [end for _, end in found]
            index = bisect_right(ends, self.caret)
            return self.to(ends[index] if index < len(ends) else len(self.value))
        starts = [start for start, _ in found]
        index = bisect_left(starts, self.caret) - 1
        return self.to(starts[index] if index >= 0 else 0)

    def to_side(self, step: int) -> LineEdit:
        """Put the caret on the visual neighbour on the right (`step` 1) or left (-1)."""
        layout = self.layout
        at = Caret(self.caret, "upstream" if self.caret == len(self.value) else "downstream")
        if self.typed and self.caret < len(self.value):
            at = places.caret_in(layout, 0, self.column)
        found = places.right(layout, at) if step > 0 else places.left(layout, at)
        return self if found is None else self.to(found.offset)

    def to_column(self, column: int) -> LineEdit:
        """Put the caret on the cell in a column of the layout, or after the end of the line."""
        line = self.layout.lines[0]
        beyond = column < line.indent if self.layout.base else column >= line.width
        found = None if beyond else line.cell_at(column)
        return self.to(len(self.value) if found is None else found.start)

    @property
    def column(self) -> int:
        """Column of the layout to draw the caret in.

        In the text it is the column of the letter it stands before. After typing,
        and at the end, it is the one the next letter of that direction will take.
        """
        layout = self.layout
        line, rtl = layout.lines[0], layout.base & 1
        after = self.typed or self.caret == len(self.value)
        found = _cell_of(line, self.caret - after)
        if found is None:
            return WIDE - 1 if rtl else 0
        column, cell = found
        if not after or self.caret == cell.second:
            return column
        if bidi_classes(self.value[self.caret - 1]) in "EHt":
            return self._column_of_next(cell)
        # A letter pushes on what follows in the direction of the line.
        if cell.level & 1:
            return column - 1 if rtl else column
        return column + cell.width - 1 if rtl else column + cell.width

    def _column_of_next(self, number: Cell) -> int:
        """Column that a letter takes which goes on with the words before a number.

        A number runs from left to right in any text, so its last digit is not
        where a text from right to left goes on.
        """
        strong = (c for c in reversed(bidi_classes(self.value[: self.caret])) if c in "LRA")
        letter = "a" if next(strong, "RL"[self.layout.base == 0]) == "L" else "ب"
        value = self.value[: self.caret] + letter + self.value[self.caret :]
        found = _cell_of(_layout(value, self.layout.base).lines[0], self.caret)
        return found[0] if found is not None else number.width

    def _without(self, start: int, end: int) -> LineEdit:
        return LineEdit(self.value[:start] + self.value[end:], start, True, self.base)


@lru_cache(maxsize=64)
def _layout(value: str, base: int | None) -> ParagraphLayout:
    return layout_paragraph(value, WIDE, base)


def _cell_of(line: Line, offset: int) -> tuple[int, Cell] | None:
    for column, cell in line.columns():
        if cell.start <= offset < cell.end:
            return column, cell
    return None
