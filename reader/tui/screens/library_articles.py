"""What the library view does to the article under its cursor, and to its filters by collection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.overview.shelf import FINISHED, collections
from reader.session import ArticleEntry
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.widgets.pieces import isolated
from reader.work.articles import remove_article

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

_TITLE = 28
"""Code points of a title in a question, which has to fit into one row."""


async def edit_details(shelf: LibraryScreen) -> None:
    """Open the form of what is known about the article."""
    from reader.tui.screens.details import DetailsScreen

    entry = shelf.current
    if entry is not None:
        session = shelf.program.session
        article = session.library.articles.read(entry.id)
        await shelf.ask(DetailsScreen(session, article), lambda changed: _saved(shelf, changed))


def _saved(shelf: LibraryScreen, changed: bool) -> None:
    if changed:
        shelf.refill()
        shelf.program.notify("Saved.")


async def remove(shelf: LibraryScreen) -> None:
    """Ask, and take the article out of the list."""
    entry = shelf.current
    if entry is None:
        return
    question = f"Remove “{isolated(shorten(entry.title, _TITLE))}”?"
    choices = [
        Choice("remove it", True, _hidden(entry), key="y"),
        Choice("keep it", None, "nothing changes", key="n"),
    ]
    overlay: ChoiceScreen[bool] = ChoiceScreen(question, choices)
    await shelf.ask(overlay, lambda _: _remove(shelf, entry))


def _hidden(entry: ArticleEntry) -> str:
    count = entry.mentions + entry.claims + entry.notes
    if not count:
        return "nothing is marked in it; it can be brought back"
    return f"hides {count:,} annotation{'s' * (count != 1)}; all can be brought back"


def _remove(shelf: LibraryScreen, entry: ArticleEntry) -> None:
    session, shown = shelf.program.session, shelf.program.keymap.shown
    remove_article(session, session.library.articles.read(entry.id))
    shelf.refill()
    back = f"{shown('history.undo')} brings it back; {shown('library.removed')} shows all of them."
    shelf.program.notify(back, title="Removed")


async def show_removed(shelf: LibraryScreen) -> None:
    """Show the removed articles."""
    from reader.tui.screens.removed import RemovedScreen

    await shelf.app.push_screen(RemovedScreen())


async def ask_tag(shelf: LibraryScreen) -> None:
    """Filter by a collection."""
    found = collections(shelf.entries)
    if not found:
        key = shelf.program.keymap.shown("library.details")
        shelf.program.notify(f"No article has a tag yet: {key} gives it some.")
        return
    choices = [Choice(_progress(shelf.entries), "", "all articles", key="a")]
    for number, one in enumerate(found, 1):
        label = f"{one.articles:,}, {one.finished:,} finished"
        shown = shelf.team.collection(one.tag)
        choices.append(Choice(label, one.tag, shown, key=str(number)))
    overlay: ChoiceScreen[str] = ChoiceScreen("Show the articles of which collection?", choices)
    await shelf.ask(overlay, lambda tag: shelf.look(replace(shelf.view, tag=tag)))


def _progress(entries: Iterable[ArticleEntry]) -> str:
    statuses = [entry.status for entry in entries]
    return f"{len(statuses):,}, {sum(s in FINISHED for s in statuses):,} finished"
