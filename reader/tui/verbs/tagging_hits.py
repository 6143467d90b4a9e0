"""Tagging all places of some words in the article, and linking them, after a look at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.annotation.hits import Taggable, hits_in, taggable, to_link
from reader.annotation.model import Entity, Mention
from reader.annotation.spans import Range
from reader.errors import ReaderError
from reader.suggest.borders import stands_alone
from reader.text.fold import fold
from reader.tui.screens.choice import ChoiceScreen
from reader.tui.screens.hits import HitsScreen, left_out
from reader.tui.verbs.tagging import OFFERED, entity_choices, is_called, type_choices
from reader.tui.verbs.targets import mention_at
from reader.tui.widgets.pieces import isolated

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

_LONGEST = 200
"""Code points of a selection whose other places are looked for: more is a passage, no name."""


async def tag_all(desk: ReadingScreen) -> None:
    """Ask what the selected words are, show all places that have them, and tag these.

    Entities that are called so come first, then the types. Where a hit of the
    last search is selected, its words are those that were typed.

    Raises:
        ReaderError: If the selection is no name.
    """
    query = _query(desk)
    count = len(_hits(desk, query))
    places = "the only place" if count == 1 else f"all {count} places"
    question = f"Tag {places} of “{_shown(query)}” as"
    known = mention_at(desk)
    types = type_choices(desk.session.schema)
    first = next((i for i, each in enumerate(types) if known and each.value == known.type), 0)
    entities = _entities(desk, query, known)
    choices = entity_choices(desk.session.schema, entities) + types
    overlay = ChoiceScreen[str | Entity](question, choices, at=0 if entities else first)
    await desk.ask(overlay, lambda kind: _preview(desk, query, kind))


def _query(desk: ReadingScreen) -> str:
    last, ranges = desk.program.last_query, desk.view.selection.ranges
    if last and all(each in hits_in(desk.article.text, last) for each in ranges):
        return last
    words = desk.span().quote
    if len(ranges) > 1 or len(words) > _LONGEST or not fold(words):
        key = desk.program.keymap.shown("find.tag_all")
        raise ReaderError(f"{key} tags all places of a name: select the name first.")
    return words


def _entities(desk: ReadingScreen, query: str, known: Mention | None) -> list[Entity]:
    """The entity of the mention that is selected, then all that are called so, or so in part."""
    own = desk.annotations.entity(known.entity if known else None)
    found = [each for each in desk.session.finding.find_entities(query) if is_called(each, query)]
    first = [own] if own else []
    return [*first, *(each for each in found if own is None or each.id != own.id)][:OFFERED]


async def _preview(desk: ReadingScreen, query: str, kind: str | Entity) -> None:
    found = _taggable(desk, query, kind)
    if not found.hits:
        raise ReaderError(f"No place of “{shorten(query)}” is left to tag. {left_out(found)}.")

    def question(count: int) -> str:
        if isinstance(kind, Entity):
            return f"Enter tags {count} “{_shown(query)}” = {isolated(kind.name)}"
        return f"Enter tags {count} {kind} “{_shown(query)}”"

    overlay = HitsScreen(question, desk.article, found, desk.session.sentences())
    await desk.ask(overlay, lambda hits: _tag(desk, hits, kind))


def _tag(desk: ReadingScreen, hits: tuple[Range, ...], kind: str | Entity) -> None:
    type, entity = (kind.type, kind) if isinstance(kind, Entity) else (kind, None)
    count = desk.session.marking.tag_all(
        [[hit] for hit in hits], type, entity.id if entity else None
    )
    desk.program.last_tag = (type, entity.id if entity else None)
    undo = desk.program.keymap.shown("history.undo")
    linked = f" and linked to {isolated(entity.name)}" if entity else ""
    desk.program.notify(f"{count} tagged {type}{linked}. {undo} takes all of them back.")


def _taggable(desk: ReadingScreen, query: str, kind: str | Entity) -> Taggable:
    me, article = desk.session.annotator.id, desk.article
    type = kind.type if isinstance(kind, Entity) else kind
    hits = _hits(desk, query)
    mentions = [
        mention
        for mention in desk.annotations.all(Mention)
        if (mention.type, mention.annotator, mention.span.article) == (type, me, article.id)
        and not (isinstance(kind, Entity) and to_link(mention, hits))
    ]
    barred = [(part.start, part.end) for part in article.roles if part.role == "boilerplate"]
    return taggable(article.text, hits, barred, mentions, stands_alone)


def _hits(desk: ReadingScreen, query: str) -> Sequence[Range]:
    return hits_in(desk.article.text, query)


def _shown(query: str) -> str:
    return isolated(shorten(query))
