"""What people gave different values without knowing of each other, to be settled one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from textual import events

from reader.annotation.model import Note, Ref, article_of, spans_of
from reader.errors import UsageError
from reader.session import Changed
from reader.tui.commands import Need
from reader.tui.jumps import ConflictSpot
from reader.tui.screens.base import CommandScreen, Verb, list_verbs, needs_met
from reader.tui.verbs.jumping import to_span
from reader.tui.widgets.pieces import worded
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow
from reader.work.settling import Question, questions, settle_question


class ConflictsScreen(CommandScreen[None]):
    """A list of conflicts, each with all its values; the first is the one that is shown.

    Args:
        spot: Where to put the cursor.
    """

    CONTEXT: ClassVar[str] = "conflicts"
    STAYS: ClassVar[bool] = True
    DEFAULT_CSS = """
    ConflictsScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #conflicts { height: 1fr; }
    }
    """

    def __init__(self, spot: ConflictSpot) -> None:
        super().__init__()
        self.rows = RowList((4, 0, 20), driven=True, id="conflicts")
        self.found: Sequence[Question] = ()
        self._at = spot.number
        self._digit = 0

    def body(self) -> Iterator[Any]:
        """How many there are, above the list."""
        yield TextRow("", id="head", base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self._unsubscribe = self.program.session.subscribe(self._on_changed)
        self.rows.focus()
        self._refill()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    def on_screen_resume(self) -> None:
        """Take up what was changed meanwhile."""
        if self.is_mounted:
            self._refill()

    @property
    def chosen(self) -> Question | None:
        """The conflict under the cursor."""
        return None if self.rows.current is None else self.rows.current.value

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is something to settle."""
        return frozenset(needs_met(self.rows))

    def spot(self) -> ConflictSpot:
        """Where one is."""
        chosen = self.chosen
        return ConflictSpot(0 if chosen is None else self.found.index(chosen))

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the list, go to the record, settle, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._go,
            "list.cancel": lambda: self.dismiss(None),
            "conflicts.take": self._take,
        }

    async def press(self, event: events.Key) -> None:
        """Remember which digit it is."""
        typed = self.program.keymap.typed(event.character)
        self._digit = int(typed) if typed and typed in "123456789" else 0
        await super().press(event)

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Go to the record that is clicked."""
        await self.attempt(self._go)

    def take_news(self, here: bool) -> None:
        """Show what others have settled, or what came in, with the cursor on the same conflict."""
        if self.is_current:
            self._refill()

    def _on_changed(self, changed: Changed) -> None:
        if self.is_current:
            self._refill()

    def _refill(self) -> None:
        at = self.spot().number if self.found else self._at
        kept = None if self.chosen is None else (self.chosen.ref, self.chosen.field)
        self.found = questions(self.program.session.library)
        same = (i for i, each in enumerate(self.found) if (each.ref, each.field) == kept)
        at = next(same, at)
        rows = [row for question in self.found for row in _rows(question)]
        starts = [i for i, row in enumerate(rows) if not row.more]
        cursor = starts[min(at, len(starts) - 1)] if starts else 0
        self.rows.show(rows or [Row((Cell("There is nothing to settle.", base=0),))], cursor)
        count = len(self.found)
        told = f"{count:,} conflict{'s' * (count != 1)}: the value that is shown comes first"
        self.query_one("#head", TextRow).update(f" {told if count else 'Conflicts'}", 0)

    def _take(self) -> None:
        """Settle the conflict by the value of the digit."""
        question = self.chosen
        if question is None:
            return
        if not 1 <= self._digit <= len(question.answers):
            raise UsageError(f"There are {len(question.answers)} values: 1 is the first.")
        done = settle_question(self.program.session, question, self._digit - 1)
        undo = self.program.keymap.shown("history.undo")
        self.program.notify(f"{done} {undo} takes it back.", title="Settled")

    async def _go(self) -> None:
        """Go to the record.

        Raises:
            UsageError: If it stands nowhere that can be gone to.
        """
        if self.chosen is not None:
            await self._go_to(self.chosen.ref)

    async def _go_to(self, ref: Ref) -> None:
        program = self.program
        record = program.session.library.records.get(ref)
        spans = () if record is None else spans_of(record)
        article = None if record is None else article_of(record)
        if ref.kind == "entity":
            from reader.tui.verbs.entities import open_entity

            await open_entity(program, ref.id)
        elif ref.kind == "claim":
            from reader.tui.verbs.board import open_claim

            await open_claim(program, ref.id)
        elif spans:
            await to_span(self, spans[0])
        elif isinstance(record, Note):
            await self._go_to(record.on)
        elif article is not None:
            program.jumps.leave(self.spot())
            await program.navigation.open_article(article, jump=False)
        else:
            raise UsageError("It stands in no article; its values can be seen here.")


def _rows(question: Question) -> Iterator[Row]:
    """Give what it is about, and its values below."""
    what = f"{question.field.replace('_', ' ')} of {worded(question.what)}"
    yield Row((Cell(what, "strong", base=0),), question)
    for number, answer in enumerate(question.answers, 1):
        cells = (Cell(f"{number:>3}"), Cell(answer.text), Cell(answer.annotator, "dim"))
        yield Row(cells, question, more=True)
