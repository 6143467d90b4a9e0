"""Tables of what takes its time to work out, one of whose rows is always the current one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual import events

from reader.errors import ReaderError
from reader.session import Changed
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.slices import Slices
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.text_row import TextRow


class TablesScreen(CommandScreen[None], inherit_bindings=False):
    """A head, what is shown, and tables, which are worked out while keys go on to work.

    Args:
        columns: Of the tables, for the width that a terminal has at least.
    """

    STAYS: ClassVar[bool] = True
    DEFAULT_CSS = """
    TablesScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #shown { background: $panel; color: $foreground; }
        & > #tables { height: 1fr; }
    }
    """

    def __init__(self, columns: Sequence[int]) -> None:
        super().__init__()
        self.rows = RowList(columns, driven=True, id="tables")
        self.slices = Slices(self, self.tell, self.refuse)

    @abstractmethod
    def refill(self) -> None:
        """Work out what is not known yet, beside the keys."""

    @abstractmethod
    def tell(self) -> None:
        """Show what is known by now."""

    @abstractmethod
    async def take(self) -> None:
        """Go to what the row under the cursor leads to."""

    def body(self) -> Iterator[Any]:
        """Head, what is shown, tables."""
        yield TextRow("", id="head", base=0)
        yield TextRow("", id="shown", base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Begin to work."""
        self._unsubscribe = self.program.session.subscribe(self._on_changed)
        self.rows.focus()
        self.refill()

    def on_unmount(self) -> None:
        """Stop working and listening."""
        self.slices.stop()
        self._unsubscribe()

    def on_screen_suspend(self) -> None:
        """Leave the time to what is open now."""
        self.slices.stop()

    def on_screen_resume(self) -> None:
        """Go on, with what was changed meanwhile."""
        if self.is_mounted:
            self.refill()

    def on_resize(self, event: events.Resize) -> None:
        """Share the width out anew."""
        if self.is_mounted:
            self.tell()

    def take_news(self, here: bool) -> None:
        """Take in what others have done."""
        if self.is_current:
            self.refill()

    def _on_changed(self, changed: Changed) -> None:
        if self.is_current:
            self.refill()

    def go_to(self, index: int) -> None:
        """Put the cursor on the first row of a table, and its heading at the top."""
        self.rows.move_to(index)
        self.rows.scroll_to(y=index - 1, animate=False, force=True)

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Go to what the row that is clicked leads to."""
        await self.attempt(self.take)

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be worked out."""
        self.slices.stop()
        super().refuse(error)
