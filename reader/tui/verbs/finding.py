"""Finding words in the article, going from hit to hit, and tagging all hits."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.annotation.hits import Taggable, beside, hits_in, taggable
from reader.annotation.model import Mention
from reader.annotation.spans import Range
from reader.errors import ReaderError
from reader.suggest.borders import stands_alone
from reader.tui.screens.find import FindScreen, HitsScreen, left_out
from reader.tui.verbs.finding_everywhere import go_on
from reader.tui.verbs.tagging import ask_type
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


async def tag_all(desk: ReadingScreen) -> None:
    """Ask for a type, show the hits of the last search that can have it, and tag them.

    Raises:
        ReaderError: If nothing was looked for yet, or it is not in this article.
    """
    question = f"Tag all {len(_hits(desk))} hits of {_quoted(desk)} as"
    await ask_type(desk, question, lambda type: _preview(desk, type))


async def _preview(desk: ReadingScreen, type: str) -> None:
    found = _taggable(desk, type)
    if not found.hits:
        raise ReaderError(f"No hit of “{_query(desk)}” is left to tag. {left_out(found)}.")
    question = f"Enter tags {len(found.hits)} {type} {_quoted(desk)}"
    overlay = HitsScreen(question, desk.article, found, desk.session.sentences())
    await desk.ask(overlay, lambda hits: _tag(desk, hits, type))


def _tag(desk: ReadingScreen, hits: tuple[Range, ...], type: str) -> None:
    count = desk.session.tag_all([[hit] for hit in hits], type)
    desk.program.last_tag = (type, None)
    undo = desk.program.keymap.shown("history.undo")
    desk.program.notify(f"{count} tagged {type}. {undo} takes all of them back.")


def _taggable(desk: ReadingScreen, type: str) -> Taggable:
    me, article = desk.session.annotator.id, desk.article
    mentions = [
        mention
        for mention in desk.annotations.all(Mention)
        if (mention.type, mention.annotator, mention.span.article) == (type, me, article.id)
    ]
    barred = [(part.start, part.end) for part in article.roles if part.role == "boilerplate"]
    return taggable(article.text, _hits(desk), barred, mentions, stands_alone)


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
