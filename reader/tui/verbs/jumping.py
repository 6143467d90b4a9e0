"""Back to where one was before a jump, and forward again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.annotation.spans import Span
from reader.tui.jumps import (
    AgreementSpot,
    ClaimSpot,
    ConflictSpot,
    EntitySpot,
    Place,
    StatisticsSpot,
)
from reader.tui.screens.article_screen import ArticleScreen
from reader.tui.screens.base import CommandScreen
from reader.tui.verbs.motions import MOTIONS

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.screens.reading import ReadingScreen


def _to_edge(desk: ReadingScreen, id: str) -> None:
    desk.mark_spot()
    MOTIONS[id](desk.view)


FAR: dict[str, Callable[[ReadingScreen], None]] = {
    id: partial(_to_edge, id=id) for id in ("go.first", "go.last")
}
"""Motions that are jumps."""


async def back(app: ReaderApp) -> None:
    """Go back to where one was before the last jump."""
    await _go(app, app.jumps.back, "You have not jumped from anywhere yet.")


async def forward(app: ReaderApp) -> None:
    """Go where one was before going back."""
    shown = app.keymap.shown("jump.back")
    await _go(app, app.jumps.forward, f"Only after {shown} there is a way forward.")


async def to_span(sheet: CommandScreen[Any], span: Span) -> None:
    """Select a span in its article; going back leads to where one is on the screen.

    Raises:
        UsageError: If the article is removed.
    """
    from reader.tui.screens.reading import ReadingScreen

    app, spot = sheet.program, sheet.spot()
    app.session.require_readable(app.session.library.articles.read(span.article))
    beneath = [screen for screen in app.screen_stack if isinstance(screen, ReadingScreen)]
    for desk in beneath:
        desk.mark_spot()
    if spot is not None:
        app.jumps.leave(spot)
    here = next((desk for desk in beneath if desk.turn_to(span.article)), None)
    if here is not None:
        while app.screen is not here:
            await app.pop_screen()
    desk_there = here or await app.navigation.open_article(span.article, jump=False)
    if desk_there is not None:
        desk_there.go_to(span.fragments)


_Find = Callable[[Place | None], Place | None]


async def _go(app: ReaderApp, find: _Find, else_say: str) -> None:
    from reader.tui.screens.reading import ReadingScreen

    screen = app.screen
    desk = screen if isinstance(screen, ArticleScreen) else None
    spot = find(screen.spot() if isinstance(screen, CommandScreen) else None)
    if spot is None:
        app.notify(else_say)
    elif isinstance(spot, ClaimSpot):
        from reader.tui.verbs.board import open_claim

        await open_claim(app, spot.claim, spot.row)
    elif isinstance(spot, EntitySpot):
        from reader.tui.verbs.entities import open_entity

        await open_entity(app, spot.entity, spot.mention)
    elif isinstance(spot, StatisticsSpot):
        from reader.tui.verbs.statistics import show_again

        await show_again(app, spot)
    elif isinstance(spot, AgreementSpot):
        from reader.tui.verbs import agreement

        await agreement.show_again(app, spot)
    elif isinstance(spot, ConflictSpot):
        from reader.tui.verbs import conflicts

        await conflicts.show_again(app, spot)
    elif isinstance(desk, ReadingScreen) and desk.turn_to(spot.article):
        desk.show_spot(spot)
    else:
        await app.navigation.open_spot(spot)
