"""Notices: what was done or could not be done, over the last rows, until the next key."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.widgets.pieces import paragraph_strips

Severity = Literal["information", "warning", "error"]

_MOST_ROWS = 4


class Notice(Widget):
    """A title and a message from left to right, what they quote shaped; any text is safe."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"notice--title"}
    DEFAULT_CSS = """
    Notice {
        layer: notice;
        dock: bottom;
        height: 1;
        display: none;
        background: $panel;
        color: $foreground;
        & > .notice--title { background: $panel; color: $success; text-style: bold; }
        &.-warning > .notice--title { color: $warning; }
        &.-error > .notice--title { color: $error; }
        &.-shown { display: block; }
        &:nocolor { text-style: reverse; }
        &:ansi { text-style: reverse; }
    }
    """

    def __init__(self, above: int = 1) -> None:
        super().__init__()
        self.title = ""
        self.message = ""
        self._strips: list[Strip] = []
        self._shown_at = 0.0
        self.styles.margin = (0, 0, above, 0)

    def show(self, message: str, title: str = "", severity: Severity = "information") -> None:
        """Show a notice in place of the one before."""
        self.title, self.message = title, message
        self._shown_at = Message().time
        self.set_class(severity == "error", "-error")
        self.set_class(severity == "warning", "-warning")
        self.add_class("-shown")
        self._lay_out()

    def hide(self) -> None:
        """Take the notice away."""
        self.remove_class("-shown")

    def take_back(self, message: str) -> None:
        """Take the notice away if this is what it says."""
        if self.message == message:
            self.hide()

    def give_way(self, event: events.Key) -> None:
        """Take the notice away for a key, unless that was pressed before it could be read."""
        if event.time >= self._shown_at:
            self.hide()

    def on_resize(self) -> None:
        """Break the message anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(1, (self.size.width or self.app.size.width) - 2)
        title = self.get_component_rich_style("notice--title")
        # The sentence is ours, whatever it quotes first.
        rows = paragraph_strips(self.title, width, title, 0) if self.title else []
        rows += paragraph_strips(self.message, width, self.rich_style, 0)
        self._strips = rows[:_MOST_ROWS]
        self.styles.height = max(1, len(self._strips))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the notice."""
        width, style = self.size.width, self.rich_style
        if y >= len(self._strips):
            return Strip.blank(width, style)
        blank = Strip.blank(1, style)
        return Strip.join([blank, self._strips[y]]).adjust_cell_length(width, style)
