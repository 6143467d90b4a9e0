"""An entity that is open: all that is known about it, and every place that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events

from reader.annotation.entity_list import EntityEntry
from reader.annotation.model import Entity, Mention
from reader.annotation.wikidata import confirmed, links_of, said
from reader.errors import ReaderError, UsageError
from reader.overview.quotes import Quote, Quotes
from reader.session import Changed
from reader.tui.commands import Need
from reader.tui.jumps import EntitySpot
from reader.tui.screens.base import CommandScreen, Verb, list_verbs, needs_met
from reader.tui.screens.entity_sheet_rows import Item, MentionRows, columns, facts, places
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.pieces import isolated, worded
from reader.tui.widgets.rows import Cell, Row, RowList, wrapped
from reader.tui.widgets.text_row import TextRow
from reader.work.entities import Entities, EntityWork

_SENTENCE = 4
"""Rows for the sentence of the mention under the cursor."""
_TALL = 16
"""Rows of the screen below which the sentence has no rows of its own."""


class EntityScreen(CommandScreen[None]):
    """An entity: names, note, links, what was merged into it, mentions in their sentences.

    Args:
        entity: Its id, or that of one that was merged into it.
        mention: Id of the mention to put the cursor on at first.
    """

    CONTEXT: ClassVar[str] = "entity"
    STAYS: ClassVar[bool] = True
    DEFAULT_CSS = """
    EntityScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #facts { background: $panel; color: $foreground; }
        & > #entity { height: 1fr; }
        & > #sentence { background: $surface; height: 1; border-top: none; }
    }
    """

    def __init__(self, entity: str, mention: str | None = None) -> None:
        super().__init__()
        self.rows = RowList(columns(80), driven=True, id="entity")
        self.sentence = RowList((0,), id="sentence")
        self.sentence.can_focus = False
        self.marked: dict[str, Mention] = {}
        """Mentions that are chosen for a split, by id."""
        self.mentions: tuple[Mention, ...] = ()
        self._entity = entity
        self._first = mention
        self._entities: Entities | None = None
        self._things: Sequence[Any] = ()
        self._names: dict[str, str] = {}

    def body(self) -> Iterator[Any]:
        """Head, rows, the sentence of the mention under the cursor."""
        yield TextRow("", id="head", base=0)
        yield TextRow("", id="facts", base=0)
        yield self.rows
        yield self.sentence

    def on_mount(self) -> None:
        """Show the entity."""
        self._unsubscribe = self.program.session.subscribe(self._on_changed)
        self.rows.focus()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.refill()
        wanted = (i for i, thing in enumerate(self._things) if _is(thing, self._first))
        self.rows.move_to(next(wanted, 0))
        self.tell()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    def on_resize(self, event: events.Resize) -> None:
        """Share the width out anew, and break the sentence."""
        self.rows.columns = columns(event.size.width)
        self.call_after_refresh(self.tell)

    def on_screen_resume(self) -> None:
        """Read the entity again after something else was open."""
        if self.is_mounted and self.rows.rows:
            self.refill()

    @property
    def work(self) -> EntityWork:
        """What is done to entities."""
        return self.program.views.entity_work

    @property
    def entity(self) -> Entity:
        """The entity, as it was read last.

        Raises:
            UsageError: If it is there no more.
        """
        found = None if self._entities is None else self._entities.standing(self._entity)
        if found is None:
            raise UsageError("This entity is no longer there.")
        return found

    @property
    def absorbed(self) -> tuple[Entity, ...]:
        """What was merged into it."""
        return () if self._entities is None else self._entities.absorbed(self.entity)

    @property
    def item(self) -> Item | None:
        """What the row under the cursor stands for."""
        return None if self.rows.current is None else self.rows.current.value

    @property
    def mention(self) -> Mention | None:
        """The mention under the cursor."""
        item = self.item
        return item.value if item is not None and item.kind == "mention" else None

    @property
    def met(self) -> frozenset[Need]:
        """What the row under the cursor is, and what is marked or merged."""
        return frozenset(needs_met(self.rows)).union(self._at_hand())

    def _at_hand(self) -> Iterator[Need]:
        if self.item is not None:
            yield "fact" if self.mention is None else "place"
            if self.item.kind in ("alias", "link") or not self.mentions:
                yield "loose"
        if self.marked:
            yield "marked"
        if self._entities is not None and self._entities.standing(self._entity) and self.absorbed:
            yield "merged"

    def spot(self) -> EntitySpot:
        """Where one is now."""
        return EntitySpot(self._entity, self.mention.id if self.mention is not None else None)

    def refill(self) -> None:
        """Read the entity anew, and keep the row; leave when it is gone."""
        session = self.program.session
        try:
            self._entities = self.work.now()
            if self._entities.standing(self._entity) is None:
                self._leave()
                return
            self.mentions = self._entities.mentions(self.entity)
            there = {mention.id: mention for mention in self.mentions}
            self.marked = {id: there[id] for id in self.marked if id in there}
            self._quotes = Quotes(session.library)
            self._show()
        except ReaderError as error:
            super().refuse(error)

    def take_news(self, here: bool) -> None:
        """Show what others have done to the entity."""
        self._names.clear()
        if self.is_current:
            self.refill()

    def _show(self) -> None:
        things: list[Any] = list(facts(self.entity, self.absorbed))
        things.append(Row((Cell(self._counted(), "strong", base=0),), heading=True))
        things += places(self.mentions)
        self._things = things
        rows = MentionRows(self.entity, self._quotes, frozenset(self.marked), self.other)
        self.rows.show(LazyRows(things, rows.row), self.rows.cursor)
        self._say()
        self.tell()

    def _counted(self) -> str:
        if not self.mentions:
            return "No mentions"
        articles = len({mention.span.article for mention in self.mentions})
        marked = f" · {len(self.marked):,} marked" if self.marked else ""
        return f"{_many(len(self.mentions), articles)}{marked}"

    def _say(self) -> None:
        """Say above the rows what it is."""
        entity, absorbed = self.entity, len(self.absorbed)
        self.query_one("#head", TextRow).update(f" {entity.type}  {isolated(entity.name)}", 0)
        assert self._entities is not None
        entry = self._entities.entry(entity.id) or EntityEntry(entity)
        parts = (
            "retired, not offered" if entity.retired else "",
            _many(entry.mentions, entry.articles),
            " ".join(entry.languages),
            _identified(entity),
            f"{absorbed} merged into it" if absorbed else "",
        )
        self.query_one("#facts", TextRow).update(f" {' · '.join(filter(None, parts))}", 0)

    def tell(self) -> None:
        """Show the sentence of the mention under the cursor whole, where its row has no room."""
        mention, rows = self.mention, list[Row]()
        if mention is not None and self.size.height >= _TALL:
            quote = self._quotes.sentence(mention.span)
            # A sentence that fits its row leaves all other rows to the list.
            if len(self._broken(quote, self.rows.room(1))) > 1 or quote.excerpt() != quote:
                room = sum(self.rows.room(column) for column in range(len(self.rows.columns)))
                room += len(self.rows.columns) - 1
                rows = self._broken(quote, room)
                if len(rows) == 1:
                    rows = self._broken(quote.excerpt(), room)
        self.sentence.display = bool(rows)
        self.sentence.styles.height = max(1, len(rows))
        self.sentence.show(rows)

    def _broken(self, quote: Quote, width: int) -> list[Row]:
        cell = Cell(quote.text, base=quote.base, marks=quote.marks)
        return wrapped(Row((cell,)), 0, width, _SENTENCE)

    def other(self, annotator: str) -> str:
        """Return the name of an annotator who is somebody else; "" for this one."""
        session = self.program.session
        if annotator == session.annotator.id:
            return ""
        if not self._names:
            self._names = {each.id: each.name for each in session.library.people.all()}
        return self._names.get(annotator, "somebody else")

    def mark(self) -> None:
        """Choose the mention under the cursor for a split, or take that back; go on to the next.

        Raises:
            UsageError: If there is none.
        """
        mention = self.mention
        if mention is None:
            raise UsageError("Put the cursor on a mention to mark it.")
        if self.marked.pop(mention.id, None) is None:
            self.marked[mention.id] = mention
        self._show()
        self.rows.move(+1)
        self.tell()

    def _on_changed(self, changed: Changed) -> None:
        self.refill()
        if self.app.screen is self:
            self.program.notify(worded(changed.what))

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be done; show what another has changed meanwhile."""
        self.refill()
        super().refuse(error)

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the rows, go on from one, change the entity, leave."""
        from reader.tui.verbs.entities import VERBS

        return {id: partial(self._moved, verb) for id, verb in list_verbs(self.rows).items()} | {
            "list.cancel": self._leave,
            "entity.mark": self.mark,
            **{id: partial(verb, self) for id, verb in VERBS.items()},
        }

    def _moved(self, verb: Verb) -> None:
        verb()
        self.tell()

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """A click goes on from the row."""
        from reader.tui.verbs.entities import take

        if event.rows is self.rows:
            self.tell()
            await self.attempt(lambda: take(self))

    def _leave(self) -> None:
        """Take the marks away, else go back to where the entity was opened."""
        if self.marked:
            self.marked = {}
            self._show()
        elif self.app.screen is self:
            self.dismiss(None)


def _identified(entity: Entity) -> str:
    links = links_of(entity)
    if not links:
        return "no Wikidata id"
    if links[0].status == "none":
        return "not in Wikidata"
    return said(entity) if confirmed(entity) else f"{said(entity).rstrip('?')}, {links[0].status}"


def _is(thing: Any, mention: str | None) -> bool:
    return isinstance(thing, Mention) and thing.id == mention


def _many(mentions: int, articles: int) -> str:
    counted = "1 mention" if mentions == 1 else f"{mentions:,} mentions"
    return f"{counted} in {'1 article' if articles == 1 else f'{articles:,} articles'}"
