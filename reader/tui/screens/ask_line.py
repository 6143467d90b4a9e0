"""Typing one line over another screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from reader.tui.screens.base import Overlay, Verb
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.text_row import TextRow


class LineScreen(Overlay[str]):
    """A question, and a line to type the answer into; Enter gives it.

    Args:
        question: What is asked; may hold the user's text.
        typed: What the line holds at first.
        placeholder: Shown while the line is empty.
        base: Base level of the line; None for the text's own direction.
    """

    CONTEXT: ClassVar[str] = "line"

    def __init__(
        self, question: str, typed: str = "", placeholder: str = "", base: int | None = None
    ) -> None:
        super().__init__()
        self.question, self.base = question, base
        self.input = LineInput(typed, placeholder=placeholder, base=base)

    def body(self) -> Iterator[Any]:
        """The question above the line."""
        yield TextRow(self.question, base=0)
        yield self.input

    def on_mount(self) -> None:
        """Go to the line."""
        self.input.focus()

    @property
    def line(self) -> LineInput:
        """Where the answer is typed."""
        return self.input

    def again(self) -> LineScreen:
        """The same question, with what is typed."""
        line = self.input
        return LineScreen(self.question, line.value, line.placeholder, self.base)

    def verbs(self) -> Mapping[str, Verb]:
        """Give what is typed, or nothing."""
        return {
            "line.accept": lambda: self._give(self.input.value),
            "line.cancel": lambda: self._give(None),
        }

    def _give(self, value: str | None) -> None:
        self.dismiss(value)
