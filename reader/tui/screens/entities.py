"""The entities of the library: sorted, filtered, and those that may be one side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from reader.annotation.entity_list import EntityTable, EntityView, Listed
from reader.annotation.schema import Schema
from reader.errors import ReaderError
from reader.session import Changed
from reader.tui.commands import Need
from reader.tui.screens.base import Verb, list_verbs, needs_met
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.entity_rows import (
    columns,
    empty_rows,
    entity_row,
    head_words,
    pair_row,
    shown_words,
    titles,
)
from reader.tui.screens.listing import PAUSE, ListingScreen
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.pieces import worded
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow
from reader.work.entities import EntityWork


class EntitiesScreen(ListingScreen):
    """A list of the entities.

    Args:
        entity: Id of the entity to put the cursor on at first, if it shows.
        view: What to show at first, for this once; None for what was shown last.
    """

    CONTEXT: ClassVar[str] = "entities"
    FILTER: ClassVar[str] = "entity_filter"

    def __init__(self, entity: str | None = None, view: EntityView | None = None) -> None:
        super().__init__(entity, view, "a part of a name, or what sounds like it", columns)
        self.shown: Sequence[Listed] = ()
        self._table: EntityTable | None = None

    def opened(self) -> None:
        """Make names ready, so that the first letter that is typed need not wait."""
        self.preparing.start(self.work.preparing(EntityView(text=" ")), PAUSE)

    @property
    def work(self) -> EntityWork:
        """What is done to entities."""
        return self.program.views.entity_work

    @property
    def view(self) -> EntityView:
        """How the entities are looked at."""
        return self.program.views.entities

    @property
    def listed(self) -> Listed | None:
        """The row under the cursor."""
        return None if self.rows.current is None else self.rows.current.value

    @property
    def current(self) -> str | None:
        """The id of the entity under the cursor."""
        return None if self.listed is None else self.listed.entry.entity.id

    @property
    def met(self) -> frozenset[Need]:
        """Whether an entity, or one of a pair that may be one, is under the cursor."""
        return frozenset(needs_met(self.rows) | self._paired)

    @property
    def _paired(self) -> set[Need]:
        return {"pair"} if self.listed is not None and self.listed.twin is not None else set()

    def keep(self, view: EntityView) -> None:
        """Make this the view that is kept for the next time."""
        self.program.views.entities = view

    def plain(self) -> EntityView:
        """Return the view that shows everything."""
        return EntityView()

    def refill(self, entity: str | None = None) -> None:
        """Read the entities, and keep the row, or go to that of an entity."""
        try:
            self._table = self.work.table()
            self.show_list(entity or self.current, self.rows.cursor)
        except ReaderError as error:
            super().refuse(error)

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be done; show what another has changed meanwhile."""
        self.refill()
        super().refuse(error)

    def on_changed(self, changed: Changed) -> None:
        """Show what was done, here or below what is open."""
        self.refill()
        if self.app.screen is self:
            self.program.notify(worded(changed.what))

    def show_list(self, kept: str | None, otherwise: int = 0) -> None:
        """Show the entities, with the cursor on what it was on, or else on a row."""
        if self._table is None:
            return
        view = self.view
        if (view.text or view.duplicates) and not self.preparing.done_at_once(
            self.work.preparing(view)
        ):
            self.query_one("#shown", TextRow).update(" Looking through the names…", 0)
            return
        self.shown = self._table.arranged(self.view)
        width = self.app.size.width
        make = partial(_row, schema=self.program.session.schema, width=width)
        lines = list(_paired(self.shown)) if self.view.duplicates else self.shown
        rows: Sequence[Row] = LazyRows(lines, make) if lines else list(self._nothing())
        found = (i for i, line in enumerate(lines) if _id(line) == kept and kept is not None)
        self.rows.show(rows, next(found, min(otherwise, len(rows) - 1)))
        self.query_one("#columns", RowList).show([titles(width)] if lines else [])
        self.query_one("#head", TextRow).update(head_words(self._table), 0)
        said = shown_words(self.view, len(self.shown), len(self._table.entries))
        self.query_one("#shown", TextRow).update(said, 0)

    def prepared(self) -> None:
        """Show what had to wait until the names were looked through."""
        if not self.preparing.busy and (self.view.text or self.view.duplicates):
            self.show_list(self.current, self.rows.cursor)

    def _nothing(self) -> Iterator[Row]:
        keys = self.program.keymap
        if self._table is not None and not self._table.entries:
            yield from empty_rows(keys.shown("entity.link"), keys.shown("entities.new"))
            return
        what = (
            "Nothing looks like a duplicate" if self.view.duplicates else "No entity is like that"
        )
        key = keys.shown("entity_filter.cancel" if self.typing else "list.cancel")
        yield Row((Cell(f"{what}. {key} shows more.", base=0),))

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the list, sort and filter it, open an entity, leave."""
        from reader.tui.verbs.entities import LIST_VERBS

        return list_verbs(self.rows) | {
            "list.cancel": self.leave,
            "entities.sort": lambda: self.look(self.view.sorted_next()),
            "entities.filter": self.start_typing,
            "entities.type": self._ask_type,
            "entities.several": lambda: self._turn("several"),
            "entities.unidentified": lambda: self._turn("unidentified"),
            "entities.duplicates": lambda: self._turn("duplicates"),
            "entity_filter.up": lambda: self.rows.move(-1),
            "entity_filter.down": lambda: self.rows.move(+1),
            "entity_filter.accept": self.stop_typing,
            "entity_filter.cancel": self.drop_typed,
            **{id: partial(verb, self) for id, verb in LIST_VERBS.items()},
        }

    def _turn(self, name: str) -> None:
        """Turn a filter on or off."""
        turned: dict[str, Any] = {name: not getattr(self.view, name)}
        self.look(replace(self.view, **turned))

    async def _ask_type(self) -> None:
        """Filter by type."""
        assert self._table is not None
        counts: dict[str, int] = {}
        for entry in self._table.entries:
            counts[entry.entity.type] = counts.get(entry.entity.type, 0) + 1
        choices = [Choice("all", "", f"{len(self._table.entries):,}", key="a")]
        for name in sorted(counts, key=lambda each: (-counts[each], each)):
            kind = self.program.session.schema.entity_type(name)
            key, colour = ("", "") if kind is None else (kind.key, kind.colour)
            choices.append(Choice(name, name, f"{counts[name]:,}", key=key, colour=colour))
        overlay: ChoiceScreen[str] = ChoiceScreen("Show the entities of which type?", choices)
        await self.ask(overlay, lambda type: self.look(replace(self.view, type=type)))

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Open the entity that is clicked."""
        from reader.tui.verbs.entities import open_current

        await self.attempt(lambda: open_current(self))


def _paired(shown: Sequence[Listed]) -> Iterator[Listed | tuple[Listed]]:
    """Put a heading, as a tuple, above each two that may be one."""
    for number, listed in enumerate(shown):
        if number % 2 == 0:
            yield (listed,)
        yield listed


def _row(line: Listed | tuple[Listed], schema: Schema, width: int) -> Row:
    return entity_row(line, schema, width) if isinstance(line, Listed) else pair_row(line[0])


def _id(line: Listed | tuple[Listed]) -> str | None:
    return line.entry.entity.id if isinstance(line, Listed) else None
