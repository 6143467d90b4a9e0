"""What the library screen says: its head, its columns, and a row for each article."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reader.overview.shelf import Progress, View
from reader.overview.team import Team
from reader.session import ArticleEntry
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

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

_TITLES = (
    *("Title", "Lang", "Your status", "Tags", "Claims", "Notes", "    Length", "Added"),
    *("Team", "Assigned to"),
)
_TEAM = (8, 9)
"""Numbers of the columns that only a library of several people has."""


def order(width: int, *, shared: bool = False) -> tuple[int, ...]:
    """Return the numbers of the columns that show, from left to right.

    Args:
        width: Columns of the screen.
        shared: Whether several people have to do with the articles.
    """
    if width < NARROW:
        return (0, 1, 2, *_TEAM[:shared], 3)
    facts = (0, 1, 2, *_TEAM[:shared], 3, 4, 5)
    return facts if width < _WIDE else (*facts, 6, 7, *_TEAM[1 : 1 + shared])


def columns(width: int, *, shared: bool = False) -> tuple[int, ...]:
    """Return how wide the columns are; the title takes what is left, up to what is readable."""
    narrow = width < NARROW
    widths = (0, 3 if narrow else 6, 1 if narrow else 13, 4, 6, 5, 10, 12, 6, 20)
    title = min(96, width - 66 - 29 * shared) if width >= _WIDE else 0
    return tuple(widths[at] if at else title for at in order(width, shared=shared))


def titles(width: int, *, shared: bool = False) -> Row:
    """Return the titles of the columns."""
    shown = order(width, shared=shared)
    return Row(tuple(Cell(_TITLES[at], "dim") for at in shown), heading=True)


@lru_cache(maxsize=65536)
def article_row(
    entry: ArticleEntry, shown: tuple[int, ...], narrow: bool, team: tuple[str, str] = ("", "")
) -> Row:
    """Return the row of an article; the same one again for the same entry.

    Args:
        entry: The article.
        shown: Numbers of the columns; see `order`.
        narrow: Whether there is room for signs alone.
        team: How many have finished it, and to whom it is assigned.
    """
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


def _counts(entry: ArticleEntry) -> tuple[int, int, int]:
    return entry.mentions, entry.claims, entry.notes


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
