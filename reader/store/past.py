"""The history looked through, and any earlier state of the records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from reader.annotation.changes import Change
from reader.annotation.codec import decode_record
from reader.annotation.model import Entity, Record, Ref, article_of
from reader.annotation.references import references
from reader.merging.resolve import resolve
from reader.merging.steps import Json, Step
from reader.store import ancestry, database, history, refitting, rows
from reader.store.access import Stored
from reader.store.ancestry import steps_of
from reader.store.history import Entry

_TOUCHES = (
    "EXISTS (SELECT 1 FROM history WHERE history.action = action.id AND (record = :article"
    " OR json_extract(coalesce(after, before), '$.article') = :article))"
)
_LATER = "SELECT id FROM action WHERE rowid > (SELECT rowid FROM action WHERE id = ?)"
"""What came into this library after an action, whether it was done or heard of here.

By its clock alone, what another library did meanwhile would seem to have been here.
"""
_TOUCHED = (
    "SELECT DISTINCT kind, record FROM history"
    " WHERE action IN (SELECT value FROM json_each(?)) AND kind != 'annotator'"
    " ORDER BY kind, record"
)
"""What annotators are called is theirs to say: whoever goes back leaves it as it is."""
_EVER = "SELECT DISTINCT record FROM history WHERE record IN (SELECT value FROM json_each(?))"
_MERGED = (
    "SELECT DISTINCT json_extract(after, '$.merged_into') AS target FROM history"
    " WHERE kind = 'entity' AND record = ? AND target NOT NULL"
)


class Past(Stored):
    """The history of a library."""

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
            return tuple(map(history.entry, self._connection.execute(query, values)))

    def changes(self, action: str) -> tuple[Change, ...]:
        """Return what an action changed."""
        with database.explained(self._path):
            return history.read_action(self._connection, action).changes

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Return those of some ids of records that any action was ever about."""
        with database.explained(self._path):
            found = self._connection.execute(_EVER, (json.dumps(sorted(ids)),))
            return frozenset(row["record"] for row in found)

    def merged_into(self, entity: str) -> frozenset[str]:
        """Return the ids of the entities that one was ever merged into."""
        with database.explained(self._path):
            found = self._connection.execute(_MERGED, (entity,))
            return frozenset(row["target"] for row in found)

    def way_back(self, action: str, article: str | None = None) -> tuple[Change, ...]:
        """Return the changes that lead to how things were after an action.

        Args:
            action: Id of the action.
            article: Id of an article; only what stands in it, with what that refers to
                and is gone.
        """
        with database.snapshot(self._connection, self._path):
            found = tuple(_way_back(self._connection, action))
        return found if article is None else tuple(_within(found, article))


def _way_back(connection: sqlite3.Connection, action: str) -> Iterator[Change]:
    then = _Then(connection, action)
    for ref, before in sorted(then.records().items(), key=lambda item: (item[0].kind, item[0].id)):
        now = rows.read(connection, ref)
        if before != now and (before or now) is not None:
            yield Change(now, before)


class _Then:
    """The records as the library had them after an action, where that may differ from now.

    Like those of today they are what their steps said, fitted to each other:
    what another referred to was there, and no entities were merged in a circle.

    Args:
        connection: The library.
        action: Id of the action.
    """

    def __init__(self, connection: sqlite3.Connection, action: str) -> None:
        self._connection = connection
        self._later = {row["id"] for row in connection.execute(_LATER, (action,))}
        self._found: dict[Ref, Record | None] = {}

    def records(self) -> dict[Ref, Record | None]:
        """Return the records with what they were; None for what was not there."""
        later = json.dumps(sorted(self._later))
        touched = [Ref(*row) for row in self._connection.execute(_TOUCHED, (later,)).fetchall()]
        for ref in {*touched, *refitting.unsettled(self._connection)}:
            self._found[ref] = self._said(ref)
        self._bring_back()
        self._open_circles()
        return self._found

    def _known(self, ref: Ref) -> list[Step]:
        steps = steps_of(self._connection, ref)
        return [step for step in steps if step.action not in self._later]

    def _said(self, ref: Ref) -> Record | None:
        """Return what a record was by its own steps."""
        known = self._known(ref)
        if not known:
            return ancestry.first_schema() if ref.kind == "schema" else None
        return _decoded(ref, resolve(known).after)

    def _bring_back(self) -> None:
        """Let be there what was deleted and referred to."""
        waiting = [ref for ref in self._found if self._is_needed(ref)]
        for record in self._found.values():
            waiting += () if record is None else (target for _, target in references(record))
        while waiting:
            ref = waiting.pop()
            gone = self._found.get(ref) is None
            if gone and (ref in self._found or not rows.exists(self._connection, ref)):
                known = self._known(ref)
                self._found[ref] = record = _decoded(ref, resolve(known).last) if known else None
                waiting += () if record is None else (target for _, target in references(record))

    def _is_needed(self, ref: Ref) -> bool:
        """Tell whether a record that was deleted is one that an untouched one refers to."""
        if self._found[ref] is not None or not self._known(ref):
            return False
        pointing = refitting.pointing_at(self._connection, ref)
        return any(other not in self._found for other in pointing)

    def _open_circles(self) -> None:
        for ref in [ref for ref in self._found if ref.kind == "entity"]:
            path: list[Ref] = []
            at: Ref | None = ref
            while at is not None and at not in path:
                path.append(at)
                entity = self._entity(at)
                into = None if entity is None else entity.merged_into
                at = None if into is None else Ref("entity", into)
            if at is not None:
                smallest = min(path[path.index(at) :], key=lambda each: each.id)
                entity = self._entity(smallest)
                assert entity is not None
                self._found[smallest] = replace(entity, merged_into=None)

    def _entity(self, ref: Ref) -> Entity | None:
        found = self._found[ref] if ref in self._found else rows.read(self._connection, ref)
        return found if isinstance(found, Entity) else None


def _decoded(ref: Ref, data: Json | None) -> Record | None:
    return None if data is None else decode_record(ref.kind, data, f"{ref.kind} {ref.id}")


def _within(changes: Iterable[Change], article: str) -> Iterator[Change]:
    """Pick the changes of an article, and those that bring back what they refer to."""
    apart: dict[Ref, Change] = {}
    waiting = []
    for change in changes:
        if _home(change) == article:
            waiting.append(change)
        elif change.before is None:
            apart[change.ref] = change
    while waiting:
        change = waiting.pop()
        yield change
        named = () if change.after is None else references(change.after)
        waiting += [apart.pop(target) for _, target in named if target in apart]


def _home(change: Change) -> str | None:
    record = change.after if change.after is not None else change.before
    return None if record is None else article_of(record)
