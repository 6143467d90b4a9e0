"""What the list of entities leads to, and what is done to an entity that is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from reader.annotation.actions import shorten
from reader.annotation.lookup import Proposal
from reader.annotation.model import Alias, Entity, LinkStatus, Mention, Ref
from reader.annotation.wikidata import ids_in, links_of
from reader.corpus.scripts import RIGHT_TO_LEFT, count_scripts
from reader.errors import AnnotationError, UsageError
from reader.overview.shelf import languages
from reader.tui.screens.ask_line import LineScreen
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.entities import EntitiesScreen
from reader.tui.screens.entity_sheet import EntityScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.verbs.jumping import to_span
from reader.tui.verbs.tagging import ask_type, proposal_columns, proposal_row
from reader.tui.verbs.targets import spans_at
from reader.tui.verbs.writing import write
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row
from reader.user.drafts import KeptDraft

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_LANGUAGES = 12
"""Languages that are offered for a name at most."""


async def show(app: ReaderApp) -> None:
    """Show the entity under the selection, or under the cursor of the inspector; else the list."""
    screen = app.screen
    id = _under(screen) if isinstance(screen, ReadingScreen) else None
    if id is not None:
        await app.push_screen(EntityScreen(*id))
        return
    await show_list(app)


async def show_list(app: ReaderApp, entity: str | None = None) -> None:
    """Show the list of entities, the one that is open already if there is one."""
    if any(isinstance(screen, EntitiesScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, EntitiesScreen):
            await app.pop_screen()
    else:
        await app.push_screen(EntitiesScreen(entity))


async def open_entity(app: ReaderApp, entity: str, mention: str | None = None) -> None:
    """Show an entity over what is open."""
    await app.push_screen(EntityScreen(entity, mention))


def _under(desk: ReadingScreen) -> tuple[str, str | None] | None:
    """Find the entity that is meant in an article, with the mention that names it."""
    if desk.context == "inspector":
        group = desk.inspector.entry.group
        known = desk.annotations.get(Ref("entity", group))
        return None if known is None else (group, None)
    for record in spans_at(desk):
        if isinstance(record, Mention) and record.entity is not None:
            return record.entity, record.id
    return None


async def open_current(shelf: EntitiesScreen) -> None:
    """Open the entity under the cursor."""
    if shelf.current is not None:
        if shelf.typing:
            shelf.stop_typing()
        await open_entity(shelf.program, shelf.current)


async def create(shelf: EntitiesScreen) -> None:
    """Ask for name and type of a new entity, and make it."""

    async def named(name: str) -> None:
        if not name.strip():
            raise AnnotationError("An entity needs a name.")
        question = f"Type of the new entity “{isolated(shorten(name))}”"
        await ask_type(shelf, question, lambda type: made(name, type))

    def made(name: str, type: str) -> None:
        shelf.refill(shelf.work.create(name, type).id)

    await shelf.ask(LineScreen("Name of the new entity"), named)


async def merge_pair(shelf: EntitiesScreen) -> None:
    """Make one of two entities that may be the same: ask which of the names stays."""
    one, other = _pair(shelf)
    choices = [
        Choice("merge, the name is", (one, other), one.name),
        Choice("merge, the name is", (other, one), other.name),
        Choice("they are two, do not ask again", (), key="n"),
    ]
    overlay: ChoiceScreen[tuple[Entity, Entity] | tuple[()]]
    overlay = ChoiceScreen("Are these one? All mentions and names are kept.", choices)

    def done(chosen: tuple[Entity, Entity] | tuple[()]) -> None:
        if chosen:
            shelf.work.merge(*chosen)
        else:
            shelf.work.distinguish(one, other)

    await shelf.ask(overlay, done)


def distinguish_pair(shelf: EntitiesScreen) -> None:
    """Remember that two entities that may be the same are two."""
    shelf.work.distinguish(*_pair(shelf))


def _pair(shelf: EntitiesScreen) -> tuple[Entity, Entity]:
    """Return the two possible duplicates under the cursor.

    Raises:
        UsageError: If there are none.
    """
    listed = shelf.listed
    if listed is None or listed.twin is None:
        key = shelf.program.keymap.shown("entities.duplicates")
        raise UsageError(f"{key} shows what may be one; an open entity can be merged with any.")
    one, other = (shelf.work.now().standing(id) for id in listed.twin.pair)
    if one is None or other is None:
        raise UsageError("One of the two is no longer there.")
    return one, other


async def take(sheet: EntityScreen) -> None:
    """Go on from the row under the cursor: to the text, or to change what is there."""
    item = sheet.item
    if item is None:
        return
    if item.kind == "mention":
        await to_span(sheet, item.value.span)
    elif item.kind in ("name", "alias"):
        await _ask_name(sheet, item.value.name if item.kind == "name" else item.value.text)
    elif item.kind == "link":
        await identify(sheet)
    elif item.kind == "note":
        await write_note(sheet)
    else:
        await part(sheet)


async def rename(sheet: EntityScreen) -> None:
    """Type another name."""
    await _ask_name(sheet, sheet.entity.name)


async def _ask_name(sheet: EntityScreen, typed: str) -> None:
    entity = sheet.entity
    question = f"Name of “{isolated(shorten(entity.name))}”; the old one stays as another name"
    await sheet.ask(LineScreen(question, typed), lambda name: sheet.work.rename(entity, name))


async def add_alias(sheet: EntityScreen) -> None:
    """Type another name; the rows below say in which language and script it is."""
    entity, mention = sheet.entity, sheet.mention
    session = sheet.program.session
    known = languages(session.articles())
    rtl = {entry.language for entry in session.articles() if entry.direction == "rtl"}
    first = session.library.articles.read(mention.span.article).language if mention else ""

    def find(typed: str) -> Sequence[Row]:
        text = typed.strip()
        script = next(iter(count_scripts(text)), "")
        fits = [code for code, _ in known if (code in rtl) == (script in RIGHT_TO_LEFT)]
        codes = dict.fromkeys((*([first] if first else ()), *fits, "", *(c for c, _ in known)))
        found = [Alias(text, code, script) for code in codes] if text else []
        return [Row(_alias_cells(alias), alias) for alias in found[:_LANGUAGES]]

    question = f"Another name of “{isolated(shorten(entity.name))}”, and its language"
    overlay: SearchScreen[Alias] = SearchScreen(
        question, find, (10, 10, 0), placeholder="type the name; Enter takes the marked language"
    )
    await sheet.ask(overlay, lambda alias: sheet.work.add_alias(entity, alias))


def _alias_cells(alias: Alias) -> tuple[Cell, ...]:
    language = Cell(alias.language or "not said", "strong" if alias.language else "dim", base=0)
    return language, Cell(alias.script, "dim", base=0), Cell(alias.text)


async def retype(sheet: EntityScreen) -> None:
    """Choose another type; mentions keep theirs."""
    entity = sheet.entity
    question = f"Type of “{isolated(shorten(entity.name))}”; mentions keep theirs"
    await ask_type(sheet, question, lambda type: sheet.work.retype(entity, type))


async def write_note(sheet: EntityScreen) -> None:
    """Write the note on the entity."""
    entity, session = sheet.entity, sheet.program.session
    kept = KeptDraft(session.path, f"{session.annotator.name} entity {entity.id}")

    def save(text: str, again: bool) -> None:
        now = sheet.entity if again else entity
        if text.strip() != now.note:
            sheet.work.annotate(now, text)

    question = f"Note on “{isolated(shorten(entity.name))}” (empty takes it away)"
    await write(sheet, question, entity.note, kept, save)


async def identify(sheet: EntityScreen) -> None:
    """Type the Wikidata id, or the address of its page; then say how sure it is."""
    entity = sheet.entity
    known = " ".join(link.id for link in links_of(entity))
    question = "Wikidata id or address; several if any of them may be meant (empty: none)"
    overlay = LineScreen(question, known.strip(), "Q22686", base=0)
    await sheet.ask(overlay, lambda typed: _ask_status(sheet, entity, typed))


async def _ask_status(sheet: EntityScreen, entity: Entity, typed: str) -> None:
    """Ask how sure it is that an entity is what was typed, or what it says that nothing was."""
    ids = ids_in(typed)
    ambiguous = Choice("ambiguous", "ambiguous", "several items may be meant", key="a")
    if ids:
        choices = [
            Choice("confirmed", "confirmed", "this is the item", key="c"),
            Choice("proposed", "proposed", "somebody should look again", key="p"),
            ambiguous,
        ]
        # Several ids are nothing but ambiguous.
        choices = choices if len(ids) == 1 else [ambiguous]
    else:
        choices = [
            Choice("nobody has looked", "", "say nothing of Wikidata", key="l"),
            Choice("none", "none", "looked for, and there is no item", key="n"),
            ambiguous,
        ]
    shown = " or ".join(ids) or "No id"
    overlay: ChoiceScreen[LinkStatus | Literal[""]]
    overlay = ChoiceScreen(f"{shown} for “{isolated(shorten(entity.name))}”", choices)
    await sheet.ask(overlay, lambda s: sheet.work.identify(entity, " ".join(ids), s or None))


async def find_others(sheet: EntityScreen) -> None:
    """Show where the names of the entity stand in all articles, and tag them if that is wanted.

    Raises:
        UsageError: If it is retired.
    """
    from reader.suggest.proposals import names_of
    from reader.tui.screens.suggestions import Subject
    from reader.tui.verbs.suggesting_everywhere import suggest

    entity = sheet.entity
    if entity.retired:
        key = sheet.program.keymap.shown("entity.retire")
        raise UsageError(f"It is retired, so it is not proposed; {key} brings it back.")
    names = tuple(names_of((entity, *sheet.absorbed)))
    await suggest(sheet, Subject(entity.name, names), sheet.refill)


async def merge(sheet: EntityScreen) -> None:
    """Find the entity that this one is the same as, and merge this one into it."""
    entity, work = sheet.entity, sheet.work
    twins = work.twins(entity)

    def find(typed: str) -> Sequence[Row]:
        found = list(work.propose(typed.strip() or entity.name))
        if not typed.strip():
            likely = [Proposal(each, 0.0, None, 0) for each in twins]
            found = [*likely, *found, *work.propose("")]
        offered: dict[str, Proposal] = {}
        for each in found:
            offered.setdefault(each.entity.id, each)
        offered.pop(entity.id, None)
        return [proposal_row(sheet, each) for each in offered.values()]

    question = f"Merge “{isolated(shorten(entity.name))}” into…"
    overlay: SearchScreen[Entity] = SearchScreen(
        question, find, proposal_columns(sheet), placeholder="type a name"
    )
    await sheet.ask(overlay, lambda kept: sheet.work.merge(kept, entity))


async def part(sheet: EntityScreen) -> None:
    """Take out again what was merged into the entity: the one under the cursor, or ask which."""
    item, absorbed = sheet.item, sheet.absorbed
    if item is not None and item.kind == "merged":
        sheet.work.part(item.value)
    elif len(absorbed) == 1:
        sheet.work.part(absorbed[0])
    elif absorbed:
        choices = [Choice(each.type, each, each.name) for each in absorbed]
        overlay: ChoiceScreen[Entity] = ChoiceScreen("Take which one out again?", choices)
        await sheet.ask(overlay, sheet.work.part)
    else:
        raise UsageError("Nothing was merged into this entity.")


async def split(sheet: EntityScreen) -> None:
    """Name the new entity that the marked mentions become."""
    marked = [each for each in sheet.mentions if each.id in sheet.marked]
    if not marked:
        key = sheet.program.keymap.shown("entity.mark")
        raise UsageError(f"Mark the mentions that are another entity first: {key}.")
    entity = sheet.entity
    wording = Counter(mention.span.quote for mention in marked).most_common(1)[0][0]
    question = f"Name of the new entity of {len(marked):,} of {len(sheet.mentions):,} mentions"

    def made(name: str) -> None:
        sheet.work.split(entity, marked, name)

    await sheet.ask(LineScreen(question, " ".join(wording.split())), made)


def retire(sheet: EntityScreen) -> None:
    """Offer the entity for linking no more, or again."""
    entity = sheet.entity
    sheet.work.retire(entity, not entity.retired)


def delete(sheet: EntityScreen) -> None:
    """Take away the alias under the cursor; else delete the entity, if nothing refers to it."""
    item = sheet.item
    if item is not None and item.kind == "alias":
        sheet.work.remove_alias(sheet.entity, item.value)
    elif item is not None and item.kind == "link":
        sheet.work.unlink(sheet.entity, item.value)
    elif item is not None and item.kind == "mention":
        raise UsageError("A mention is deleted in its text: Enter goes there.")
    else:
        sheet.work.delete(sheet.entity)
        # The screen closes first, which takes its notices with it.
        back = f"{sheet.program.keymap.shown('history.undo')} brings it back."
        sheet.app.call_later(sheet.program.notify, back, title="Deleted")


Verb = Callable[[Any], Awaitable[Any] | None]
VERBS: dict[str, Verb] = {
    "list.accept": take,
    "entity.rename": rename,
    "entity.alias": add_alias,
    "entity.type": retype,
    "entity.note": write_note,
    "entity.wikidata": identify,
    "entity.merge": merge,
    "entity.others": find_others,
    "entity.part": part,
    "entity.split": split,
    "entity.retire": retire,
    "entity.delete": delete,
}
"""What the commands of the scope `entity` do."""

LIST_VERBS: dict[str, Verb] = {
    "list.accept": open_current,
    "entities.new": create,
    "entities.merge": merge_pair,
    "entities.distinguish": distinguish_pair,
}
"""What the commands of the scope `entities` do."""
