"""The library: its articles, one a row."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping
from typing import Any, ClassVar

from textual import events

from reader.errors import ReaderError
from reader.session import ArticleEntry
from reader.tui.screens.base import CommandScreen, Verb, list_verbs
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

_NARROW = 70
"""Columns below which a row has no room for all facts."""

_SURE = 0.8
"""Confidence from which a language is shown without it."""

_STATUS_LOOKS = {"in progress": "◐", "done": "●", "reviewed": "✓", "skipped": "–", "new": "○"}

_TITLES = Row(
    tuple(
        Cell(title, "dim")
        for title in (
            "Title",
            "Lang",
            "Your status",
            "Tags",
            "Claims",
            "Notes",
            "    Length",
            "Added",
        )
    ),
    heading=True,
)


class LibraryScreen(CommandScreen[None]):
    """A list of the articles: title, language, status, how much is marked."""

    CONTEXT: ClassVar[str] = "library"
    DEFAULT_CSS = """
    LibraryScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #columns { color: $reader-dim; height: 1; }
        & > #articles { height: 1fr; }
        & > #empty { height: 1fr; padding: 1 2; color: $foreground; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows = RowList(_columns(80), id="articles")
        self.entries: tuple[ArticleEntry, ...] = ()

    def body(self) -> Iterator[Any]:
        """Head, column titles, list."""
        yield TextRow("", id="head", base=0)
        names = RowList(_columns(80), id="columns")
        names.can_focus = False
        yield names
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self.rows.focus()
        self.refill()

    def on_screen_resume(self) -> None:
        """Count anew after an article was worked on."""
        if self.is_mounted:
            self.refill()

    def on_resize(self, event: events.Resize) -> None:
        """Give the columns the new width."""
        columns = _columns(event.size.width)
        for rows in self.query(RowList):
            rows.columns = columns
        self.refill()

    def refill(self) -> None:
        """Read the list of articles, and keep the row."""
        current = self.rows.current
        kept = current.value if current is not None else None
        try:
            self.entries = self.program.session.articles()
        except ReaderError as error:
            self.refuse(error)
        ids = [entry.id for entry in self.entries]
        cursor = ids.index(kept) if kept in ids else 0
        narrow = self.app.size.width < _NARROW
        self.rows.show([_row(e, narrow) for e in self.entries] or list(_empty()), cursor)
        head = self.query_one("#head", TextRow)
        head.update(f" {self._head()}", 0)
        self.query_one("#columns", RowList).show([_TITLES] if ids else [])

    def _head(self) -> str:
        count = len(self.entries)
        articles = "1 article" if count == 1 else f"{count} articles"
        session = self.program.session
        return f"{session.path.name} · {articles} · annotating as {session.annotator.name}"

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the list, open an article, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._open,
            "list.cancel": lambda: self.program.notify(
                f"This is the library. {self.program.keymap.shown('app.quit')} leaves the program."
            ),
        }

    def on_row_list_taken(self, event: RowList.Taken) -> Awaitable[None] | None:
        """Open the row that is clicked."""
        return self._open()

    def _open(self) -> Awaitable[None] | None:
        row = self.rows.current
        return None if row is None or row.value is None else self._open_article(row.value)

    async def _open_article(self, id: str) -> None:
        await self.program.open_article(id)


def _columns(width: int) -> tuple[int, ...]:
    """Title, language, status, mentions, claims, notes, length, day; fewer where it is narrow."""
    if width < _NARROW:
        return (0, 3, 1, 4)
    facts = (6, 13, 4, 6, 5)
    return (0, *facts) if width < 110 else (min(96, width - 66), *facts, 10, 12)


def _row(entry: ArticleEntry, narrow: bool) -> Row:
    sure = narrow or entry.language_confidence >= _SURE
    unsure = "" if sure else f" {entry.language_confidence:.0%}"
    sign = _STATUS_LOOKS.get(entry.status, " ")
    # Without a headline the text itself is quoted; a mark at its end would be cut off.
    title = f"“{entry.title}…" if entry.title_marked else entry.title
    base = 1 if entry.direction == "rtl" else 0
    cells = (
        Cell(title, "plain" if entry.title_marked else "strong", base=base),
        Cell(f"{entry.language}{unsure}", "dim" if unsure else "plain", base=0),
        Cell(sign if narrow else f"{sign} {entry.status}", base=0),
        *(_count(n, width) for n, width in zip(_counts(entry), (4, 6, 5), strict=True)),
        Cell(f"{entry.characters:>10,}", "dim", base=0),
        Cell(entry.added[:10], "dim", base=0),
    )
    return Row(cells, entry.id)


def _count(count: int, width: int) -> Cell:
    return Cell(f"{count:>{width}}", "plain" if count else "dim", base=0)


def _counts(entry: ArticleEntry) -> tuple[int, int, int]:
    return entry.mentions, entry.claims, entry.notes


def _empty() -> Iterator[Row]:
    yield Row((Cell("The library is empty. Leave with q and type:"),))
    yield Row((Cell("    reader add PATH", "strong", base=0),))
    yield Row((Cell("PATH is a text file or a folder with *.txt files."),))
