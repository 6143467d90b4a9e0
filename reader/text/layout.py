"""A paragraph as lines of terminal cells, and the maps between columns and offsets.

The rules that are ours rather than Unicode's:

* A cell is one grapheme cluster, or a lam-alef with both its letters (unless the
  terminal gives each a column). What takes no column (bidi controls, joiners, a
  stray mark) belongs to the cell before it, at the start of the paragraph to the
  first cell.
* A line breaks in logical order, where UAX #14 allows it; a word wider than the
  line breaks between cells. One cell wider than the line has a line to itself.
* Spaces at the end of a line hang: they never make it break. While the line has
  columns to spare they are cells like any other, at its reading end; a space for
  which none is left takes no column and so belongs to the cell before it.
* A line of a paragraph with an odd base level stands at the right edge.
* A paragraph of more than `CHUNK` code points is laid out in chunks, cut after a
  space: each ends its line, and brackets or embeddings do not reach across.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from reader.text.bidi import base_level, base_level_spans, levels_of, visual_order
from reader.text.cells import Cell, logical_cells
from reader.text.properties import bidi_classes
from reader.text.wrapping import wrap
from reader.values import dataclass

__all__ = ["CHUNK", "Cell", "Line", "ParagraphLayout", "chunks", "layout_paragraph"]

CHUNK = 65536
_ANCHOR, _LEVEL = attrgetter("anchor"), attrgetter("level")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a paragraph.

    Attributes:
        start: First code point, relative to the paragraph.
        end: End, exclusive; the next line starts here.
        cells: Its cells from left to right.
        indent: Column of the first cell.
        width: Columns that the cells take together.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    indent: int
    width: int

    def columns(self) -> Iterator[tuple[int, Cell]]:
        """Each cell with its first column, from left to right."""
        column = self.indent
        for cell in self.cells:
            yield column, cell
            column += cell.width

    def cell_at(self, column: int) -> Cell | None:
        """The cell in a column, or the nearest one; None in an empty line."""
        for start, cell in self.columns():
            if column < start + cell.width:
                return cell
        return self.cells[-1] if self.cells else None

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Columns [first, last) of the cells that a range touches, merged where they meet."""
        found: list[tuple[int, int]] = []
        for column, cell in self.columns():
            if cell.start < end and start < cell.end:
                first = column
                if found and found[-1][1] == column:
                    first = found.pop()[0]
                found.append((first, column + cell.width))
        return found


@dataclass(frozen=True, slots=True)
class ParagraphLayout:
    """A paragraph laid out for a width.

    Attributes:
        base: Its base level, 0 or 1.
        width: The columns it was laid out for.
        lines: Its rows; together they are the paragraph. Never empty.
    """

    base: int
    width: int
    lines: tuple[Line, ...]

    def hit(self, line: int, column: int) -> tuple[int, int]:
        """Start and end of the cell in a column; beside the text, of the nearest one.

        Raises:
            IndexError: There is no such line.
        """
        row = self.lines[line]
        cell = row.cell_at(column)
        return (cell.start, cell.end) if cell else (row.start, row.end)

    def geometry(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Line, first and last column (exclusive) of each visual piece of a range.

        A range that cuts a cell covers it. Ordered by line, then by column.
        """
        if start >= end or end <= 0:
            return []
        pieces = []
        for number in range(self.line_of(start), len(self.lines)):
            line = self.lines[number]
            if line.start >= end:
                break
            pieces += [(number, first, last) for first, last in line.pieces(start, end)]
        return pieces

    def line_of(self, offset: int) -> int:
        """Number of the line that holds a code point; the last one for the end."""
        found = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return max(0, found)


def layout_paragraph(
    text: str, width: int, base: int | None = None, *, ligatures: bool = True
) -> ParagraphLayout:
    """Lay a paragraph out.

    Args:
        text: One hard line, without its break; a break inside is shown as a sign.
        width: Columns of a row, at least 1.
        base: Base level, None for the first strong character's.
        ligatures: Whether a lam and its alef share one cell (`TerminalProfile.ligatures`).

    Raises:
        ValueError: The width is not positive.
    """
    if width < 1:
        raise ValueError(f"a row needs at least one column, not {width}")
    level = base_level(text) if base is None else base
    lines: list[Line] = []
    for start, end in chunks(text):
        lines += _lines(text[start:end], start, width, level, ligatures)
    return ParagraphLayout(level, width, tuple(lines))


def visual_row(row: list[Cell], classes: str, levels: Sequence[int], base: int) -> list[Cell]:
    """Rules L1 and L2: the cells of one line from left to right.

    Args:
        row: Its cells in logical order.
        classes: Bidi class letters of the whole paragraph.
        levels: Resolved levels of the whole paragraph.
        base: Base level of the paragraph.
    """
    offset = row[0].start
    for start, end in base_level_spans(classes[offset : row[-1].end]):
        first = bisect_left(row, offset + start, key=_ANCHOR)
        last = bisect_left(row, offset + end, key=_ANCHOR)
        for index in range(first, last):
            if row[index].level != base:
                row[index] = row[index]._replace(level=base)
    shown = list(map(_LEVEL, row))
    lowest = min(shown)
    if lowest == max(shown) <= min(levels[offset : row[-1].end]):
        return row[::-1] if lowest & 1 else row
    if row[-1].end - offset == len(row):
        return [row[index] for index in visual_order(shown)]
    return _ordered_with_invisible(row, levels)


def _ordered_with_invisible(row: list[Cell], levels: Sequence[int]) -> list[Cell]:
    """Rule L2, where a mark or an isolate without a column may part two runs of its level."""
    items: list[tuple[int, Cell | None]] = []
    for cell in row:
        items.append((cell.level, cell))
        if cell.end - cell.anchor > 1:
            lowest = min(levels[cell.anchor : cell.end])
            if lowest < cell.level:
                items.append((lowest, None))
    ordered = [items[index][1] for index in visual_order([level for level, _ in items])]
    return [cell for cell in ordered if cell is not None]


def chunks(text: str, most: int = CHUNK) -> Iterator[tuple[int, int]]:
    """Ranges of at most `most` code points that end after a space where there is one."""
    start = 0
    while len(text) - start > most:
        limit = start + most
        end = text.rfind(" ", start, limit) + 1
        if not end:
            from wcwidth import grapheme_boundary_before

            end = start + grapheme_boundary_before(text[start:limit], most)
        end = end if end > start else limit
        yield start, end
        start = end
    yield start, len(text)


def _lines(text: str, offset: int, width: int, base: int, ligatures: bool) -> Iterator[Line]:
    """The rows of one chunk that starts at `offset` in its paragraph."""
    if not text:
        yield Line(offset, offset, (), 0, 0)
        return
    plain = text.isascii() and not base
    classes = "" if plain else bidi_classes(text)
    levels = [0] * len(text) if plain else levels_of(text, classes, base)[1]
    ordered = not base and not any(levels)
    for row, taken in wrap(text, logical_cells(text, levels, ligatures), width):
        start, end = offset + row[0].start, offset + row[-1].end
        if not ordered:
            row = visual_row(row, classes, levels, base)
        if offset:
            row = [cell.shifted(offset) for cell in row]
        indent = max(0, width - taken) if base & 1 else 0
        yield Line(start, end, tuple(row), indent, taken)
