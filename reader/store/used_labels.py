"""What records have of the schema: their types, and what attributes say of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from reader.annotation.changes import Change
from reader.annotation.model import (
    Attributed,
    Entity,
    Mention,
    Record,
    Refusal,
    Relation,
    SchemaRecord,
    Suggestion,
)
from reader.annotation.schema import (
    AttributeChoice,
    AttributeType,
    EntityType,
    RelationType,
    Schema,
)
from reader.annotation.schema_changes import Used
from reader.errors import ConflictError
from reader.store import rows
from reader.store.labels import read_schema, write_schema

TYPED = ("mention", "entity", "refusal", "suggestion", "relation")
"""Kinds of record whose type is one of the schema."""
SPEAKING = ("mention", "claim", "claim_mention", "attribution", "relation")
"""Kinds of record of which attributes say something."""


def read_used(connection: sqlite3.Connection) -> Used:
    """Read what is used of the schema."""
    relations = rows.read_where(connection, "relation")
    return Used(
        _count_types(connection),
        [r for r in _read_speaking(connection) if isinstance(r, Attributed)],
        [r for r in relations if isinstance(r, Relation)],
    )


def read_typed(connection: sqlite3.Connection, types: Collection[str]) -> tuple[Record, ...]:
    """Read the records whose type of the schema is one of some."""
    where = f"type IN ({', '.join('?' * len(types))})"
    found = (rows.read_where(connection, kind, where, types) for kind in TYPED)
    return tuple(record for records in found for record in records)


def _read_speaking(connection: sqlite3.Connection) -> Iterator[Record]:
    for kind in SPEAKING:
        yield from rows.read_where(connection, kind, "attributes != '{}'")


def _count_types(connection: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """Count the records of each type, by kind of record and type."""
    query = " UNION ALL ".join(
        f"SELECT '{kind}', type, count(*) FROM \"{kind}\" GROUP BY type" for kind in TYPED
    )
    return Counter({(kind, type): count for kind, type, count in connection.execute(query)})


def check_labels(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Check that all that records name is in the schema, which another may have changed.

    Raises:
        ConflictError: If it is not.
    """
    schema = read_schema(connection)
    records = (change.after for change in changes if change.after is not None)
    gone = next((name for r in records for name in _unknown(r, schema)), None)
    if gone is None and any(isinstance(change.after, SchemaRecord) for change in changes):
        gone = next((name for _, name, _ in _left_over(connection, schema)), None)
    if gone is not None:
        raise ConflictError(
            f"The schema has no “{gone}” any more: it was changed meanwhile. Nothing was changed."
        )


def complete(connection: sqlite3.Connection) -> None:
    """Add to the schema, retired, what records that came from another library still have."""
    before = read_schema(connection)
    schema = replace(before, attributes=tuple(_with_values(connection, before.attributes)))
    gone: dict[str, dict[str, list[str]]] = {}
    for table, name, kind in _left_over(connection, schema):
        gone.setdefault(table, {}).setdefault(name, []).append(kind)
    if not gone and schema == before:
        return
    entity_types = (EntityType(n, n, retired=True) for n in gone.get("entity_types", ()))
    relation_types = (RelationType(n, n, retired=True) for n in gone.get("relation_types", ()))
    attributes = (
        AttributeType(name, name, "text", tuple(on), retired=True)
        for name, on in gone.get("attributes", {}).items()
    )
    whole = Schema(
        (*schema.entity_types, *entity_types),
        (*schema.relation_types, *relation_types),
        (*schema.attributes, *attributes),
    )
    write_schema(connection, whole)


def _with_values(
    connection: sqlite3.Connection, attributes: Iterable[AttributeType]
) -> Iterator[AttributeType]:
    """Give attributes with, retired, the values that records have and they do not."""
    said: dict[str, dict[str, None]] = {}
    for kind in SPEAKING:
        query = f"SELECT DISTINCT attributes FROM \"{kind}\" WHERE attributes != '{{}}'"
        for (found,) in connection.execute(query):
            for name, value in json.loads(found).items():
                words = value if isinstance(value, list) else [value]
                said.setdefault(name, {}).update((w, None) for w in words if isinstance(w, str))
    for row in attributes:
        chosen = said.get(row.name, {}) if row.kind in ("choice", "choices") else {}
        more = (AttributeChoice(w, w, retired=True) for w in chosen if row.value(w) is None)
        yield replace(row, values=(*row.values, *more))


def _unknown(record: Record, schema: Schema) -> Iterator[str]:
    """Give the names on a record that a schema does not have."""
    if isinstance(record, Mention | Entity | Refusal | Suggestion):
        if schema.entity_type(record.type) is None:
            yield record.type
    elif isinstance(record, Relation) and schema.relation_type(record.type) is None:
        yield record.type
    if isinstance(record, Attributed):
        yield from (name for name, _ in record.attributes if schema.attribute(name) is None)


def _left_over(connection: sqlite3.Connection, schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Give what records have and a schema does not: its table, name, and the kind of record."""
    for kind, type in _count_types(connection):
        if kind == "relation":
            if schema.relation_type(type) is None:
                yield "relation_types", type, kind
        elif schema.entity_type(type) is None:
            yield "entity_types", type, kind
    for kind in SPEAKING:
        query = (
            f'SELECT DISTINCT said.key FROM "{kind}", json_each(attributes) AS said'
            " WHERE attributes != '{}'"
        )
        for (name,) in connection.execute(query):
            if schema.attribute(name) is None:
                yield "attributes", name, kind
