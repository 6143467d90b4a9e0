"""Leaping: letters at every annotation on the screen, and the keys that choose one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from reader.errors import AnnotationError
from reader.tui.leap import Wanted, leap_labels, narrowed, place_labels
from reader.tui.widgets.article_rows import Place
from reader.tui.widgets.row_signs import Sign
from reader.tui.widgets.shown_spans import ShownSpan

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


class Leaping:
    """The mode in which letters choose one of the annotations on the screen.

    Args:
        desk: Where.
        spans: What can be chosen.
    """

    context = "leap"
    in_sight = True
    task = "Leap: type the letters at an annotation"

    def __init__(self, desk: ReadingScreen, spans: Sequence[ShownSpan]) -> None:
        self.desk = desk
        self.spans = spans
        self.labels = leap_labels(len(spans))
        self.columns = self._columns()
        self.typed = ""
        self._show()

    def press(self, event: events.Key) -> bool:
        """Choose by a letter; any other key leaves and goes nowhere."""
        keymap = self.desk.program.keymap
        command = keymap.find(self.context, event.key, event.character)
        if command is not None and command.id != "leap.cancel":
            self.desk.end_mode()
            return False
        letter = "" if command else keymap.typed(event.character)
        left = narrowed(self.labels, self.typed + letter) if letter else []
        if len(left) == 1:
            self.desk.end_mode()
            self.desk.jump_to(self.spans[left[0]].fragments)
        elif left:
            self.typed += letter
            self._show()
        else:
            self.desk.end_mode()
        return True

    def end(self) -> None:
        """Take the letters away."""
        self.desk.view.show_signs({})

    def _columns(self) -> Sequence[int | None]:
        rows = {place: number for number, place in enumerate(self.desk.view.shown_places())}
        wanted = [Wanted(rows[span.place], span.column, span.rtl) for span in self.spans]
        return place_labels(wanted, self.labels, self.desk.view.frame.width)

    def _show(self) -> None:
        """Show what is left to type of each label that can still be meant."""
        signs: dict[Place, list[Sign]] = {}
        for index in narrowed(self.labels, self.typed):
            column = self.columns[index]
            if column is not None:
                done = len(self.typed)
                sign = Sign(column + done, self.labels[index][done:])
                signs.setdefault(self.spans[index].place, []).append(sign)
        self.desk.view.show_signs(signs)


def leap(desk: ReadingScreen) -> None:
    """Show letters at the annotations on the screen; the ones typed select theirs.

    Raises:
        AnnotationError: If nothing on the screen is marked.
    """
    spans = desk.view.spans_shown()
    if not spans:
        raise AnnotationError("Nothing on the screen is marked.")
    desk.begin_mode(Leaping(desk, spans))
