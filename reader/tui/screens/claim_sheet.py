"""A claim that is open: all that is known about it, to read and to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, ClassVar

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action
from reader.annotation.model import Claim, ClaimMention
from reader.errors import ConflictError, ReaderError
from reader.overview.board import Board
from reader.overview.quotes import Quotes
from reader.session import Changed, Session
from reader.tui.commands import Need
from reader.tui.jumps import ClaimSpot
from reader.tui.screens.base import CommandScreen, Verb, list_verbs, needs_met
from reader.tui.screens.board_rows import CONTESTED
from reader.tui.screens.claim_rows import ClaimRows, Item
from reader.tui.widgets.rows import RowList, wrapped
from reader.tui.widgets.text_row import TextRow

_LABELS = 12
"""Columns of the names of the fields."""
_MOST = 40
"""Rows that one text takes at most."""


class ClaimScreen(CommandScreen[None]):
    """A claim: fields, evidence, mentions in their sentences, relations, notes.

    Args:
        claim: Its id.
        row: The row to put the cursor on at first.
    """

    CONTEXT: ClassVar[str] = "sheet"
    STAYS: ClassVar[bool] = True
    DEFAULT_CSS = """
    ClaimScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #claim { height: 1fr; }
    }
    """

    def __init__(self, claim: str, row: int = 0) -> None:
        super().__init__()
        self.rows = RowList((_LABELS, 0), driven=True, id="claim")
        self.records = AnnotationSet()
        self._claim = claim
        self._row = row
        self._passed: list[ClaimSpot] = []
        """Claims that relations led on from."""

    def body(self) -> Iterator[Any]:
        """Head and rows."""
        yield TextRow("", id="head", base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Show the claim."""
        self._unsubscribe = self.session.subscribe(self._on_changed)
        self.rows.focus()
        self.call_after_refresh(lambda: self.refill(self._row))

    def on_unmount(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    def on_resize(self) -> None:
        """Break long texts anew."""
        if self.rows.rows:
            self.call_after_refresh(self.refill)

    def on_screen_resume(self) -> None:
        """Read the claim again after something else was open."""
        if self.is_mounted and self.rows.rows:
            self.refill()

    @property
    def session(self) -> Session:
        """Where the claim is kept."""
        return self.program.session

    @property
    def claim(self) -> Claim | None:
        """The claim, as it was read last; None when it is gone."""
        return self.records.claim(self._claim)

    @property
    def item(self) -> Item | None:
        """What the row under the cursor stands for."""
        return None if self.rows.current is None else self.rows.current.value

    @property
    def met(self) -> frozenset[Need]:
        """What the row under the cursor is."""
        return frozenset(needs_met(self.rows)).union(self._at_hand())

    def _at_hand(self) -> Iterator[Need]:
        kind = "" if self.item is None else self.item.kind
        quoted = kind == "evidence" and self.item is not None and self.item.value.span is not None
        if quoted or kind in ("mention", "relation"):
            yield "place"
        if kind in ("field", "attribute", "relation", "note"):
            yield "fact"
        unused = kind in ("field", "attribute") and not self.records.all(ClaimMention)
        if unused or kind in ("evidence", "relation", "note"):
            yield "loose"

    def spot(self) -> ClaimSpot:
        """Where one is now."""
        return ClaimSpot(self._claim, self.rows.cursor)

    def author(self, *others: str) -> Author:
        """Who acts, on all that is known about this claim and others."""
        records = self.session.library.claims.about(self._claim, *others)
        return self.session.author.on(records)

    def apply(self, action: Action | None) -> None:
        """Make an action, if there is one."""
        if action is not None:
            self.session.apply(action)

    def refill(self, row: int | None = None) -> None:
        """Read the claim anew, and keep the row; leave when it is gone."""
        library = self.session.shown
        try:
            self.records = AnnotationSet.of(library.claims.about(self._claim))
            claim = self.claim
            if claim is None:
                self._leave()
                return
            rows = list(ClaimRows(claim, self.records, self.session.schema, Quotes(library)).rows())
            board = Board(library.claims.like(self._claim))
        except ReaderError as error:
            self.program.report(error)
            return
        width = self.rows.room(1)
        shown = [part for row in rows for part in wrapped(row, 1, width, _MOST)]
        self.rows.show(shown, self.rows.cursor if row is None else row)
        self._tell(board, claim)

    def take_news(self, here: bool) -> None:
        """Show what others have done to the claim."""
        if self.is_current:
            self.refill()

    def _tell(self, board: Board, claim: Claim) -> None:
        """Say what binds the claim to others."""
        if all(entry.id != claim.id for entry in board.entries):
            self.query_one("#head", TextRow).update(" Claim, made only in removed articles", 0)
            return
        same = len(board.cluster(claim.id))
        parts = [" Claim"]
        if same > 1:
            parts.append(f"one of {same} that say the same")
        if board.contested(claim.id):
            parts.append(f"{CONTESTED} contradicted")
        self.query_one("#head", TextRow).update(" · ".join(parts), 0)

    def open(self, claim: str) -> None:
        """Show another claim, from which one comes back to this one."""
        self._passed.append(self.spot())
        self._claim = claim
        self.refill(0)

    def _on_changed(self, changed: Changed) -> None:
        self.refill()

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be done; show what another has changed meanwhile."""
        if isinstance(error, ConflictError):
            self.refill()
        super().refuse(error)

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the rows, go on from one, change the claim, leave."""
        from reader.tui.verbs.board import VERBS

        return list_verbs(self.rows) | {
            "list.cancel": self._leave,
            **{id: partial(verb, self) for id, verb in VERBS.items()},
        }

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """A click on a mention goes there."""
        from reader.tui.verbs.board import take

        await self.attempt(lambda: take(self))

    def _leave(self) -> None:
        """Go back to the claim that led here, else to where the claim was opened."""
        if self._passed:
            spot = self._passed.pop()
            self._claim = spot.claim
            self.refill(spot.row)
        elif self.app.screen is self:
            self.dismiss(None)
