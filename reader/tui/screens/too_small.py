"""Shown while the terminal is too small; what is below it stays as it is."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.strip import Strip

from reader.tui.screens.base import CommandScreen
from reader.tui.widgets.pieces import paragraph_strips


class TooSmallScreen(CommandScreen[None]):
    """One sentence: which size is needed.

    Args:
        columns: Least number of columns.
        rows: Least number of rows.
    """

    CONTEXT: ClassVar[str] = "choice"

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__()
        self.sentence = f"Needs at least {columns}x{rows}"

    def compose(self) -> list[object]:  # type: ignore[override]
        """Nothing: the sentence is the screen."""
        return []

    async def press(self, event: events.Key) -> None:
        """Take no key but the one that suspends: nobody sees what a key would do."""
        command = self.program.keymap.find(self.CONTEXT, event.key, event.character)
        if command is not None and command.id == "app.suspend":
            await self.run(command)

    def render_line(self, y: int) -> Strip:
        """Draw the sentence from the first row on."""
        strips = paragraph_strips(self.sentence, max(1, self.size.width), self.rich_style)
        return strips[y] if y < len(strips) else Strip.blank(self.size.width, self.rich_style)
