"""Back to where one was before a jump, and forward again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.tui.jumps import ClaimSpot, Spot
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


_Find = Callable[[Spot | ClaimSpot | None], Spot | ClaimSpot | None]


async def _go(app: ReaderApp, find: _Find, else_say: str) -> None:
    screen = app.screen
    desk = screen if isinstance(screen, ArticleScreen) else None
    spot = find(screen.spot() if isinstance(screen, CommandScreen) else None)
    if spot is None:
        app.notify(else_say)
    elif isinstance(spot, ClaimSpot):
        from reader.tui.verbs.board import open_claim

        await open_claim(app, spot.claim, spot.row)
    elif desk is not None and spot.article == desk.article.id:
        desk.show_spot(spot)
    else:
        await app.open_spot(spot)
