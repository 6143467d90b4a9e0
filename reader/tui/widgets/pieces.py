"""Rows put together from pieces of text, each in its own direction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.text.directions import isolated as isolated
from reader.text.directions import worded as worded
from reader.text.layout import Line
from reader.tui.typesetting import lay_out
from reader.tui.widgets.text_row import cell_segments, styled_cells, text_strip

_WIDE = 4096
"""Columns that the width of a piece is looked for in; what is longer is cut anyway."""


def piece(text: str, limit: int, style: Style) -> Strip:
    """Draw a text in as many columns as it takes, at most `limit`."""
    shown = text[:_WIDE]
    width = min(lay_out(shown, _WIDE).lines[0].width, limit) if limit > 0 else 0
    return text_strip(shown, width, style) if width else Strip([], 0)


def joined(pieces: Iterable[Strip], width: int, style: Style) -> Strip:
    """Set pieces side by side into a row of `width` columns."""
    return Strip.join(list(pieces)).adjust_cell_length(width, style)


def paragraph_strips(text: str, width: int, style: Style, base: int | None = None) -> list[Strip]:
    """Draw a text in as many rows as it takes, broken where lines may break."""
    strips = []
    for part in text.split("\n"):
        for line in lay_out(part, width, base).lines:
            strips.append(line_strip(line, width, style))
    return strips


def line_strip(
    line: Line, width: int, style: Style, marks: Sequence[tuple[int, int]] = ()
) -> Strip:
    """Draw a line of a paragraph in `width` columns, with ranges of the paragraph marked."""
    segments = [Segment(" " * line.indent, style)] if line.indent else []
    segments += cell_segments(styled_cells(line, style, marks))
    return Strip(segments, line.indent + line.width).adjust_cell_length(width, style)
