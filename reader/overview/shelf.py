"""The list of articles as somebody looks at it: sorted, filtered, counted, and what comes next.

All of it is computed from the entries that a library lists; nothing here reads a library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from reader.text.fold import fold
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.store.articles import ArticleEntry

Sort = Literal["added", "title", "language", "status", "annotations"]
SORTS: tuple[Sort, ...] = get_args(Sort)

FINISHED = frozenset(("done", "reviewed", "skipped"))
"""Statuses of articles that an annotator need not come back to."""

_BY_WORK = {"in progress": 0, "new": 1, "done": 2, "reviewed": 3, "skipped": 4}
"""What is begun stands first, then what waits, then what is behind one."""

_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class View:
    """Which articles are looked at, and in which order.

    Attributes:
        sort: What they are sorted by; those that are equal stay in the order they were added.
        text: Words that the title has, folded, in any order; "" for all titles.
        language: Language code; "" for all languages.
        unfinished: Whether only those are shown that are neither done, reviewed nor skipped.
        tag: A collection; "" for all articles.
    """

    sort: Sort = "added"
    text: str = ""
    language: str = ""
    unfinished: bool = False
    tag: str = ""

    @property
    def filtered(self) -> bool:
        """Whether some articles may be left out."""
        return bool(fold(self.text) or self.language or self.unfinished or self.tag)

    def sorted_next(self) -> View:
        """Sort by the next of `SORTS`, after the last one by the first."""
        return replace(self, sort=SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    def cleared(self) -> View:
        """Leave nothing out; the order stays."""
        return View(self.sort)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many articles are in which status, of all."""

    done: int
    reviewed: int
    skipped: int
    in_progress: int
    new: int


def arranged(entries: Iterable[ArticleEntry], view: View) -> tuple[ArticleEntry, ...]:
    """Return the articles of a view, in its order.

    Args:
        entries: In the order in which they were added.
        view: How to look at them.
    """
    shown = filter(_filter(view), entries) if view.filtered else entries
    return _in_order(shown, view.sort)


def progress(entries: Iterable[ArticleEntry]) -> Progress:
    """Count the articles by status."""
    count = Counter(entry.status for entry in entries)
    return Progress(
        done=count["done"],
        reviewed=count["reviewed"],
        skipped=count["skipped"],
        in_progress=count["in progress"],
        new=count["new"],
    )


def languages(entries: Iterable[ArticleEntry]) -> tuple[tuple[str, int], ...]:
    """Return the languages with how many articles each has, the most frequent first."""
    count = Counter(entry.language for entry in entries)
    return tuple(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Collection:
    """What belongs together by a tag.

    Attributes:
        tag: The tag.
        articles: How many have it.
        finished: How many of these are done, reviewed or skipped.
    """

    tag: str
    articles: int
    finished: int


def collections(entries: Iterable[ArticleEntry]) -> tuple[Collection, ...]:
    """Return the collections of articles, by the letters of their tags."""
    count: Counter[str] = Counter()
    finished: Counter[str] = Counter()
    for entry in entries:
        count.update(entry.tags)
        if entry.status in FINISHED:
            finished.update(entry.tags)
    return tuple(
        Collection(tag, count[tag], finished[tag]) for tag in sorted(count, key=_title_key)
    )


def in_scope(entries: Iterable[ArticleEntry], view: View) -> tuple[ArticleEntry, ...]:
    """Return the articles of a view's language and collection, finished or not."""
    scope = View(language=view.language, tag=view.tag)
    return tuple(filter(_filter(scope), entries) if scope.filtered else entries)


def next_unfinished(
    entries: Iterable[ArticleEntry],
    view: View,
    at: str | None,
    *,
    itself: bool = False,
    own: frozenset[str] = frozenset(),
) -> ArticleEntry | None:
    """Find the next article of a view that is unfinished; after the last comes the first.

    What is assigned to the annotator comes before all else.

    Args:
        entries: In the order in which they were added.
        view: How they are looked at.
        at: Id of the article to start from, which need not be in the view: it may
            have left it by being finished. None, or an unknown id, starts at the top.
        itself: Whether that article counts too, as the first one.
        own: Tags of what is assigned to the annotator.
    """
    order = _in_order(entries, view.sort)
    place = next((i for i, entry in enumerate(order) if entry.id == at), None)
    shown = _filter(replace(view, unfinished=True))
    found = [entry for entry in _from(order, place, itself) if shown(entry)]
    assigned = (entry for entry in found if not own.isdisjoint(entry.tags))
    return next(assigned, next(iter(found), None))


def _from(order: Sequence[ArticleEntry], place: int | None, itself: bool) -> Iterable[ArticleEntry]:
    """Go once around the list from a place, with the entry there at the start or not at all."""
    if place is None:
        return order
    start = place if itself else place + 1
    return (*order[start:], *order[:place])


def _filter(view: View) -> Callable[[ArticleEntry], bool]:
    words, language, unfinished = fold(view.text).split(), view.language, view.unfinished
    tag = view.tag

    def shown(entry: ArticleEntry) -> bool:
        if unfinished and entry.status in FINISHED:
            return False
        if language and entry.language != language:
            return False
        if tag and tag not in entry.tags:
            return False
        title = fold(entry.title) if words else ""
        return all(word in title for word in words)

    return shown


def _in_order(entries: Iterable[ArticleEntry], sort: Sort) -> tuple[ArticleEntry, ...]:
    key = _KEYS.get(sort)
    return tuple(entries) if key is None else tuple(sorted(entries, key=key))


@lru_cache(maxsize=65536)
def _title_key(title: str) -> tuple[bool, str]:
    """Sort by letters and digits: quotes, dashes and direction marks before them do not count."""
    folded = fold(title)
    return not _WORD.search(folded), _NO_LETTER.sub(" ", folded).lstrip()


_KEYS: dict[Sort, Callable[[ArticleEntry], Any]] = {
    "title": lambda entry: _title_key(entry.title),
    "language": lambda entry: entry.language,
    "status": lambda entry: _BY_WORK.get(entry.status, len(_BY_WORK)),
    "annotations": lambda entry: -(entry.mentions + entry.claims + entry.notes),
}
