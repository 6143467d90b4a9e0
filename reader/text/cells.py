"""The cells of a paragraph in logical order: shaped, measured, not yet broken into lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, repeat
from typing import NamedTuple

from reader.patterns import pattern
from reader.text.glyphs import glyph
from reader.text.joining import ALEFS, LAM, ZWJ, lam_alef, shape
from reader.text.plain import graphemes
from reader.text.properties import MIRRORED

# Twice as fast as calling the class, whose constructor is written in Python.
_new_cell = tuple.__new__
# Marks and invisible characters may stand between the two.
_LAM_ALEF = pattern(rf"{LAM}[^\w\s]*[{ALEFS}]")
_MIRRORED = pattern(f"[{re.escape(''.join(MIRRORED))}]")


class Cell(NamedTuple):
    """What stands in one column or more and cannot be divided there.

    A tuple rather than a dataclass: an article has thousands of them, and they
    are most of the cost of laying it out.

    Attributes:
        text: What to draw: shaped, mirrored, free of control and format characters.
        width: Columns.
        start: First code point of the paragraph that it shows.
        end: End of these, exclusive.
        level: Embedding level after rule L1.
        anchor: The code point that the cell's level and look come from: `start`,
            but for invisible code points at the start of a paragraph.
        second: Where the second letter of a lam-alef starts, None in other cells.
    """

    text: str
    width: int
    start: int
    end: int
    level: int
    anchor: int
    second: int | None = None

    def shifted(self, distance: int) -> Cell:
        """The cell of a paragraph with `distance` more code points before it."""
        second = None if self.second is None else self.second + distance
        return self._replace(
            start=self.start + distance,
            end=self.end + distance,
            anchor=self.anchor + distance,
            second=second,
        )


def logical_cells(text: str, levels: Sequence[int], ligatures: bool = True) -> list[Cell]:
    """Shape, mirror, cluster and measure a paragraph.

    Args:
        text: A paragraph that is not empty.
        levels: Its resolved levels.
        ligatures: Whether a lam and its alef share one cell.
    """
    clusters = graphemes(text)
    glyphs = _mirrored(shape(text), text, levels)
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    if len(clusters) < len(text):
        ends = list(accumulate(map(len, clusters)))
        starts = [0, *ends[:-1]]
        glyphs = ["".join(glyphs[start:end]) for start, end in zip(starts, ends, strict=True)]
        levels = [levels[start] for start in starts]
    signs, widths = zip(*map(glyph, glyphs), strict=True)
    fields = zip(signs, widths, starts, ends, levels, starts, repeat(None))
    cells = list(map(_new_cell, repeat(Cell), fields))
    alefs = _alefs_after_lam(text, starts) if ligatures else []
    special = sorted({*_invisible(widths), *alefs})
    return _with_visible_start(_merged(cells, special, text)) if special else cells


def _invisible(widths: Sequence[int]) -> list[int]:
    """Indices of the cells that take no column."""
    return [index for index, width in enumerate(widths) if not width] if 0 in widths else []


def _alefs_after_lam(text: str, starts: Sequence[int]) -> list[int]:
    """Indices of the cells with an alef that may be joined to a lam before it."""
    if LAM not in text:
        return []
    offsets = [found.end() - 1 for found in _LAM_ALEF.finditer(text)]
    if len(starts) == len(text):
        return offsets
    indices = [bisect_right(starts, offset) - 1 for offset in offsets]
    # A number sign takes the letter after it into its cluster.
    return [index for index, at in zip(indices, offsets, strict=True) if starts[index] == at]


def _merged(cells: list[Cell], special: list[int], text: str) -> list[Cell]:
    """Merge invisible cells and joined alefs into the cells before them."""
    result: list[Cell] = []
    passed = 0
    for index in special:
        result += cells[passed:index]
        cell = cells[index]
        before = result.pop() if result else None
        if before is None:
            result.append(cell)
        elif not cell.width:
            result.append(before._replace(text=before.text + cell.text, end=cell.end))
        else:
            result += _lam_alef(before, cell, text)
        passed = index + 1
    return result + cells[passed:]


def _lam_alef(lam: Cell, alef: Cell, text: str) -> list[Cell]:
    """One cell if a lam and an alef are joined right to left, else the two of them."""
    ligature = lam_alef(lam.text[0], alef.text[0]) if lam.text else None
    between = text[lam.anchor : alef.start]
    if ligature is None or between[0] != LAM or ZWJ in between:
        return [lam, alef]
    if lam.level != alef.level or not lam.level & 1 or lam.width + alef.width != 2:
        return [lam, alef]
    marks = lam.text[1:] + alef.text[1:]
    return [lam._replace(text=ligature + marks, end=alef.end, second=alef.start)]


def _with_visible_start(cells: list[Cell]) -> list[Cell]:
    """Give invisible code points at the start to the first visible cell."""
    if len(cells) > 1 and not cells[0].width:
        invisible, first = cells[:2]
        shown = first.text + invisible.text
        cells[:2] = [first._replace(text=shown, start=invisible.start)]
    return cells


def _mirrored(glyphs: list[str], text: str, levels: Sequence[int]) -> list[str]:
    """Put mirror images at odd levels (UAX #9, L4)."""
    if not any(levels):
        return glyphs
    for found in _MIRRORED.finditer(text):
        if levels[found.start()] & 1:
            glyphs[found.start()] = MIRRORED[found[0]]
    return glyphs
