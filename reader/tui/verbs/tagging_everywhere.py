"""Tagging what was looked for in all articles, after a look at how many they are."""

from __future__ import annotations

from typing import Any

from reader.annotation.actions import shorten
from reader.errors import ReaderError
from reader.text.fold import fold
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.tag_everywhere import Places, TagEverywhereScreen
from reader.tui.verbs.tagging import ask_type
from reader.tui.widgets.pieces import isolated


async def tag_all(screen: CommandScreen[Any], query: str) -> None:
    """Ask for a type, show how many hits of each article can have it, and tag them.

    Raises:
        ReaderError: If nothing is looked for.
    """
    if not fold(query):
        raise ReaderError("Type what is to be tagged first.")
    shown = shorten(query)

    async def preview(type: str) -> None:
        overlay = TagEverywhereScreen(query, shown, type)
        await screen.ask(overlay, lambda places: _tag(screen, places, type))

    await ask_type(screen, f"Tag all hits of “{isolated(shown)}” in the library as", preview)


def _tag(screen: CommandScreen[Any], places: Places, type: str) -> None:
    program = screen.program
    count = program.session.marking.tag_everywhere(places, type)
    program.last_tag = (type, None)
    articles = "1 article" if len(places) == 1 else f"{len(places):,} articles"
    undo = program.keymap.shown("history.undo")
    program.notify(
        f"{count:,} tagged {type} in {articles}. {undo} in the library takes all of them back."
    )
