"""Choosing one of a few things: by its key, or with the arrows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from textual import events

from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.widgets.rows import Cell, Look, Row, RowList
from reader.tui.widgets.text_row import TextRow
from reader.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things to choose from.

    Attributes:
        label: What it is, in our words.
        text: The user's text that belongs to it, or "".
        value: What choosing it gives.
        key: The character that takes it at once; "" for none, None for its number.
        colour: `#rrggbb` of a type, or "".
    """

    label: str
    value: Any
    text: str = ""
    key: str | None = None
    colour: str = ""


class ChoiceScreen(Overlay[T]):
    """A question and a list of answers.

    Args:
        question: What is asked; may hold the user's text.
        choices: The answers, the likeliest first.
        at: The index of the one that is marked at first.
        told: Rows between question and answers: what the answers are about.
    """

    CONTEXT: ClassVar[str] = "choice"

    def __init__(
        self, question: str, choices: Sequence[Choice], at: int = 0, told: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.at, self.told = at, tuple(told)
        self.question = question
        self.keys = [str(i + 1) if c.key is None else c.key for i, c in enumerate(choices)]
        self.choices = tuple(choices)
        label = max((len(choice.label) for choice in choices), default=1)
        texts = any(choice.text for choice in choices)
        # A column of no width would take its share of the row.
        self.rows = RowList((2, min(max(label, 1), 36), 0) if texts else (2, 0))

    def body(self) -> Iterator[Any]:
        """The question above the answers."""
        yield TextRow(self.question, base=0)
        yield from (TextRow(line, base=0) for line in self.told)
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        rows = [self._row(key, c) for key, c in zip(self.keys, self.choices, strict=True)]
        self.rows.show(rows, self.at)
        self.rows.focus()

    def _row(self, key: str, choice: Choice) -> Row:
        look: Look = "strong"
        cells = [Cell(key if len(key) == 1 else "", look), Cell(choice.label, colour=choice.colour)]
        if len(self.rows.columns) > 2:
            cells.append(Cell(choice.text))
        return Row(tuple(cells), choice.value)

    def again(self) -> ChoiceScreen[T]:
        """The same question, for it may rest on what was typed before."""
        return ChoiceScreen(self.question, self.choices, self.rows.cursor, self.told)

    def verbs(self) -> Mapping[str, Verb]:
        """Move, take, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._take,
            "list.cancel": lambda: self._leave(None),
        }

    async def press(self, event: events.Key) -> None:
        """Take the answer whose key is pressed, else do what the key means in lists."""
        pressed = self.program.keymap.typed(event.character)
        if pressed and pressed in self.keys:
            self._leave(self.choices[self.keys.index(pressed)].value)
        else:
            await super().press(event)

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Take the row that is clicked."""
        self._leave(event.row.value)

    def _take(self) -> None:
        if self.rows.current is not None:
            self._leave(self.rows.current.value)

    def _leave(self, value: Any) -> None:
        self.dismiss(value)
