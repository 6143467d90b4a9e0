"""What tells whether a text is in a library already, looked up without keeping it in memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from reader.store.damage import DAMAGE, damaged
from reader.store.scratch import scratch


class KnownArticle(NamedTuple):
    """What tells whether something is in a library already.

    Attributes:
        id: Id of the article.
        source_sha256: Digest of the bytes it was read from.
        sources: Where these came from.
        removed: Whether it was taken out of the list.
        replaces: Id of the version it replaces, or None.
    """

    id: str
    source_sha256: str
    sources: tuple[str, ...]
    removed: bool
    replaces: str | None


_TABLES = """
    CREATE TABLE known (id PRIMARY KEY, digest, sources, removed, replaces) WITHOUT ROWID;
    CREATE TABLE read_from (digest PRIMARY KEY, id) WITHOUT ROWID;
    CREATE TABLE came_from (source PRIMARY KEY, id) WITHOUT ROWID;
    CREATE TABLE newer (id PRIMARY KEY, by) WITHOUT ROWID;
"""
_KNOW = "INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?)"
_READ_FROM = "INSERT OR REPLACE INTO read_from VALUES (?, ?)"
_NEWER = "INSERT OR REPLACE INTO newer VALUES (?, ?)"
_CAME_FROM = """
    INSERT INTO came_from VALUES (:source, :id) ON CONFLICT (source) DO UPDATE SET id = excluded.id
    WHERE NOT :removed OR (SELECT removed FROM known WHERE known.id = came_from.id)
"""
_LIBRARY = "SELECT id, source_sha256, sources, removed, replaces FROM article ORDER BY added, rowid"


class KnownArticles:
    """The articles of a library by their ids, bytes, and sources, removed ones too.

    They are in a private file without a name, which goes with this object; of
    articles that were added since, and of how they changed, it has to be told.

    Args:
        library: A connection to the library.
    """

    def __init__(self, library: sqlite3.Connection) -> None:
        self._own = scratch(_TABLES)
        for known in _read(library):
            self.know(known)

    def __len__(self) -> int:
        (count,) = self._own.execute("SELECT count(*) FROM known").fetchone()
        return int(count)

    def know(self, article: KnownArticle) -> None:
        """Take in an article that is new, or has changed.

        Of several that came from one source, the last one that is not removed counts.
        """
        id, digest, sources, removed, replaces = article
        own = self._own
        own.execute(_KNOW, (id, digest, json.dumps(sources), removed, replaces))
        own.execute(_READ_FROM, (digest, id))
        if replaces is not None and not removed:
            own.execute(_NEWER, (replaces, id))
        for source in sources:
            own.execute(_CAME_FROM, {"source": source, "id": id, "removed": removed})

    def with_id(self, id: str) -> KnownArticle | None:
        """Return the article with an id, or None."""
        row = self._own.execute("SELECT * FROM known WHERE id = ?", (id,)).fetchone()
        if row is None:
            return None
        id, digest, sources, removed, replaces = row
        return KnownArticle(id, digest, tuple(json.loads(sources)), bool(removed), replaces)

    def with_digest(self, digest: str) -> KnownArticle | None:
        """Return the article that was read from bytes of this digest last, or None."""
        return self._with("SELECT id FROM read_from WHERE digest = ?", digest)

    def with_source(self, source: str) -> KnownArticle | None:
        """Return the article that came from a source, or None."""
        return self._with("SELECT id FROM came_from WHERE source = ?", source)

    def newest(self, id: str) -> str:
        """Return the id of the listed version that stands in the place of an article, or ""."""
        newest, seen = "", {id}
        while row := self._own.execute("SELECT by FROM newer WHERE id = ?", (id,)).fetchone():
            newest = id = str(row[0])
            if id in seen:
                break
            seen.add(id)
        return newest

    def _with(self, query: str, value: str) -> KnownArticle | None:
        row = self._own.execute(query, (value,)).fetchone()
        return None if row is None else self.with_id(row[0])


def _read(library: sqlite3.Connection) -> Iterator[KnownArticle]:
    """Give the articles of a library in the order in which they were added."""
    try:
        for id, digest, sources, removed, replaces in library.execute(_LIBRARY):
            yield KnownArticle(id, digest, tuple(json.loads(sources)), bool(removed), replaces)
    except DAMAGE as error:
        raise damaged("sources of the articles", error) from error
