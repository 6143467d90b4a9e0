"""The way to the statistics, and from a row of them to what it counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.annotation.entity_list import EntityView
from reader.annotation.statistics import StatisticsView
from reader.errors import UsageError
from reader.overview.board import BoardView
from reader.overview.charts import Bar
from reader.tui.jumps import StatisticsSpot
from reader.tui.screens.board import BoardScreen
from reader.tui.screens.entities import EntitiesScreen
from reader.tui.screens.entity_sheet import EntityScreen
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.statistics import StatisticsScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def show(app: ReaderApp) -> None:
    """Show the statistics of all articles; those that are open already if there are any."""
    if any(isinstance(screen, StatisticsScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, StatisticsScreen):
            await app.pop_screen()
        return
    everything = StatisticsView()
    await app.push_screen(StatisticsScreen(StatisticsSpot(everything, everything, _here(app))))


def _here(app: ReaderApp) -> str:
    """Return the id of the article that one comes from, or ""."""
    for screen in reversed(app.screen_stack):
        if isinstance(screen, ReadingScreen):
            return screen.article.id
        if isinstance(screen, LibraryScreen):
            return "" if screen.current is None else screen.current.id
    return ""


async def show_article(desk: ReadingScreen) -> None:
    """Show the statistics of the open article."""
    one = StatisticsView((desk.article.id,))
    await desk.app.push_screen(StatisticsScreen(StatisticsSpot(one, one, desk.article.id)))


async def show_again(app: ReaderApp, spot: StatisticsSpot) -> None:
    """Show the statistics as they were left."""
    await app.push_screen(StatisticsScreen(spot))


async def take(screen: StatisticsScreen) -> None:
    """Go to what the row under the cursor counts.

    Raises:
        UsageError: If there is nothing to go to.
    """
    bar = screen.current
    if bar is None:
        if screen.lines:
            screen.fold()
        return
    done = _WAYS[bar.kind](screen, bar)
    if done is not None:
        await done


def _to_articles(screen: StatisticsScreen, bar: Bar) -> None:
    """From sentences to the articles, each with its own share."""
    screen.go_to_chart("article")


async def _to_type(screen: StatisticsScreen, bar: Bar) -> None:
    counted = screen.census.statistics
    known = {one.type for one in counted.entities} if counted is not None else set()
    if bar.key not in known:
        is_value = bar.key in screen.program.session.schema.values
        why = "they are values and need none" if is_value else "none is linked yet"
        raise UsageError(f"No entity is {bar.key} here: {why}.")
    await screen.app.push_screen(EntitiesScreen(view=EntityView(type=bar.key)))


def _to_language(screen: StatisticsScreen, bar: Bar) -> None:
    screen.look(replace(screen.view, language="" if screen.view.language else bar.key))


def _to_annotator(screen: StatisticsScreen, bar: Bar) -> None:
    screen.look(replace(screen.view, annotator="" if screen.view.annotator else bar.key))


async def _to_article(screen: StatisticsScreen, bar: Bar) -> None:
    """Open an article; going back leads to the statistics."""
    app, spot = screen.program, screen.spot()
    beneath = [each for each in app.screen_stack if isinstance(each, ReadingScreen)]
    for desk in beneath:
        desk.mark_spot()
    app.jumps.leave(spot)
    here = next((desk for desk in beneath if desk.turn_to(bar.key)), None)
    if here is None:
        await app.navigation.open_article(bar.key, jump=False)
    while here is not None and app.screen is not here:
        await app.pop_screen()


async def _to_entity(screen: StatisticsScreen, bar: Bar) -> None:
    await screen.app.push_screen(EntityScreen(bar.key))


async def _to_claims(screen: StatisticsScreen, bar: Bar) -> None:
    """Show the claims on the board, which can be narrowed to a language, but to no article."""
    chosen: dict[str, Any] = {bar.kind: bar.key}
    view = BoardView(language=screen.view.language, **chosen)
    await screen.app.push_screen(BoardScreen(view=view))
    if screen.view.articles or screen.view.annotator:
        screen.program.notify("The board shows what all annotators marked in all articles.")


def _to_attribute(screen: StatisticsScreen, bar: Bar) -> None:
    screen.program.notify("Where it is said stands in the tables: `reader export` writes them.")


_WAYS: dict[str, Callable[[StatisticsScreen, Bar], Awaitable[None] | None]] = {
    "sentences": _to_articles,
    "type": _to_type,
    "language": _to_language,
    "article": _to_article,
    "entity": _to_entity,
    "claimant": _to_claims,
    "polarity": _to_claims,
    "mode": _to_claims,
    "epistemic": _to_claims,
    "attribute": _to_attribute,
    "annotator": _to_annotator,
    "finished": _to_annotator,
}
"""Where a row of each kind of chart leads."""
