"""What works in every place: undo, palette, help, theme, suspend, quit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from reader.text.fold import fold
from reader.tui.commands import PALETTE, Command, in_context
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def open_palette(app: ReaderApp) -> None:
    """Find a command of the present place by its name, and run it there."""
    screen = app.screen
    if not isinstance(screen, CommandScreen):
        return
    titles = screen.command_titles()

    def find(typed: str) -> Sequence[Row]:
        words = fold(typed).split()
        return [
            _palette_row(app, command, titles)
            for command in in_context(screen.context)
            if command.scope in PALETTE
            and (not command.needs or command.needs in screen.met)
            and all(word in fold(f"{_title(command, titles)} {command.help}") for word in words)
        ]

    overlay: SearchScreen[Command] = SearchScreen("Commands", find, (30, 0, 9))
    await screen.ask(overlay, screen.run)


def _title(command: Command, titles: dict[str, str]) -> str:
    return titles.get(command.id, command.title)


def _palette_row(app: ReaderApp, command: Command, titles: dict[str, str]) -> Row:
    title = Cell(_title(command, titles), "strong", base=0)
    keys = Cell(app.keymap.shown(command.id), "dim", base=0)
    return Row((title, Cell(command.help, "dim", base=0), keys), command)


async def open_help(app: ReaderApp) -> None:
    """Show all keys, those of the present place first."""
    from reader.tui.screens.help import HelpScreen

    screen = app.screen
    if isinstance(screen, CommandScreen):
        await app.push_screen(HelpScreen(screen.context, screen.command_titles()))


VERBS: dict[str, Callable[[ReaderApp], Awaitable[Any] | None]] = {
    "history.undo": lambda app: app.undo(),
    "history.redo": lambda app: app.undo(again=True),
    "app.palette": open_palette,
    "app.help": open_help,
    "app.theme": lambda app: app.change_theme(),
    "app.suspend": lambda app: app.suspend_to_shell(),
    "app.quit": lambda app: app.exit(0),
}
