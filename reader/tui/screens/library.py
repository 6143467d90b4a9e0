"""The library: its articles, one a row, sorted and filtered."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import events

from reader.annotation.model import Annotator
from reader.errors import ReaderError
from reader.overview.marked import Others
from reader.overview.shelf import View, arranged, in_scope, languages, progress
from reader.overview.team import Team
from reader.session import ArticleEntry
from reader.tui.commands import Need
from reader.tui.screens import library_articles
from reader.tui.screens.base import FilteredScreen, Verb, list_verbs, needs_met
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.general import open_unfinished
from reader.tui.screens.library_rows import (
    Columns,
    conflict_words,
    empty_rows,
    filter_words,
    head_words,
    progress_words,
    team_words,
)
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

_ARTICLES = {
    "library.tag": library_articles.ask_tag,
    "library.details": library_articles.edit_details,
    "library.remove": library_articles.remove,
    "library.removed": library_articles.show_removed,
}
"""What the commands about single articles and collections do."""


class LibraryScreen(FilteredScreen[None]):
    """A list of the articles: title, language, status, how much is marked."""

    CONTEXT: ClassVar[str] = "library"
    DEFAULT_CSS = """
    LibraryScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #progress { background: $panel; color: $foreground; }
        & > #shown { background: $surface; color: $accent; text-style: bold; }
        & > #typed { background: $surface; color: $foreground; height: 1; padding: 0 1; }
        & > #columns { color: $reader-dim; height: 1; }
        & > #articles { height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows = RowList(Columns(80).widths, driven=True, id="articles")
        self.input = LineInput(placeholder="a part of the title", id="typed")
        self.entries: tuple[ArticleEntry, ...] = ()
        self.team = Team((), Annotator("", ""), {})
        """Who has to do with the articles."""
        self.others: Others | None = None
        """What others have marked in the articles."""
        self._shared = self._marked = False
        self._last_opened: str | None = None

    def body(self) -> Iterator[Any]:
        """Head, what is shown and why, column titles, list."""
        yield TextRow("", id="head", base=0)
        yield TextRow("", id="progress", base=0)
        yield TextRow("", id="shown", base=0)
        yield self.input
        names = RowList(Columns(80).widths, id="columns")
        names.can_focus = False
        yield names
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self.stop_typing()
        self.refill()

    def on_screen_resume(self) -> None:
        """Count anew after an article was worked on."""
        if self.is_mounted:
            self.refill()

    def on_resize(self, event: events.Resize) -> None:
        """Give the columns the new width."""
        self._set_columns()
        self._show(self._kept())

    @property
    def context(self) -> str:
        """The list, or the line that a part of the title is typed into."""
        return "filter" if self.typing else "library"

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is an article under the cursor, and any in the library."""
        return frozenset(needs_met(self.rows)).union({"listed"} if self.entries else ())

    @property
    def view(self) -> View:
        """How the articles are looked at."""
        return self.program.views.articles

    def refill(self) -> None:
        """Read the list of articles, and keep the row, or go to that of the article just left."""
        try:
            self._read()
        except ReaderError as error:
            self.refuse(error)
        article = self.program.session.article
        opened = None if article is None else article.id
        left, self._last_opened = opened != self._last_opened, opened
        self._show(opened if left else self._kept(), self.rows.cursor)

    def _read(self) -> None:
        """Read the articles, and who works on them."""
        session = self.program.session
        self.entries = session.articles()
        shown = session.shown
        self.team = Team(
            shown.people.all(),
            session.annotator,
            shown.people.statuses(),
            blind=session.layers.blind,
        )
        self._shared = self.team.matters(self.entries)
        self.others = Others(shown, session.layers, session.annotator.id)
        self._marked = self.others.matter(self.entries)
        self._set_columns()

    @property
    def columns(self) -> Columns:
        """The columns that fit the screen and the library."""
        return Columns(self.app.size.width, self._shared, self._marked)

    def _set_columns(self) -> None:
        for rows in self.query(RowList):
            rows.columns = self.columns.widths

    def take_news(self, here: bool) -> None:
        """Show what others have added or done, with the cursor on the same article."""
        if self.is_current:
            self.refill()

    @property
    def current(self) -> ArticleEntry | None:
        """The article under the cursor."""
        kept = self._kept()
        return next((entry for entry in self.entries if entry.id == kept), None)

    def go_to(self, article: str) -> None:
        """Read the list of articles, and put the cursor on one of them, if it shows."""
        self.refill()
        self._show(article, self.rows.cursor)

    def _kept(self) -> str | None:
        """The id of the article under the cursor."""
        return None if self.rows.current is None else self.rows.current.value

    def look(self, view: View) -> None:
        """Sort and filter otherwise, with the cursor on the same article if it still shows."""
        kept, self.program.views.articles = self._kept(), view
        self._show(kept)

    def _show(self, kept: str | None, otherwise: int = 0) -> None:
        """Show the articles of the view, with the cursor on one of them or on a row."""
        shown = arranged(self.entries, self.view)
        # What they are made of now: the rows before are compared with those after.
        make = partial(_row, columns=self.columns, team=self.team, others=self.others)
        articles = LazyRows(shown, make)
        rows: Sequence[Row] = articles if shown else list(self._nothing())
        found = (i for i, entry in enumerate(shown) if entry.id == kept)
        self.rows.show(rows, next(found, min(otherwise, len(rows) - 1)))
        self.query_one("#columns", RowList).show([self.columns.titles()] if shown else [])
        self._tell(len(shown))

    def _nothing(self) -> Iterator[Row]:
        if not self.entries:
            yield from empty_rows()
            return
        key = self.program.keymap.shown("filter.cancel" if self.typing else "list.cancel")
        yield Row((Cell(f"No article is like that. {key} shows more.", base=0),))

    def _tell(self, shown: int) -> None:
        """Bring the rows above the list up to date."""
        session, view, count = self.program.session, self.view, len(self.entries)
        words = {
            "head": head_words(
                session.path.name, count, session.annotator.name, session.layers.words
            )
            + conflict_words(
                self.program.views.conflicts, self.program.keymap.shown("overview.conflicts")
            ),
            "progress": progress_words(progress(in_scope(self.entries, view)), view),
            "shown": filter_words(view, shown, count, self.team.collection(view.tag)),
        }
        for id, text in words.items():
            self.query_one(f"#{id}", TextRow).update(text, 0)
        self.query_one("#shown").display = view.filtered or self.typing

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the list, sort and filter it, open an article, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._open,
            "list.cancel": self._show_all,
            "article.next": self._open_next,
            "library.sort": lambda: self.look(self.view.sorted_next()),
            "library.search": self._find,
            "library.filter": self.start_typing,
            "library.language": self._ask_language,
            "library.unfinished": lambda: self.look(
                replace(self.view, unfinished=not self.view.unfinished)
            ),
            **{id: partial(verb, self) for id, verb in _ARTICLES.items()},
            "filter.up": lambda: self.rows.move(-1),
            "filter.down": lambda: self.rows.move(+1),
            "filter.accept": self.stop_typing,
            "filter.cancel": self.drop_typed,
        }

    def _show_all(self) -> None:
        if self.view.filtered:
            self.look(self.view.cleared())
            return
        key = self.program.keymap.shown("app.quit")
        self.program.notify(f"This is the library. {key} leaves the program.")

    async def _find(self) -> None:
        from reader.tui.verbs.finding_everywhere import find

        await find(self)

    async def _ask_language(self) -> None:
        choices = [Choice("all", "", f"{len(self.entries):,}", key="a")]
        for number, (code, count) in enumerate(languages(self.entries), 1):
            choices.append(Choice(code, code, f"{count:,}", key=str(number)))
        question = "Show the articles of which language?"
        overlay: ChoiceScreen[str] = ChoiceScreen(question, choices)
        await self.ask(overlay, lambda code: self.look(replace(self.view, language=code)))

    def turn(self) -> None:
        """Show what belongs to the list, or to the line."""
        self._show(self._kept())
        super().turn()

    def on_row_list_taken(self, event: RowList.Taken) -> Awaitable[None] | None:
        """Open the row that is clicked."""
        return self._open()

    def _open(self) -> Awaitable[None] | None:
        row = self.rows.current
        return None if row is None or row.value is None else self._open_article(row.value)

    async def _open_article(self, id: str) -> None:
        if self.typing:
            self.stop_typing()
        await self.program.navigation.open_article(id)

    async def _open_next(self) -> None:
        await open_unfinished(self.program, self._kept(), itself=True)


def _row(entry: ArticleEntry, columns: Columns, team: Team, others: Others | None) -> Row:
    """Return the row of an article."""
    told = team_words(entry, team) if columns.shared else ("", "")
    return columns.row(entry, 0 if others is None else others.count(entry), told)
