"""A line to type into, right-to-left text shaped and in order while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.text.layout import Cell
from reader.tui.widgets.line_edit import WIDE, LineEdit, one_line
from reader.tui.widgets.text_row import cell_segments, text_strip

_EDITS: dict[str, Callable[[LineEdit], LineEdit]] = {
    "left": lambda line: line.to_side(-1),
    "right": lambda line: line.to_side(1),
    "ctrl+left": lambda line: line.to_word(1 if line.layout.base else -1),
    "ctrl+right": lambda line: line.to_word(-1 if line.layout.base else 1),
    "home": LineEdit.to_start,
    "ctrl+a": LineEdit.to_start,
    "end": LineEdit.to_end,
    "ctrl+e": LineEdit.to_end,
    "backspace": LineEdit.backspace,
    "ctrl+h": LineEdit.backspace,
    "delete": LineEdit.delete,
    "ctrl+w": LineEdit.delete_word,
    "ctrl+u": LineEdit.delete_to_start,
    "ctrl+k": LineEdit.delete_to_end,
}
"""What each key does. Left and right are visual, also for words; Home and End logical."""

_BLANK = Cell(" ", 1, 0, 0, 0, 0)
"""What the caret stands on after the end of the line."""


class LineInput(Widget, can_focus=True):
    """One line of text.

    A value wider than the widget scrolls; the caret always shows.

    Args:
        value: What it holds at first; the caret stands at its end.
        placeholder: Shown while it is empty.
        base: Base level; None for the direction of the first strong character.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-input--placeholder"}
    DEFAULT_CSS = """
    LineInput {
        height: 1;
        width: 1fr;
        & > .line-input--placeholder { color: $foreground 60%; }
    }
    """
    ALLOW_SELECT = False

    class Changed(Message):
        """The value has changed."""

        def __init__(self, line_input: LineInput, value: str) -> None:
            super().__init__()
            self.input = line_input
            self.value = value

        @property
        def control(self) -> LineInput:
            """The input."""
            return self.input

    class Submitted(Changed):
        """Enter was pressed."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        base: int | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.placeholder = placeholder
        self._line = LineEdit(base=base).insert(value)
        self._hidden = 0

    @property
    def value(self) -> str:
        """What was typed, in logical order."""
        return self._line.value

    @value.setter
    def value(self, value: str) -> None:
        self.set_value(value)

    @property
    def caret(self) -> int:
        """The code point before which typed text goes."""
        return self._line.caret

    def set_value(self, value: str) -> None:
        """Put another text in, with the caret at its end."""
        self._take(LineEdit(base=self._line.base).insert(value))

    async def press(self, event: events.Key) -> bool:
        """Do what a key means in a line of text; False if it means nothing here."""
        if event.key == "enter":
            self.post_message(self.Submitted(self, self.value))
        elif event.key in _EDITS:
            self._take(_EDITS[event.key](self._line))
        elif _is_text(event):
            self._take(self._line.insert(event.character or ""))
        else:
            return False
        return True

    async def on_key(self, event: events.Key) -> None:
        """Edit; a key that means nothing here, such as Escape, goes on to the screen."""
        if await self.press(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Put a pasted text in, on one line."""
        event.stop()
        self._take(self._line.insert(event.text))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the pointer."""
        offset = event.get_content_offset(self)
        if offset is not None:
            self._take(self._line.to_column(self._first_column() + offset.x))

    def on_focus(self) -> None:
        """Show the caret."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line, scrolled so that its caret shows."""
        width, style = self.content_size.width, self.rich_style
        if y or not width:
            return Strip.blank(width, style)
        if not self.value and not self.has_focus:
            return self._empty(width)
        self._hidden = self._scrolled(width)
        strip = self._row(style)
        if self.value or not self.placeholder or width < 2:
            return strip
        # The caret takes a column of its own beside the words.
        hint = self._empty(width - 1)
        caret = strip.crop(width - 1) if self._rtl else strip.crop(0, 1)
        return Strip.join([hint, caret] if self._rtl else [caret, hint])

    @property
    def _rtl(self) -> bool:
        return bool(self._line.layout.base & 1)

    def _empty(self, width: int) -> Strip:
        hint = self.get_component_rich_style("line-input--placeholder")
        return text_strip(self.placeholder, width, self.rich_style + hint)

    def _first_column(self) -> int:
        """Column of the layout that is drawn in the first one of the widget."""
        if self._rtl:
            return WIDE - self.content_size.width - self._hidden
        return self._hidden

    def _scrolled(self, width: int) -> int:
        """How many columns to hide at the side where reading starts."""
        line = self._line.layout.lines[0]
        column = self._line.column
        at = WIDE - 1 - column if self._rtl else column
        hidden = min(self._hidden, max(0, line.width + 1 - width))
        return min(max(hidden, at - width + 1), at)

    def _row(self, style: Style) -> Strip:
        """The part of the line that shows."""
        width, line = self.content_size.width, self._line.layout.lines[0]
        first, caret = self._first_column(), self._line.column
        self._tell_terminal(caret - first)
        segments: list[Segment] = []
        reached = first
        on_caret = style + Style(reverse=True) if self.has_focus else style
        shown = [
            (column, cell)
            for column, cell in line.columns()
            if first <= column and column + cell.width <= first + width
        ]
        if not any(column <= caret < column + cell.width for column, cell in shown):
            shown = sorted([*shown, (caret, _BLANK)], key=lambda each: each[0])
        for column, cell in shown:
            segments.append(Segment(" " * (column - reached), style))
            look = on_caret if column <= caret < column + cell.width else style
            segments += cell_segments([(cell, look)])
            reached = column + cell.width
        segments.append(Segment(" " * (first + width - reached), style))
        return Strip([segment for segment in segments if segment.text], width).simplify()

    def _tell_terminal(self, column: int) -> None:
        """Put the terminal's own cursor there: input methods open their windows beside it."""
        if self.has_focus:
            self.app.cursor_position = self.content_region.offset + Offset(column, 0)

    def _take(self, line: LineEdit) -> None:
        before, self._line = self._line, line
        if line.value != before.value:
            self.post_message(self.Changed(self, line.value))
        self.refresh()


def _is_text(event: events.Key) -> bool:
    char = event.character
    if not char or event.key.startswith(("ctrl+", "alt+", "super+")):
        return False
    return char >= " " and bool(one_line(char))
