"""Choosing a theme: each one shows as soon as the cursor is on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from reader.preferences.settings import THEMES
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

_REMARKS = {
    "reader-dark": "this program's own",
    "reader-light": "this program's own",
    "ansi-dark": "your terminal's sixteen colours",
    "ansi-light": "your terminal's sixteen colours",
}


class ThemeScreen(Overlay[str]):
    """A list of all themes over the article, which shows in the one under the cursor.

    Gives the name of the one that is kept, or nothing.
    """

    CONTEXT: ClassVar[str] = "choice"
    DEFAULT_CSS = """
    ThemeScreen {
        background: $background 0%;
        & RowList { max-height: 8; }
    }
    """

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.first = shown
        self.rows = RowList((22, 6, 0))

    def body(self) -> Iterator[Any]:
        """What is asked, above the names."""
        yield TextRow("Theme", base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Begin at the theme that is shown."""
        self.rows.show([self._row(name) for name in THEMES], THEMES.index(self.first))
        self.rows.focus()

    def _row(self, name: str) -> Row:
        dark = self.program.available_themes[name].dark
        cells = (name, "dark" if dark else "light", _REMARKS.get(name, ""))
        return Row(tuple(Cell(text, "dim" if n else "plain") for n, text in enumerate(cells)), name)

    def verbs(self) -> Mapping[str, Verb]:
        """Move and see, keep, go back."""
        moves = {id: self._showing(move) for id, move in list_verbs(self.rows).items()}
        return moves | {"list.accept": self._keep, "list.cancel": self._go_back}

    def _showing(self, move: Verb) -> Verb:
        def moved() -> None:
            move()
            self._show()

        return moved

    def _show(self) -> None:
        if self.rows.current is not None:
            self.program.show_theme(self.rows.current.value)

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Show the theme that is clicked; Enter keeps it."""
        self._show()

    def _keep(self) -> None:
        self.dismiss(self.program.theme)

    def _go_back(self) -> None:
        self.program.show_theme(self.first)
        self.dismiss(None)
