"""The way to deciding between two annotators, and editing a version of theirs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from reader.annotation.model import Attribution, Entity, Mention
from reader.errors import UsageError
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row
from reader.work.adjudication import Marked

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.screens.adjudicate import AdjudicateScreen


async def adjudicate(app: ReaderApp, pair: tuple[str, str]) -> None:
    """Begin to decide between two annotators, above the library."""
    from reader.tui.screens.adjudicate import AdjudicateScreen

    await app.navigation.show_library()
    await app.push_screen(AdjudicateScreen(pair))


def retype(screen: AdjudicateScreen, digit: str) -> None:
    """Give the draft the entity type of a digit."""
    draft = screen.draft
    types = {kind.key: kind.name for kind in screen.session.schema.offered}
    if isinstance(draft, Mention) and digit in types:
        screen.amend(replace(draft, type=types[digit]))
    elif isinstance(draft, Mention):
        raise UsageError(f"No type has the key {digit}.")


async def link(screen: AdjudicateScreen) -> None:
    """Choose the entity of the draft."""
    draft, session = screen.draft, screen.session
    if not isinstance(draft, Mention):
        raise UsageError("Only a mention names an entity.")

    def find(typed: str) -> Sequence[Row]:
        rows = [_entity_row(entity) for entity in session.finding.find_entities(typed, draft)]
        return [*rows, Row((Cell(""), Cell("no entity", "dim", base=0)), "")]

    overlay: SearchScreen[str] = SearchScreen("Which entity is it?", find, (8, 0))
    await screen.ask(overlay, lambda id: screen.amend(replace(draft, entity=id or None)))


def _entity_row(entity: Entity) -> Row:
    return Row((Cell(entity.type, "dim"), Cell(entity.name)), entity.id)


async def say_otherwise(screen: AdjudicateScreen) -> None:
    """Choose a field in which the two differ, and another value of it."""
    draft, question = screen.draft, screen.question
    if draft is None or question is None or not question.fields:
        raise UsageError("The two say the same of it.")
    if len(question.fields) == 1:
        await _ask_value(screen, draft, question.fields[0])
        return
    choices = [Choice(name.replace("_", " "), name) for name in question.fields]
    overlay: ChoiceScreen[str] = ChoiceScreen("Say what otherwise?", choices)
    await screen.ask(overlay, lambda name: _ask_value(screen, draft, name))


async def _ask_value(screen: AdjudicateScreen, draft: Marked, name: str) -> None:
    question, entities = screen.question, screen.session.annotations
    known: list[Any] = list(get_args(get_type_hints(type(draft))[name]))
    if name in ("claimant", "source_entity") and question is not None:
        sides = (question.left, question.right)
        known = list(dict.fromkeys(getattr(side, name) for side in sides if side is not None))
    choices = []
    for value in known:
        entity = entities.entity(value)
        shown = str(value or "nobody") if entity is None else ""
        choices.append(Choice(shown, (value,), "" if entity is None else entity.name))
    overlay: ChoiceScreen[tuple[Any]] = ChoiceScreen(f"{name.replace('_', ' ')}:", choices)
    await screen.ask(overlay, lambda chosen: screen.amend(replace(draft, **{name: chosen[0]})))


def draft_words(screen: AdjudicateScreen, draft: Marked) -> str:
    """Say what is being made, in a row."""
    parts = [isolated(draft.type)] if isinstance(draft, Mention) else []
    if isinstance(draft, Mention):
        entity = screen.session.annotations.entity(draft.entity)
        parts += [] if entity is None else [f"= {isolated(entity.name)}"]
    elif screen.question is not None:
        for name in screen.question.fields:
            value = getattr(draft, name)
            entity = screen.session.annotations.entity(value)
            said = str(value or "nobody") if entity is None else isolated(entity.name)
            parts.append(f"{name.replace('_', ' ')} {said}")
    where = "" if isinstance(draft, Attribution) else ": select its text"
    shown = screen.program.keymap.shown("amend.accept")
    return f"Edit {' '.join(parts)}{where}; {shown} settles it"
