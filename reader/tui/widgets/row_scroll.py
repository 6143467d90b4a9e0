"""Scrolling over rows whose number is only estimated until they are seen.

The row at the top is what stays put: when estimates above it come right, its
number changes and the scroll bar follows, but nothing on the screen moves.
A *row* is one of the text; with wider spacing it takes several *lines* of the
screen, of which those below the first are blank.
"""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollTo

from reader.tui.widgets.article_rows import START, ArticleRows, Place
from reader.tui.widgets.frame import Frame, make_frame

_WHEEL_LINES = 3
_NEAR = 3
"""Screens that a scroll may go and still be walked row by row, exactly."""


class _Wish(NamedTuple):
    """What is to be brought into view as soon as the view has a size."""

    offset: int
    centre: bool


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
        self._spacing = 0
        self._rows = ArticleRows("", False, 1)
        self._top = START
        self._anchor = 0
        self._wish: _Wish | None = None

    @property
    def text_width(self) -> int:
        """Most columns of a row of text."""
        return self._text_width

    @property
    def spacing(self) -> int:
        """Blank lines below each row."""
        return self._spacing

    def set_look(self, text_width: int, spacing: int, still: int) -> None:
        """Change the width of the text and its spacing.

        Args:
            text_width: Most columns of a row of text.
            spacing: Blank lines below each row.
            still: A code point: if its row is on the screen it stays at its
                height there, else the row at the top stays.
        """
        place = self._rows.place(still) if self.columns > 0 else START
        line = self._line_of(place)
        self._text_width, self._spacing = max(2, text_width), max(0, spacing)
        self._fit()
        if line is not None and self.columns > 0:
            self._set_top(self._rows.moved(self._rows.place(still), -round(line / self._pitch)))
            self.refresh()

    @property
    def _pitch(self) -> int:
        """Lines of the screen from one row to the next."""
        return 1 + self._spacing

    @property
    def page(self) -> int:
        """Rows that fit on the screen."""
        return max(1, (self.size.height + self._spacing) // self._pitch)

    def _line_of(self, place: Place) -> int | None:
        """The line of the screen that shows a row, if one does."""
        shown = self.shown_places()
        return shown.index(place) * self._pitch if place in shown else None

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
        self._wish = None
        if self.columns <= 0:
            self._anchor = offset
        else:
            self._set_top(self._rows.place(offset))

    def scroll_rows(self, step: int) -> None:
        """Scroll down by some rows, or up if negative."""
        self._set_top(self._rows.moved(self._top, step))

    def bring(self, offset: int, centre: bool = False) -> None:
        """Scroll as little as need be for the row of a code point to show, or to the middle."""
        if self.columns <= 0:
            self._wish = _Wish(offset, centre)
            return
        place, page = self._rows.place(offset), self.page
        if centre:
            self._set_top(self._rows.moved(place, -(page // 2)))
        elif place < self._top:
            self._set_top(place)
        elif place not in self._rows.window(self._top, page):
            self._set_top(self._rows.moved(place, 1 - page))

    def shows(self, offset: int) -> bool:
        """Tell whether the row of a code point is on the screen."""
        return self._line_of(self._rows.place(offset)) is not None

    def shown_places(self) -> list[Place]:
        """Return the rows on the screen, from the top."""
        return self._rows.window(self._top, -(-self.size.height // self._pitch))

    def refresh_row(self, index: int) -> None:
        """Draw one row of the screen again."""
        self.refresh_line(self.scroll_offset.y + index * self._pitch)

    def place_at(self, y: int) -> Place | None:
        """Return the row at a line of the screen; None between rows and below the end."""
        if y % self._pitch:
            return None
        places, index = self.shown_places(), y // self._pitch
        return places[index] if 0 <= index < len(places) else None

    def nearest_place(self, y: int) -> Place | None:
        """Return the row at a line of the screen or above it, within the screen."""
        places = self.shown_places()
        index = min(max(y, 0), self.size.height - 1) // self._pitch
        return places[min(index, len(places) - 1)] if places else None

    def set_rows(self, rows: ArticleRows) -> None:
        """Show other rows, from the first one on."""
        self._rows = rows
        self._anchor = 0
        self._wish = None
        self._fit()

    def lay_out_again(self) -> None:
        """Show rows that have changed, with the same one at the top."""
        self._fit()

    def break_again(self) -> None:
        """Break all rows anew: cells are as wide as the terminal has them."""
        self._rows.set_width(self._rows.width)
        self._fit()

    def forget_drawings(self) -> None:
        """Called when nothing that was drawn can be used again."""

    def on_resize(self, event: events.Resize) -> None:
        """Break the rows for the new width; what was read stays at the top."""
        self._fit()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by a few rows."""
        self._wheel(event, -(-_WHEEL_LINES // self._pitch))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by a few rows."""
        self._wheel(event, -_WHEEL_LINES // self._pitch)

    def on_scroll_to(self, message: ScrollTo) -> None:
        """Go where the scroll bar was dragged."""
        message.stop()
        message.prevent_default()
        if message.y is not None:
            self._scrolled(round(message.y))

    def on_scroll_down(self) -> None:
        """Scroll a page: the track below the scroll bar's handle was clicked."""
        self.scroll_rows(self.page - 1)

    def on_scroll_up(self) -> None:
        """Scroll a page up."""
        self.scroll_rows(1 - self.page)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow a scroll that somebody else asked for."""
        super().watch_scroll_y(old_value, new_value)
        if round(new_value) != self._rows.number(self._top) * self._pitch:
            self._scrolled(round(new_value))

    def _wheel(self, event: events.MouseScrollDown | events.MouseScrollUp, step: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_rows(step)

    def _scrolled(self, line: int) -> None:
        """Go to a row by its estimated place in the scroll bar; near ones are walked to."""
        rows, number = self._rows, line // self._pitch
        step = number - rows.number(self._top)
        if abs(step) <= _NEAR * self.page:
            self._set_top(rows.moved(self._top, step))
        else:
            # The end of the bar is the end of the article, whatever was estimated.
            self._set_top(rows.last if line >= self.max_scroll_y else rows.at(number))

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
        wish, self._wish = self._wish, None
        if wish is not None:
            self.bring(*wish)
        self.refresh()

    def _set_top(self, place: Place) -> None:
        rows, page = self._rows, self.page
        if len(rows.window(place, page)) < page:
            place = rows.moved(rows.last, 1 - page)
            rows.window(place, page)
        moved = place != self._top
        self._top = place
        if moved:
            self._anchor = rows.range(place)[0]
        self.virtual_size = Size(self.columns, self._lines())
        self._follow(moved)

    def _lines(self) -> int:
        """Lines of the scroll bar's track: its end is where the last page begins."""
        total, page = self._rows.total, self.page
        if total <= page:
            return total * self._pitch - self._spacing
        return (total - page) * self._pitch + self.size.height

    def _follow(self, moved: bool) -> None:
        """Bring the scroll bar to the row at the top."""
        line = self._rows.number(self._top) * self._pitch
        before = self.scroll_offset.y
        self.scroll_target_y = self.scroll_y = line
        if moved and before == line:
            self.refresh()
