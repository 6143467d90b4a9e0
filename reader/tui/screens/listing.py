"""A list of what a whole library has, sorted and narrowed, always as the library is now."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import events

from reader.session import Changed
from reader.tui.commands import Need
from reader.tui.screens.base import FilteredScreen, needs_met
from reader.tui.screens.slices import Slices
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.text_row import TextRow

PAUSE = 0.2
"""Seconds after which what is listed is made ready to be searched."""


class ListingScreen(FilteredScreen[None], inherit_bindings=False):
    """A head, what is shown and why, a line to narrow it, titles of columns, and the list.

    Args:
        first: Id of what the cursor is put on at first, if it shows.
        view: What to show at first, for this once; None for what was shown last.
        placeholder: What may be typed into the line.
        columns: Gives the columns of the list for a width in cells.
    """

    STAYS: ClassVar[bool] = True
    FILTER: ClassVar[str]
    """The context of the line; that of the list is `CONTEXT`."""

    DEFAULT_CSS = """
    ListingScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #shown { background: $panel; color: $foreground; }
        & > #typed { background: $surface; color: $foreground; height: 1; padding: 0 1; }
        & > #columns { color: $reader-dim; height: 1; }
        & > #list { height: 1fr; }
    }
    """

    def __init__(
        self,
        first: str | None,
        view: Any,
        placeholder: str,
        columns: Callable[[int], Sequence[int]],
    ) -> None:
        super().__init__()
        self._first, self._given, self._before = first, view, None
        self._columns = columns
        self.rows = RowList(columns(80), driven=True, id="list")
        self.input = LineInput(placeholder=placeholder, id="typed")
        self.preparing = Slices(self, self.prepared, self.refuse)

    @abstractmethod
    def keep(self, view: Any) -> None:
        """Make this the view that is kept for the next time."""

    @abstractmethod
    def plain(self) -> Any:
        """Return the view that shows everything."""

    @property
    @abstractmethod
    def current(self) -> str | None:
        """The id of what is under the cursor."""

    @abstractmethod
    def refill(self, first: str | None = None) -> None:
        """Read what is listed, and keep the row, or go to that of one."""

    @abstractmethod
    def show_list(self, kept: str | None, otherwise: int = 0) -> None:
        """Show the list, with the cursor on what it was on, or else on a row."""

    def opened(self) -> None:
        """Do what is to be done once, when the list shows."""

    def prepared(self) -> None:
        """Show what had to wait until all was ready to be searched."""

    def body(self) -> Iterator[Any]:
        """Head, what is shown and why, the line, column titles, list."""
        yield TextRow("", id="head", base=0)
        yield TextRow("", id="shown", base=0)
        yield self.input
        names = RowList(self._columns(80), id="columns")
        names.can_focus = False
        yield names
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self._unsubscribe = self.program.session.subscribe(self.on_changed)
        self.stop_typing()
        self._fit()
        if self._given is not None:
            self._before = self.view
            self.keep(self._given)
        self.refill(self._first)
        self.opened()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._unsubscribe()
        self.preparing.stop()
        self._put_back()

    def _put_back(self) -> None:
        """Let the list be what it was before this once."""
        if self._before is not None:
            self.keep(self._before)
            self._before = None

    def on_screen_resume(self) -> None:
        """Read anew after one of them was open."""
        if self.is_mounted:
            self.refill()

    def on_resize(self, event: events.Resize) -> None:
        """Give the columns the new width."""
        self._fit()
        self.show_list(self.current)

    def _fit(self) -> None:
        for rows in self.query(RowList):
            rows.columns = tuple(self._columns(self.app.size.width))

    @property
    def context(self) -> str:
        """The list, or the line that is typed into."""
        return self.FILTER if self.typing else self.CONTEXT

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is a row that can be opened."""
        return frozenset(needs_met(self.rows))

    def take_news(self, here: bool) -> None:
        """Show what others have done."""
        if self.is_current:
            self.refill()

    def on_changed(self, changed: Changed) -> None:
        """Show what was done here; below what is open it waits until the list is seen again."""
        if self.is_current:
            self.refill()

    def look(self, view: Any) -> None:
        """Sort and filter otherwise, with the cursor where it was if that still shows."""
        kept = self.current
        self.keep(view)
        self.show_list(kept)

    def leave(self) -> None:
        """Show everything again, or what was asked for at first; else go back."""
        given = replace(self._given or self.plain(), sort=self.view.sort)
        if self.view != given:
            self.look(given)
        else:
            self._put_back()
            self.dismiss(None)
