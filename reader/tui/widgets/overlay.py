"""What is laid over the text: roles, annotations and the selection, as a look for each cell.

A look changes style only. A cell shows the innermost span; a lam-alef whose two
letters would look different shows neither look and is marked as partly covered.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from reader.annotation.annotation_set import Placed
from reader.annotation.model import Mention
from reader.text.layout import Line

T = TypeVar("T")
Range = tuple[int, int]


class Look(NamedTuple):
    """How a cell shows.

    Attributes:
        role: `title`, `boilerplate`, ..., or "" outside all roles.
        kind: `mention`, `claim`, `source`, `cue`, `content`, or "" without a span.
        type: Entity type of a mention.
        first: A span begins in this cell.
        chosen: `selected`, `kept`, or "".
        partly: A span or the selection covers one letter of the two in the cell.
        aside: It stands outside what is to be read now.
        hit: It belongs to what was looked for.
        proposed: Entity type that is proposed for it, or "".
    """

    role: str = ""
    kind: str = ""
    type: str = ""
    first: bool = False
    chosen: str = ""
    partly: bool = False
    aside: bool = False
    hit: bool = False
    proposed: str = ""


class Fragment(NamedTuple):
    """One stretch of a span, as code points of the article."""

    start: int
    end: int
    placed: Placed
    opens: bool

    @property
    def type(self) -> str:
        """Entity type of a mention, "" of anything else."""
        record = self.placed.record
        return record.type if isinstance(record, Mention) else ""


class Proposed(NamedTuple):
    """A range that is proposed as a mention, as code points of the article."""

    start: int
    end: int
    type: str


class SpanIndex:
    """The spans of an article by paragraph, outermost first.

    Args:
        placed: Spans with their records.
        starts: Where each paragraph begins.
    """

    def __init__(self, placed: Iterable[Placed], starts: Sequence[int]) -> None:
        self._paragraphs: dict[int, list[Fragment]] = {}
        for each in sorted(placed, key=_outermost_first):
            for start, end in each.span.fragments:
                fragment = Fragment(start, end, each, start == each.span.start)
                first = max(0, bisect_right(starts, start) - 1)
                for paragraph in range(first, bisect_left(starts, end)):
                    self._paragraphs.setdefault(paragraph, []).append(fragment)

    def on(self, paragraph: int, start: int, end: int) -> list[Fragment]:
        """Return the fragments that share a code point with a range of a paragraph."""
        found = self._paragraphs.get(paragraph, ())
        return [fragment for fragment in found if fragment.start < end and start < fragment.end]


def _outermost_first(placed: Placed) -> tuple[int, bool, int]:
    # Of spans over the same words the mention is the innermost: it has a colour.
    return (-placed.span.length, placed.role == "mention", placed.span.start)


class _Half(NamedTuple):
    """The code points of a cell, or of one letter of a lam-alef."""

    start: int
    end: int
    cell: int


def row_looks(
    line: Line,
    offset: int,
    fragments: Sequence[Fragment],
    roles: Iterable[tuple[int, int, str]] = (),
    chosen: Iterable[tuple[int, int, str]] = (),
) -> list[Look]:
    """Return the look of each cell of a row, from left to right.

    Args:
        line: The row.
        offset: Where its paragraph starts in the article.
        fragments: Spans on the row, outermost first.
        roles: Ranges of the article with their roles.
        chosen: Ranges with `kept` or `selected`; the last one on a cell counts.
    """
    halves = sorted(half for cell in _halves(line, offset) for half in cell)
    role = _painted(halves, ((start, end, name) for start, end, name in roles))
    inner = _painted(halves, ((f.start, f.end, f) for f in fragments))
    picked = _painted(halves, ((start, end, name) for start, end, name in chosen))
    looks: list[Look] = [Look()] * len(line.cells)
    before: tuple[int, Fragment | None, str | None] | None = None
    for half, role_here, span, pick in zip(halves, role, inner, picked, strict=True):
        if before is None or before[0] != half.cell:
            looks[half.cell] = _look(half, role_here, span, pick)
        elif before[1] is not span or before[2] != pick:
            looks[half.cell] = Look(role=role_here or "", partly=True)
        before = half.cell, span, pick
    for index in _hanging(line):
        looks[index] = looks[index]._replace(kind="", type="", first=False)
    return looks


def dimmed(looks: list[Look], line: Line, offset: int, lit: Range) -> list[Look]:
    """Return the looks of a row with the cells outside a range put aside, but for what is chosen.

    Args:
        looks: One for each cell, from left to right.
        line: The row.
        offset: Where its paragraph starts in the article.
        lit: Code points of the article that stay as they are.
    """
    start, end = lit[0] - offset, lit[1] - offset
    return [
        look
        if look.chosen or (cell.start < end and start < cell.end)
        else look._replace(aside=True)
        for look, cell in zip(looks, line.cells, strict=True)
    ]


def with_hits(looks: list[Look], line: Line, offset: int, hits: Sequence[Range]) -> list[Look]:
    """Return the looks of a row with the cells marked in which something was found.

    Args:
        looks: One for each cell, from left to right.
        line: The row.
        offset: Where its paragraph starts in the article.
        hits: Ranges of the article on this row.
    """
    changed = list(looks)
    for halves in _halves(line, offset):
        covered = [any(s < half.end and half.start < e for s, e in hits) for half in halves]
        index = halves[0].cell
        if all(covered):
            changed[index] = looks[index]._replace(hit=True)
        elif any(covered):
            changed[index] = looks[index]._replace(partly=True)
    return changed


def with_proposed(
    looks: list[Look], line: Line, offset: int, proposed: Sequence[Proposed]
) -> list[Look]:
    """Return the looks of a row with the cells marked for which a type is proposed.

    Args:
        looks: One for each cell, from left to right.
        line: The row.
        offset: Where its paragraph starts in the article.
        proposed: What is proposed on this row.
    """
    changed = list(looks)
    for halves in _halves(line, offset):
        for start, end, type in proposed:
            covered = [start < half.end and half.start < end for half in halves]
            index = halves[0].cell
            if all(covered):
                changed[index] = looks[index]._replace(proposed=type)
            elif any(covered):
                changed[index] = looks[index]._replace(partly=True)
    return changed


def _hanging(line: Line) -> Iterable[int]:
    """The blanks after the last word of a row: a line below them would stick out of the text."""
    for index in sorted(range(len(line.cells)), key=lambda i: -line.cells[i].start):
        if not line.cells[index].text.isspace():
            return
        yield index


def _halves(line: Line, offset: int) -> Iterable[tuple[_Half, ...]]:
    for index, cell in enumerate(line.cells):
        start, end = offset + cell.start, offset + cell.end
        if cell.second is None:
            yield (_Half(start, end, index),)
        else:
            middle = offset + cell.second
            yield _Half(start, middle, index), _Half(middle, end, index)


def _painted(halves: list[_Half], layers: Iterable[tuple[int, int, T]]) -> list[T | None]:
    """The last value laid over each half."""
    found: list[T | None] = [None] * len(halves)
    for start, end, value in layers:
        first = bisect_right(halves, start, key=lambda half: half.end)
        last = bisect_left(halves, end, key=lambda half: half.start)
        found[first:last] = [value] * (last - first)
    return found


def _look(half: _Half, role: str | None, inner: Fragment | None, picked: str | None) -> Look:
    if inner is None:
        return Look(role=role or "", chosen=picked or "")
    first = half.start <= inner.start < half.end
    return Look(role or "", inner.placed.role, inner.type, first, picked or "")
