"""The caret: where it may stand in a paragraph, and where the arrow keys take it.

A caret stands on a grapheme cluster, named by its first code point, or after
the last one of a row. The two letters of a lam-alef are two places in one
column. Left and right go to the visual neighbour; at the end of a row the next
one follows in reading direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reader.text.layout import Line, ParagraphLayout
from reader.values import dataclass

Affinity = Literal["downstream", "upstream"]


@dataclass(frozen=True, slots=True)
class Caret:
    """A place in a paragraph.

    Attributes:
        offset: Code point, relative to the paragraph.
        affinity: `downstream`: on the cluster that starts at the offset.
            `upstream`: after the cluster that ends there, at the end of its row.
    """

    offset: int
    affinity: Affinity = "downstream"


def stops(line: Line, base: int) -> list[Caret]:
    """The places of a row in reading direction, the one after its end last.

    Args:
        line: A row.
        base: Base level of its paragraph.
    """
    places: list[Caret] = []
    for cell in line.cells:
        places.append(Caret(cell.start))
        if cell.second is not None:
            # Only a right-to-left cell holds two letters: the second is on the left.
            places.insert(-1, Caret(cell.second))
    if base & 1:
        places.reverse()
    return [*places, Caret(line.end, "upstream")]


def caret_at(layout: ParagraphLayout, offset: int) -> Caret:
    """The place on the cluster that holds a code point; at the end, after the last one."""
    number = layout.line_of(offset)
    candidates = [place for place in _places(layout, number)[:-1] if place.offset <= offset]
    if not candidates or offset >= layout.lines[-1].end:
        return Caret(layout.lines[-1].end, "upstream")
    return max(candidates, key=lambda place: place.offset)


def caret_in(layout: ParagraphLayout, line: int, column: int) -> Caret:
    """The place on the cell in a column, or on the nearest one (IndexError: no such line)."""
    cell = layout.lines[line].cell_at(column)
    return Caret(cell.start) if cell else Caret(layout.lines[line].end, "upstream")


def row_of(layout: ParagraphLayout, caret: Caret) -> int:
    """Number of the row that a caret stands in."""
    if caret.affinity == "upstream":
        return layout.line_of(max(0, caret.offset - 1))
    return layout.line_of(caret.offset)


def column_of(layout: ParagraphLayout, caret: Caret) -> int:
    """Column to draw a caret in.

    After the end of a row it is the next column in reading direction; where the
    row has none left, the last one.
    """
    line = layout.lines[row_of(layout, caret)]
    if caret.affinity == "downstream":
        for column, cell in line.columns():
            if cell.start <= caret.offset < cell.end:
                return column
    if layout.base & 1:
        return max(0, line.indent - 1) if line.cells else layout.width - 1
    return min(line.width, layout.width - 1)


def left(layout: ParagraphLayout, caret: Caret) -> Caret | None:
    """The place to the left; None beyond the paragraph."""
    return _along(layout, caret, 1 if layout.base & 1 else -1)


def right(layout: ParagraphLayout, caret: Caret) -> Caret | None:
    """The place to the right; None beyond the paragraph."""
    return _along(layout, caret, -1 if layout.base & 1 else 1)


def vertical(
    layout: ParagraphLayout, caret: Caret, rows: int, column: int | None = None
) -> Caret | None:
    """The place some rows below (above if negative); None beyond the paragraph.

    Args:
        layout: The paragraph.
        caret: Where to start.
        rows: How many rows to go down.
        column: The column to keep to; the caret's own if None.
    """
    number = row_of(layout, caret) + rows
    if not 0 <= number < len(layout.lines):
        return None
    return caret_in(layout, number, column_of(layout, caret) if column is None else column)


def row_start(layout: ParagraphLayout, caret: Caret) -> Caret:
    """The logical start of the row: its right edge in a right-to-left paragraph."""
    line = layout.lines[row_of(layout, caret)]
    return Caret(line.start) if line.cells else Caret(line.end, "upstream")


def row_end(layout: ParagraphLayout, caret: Caret) -> Caret:
    """The place after the logical end of the row."""
    return Caret(layout.lines[row_of(layout, caret)].end, "upstream")


def _places(layout: ParagraphLayout, number: int) -> Sequence[Caret]:
    return stops(layout.lines[number], layout.base)


def _along(layout: ParagraphLayout, caret: Caret, step: int) -> Caret | None:
    """The next place in reading direction (1) or against it (-1).

    The place after the end of a row counts in the last row only: elsewhere the
    next row begins with the same code point.
    """
    number = row_of(layout, caret)
    places = _places(layout, number)
    index = places.index(_snapped(layout, caret, places)) + step
    last = number == len(layout.lines) - 1
    if 0 <= index < len(places) - (not last):
        return places[index]
    number += step
    if not 0 <= number < len(layout.lines):
        return None
    row = _places(layout, number)
    return row[0] if step > 0 else row[-2]


def _snapped(layout: ParagraphLayout, caret: Caret, places: Sequence[Caret]) -> Caret:
    """The caret itself, or the place on its cluster if it is inside one."""
    return caret if caret in places else caret_at(layout, caret.offset)
