"""A list of rows of user text, each cell in its own direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.text.layout import Line
from reader.tui.themes import type_style
from reader.tui.typesetting import lay_out
from reader.tui.widgets.pieces import line_strip
from reader.tui.widgets.text_row import text_strip
from reader.values import dataclass

Look = Literal["plain", "dim", "strong"]

_LONGEST = 2048
"""Code points of a text that are looked at: more than any row shows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of a row.

    Attributes:
        text: Any text, also the user's.
        look: How strongly it shows.
        colour: `#rrggbb` of an entity type, or "" for the text's own.
        base: Base level to draw with; None for the text's own direction.
        line: A line of a paragraph that is laid out already, to draw in place of the text.
        marks: Ranges of the text that stand out.
    """

    text: str
    look: Look = "plain"
    colour: str = ""
    base: int | None = None
    line: Line | None = None
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list.

    Attributes:
        cells: One for each column; a row with one cell fills the width.
        value: What taking the row gives.
        heading: Stands above others; the cursor passes over it.
        more: Goes on with the row before; the cursor passes over it.
        lit: Belongs to what is selected in the text.
    """

    cells: tuple[Cell, ...]
    value: Any = None
    heading: bool = False
    more: bool = False
    lit: bool = False


def wrapped(row: Row, column: int, width: int, most: int = 6) -> list[Row]:
    """Break one cell of a row into lines, as rows that belong together.

    Args:
        row: The row.
        column: Which of its cells.
        width: Columns that the cell has on the screen.
        most: Lines to keep at most; a longer text is cut in the last one.
    """
    cell = row.cells[column]
    # A row more than are kept is enough to see that the text is too long.
    text = cell.text[:_LONGEST]
    if not cell.marks:
        text = " ".join(text.split())
    layout = lay_out(text, max(1, width), cell.base)
    if len(layout.lines) == 1 or len(layout.lines) > most:
        return [row]
    blank = [Cell("")] * len(row.cells)
    rows = []
    for number, line in enumerate(layout.lines):
        cells = list(row.cells) if number == 0 else list(blank)
        cells[column] = replace(cell, line=line)
        rows.append(replace(row, cells=tuple(cells), more=row.more or number > 0))
    return rows


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows in columns, with a cursor.

    Args:
        columns: Width of each column in cells; 0 for the one that takes the rest.
        driven: Whether the cursor is moved while something else has the focus,
            and shows all the same.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--plain",
        "rows--dim",
        "rows--strong",
        "rows--heading",
        "rows--cursor",
        "rows--lit",
    }
    DEFAULT_CSS = """
    RowList {
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 1;
        scrollbar-gutter: stable;
        & > .rows--plain { color: $foreground; }
        & > .rows--dim { color: $reader-dim; }
        & > .rows--strong { color: $foreground; text-style: bold; }
        & > .rows--heading { color: $accent; text-style: bold; }
        & > .rows--lit { background: $panel; }
        & > .rows--cursor { background: $reader-cursor; text-style: bold; }
        &:nocolor > .rows--cursor { text-style: reverse; }
        &:ansi > .rows--cursor { text-style: bold reverse; }
        &:ansi > .rows--lit { text-style: bold; }
        &:ansi > .rows--dim { text-style: dim; }
        &:nocolor > .rows--lit { text-style: bold; }
    }
    """

    class Taken(Message):
        """A row was clicked."""

        def __init__(self, rows: RowList, row: Row) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

    class Moved(Message):
        """The cursor may be on another row, or its row be another one."""

    def __init__(
        self, columns: Sequence[int] = (0,), *, driven: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.driven = driven
        self.columns = tuple(columns)
        self.rows: Sequence[Row] = ()
        self.cursor = 0
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(1024)

    def show(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Show other rows, which do not change any more, with the cursor on or after a row."""
        self.post_message(self.Moved())
        before, self.rows = self.rows, rows
        last, self.cursor = self.cursor, self._nearest(cursor)
        if len(before) == len(self.rows):
            self._refresh_changed(before, last)
            if last != self.cursor:
                self._show_cursor()
            return
        self._resize()
        self.refresh(layout=self.styles.auto_dimensions)
        self.call_after_refresh(self._show_cursor)

    def _refresh_changed(self, before: Sequence[Row], last: int) -> None:
        """Draw the rows in sight that look otherwise than before; scrolling draws the others."""
        top = self.scroll_offset.y
        for index in range(top, min(top + self.size.height, len(self.rows))):
            moved = last != self.cursor and index in (last, self.cursor)
            if moved or before[index] != self.rows[index]:
                self.refresh_line(index)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def move(self, step: int) -> None:
        """Move the cursor by some rows; headings are passed over."""
        way = 1 if step > 0 else -1
        ahead = range(self.cursor + way, len(self.rows) if step > 0 else -1, way)
        places = (index for index in ahead if self._can_stand(self.rows[index]))
        passed = list(islice(places, abs(step)))
        self.move_to(passed[-1] if passed else self.cursor)

    def move_page(self, step: int) -> None:
        """Move the cursor by some pages."""
        self.move(step * max(1, self.size.height - 1))

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, or the nearest one that is no heading."""
        self.post_message(self.Moved())
        last = self.cursor
        self.cursor = self._nearest(min(max(index, 0), max(len(self.rows) - 1, 0)))
        self._refresh_changed(self.rows, last)
        self._show_cursor()

    @staticmethod
    def _can_stand(row: Row) -> bool:
        return not (row.heading or row.more)

    def _nearest(self, index: int) -> int:
        last = len(self.rows) - 1
        start = min(max(index, 0), max(last, 0))
        # Outwards from the place itself: nearly always that one is found at once.
        near = (i for step in range(last + 1) for i in (start - step, start + step))
        found = (i for i in near if 0 <= i <= last and self._can_stand(self.rows[i]))
        return next(found, 0)

    def _show_cursor(self) -> None:
        top = 0 if self.cursor and self.cursor == self._nearest(0) else self.cursor
        area = Region(0, top, 1, self.cursor - top + 1)
        self.scroll_to_region(area, animate=False, force=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows the list would like, for a height of `auto`."""
        return max(1, len(self.rows))

    def _resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.rows))

    def on_resize(self) -> None:
        """Fit the other size."""
        self._resize()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        self._strips.clear()
        super().notify_style_update()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.on_focus()

    def on_click(self, event: events.Click) -> None:
        """Take the row that is clicked."""
        place = event.get_content_offset(self)
        index = -1 if place is None else place.y + self.scroll_offset.y
        while 0 < index < len(self.rows) and self.rows[index].more:
            index -= 1
        if 0 <= index < len(self.rows) and not self.rows[index].heading:
            self.move_to(index)
            self.post_message(self.Taken(self, self.rows[index]))

    def render_line(self, y: int) -> Strip:
        """Draw the row at line `y` of the widget."""
        index, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row, at_cursor = self.rows[index], self._at_cursor(index)
        # What taking the row gives is not drawn, and need not be a thing that can be a key.
        key = (row.cells, row.heading, row.lit, at_cursor, width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw(row, at_cursor, width)
        return strip

    def _at_cursor(self, index: int) -> bool:
        shown = self.driven or self.has_focus
        return shown and index == self.cursor and self._can_stand(self.rows[index])

    def _draw(self, row: Row, at_cursor: bool, width: int) -> Strip:
        under = self._under(row, at_cursor)
        widths = [width - 2] if len(row.cells) == 1 else self._widths(width - 2)
        margin = Segment(" ", under)
        mark = Segment("▸" if at_cursor else " ", under)
        parts = [Strip([mark], 1)]
        for number, (cell, columns) in enumerate(zip(row.cells, widths, strict=False)):
            if number:
                parts.append(Strip([margin], 1))
            if columns > 0:
                style = self._style(cell, row, under)
                parts.append(_cell_strip(cell, columns, style))
        return Strip.join(parts).adjust_cell_length(width, under)

    def _under(self, row: Row, at_cursor: bool) -> Style:
        """The style below the text of a row."""
        style = self.rich_style
        if row.lit:
            style += self._component("lit")
        if at_cursor:
            style += self._component("cursor")
        return style

    def _style(self, cell: Cell, row: Row, under: Style) -> Style:
        look = "heading" if row.heading and cell.look != "dim" else cell.look
        style = self._component(look)
        if cell.colour and not row.heading:
            own = self.app.native_ansi_color
            style += type_style(cell.colour, under.bgcolor, own) + Style(bold=True)
        ground = Style(bgcolor=under.bgcolor, bold=under.bold, reverse=under.reverse)
        return style + ground

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(f"rows--{name}", partial=name in ("lit", "cursor"))

    def room(self, column: int) -> int:
        """Return the columns of the screen that a column of the list has."""
        return self._widths(max(1, self.scrollable_content_region.width - 2))[column]

    def _widths(self, width: int) -> list[int]:
        """Share the width out: fixed columns as they are, the rest to the one of width 0."""
        fixed = sum(self.columns) + len(self.columns) - 1
        return [columns or max(1, width - fixed) for columns in self.columns]


def _cell_strip(cell: Cell, columns: int, style: Style) -> Strip:
    if cell.line is not None:
        return line_strip(cell.line, columns, style, cell.marks)
    return text_strip(cell.text[:_LONGEST], columns, style, cell.base, cell.marks)
