"""User text drawn as cells: runs of segments, one row of a list, a widget of one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from reader.text.emit import one_row
from reader.text.layout import Cell, Line
from reader.tui.typesetting import ligatures

_MARKED = Style(bold=True, underline=True)


def cell_segments(cells: Iterable[tuple[Cell, Style]]) -> list[Segment]:
    """Draw cells from left to right, each run of one style as one segment.

    A cell with marks, or of more columns than one, is a segment by itself: a
    strip that is cut at a column (under a dialog) would part it from its marks.
    """
    segments: list[Segment] = []
    run: list[str] = []
    run_style: Style | None = None
    for cell, style in cells:
        simple = len(cell.text) == 1 == cell.width
        if run and (not simple or style is not run_style):
            segments.append(Segment("".join(run), run_style))
            run.clear()
        if simple:
            run.append(cell.text)
            run_style = style
        elif cell.width:
            segments.append(Segment(cell.text, style))
    if run:
        segments.append(Segment("".join(run), run_style))
    return segments


def text_strip(
    text: str,
    width: int,
    style: Style,
    base: int | None = None,
    marks: Sequence[tuple[int, int]] = (),
) -> Strip:
    """Draw a text as one row of exactly `width` columns.

    Breaks are blanks. What does not fit is cut at the end of the text, where an
    ellipsis stands: on the left in a row that reads from right to left.

    Args:
        text: Any text; it is drawn as it is, never as markup.
        width: Columns.
        style: For all of the row.
        base: Base level, 0 or 1; None for the text's own. A row
            with an odd base level stands at the right.
        marks: Ranges of the text that stand out: the same cells, bold and underlined.
    """
    if width <= 0:
        return Strip([], 0)
    line = _row(text, width, base, ligatures())
    blank = [Segment(" " * line.indent, style)] if line.indent else []
    segments = blank + cell_segments(styled_cells(line, style, marks))
    missing = width - line.indent - line.width
    if missing > 0:
        segments.append(Segment(" " * missing, style))
    return Strip(segments, width)


def styled_cells(
    line: Line, style: Style, marks: Sequence[tuple[int, int]]
) -> Iterable[tuple[Cell, Style]]:
    """Give each cell of a line with its style: what is marked is bold and underlined."""
    marked = style + _MARKED if marks else style
    for cell in line.cells:
        yield cell, marked if marks and _is_marked(cell, marks) else style


def _is_marked(cell: Cell, marks: Sequence[tuple[int, int]]) -> bool:
    return any(start < cell.end and cell.start < end for start, end in marks)


@lru_cache(maxsize=4096)
def _row(text: str, width: int, base: int | None, ligatures: bool) -> Line:
    return one_row(text, width, base, ligatures=ligatures)[0]


class TextRow(Widget):
    """One row of user text, in its own direction, cut with an ellipsis.

    Args:
        text: What to show.
        base: Base level; None for the text's own direction.
    """

    DEFAULT_CSS = """
    TextRow { height: 1; width: 1fr; }
    """
    ALLOW_SELECT = False

    def __init__(
        self,
        text: str = "",
        *,
        base: int | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text
        self._base = base

    @property
    def text(self) -> str:
        """The text, as it was given."""
        return self._text

    def update(self, text: str, base: int | None = None) -> None:
        """Show another text."""
        self._text, self._base = text, base
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the row."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        return text_strip(self._text, width, self.rich_style, self._base)
