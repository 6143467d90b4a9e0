"""The history: append-only, and the only way records change.

Every action is kept with each record before and after. An undo is a new
action that names the one it takes back; a redo names it too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from reader.annotation.actions import shorten
from reader.annotation.changes import Action, Change, Place, place_of
from reader.annotation.codec import decode_record, encode_record
from reader.annotation.ids import new_id
from reader.annotation.model import Annotator, Mention, Record, Ref, Status
from reader.errors import ConflictError
from reader.store import rows
from reader.store.access import DANGLING
from reader.store.damage import DAMAGE, damaged
from reader.values import dataclass

_NOTHING: Mapping[Ref, Any] = {}

ActionMode = Literal["do", "undo", "redo", "import"]

_LATEST = """
    SELECT id, clock, mode, target FROM action WHERE annotator = ? AND mode = ?
    ORDER BY clock DESC LIMIT 1
"""
_LAST_DONE = """
    SELECT id FROM action WHERE annotator = ? AND mode = 'do' AND clock <= ? AND NOT EXISTS (
        SELECT 1 FROM action AS back WHERE back.target = action.id AND back.mode = 'undo'
        AND NOT EXISTS (SELECT 1 FROM action AS again WHERE again.target = action.id
                        AND again.mode = 'redo' AND again.clock > back.clock))
    ORDER BY clock DESC LIMIT 1
"""
_LAST_UNDONE = """
    SELECT target FROM action AS back WHERE annotator = ? AND mode = 'undo'
    AND clock > ? AND clock <= ? AND NOT EXISTS (
        SELECT 1 FROM action AS again WHERE again.target = back.target
        AND again.mode = 'redo' AND again.clock > back.clock)
    ORDER BY clock DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as the history keeps it."""

    id: str
    clock: int
    annotator: str
    mode: ActionMode
    target: str | None
    what: str
    created: str
    place: Place | None


def perform(
    connection: sqlite3.Connection,
    author: Annotator,
    action: Action,
    mode: ActionMode = "do",
    target: str | None = None,
) -> Action:
    """Make an action's changes and keep them in the history. Needs an open transaction.

    Returns:
        The action as it was made: setting an article to `in progress` is left
        out when another window of this annotator has done so already.

    Raises:
        ConflictError: If a record is no longer what the action was made for.
    """
    due = tuple(change for change in action.changes if not _started(connection, change))
    action = replace(action, changes=due)
    for change in action.changes:
        _check_before(connection, change)
    if mode == "do":
        _check_new(connection, action.changes)
    _check_names(connection, action.changes)
    _join(connection, author)
    _know_settled(connection, action.changes)
    _enter(connection, action, action.place, mode, target)
    said = _restored(connection, action.changes, target) if mode == "undo" and target else {}
    for position, change in enumerate(action.changes):
        _make(connection, action.id, position, change, said)
    following = _following(connection, action.changes, said)
    return replace(action, changes=(*action.changes, *following))


def take_in(
    connection: sqlite3.Connection, author: Annotator, action: Action, changes: Iterable[Change]
) -> None:
    """Make the changes of an import, which may be very many, as one action.

    Needs an open transaction.

    Args:
        connection: To the library.
        author: Who imports.
        action: The action; its own changes do not count.
        changes: The changes, as often as they are asked for.

    Raises:
        ConflictError: If a record is no longer what a change was made for.
    """
    _join(connection, author)
    _enter(connection, action, place_of(changes), "import")
    due = (change for change in changes if not _started(connection, change))
    for position, change in enumerate(due):
        _check_before(connection, change)
        _make(connection, action.id, position, change)
    _following(connection, changes)


def _restored(
    connection: sqlite3.Connection, changes: Iterable[Change], target: str
) -> dict[Ref, Any]:
    """Return what steps of an undo say of records that the steps of others make fit."""
    from reader.store import refitting

    found = ((change.ref, refitting.restored(connection, change, target)) for change in changes)
    return {ref: said for ref, (is_due, said) in found if is_due}


def _following(
    connection: sqlite3.Connection, made: Iterable[Change], restored: Collection[Ref] = ()
) -> tuple[Change, ...]:
    """Look again at what other libraries left to settle; return what changed by that.

    What came back because something referred to it goes when nothing does any more.

    Args:
        connection: The library.
        made: What was changed.
        restored: Records that are to be what all their steps say.
    """
    _check_ends(connection, made)
    _check_labels(connection, made)
    if not restored and not connection.execute("SELECT 1 FROM unsettled LIMIT 1").fetchone():
        return ()
    from reader.store import refitting

    looked_at = {*refitting.unsettled(connection), *restored}
    before = {ref: rows.read(connection, ref) for ref in looked_at}
    refitting.settle(connection, restored, may_come_back=before.__contains__)
    found = ((record, rows.read(connection, ref)) for ref, record in before.items())
    return tuple(Change(old, new) for old, new in found if old != new)


def _check_ends(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Check what no foreign key can: notes and relations point at records of any kind."""
    for change in changes:
        if change.after is None:
            whole = not rows.is_pointed_at(connection, change.ref)
        else:
            whole = all(rows.exists(connection, ref) for ref in rows.pointers(change.after))
        if not whole:
            raise ConflictError(DANGLING)


def _check_labels(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Check what another window, with another schema, may have made wrong meanwhile."""
    # Loaded with the first change: to show an article it is not needed.
    from reader.store.used_labels import check_labels

    check_labels(connection, changes)


def _check_new(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Check that another window of the annotator has not tagged the same meanwhile."""
    known: dict[tuple[str, str], frozenset[object]] = {}
    for change in changes:
        new = change.after
        if change.before is None and isinstance(new, Mention):
            whose = new.span.article, new.annotator
            if whose not in known:
                known[whose] = frozenset(rows.tagged(connection, *whose))
            # What there has been before comes back to where it was; that is no second tag.
            if (new.span.fragments, new.type) in known[whose] and not _has_past(connection, new):
                quote = shorten(new.span.quote)
                raise ConflictError(
                    f"“{quote}” was tagged {new.type} meanwhile; nothing was changed."
                )


def _check_names(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Check that nobody takes the name of somebody else."""
    if any(isinstance(change.after, Annotator) for change in changes):
        from reader.store import naming

        naming.check(connection, changes)


def _has_past(connection: sqlite3.Connection, record: Record) -> bool:
    found = connection.execute("SELECT 1 FROM history WHERE record = ? LIMIT 1", (record.id,))
    return found.fetchone() is not None


def _join(connection: sqlite3.Connection, author: Annotator) -> None:
    """Store who acts here for the first time, unless another window just did under this name."""
    query = "SELECT id FROM annotator WHERE name = ? OR id = ?"
    found = connection.execute(query, (author.name, author.id))
    ids = {row["id"] for row in found}
    if ids and author.id not in ids:
        raise ConflictError(f"{author.name} began to annotate in another window; try again.")
    know(connection, author)


def last_done(connection: sqlite3.Connection, annotator: str) -> str | None:
    """Return the id of the annotator's last action that is not undone."""
    latest = _latest(connection, annotator)
    if latest is None:
        return None
    # What came after the action that was last done or undone is undone: there is no need to look.
    top = connection.execute("SELECT clock FROM action WHERE id = ?", (_subject(latest),))
    found = connection.execute(_LAST_DONE, (annotator, top.fetchone()["clock"])).fetchone()
    return None if found is None else str(found["id"])


def last_undone(connection: sqlite3.Connection, annotator: str) -> str | None:
    """Return the id of the action a redo brings back: undone last, with nothing done since."""
    latest, done = _latest(connection, annotator), _latest(connection, annotator, "do")
    if latest is None or done is None:
        return None
    # What was undone after it was is done again.
    top = connection.execute(
        "SELECT max(clock) AS clock FROM action WHERE target = ? AND mode = 'undo'",
        (_subject(latest),),
    ).fetchone()["clock"]
    found = connection.execute(_LAST_UNDONE, (annotator, done["clock"], top)).fetchone()
    return None if found is None else str(found["target"])


def _latest(
    connection: sqlite3.Connection, annotator: str, *modes: ActionMode
) -> sqlite3.Row | None:
    """Return the annotator's last entry of these modes; else of all that undo and redo know."""
    found = (
        connection.execute(_LATEST, (annotator, mode)).fetchone()
        for mode in modes or ("do", "undo", "redo")
    )
    return max((row for row in found if row), key=lambda row: row["clock"], default=None)


def _subject(entry: sqlite3.Row) -> str:
    """Return the id of the action that an entry made, took back or brought back."""
    return str(entry["target"] or entry["id"])


def read_action(connection: sqlite3.Connection, id: str) -> Action:
    """Read an action with its changes."""
    row = connection.execute("SELECT * FROM action WHERE id = ?", (id,)).fetchone()
    kept = connection.execute("SELECT * FROM history WHERE action = ? ORDER BY position", (id,))
    changes = (
        Change(
            _decode(entry["kind"], entry["before"]),
            _decode(entry["kind"], entry["after"]),
            tuple(json.loads(entry["settled"])),
        )
        for entry in kept
    )
    # A step that keeps the name somebody began with changes nothing.
    made = tuple(
        change
        for change in changes
        if not (isinstance(change.after, Annotator) and change.before == change.after)
    )
    return Action(row["id"], row["annotator"], row["what"], made, row["created"])


def entries(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    """Return the whole history, oldest first."""
    return tuple(
        entry(row) for row in connection.execute("SELECT * FROM action ORDER BY clock, id")
    )


def _know_settled(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Store the one whose layer is settled: nobody acts as that one, who is known with the first.

    Loaded with what is written only: a text shows sooner without it.
    """
    from reader.annotation.layers import owner
    from reader.annotation.settled import SETTLED

    if any(change.after and owner(change.after) == SETTLED.id for change in changes):
        know(connection, SETTLED)


def know(connection: sqlite3.Connection, annotator: Annotator) -> None:
    """Store an annotator who is not known yet. Two people may have one name."""
    connection.execute(
        "INSERT INTO annotator (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (annotator.id, annotator.name),
    )


def _started(connection: sqlite3.Connection, change: Change) -> bool:
    """Tell whether a change would only start an article that is started already."""
    if not isinstance(change.after, Status) or change.after.value != "in progress":
        return False
    found = rows.read(connection, change.ref)
    return isinstance(found, Status) and found != change.before and found.value != "new"


def _check_before(connection: sqlite3.Connection, change: Change) -> None:
    found = rows.read(connection, change.ref)
    if found == change.before:
        return
    kind = change.ref.kind.replace("_", " ")
    if found is None:
        raise ConflictError(f"This {kind} was deleted meanwhile; nothing was changed.")
    raise ConflictError(f"This {kind} was changed meanwhile by somebody; nothing was changed.")


def _enter(
    connection: sqlite3.Connection,
    action: Action,
    place: Place | None,
    mode: ActionMode,
    target: str | None = None,
) -> None:
    """Write that there was an action."""
    clock = connection.execute("SELECT coalesce(max(clock), 0) + 1 FROM action").fetchone()[0]
    where = (place.article, place.start, place.end) if place else (None, None, None)
    connection.execute(
        "INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (action.id, clock, action.annotator, mode, target, action.what, *where, action.created),
    )


def _make(
    connection: sqlite3.Connection,
    action: str,
    position: int,
    change: Change,
    said: Mapping[Ref, Any] = _NOTHING,
) -> None:
    """Write what an action changed, and change it.

    Args:
        connection: The library.
        action: Id of the action.
        position: Of the change in it.
        change: The change.
        said: What the step says of records that are shown otherwise.
    """
    # Only writing needs it: it has no place in the start.
    from reader.store.ancestry import heads

    ref = change.ref
    known = heads(connection, ref)
    if not known and isinstance(change.before, Annotator):
        from reader.store import naming

        known = (naming.begin(connection, action, position, change.before),)
    parents, settled = rows.dump(known), rows.dump(change.settled)
    before, after = _encode(change.before), _encode(change.after)
    if ref in said:
        after = None if said[ref] is None else rows.dump(said[ref])
    connection.execute(
        "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (new_id(), action, position, ref.kind, ref.id, before, after, parents, settled),
    )
    if change.after is None:
        rows.remove(connection, ref)
    else:
        rows.write(connection, change.after)


def _encode(record: Record | None) -> str | None:
    if record is None:
        return None
    return rows.dump(encode_record(record))


def _decode(kind: str, data: str | None) -> Record | None:
    if data is None:
        return None
    try:
        return decode_record(kind, json.loads(data))
    except DAMAGE as error:
        raise damaged(f"history of a {kind}", error) from error


def entry(row: sqlite3.Row) -> Entry:
    """Return an action of the history by its row."""
    place = Place(row["article"], row["start"], row["end"]) if row["article"] else None
    return Entry(
        id=row["id"],
        clock=row["clock"],
        annotator=row["annotator"],
        mode=row["mode"],
        target=row["target"],
        what=row["what"],
        created=row["created"],
        place=place,
    )
