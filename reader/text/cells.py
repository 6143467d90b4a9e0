"""The cells of a paragraph in logical order: shaped, measured, not yet broken into lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from wcwidth import iter_graphemes

from reader.text.glyphs import glyph
from reader.text.joining import FINAL_ALEFS, LAM, ZWJ, lam_alef, shape
from reader.text.properties import MIRRORED

_MIRRORED = re.compile(f"[{re.escape(''.join(MIRRORED))}]")


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


def logical_cells(text: str, levels: Sequence[int]) -> list[Cell]:
    """Shape, mirror, cluster and measure a paragraph.

    Args:
        text: A paragraph that is not empty.
        levels: Its resolved levels.
    """
    glyphs = _mirrored(shape(text), text, levels)
    cells: list[Cell] = []
    start = 0
    for cluster in iter_graphemes(text):
        end = start + len(cluster)
        shown, width = glyph(glyphs[start] if len(cluster) == 1 else "".join(glyphs[start:end]))
        if not width:
            _add_invisible(cells, shown, start, end, levels[start])
        elif shown[0] not in FINAL_ALEFS or not _add_to_lam(cells, text, shown, end, levels):
            cells.append(Cell(shown, width, start, end, levels[start], start))
        start = end
    return _with_visible_start(cells)


def _mirrored(glyphs: list[str], text: str, levels: Sequence[int]) -> list[str]:
    """Put mirror images at odd levels (UAX #9, L4)."""
    for found in _MIRRORED.finditer(text):
        if levels[found.start()] & 1:
            glyphs[found.start()] = MIRRORED[found[0]]
    return glyphs


def _add_invisible(cells: list[Cell], shown: str, start: int, end: int, level: int) -> None:
    """Give code points without a column to the cell before them."""
    if cells:
        cells[-1] = cells[-1]._replace(text=cells[-1].text + shown, end=end)
    else:
        cells.append(Cell(shown, 0, start, end, level, start))


def _with_visible_start(cells: list[Cell]) -> list[Cell]:
    """Give invisible code points at the start to the first visible cell."""
    if len(cells) > 1 and not cells[0].width:
        invisible, first = cells[:2]
        cells[:2] = [first._replace(text=first.text + invisible.text, start=invisible.start)]
    return cells


def _add_to_lam(cells: list[Cell], text: str, shown: str, end: int, levels: Sequence[int]) -> bool:
    """Make one cell of a joined lam and alef; False if they are not a lam-alef."""
    lam = cells[-1] if cells else None
    if lam is None or text[lam.anchor] != LAM or not lam.level & 1:
        return False
    ligature = lam_alef(lam.text[0], shown[0])
    if ligature is None or levels[lam.end] != lam.level or ZWJ in text[lam.anchor : lam.end]:
        return False
    marks = lam.text[1:] + shown[1:]
    cells[-1] = lam._replace(text=ligature + marks, end=end, second=lam.end)
    return True
