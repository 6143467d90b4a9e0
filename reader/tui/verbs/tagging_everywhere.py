"""Tagging what was looked for in all articles, after a look at how many they are."""

from __future__ import annotations

from typing import Any

from reader.annotation.actions import shorten
from reader.annotation.model import Entity
from reader.errors import ReaderError
from reader.text.fold import fold
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.choice import ChoiceScreen
from reader.tui.screens.tag_everywhere import Places, TagEverywhereScreen
from reader.tui.verbs.tagging import OFFERED, entity_choices, is_called, type_choices
from reader.tui.widgets.pieces import isolated


async def tag_all(screen: CommandScreen[Any], query: str) -> None:
    """Ask what the hits are, show how many of each article can be tagged so, and tag them.

    Entities that are called so come first, then the types.

    Raises:
        ReaderError: If nothing is looked for.
    """
    if not fold(query):
        raise ReaderError("Type what is to be tagged first.")
    shown, schema = shorten(query), screen.program.session.schema

    async def preview(kind: str | Entity) -> None:
        type, entity = (kind.type, kind) if isinstance(kind, Entity) else (kind, None)
        overlay = TagEverywhereScreen(query, shown, type, entity)
        await screen.ask(overlay, lambda places: _tag(screen, places, type, entity))

    question = f"Tag all hits of “{isolated(shown)}” in the library as"
    choices = entity_choices(schema, _entities(screen, query)) + type_choices(schema)
    await screen.ask(ChoiceScreen[str | Entity](question, choices), preview)


def _entities(screen: CommandScreen[Any], query: str) -> list[Entity]:
    found = (proposal.entity for proposal in screen.program.views.entity_work.propose(query))
    return [entity for entity in found if is_called(entity, query)][:OFFERED]


def _tag(screen: CommandScreen[Any], places: Places, type: str, entity: Entity | None) -> None:
    program = screen.program
    count = program.session.marking.tag_everywhere(places, type, entity)
    program.last_tag = (type, entity.id if entity else None)
    linked = f" and linked to {isolated(entity.name)}" if entity else ""
    articles = "1 article" if len(places) == 1 else f"{len(places):,} articles"
    undo = program.keymap.shown("history.undo")
    program.notify(
        f"{count:,} tagged {type}{linked} in {articles}. "
        f"{undo} in the library takes all of them back."
    )
