"""The articles that were removed, which can be brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from reader.annotation.actions import shorten
from reader.errors import ReaderError
from reader.overview.marked import Others
from reader.session import ArticleEntry
from reader.tui.commands import Need
from reader.tui.screens.base import CommandScreen, Verb, list_verbs, needs_met
from reader.tui.screens.library_rows import Columns
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow
from reader.work.articles import removed_articles, restore_article
from reader.work.versions import older_versions


class RemovedScreen(CommandScreen[None]):
    """A list of what was removed from the library."""

    CONTEXT: ClassVar[str] = "removed"
    DEFAULT_CSS = """
    RemovedScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #columns { color: $reader-dim; height: 1; }
        & > #removed { height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows = RowList(Columns(80).widths, id="removed")
        self.entries: tuple[ArticleEntry, ...] = ()
        self.older: frozenset[str] = frozenset()

    def body(self) -> Iterator[Any]:
        """Head, column titles, list."""
        yield TextRow("", id="head", base=0)
        names = RowList(Columns(80).widths, id="columns")
        names.can_focus = False
        yield names
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self.rows.focus()
        self.refill()

    def on_resize(self) -> None:
        """Give the columns the new width."""
        self.refill()

    def refill(self) -> None:
        """Read the list anew."""
        try:
            self.entries = removed_articles(self.program.session)
        except ReaderError as error:
            self.refuse(error)
        session = self.program.session
        others = Others(session.shown, session.layers, session.annotator.id)
        columns = Columns(self.app.size.width, others=others.matter(self.entries))
        for rows in self.query(RowList):
            rows.columns = columns.widths
        self.older = older_versions(self.program.session.library)
        found = [self._row(entry, columns, others.count(entry)) for entry in self.entries]
        key = self.program.keymap.shown("list.cancel")
        nothing = Row((Cell(f"Nothing is removed. {key} goes back to the library.", base=0),))
        self.rows.show(found or [nothing], self.rows.cursor)
        self.query_one("#columns", RowList).show([columns.titles()] if found else [])
        self.query_one("#head", TextRow).update(self._head(), 0)

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is anything to bring back."""
        return frozenset(needs_met(self.rows))

    def take_news(self, here: bool) -> None:
        """Show what others have removed or brought back."""
        if self.is_current:
            self.refill()

    def _head(self) -> str:
        older = sum(entry.id in self.older for entry in self.entries)
        count = len(self.entries) - older
        said = f" {count:,} removed article{'s' * (count != 1)}"
        if older:
            key = self.program.keymap.shown("list.accept")
            said += f" and {older:,} older version{'s' * (older != 1)} ({key} reads one)"
        return f"{said} · not in the list, nor exported"

    def _row(self, entry: ArticleEntry, columns: Columns, theirs: int) -> Row:
        row = columns.row(entry, theirs)
        if entry.id not in self.older:
            return row
        # What its status was says less than that another article stands in its place.
        title, language, _, *others = row.cells
        sign = "↑" if columns.narrow else "older version"
        return replace(row, cells=(title, language, Cell(sign, "dim", base=0), *others))

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the list, bring an article back, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._take,
            "list.cancel": self.program.navigation.show_library,
            "removed.restore": self._restore,
        }

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """A click chooses a row; a key brings the article back."""

    async def _take(self) -> None:
        """Read an older version; bring back what was removed."""
        row = self.rows.current
        if row is not None and row.value in self.older:
            await self.program.navigation.open_article(row.value)
        else:
            self._restore()

    def _restore(self) -> None:
        row = self.rows.current
        entry = next((e for e in self.entries if row and e.id == row.value), None)
        if entry is None:
            return
        session = self.program.session
        restore_article(session, session.library.articles.read(entry.id))
        self.refill()
        title = isolated(shorten(entry.title))
        self.program.notify(f"“{title}” is back in the library, with all that is marked in it.")
