"""The history looked through, and any earlier state of the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from reader.annotation.changes import Change
from reader.annotation.codec import decode_record
from reader.annotation.model import Record, Ref, article_of
from reader.merging.resolve import resolve
from reader.store import database, history, rows
from reader.store.access import Access
from reader.store.ancestry import first_schema, steps_of
from reader.store.history import Entry

_TOUCHES = (
    "EXISTS (SELECT 1 FROM history WHERE history.action = action.id AND (record = :article"
    " OR json_extract(coalesce(after, before), '$.article') = :article))"
)
_LATER = (
    "SELECT DISTINCT kind, record FROM history JOIN action ON action.id = history.action"
    " WHERE (clock, action.id) > (SELECT clock, id FROM action WHERE id = ?) ORDER BY kind, record"
)


class Past:
    """The history of a library.

    Args:
        access: The library.
        path: Its file, for messages.
    """

    def __init__(self, access: Access, path: Path) -> None:
        self._access = access
        self._path = path

    def entries(
        self, *, article: str | None = None, annotator: str | None = None, limit: int = -1
    ) -> tuple[Entry, ...]:
        """Return actions, newest first.

        Args:
            article: Id of an article; only actions on it or on what is marked in it.
            annotator: Id of an annotator; only what that one did.
            limit: How many at most; all for a negative number.
        """
        wanted = [_TOUCHES] if article else []
        wanted += ["annotator = :annotator"] if annotator else []
        values = {"article": article, "annotator": annotator, "limit": limit}
        query = (
            f"SELECT * FROM action WHERE {' AND '.join(wanted) or '1'}"
            " ORDER BY clock DESC, id DESC LIMIT :limit"
        )
        with database.explained(self._path):
            return tuple(map(history.entry, self._access.connection.execute(query, values)))

    def changes(self, action: str) -> tuple[Change, ...]:
        """Return what an action changed."""
        with database.explained(self._path):
            return history.read_action(self._access.connection, action).changes

    def way_back(self, action: str, article: str | None = None) -> tuple[Change, ...]:
        """Return the changes that lead to how things were after an action.

        Args:
            action: Id of the action.
            article: Id of an article; only what stands in it.
        """
        with database.snapshot(self._access.connection, self._path):
            found = _way_back(self._access.connection, action)
            return tuple(change for change in found if article in (None, _home(change)))


def _way_back(connection: sqlite3.Connection, action: str) -> Iterator[Change]:
    row = connection.execute("SELECT clock, id FROM action WHERE id = ?", (action,)).fetchone()
    end = (row["clock"], row["id"])
    for kind, id in connection.execute(_LATER, (action,)).fetchall():
        ref = Ref(kind, id)
        before, now = _then(connection, ref, end), rows.read(connection, ref)
        if before != now and (before or now) is not None:
            yield Change(now, before)


def _then(connection: sqlite3.Connection, ref: Ref, end: tuple[int, str]) -> Record | None:
    """Return a record as it was after an action."""
    steps = steps_of(connection, ref)
    known = [step for step in steps if not step.action or (step.clock, step.action) <= end]
    if not known:
        return first_schema() if ref.kind == "schema" else None
    data = resolve(known).after
    return None if data is None else decode_record(ref.kind, data, f"{ref.kind} {ref.id}")


def _home(change: Change) -> str | None:
    record = change.after if change.after is not None else change.before
    return None if record is None else article_of(record)
