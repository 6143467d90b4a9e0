"""Where the lines of a paragraph end: greedy, in logical order, by columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from reader.text.breaking import line_breaks
from reader.text.cells import Cell
from reader.text.glyphs import glyph
from reader.text.properties import bidi_classes

# White space at which a line may break (bidi classes WS and S, no no-break spaces).
_HANGING = frozenset(
    "\t\v\f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u205f\u3000"
)
_WIDTH, _END = attrgetter("width"), attrgetter("end")
_LINE_SEPARATOR = "\u2028"


def wrap(text: str, cells: list[Cell], width: int) -> Iterator[tuple[list[Cell], int]]:
    """The cells of each line, and the columns they take.

    Args:
        text: The paragraph, not empty.
        cells: Its cells in logical order.
        width: Columns of a line.
    """
    edges = list(accumulate(map(_WIDTH, cells), initial=0))
    for start, end in _ranges(text, cells, edges, width):
        taken = edges[end] - edges[start]
        row = cells[start:end]
        yield (row, taken) if taken <= width else _fitted(text, row, taken, width)


def _ranges(
    text: str, cells: Sequence[Cell], edges: Sequence[int], width: int
) -> Iterator[tuple[int, int]]:
    """Ranges of cells, one a line; spaces that hang may reach beyond the width."""
    separated = _LINE_SEPARATOR in text
    if edges[-1] <= width and not separated:
        yield 0, len(cells)
        return
    breaks = _breaks(text, cells)
    reach = _reach(text, cells, edges, breaks)
    start, passed = 0, 0
    while start < len(cells):
        limit = edges[start] + width
        fitting = bisect_right(reach, limit, lo=passed)
        if fitting == passed:
            end = max(start + 1, bisect_right(edges, limit) - 1)
        elif separated:
            end = _forced_end(text, cells, breaks, passed, fitting)
        else:
            end = breaks[fitting - 1]
        yield start, end
        start = end
        passed = bisect_right(breaks, end, lo=passed)


def _fitted(text: str, row: list[Cell], taken: int, width: int) -> tuple[list[Cell], int]:
    """Give the spaces that find no column at the end of a line to the cell before them."""
    end = row[-1].end
    while taken > width and len(row) > 1 and text[row[-1].anchor] in _HANGING:
        taken -= row.pop().width
    row[-1] = row[-1]._replace(end=end)
    return row, taken


def _breaks(text: str, cells: Sequence[Cell]) -> list[int]:
    """Indices of cells before which a line may break, the end included."""
    if len(cells) == len(text):
        return line_breaks(text)
    ends = list(map(_END, cells))
    found: list[int] = []
    for offset in line_breaks(text):
        index = bisect_left(ends, offset, lo=found[-1] - 1 if found else 0)
        if found and found[-1] == index + 1:
            continue
        if ends[index] == offset or _only_invisible(text, cells[index], offset):
            found.append(index + 1)
    return found


def _only_invisible(text: str, cell: Cell, offset: int) -> bool:
    """Whether what follows an offset inside a cell are format characters only."""
    if offset <= cell.anchor or cell.second is not None or bidi_classes(text[offset]) == "M":
        return False
    return glyph(text[offset : cell.end])[1] == 0


def _reach(
    text: str, cells: Sequence[Cell], edges: Sequence[int], breaks: Sequence[int]
) -> list[int]:
    """Columns up to each opportunity, without the spaces that would hang there."""
    found: list[int] = []
    passed, columns = 0, 0
    for end in breaks:
        last = end
        while last > passed and text[cells[last - 1].anchor] in _HANGING:
            last -= 1
        columns = edges[last] if last > passed else columns
        found.append(columns)
        passed = end
    return found


def _forced_end(
    text: str, cells: Sequence[Cell], breaks: Sequence[int], passed: int, fitting: int
) -> int:
    """The last opportunity that fits, or the first one after a line separator."""
    for at in range(passed, fitting):
        last = cells[breaks[at] - 1]
        if _LINE_SEPARATOR in text[last.start : last.end]:
            return breaks[at]
    return breaks[fitting - 1]
