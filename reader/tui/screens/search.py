"""Finding by typing: proposals below a line, the best one marked from the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from textual import events

from reader.tui.commands import Need
from reader.tui.screens.base import Overlay, Verb, needs_met
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.rows import Row, RowList
from reader.tui.widgets.text_row import TextRow

T = TypeVar("T")


class SearchScreen(Overlay[T]):
    """A line to type into, and what it finds.

    Args:
        question: What is looked for; may hold the user's text.
        find: Gives the rows for what is typed, best first.
        columns: Widths of the rows' columns.
        typed: What the line holds at first.
        placeholder: Shown while the line is empty.
        words: The words of the text that it is about, which a key puts in; "" for none.
    """

    CONTEXT: ClassVar[str] = "search"

    def __init__(
        self,
        question: str,
        find: Callable[[str], Sequence[Row]],
        columns: Sequence[int] = (0,),
        typed: str = "",
        placeholder: str = "type to search",
        words: str = "",
    ) -> None:
        super().__init__()
        self.words = " ".join(words.split())
        self.question = question
        self.find = find
        self.input = LineInput(typed, placeholder=placeholder)
        self.rows = RowList(columns, driven=True)
        self._found_for: str | None = None

    def body(self) -> Iterator[Any]:
        """The question, the line, the proposals."""
        yield TextRow(self.question, base=0)
        yield self.input
        yield self.rows

    def on_mount(self) -> None:
        """Propose before anything is typed."""
        self._refind()
        self.input.focus()

    @property
    def context(self) -> str:
        """Whether there are words to put in."""
        return "fill" if self.words else self.CONTEXT

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is something to take."""
        return frozenset(needs_met(self.rows))

    @property
    def line(self) -> LineInput:
        """Where the search is typed."""
        return self.input

    def again(self) -> SearchScreen[T]:
        """The same question, with what is typed."""
        line, columns = self.input, self.rows.columns
        return SearchScreen(
            self.question, self.find, columns, line.value, line.placeholder, self.words
        )

    def verbs(self) -> Mapping[str, Verb]:
        """Choose, put words in, take, leave."""
        return {
            "search.fill": lambda: self.input.set_value(self.words),
            "search.up": lambda: self.rows.move(-1),
            "search.down": lambda: self.rows.move(+1),
            "search.accept": self._take,
            "search.cancel": lambda: self._leave(None),
        }

    async def press(self, event: events.Key) -> None:
        """Type, and propose anew at once: Enter may already be on its way."""
        await super().press(event)
        self._refind()

    def on_line_input_changed(self) -> None:
        """Propose anew after a paste."""
        self._refind()

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Take the row that is clicked."""
        self._leave(event.row.value)

    def _refind(self) -> None:
        if self.input.value != self._found_for:
            self._found_for = self.input.value
            self.rows.show(self.find(self.input.value))

    def _take(self) -> None:
        self._refind()
        if self.rows.current is not None:
            self._leave(self.rows.current.value)

    def _leave(self, value: Any) -> None:
        self.dismiss(value)
