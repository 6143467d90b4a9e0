"""Motions of the selection that depend on where things stand on the screen.

Left and right go from one word (or letter) to the one that stands beside it;
over the edge of the row the article's direction says which row is next. Each
function returns the range to select, or None when there is nothing further.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.text.layout import Line
from reader.text.selection import Range, Selection, TextUnits, Unit
from reader.tui.widgets.article_rows import ArticleRows, Place


def sideways(rows: ArticleRows, units: TextUnits, selection: Selection, step: int) -> Range | None:
    """Return the neighbour on the right (`step` 1) or left (-1).

    A word stands where its first letter does: parts of one may stand on both
    sides of another.
    """
    forward = (step < 0) == rows.rtl
    place = rows.place(selection.end - 1 if forward else selection.start)
    targets = _beyond(_targets(rows, units, place, selection), rows, place, selection, step)
    while not targets:
        following = rows.moved(place, 1 if forward else -1)
        if following == place:
            return None
        place = following
        targets = [found for _, found in _targets(rows, units, place, selection)][::step]
    return targets[0]


def vertical(
    rows: ArticleRows, units: TextUnits, selection: Selection, step: int, column: int
) -> Range | None:
    """Return what stands nearest to a column of the text, `step` rows below.

    Rows without anything to select are passed over, in the direction of the step.
    """
    place = rows.place(selection.end - 1 if step > 0 else selection.start)
    target = rows.moved(place, step)
    while target != place:
        found = nearest(rows, units, target, column, selection.unit == "cluster")
        if found is not None:
            return found
        place, target = target, rows.moved(target, 1 if step > 0 else -1)
    return None


def nearest(
    rows: ArticleRows, units: TextUnits, place: Place, column: int, letter: bool
) -> Range | None:
    """Return the word (or letter) of a row nearest to a column; a mark if it has no words."""
    offset, line = rows.starts[place.paragraph], rows.line(place)
    best: tuple[bool, int, Range] | None = None
    for first, cell in line.columns():
        middle = cell.second if cell.second is not None else cell.end
        unit: Unit = "cluster" if letter else "word"
        found = units.over(unit, offset + cell.start)
        inside = found[0] < offset + middle and offset + cell.start < found[1]
        if not inside or units.text[slice(*found)].isspace():
            continue
        distance = max(first - column, column - (first + cell.width - 1), 0)
        rank = (not letter and not is_word(units, found), distance, found)
        best = rank if best is None else min(best, rank, key=lambda each: each[:2])
    return best[2] if best else None


def row_edge(rows: ArticleRows, units: TextUnits, selection: Selection, step: int) -> Range | None:
    """Return the logically first (`step` -1) or last (1) word or letter of the row."""
    unit: Unit = "cluster" if selection.unit == "cluster" else "word"
    start, end = rows.range(rows.place(selection.start))
    last = step > 0
    found = units.last(unit, "start", end - 1) if last else units.first(unit, "end", start + 1)
    if found is None or found[1] <= start or found[0] >= end:
        return None
    return found


def column_of(rows: ArticleRows, selection: Selection) -> int:
    """Return the middle column of the selection in its first row."""
    place = rows.place(selection.start)
    offset = rows.starts[place.paragraph]
    pieces = rows.line(place).pieces(selection.start - offset, selection.end - offset)
    return (pieces[0][0] + pieces[-1][1] - 1) // 2 if pieces else 0


def is_word(units: TextUnits, range_: Range) -> bool:
    """Tell whether a range has a letter or a digit in it."""
    return any(map(str.isalnum, units.text[slice(*range_)]))


def _stops(rows: ArticleRows, place: Place) -> list[Range]:
    """The clusters of a row from left to right; a lam-alef has two."""
    offset, line = rows.starts[place.paragraph], rows.line(place)
    return [(offset + start, offset + end) for start, end in _clusters(line)]


def _clusters(line: Line) -> Iterable[Range]:
    for cell in line.cells:
        if cell.second is None:
            yield cell.start, cell.end
        else:
            # Only a right-to-left cell holds two letters: the second is on the left.
            yield cell.second, cell.end
            yield cell.start, cell.second


def _targets(
    rows: ArticleRows, units: TextUnits, place: Place, selection: Selection
) -> list[tuple[int, Range]]:
    """What a motion can select in a row, from left to right, with the place it stands at."""
    targets: list[tuple[int, Range]] = []
    for index, (start, end) in enumerate(_stops(rows, place)):
        unit: Unit = "cluster" if selection.unit == "cluster" else "word"
        found = units.over(unit, start)
        if start <= found[0] < end and (unit == "cluster" or is_word(units, found)):
            targets.append((index, found))
    return targets


def _beyond(
    targets: list[tuple[int, Range]],
    rows: ArticleRows,
    place: Place,
    selection: Selection,
    step: int,
) -> list[Range]:
    """The targets of its row on one side of the selection, nearest first."""
    taken = [index for index, found in targets if _touch(found, selection)]
    if not taken:
        stops = enumerate(_stops(rows, place))
        taken = [index for index, stop in stops if _touch(stop, selection)]
    if step > 0:
        edge = max(taken, default=-1)
        return [found for index, found in targets if index > edge]
    edge = min(taken, default=len(rows.line(place).cells) * 2)
    return [found for index, found in targets if index < edge][::-1]


def _touch(range_: Range, selection: Selection) -> bool:
    return range_[0] < selection.end and selection.start < range_[1]
