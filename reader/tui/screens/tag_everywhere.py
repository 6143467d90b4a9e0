"""The hits in all articles that are to be tagged, counted by article, before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from reader.annotation.hits import Taggable
from reader.annotation.model import Entity
from reader.annotation.spans import Range
from reader.overview.search import ToTag, to_tag
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.screens.hits import left_out
from reader.tui.screens.slices import Slices
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

MOST = 5000
"""Hits that are tagged at once: more would keep one waiting, and nobody looks through them."""

Places = dict[str, Sequence[Range]]


class TagEverywhereScreen(Overlay[Places]):
    """Counts the hits by article; gives them, by article, when they are taken.

    Args:
        query: What was looked for.
        shown: The same, shortened, for the questions.
        type: What the hits are to be tagged with.
        entity: What they are to be linked to; None for nothing.
    """

    CONTEXT: ClassVar[str] = "choice"

    def __init__(self, query: str, shown: str, type: str, entity: Entity | None = None) -> None:
        super().__init__()
        self.words, self.shown, self.type = query, shown, type
        self.entity = entity
        self.question = TextRow("", base=0)
        self.left_out = TextRow("", base=0)
        self.rows = RowList((6, 0, 14))
        self.articles: list[ToTag] = []
        self._slices = Slices(self, self._show, self.refuse)

    def body(self) -> Iterator[Any]:
        """What is to be done, what is left out, the articles."""
        yield self.question
        yield self.left_out
        yield self.rows

    def on_mount(self) -> None:
        """Begin to look."""
        self.rows.focus()
        self._slices.start(self._look())
        self._show()

    def on_unmount(self) -> None:
        """Stop looking."""
        self._slices.stop()

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the list, take all, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._take,
            "list.cancel": lambda: self._leave(None),
        }

    @property
    def counted(self) -> bool:
        """Whether all articles were looked at."""
        return not self._slices.busy

    @property
    def hits(self) -> int:
        """How many hits can be tagged."""
        return sum(len(each.found.hits) for each in self.articles)

    def _look(self) -> Iterator[None]:
        session = self.program.session
        me, linking = session.annotator.id, self.entity is not None
        for found in to_tag(session.library, self.words, self.type, me, linking=linking):
            if found is not None:
                self.articles.append(found)
            yield

    def _show(self) -> None:
        self.rows.show([_row(each) for each in self.articles], self.rows.cursor)
        hits, articles = self.hits, sum(bool(each.found.hits) for each in self.articles)
        where = "1 article" if articles == 1 else f"{articles:,} articles"
        linked = f" = {isolated(self.entity.name)}" if self.entity is not None else ""
        counted = f"{hits:,} {self.type} “{isolated(self.shown)}”{linked} in {where}"
        if not self.counted:
            said = f"Looking: {counted} so far …"
        elif hits > MOST:
            said = f"{counted} are more than the {MOST:,} that can be tagged at once: add words"
        elif hits:
            said = f"Enter tags {counted}"
        else:
            said = f"No hit of “{isolated(self.shown)}” is left to tag {self.type}"
        self.question.update(said, 0)
        self.left_out.update(left_out(_sum(self.articles)), 0)

    def _take(self) -> None:
        if self.counted and 0 < self.hits <= MOST:
            self._leave(
                {each.article: each.found.hits for each in self.articles if each.found.hits}
            )

    def _leave(self, places: Places | None) -> None:
        self._slices.stop()
        self.dismiss(places)


def _sum(articles: Sequence[ToTag]) -> Taggable:
    return Taggable(
        (),
        sum(each.found.in_words for each in articles),
        sum(each.found.barred for each in articles),
        sum(each.found.tagged for each in articles),
    )


def _row(article: ToTag) -> Row:
    found = article.found
    left = found.in_words + found.barred + found.tagged
    return Row(
        (
            Cell(f"{len(found.hits):>6,}", "strong" if found.hits else "dim", base=0),
            Cell(article.title, base=int(article.direction == "rtl")),
            Cell(f"{left:,} left out" if left else "", "dim", base=0),
        )
    )
