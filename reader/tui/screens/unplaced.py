"""What was marked in the version before and has no certain place in this one, as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from reader.annotation.carrying import Leftover
from reader.annotation.model import Mention
from reader.corpus.article import Article
from reader.overview.search import hit_in
from reader.session import Changed
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.verbs.placing import called
from reader.tui.widgets.pieces import worded
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow
from reader.work.versions import let_go, waiting

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

_LEAD = 36
"""Code points shown before the words."""


class UnplacedScreen(Overlay[Leftover]):
    """The list, each with its words where they stood; gives what is to be placed.

    Args:
        desk: The new version.
    """

    CONTEXT: ClassVar[str] = "unplaced"

    def __init__(self, desk: ReadingScreen) -> None:
        super().__init__()
        self.desk = desk
        self.said = TextRow("", base=0)
        self.rows = RowList((8, 0))
        self._before: dict[str, Article] = {}
        self.found: Sequence[Leftover] = ()

    def body(self) -> Iterator[Any]:
        """How many there are, above the list."""
        yield self.said
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self._refill()
        self.rows.focus()

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the list, place one, let go, undo, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._place,
            "list.cancel": lambda: self._leave(None),
            "unplaced.drop": lambda: self._drop([left] if (left := self.chosen) else []),
            "unplaced.drop_all": lambda: self._drop(self.found),
            "unplaced.before": self._open_before,
            "unplaced.undo": self._undo,
        }

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Place what is clicked."""
        self._place()

    @property
    def chosen(self) -> Leftover | None:
        """What is under the cursor."""
        return self.rows.current.value if self.rows.current is not None else None

    def _refill(self) -> None:
        self.found = waiting(self.desk.session.shown, self.desk.article.id)
        self.rows.show([self._row(left) for left in self.found], self.rows.cursor)
        count = len(self.found)
        if not count:
            self.said.update("Nothing waits for a place any more", 0)
            return
        said = "1 mark waits" if count == 1 else f"{count:,} marks wait"
        whose = "it" if count == 1 else "they"
        self.said.update(f"{said} for a place; below, where {whose} stood in the version before", 0)

    def _row(self, left: Leftover) -> Row:
        span = left.span
        article = self._before.get(span.article)
        if article is None:
            article = self._before[span.article] = self.desk.session.library.articles.read(
                span.article
            )
        hit = hit_in(article.text, article.direction, span.start, span.end, _LEAD)
        excerpt = Cell(hit.excerpt, base=hit.base, marks=(hit.mark,))
        return Row((Cell(called(left), colour=self._colour(left), base=0), excerpt), left)

    def _colour(self, left: Leftover) -> str:
        type = left.record.type if isinstance(left.record, Mention) else ""
        known = self.desk.session.schema.entity_type(type)
        return "" if known is None else known.colour

    def _place(self) -> None:
        if self.chosen is not None:
            self._leave(self.chosen)

    def _drop(self, chosen: Sequence[Leftover]) -> None:
        if not chosen:
            return
        let_go(self.desk.session, chosen)
        self._refill()
        undo = self.program.keymap.shown("unplaced.undo")
        self.program.notify(
            f"{len(chosen):,} let go; {undo} takes that back, and the version before keeps them."
        )

    async def _undo(self) -> None:
        from reader.tui.verbs.undoing import turn_at

        await turn_at(self, self.desk.shown_articles, self._told)

    def _told(self, changed: Changed) -> None:
        self._refill()
        self.program.notify(f"{worded(changed.what)}.")

    async def _open_before(self) -> None:
        """Read the version before beside this one."""
        left = self.chosen
        before = left.span.article if left is not None else self.desk.article.replaces
        if before is not None:
            program, article = self.program, self.desk.article
            self._leave(None)
            await program.navigation.open_pair(article, before)

    def _leave(self, chosen: Leftover | None) -> None:
        self.dismiss(chosen)
