"""What has changed in a library since it was read: the history tells, whoever changed it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from reader.store.damage import DAMAGE, damaged

_LAST = "SELECT clock, id FROM action ORDER BY clock DESC LIMIT 1"
_AT = "SELECT id FROM action WHERE clock = ?"
_SINCE = (
    "SELECT kind, record, before, after"
    " FROM action CROSS JOIN history ON history.action = action.id"
    " WHERE clock > ? ORDER BY clock, position LIMIT ?"
)

MOST = 2000
"""Changes up to which it is worth while to look at each, rather than to read all anew."""


class Mark(NamedTuple):
    """How far the history went when something was read: the last action, if there was any."""

    clock: int
    action: str


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
    row = connection.execute(_LAST).fetchone()
    return Mark(0, "") if row is None else Mark(row[0], row[1])


def touched_since(connection: sqlite3.Connection, last: Mark) -> tuple[Touched, ...] | None:
    """Return what has changed since a mark; None when it is too much, or not known."""
    if last.clock:
        row = connection.execute(_AT, (last.clock,)).fetchone()
        if row is None or row[0] != last.action:
            return None
    rows = connection.execute(_SINCE, (last.clock, MOST + 1)).fetchall()
    return None if len(rows) > MOST else tuple(map(_touched, rows))


def _touched(row: Iterable[Any]) -> Touched:
    kind, id, before, after = row
    try:
        return Touched(kind, id, *(json.loads(side) if side else {} for side in (before, after)))
    except DAMAGE as error:
        raise damaged(f"history of {kind} {id}", error) from error
