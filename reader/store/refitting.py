"""Records as all steps say, after steps of other libraries came in.

`reader.merging` says what the state is; here it is worked out for the records
that may have changed, and written. A record of which the table has something
else than its last step says, or of which values are to be settled, is kept in
the table `unsettled`: there it is looked at again with the next steps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reader.annotation.changes import Change
from reader.annotation.codec import decode_record, encode_record
from reader.annotation.model import Entity, Record, Ref
from reader.merging.resolve import DELETED, Conflict, Resolved, Version, resolve
from reader.merging.steps import Json, ancestors, is_line
from reader.store import rows
from reader.store.ancestry import steps_of

_POINTERS = {
    "entity": (
        *("mention.entity", "suggestion.entity", "claim_mention.claimant"),
        *("claim_mention.affiliation", "attribution.source_entity", "claim.place"),
        "entity.merged_into",
    ),
    "claim": ("claim_mention.claim",),
    "attribution": ("claim_mention.attribution",),
}
"""The columns that refer to records of one kind alone."""
_ANY = ("note.on", "relation.source", "relation.target")
"""The pairs of columns that refer to records of any kind."""
_IN_ARTICLES = ("span", "attribution", "note", "status")
_POINTED_AT = ("entity", "claim", "attribution", "mention", "claim_mention", "relation", "note")


def settle(
    connection: sqlite3.Connection,
    touched: Iterable[Ref],
    may_come_back: Callable[[Ref], bool] = lambda ref: True,
) -> frozenset[Ref]:
    """Write the records that may have changed as their steps say. Needs an open transaction.

    Args:
        connection: The library, with all steps and their parents in it.
        touched: Records that have new steps.
        may_come_back: Tells which deleted records come back when something refers to them.

    Raises:
        LookupError: If something refers to what no step has made.

    Returns:
        What was looked at.
    """
    looked_at = {*touched, *unsettled(connection)}
    connection.execute("DELETE FROM unsettled")
    for ref in sorted(looked_at, key=lambda ref: (ref.kind, ref.id)):
        found = resolve(steps_of(connection, ref))
        _write(connection, ref, found.after)
        if found.conflicts:
            _keep(connection, ref)
    _require_articles(connection)
    while dangling := [ref for ref in _dangling(connection) if may_come_back(ref)]:
        for ref in dangling:
            _revive(connection, ref)
            looked_at.add(ref)
    for ref in _circles(connection, looked_at):
        entity = rows.read(connection, ref)
        assert isinstance(entity, Entity)
        rows.write(connection, replace(entity, merged_into=None))
        _keep(connection, ref)
    return frozenset(looked_at)


def said(connection: sqlite3.Connection, ref: Ref) -> Record | None:
    """Return what a record is by its own steps; None when it is deleted.

    Raises:
        sqlite3.DatabaseError, ValueError, FormatError: If these are damaged.
    """
    found = resolve(steps_of(connection, ref))
    last = _decoded(ref, found.last)
    return None if found.after is None else last


def restored(connection: sqlite3.Connection, change: Change, target: str) -> tuple[bool, Json]:
    """Return what the step of an undo is to say, and whether the record is to be looked at.

    Where a record was not what its steps say, because something referred to it
    or it closed a circle, the step says what they said: it is so again then.

    Args:
        connection: The library.
        change: The change that takes back another.
        target: Id of the action that it takes back.
    """
    steps = steps_of(connection, change.ref)
    again = {target, *(s.action for s in steps if (s.mode, s.target) == ("redo", target))}
    of = [step for step in steps if step.action in again]
    first = next((step for step in of if step.action == of[-1].action), None)
    after = None if change.after is None else encode_record(change.after)
    if first is None or not first.parents:
        return False, after
    before = resolve(ancestors(steps, first.parents)).after
    if (None if before is None else _decoded(change.ref, before)) != change.after or before is None:
        return True, before
    return not is_line(steps), after


def unsettled(connection: sqlite3.Connection) -> tuple[Ref, ...]:
    """Return the records that are to be looked at again, by kind and id."""
    found = connection.execute("SELECT kind, record FROM unsettled ORDER BY kind, record")
    return tuple(Ref(*row) for row in found)


def conflicts(connection: sqlite3.Connection) -> tuple[Conflict, ...]:
    """Return what is to be settled, by kind, record and field."""
    return tuple(
        conflict
        for ref in unsettled(connection)
        for conflict in _conflicts(connection, ref, resolve(steps_of(connection, ref)))
    )


def _conflicts(connection: sqlite3.Connection, ref: Ref, found: Resolved) -> Iterator[Conflict]:
    yield from found.conflicts
    record = rows.read(connection, ref)
    if record is None:
        return
    if found.after is None:
        versions = (Version("", "", found.last), *(Version(id, "", None) for id in found.heads))
        yield Conflict(ref.kind, ref.id, DELETED, versions)
    elif isinstance(record, Entity) and record.merged_into != found.after["merged_into"]:
        versions = (Version("", "", None), Version("", "", found.after["merged_into"]))
        yield Conflict(ref.kind, ref.id, ("merged_into",), versions)


def _keep(connection: sqlite3.Connection, ref: Ref) -> None:
    connection.execute(
        "INSERT INTO unsettled (record, kind) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (ref.id, ref.kind),
    )


def _write(connection: sqlite3.Connection, ref: Ref, data: Json | None) -> None:
    if data is None:
        rows.remove(connection, ref)
    else:
        rows.write(connection, _decoded(ref, data))


def _decoded(ref: Ref, data: Json) -> Record:
    return decode_record(ref.kind, data, f"{ref.kind} {ref.id}")


def pointing_at(connection: sqlite3.Connection, ref: Ref) -> Iterator[Ref]:
    """Give the records that refer to one."""
    for table, column, where in _pointers(ref.kind):
        query = f'SELECT id FROM "{table}" WHERE {where} AND {column} = :id ORDER BY id'
        found = connection.execute(query, {"kind": ref.kind, "id": ref.id})
        yield from (Ref(table, row["id"]) for row in found)


def _pointers(kind: str) -> Iterator[tuple[str, str, str]]:
    """Give what refers to records of a kind: table, column, and which of its rows do."""
    for name in _POINTERS.get(kind, ()):
        table, column = name.split(".")
        yield table, column, "1"
    for name in _ANY:
        table, column = name.split(".")
        yield table, f"{column}_id", f"{column}_kind = :kind"


def _dangling(connection: sqlite3.Connection) -> Iterator[Ref]:
    """Give the records that are referred to and not there."""
    for kind in _POINTED_AT:
        pointers = " UNION ".join(
            f'SELECT {column} FROM "{table}" WHERE {where}'
            for table, column, where in _pointers(kind)
        )
        query = (
            f"WITH named (id) AS ({pointers}) SELECT id FROM named WHERE id NOT NULL"
            f' AND NOT EXISTS (SELECT 1 FROM "{kind}" WHERE "{kind}".id = named.id) ORDER BY id'
        )
        yield from (Ref(kind, row["id"]) for row in connection.execute(query, {"kind": kind}))


def _require_articles(connection: sqlite3.Connection) -> None:
    """Make sure that the articles of all records are there.

    Raises:
        LookupError: If one is not.
    """
    homes = " UNION ".join(f"SELECT article FROM {table}" for table in _IN_ARTICLES)
    missing = connection.execute(
        f"WITH home AS ({homes}) SELECT article FROM home WHERE article NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM article WHERE article.id = home.article) LIMIT 1"
    ).fetchone()
    if missing is not None:
        raise LookupError(f"article {missing['article']}")


def _revive(connection: sqlite3.Connection, ref: Ref) -> None:
    """Bring back what was deleted while another came to refer to it.

    Raises:
        LookupError: If no step has ever made it.
    """
    steps = steps_of(connection, ref)
    if not steps:
        raise LookupError(f"{ref.kind.replace('_', ' ')} {ref.id}")
    _write(connection, ref, resolve(steps).last)
    _keep(connection, ref)


def _circles(connection: sqlite3.Connection, touched: Iterable[Ref]) -> set[Ref]:
    """Return the smallest of each circle of entities that were merged into each other."""
    found: set[Ref] = set()
    for ref in touched:
        path: list[str] = []
        id: str | None = ref.id if ref.kind == "entity" else None
        while id is not None and id not in path:
            path.append(id)
            row = connection.execute(
                "SELECT merged_into FROM entity WHERE id = ?", (id,)
            ).fetchone()
            id = None if row is None else row["merged_into"]
        if id is not None:
            found.add(Ref("entity", min(path[path.index(id) :])))
    return found
