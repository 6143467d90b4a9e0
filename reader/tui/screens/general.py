"""What works in every place: undo, the next article, palette, help, theme, suspend, quit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from reader.annotation.assignments import own_tags
from reader.overview.shelf import next_unfinished
from reader.text.fold import fold
from reader.tui.commands import BESIDES, COMMANDS, PALETTE, Command, in_context
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_DIGITS = frozenset(f"tag.{digit}" for digit in "123456789")
"""Commands whose keys stand on the screen: nobody looks for them first."""


async def open_palette(app: ReaderApp) -> None:
    """Find a command of the present place by its name, and run it there."""
    screen = app.screen
    if not isinstance(screen, CommandScreen):
        return
    titles = screen.command_titles()
    keyed = in_context(screen.context)
    besides = BESIDES.get(screen.context, ())
    offered = (*keyed, *(each for each in COMMANDS if each.scope in besides))

    def find(typed: str) -> Sequence[Row]:
        words = fold(typed).split()
        found = [
            command
            for command in offered
            if command.scope in PALETTE
            and (not command.needs or command.needs in screen.met)
            and all(word in fold(f"{_title(command, titles)} {command.help}") for word in words)
        ]
        named = {c.id for c in found if all(w in fold(_title(c, titles)) for w in words)}
        first = {c.id for c in found if fold(_title(c, titles)).startswith(fold(typed))}
        found.sort(key=lambda c: (c.id not in named, c.id not in first, _rank(c, screen.context)))
        return [_palette_row(app, each, titles, keyed=each in keyed) for each in found]

    overlay: SearchScreen[Command] = SearchScreen("Commands", find, (30, 0, 9))
    await screen.ask(overlay, screen.run)


def _rank(command: Command, context: str) -> tuple[int, int]:
    """Where a command stands: those of the footer first, motions late, digits that tag last."""
    from reader.tui.hints import HINTS

    hinted = [id for hint in HINTS[context] for id in hint.commands]
    late = 2 if command.id in _DIGITS else int(command.scope == "motion")
    return late, hinted.index(command.id) if command.id in hinted else len(hinted)


def _title(command: Command, titles: dict[str, str]) -> str:
    return titles.get(command.id, command.title)


def _palette_row(app: ReaderApp, command: Command, titles: dict[str, str], *, keyed: bool) -> Row:
    """Return the row of a command; its key stands there if it works in this place."""
    title = Cell(_title(command, titles), "strong", base=0)
    keys = Cell(app.keymap.shown(command.id) if keyed else "", "dim", base=0)
    return Row((title, Cell(command.help, "dim", base=0), keys), command)


async def open_help(app: ReaderApp) -> None:
    """Show all keys, those of the present place first."""
    from reader.tui.screens.help import HelpScreen

    screen = app.screen
    if isinstance(screen, CommandScreen):
        await app.push_screen(HelpScreen(screen.context, screen.command_titles()))


async def undo(app: ReaderApp) -> None:
    """Take back the last action, and go where it happened."""
    from reader.tui.verbs import undoing

    await undoing.turn(app)


async def redo(app: ReaderApp) -> None:
    """Do again what was undone last, and go where it happened."""
    from reader.tui.verbs import undoing

    await undoing.turn(app, again=True)


async def open_next(app: ReaderApp) -> None:
    """Go from an article to the next one of the list that is unfinished."""
    from reader.tui.screens.reading import ReadingScreen

    screen = app.screen
    if isinstance(screen, ReadingScreen):
        screen.keep_position()
        await open_unfinished(app, screen.article.id)


async def open_unfinished(app: ReaderApp, at: str | None, *, itself: bool = False) -> None:
    """Open the next unfinished article after one, or that one itself; say when none is left."""
    own = own_tags(app.session.annotator)
    entries, view = app.session.articles(), app.views.articles
    found = next_unfinished(entries, view, at, itself=itself, own=own)
    if found is not None:
        await app.navigation.open_article(found.id)
        return
    other = "" if itself or at is None else " other"
    shown = " among those shown in the library" if app.views.articles.filtered else ""
    app.notify(f"No{other} unfinished article is left{shown}.")


async def go_back(app: ReaderApp) -> None:
    """Go back to where one was before a jump."""
    from reader.tui.verbs import jumping

    await jumping.back(app)


async def go_forward(app: ReaderApp) -> None:
    """Go where one was before going back."""
    from reader.tui.verbs import jumping

    await jumping.forward(app)


async def open_tour(app: ReaderApp) -> None:
    """Start the tour."""
    from reader.tui.screens.tour import start_tour

    await start_tour(app)


async def open_themes(app: ReaderApp) -> None:
    """Choose a theme while it shows."""
    from reader.tui.screens.themes import ThemeScreen

    screen = app.screen
    if isinstance(screen, CommandScreen):
        await screen.ask(ThemeScreen(app.theme), app.keep_theme)


async def open_row_order(app: ReaderApp) -> None:
    """Choose how rows are sent to this terminal, while it shows."""
    from reader.tui.screens.row_order import RowOrderScreen

    screen = app.screen
    if isinstance(screen, CommandScreen):
        await screen.ask(RowOrderScreen(), app.keep_row_order)


async def open_entities(app: ReaderApp) -> None:
    """Show the entity under the selection, or all of them."""
    from reader.tui.verbs import entities

    await entities.show(app)


async def open_statistics(app: ReaderApp) -> None:
    """Show the statistics."""
    from reader.tui.verbs import statistics

    await statistics.show(app)


def sees_others(app: ReaderApp) -> bool:
    """Whether it is not blind mode that is on; say so if it is."""
    if not app.session.layers.blind:
        return True
    key = app.keymap.shown("app.layers")
    app.notify(f"Blind mode hides what others do; {key} ends it.")
    return False


async def open_agreement(app: ReaderApp) -> None:
    """Show how far annotators agree; not to somebody who is not to see what others do."""
    from reader.tui.verbs import agreement

    if sees_others(app):
        await agreement.show(app)


async def open_conflicts(app: ReaderApp) -> None:
    """Show what is to be settled; not to somebody who is not to see what others do."""
    from reader.tui.verbs import conflicts

    if sees_others(app):
        await conflicts.show(app)


async def open_layers(app: ReaderApp) -> None:
    """Choose whose marks are shown."""
    from reader.tui.screens.layers import LayersScreen

    screen = app.screen
    if isinstance(screen, CommandScreen):
        await screen.ask(LayersScreen(), lambda _: None)


async def open_board(app: ReaderApp) -> None:
    """Show the board of claims."""
    from reader.tui.verbs import board

    await board.show(app)


async def open_history(app: ReaderApp) -> None:
    """Show what was done; in the article that was open last alone, on demand."""
    from reader.tui.screens.past import PastScreen

    article = app.session.article
    await app.push_screen(PastScreen("" if article is None else article.id))


async def open_unsaved(app: ReaderApp) -> None:
    """Save what could not be saved."""
    from reader.tui.verbs import unsaved

    await unsaved.show(app)


def leave(app: ReaderApp) -> Awaitable[None] | None:
    """Leave the program; ask first what is to become of unsaved work."""
    if app.session.kept.all:
        from reader.tui.verbs import unsaved

        return unsaved.ask_before_leaving(app)
    app.exit(0)
    return None


VERBS: dict[str, Callable[[ReaderApp], Awaitable[Any] | None]] = {
    "history.undo": undo,
    "history.redo": redo,
    "article.next": open_next,
    "jump.back": go_back,
    "jump.forward": go_forward,
    "app.entities": open_entities,
    "app.board": open_board,
    "overview.statistics": open_statistics,
    "overview.agreement": open_agreement,
    "overview.conflicts": open_conflicts,
    "app.layers": open_layers,
    "overview.history": open_history,
    "app.palette": open_palette,
    "app.help": open_help,
    "app.theme": lambda app: app.change_theme(),
    "app.themes": open_themes,
    "app.tour": open_tour,
    "app.order": open_row_order,
    "app.suspend": lambda app: app.suspend_to_shell(),
    "app.unsaved": open_unsaved,
    "app.quit": leave,
}
