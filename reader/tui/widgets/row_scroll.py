"""Scrolling over rows whose number is only estimated until they are seen.

The row at the top is what stays put: when estimates above it come right, its
number changes and the scroll bar follows, but nothing on the screen moves.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollTo

from reader.tui.widgets.article_rows import START, ArticleRows, Place
from reader.tui.widgets.frame import Frame, make_frame

_WHEEL_ROWS = 3
_NEAR = 3
"""Screens that a scroll may go and still be walked row by row, exactly."""


class RowScroll(ScrollView, can_focus=True, inherit_bindings=False):
    """A view of an article's rows, at most `text_width` columns of text in its middle."""

    DEFAULT_CSS = """
    RowScroll {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """
    ALLOW_SELECT = False

    def __init__(self, *, text_width: int = 80, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text_width = text_width
        self._rows = ArticleRows("", False, 1)
        self._top = START
        self._anchor = 0

    @property
    def text_width(self) -> int:
        """Most columns of a row of text."""
        return self._text_width

    @text_width.setter
    def text_width(self, columns: int) -> None:
        self._text_width = max(2, columns)
        self._fit()

    @property
    def frame(self) -> Frame:
        """Where text and margin stand now."""
        return make_frame(max(1, self.columns), self._text_width, self._rows.rtl)

    @property
    def columns(self) -> int:
        """Columns of the view without its scroll bar."""
        return self.scrollable_content_region.width

    def position(self) -> int:
        """Return the reading position: the first code point of the row at the top."""
        return self._anchor

    def go_to(self, offset: int) -> None:
        """Put the row that shows a code point at the top."""
        self._set_top(self._rows.place(offset))

    def scroll_rows(self, step: int) -> None:
        """Scroll down by some rows, or up if negative."""
        self._set_top(self._rows.moved(self._top, step))

    def bring(self, place: Place, centre: bool = False) -> None:
        """Scroll as little as need be for a row to show, or bring it to the middle."""
        height = max(1, self.size.height)
        if centre:
            self._set_top(self._rows.moved(place, -(height // 2)))
        elif place < self._top:
            self._set_top(place)
        elif place not in self._rows.window(self._top, height):
            self._set_top(self._rows.moved(place, 1 - height))

    def shown_places(self) -> list[Place]:
        """Return the rows on the screen, from the top."""
        return self._rows.window(self._top, self.size.height)

    def refresh_row(self, index: int) -> None:
        """Draw one row of the screen again."""
        self.refresh_line(self.scroll_offset.y + index)

    def place_at(self, y: int) -> Place | None:
        """Return the row at a row of the screen; None below the end."""
        places = self.shown_places()
        return places[y] if 0 <= y < len(places) else None

    def set_rows(self, rows: ArticleRows) -> None:
        """Show other rows, from the first one on."""
        self._rows = rows
        self._anchor = 0
        self._fit()

    def forget_drawings(self) -> None:
        """Called when nothing that was drawn can be used again."""

    def on_resize(self, event: events.Resize) -> None:
        """Break the rows for the new width; what was read stays at the top."""
        self._fit()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by a few rows."""
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by a few rows."""
        self._wheel(event, -_WHEEL_ROWS)

    def on_scroll_to(self, message: ScrollTo) -> None:
        """Go where the scroll bar was dragged."""
        message.stop()
        message.prevent_default()
        if message.y is not None:
            self._scrolled(round(message.y))

    def on_scroll_down(self) -> None:
        """Scroll a page: the track below the scroll bar's handle was clicked."""
        self.scroll_rows(self.size.height - 1)

    def on_scroll_up(self) -> None:
        """Scroll a page up."""
        self.scroll_rows(1 - self.size.height)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow a scroll that somebody else asked for."""
        super().watch_scroll_y(old_value, new_value)
        if round(new_value) != self._rows.number(self._top):
            self._scrolled(round(new_value))

    def _wheel(self, event: events.MouseScrollDown | events.MouseScrollUp, step: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_rows(step)

    def _scrolled(self, number: int) -> None:
        """Go to a row by its estimated number; near ones are walked to."""
        rows = self._rows
        step = number - rows.number(self._top)
        if abs(step) <= _NEAR * self.size.height:
            self._set_top(rows.moved(self._top, step))
        else:
            # The end of the bar is the end of the article, whatever was estimated.
            self._set_top(rows.last if number >= self.max_scroll_y else rows.at(number))

    def _fit(self) -> None:
        """Lay out for the size the view has now."""
        if self.columns <= 0:
            return
        width = self.frame.text_width
        if width != self._rows.width:
            self._rows.set_width(width)
        self.forget_drawings()
        anchor = self._anchor
        self._set_top(self._rows.place(anchor))
        # Where the last page had to be filled the top shows an earlier row, but the
        # reader has not moved: the next resize starts from the same place.
        self._anchor = anchor
        self.refresh()

    def _set_top(self, place: Place) -> None:
        rows, height = self._rows, max(1, self.size.height)
        if len(rows.window(place, height)) < height:
            place = rows.moved(rows.last, 1 - height)
            rows.window(place, height)
        moved = place != self._top
        self._top = place
        if moved:
            self._anchor = rows.range(place)[0]
        self.virtual_size = Size(self.columns, rows.total)
        self._follow(moved)

    def _follow(self, moved: bool) -> None:
        """Bring the scroll bar to the row at the top."""
        number = self._rows.number(self._top)
        before = self.scroll_offset.y
        self.scroll_target_y = self.scroll_y = number
        if moved and before == number:
            self.refresh()
