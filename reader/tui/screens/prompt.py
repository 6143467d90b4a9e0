"""Typing one line: a note, a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from reader.tui.screens.base import Overlay, Verb
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.text_row import TextRow


class PromptScreen(Overlay[str]):
    """A question and a line to type the answer into.

    Args:
        question: What is to be typed; may hold the user's text.
        typed: What the line holds at first.
        placeholder: Shown while the line is empty.
    """

    CONTEXT: ClassVar[str] = "prompt"

    def __init__(self, question: str, typed: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.question = question
        self.input = LineInput(typed, placeholder=placeholder)

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

    def verbs(self) -> Mapping[str, Verb]:
        """Save or leave."""
        return {
            "prompt.accept": lambda: self._leave(self.input.value),
            "prompt.cancel": lambda: self._leave(None),
        }

    def _leave(self, value: str | None) -> None:
        self.dismiss(value)
