"""The way to the conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.jumps import ConflictSpot
from reader.tui.screens.conflicts import ConflictsScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def show(app: ReaderApp) -> None:
    """Show the conflicts; the list that is open already if there is any."""
    if any(isinstance(screen, ConflictsScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, ConflictsScreen):
            await app.pop_screen()
        return
    await show_again(app, ConflictSpot(0))


async def show_again(app: ReaderApp, spot: ConflictSpot) -> None:
    """Show the conflicts as they were left."""
    await app.push_screen(ConflictsScreen(spot))
