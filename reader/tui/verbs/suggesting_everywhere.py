"""Tagging a name in all articles, after a look at where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reader.suggest.proposals import Proposal
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.suggest_everywhere import SuggestEverywhereScreen
from reader.work.suggesting import take_everywhere

if TYPE_CHECKING:
    from reader.tui.screens.suggestions import Subject


async def suggest(screen: CommandScreen[Any], subject: Subject, then: Callable[[], None]) -> None:
    """Show where a name stands in all articles, and tag it there if that is wanted.

    Args:
        screen: Where one is.
        subject: What to look for.
        then: Called when it is tagged.
    """

    def take(chosen: Mapping[str, Sequence[Proposal]]) -> None:
        take_everywhere(screen.program.session, chosen)
        count = sum(len(found) for found in chosen.values())
        articles = "1 article" if len(chosen) == 1 else f"{len(chosen):,} articles"
        undo = screen.program.keymap.shown("history.undo")
        screen.program.notify(f"{count:,} tagged in {articles}. {undo} takes all of them back.")
        then()

    await screen.ask(SuggestEverywhereScreen(subject), take)
