"""Undo and redo: never in an article that is not on the screen without asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from reader.annotation.actions import shorten
from reader.annotation.changes import Action
from reader.annotation.model import ArticleDetails, article_of
from reader.corpus.article import display_title
from reader.session import Changed
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.widgets.pieces import isolated, worded

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_WHAT = 60
"""Code points of what is asked about, which has to fit into one row."""
_TITLE = 28


async def turn(app: ReaderApp, *, again: bool = False) -> None:
    """Take back the last action, or do it again, and go where it happened."""
    from reader.tui.screens.reading import ReadingScreen

    screen = app.screen
    if not isinstance(screen, CommandScreen):
        return
    shown = screen.shown_articles if isinstance(screen, ReadingScreen) else frozenset[str]()

    async def show(changed: Changed) -> None:
        from reader.tui.screens.changed_place import show_change

        await show_change(app, changed)
        app.notify(worded(changed.what))

    await turn_at(screen, shown, show, again=again)


async def turn_at(
    screen: CommandScreen[Any],
    shown: frozenset[str],
    show: Callable[[Changed], Awaitable[Any] | None],
    *,
    again: bool = False,
) -> None:
    """Take back the last action, or do it again; ask first when it is about other articles.

    Args:
        screen: Where it is wanted.
        shown: Ids of the articles that are read there; none where it is no article.
        show: Shows what was done.
        again: Whether to do again what was undone last.

    Raises:
        ReaderError: If it cannot be done.
    """
    session = screen.program.session
    action = session.next_turn(again=again)
    if action is None:
        screen.program.notify(f"There is nothing to {'redo' if again else 'undo'}.")
        return

    async def go() -> None:
        changed = session.redo() if again else session.undo()
        done = None if changed is None else show(changed)
        if done is not None:
            await done

    elsewhere = articles_of(action)
    if not shown or not elsewhere or shown & elsewhere:
        await go()
        return
    choices = [
        Choice("do it" if again else "undo it", True, "there", key="y"),
        Choice("leave it", None, "nothing changes", key="n"),
    ]
    question = f"{'Redo' if again else 'Undo'} {_words(screen.program, action)}?"
    overlay: ChoiceScreen[bool] = ChoiceScreen(question, choices)
    await screen.ask(overlay, lambda _: go())


def articles_of(action: Action) -> frozenset[str]:
    """Return the ids of the articles that an action has changed something in."""
    records = (r for change in action.changes for r in (change.before, change.after))
    ids = (r.id if isinstance(r, ArticleDetails) else article_of(r) for r in records if r)
    return frozenset(id for id in ids if id)


def _words(app: ReaderApp, action: Action) -> str:
    """Say what was done, and in which article."""
    place, what = action.place, worded(shorten(action.what, _WHAT))
    if place is None:
        return what
    title = display_title(app.session.library.articles.read(place.article))[0]
    others = len(articles_of(action)) - 1
    more = f" and {others:,} more" if others else ""
    return f"{what} in “{isolated(shorten(title, _TITLE))}”{more}"
