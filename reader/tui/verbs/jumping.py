"""Back to where one was before a jump, and forward again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.tui.jumps import Spot
from reader.tui.verbs.motions import MOTIONS

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


def _to_edge(desk: ReadingScreen, id: str) -> None:
    desk.mark_spot()
    MOTIONS[id](desk.view)


FAR: dict[str, Callable[[ReadingScreen], None]] = {
    id: partial(_to_edge, id=id) for id in ("go.first", "go.last")
}
"""Motions that are jumps."""


async def back(desk: ReadingScreen) -> None:
    """Go back to where one was before the last jump."""
    await _go(desk, desk.program.jumps.back, "You have not jumped from anywhere yet.")


async def forward(desk: ReadingScreen) -> None:
    """Go where one was before going back."""
    shown = desk.program.keymap.shown("jump.back")
    await _go(desk, desk.program.jumps.forward, f"Only after {shown} there is a way forward.")


async def _go(desk: ReadingScreen, find: Callable[[Spot], Spot | None], else_say: str) -> None:
    spot = find(desk.spot())
    if spot is None:
        desk.program.notify(else_say)
    elif spot.article == desk.article.id:
        desk.show_spot(spot)
    else:
        await desk.program.open_spot(spot)
