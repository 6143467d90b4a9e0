"""A count before a motion: `#`, digits, the motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from reader.tui.counting import MOST, Count
from reader.tui.verbs.motions import MOTIONS

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


class Counting:
    """The mode in which digits are a count; the next motion is done that many times.

    Args:
        desk: Where.
    """

    context = "count"
    in_sight = False

    def __init__(self, desk: ReadingScreen) -> None:
        self.desk = desk
        self.count = Count()

    @property
    def task(self) -> str:
        """What is typed, and what may follow."""
        if not self.count.digits:
            return "Count: type digits, then a motion"
        most = " (the most)" if self.count.digits == str(MOST) else ""
        return f"Count: {self.count.digits}{most}, now a motion"

    def press(self, event: events.Key) -> bool:
        """Take a digit or the motion; any other key drops the count."""
        keymap = self.desk.program.keymap
        typed = keymap.typed(event.character)
        command = keymap.find(self.context, event.key, event.character)
        if typed and typed in "0123456789":
            self._show(self.count.typed(typed))
        elif command is None:
            self.desk.end_mode()
            self.desk.program.notify("A count goes before a motion: it is dropped.")
        elif command.id == "count.shorten":
            self._show(self.count.shortened())
        elif command.id in MOTIONS:
            times = self.count.times(command.id)
            self.desk.end_mode()
            self.desk.view.repeat(MOTIONS[command.id], times)
        else:
            self.desk.end_mode()
            return command.id == "count.drop"
        return True

    def end(self) -> None:
        """Nothing is left of it on the screen."""

    def _show(self, count: Count) -> None:
        self.count = count
        self.desk.show_mode()


def begin(desk: ReadingScreen) -> None:
    """Take digits for a count from now on."""
    desk.begin_mode(Counting(desk))
