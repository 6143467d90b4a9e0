"""The way to the agreement of annotators, and from its rows into the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.agreement.disagreements import Disagreement
from reader.annotation.model import spans_of
from reader.tui.jumps import AgreementSpot
from reader.tui.screens.agreement import AgreementScreen
from reader.tui.verbs.jumping import to_span

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def show(app: ReaderApp) -> None:
    """Show the agreement; that which is open already if there is any."""
    if any(isinstance(screen, AgreementScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, AgreementScreen):
            await app.pop_screen()
        return
    await show_again(app, AgreementSpot())


async def show_again(app: ReaderApp, spot: AgreementSpot) -> None:
    """Show the agreement as it was left."""
    await app.push_screen(AgreementScreen(spot))


async def take(screen: AgreementScreen) -> None:
    """Go to the place of a disagreement, or look at an article alone."""
    value = None if screen.current is None else screen.current.value
    if isinstance(value, Disagreement):
        record = value.left or value.right
        spans = () if record is None else spans_of(record)
        if spans:
            await to_span(screen, spans[-1])
    elif isinstance(value, str):
        screen.look(article="" if screen.article else value)
