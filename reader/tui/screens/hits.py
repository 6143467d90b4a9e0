"""The hits that are to be tagged together, each in its sentence; any of them can be left out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from reader.annotation.hits import Taggable, excerpt
from reader.annotation.spans import Range
from reader.corpus.article import Article
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

_HIT = 18
"""Most columns of the hit before its sentence."""


class HitsScreen(Overlay[tuple[Range, ...]]):
    """The hits that are to be tagged, each in its sentence; gives them when they are taken.

    Args:
        question: Says what is to be done with so many hits; may hold the user's text.
        article: Where the hits are.
        found: The hits, and how many were left out.
        sentences: The sentences of the article, in order.
    """

    CONTEXT: ClassVar[str] = "hits"

    def __init__(
        self,
        question: Callable[[int], str],
        article: Article,
        found: Taggable,
        sentences: Sequence[Range],
    ) -> None:
        super().__init__()
        self.question = question
        self.head = TextRow(base=0)
        self.left = TextRow(base=0)
        self.article = article
        self.found = found
        self.sentences = sentences
        longest = max((end - start for start, end in found.hits), default=0)
        self.rows = RowList((1, min(longest, _HIT), 0))
        self.out: set[Range] = set()

    def body(self) -> Iterator[Any]:
        """What is to be done, what is left out, the hits."""
        yield self.head
        yield self.left
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self._show()
        self.rows.focus()

    def _show(self) -> None:
        self.head.update(self.question(len(self._taken())), 0)
        self.left.update(left_out(self.found, len(self.out)), 0)
        self.rows.show([self._row(hit) for hit in self.found.hits], self.rows.cursor)

    def _row(self, hit: Range) -> Row:
        text, base = self.article.text, int(self.article.direction == "rtl")
        index = bisect_right(self.sentences, (hit[0], len(text))) - 1
        around = self.sentences[index] if index >= 0 else hit
        within = around if hit[0] < around[1] else hit
        quote, sentence = " ".join(text[slice(*hit)].split()), excerpt(text, within, hit)
        if hit in self.out:
            return Row((Cell("–"), Cell(quote, "dim"), Cell(sentence, "dim", base=base)), hit)
        return Row((Cell("✓"), Cell(quote, "strong"), Cell(sentence, base=base)), hit)

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the list, leave hits out, take the others, leave."""
        return list_verbs(self.rows) | {
            "hits.toggle": self._toggle,
            "list.accept": lambda: self._leave(self._taken() or None),
            "list.cancel": lambda: self._leave(None),
        }

    def on_row_list_taken(self) -> None:
        """Leave out the hit that is clicked, or take it in."""
        self._toggle()

    def _toggle(self) -> None:
        if self.rows.current is not None:
            self.out ^= {self.rows.current.value}
            self._show()
            self.rows.move(+1)

    def _taken(self) -> tuple[Range, ...]:
        return tuple(hit for hit in self.found.hits if hit not in self.out)

    def _leave(self, hits: tuple[Range, ...] | None) -> None:
        self.dismiss(hits)


def left_out(found: Taggable, chosen: int = 0) -> str:
    """Say how many hits are left out, and why.

    Args:
        found: The hits that were sorted out.
        chosen: How many the user leaves out.
    """
    reasons = (
        (chosen, "by you"),
        (found.tagged, "tagged so already"),
        (found.barred, "in boilerplate"),
        (found.in_words, "inside longer words"),
    )
    told = ", ".join(f"{count} {reason}" for count, reason in reasons if count)
    return f"Left out: {told}" if told else "None is left out"
