"""What each step of the history was made upon, and the articles as they arrived."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from reader.annotation.codec import encode_record
from reader.annotation.model import Record, Ref, details_of, schema_record
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.merging.knowledge import Arrival, Source
from reader.merging.steps import Step
from reader.store import articles, rows
from reader.store.damage import DAMAGE, damaged

_HEADS = """
    SELECT history.id FROM history JOIN action ON action.id = history.action
    WHERE record = :id AND history.id NOT IN (
        SELECT json_each.value FROM history AS later, json_each(later.parents)
        WHERE later.record = :id)
    ORDER BY clock, history.id
"""
_UNUSED = """
    SELECT id FROM arrival WHERE article = :id AND id NOT IN (
        SELECT json_each.value FROM history, json_each(history.parents) WHERE record = :id)
    ORDER BY id
"""
_STEPS = """
    SELECT history.id, action, clock, annotator, kind, record, parents, after, settled, mode, target
    FROM history JOIN action ON action.id = history.action
"""


def heads(connection: sqlite3.Connection, ref: Ref) -> tuple[str, ...]:
    """Return the newest steps of a record: what the next one is made upon."""
    found: list[str] = []
    if ref.kind == "article":
        keep_arrival(connection, ref.id)
        found += (row["id"] for row in connection.execute(_UNUSED, {"id": ref.id}))
    found += (row["id"] for row in connection.execute(_HEADS, {"id": ref.id}))
    return tuple(found)


def steps_of(connection: sqlite3.Connection, ref: Ref) -> tuple[Step, ...]:
    """Return all steps of a record, oldest first; those of an article with its arrivals."""
    own = tuple(read_steps(connection, "record = ?", (ref.id,)))
    if ref.kind != "article":
        return own
    return (*(arrival.step for arrival in arrivals(connection, (ref.id,))), *own)


def read_steps(
    connection: sqlite3.Connection, where: str = "1", values: Iterable[Any] = ()
) -> Iterator[Step]:
    """Read the steps that a condition of ours picks, in their order."""
    found = connection.execute(f"{_STEPS} WHERE {where} ORDER BY clock, history.id", tuple(values))
    return map(_step, found)


def arrivals(connection: sqlite3.Connection, ids: Iterable[str] | None = None) -> Iterator[Arrival]:
    """Give the arrivals of some articles, or of all, by article and id.

    An article that nobody has changed and that came one way is as it arrived,
    and there is nothing to keep of that.
    """
    if ids is None:
        ids = [row["id"] for row in connection.execute("SELECT id FROM article ORDER BY id")]
    for id in ids:
        kept = connection.execute("SELECT * FROM arrival WHERE article = ? ORDER BY id", (id,))
        known = kept.fetchall()
        yield from map(_arrival, known) if known else _as_it_is(connection, id)


def first_schema() -> Record:
    """Return the schema that every library has from its beginning, without a step."""
    return schema_record(DEFAULT_SCHEMA)


def keep_arrival(connection: sqlite3.Connection, article: str) -> None:
    """Keep how an article arrived, before anything about it changes."""
    known = connection.execute("SELECT 1 FROM arrival WHERE article = ?", (article,)).fetchone()
    if known is None:
        for arrival in _as_it_is(connection, article):
            write_arrival(connection, arrival)


def write_arrival(connection: sqlite3.Connection, arrival: Arrival) -> None:
    """Keep an arrival that is not kept yet."""
    source, details = arrival.source, rows.dump(arrival.details)
    connection.execute(
        "INSERT INTO arrival VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            *(arrival.id, arrival.article, details, source.added),
            *(source.source_sha256, source.encoding, int(source.bom)),
        ),
    )


def _as_it_is(connection: sqlite3.Connection, id: str) -> Iterator[Arrival]:
    article = articles.read_article(connection, id)
    if article is not None:
        source = Source(article.added, article.source_sha256, article.encoding, article.bom)
        yield Arrival(id, encode_record(details_of(article)), source)


def _arrival(row: sqlite3.Row) -> Arrival:
    try:
        source = Source(row["added"], row["source_sha256"], row["encoding"], bool(row["bom"]))
        return Arrival(row["article"], json.loads(row["details"]), source)
    except DAMAGE as error:
        raise damaged(f"arrival of article {row['article']}", error) from error


def _step(row: sqlite3.Row) -> Step:
    id, action, clock, annotator, kind, record, parents, after, settled, mode, target = row
    try:
        return Step(
            *(id, action, clock, annotator, kind, record, tuple(json.loads(parents))),
            None if after is None else json.loads(after),
            *(tuple(json.loads(settled)), mode, target),
        )
    except DAMAGE as error:
        raise damaged(f"history of a {kind}", error) from error
