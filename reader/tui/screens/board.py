"""The board of claims: all claims of the library, those that say the same together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from reader.errors import ReaderError
from reader.overview.board import Board, BoardView, ShownClaim
from reader.store.claims import Claims
from reader.text.fold import fold
from reader.tui.screens.base import Verb, list_verbs
from reader.tui.screens.board_rows import (
    claim_row,
    columns,
    empty_rows,
    foot_words,
    head_words,
    shown_words,
    titles,
)
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.listing import PAUSE, ListingScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

_STATUSES = {
    "epistemic": "held as",
    "polarity": "polarity",
    "mode": "mode",
    "check_worthy": "check it",
}
_QUESTIONS = {
    "claimant": "Show the claims of whom?",
    "topic": "Show the claims on which topic?",
    "language": "Show the claims made in which language?",
}


class BoardScreen(ListingScreen):
    """A list of the claims, sorted and filtered.

    Args:
        claim: Id of the claim to put the cursor on at first, if it shows.
        view: What to show at first, for this once; None for what was shown last.
    """

    CONTEXT: ClassVar[str] = "board"
    FILTER: ClassVar[str] = "board_filter"
    CHROME: ClassVar[int] = 4
    DEFAULT_CSS = """
    BoardScreen {
        & > .foot { background: $surface; color: $foreground; padding: 0 1; }
        & > #gloss, & > #how { color: $reader-dim; }
    }
    """

    def __init__(self, claim: str | None = None, view: BoardView | None = None) -> None:
        super().__init__(claim, view, "words of statement, gloss or topic", columns)
        self.shown: Sequence[ShownClaim] = ()
        self._claims: Claims | None = None
        self._board = Board(Claims((), (), {}))

    def body(self) -> Iterator[Any]:
        """Head, what is shown and why, column titles, list, the claim under the cursor."""
        yield from super().body()
        for id in ("statement", "gloss", "how"):
            yield TextRow("", id=id, classes="foot")

    @property
    def view(self) -> BoardView:
        """How the claims are looked at."""
        return self.program.views.claims

    @property
    def board(self) -> Board:
        """The claims, as they were read last."""
        return self._board

    @property
    def current(self) -> str | None:
        """The id of the claim under the cursor."""
        return None if self.rows.current is None else self.rows.current.value

    def keep(self, view: BoardView) -> None:
        """Make this the view that is kept for the next time."""
        self.program.views.claims = view

    def plain(self) -> BoardView:
        """Return the view that shows everything."""
        return BoardView()

    def refill(self, claim: str | None = None) -> None:
        """Read the claims, and keep the row, or go to that of a claim."""
        try:
            claims = self.program.session.shown.claims.all()
        except ReaderError as error:
            self.refuse(error)
            return
        if claims is not self._claims:
            self._claims, self._board = claims, Board(claims, self._board)
            # While the board is looked at, so that the first letter that is typed need not wait.
            self.preparing.start(self._board.preparing(), PAUSE)
        self.show_list(claim or self.current, self.rows.cursor)

    def show_list(self, kept: str | None, otherwise: int = 0) -> None:
        """Show the claims, with the cursor on what it was on, or else on a row."""
        self.shown = self.board.arranged(self.view)
        width = self.app.size.width
        claims = LazyRows(self.shown, partial(claim_row, board=self.board, width=width))
        rows: Sequence[Row] = claims if self.shown else list(self._nothing())
        found = (i for i, shown in enumerate(self.shown) if shown.entry.id == kept)
        self.rows.show(rows, next(found, min(otherwise, len(rows) - 1)))
        self.query_one("#columns", RowList).show([titles(width)] if self.shown else [])
        self.query_one("#head", TextRow).update(head_words(self.board), 0)
        words = shown_words(self.view, self.board, len(self.shown))
        self.query_one("#shown", TextRow).update(words, 0)
        self._tell()

    def _nothing(self) -> Iterator[Row]:
        if not self.board.entries:
            yield from empty_rows()
            return
        key = self.program.keymap.shown("board_filter.cancel" if self.typing else "list.cancel")
        yield Row((Cell(f"No claim is like that. {key} shows more.", base=0),))

    def _tell(self) -> None:
        """Show the claim under the cursor whole."""
        at = self.rows.cursor
        words: Sequence[str] = ("", "", "")
        if at < len(self.shown):
            words = foot_words(self.shown[at], self.board)
        for id, text in zip(("statement", "gloss", "how"), words, strict=True):
            self.query_one(f"#{id}", TextRow).update(text, 0 if id == "how" else None)

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the list, sort and filter it, open a claim, leave."""
        return {id: partial(self._moved, verb) for id, verb in list_verbs(self.rows).items()} | {
            "list.accept": self._open,
            "list.cancel": self.leave,
            "board.sort": lambda: self.look(self.view.sorted_next()),
            "board.filter": self.start_typing,
            "board.claimant": lambda: self._ask("claimant"),
            "board.topic": lambda: self._ask("topic"),
            "board.language": lambda: self._ask("language"),
            "board.verdict": lambda: self._choose("verdict", "Show the claims with which verdict?"),
            "board.status": self._ask_status,
            "board.contested": lambda: self.look(
                replace(self.view, contested=not self.view.contested)
            ),
            "board_filter.up": lambda: self._moved(lambda: self.rows.move(-1)),
            "board_filter.down": lambda: self._moved(lambda: self.rows.move(+1)),
            "board_filter.accept": self.stop_typing,
            "board_filter.cancel": self.drop_typed,
        }

    def _moved(self, verb: Verb) -> None:
        verb()
        self._tell()

    async def _ask(self, field: str) -> None:
        """Filter by one of many values, found by typing."""
        counts = self.board.counts(field)

        def find(typed: str) -> Sequence[Row]:
            words = fold(typed).split()
            every = [] if words else [Row((Cell("all", "dim", base=0), Cell("")), ("", ""))]
            named = ((value, self.board.names.get(value, value), n) for value, n in counts)
            return every + [
                Row((Cell(f"{n:>6,}", "dim", base=0), Cell(name)), (field, value))
                for value, name, n in named
                if all(word in fold(name) for word in words)
            ]

        overlay: SearchScreen[tuple[str, str]] = SearchScreen(_QUESTIONS[field], find, (6, 0))
        await self.ask(overlay, lambda chosen: self._narrow(field, chosen[1]))

    def _narrow(self, field: str, value: str) -> None:
        self.look(replace(self.view, **{field: value}))  # type: ignore[arg-type]

    async def _choose(self, field: str, question: str) -> None:
        """Filter by one of a few values."""
        choices = [Choice("all", "", f"{len(self.board.entries):,}", key="a")]
        for number, (value, count) in enumerate(self.board.counts(field), 1):
            choices.append(Choice(value, value, f"{count:,}", key=str(number)))
        overlay: ChoiceScreen[str] = ChoiceScreen(question, choices)
        await self.ask(overlay, lambda value: self._narrow(field, value))

    async def _ask_status(self) -> None:
        """Filter by how a claim is made: each value of each field of the mentions."""
        choices = [Choice("any way", ("", ""), f"{len(self.board.entries):,}", key="a")]
        for field, name in _STATUSES.items():
            for value, count in self.board.counts(field):
                choices.append(Choice(f"{name}: {value}", (field, value), f"{count:,}", key=""))
        overlay: ChoiceScreen[tuple[str, str]]
        overlay = ChoiceScreen("Show the claims that are made how?", choices)
        await self.ask(overlay, lambda chosen: self._narrow_status(*chosen))

    def _narrow_status(self, field: str, value: str) -> None:
        if field:
            self._narrow(field, value)
        else:
            self.look(replace(self.view, epistemic="", polarity="", mode="", check_worthy=""))

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Open the row that is clicked."""
        await self._open()

    async def _open(self) -> None:
        from reader.tui.screens.claim_sheet import ClaimScreen

        if self.current is not None:
            await self.app.push_screen(ClaimScreen(self.current))
