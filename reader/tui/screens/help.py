"""All keys, from the list of commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from reader.tui.commands import COMMANDS, CONTEXTS, Command
from reader.tui.screens.base import CommandScreen, Verb, list_verbs
from reader.tui.widgets.rows import Cell, Row, RowList, wrapped
from reader.user.paths import config_folder

_INTRO = (
    "Select in the text, then press the key of what to do with it: 1-9 tag, Enter links to an "
    "entity, c marks a claim, o writes a note, u takes back. All is saved at once. "
    "Esc or ? leaves this page."
)


class HelpScreen(CommandScreen[None]):
    """The keys of one place and then of all others.

    Args:
        place: The context to show first.
        titles: Other titles for commands, such as the types of the digits.
    """

    CONTEXT: ClassVar[str] = "keys"

    def __init__(self, place: str, titles: dict[str, str]) -> None:
        super().__init__()
        self.place = place
        self.titles = titles
        self.rows = RowList((16, 24, 0))

    def body(self) -> Iterator[Any]:
        """One list."""
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self.rows.focus()

    def on_resize(self) -> None:
        """Break the sentences for the new width."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        width = self.rows.room(2)
        rows = [part for row in self._rows() for part in self._whole(row, width)]
        self.rows.show(rows, self.rows.cursor)

    def _whole(self, row: Row, width: int) -> list[Row]:
        if len(row.cells) == 3:
            return wrapped(row, 2, width)
        return wrapped(row, 0, self.size.width - 4)

    def verbs(self) -> Mapping[str, Verb]:
        """Move, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._leave,
            "list.cancel": self._leave,
            "keys.leave": self._leave,
        }

    def _leave(self) -> None:
        self.dismiss(None)

    def _rows(self) -> Iterator[Row]:
        yield Row((Cell(_INTRO),))
        group = ""
        for command in self._ordered():
            if command.group != group:
                group = command.group
                yield Row((Cell(group, "strong"),), heading=True)
            yield self._row(command)
        yield Row((Cell(f"Other keys: [keys] in {config_folder() / 'config.toml'}", "dim"),))

    def _ordered(self) -> list[Command]:
        near = CONTEXTS[self.place]
        here = [c for scope in near for c in COMMANDS if c.scope == scope]
        return here + [command for command in COMMANDS if command not in here]

    def _row(self, command: Command) -> Row:
        from reader.tui.keymap import show_key

        keys = " ".join(show_key(key) for key in self.program.keymap.keys(command.id))
        title = self.titles.get(command.id, command.title)
        cells = (Cell(keys, "strong", base=0), Cell(title), Cell(command.help, "dim", base=0))
        return Row(cells)
