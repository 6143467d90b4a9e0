"""Suggestions in the text: show them, take or refuse the one under the selection, list them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.suggest.proposals import Proposal
from reader.tui.widgets.pieces import isolated

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


def toggle(desk: ReadingScreen) -> None:
    """Show in the text what is proposed, or hide it again."""
    if desk.program.looks.suggestions:
        show(desk, False)
        desk.program.notify("Suggestions are hidden.")
        return
    show(desk, True)
    shown, count = desk.program.keymap.shown, len(desk.suggestions.here())
    keys = (
        f"{shown('suggest.take')} takes, {shown('suggest.refuse')} refuses, "
        f"{shown('suggest.list')} lists them."
    )
    desk.program.notify(f"{counted(count)} here: {keys}" if count else nothing(desk))


def show(desk: ReadingScreen, shown: bool) -> None:
    """Show in the text what is proposed, or show it no more."""
    if shown != desk.program.looks.suggestions:
        desk.program.remember(suggestions=shown)
    desk.show_proposed()
    desk.show_state()


def take(desk: ReadingScreen) -> None:
    """Tag what is proposed under the selection, and go to the next suggestion."""
    _decide(desk, desk.suggestions.take, "taken")


def refuse(desk: ReadingScreen) -> None:
    """Refuse what is proposed under the selection, and go to the next suggestion."""
    _decide(desk, desk.suggestions.refuse, "refused")


def _decide(desk: ReadingScreen, does: Callable[[Sequence[Proposal]], None], done: str) -> None:
    """Take or refuse; where nothing is proposed, only go to the next suggestion."""
    if not desk.program.looks.suggestions:
        show(desk, True)
    chosen = desk.proposal_here()
    if chosen is not None:
        does([chosen])
    following = _next(desk)
    if following is None:
        desk.program.notify(
            nothing(desk) if chosen is None else f"{_said(chosen, done)}, the last."
        )
        return
    desk.mark_spot()
    desk.view.show_hit(*following.place)
    if chosen is not None:
        left = len(desk.suggestions.here())
        desk.program.notify(f"{_said(chosen, done)}, {left:,} left.")


def _next(desk: ReadingScreen) -> Proposal | None:
    """Return the first suggestion after the selection; from the end on, the first of all."""
    found, place = desk.suggestions.here(), desk.view.selection.start
    after = (each for each in found if each.start >= place)
    return next(after, found[0] if found else None)


def _said(proposal: Proposal, done: str) -> str:
    return f"{proposal.type} “{isolated(shorten(proposal.quote))}” is {done}"


async def open_list(desk: ReadingScreen) -> None:
    """Look through what is proposed; go to what is taken from the list."""
    from reader.tui.screens.suggestions import SuggestionsScreen

    show(desk, True)
    spot = desk.spot()

    def go(proposal: Proposal) -> None:
        desk.program.jumps.leave(spot)
        desk.view.show_hit(*proposal.place)

    await desk.ask(SuggestionsScreen(desk), go)


def counted(count: int) -> str:
    """Say how many suggestions there are."""
    return "1 suggestion" if count == 1 else f"{count:,} suggestions"


def nothing(desk: ReadingScreen) -> str:
    """Say that nothing is proposed, and what would be."""
    refused = len(desk.suggestions.refused())
    told = f" {refused:,} were refused." if refused else ""
    return f"Nothing is proposed here.{told} What is tagged or known by name is, elsewhere."
