"""Choosing how rows are sent: each way shows, on a sample, as soon as the cursor is on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from textual import events

from reader.terminal.sample import RIGHT, SAMPLE, modes
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.widgets.rows import Cell, Row, RowList, wrapped
from reader.tui.widgets.text_row import TextRow

_COMMAND = "app.order"


class RowOrderScreen(Overlay[str]):
    """A sample row and the modes; the whole screen is sent in the one under the cursor.

    Gives the name of the mode that is kept, or nothing.
    """

    CONTEXT: ClassVar[str] = "choice"
    DEFAULT_CSS = """
    RowOrderScreen {
        & #sample { color: $foreground; height: 3; padding: 1 2; }
        & #words { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.modes = modes(self.program.found)
        self.before = self.program.profile
        self.words = RowList(id="words")
        self.rows = RowList((10, 0))

    def body(self) -> Iterator[Any]:
        """The sample between the question and the modes."""
        yield TextRow(f"Is this row right in {self.program.found.name}?", base=0)
        yield TextRow(SAMPLE, base=1, id="sample")
        yield self.words
        yield self.rows

    def on_mount(self) -> None:
        """Begin at the mode that rows are sent in now."""
        emitters = [mode.profile.emitter for mode in self.modes]
        rows = [Row((Cell(mode.name), Cell(mode.help, "dim", base=0)), mode) for mode in self.modes]
        self.rows.show(rows, emitters.index(self.before.emitter))
        self.rows.focus()
        self._describe()

    def on_resize(self) -> None:
        """Break the words anew."""
        self._describe()

    def _describe(self) -> None:
        row = Row((Cell(RIGHT, base=0),), heading=True)
        self.words.show(wrapped(row, 0, max(20, self.size.width - 4)))

    def verbs(self) -> Mapping[str, Verb]:
        """Move and see, keep, go back."""
        moves = {id: self._showing(move) for id, move in list_verbs(self.rows).items()}
        return moves | {"list.accept": self._keep, "list.cancel": self._go_back}

    async def press(self, event: events.Key) -> None:
        """Go to the next mode with the key that opened this, else do what it means in lists."""
        if self.program.keymap.typed(event.character) in self.program.keymap.keys(_COMMAND):
            self.rows.move_to((self.rows.cursor + 1) % len(self.modes))
            self._show()
        else:
            await super().press(event)

    def _showing(self, move: Verb) -> Verb:
        def moved() -> None:
            move()
            self._show()

        return moved

    def _show(self) -> None:
        row = self.rows.current
        if row is not None and row.value.profile != self.program.profile:
            self.program.use_profile(row.value.profile)

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Show the mode that is clicked; Enter keeps it."""
        self._show()

    def _keep(self) -> None:
        row = self.rows.current
        self.dismiss(None if row is None else row.value.name)

    def _go_back(self) -> None:
        if self.program.profile != self.before:
            self.program.use_profile(self.before)
        self.dismiss(None)
