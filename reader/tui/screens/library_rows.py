"""What the library screen says: its head, its columns, and a row for each article."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from reader.overview.shelf import Progress, View
from reader.overview.team import Team
from reader.session import ArticleEntry
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row
from reader.values import dataclass

NARROW = 70
"""Columns below which a row has no room for all facts."""

_SURE = 0.8
"""Confidence from which a language is shown without it."""

_STATUS_LOOKS = {"in progress": "◐", "done": "●", "reviewed": "✓", "skipped": "–", "new": "○"}

_SORTED = {
    "added": "day added",
    "title": "title",
    "language": "language",
    "status": "status",
    "annotations": "annotations, most first",
}

_WIDE = 110
"""Columns from which there is room for length, day, and to whom an article is assigned."""

_TITLE_ROOM = 36
"""Columns that a title keeps before others get any that are not needed as much."""

_READABLE = 96
"""Columns that a title has at most where there is room for all."""

_ALONE = ("Tags", "Claims", "Notes")
_AMONG_OTHERS = ("tags", "claims", "notes")
"""They go on with “Your status” before them, up to what is others'."""
_WIDTHS = (0, 6, 13, 4, 6, 5, 7, 10, 12, 6, 20)
_CLAIMS, _NOTES, _OTHERS, _LENGTH, _ADDED, _TEAM, _ASSIGNED = range(4, 11)
_NARROW_WIDTHS = {1: 3, 2: 1, 3: 5}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the list of articles.

    Attributes:
        width: Columns of the screen.
        shared: Whether several people have to do with the articles.
        others: Whether others have marked something in them that is shown.
    """

    width: int
    shared: bool = False
    others: bool = False

    @property
    def narrow(self) -> bool:
        """Whether there is room for signs alone."""
        return self.width < NARROW

    @property
    def order(self) -> tuple[int, ...]:
        """The numbers of the columns that show, from left to right."""
        if self.narrow:
            return (0, 1, 2, *((_TEAM,) * self.shared), 3)
        shown = {0, 1, 2, 3, 4, 5, *((_OTHERS,) * self.others), *((_TEAM,) * self.shared)}
        if self.width >= _WIDE:
            for more in (*((_ASSIGNED,) * self.shared), _ADDED, _LENGTH):
                if self._left(shown | {more}) >= _TITLE_ROOM:
                    shown.add(more)
        for less in (_NOTES, _CLAIMS):
            if self._left(shown) < _TITLE_ROOM:
                shown.remove(less)
        return tuple(sorted(shown))

    def _left(self, shown: Collection[int]) -> int:
        """Return what columns leave for the title, with blanks between and around them."""
        return self.width - sum(_WIDTHS[at] for at in shown) - len(shown) - 2

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide they are; the title takes what is left, up to what is readable."""
        order = self.order
        if self.narrow:
            return tuple(_NARROW_WIDTHS.get(at, _WIDTHS[at]) for at in order)
        title = min(_READABLE, self._left(order)) if self.width >= _WIDE else 0
        return tuple(_WIDTHS[at] if at else title for at in order)

    def titles(self) -> Row:
        """Return the titles of the columns."""
        own = _AMONG_OTHERS if self.others else _ALONE
        if self.narrow and self.others:
            own = ("Yours", *own[1:])
        words = ("Title", "Lang", "Your status", *own, "Others’", "    Length", "Added")
        every = (*words, "Team", "Assigned to")
        return Row(tuple(Cell(every[at], "dim") for at in self.order), heading=True)

    def row(self, entry: ArticleEntry, others: int, team: tuple[str, str] = ("", "")) -> Row:
        """Return the row of an article; the same one again for the same entry.

        Args:
            entry: The article.
            others: How much others have marked in it.
            team: How many have finished it, and to whom it is assigned.
        """
        return _article_row(entry, self.order, self.narrow, others, team)


@lru_cache(maxsize=65536)
def _article_row(
    entry: ArticleEntry, shown: tuple[int, ...], narrow: bool, others: int, team: tuple[str, str]
) -> Row:
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
        *(_count(n, _WIDTHS[at]) for at, n in enumerate(_counts(entry, others), 3)),
        Cell(f"{entry.characters:>10,}", "dim", base=0),
        Cell(entry.added[:10], "dim", base=0),
        *(Cell(words, "dim", base=0) for words in team),
    )
    return Row(tuple(cells[at] for at in shown), entry.id)


def team_words(entry: ArticleEntry, team: Team) -> tuple[str, str]:
    """Say how many have finished an article, and to whom it is assigned; @ is who looks."""
    own = "@" if team.is_mine(entry) else ""
    names = " ".join(f"@{isolated(name)}" for name in team.assignees(entry))
    return f"{own}{team.progress(entry)}", names


def _count(count: int, width: int) -> Cell:
    return Cell(f"{count:>{width}}", "plain" if count else "dim", base=0)


def _counts(entry: ArticleEntry, others: int) -> tuple[int, int, int, int]:
    return entry.own_mentions, entry.own_claims, entry.own_notes, others


def empty_rows() -> Iterator[Row]:
    """What stands in place of the list of an empty library."""
    yield Row((Cell("The library is empty. Leave with q and type:"),))
    yield Row((Cell("    reader add PATH", "strong", base=0),))
    yield Row((Cell("PATH is a file (text, web page, CSV ...), a folder or a .zip."),))


def head_words(library: str, articles: int, annotator: str, hidden: str = "") -> str:
    """Say which library this is, and who works in it."""
    counted = "1 article" if articles == 1 else f"{articles:,} articles"
    blind = f" · {hidden}" if hidden else ""
    return f" {library} · {counted} · annotating as {annotator}{blind}"


def conflict_words(count: int, key: str) -> str:
    """Say how many conflicts are to be settled, and where; "" when there are none."""
    return f" · {count:,} conflict{'s' * (count != 1)} ({key})" if count else ""


def progress_words(progress: Progress, view: View) -> str:
    """Say how far the annotator is with a language and collection, and how the list is sorted."""
    reviewed = (f"{progress.reviewed:,} reviewed",) if progress.reviewed else ()
    counts = (
        f"{progress.done:,} done",
        *reviewed,
        f"{progress.skipped:,} skipped",
        f"{progress.in_progress:,} in progress",
    )
    return f" {', '.join(counts)} · sorted by {_SORTED[view.sort]}"


def filter_words(view: View, shown: int, articles: int, tag: str) -> str:
    """Say how many articles are shown, and why not all."""
    title = f"title “{isolated(view.text.strip())}”" if view.text.strip() else ""
    filters = (
        "status unfinished" if view.unfinished else "",
        f"language {view.language}" if view.language else "",
        f"collection “{isolated(tag)}”" if tag else "",
        title,
    )
    return f" {shown:,} of {articles:,} shown: {', '.join(filter(None, filters)) or 'all titles'}"
