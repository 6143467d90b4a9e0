"""Where a name stands in all articles, counted by article, before it is tagged there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from reader.suggest.proposals import Proposal
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.screens.slices import Slices
from reader.tui.screens.tag_everywhere import MOST
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow
from reader.work.suggesting import Among, Sources, propose

if TYPE_CHECKING:
    from reader.tui.screens.suggestions import Subject

_SHOWN = 3
"""Places of an article that are shown with the words around them."""

Chosen = dict[str, Sequence[Proposal]]


class SuggestEverywhereScreen(Overlay[Chosen]):
    """Counts a name by article; gives the places, by article, when they are taken.

    Args:
        subject: What to look for.
    """

    CONTEXT: ClassVar[str] = "others"

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self.subject = subject
        self.finished = False
        self.question = TextRow("", base=0)
        self.rows = RowList((8, 0, 12))
        self.articles: list[Among] = []
        self._slices = Slices(self, self._show, self.refuse)

    def body(self) -> Iterator[Any]:
        """What is to be done, above the articles."""
        yield self.question
        yield self.rows

    def on_mount(self) -> None:
        """Begin to look."""
        self.rows.focus()
        self._begin()

    def on_unmount(self) -> None:
        """Stop looking."""
        self._slices.stop()

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the list, take all, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._take,
            "list.cancel": lambda: self._leave(None),
            "others.finished": self._change_finished,
        }

    @property
    def counted(self) -> bool:
        """Whether all articles were looked at."""
        return not self._slices.busy

    @property
    def count(self) -> int:
        """How many places were found."""
        return sum(len(each.found) for each in self.articles)

    def _change_finished(self) -> None:
        self.finished = not self.finished
        self._begin()

    def _begin(self) -> None:
        self.articles = []
        self._slices.start(self._look())
        self._show()

    def _look(self) -> Iterator[None]:
        session, sources = self.program.session, Sources(self.subject.names)
        for found in propose(session, sources, finished=self.finished, most=_SHOWN):
            if found is not None:
                self.articles.append(found)
            yield

    def _show(self) -> None:
        rows = [row for each in self.articles for row in article_rows(each)]
        self.rows.show(rows, self.rows.cursor)
        articles = "1 article" if len(self.articles) == 1 else f"{len(self.articles):,} articles"
        type, shown = self.subject.names[0].type, isolated(self.subject.shown)
        counted = f"{self.count:,} {type} “{shown}” in {articles}"
        aside = "" if self.finished else ", but for finished ones"
        if not self.counted:
            said = f"Looking: {counted} so far …"
        elif self.count > MOST:
            said = f"{counted} are more than the {MOST:,} that can be tagged at once"
        elif self.count:
            said = f"Enter tags {counted}{aside}"
        else:
            said = f"“{shown}” is not left to tag in any article{aside}"
        self.question.update(said, 0)

    def _take(self) -> None:
        if self.counted and 0 < self.count <= MOST:
            self._leave({each.article: each.found for each in self.articles})

    def _leave(self, chosen: Chosen | None) -> None:
        self._slices.stop()
        self.dismiss(chosen)


def article_rows(among: Among) -> Iterator[Row]:
    """Return the rows of an article: its title with the count, and the first places."""
    title = f"“{among.title}…" if among.title_marked else among.title
    yield Row(
        (
            Cell(f"{len(among.found):>6,}", "strong", base=0),
            Cell(title, "strong", base=int(among.direction == "rtl")),
            Cell(among.status, "dim", base=0),
        )
    )
    for hit in among.hits:
        excerpt = Cell(hit.excerpt, base=hit.base, marks=(hit.mark,))
        yield Row((Cell(""), excerpt, Cell("")))
    more = len(among.found) - len(among.hits)
    if more:
        yield Row((Cell(""), Cell(f"{more:,} more in this article", "dim", base=0), Cell("")))
