"""Finding words in the article, and going from hit to hit."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.annotation.hits import beside, hits_in
from reader.annotation.spans import Range
from reader.errors import ReaderError
from reader.tui.screens.find import FindScreen
from reader.tui.verbs.finding_everywhere import go_on
from reader.tui.widgets.pieces import isolated

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


async def find(desk: ReadingScreen) -> None:
    """Type words and see them in the text; what is found stays selected."""

    spot = desk.spot()

    def found(query: str) -> Awaitable[None] | None:
        if not query:
            return step(desk, by=+1)
        desk.program.last_query, desk.program.found_everywhere = query, False
        desk.program.jumps.leave(spot)
        return None

    overlay = FindScreen(desk.view, desk.article.text, desk.program.last_query)
    await desk.ask(overlay, found)


async def step(desk: ReadingScreen, by: int) -> None:
    """Select the next (1) or previous (-1) hit of the last search.

    One in the library goes on in the next article, one in an article at its other end.

    Raises:
        ReaderError: If nothing was looked for yet, or it is not in this article.
    """
    everywhere = desk.program.found_everywhere
    hits = hits_in(desk.article.text, desk.program.last_query) if everywhere else _hits(desk)
    index, wrapped = beside(hits, desk.view.selection.start, by) if hits else (0, True)
    if everywhere and wrapped and await go_on(desk, by):
        return
    found = _hits(desk)[index]
    desk.view.show_hits(hits)
    desk.mark_spot()
    desk.view.show_hit(*found)
    if wrapped and len(hits) == 1:
        desk.program.notify(f"{_quoted(desk)} stands only here.")
    elif wrapped:
        end = "end of the article: this is the first" if by > 0 else "start: this is the last"
        desk.program.notify(f"Past the {end} of {len(hits)} hits.")


def _hits(desk: ReadingScreen) -> Sequence[Range]:
    if not desk.program.last_query:
        opening = desk.program.keymap.shown("find.open")
        raise ReaderError(f"Nothing was looked for yet: {opening} finds words in the text.")
    hits = hits_in(desk.article.text, desk.program.last_query)
    if not hits:
        raise ReaderError(f"“{_query(desk)}” is not in this article.")
    return hits


def _query(desk: ReadingScreen) -> str:
    return shorten(desk.program.last_query)


def _quoted(desk: ReadingScreen) -> str:
    return f"“{isolated(_query(desk))}”"
