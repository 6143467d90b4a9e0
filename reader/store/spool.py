"""What is on its way into a library, kept out of memory until all of it has come."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from typing import Any

from reader.annotation.changes import Change
from reader.annotation.model import KINDS, Ref
from reader.corpus.article import Article
from reader.store.scratch import scratch

_TABLES = """
    CREATE TABLE article (number INTEGER PRIMARY KEY, id UNIQUE, data);
    CREATE TABLE change (
        number INTEGER PRIMARY KEY, id, kind, place, is_new, data, UNIQUE (id, kind)
    );
    CREATE INDEX in_order ON change (place, number);
"""
_ARTICLE = """
    INSERT INTO article (id, data) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET data = excluded.data
"""
_CHANGE = """
    INSERT INTO change (id, kind, place, is_new, data) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id, kind) DO UPDATE SET data = excluded.data, is_new = excluded.is_new
"""


class Spool:
    """Articles, and changes of records: those that others refer to come before these.

    They are in a private file without a name, which goes with this object. SQLite
    makes it when there is more than fits into a few megabytes.
    """

    def __init__(self) -> None:
        self._own = scratch(_TABLES)
        self._places = {kind: place for place, kind in enumerate(KINDS)}

    def put_articles(self, articles: Iterable[Article]) -> None:
        """Keep articles, in place of what was kept under their ids."""
        self._own.executemany(_ARTICLE, ((each.id, pickle.dumps(each)) for each in articles))

    def put(self, changes: Iterable[Change]) -> None:
        """Keep changes, in place of what was kept about the same records."""
        self._own.executemany(_CHANGE, map(self._row, changes))

    def _row(self, change: Change) -> tuple[str, str, int, bool, bytes]:
        ref = change.ref
        place = self._places[ref.kind]
        return ref.id, ref.kind, place, change.before is None, pickle.dumps(change)

    def article(self, id: str) -> Article | None:
        """Return an article that was kept, or None."""
        row = self._own.execute("SELECT data FROM article WHERE id = ?", (id,)).fetchone()
        found: Article | None = None if row is None else _loaded(row[0])
        return found

    def change(self, ref: Ref) -> Change | None:
        """Return the change of a record that was kept, or None."""
        query = "SELECT data FROM change WHERE id = ? AND kind = ?"
        row = self._own.execute(query, (ref.id, ref.kind)).fetchone()
        found: Change | None = None if row is None else _loaded(row[0])
        return found

    def kind(self, id: str) -> str | None:
        """Return the kind of the record with an id that was kept, or None.

        What changes about an article is known by the article's id, which a record may have, too.
        """
        query = "SELECT kind FROM change WHERE id = ? AND kind <> 'article'"
        row = self._own.execute(query, (id,)).fetchone()
        return None if row is None else str(row[0])

    @property
    def article_count(self) -> int:
        """How many articles are kept."""
        return self._count("SELECT count(*) FROM article")

    @property
    def new_count(self) -> int:
        """How many of the changes make a record."""
        return self._count("SELECT count(*) FROM change WHERE is_new")

    def articles(self) -> Iterator[Article]:
        """Give the articles in the order in which they came."""
        for (data,) in self._own.execute("SELECT data FROM article ORDER BY number"):
            yield _loaded(data)

    def __iter__(self) -> Iterator[Change]:
        """Give the changes, those that others refer to first."""
        for (data,) in self._own.execute("SELECT data FROM change ORDER BY place, number"):
            yield _loaded(data)

    def __len__(self) -> int:
        return self._count("SELECT count(*) FROM change")

    def _count(self, query: str) -> int:
        (count,) = self._own.execute(query).fetchone()
        return int(count)


def _loaded(data: bytes) -> Any:
    # Nobody but this object has written it: its file has no name that others could open.
    return pickle.loads(data)
