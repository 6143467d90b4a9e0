"""What a file says, kept out of memory until all of it has been read."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from typing import Any

from reader.store.scratch import scratch

_TABLES = """
    CREATE TABLE item (number INTEGER PRIMARY KEY, family, id, kind, data, UNIQUE (family, id));
    CREATE INDEX in_order ON item (family);
"""
_PUT = "INSERT OR IGNORE INTO item (family, id, kind, data) VALUES (?, ?, ?, ?)"
_ALL = "SELECT data FROM item INDEXED BY in_order WHERE family = ? ORDER BY number"
_OF_KIND = """
    SELECT data FROM item INDEXED BY in_order WHERE family = ? AND kind = ? ORDER BY number
"""


class Items:
    """Values of several families, in each of which an id stands once."""

    def __init__(self) -> None:
        self._own = scratch(_TABLES)

    def put(self, family: str, id: str, value: Any, kind: str = "") -> bool:
        """Keep a value; False where the family has one of this id, which then stays."""
        row = family, id, kind, pickle.dumps(value)
        return self._own.execute(_PUT, row).rowcount == 1

    def get(self, family: str, id: str) -> Any:
        """Return a value, or None."""
        query = "SELECT data FROM item WHERE family = ? AND id = ?"
        row = self._own.execute(query, (family, id)).fetchone()
        return None if row is None else _loaded(row[0])

    def has(self, family: str, id: str, kind: str = "") -> bool:
        """Tell whether a family has a value with this id, of this kind."""
        query = "SELECT 1 FROM item WHERE family = ? AND id = ? AND kind = ?"
        return self._own.execute(query, (family, id, kind)).fetchone() is not None

    def all(self, family: str) -> Iterator[Any]:
        """Give the values of a family in the order in which they came."""
        return (_loaded(data) for (data,) in self._own.execute(_ALL, (family,)))

    def of_kinds(self, family: str, kinds: Iterable[str]) -> Iterator[Any]:
        """Give those of some kinds, one kind after the other."""
        for kind in kinds:
            for (data,) in self._own.execute(_OF_KIND, (family, kind)):
                yield _loaded(data)


def _loaded(data: bytes) -> Any:
    # Nobody but this object has written it: its file has no name that others could open.
    return pickle.loads(data)
