"""Finding words in the whole library: a line to type into, and the hits by article below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from textual import events

from reader.overview.search import Found, look
from reader.text.fold import fold
from reader.tui.commands import Need
from reader.tui.screens.base import Overlay, Verb, needs_met
from reader.tui.screens.slices import Slices
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

_PAUSE = 0.04
"""Seconds without a key after which what is typed is looked for."""

_ARTICLES = 200
"""Articles that are shown; the hits of the others are only counted."""

_HITS = 4
"""Hits of one article that are shown."""


class Goal(NamedTuple):
    """Where to go: a hit, or the start of an article of which only the title has the words."""

    article: str
    start: int
    end: int
    query: str


class LibrarySearchScreen(Overlay[Goal]):
    """What is typed is looked for in all articles; gives the hit that is taken.

    The search goes on between keys, so that none has to wait for it.

    Args:
        query: What was looked for last, or ""; the first letter typed replaces it.
        goal: The hit that was taken last, to go on from.
    """

    CONTEXT: ClassVar[str] = "found"
    DEFAULT_CSS = """
    LibrarySearchScreen {
        & > #box { height: 100%; max-height: 100%; border-top: none; }
        & RowList { background: $background; height: 1fr; max-height: 100%; }
    }
    """

    def __init__(self, query: str = "", goal: Goal | None = None) -> None:
        super().__init__()
        self.said = TextRow("", base=0)
        self.input = LineInput(query, placeholder="type words of the texts or titles")
        self.rows = RowList((3, 0, 8), driven=True)
        self.articles = self.hits = 0
        self._slices = Slices(self, self._show, self.refuse)
        self._replaceable = bool(query)
        self._goal = goal
        self._found: list[Row] = []
        self._changed = False
        self._looked_for = ""

    def body(self) -> Iterator[Any]:
        """How many were found, the line, the hits."""
        yield self.said
        yield self.input
        yield self.rows

    def on_mount(self) -> None:
        """Go to the line, and look for what was looked for last."""
        self.input.focus()
        self._say()
        self._look_soon()

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is a hit."""
        return frozenset(needs_met(self.rows))

    @property
    def line(self) -> LineInput:
        """Where the words are typed."""
        return self.input

    def verbs(self) -> Mapping[str, Verb]:
        """Move among the hits, take one, leave."""
        return {
            "found.up": lambda: self._move(-1),
            "found.down": lambda: self._move(+1),
            "found.page_up": lambda: self.rows.move_page(-1),
            "found.page_down": lambda: self.rows.move_page(+1),
            "found.accept": self._take,
            "found.tag_all": self._tag_all,
            "found.cancel": lambda: self._leave(None),
        }

    async def press(self, event: events.Key) -> None:
        """Type, or do what a key means; look for what is typed when no more keys come."""
        if self.program.keymap.find(self.context, event.key, event.character) is None:
            if self._replaceable and event.is_printable:
                self.input.set_value("")
            self._replaceable = False
        await super().press(event)
        self._look_soon()

    def on_line_input_changed(self) -> None:
        """Look anew after a paste."""
        self._look_soon()

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Take the hit that is clicked."""
        self._leave(event.row.value)

    def on_unmount(self) -> None:
        """Stop looking."""
        self._slices.stop()

    @property
    def searching(self) -> bool:
        """Whether not all articles were looked at yet."""
        return self._slices.busy

    def _move(self, step: int) -> None:
        self._goal = None
        self.rows.move(step)

    def _look_soon(self) -> None:
        if self.is_attached and self.input.value != self._looked_for:
            self._looked_for = self.input.value
            self._found, self.articles, self.hits, self._changed = [], 0, 0, True
            self._slices.start(self._look(self._looked_for), _PAUSE)

    def _look(self, query: str) -> Iterator[None]:
        """Look in one article after the other."""
        library = self.program.session.library
        for id in library.articles.candidates(query):
            article = library.articles.text(id)
            most = _HITS + 1 if self.articles < _ARTICLES else 0
            found = None if article is None else look(article, query, most)
            if found is not None:
                self._add(found, query)
            yield

    def _add(self, found: Found, query: str) -> None:
        self.articles += 1
        self.hits += found.count
        if self.articles <= _ARTICLES:
            self._found += article_rows(found, query)
            self._changed = True

    def _show(self) -> None:
        if self._changed:
            self._changed = False
            self.rows.show(self._found, self._place())
        self._say()

    def _place(self) -> int:
        """The row of the hit that was taken last, else that of the best one."""
        if self._goal is not None:
            goal = self._goal
            return next((i for i, row in enumerate(self._found) if row.value == goal), 0)
        return self.rows.cursor if self.rows.rows[:1] == tuple(self._found[:1]) else 0

    def _say(self) -> None:
        """Say how much was found so far."""
        if not fold(self.input.value):
            self.said.update("Find in all articles", 0)
            return
        hits = "1 hit" if self.hits == 1 else f"{self.hits:,} hits"
        articles = "1 article" if self.articles == 1 else f"{self.articles:,} articles"
        shown = f", the first {_ARTICLES} are shown" if self.articles > _ARTICLES else ""
        counted = f"{hits} in {articles}{shown}" if self.articles else "no hits"
        so_far = " so far …" if self.searching else ""
        self.said.update(f"In all articles: {counted}{so_far}", 0)

    def _take(self) -> None:
        """Take the hit under the cursor, of what is typed now."""
        self._look_soon()
        if self.searching:
            self._slices.go_on(lambda: self.articles > 0)
        self._show()
        if self.rows.current is not None:
            self._leave(self.rows.current.value)

    async def _tag_all(self) -> None:
        from reader.tui.verbs.tagging_everywhere import tag_all

        await tag_all(self, self.input.value)

    def _leave(self, goal: Goal | None) -> None:
        self._slices.stop()
        self.dismiss(goal)


def article_rows(found: Found, query: str) -> Iterator[Row]:
    """Return the rows of an article: its title, and the first of its hits."""
    title, marks = found.title, found.in_title
    if found.title_marked:
        title = f"“{title}…"
        marks = tuple((start + 1, end + 1) for start, end in marks)
    head = (
        Cell(found.language, "dim", base=0),
        Cell(title, base=int(found.direction == "rtl"), marks=marks),
        Cell(f"{found.count:>8,}" if found.count else "   title", "dim", base=0),
    )
    yield Row(head, Goal(found.article, 0, 0, query), heading=bool(found.count))
    shown = _HITS if found.count > len(found.hits) else len(found.hits)
    for number, hit in enumerate(found.hits):
        goal = Goal(found.article, hit.start, hit.end, query)
        if number < shown:
            cells = (Cell(""), Cell(hit.excerpt, base=hit.base, marks=(hit.mark,)), Cell(""))
        else:
            more = f"{found.count - shown:,} more in this article"
            cells = (Cell(""), Cell(more, "dim", base=0), Cell(""))
        yield Row(cells, goal)
