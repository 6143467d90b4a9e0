"""Looking now and then whether somebody has changed a library: cheap while nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reader.annotation.model import Record, Ref
from reader.store import database, rows
from reader.store.access import Access
from reader.store.touched import Mark, mark, touched_since


class News(NamedTuple):
    """What has changed in a library.

    Attributes:
        records: The records that were changed as they are now, None for one that is gone;
            None instead when it is too much, or not known for sure: then all is to be read anew.
            New articles are no records; where only they came in, there are none.
    """

    records: Mapping[Ref, Record | None] | None


class Watch:
    """Sees what changes in a library, by whomever: also what its own connection does.

    Args:
        access: The library, held open.
        path: Its file.
        state: `Access.state` when it was read.
    """

    def __init__(self, access: Access, path: Path, state: object) -> None:
        self._access, self._path, self._state = access, path, state
        self._mark: Mark | None = None

    def look(self) -> News | None:
        """Return what has changed since the last look; None for nothing, or while it is locked.

        Raises:
            LibraryError: If the library cannot be read.
        """
        self._access.refresh()
        with database.explained(self._path), database.at_once(self._access.connection) as ready:
            if not ready():
                return None
            state = self._access.state()
            if state == self._state and self._mark is not None:
                return None
            return self._read(state)

    def _read(self, state: object) -> News | None:
        connection, known = self._access.connection, self._mark
        with database.snapshot(connection, self._path):
            changed, self._state = state != self._state, state
            self._mark = mark(connection)
            if not changed:
                return None
            touched = None if known is None else touched_since(connection, known)
            if touched is None:
                return News(None)
            refs = {Ref(each.kind, each.id) for each in touched}
            return News({ref: rows.read(connection, ref) for ref in refs})
