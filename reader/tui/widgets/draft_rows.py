"""A draft as rows of cells: where its caret stands on the screen, and how it moves there.

Left and right, up and down, and the ends of a row depend on the layout; what is
logical (words, lines) is the draft's own matter. Columns may be one beyond the
row on either side: that is where the next letter goes.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from reader.text import caret as places
from reader.text.caret import Caret
from reader.text.directions import own_base
from reader.text.draft import MOST_IN_LINE, Draft
from reader.text.layout import Cell, Line, ParagraphLayout, layout_paragraph
from reader.text.paragraphs import Paragraph
from reader.text.properties import bidi_classes
from reader.tui.typesetting import ligatures
from reader.tui.widgets.article_rows import ArticleRows, Place

WIDE = 1 << 20
"""Columns to lay a line out in that never breaks."""

_TOGETHER = 4096
"""Code points of a paragraph that are laid out together; each such part ends its row."""

_LOOKED_AT = 4096
"""Code points in which the direction of a paragraph is looked for."""


class Point(NamedTuple):
    """Where a caret is drawn: the row, and the column of the layout there."""

    place: Place
    column: int


class DraftRows(ArticleRows):
    """The rows of a draft at a width.

    Each paragraph runs as its first strong letter or most of its words do; one
    without any, such as an empty one, as the one before.

    Args:
        text: The text.
        width: Columns of a row, at least 1.
        base: Base level of all paragraphs; None for each one's own.
    """

    def __init__(self, text: str, width: int, base: int | None = None) -> None:
        # The whole of it is laid out with each key.
        self.most = MOST_IN_LINE if width == WIDE else _TOGETHER
        self._given = base
        super().__init__(text, base == 1, width)

    def layout(self, paragraph: int) -> ParagraphLayout:
        """Return a paragraph laid out; what did not change is not laid out again."""
        found = self._layouts.get(paragraph)
        if found is None:
            start, end, _ = self.paragraphs[paragraph]
            found = _laid_out(self.text[start:end], self.width, self.base(paragraph))
            self._layouts[paragraph] = found
            self._known[paragraph] = 1
            self._index.set_count(paragraph, len(found.lines))
        return found

    def _hard_lines(self) -> list[Paragraph]:
        # After a break at the very end one goes on writing.
        lines, end = super()._hard_lines(), len(self.text)
        if lines[-1].end_with_break > lines[-1].end:
            lines.append(Paragraph(end, end, end))
        return lines

    def base(self, paragraph: int) -> int:
        """Return the base level that a paragraph is laid out with."""
        if self._given is not None:
            return self._given
        while paragraph and self.paragraphs[paragraph - 1].end == self.starts[paragraph]:
            # A further part of a long paragraph.
            paragraph -= 1
        for number in range(paragraph, -1, -1):
            start, end, _ = self.paragraphs[number]
            level = _own_base(self.text[start : min(end, start + _LOOKED_AT)])
            if level is not None:
                return level
        return 0

    def point(self, draft: Draft) -> Point:
        """Return where the caret of a draft is drawn.

        In the text it is the column of the letter it stands before. Upstream, and
        at the end of a paragraph, it is the one that the next letter of that
        direction will take.
        """
        paragraph, at, text = self._at(draft.caret)
        layout = self.layout(paragraph)
        after = at > 0 and (draft.affinity == "upstream" or at == len(text))
        number = layout.line_of(at - after)
        line, rtl = layout.lines[number], layout.base & 1
        found = _cell_of(line, at - after)
        place = Place(paragraph, number)
        if found is None:
            return Point(place, self.width - 1 if rtl else 0)
        column, cell = found
        if not after or at == cell.second:
            return Point(place, column)
        if bidi_classes(text[at - 1]) in "EHt":
            return Point(place, self._column_of_next(layout, text, at, number, cell))
        # A letter pushes on what follows in the direction of the line.
        if cell.level & 1:
            return Point(place, column - 1 if rtl else column)
        return Point(place, column + cell.width - 1 if rtl else column + cell.width)

    def beside(self, draft: Draft, step: int, *, select: bool = False) -> Draft:
        """Put the caret on the visual neighbour on the right (`step` 1) or left (-1).

        What was selected is left at that of its ends, unless more is selected.
        """
        paragraph, at, text = self._at(draft.caret)
        layout = self.layout(paragraph)
        forward = (step < 0) == bool(layout.base & 1)
        if draft.selected and not select and not draft.marking:
            return draft.to(draft.selection[forward])
        caret = Caret(at, "upstream" if at == len(text) else "downstream")
        point = self.point(draft)
        if draft.affinity == "upstream" and at < len(text) and not _is_second(layout, point, at):
            caret = places.caret_in(layout, point.place.row, point.column)
        move = places.right if step > 0 else places.left
        found = move(layout, caret)
        if found is None:
            over = self._over_edge(paragraph, forward)
            return draft if over is None else draft.to(over, select=select)
        return draft.to(self.starts[paragraph] + found.offset, select=select)

    def vertical(self, draft: Draft, step: int, column: int, *, select: bool = False) -> Draft:
        """Put the caret some rows below (above if negative), nearest to a column.

        Beyond the first and the last row is the start and the end of the text.
        """
        place = self.point(draft).place
        target = self.moved(place, step)
        if target == place:
            return draft.to(len(self.text) if step > 0 else 0, select=select)
        return self.hit(draft, target, column, select=select)

    def hit(self, draft: Draft, place: Place, column: int, *, select: bool = False) -> Draft:
        """Put the caret on the cell in a column of a row, or after the end of the row."""
        line, base = self.line(place), self.layout(place.paragraph).base
        beyond = column < line.indent if base & 1 else column >= line.width
        cell = None if beyond else line.cell_at(column)
        if cell is None:
            return self._to_end(draft, place, select)
        return draft.to(self.starts[place.paragraph] + cell.start, select=select)

    def row_start(self, draft: Draft, *, select: bool = False) -> Draft:
        """Put the caret where its row begins to be read."""
        return draft.to(self.range(self.point(draft).place)[0], select=select)

    def row_end(self, draft: Draft, *, select: bool = False) -> Draft:
        """Put the caret after what its row ends with."""
        return self._to_end(draft, self.point(draft).place, select)

    def word(self, draft: Draft, step: int, *, select: bool = False) -> Draft:
        """Put the caret at the end of the word on the right (`step` 1) or left (-1).

        Which one that is, the direction of the paragraph says.
        """
        forward = (step < 0) == bool(self.layout(self._at(draft.caret)[0]).base & 1)
        find = draft.word_after if forward else draft.word_before
        return draft.to(find(draft.caret), select=select)

    def _to_end(self, draft: Draft, place: Place, select: bool) -> Draft:
        end = self.range(place)[1]
        last = place.row == len(self.layout(place.paragraph).lines) - 1
        return draft.to(end, "downstream" if last else "upstream", select=select)

    def _at(self, offset: int) -> tuple[int, int, str]:
        """The paragraph of an offset, the offset in it, and its text."""
        paragraph = max(0, bisect_right(self.starts, offset) - 1)
        start, end, _ = self.paragraphs[paragraph]
        return paragraph, offset - start, self.text[start:end]

    def _over_edge(self, paragraph: int, forward: bool) -> int | None:
        """Where a caret goes that leaves a paragraph: to the nearest edge of the next one."""
        if not forward:
            return self.paragraphs[paragraph - 1].end if paragraph else None
        following = paragraph + 1
        if following == len(self.paragraphs):
            return None
        layout = self.layout(following)
        return self.starts[following] + places.stops(layout.lines[0], layout.base)[0].offset

    def _column_of_next(
        self, layout: ParagraphLayout, text: str, at: int, row: int, number: Cell
    ) -> int:
        """Column that a letter takes which goes on with the words before a number.

        A number runs from left to right in any text, so its last digit is not
        where a text from right to left goes on.
        """
        strong = (c for c in reversed(bidi_classes(text[:at])) if c in "LRA")
        letter = "a" if next(strong, "RL"[layout.base == 0]) == "L" else "ب"
        longer = _laid_out(f"{text[:at]}{letter}{text[at:]}", layout.width, layout.base)
        if row < len(longer.lines):
            found = _cell_of(longer.lines[row], at)
            if found is not None:
                return found[0]
        # The letter has no room left in the row.
        return -1 if layout.base & 1 else layout.width


def _laid_out(text: str, width: int, base: int) -> ParagraphLayout:
    return _laid_out_for(text, width, base, ligatures())


@lru_cache(maxsize=256)
def _laid_out_for(text: str, width: int, base: int, ligatures: bool) -> ParagraphLayout:
    return layout_paragraph(text, width, base, ligatures=ligatures)


@lru_cache(maxsize=256)
def _own_base(text: str) -> int | None:
    return own_base(text)


def _is_second(layout: ParagraphLayout, point: Point, at: int) -> bool:
    return any(cell.second == at for cell in layout.lines[point.place.row].cells)


def _cell_of(line: Line, offset: int) -> tuple[int, Cell] | None:
    for column, cell in line.columns():
        if cell.start <= offset < cell.end:
            return column, cell
    return None
