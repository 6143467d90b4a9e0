"""An editor of several lines: each paragraph in its own direction, broken as the article is."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from reader.text.draft import MOST_IN_NOTE, Draft
from reader.tui.typesetting import lay_out
from reader.tui.widgets.article_rows import START, Place
from reader.tui.widgets.draft_input import DraftInput
from reader.tui.widgets.pieces import line_strip

_WHEEL_ROWS = 3

_STEPS = {
    "edit.up": (-1, 0),
    "edit.down": (1, 0),
    "edit.page_up": (0, -1),
    "edit.page_down": (0, 1),
}
"""Rows and pages that each command goes."""


class NoteEditor(DraftInput):
    """A text of several lines.

    One column beside the text stays free: the caret stands there after a full row.

    Args:
        value: What it holds at first; the caret stands at its end.
        placeholder: Shown while it is empty.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"note-editor--placeholder"}
    DEFAULT_CSS = """
    NoteEditor {
        height: 1fr;
        width: 1fr;
        & > .note-editor--placeholder { color: $foreground 60%; }
    }
    """

    class Changed(Message):
        """The text has changed."""

        def __init__(self, editor: NoteEditor) -> None:
            super().__init__()
            self.editor = editor

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        held = Draft(several=True, most=MOST_IN_NOTE).insert(value)
        start = Draft(held.text, held.caret, affinity="upstream", several=True, most=MOST_IN_NOTE)
        super().__init__(start, None, id)
        self.placeholder = placeholder
        self._top = START
        self._column: int | None = None

    def edit(self, id: str, *, select: bool = False) -> None:
        """Do what a command means here; a series of steps up and down keeps to one column."""
        if id not in _STEPS:
            super().edit(id, select=select)
            return
        rows, pages = _STEPS[id]
        step = rows + pages * max(1, self.size.height - 1)
        column = self._screen_column() if self._column is None else self._column
        if pages:
            self._top = self.rows.moved(self._top, step)
        target = self.rows.moved(self.rows.point(self._draft).place, step)
        shift = self._shift(target.paragraph)
        self.take(self.rows.vertical(self._draft, step, column - shift, select=select))
        self._column = column

    def take(self, draft: Draft) -> None:
        """Show another state of the text, scrolled so that its caret shows."""
        self._column = None
        super().take(draft)
        self._bring()

    def on_resize(self, event: events.Resize) -> None:
        """Break the rows anew."""
        self._bring()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by a few rows; the caret stays where it is."""
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by a few rows; the caret stays where it is."""
        self._wheel(event, -_WHEEL_ROWS)

    def render_line(self, y: int) -> Strip:
        """Draw a row of the screen."""
        width, rows = self.size.width, self.rows
        shown = rows.window(self._top, self.size.height)
        if not self.value and self.placeholder and y < 2:
            return self._hint(y, width)
        if y >= len(shown) or width < 2:
            return Strip.blank(width, self.rich_style)
        place = shown[y]
        point = rows.point(self._draft)
        line, shift = rows.line(place), self._shift(place.paragraph)
        caret = min(max(point.column, -shift), width - 1 - shift) if point.place == place else None
        if caret is not None:
            self.point_terminal_at(caret + shift, y)
        offset = rows.starts[place.paragraph]
        return self.paint(line, offset, -shift, width, caret, broken=self._broken(place))

    def _hint(self, y: int, width: int) -> Strip:
        """What may be typed, below the caret in the first row."""
        if y == 0:
            self.point_terminal_at(0, 0)
            return self.paint(self.rows.line(START), 0, 0, width, 0)
        style = self.rich_style + self.get_component_rich_style("note-editor--placeholder")
        return line_strip(lay_out(self.placeholder, width, 0).lines[0], width, style)

    def _broken(self, place: Place) -> int | None:
        """The column after a row that ends with a selected break."""
        rows, (start, end) = self.rows, self._draft.selection
        layout, (_, last, following) = (
            rows.layout(place.paragraph),
            rows.paragraphs[place.paragraph],
        )
        if place.row < len(layout.lines) - 1 or not start <= last < end or following == last:
            return None
        line = rows.line(place)
        if layout.base & 1:
            return (line.indent if line.cells else layout.width) - 1
        return line.width

    def _shift(self, paragraph: int) -> int:
        """Columns between the left edge of the widget and of the layout."""
        return self.rows.layout(paragraph).base & 1

    def _screen_column(self) -> int:
        point = self.rows.point(self._draft)
        return point.column + self._shift(point.place.paragraph)

    def _bring(self) -> None:
        """Scroll as little as need be for the caret to show."""
        height, rows = self.size.height, self.rows
        if height < 1:
            return
        top = min(self._top, rows.last)
        top = Place(top.paragraph, min(top.row, len(rows.layout(top.paragraph).lines) - 1))
        place = rows.point(self._draft).place
        if place < top:
            top = place
        elif place not in rows.window(top, height):
            top = rows.moved(place, 1 - height)
        self._top = self._full(top)
        self.refresh()

    def _full(self, top: Place) -> Place:
        """The nearest row to begin with that leaves no rows empty below the end."""
        height = max(1, self.size.height)
        if len(self.rows.window(top, height)) < height:
            return self.rows.moved(self.rows.last, 1 - height)
        return top

    def _wheel(self, event: events.MouseScrollDown | events.MouseScrollUp, step: int) -> None:
        event.stop()
        event.prevent_default()
        self._top = self._full(self.rows.moved(self._top, step))
        self.refresh()

    def _columns(self) -> int:
        return max(1, self.size.width - 1)

    def _tell(self) -> None:
        self.post_message(self.Changed(self))

    def _under(self, offset: Offset) -> tuple[Place, int]:
        shown = self.rows.window(self._top, max(1, self.size.height))
        place = shown[min(max(offset.y, 0), len(shown) - 1)]
        if offset.y < 0:
            place = self.rows.moved(place, offset.y)
        elif offset.y >= len(shown):
            place = self.rows.moved(place, offset.y - len(shown) + 1)
        return place, offset.x - self._shift(place.paragraph)
