"""What a library refers to and no longer has, taken from copies of it.

Articles, annotators and the history are only ever added to: a row of them that
something names and that is gone, or a text that is not what its digest says, was
lost. A copy that has it has the right one; nothing else is taken from a copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from reader.annotation.model import KINDS
from reader.corpus.article import article_id
from reader.errors import LibraryError
from reader.store import articles, database
from reader.store.damage import DAMAGE
from reader.values import dataclass

_LOST_HISTORY = """
    SELECT DISTINCT each.value FROM history, json_each(history.parents) AS each
    WHERE each.value NOT IN (SELECT id FROM history)
        AND each.value NOT IN (SELECT id FROM arrival)
"""
_REFERRED = """
    SELECT DISTINCT {column} FROM {table}
    WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})
"""
_PARENTS = ("article", "annotator", "action")
_OF_AN_ARTICLE = ("role", "arrival")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Something that was lost and is there again.

    Attributes:
        kind: What it is: `article`, `annotator`, `action` or `history`.
        id: Its id.
        copy: The copy that has it.
    """

    kind: str
    id: str
    copy: Path


def salvage(
    connection: sqlite3.Connection, copies: Iterable[Path], migrate: Callable[..., None]
) -> tuple[Salvaged, ...]:
    """Take what is lost from the first copy that has it. Needs an open transaction.

    Args:
        connection: The library.
        copies: Copies of it, the newest first; one that cannot be read is passed over.
        migrate: Brings a copy up to date, in memory.
    """
    found: list[Salvaged] = []
    sound = set[str]()
    for copy in copies:
        try:
            with closing(database.open_reading(copy, migrate)) as source:
                found += _taken(connection, source, copy, sound)
        except (LibraryError, sqlite3.DatabaseError, *DAMAGE):
            continue
    return tuple(found)


def lost(
    connection: sqlite3.Connection, sound: set[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Give kind and id of each row that is named and is gone, and of each spoilt article.

    Args:
        connection: The library.
        sound: Articles that need not be looked at again; those that are found sound come to it.
    """
    sound = set() if sound is None else sound
    for parent in _PARENTS:
        wanted = set[str]()
        for table, column in _pointing_at(connection, parent):
            query = _REFERRED.format(table=table, column=column, parent=parent)
            wanted |= {row[0] for row in connection.execute(query)}
        yield from ((parent, id) for id in sorted(wanted))
    for row in connection.execute("SELECT id FROM article ORDER BY id").fetchall():
        if row["id"] not in sound:
            if _is_sound(connection, row["id"]):
                sound.add(row["id"])
            else:
                yield "article", row["id"]
    try:
        yield from (("history", row[0]) for row in connection.execute(_LOST_HISTORY).fetchall())
    except sqlite3.OperationalError:
        # Parents that are no JSON: the history itself is spoilt, which is told elsewhere.
        return


def _pointing_at(connection: sqlite3.Connection, parent: str) -> Iterator[tuple[str, str]]:
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    for (table,) in map(tuple, connection.execute(tables).fetchall()):
        if not table.isidentifier():
            # Somebody else's hand: no table of ours is called so.
            continue
        for key in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if key["table"] == parent and key["from"].isidentifier():
                yield f'"{table}"', f'"{key["from"]}"'


def _taken(
    connection: sqlite3.Connection, source: sqlite3.Connection, copy: Path, sound: set[str]
) -> Iterator[Salvaged]:
    """Take what a copy has of what is lost, and then what that refers to."""
    for id in _missing_steps(connection, source):
        if _take(connection, source, "history", id):
            yield Salvaged("history", id, copy)
    tried = set[tuple[str, str]]()
    while wanted := [each for each in lost(connection, sound) if each not in tried]:
        tried.update(wanted)
        for kind, id in wanted:
            if _take(connection, source, kind, id):
                yield Salvaged(kind, id, copy)


def _missing_steps(connection: sqlite3.Connection, source: sqlite3.Connection) -> list[str]:
    """Return steps of a copy that are not here, of actions that are, or of records that have none.

    Other steps may have been left out on purpose, by a restore.
    """
    actions = {row[0] for row in connection.execute("SELECT id FROM action")}
    here = {row[0] for row in connection.execute("SELECT id FROM history")}
    orphans = set(_without_steps(connection))
    known = source.execute("SELECT id, action, kind, record FROM history ORDER BY id")
    return [
        id
        for id, action, kind, record in known
        if id not in here and (action in actions or (kind, record) in orphans)
    ]


def _without_steps(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        if kind != "article":
            made = f"SELECT record FROM history WHERE kind = '{kind}'"
            rows = connection.execute(f'SELECT id FROM "{kind}" WHERE id NOT IN ({made})')
            yield from ((kind, row["id"]) for row in rows)


def _take(connection: sqlite3.Connection, source: sqlite3.Connection, kind: str, id: str) -> bool:
    if kind == "article":
        if not _is_sound(source, id):
            return False
        connection.execute("DELETE FROM role WHERE article = ?", (id,))
        for table in _OF_AN_ARTICLE:
            _insert(connection, source, table, "article", id)
    if kind == "action":
        _insert(connection, source, "history", "action", id)
    return _insert(connection, source, kind, "id", id)


def _insert(
    connection: sqlite3.Connection, source: sqlite3.Connection, table: str, column: str, id: str
) -> bool:
    """Store the rows of a copy, in place of those with the same key."""
    rows = source.execute(f'SELECT * FROM "{table}" WHERE "{column}" = ?', (id,)).fetchall()
    # The names are those that this program gives; a copy may have any.
    own = [row["name"] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    for row in rows:
        chosen = [name for name in own if name in row.keys()]  # noqa: SIM118
        names = ", ".join(f'"{name}"' for name in chosen)
        marks = ", ".join("?" for _ in chosen)
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in chosen)
        connection.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT DO UPDATE SET {updates}',
            tuple(row[name] for name in chosen),
        )
    return bool(rows)


def _is_sound(connection: sqlite3.Connection, id: str) -> bool:
    """Tell whether an article is there, can be read, and has the text that it is named after."""
    try:
        article = articles.read_article(connection, id)
    except (sqlite3.DatabaseError, *DAMAGE):
        return False
    return article is not None and article_id(article.text) == id
