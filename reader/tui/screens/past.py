"""The history of the library: what was done, by whom, and the way back to any state of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from reader.annotation.actions import shorten
from reader.annotation.changes import Action, Change
from reader.annotation.codec import encode_record
from reader.annotation.ids import is_id, new_id, now
from reader.annotation.model import Record, Ref
from reader.session import Changed
from reader.tui.commands import Need
from reader.tui.screens.base import CommandScreen, Overlay, Verb, list_verbs, needs_met
from reader.tui.screens.changed_place import show_change
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.general import sees_others
from reader.tui.verbs.undoing import turn
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.pieces import isolated, worded
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow
from reader.work.settling import described

if TYPE_CHECKING:
    from reader.store.history import Entry

_PAGE = 200
"""Actions that are read at first; more of them when the cursor comes to the last one."""

_NARROW = 60
_DID = {"do": "", "undo": "undone: ", "redo": "redone: ", "import": ""}
_UNTOLD = frozenset(("record", "id", "created", "created_by", "updated", "updated_by"))
"""Fields that say nothing about what was changed."""
_REFERENCE = frozenset(("kind", "id"))
"""Fields of a reference to a record."""


class PastScreen(CommandScreen[None]):
    """A list of actions, the newest first.

    Args:
        article: Id of the article that alone may be looked at, or "".
    """

    CONTEXT: ClassVar[str] = "past"
    STAYS: ClassVar[bool] = True
    DEFAULT_CSS = """
    PastScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #actions { height: 1fr; }
    }
    """

    def __init__(self, article: str) -> None:
        super().__init__()
        self.rows = RowList((17, 14, 0), driven=True, id="actions")
        self.article, self.alone = article, False
        self.annotator = ""
        self.entries: Sequence[Entry] = ()
        self._limit = _PAGE

    def body(self) -> Iterator[Any]:
        """What is shown, above the list."""
        yield TextRow("", id="head", base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self._unsubscribe = self.program.session.subscribe(lambda changed: self._refill())
        self.rows.focus()
        self._refill()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    def on_resize(self) -> None:
        """Leave room for the words."""
        self.rows.columns = (6, 8, 0) if self.app.size.width < _NARROW else (17, 14, 0)

    @property
    def chosen(self) -> Entry | None:
        """The action under the cursor."""
        return None if self.rows.current is None else self.rows.current.value

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is an action, and an article that one comes from."""
        return frozenset(needs_met(self.rows)).union({"article"} if self.article else ())

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the list, look closer, go back, leave."""
        moves = {id: self._reading_on(move) for id, move in list_verbs(self.rows).items()}
        return moves | {
            "list.last": self._go_to_the_first,
            "list.accept": self._look,
            "list.cancel": lambda: self.dismiss(None),
            "past.article": self._turn_article,
            "past.person": self._ask_person,
            "past.back": self._ask_back,
        }

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Look closer at the action that is clicked."""
        await self.attempt(self._look)

    def _reading_on(self, move: Verb) -> Verb:
        def moved() -> None:
            move()
            if self.rows.cursor >= len(self.entries) - 1 and len(self.entries) == self._limit:
                self._limit *= 4
                self._refill()

        return moved

    def _go_to_the_first(self) -> None:
        self._limit = -1
        self._refill()
        self.rows.move_to(len(self.rows.rows) - 1)

    @property
    def _by(self) -> str:
        """Whose actions show; in blind mode one's own."""
        session = self.program.session
        return session.annotator.id if session.layers.blind else self.annotator

    def take_news(self, here: bool) -> None:
        """Show what was done meanwhile, with the cursor on the same action."""
        if self.is_current:
            self._refill()

    def _refill(self) -> None:
        library = self.program.session.library
        names = {who.id: who.name for who in library.people.all()}
        kept = self.chosen.id if self.chosen is not None and self.rows.cursor else ""
        self.entries = library.past.entries(
            article=self.article if self.alone else None,
            annotator=self._by or None,
            limit=self._limit,
        )

        def row(entry: Entry) -> Row:
            day, time = entry.created[:10], entry.created[11:16]
            when = f"{day} {time}" if self.app.size.width >= _NARROW else day[5:]
            who = Cell(names.get(entry.annotator, ""), "dim")
            return Row((Cell(when, "dim", base=0), who, Cell(_words(entry), base=0)), entry)

        nothing = [Row((Cell("Nothing was done yet.", base=0),))]
        rows: Sequence[Row] = LazyRows(self.entries, row) if self.entries else nothing
        same = (i for i, entry in enumerate(self.entries) if entry.id == kept)
        self.rows.show(rows, next(same, min(self.rows.cursor, len(rows) - 1)))
        where = "in this article" if self.alone else "in the library"
        by = f" · by {isolated(names.get(self._by, ''))}" if self._by else ""
        self.query_one("#head", TextRow).update(f" What was done {where}{by} · newest first", 0)

    def _turn_article(self) -> None:
        """Show only what was done in the article that one comes from, or all again."""
        if not self.article:
            self.program.notify("Open an article first, and come back.")
            return
        self.alone, self._limit = not self.alone, _PAGE
        self.rows.move_to(0)
        self._refill()

    async def _ask_person(self) -> None:
        if not sees_others(self.program):
            return
        people = self.program.session.library.people.all()
        choices = [Choice("all", "", key="a"), *(Choice(who.name, who.id) for who in people[:9])]
        overlay: ChoiceScreen[str] = ChoiceScreen("Show what who did?", choices)
        await self.ask(overlay, self._show_person)

    def _show_person(self, annotator: str) -> None:
        self.annotator, self._limit = annotator, _PAGE
        self.rows.move_to(0)
        self._refill()

    async def _look(self) -> None:
        """Show the records before and after; go to the place from there."""
        entry = self.chosen
        if entry is None:
            return
        changes = self.program.session.library.past.changes(entry.id)
        changed = Changed(entry.what, changes, entry.place)
        screen = ChangesScreen(_words(entry), changes, self._named, stands=entry.place is not None)
        await self.ask(screen, lambda go: self._go(changed))

    def _named(self, id: str) -> str:
        """Return in words what an id stands for; the id itself where the library has it not."""
        library = self.program.session.library
        kind = library.records.kind(id)
        if kind is not None:
            return described(library, Ref(kind, id))
        return next((who.name for who in library.people.all() if who.id == id), id)

    async def _go(self, changed: Changed) -> None:
        if changed.place is None:
            self.program.notify("It stands in no article.")
            return
        self.dismiss(None)
        self.program.call_later(show_change, self.program, changed)

    async def _ask_back(self) -> None:
        """Go back to the state after the action, if that is wanted; it may change any marks."""
        entry = self.chosen
        if entry is None or not sees_others(self.program):
            return
        article = self.article if self.alone else None
        changes = self.program.session.library.past.way_back(entry.id, article)
        if not changes:
            self.program.notify("Everything is as it was then.")
            return
        where = "in this article " if self.alone else ""
        records = f"{len(changes):,} record{'s' * (len(changes) != 1)}"
        question = f"Go back {where}to “{worded(shorten(entry.what))}”? {records} will change."
        choices = [Choice("Leave all as it is", False), Choice("Go back", True)]
        overlay: ChoiceScreen[bool] = ChoiceScreen(question, choices)
        back_up = self._backing_up()
        await self.ask(overlay, lambda yes: self._go_back(entry, changes, back_up) if yes else None)

    def _backing_up(self) -> Callable[[], object]:
        """Return what makes a copy of the library the first time it is called."""
        from reader.store.backups import back_up

        return cache(lambda: back_up(self.program.session.path, "before-going-back"))

    def _go_back(
        self, entry: Entry, changes: tuple[Change, ...], back_up: Callable[[], object]
    ) -> None:
        session = self.program.session
        back_up()
        what = f"back to “{entry.what}” of {entry.created}"
        session.apply(Action(new_id(), session.author.annotator.id, what, changes, now()))
        key = self.program.keymap.shown("history.undo")
        self.program.notify(f"{len(changes):,} changed. {key} takes it back.")


class ChangesScreen(Overlay[bool]):
    """The records that an action changed, each before and after; gives True to go to the place.

    Args:
        what: What was done.
        changes: By what.
        named: Says in words what an id stands for.
        stands: Whether it stands in an article.
    """

    CONTEXT: ClassVar[str] = "change"
    STAYS: ClassVar[bool] = True

    def __init__(
        self,
        what: str,
        changes: Sequence[Change],
        named: Callable[[str], str],
        *,
        stands: bool,
    ) -> None:
        super().__init__()
        self._what, self._changes, self._named = what, changes, named
        self._stands = stands
        self.rows = RowList((20, 0))

    def body(self) -> Iterator[Any]:
        """What was done, above the records."""
        yield TextRow(self._what, base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        rows = [row for change in self._changes for row in change_rows(change, self._named)]
        self.rows.show(rows or [Row((Cell("Nothing was changed.", base=0),))], 0)
        self.rows.focus()

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is a place to go to."""
        return frozenset({"place"}) if self._stands else frozenset()

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the records, go to the place, undo and redo, leave."""
        return list_verbs(self.rows) | {
            "change.undo": lambda: turn(self.program),
            "change.redo": lambda: turn(self.program, again=True),
            "list.accept": lambda: self.dismiss(True),
            "list.cancel": lambda: self.dismiss(None),
        }


def change_rows(change: Change, named: Callable[[str], str]) -> Iterator[Row]:
    """Give the kind of a record, and the fields in which it is another one after a change."""
    did = "new" if change.before is None else "deleted" if change.after is None else "changed"
    kind = change.ref.kind.replace("_", " ")
    yield Row((Cell(kind, "strong", base=0), Cell(did, "dim", base=0)))
    before, after = _told(change.before, named), _told(change.after, named)
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            arrow = f"{isolated(old)} → {isolated(new)}" if old and new else old or new
            yield Row((Cell(f"  {name.replace('_', ' ')}", "dim", base=0), Cell(arrow)))


def _told(record: Record | None, named: Callable[[str], str]) -> dict[str, str]:
    """Return the fields of a record that say something, in words."""
    if record is None:
        return {}
    fields = encode_record(record)
    return {
        name: _value(value, named)
        for name, value in fields.items()
        if name not in _UNTOLD and value not in (None, "", [], {})
    }


def _value(value: Any, named: Callable[[str], str]) -> str:
    if isinstance(value, dict):
        if value.keys() == _REFERENCE:
            return _value(value["id"], named)
        each = (_value(each, named) for each in value.values() if each not in (None, "", []))
        return " · ".join(each)
    if isinstance(value, list):
        return ", ".join(_value(each, named) for each in value)
    text = str(value)
    return worded(named(text)) if is_id(text) else text


def _words(entry: Entry) -> str:
    return f"{_DID[entry.mode]}{worded(entry.what)}"
