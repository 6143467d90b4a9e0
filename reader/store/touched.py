"""What has changed in a library since it was read: the history tells, whoever changed it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from reader.store.damage import DAMAGE, damaged

_MARK = (
    "SELECT action.rowid, id, (SELECT count(*) FROM arrival) FROM action"
    " ORDER BY action.rowid DESC LIMIT 1"
)
_AT = "SELECT id FROM action WHERE rowid = ?"
_SINCE = (
    "SELECT kind, record, before, after"
    " FROM action CROSS JOIN history ON history.action = action.id"
    " WHERE action.rowid > ? ORDER BY history.rowid LIMIT ?"
)
_STEPS = (
    "SELECT history.id, parents, action.rowid > ? FROM history"
    " JOIN action ON action.id = history.action WHERE record = ? ORDER BY history.rowid"
)

MOST = 2000
"""Changes up to which it is worth while to look at each, rather than to read all anew."""


class Mark(NamedTuple):
    """How far the history went when something was read.

    Clocks do not tell: what another library did may come in with an early one.

    Attributes:
        row: Number of the last action that came in, or 0.
        action: Its id.
        arrivals: How many articles had come in.
    """

    row: int
    action: str
    arrivals: int


class Touched(NamedTuple):
    """A record that has changed.

    Attributes:
        kind: Its kind.
        id: Its id.
        before: Its fields before, or nothing.
        after: Its fields after, or nothing.
    """

    kind: str
    id: str
    before: dict[str, Any]
    after: dict[str, Any]

    def either(self, *fields: str) -> set[str]:
        """Return what some fields held before or after."""
        sides = (self.before, self.after)
        return {value for side in sides for field in fields if (value := side.get(field))}

    def differs(self, field: str) -> bool:
        """Tell whether a field is another one than before."""
        return bool(self.before.get(field) != self.after.get(field))


def mark(connection: sqlite3.Connection) -> Mark:
    """Return how far the history goes."""
    row = connection.execute(_MARK).fetchone()
    return Mark(0, "", 0) if row is None else Mark(*row)


def touched_since(connection: sqlite3.Connection, last: Mark) -> tuple[Touched, ...] | None:
    """Return what has changed since a mark; None when it is too much, or not known for sure."""
    now = mark(connection)
    if now == last:
        return ()
    row = connection.execute(_AT, (last.row,)).fetchone()
    same = row is not None and row[0] == last.action if last.row else True
    if not same or now.arrivals != last.arrivals:
        return None
    rows = connection.execute(_SINCE, (last.row, MOST + 1)).fetchall()
    if len(rows) > MOST or not all(
        _is_straight(connection, record, last) for record in {row[1] for row in rows}
    ):
        return None
    return tuple(map(_touched, rows))


def _is_straight(connection: sqlite3.Connection, record: str, last: Mark) -> bool:
    """Tell whether each new step of a record was made upon all that was here before it.

    One that another library made without knowing of ours says nothing of what was here.
    """
    ends = set[str]()
    for id, parents, new in connection.execute(_STEPS, (last.row, record)):
        known = set(json.loads(parents))
        if new and not ends <= known:
            return False
        ends = (ends - known) | {id}
    return True


def _touched(row: Iterable[Any]) -> Touched:
    kind, id, before, after = row
    try:
        return Touched(kind, id, *(json.loads(side) if side else {} for side in (before, after)))
    except DAMAGE as error:
        raise damaged(f"history of {kind} {id}", error) from error
