"""Which article somebody means: a number, an id, or a part of a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.errors import UsageError
from reader.store.articles import ArticleEntry, Shown
from reader.store.library import Library

_ID_DIGITS = 4
"""What the beginning of an id needs at least; a shorter number counts in the list alone."""
_CANDIDATES = 5


def find_articles(
    library: Library, names: Iterable[str], shown: Shown = "present"
) -> tuple[ArticleEntry, ...]:
    """Return the articles that are meant, each once, in the order of the names.

    Args:
        library: Where they are.
        names: Numbers, ids, parts of titles.
        shown: The list that is meant; of `all`, the numbers are those of `present`.

    Raises:
        UsageError: If a name fits none, or several; those are named.
    """
    entries = library.articles.listed("", "removed" if shown == "removed" else "present")
    others = library.articles.listed("", "removed") if shown == "all" else ()
    found = (_find(entries, others, name, library, shown) for name in names)
    return tuple({entry.id: entry for entry in found}.values())


def find_article(library: Library, name: str) -> ArticleEntry:
    """Return the article that is meant.

    An id goes before a number of the list, that before the beginning of an
    id, and that before a part of a title (compared without case, harakat and
    the like).

    Raises:
        UsageError: If the name fits none, or several; those are named.
    """
    return find_articles(library, [name])[0]


def find_readable(library: Library, name: str) -> ArticleEntry:
    """Return the article that is meant, which may be an older version of a listed one.

    Raises:
        UsageError: If the name fits none, or several, or one that is removed.
    """
    found = find_articles(library, [name], "all")[0]
    if found.removed and library.articles.newer_version(found.id) is None:
        raise UsageError(_nothing(library, name, "present"))
    return found


def _find(
    entries: Sequence[ArticleEntry],
    others: Sequence[ArticleEntry],
    name: str,
    library: Library,
    shown: Shown,
) -> ArticleEntry:
    numbered = _numbered(entries, name)
    if numbered is not None:
        return numbered
    found = _named(entries, name) or _named(others, name)
    if not found:
        raise UsageError(_nothing(library, name, shown))
    if len(found) > 1:
        raise UsageError(f"{name!r} may be {_candidates(found)}; give more of the title, or an id.")
    return found[0]


def _named(entries: Sequence[ArticleEntry], name: str) -> list[ArticleEntry]:
    """Return the articles that an id, the beginning of one, or a part of a title names."""
    wanted = name.strip().lower()
    if len(wanted) < _ID_DIGITS and wanted.isdecimal():
        return []
    return _begun(entries, wanted) or _titled(entries, name)


def _nothing(library: Library, name: str, shown: Shown) -> str:
    """Say that there is no such article, or that it is in the other list."""
    if shown == "removed":
        here = _named(library.articles.listed(""), name)
        if len(here) == 1:
            return f"{name!r} is not removed: there is nothing to bring back."
        return f"{library.path}: no removed article is {name!r}; see `reader list --removed`."
    gone = _named(library.articles.listed("", "removed"), name)
    if len(gone) == 1:
        return f"{name!r} is removed; bring it back with `reader restore {gone[0].id}`."
    return f"{library.path}: no article is {name!r}; see `reader list`."


def _numbered(entries: Sequence[ArticleEntry], name: str) -> ArticleEntry | None:
    """Return the article with just this id, or with this number in the list."""
    for entry in entries:
        if entry.id == name:
            return entry
    if name.isdecimal() and len(name) < 10 and 0 < int(name) <= len(entries):
        return entries[int(name) - 1]
    return None


def _begun(entries: Sequence[ArticleEntry], wanted: str) -> list[ArticleEntry]:
    if len(wanted) < _ID_DIGITS:
        return []
    return [entry for entry in entries if entry.id.startswith(wanted)]


def _titled(entries: Sequence[ArticleEntry], name: str) -> list[ArticleEntry]:
    from reader.text.fold import fold

    wanted = fold(name)
    return [entry for entry in entries if wanted and wanted in fold(entry.title)]


def _candidates(found: Sequence[ArticleEntry]) -> str:
    shown = [f"{entry.id} “{_short(entry.title)}”" for entry in found[:_CANDIDATES]]
    more = [f"{len(found) - _CANDIDATES} more"] if len(found) > _CANDIDATES else []
    *first, last = [*shown, *more]
    return f"{', '.join(first)} or {last}"


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= 40 else line[:39].rstrip() + "…"
