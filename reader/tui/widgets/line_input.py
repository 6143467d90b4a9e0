"""A line to type into, right-to-left text shaped and in order while it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from reader.text.draft import Draft
from reader.tui.widgets.article_rows import START, Place
from reader.tui.widgets.draft_input import DraftInput
from reader.tui.widgets.draft_rows import WIDE
from reader.tui.widgets.text_row import text_strip


class LineInput(DraftInput):
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
        & > .line-input--placeholder { color: $reader-dim; }
    }
    """

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
        super().__init__(_holding(value), base, id, classes)
        self.placeholder = placeholder
        self._hidden = 0

    @property
    def value(self) -> str:
        """What was typed, in logical order."""
        return self._draft.text

    @value.setter
    def value(self, value: str) -> None:
        self.set_value(value)

    def set_value(self, value: str) -> None:
        """Put another text in, with the caret at its end."""
        self.take(_holding(value))

    async def press(self, event: events.Key) -> bool:
        """Do what a key means in a line of text; False if it means nothing here."""
        if event.key == "enter":
            self.post_message(self.Submitted(self, self.value))
            return True
        return await super().press(event)

    def render_line(self, y: int) -> Strip:
        """Draw the line, scrolled so that its caret shows."""
        width, style = self.content_size.width, self.rich_style
        if y or not width:
            return Strip.blank(width, style)
        if not self.value and not self.has_focus:
            return self._empty(width)
        self._hidden = self._scrolled(width) if self.has_focus else 0
        first, caret = self._first_column(), self.rows.point(self._draft).column
        self.point_terminal_at(caret - first, 0)
        strip = self.paint(self.rows.line(START), 0, first, width, caret)
        if self.value or not self.placeholder or width < 2:
            return strip
        # The caret takes a column of its own beside the words.
        hint = self._empty(width - 1)
        caret_cell = strip.crop(width - 1) if self._rtl else strip.crop(0, 1)
        return Strip.join([hint, caret_cell] if self._rtl else [caret_cell, hint])

    @property
    def _rtl(self) -> bool:
        return bool(self.rows.layout(0).base & 1)

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
        column = self.rows.point(self._draft).column
        at = WIDE - 1 - column if self._rtl else column
        hidden = min(self._hidden, max(0, self.rows.line(START).width + 1 - width))
        return min(max(hidden, at - width + 1), at)

    def _columns(self) -> int:
        return WIDE

    def _tell(self) -> None:
        self.post_message(self.Changed(self, self.value))

    def _under(self, offset: Offset) -> tuple[Place, int]:
        return START, self._first_column() + offset.x


def _holding(value: str) -> Draft:
    """A draft of a value that nothing takes back."""
    draft = Draft().insert(value)
    return Draft(draft.text, draft.caret, affinity="upstream")
