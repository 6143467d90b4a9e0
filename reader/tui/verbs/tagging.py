"""Tagging the selection and linking it to entities."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.annotation import actions
from reader.annotation.actions import shorten
from reader.annotation.changes import Action, Change
from reader.annotation.lookup import Proposal
from reader.annotation.model import Alias, Entity, Mention
from reader.annotation.name_index import wordings
from reader.annotation.schema import Schema
from reader.errors import AnnotationError
from reader.text.fold import fold
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.verbs.targets import mention_at, mentions_on
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

_ROOMY = 60
"""Columns of the screen from which on proposals say why they are made."""

OFFERED = 5
"""Entities that are offered above the types for several hits at most."""

NewName = str
"""In the search for an entity: the name of one that is to be made."""


def tag_by_digit(desk: ReadingScreen, digit: str) -> None:
    """Tag the selection with the type on a digit.

    Raises:
        AnnotationError: If no type has the digit, or it is tagged so already.
    """
    kind = desk.session.schema.for_key(digit)
    if kind is None:
        raise AnnotationError(f"No entity type has the key {digit}; 0 shows all types.")
    tag(desk, kind.name)


def tag(desk: ReadingScreen, type: str, entity: str | None = None) -> None:
    """Tag the selection, or give the mention that it is already another type.

    Raises:
        AnnotationError: If it is tagged so already, or has several types.
    """
    known = mentions_on(desk)
    same = any(each.type == type and entity in (None, each.entity) for each in known)
    if not known or same:
        desk.session.marking.tag(desk.view.selection.ranges, type, entity)
    elif len(known) > 1:
        types = " and ".join(each.type for each in known)
        raise AnnotationError(f"This is tagged {types}: e changes one of them, 0 adds a type.")
    else:
        _change(desk, known[0], type, entity)
    desk.program.last_tag = (type, entity)
    desk.view.release_fragments()


def _change(desk: ReadingScreen, mention: Mention, type: str, entity: str | None) -> None:
    """Give a mention another type, or entity, and say what it was."""
    author = desk.session.author
    fields = {"type": type} if entity is None else {"type": type, "entity": entity}
    lost = actions.unsaid_as(author, mention, type)
    desk.session.apply(actions.edit_mention(author, mention, **fields))
    if mention.type != type:
        adding = desk.program.keymap.shown("tag.choose")
        desk.program.notify(
            f"{type}, was {mention.type}. {_loss(desk, type, lost)}"
            f"{adding} adds a second type instead."
        )


def retag(desk: ReadingScreen, mention: Mention, type: str) -> None:
    """Give a mention another type; say what it cannot be said of that any more."""
    lost = actions.unsaid_as(desk.session.author, mention, type)
    desk.session.marking.retag(mention, type)
    if lost:
        desk.program.notify(_loss(desk, type, lost).strip())


def _loss(desk: ReadingScreen, type: str, lost: Sequence[str]) -> str:
    """What a mention loses with its type, for a notice; "" if it keeps all."""
    if not lost:
        return ""
    found = map(desk.session.schema.attribute, lost)
    titles = ", ".join(f"“{isolated(each.title)}”" for each in found if each is not None)
    undo = desk.program.keymap.shown("history.undo")
    return f"Lost: {titles}, which cannot be said of {type}; {undo} takes it back. "


def repeat(desk: ReadingScreen) -> None:
    """Tag the selection as the last one was.

    Raises:
        AnnotationError: If nothing was tagged yet.
    """
    if desk.program.last_tag is None:
        raise AnnotationError("Nothing was tagged yet: 1-9 tag the selection.")
    type, entity = desk.program.last_tag
    known = desk.annotations.entity(entity)
    tag(desk, type, known.id if known is not None else None)


async def choose_type(desk: ReadingScreen) -> None:
    """Tag the selection with a type chosen from a list; one that has a type gets a second."""
    quote = isolated(shorten(_quote(desk)))
    known = " and ".join(mention.type for mention in mentions_on(desk))
    question = f"Tagged {known}: add which type to “{quote}”?" if known else f"Type of “{quote}”"
    await ask_type(desk, question, lambda type: _add(desk, type))


def _add(desk: ReadingScreen, type: str) -> None:
    desk.session.marking.tag(desk.view.selection.ranges, type)
    desk.program.last_tag = (type, None)
    desk.view.release_fragments()


async def ask_type(
    desk: CommandScreen[Any], question: str, then: Callable[[str], Awaitable[Any] | None]
) -> None:
    """Ask for an entity type."""
    choices = type_choices(desk.program.session.schema)
    await desk.ask(ChoiceScreen[str](question, choices), then)


def type_choices(schema: Schema) -> list[Choice]:
    """Return the types that can be tagged with, each with its digit."""
    return [Choice(k.name, k.name, k.title, k.key, k.colour) for k in schema.offered]


def entity_choices(schema: Schema, entities: Iterable[Entity]) -> list[Choice]:
    """Return entities that hits can be tagged and linked with, to stand above the types."""
    kinds = {kind.name: kind.colour for kind in schema.entity_types}
    return [
        Choice(each.type, each, f"= {isolated(each.name)}", "", kinds.get(each.type, ""))
        for each in entities
    ]


def is_called(entity: Entity, words: str) -> bool:
    """Tell whether a name has all the words: “Assange” is a part of “Julian Assange”."""
    wanted = set(fold(words).split())
    return any(wanted <= set(fold(name).split()) for name in wordings(entity))


async def link(desk: ReadingScreen) -> None:
    """Find the entity of the selection by typing, or make a new one."""
    mention = mention_at(desk)
    if mention is not None:
        await link_mention(desk, mention)
        return
    probe = Mention("", desk.span(), "", desk.session.annotator.id, "", "")
    await _ask_for(desk, probe, lambda chosen: _tag_and_link(desk, chosen))


async def link_mention(desk: ReadingScreen, mention: Mention) -> None:
    """Find the entity of a mention by typing, or make a new one."""
    await _ask_for(desk, mention, lambda chosen: _link_to(desk, mention, chosen))


async def _ask_for(
    desk: ReadingScreen, mention: Mention, then: Callable[[Entity | NewName], Awaitable[Any] | None]
) -> None:
    quote = mention.span.quote
    await ask_entity(desk, f"Entity of “{isolated(shorten(quote))}”", mention, quote, then)


async def ask_entity(
    desk: ReadingScreen,
    question: str,
    probe: Mention | None,
    name: str,
    then: Callable[[Entity | NewName], Awaitable[Any] | None],
) -> None:
    """Find an entity by typing.

    Args:
        desk: Where.
        question: Shown above the line.
        probe: The mention to propose for, if any.
        name: What a new entity is called while nothing is typed; "" offers none.
        then: Gets the entity, or the name for a new one.
    """

    def find(typed: str) -> Sequence[Row]:
        return entity_rows(desk, typed.strip(), probe, name)

    overlay: SearchScreen[Entity | NewName] = SearchScreen(
        question,
        find,
        proposal_columns(desk),
        placeholder="type a name; Enter takes the marked row",
        words=name,
    )
    await desk.ask(overlay, then)


def proposal_columns(desk: CommandScreen[Any]) -> tuple[int, ...]:
    """Type and name; where there is room also what matches, and how often it is named here."""
    return (8, 0, 26, 7) if desk.app.size.width >= _ROOMY else (6, 0)


def entity_rows(desk: ReadingScreen, typed: str, probe: Mention | None, name: str) -> list[Row]:
    """Return proposals: those that match, a new entity, and with nothing typed the others."""
    new = typed or " ".join(name.split())
    session = desk.session
    matching = session.finding.propose(new, probe) if new else ()
    known = {proposal.entity.id for proposal in matching}
    others = () if typed else session.finding.propose("", probe)
    rows = [proposal_row(desk, proposal) for proposal in matching]
    if new:
        blank = (Cell(""), Cell(""))
        cells = (Cell("new", "dim"), Cell(f"create new entity “{isolated(new)}”", base=0), *blank)
        rows.append(Row(cells, new))
    return [*rows, *(proposal_row(desk, p) for p in others if p.entity.id not in known)]


def proposal_row(desk: CommandScreen[Any], proposal: Proposal) -> Row:
    """Return the row of a proposed entity: type, name, what matches, how often it is named here."""
    entity = proposal.entity
    kind = desk.program.session.schema.entity_type(entity.type)
    colour = kind.colour if kind is not None else ""
    here = f"×{proposal.here} here" if proposal.here else ""
    cells = (
        Cell(entity.type, colour=colour, base=0),
        Cell(entity.name),
        Cell(_why(proposal), "dim", base=0),
        Cell(here, "dim", base=0),
    )
    return Row(cells, entity)


def _why(proposal: Proposal) -> str:
    """Say which alias is written, or sounds, like what was typed; else, some of the aliases."""
    entity, wording = proposal.entity, proposal.wording
    if wording is None or (wording.text == entity.name and not proposal.sounds):
        return " · ".join(map(isolated, wordings(entity)[1:3]))
    language = f" · {isolated(wording.language)}" if wording.language else ""
    return f"{'sounds like ' if proposal.sounds else ''}{isolated(wording.text)}{language}"


def _link_to(desk: ReadingScreen, mention: Mention, chosen: Entity | NewName) -> None:
    if isinstance(chosen, Entity):
        entity = chosen
        desk.session.marking.link(mention, entity)
    else:
        entity = desk.session.marking.create_entity(chosen, mention.type, mention)
    desk.program.last_tag = (mention.type, entity.id)


async def _tag_and_link(desk: ReadingScreen, chosen: Entity | NewName) -> None:
    if isinstance(chosen, Entity):
        _tag_linked(desk, chosen, ())
        return
    question = f"Type of the new entity “{isolated(shorten(chosen))}”"
    await ask_type(desk, question, lambda type: _tag_as_new(desk, chosen, type))


def _tag_as_new(desk: ReadingScreen, name: str, type: str) -> None:
    """Make an entity and tag the selection as a mention of it, in one action."""
    made = actions.create_entity(desk.session.author, name, type)
    entity = next(c.after for c in made.changes if isinstance(c.after, Entity))
    quote = _quote(desk)
    if quote != name:
        entity = replace(entity, aliases=(Alias(quote, desk.article.language),))
    _tag_linked(desk, entity, (Change(None, entity),))


def _tag_linked(desk: ReadingScreen, entity: Entity, first: Sequence[Change]) -> None:
    """Tag the selection as a mention of an entity, which learns the wording, in one action."""
    session = desk.session
    author = session.author
    tagged = actions.tag(author, desk.span(), entity.type, entity.id)
    mention = next(c.after for c in tagged.changes if isinstance(c.after, Mention))
    learned: list[Change] = []
    if not first:
        linked = actions.link_and_learn(author, mention, entity, desk.article.language)
        learned = [c for c in linked.changes if isinstance(c.after, Entity)]
    changes = (*first, *tagged.changes, *learned)
    what = f"tag “{shorten(mention.span.quote)}” as {entity.name}"
    session.apply(Action(tagged.id, tagged.annotator, what, changes, tagged.created))
    desk.program.last_tag = (entity.type, entity.id)
    desk.view.release_fragments()


def unlink(desk: ReadingScreen) -> None:
    """Take the entity off the mention under the selection.

    Raises:
        AnnotationError: If there is no mention.
    """
    mention = mention_at(desk)
    if mention is None:
        raise AnnotationError("There is no mention of yours under the selection.")
    desk.session.marking.link(mention, None)


def _quote(desk: ReadingScreen) -> str:
    return desk.span().quote
