"""The tables of a library written anew from its history, where something is wrong with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from reader.annotation.codec import encode_record
from reader.annotation.model import IN_HISTORY, KINDS, Record, Ref
from reader.errors import ConflictError, LibraryError
from reader.store import ancestry, full_text, refitting, rows
from reader.store.damage import DAMAGE
from reader.store.salvage import Salvaged, lost, salvage
from reader.values import dataclass

_BROKEN = (sqlite3.DatabaseError, *DAMAGE)

_SOME_SCHEMA = "INSERT INTO setting (name, value) VALUES ('schema', '') ON CONFLICT DO NOTHING"
"""A place for the schema, which is only ever replaced."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What came of a repair.

    Attributes:
        written: Records that are now what their history says, and were not.
        left: A line for each record that was left alone, and why.
        salvaged: What the history does not tell and was taken from copies.
    """

    written: tuple[Ref, ...]
    left: tuple[str, ...]
    salvaged: tuple[Salvaged, ...]


def repair(
    connection: sqlite3.Connection, copies: Iterable[Path], migrate: Callable[..., None]
) -> Repaired:
    """Write every record as its history says. Needs an open transaction.

    Args:
        connection: The library.
        copies: Copies of it, the newest first, for what no history tells.
        migrate: Brings a copy up to date, in memory.

    Raises:
        LibraryError: If something refers to what nobody has made.
    """
    connection.execute(_SOME_SCHEMA)
    salvaged = salvage(connection, copies, migrate)
    _require_parents(connection)
    sound, left = set[Ref](), list[str]()
    for ref in _in_history(connection):
        fault = _fault(connection, ref)
        if fault:
            left.append(f"{_named(ref)}: {fault}")
        else:
            sound.add(ref)
    before = {ref: _read(connection, ref) for ref in sound}
    full_text.forget_all(connection)
    try:
        looked_at = refitting.settle(connection, sound)
    except LookupError as error:
        raise LibraryError(
            f"the history refers to {error}, which nobody has made; go back to a copy."
        ) from error
    if isinstance(_read(connection, Ref("schema", "schema")), str):
        rows.write(connection, ancestry.first_schema())
    full_text.make_missing(connection)
    left += _without_history(connection)
    written = (ref for ref in looked_at if ref in before and before[ref] != _read(connection, ref))
    return Repaired(
        tuple(sorted(written, key=lambda ref: (ref.kind, ref.id))), tuple(left), salvaged
    )


def _require_parents(connection: sqlite3.Connection) -> None:
    """Refuse a library in which something is gone that no history can tell."""
    for kind, id in lost(connection):
        if kind != "history" and not _is_there(connection, kind, id):
            cure = "add its file again, or go back" if kind == "article" else "go back"
            raise LibraryError(
                f"{kind} {id} is gone, and no backup has it; nothing was changed, {cure} to a copy."
            )


def _is_there(connection: sqlite3.Connection, table: str, id: str) -> bool:
    found = connection.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (id,))
    return found.fetchone() is not None


def _in_history(connection: sqlite3.Connection) -> tuple[Ref, ...]:
    found = connection.execute("SELECT DISTINCT kind, record FROM history ORDER BY kind, record")
    return tuple(Ref(*row) for row in found)


def _fault(connection: sqlite3.Connection, ref: Ref) -> str:
    """Say why a record cannot be written by its history; "" when it can."""
    if ref.kind not in IN_HISTORY:
        return "its history is of no kind that there is"
    if ref.kind == "article" and isinstance(_read(connection, ref), str | None):
        return "it cannot be read, and its text stands in no history"
    try:
        refitting.said(connection, ref)
    except _BROKEN as error:
        return f"its history is damaged ({error})"
    return ""


def _without_history(connection: sqlite3.Connection) -> Iterator[str]:
    """Name what cannot be read and was made by no action."""
    for kind in KINDS:
        made = f"SELECT record FROM history WHERE kind = '{kind}'"
        query = f'SELECT id FROM "{kind}" WHERE id NOT IN ({made}) ORDER BY id'
        for row in connection.execute(query).fetchall():
            ref = Ref(kind, row["id"])
            if kind != "article":
                yield f"{_named(ref)}: it has no history; left as it is"
            elif isinstance(_read(connection, ref), str):
                yield f"{_named(ref)}: it cannot be read, and its text stands in no history"


def _read(connection: sqlite3.Connection, ref: Ref) -> Record | str | None:
    """Read a record; what is wrong with it when that cannot be, None when it is not there."""
    try:
        record = rows.read(connection, ref)
        if record is not None:
            encode_record(record)
    except (*_BROKEN, ConflictError) as error:
        return str(error)
    return record


def _named(ref: Ref) -> str:
    return f"{ref.kind.replace('_', ' ')} {ref.id}"
