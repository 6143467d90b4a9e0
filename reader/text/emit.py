"""Rows and lines for a plain terminal that draws cells as they come.

Everything is in visual order and in presentation forms; nothing contains a
control character or a bidi control of the text.
"""

from __future__ import annotations

import re

from reader.patterns import pattern
from reader.text.bidi import resolve_levels
from reader.text.cells import Cell, logical_cells
from reader.text.directions import paragraph_base
from reader.text.glyphs import columns, glyph
from reader.text.layout import CHUNK, Line, visual_row
from reader.text.properties import bidi_classes

ELLIPSIS = "\u2026"
_BREAKS = pattern("[\t-\r\x1c-\x1e\x85\u2028\u2029]")
_ISOLATES = pattern("[\u2066-\u2068]")
_UNSAFE = pattern(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def visual_line(line: Line, width: int | None = None) -> str:
    """A row as text from left to right, with the blanks before it.

    Args:
        line: A row of a laid out paragraph.
        width: Columns to fill with blanks after it, if any.
    """
    text = " " * line.indent + "".join(cell.text for cell in line.cells)
    missing = (width or 0) - line.indent - line.width
    return text + " " * max(0, missing)


def one_row(
    text: str,
    width: int,
    base: int | None = None,
    *,
    ellipsis: str = ELLIPSIS,
    ligatures: bool = True,
) -> tuple[Line, int]:
    """A text as one row that fits a width, for titles and lists, and its base level.

    Breaks and tabs count as blanks. What does not fit goes, at the end of the
    text: the ellipsis stands where the reading ends, on the left in a
    right-to-left row or where a right-to-left isolate is cut, and its cell
    covers what is not shown.

    Args:
        text: Any text; what follows 64k code points is not looked at.
        width: Columns.
        base: Base level, None for the text's own (`reader.text.directions.own_base`).
        ellipsis: Sign for what is left out; it goes too where it has no room.
        ligatures: Whether a lam and its alef share one cell.
    """
    shown = _BREAKS.sub(" ", text[:CHUNK])
    level, levels = resolve_levels(shown, paragraph_base(shown, None) if base is None else base)
    cells = logical_cells(shown, levels, ligatures) if shown else []
    whole = sum(cell.width for cell in cells) <= width
    kept = cells if whole else _fitting(cells, width - columns(ellipsis))
    end = kept[-1].end if kept else 0
    if not whole and columns(ellipsis) <= width:
        kept.append(Cell(ellipsis, columns(ellipsis), end, end, _level_at(shown, end, level), end))
    cells = visual_row(kept, bidi_classes(shown), levels, level) if end else kept
    if not whole:
        cells = [c._replace(end=len(text)) if c.start == c.end else c for c in cells]
    taken = sum(cell.width for cell in cells)
    indent = max(0, width - taken) if level & 1 else 0
    return Line(0, len(text), tuple(cells), indent, taken), level


def _level_at(text: str, end: int, base: int) -> int:
    """The level of an ellipsis in place of what follows: that of the isolate which is cut."""
    if not _ISOLATES.search(text, 0, end):
        return base
    return resolve_levels(text[:end] + ELLIPSIS, base)[1][-1]


def one_line(
    text: str,
    width: int,
    base: int | None = None,
    *,
    ellipsis: str = ELLIPSIS,
    ligatures: bool = True,
) -> tuple[str, int]:
    """As `one_row`, as a string without the blanks that align it."""
    line, level = one_row(text, width, base, ellipsis=ellipsis, ligatures=ligatures)
    return "".join(cell.text for cell in line.cells), level


def safe_text(text: str) -> str:
    """A user's text for a message: logical order, on one line, harmless.

    Control characters become visible signs and bidi controls go; the joiners
    that spelling needs stay.
    """
    return _UNSAFE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    """What stands for an unsafe character; nothing for one that only directs."""
    return " " if found[0] in "\u2028\u2029" else glyph(found[0])[0]


def _fitting(cells: list[Cell], width: int) -> list[Cell]:
    """The first cells that fit, without blanks at their end."""
    kept: list[Cell] = []
    taken = 0
    for cell in cells:
        taken += cell.width
        if taken > width:
            break
        kept.append(cell)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept
