"""Finding words in the open article: a line below the text, which follows what is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from textual import events

from reader.annotation.hits import first_from, hits_in
from reader.annotation.spans import Range
from reader.tui.commands import Need
from reader.tui.screens.base import Overlay, Verb
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.text_row import TextRow


class FindScreen(Overlay[str]):
    """A line to type into; the text above shows and selects the hit.

    Gives what was typed: "" to look again for what was looked for last.

    Args:
        view: The article on the screen.
        text: Its text.
        last: What was looked for last, or "".
    """

    CONTEXT: ClassVar[str] = "search"
    # The box is as high as status, types and keys below it: all rows of the text stay visible.
    DEFAULT_CSS = """
    FindScreen { background: $background 0%; }
    """

    def __init__(self, view: ArticleView, text: str, last: str) -> None:
        super().__init__()
        self.view = view
        self.text = text
        self.last = last
        self.said = TextRow("Find in the article", base=0)
        self.input = LineInput(placeholder=last or "type words of the text")
        self.hits: Sequence[Range] = ()
        self.index = 0
        self._found_for = ""
        self._before = view.selection, view.position()
        self._hits_before = view.hits

    def body(self) -> Iterator[Any]:
        """How many were found, above the line."""
        yield self.said
        yield self.input

    def on_mount(self) -> None:
        """Go to the line."""
        self.input.focus()
        self._say()

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is a hit to take, or one to look for again, and whether there are more."""
        again = bool(self.last) and not self.input.value.strip()
        several: set[Need] = {"several"} if len(self.hits) > 1 else set()
        return frozenset[Need]({"row"} if self.hits or again else ()) | several

    @property
    def line(self) -> LineInput:
        """Where the words are typed."""
        return self.input

    def verbs(self) -> Mapping[str, Verb]:
        """Other hits, take, leave."""
        return {
            "search.up": lambda: self._step(-1),
            "search.down": lambda: self._step(+1),
            "search.accept": self._take,
            "search.cancel": self._leave,
        }

    async def press(self, event: events.Key) -> None:
        """Type, and look anew at once: Enter may already be on its way."""
        await super().press(event)
        self._look()

    def on_line_input_changed(self) -> None:
        """Look anew after a paste."""
        self._look()

    def _look(self) -> None:
        """Show the first hit at or after where one was; without any go back there."""
        if self.input.value == self._found_for or not self.is_attached:
            return
        self._found_for = self.input.value
        self.hits = hits_in(self.text, self.input.value)
        self.view.show_hits(self.hits)
        self.index = first_from(self.hits, self._before[0].start)
        if self.hits:
            self.view.show_hit(*self.hits[self.index])
        else:
            self.view.put_back(*self._before)
        self._say()

    def _step(self, by: int) -> None:
        if self.hits:
            self.index = (self.index + by) % len(self.hits)
            self.view.show_hit(*self.hits[self.index])
            self._say()

    def _say(self) -> None:
        """Say which hit of how many is selected."""
        if not self.input.value.strip():
            again = f": Enter finds “{isolated(self.last)}” again" if self.last else ""
            self.said.update(f"Find in the article{again}", 0)
        elif self.hits:
            self.said.update(f"Find: {self.index + 1} of {len(self.hits)}", 0)
        else:
            self.said.update("Find: no hits", 0)
        self.show_keys()

    def _take(self) -> None:
        self._look()
        if self.hits:
            self.dismiss(self.input.value)
        elif not self.input.value.strip():
            self.dismiss("")

    def _leave(self) -> None:
        self.view.put_back(*self._before)
        self.view.show_hits(self._hits_before)
        self.dismiss(None)
