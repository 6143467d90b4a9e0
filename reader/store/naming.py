"""What annotators are called: a name to begin with, and steps of the history that change it.

The name that somebody begins with stands in no step. The first action that changes
it keeps it as a step of its own, so that each library that hears of the action knows
what was before it, as an undo has to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from reader.annotation.changes import Change
from reader.annotation.ids import new_id
from reader.annotation.model import Annotator
from reader.errors import ConflictError
from reader.store import rows

NAMED = (
    "EXISTS (SELECT 1 FROM history WHERE history.record = annotator.id"
    " AND history.kind = 'annotator')"
)
"""Whether steps say what an annotator is called."""

FIRST_NAME = (
    "coalesce((SELECT min(json_extract(after, '$.name')) FROM history WHERE history.record ="
    " annotator.id AND history.kind = 'annotator' AND parents = '[]'), name)"
)
"""What an annotator was called to begin with."""


def read(connection: sqlite3.Connection, id: str) -> Annotator | None:
    """Read an annotator, or None when there is none with this id."""
    row = connection.execute("SELECT id, name FROM annotator WHERE id = ?", (id,)).fetchone()
    return None if row is None else Annotator(row["id"], row["name"])


def write(connection: sqlite3.Connection, annotator: Annotator) -> None:
    """Store an annotator, under the new name when the id is known."""
    connection.execute(
        "INSERT INTO annotator (id, name) VALUES (?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        (annotator.id, annotator.name),
    )


def hear(connection: sqlite3.Connection, annotator: Annotator) -> None:
    """Store whom another library knows; of two names to begin with, the one that sorts first."""
    connection.execute(
        "INSERT INTO annotator (id, name) VALUES (?, ?) "
        f"ON CONFLICT (id) DO UPDATE SET name = min(name, excluded.name) WHERE NOT {NAMED}",
        (annotator.id, annotator.name),
    )


def begin(connection: sqlite3.Connection, action: str, position: int, first: Annotator) -> str:
    """Keep the name that somebody began with, before it changes; return the id of the step."""
    step, data = new_id(), rows.dump({"id": first.id, "name": first.name})
    connection.execute(
        "INSERT INTO history VALUES (?, ?, ?, 'annotator', ?, ?, ?, '[]', '[]')",
        (step, action, position, first.id, data, data),
    )
    return step


def check(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Check that nobody takes the name of somebody else here.

    Raises:
        ConflictError: If somebody does.
    """
    for new in (change.after for change in changes):
        if isinstance(new, Annotator):
            query = "SELECT 1 FROM annotator WHERE name = ? AND id != ?"
            if connection.execute(query, (new.name, new.id)).fetchone():
                raise ConflictError(
                    f"Somebody else here is called “{new.name}”; nothing was changed."
                )
