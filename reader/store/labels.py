"""The schema of a library, as it is stored."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache

from reader.annotation.schema import Schema, encode_schema, repaired
from reader.annotation.schema_reading import decode_schema
from reader.store.damage import DAMAGE, damaged


def read_schema(connection: sqlite3.Connection) -> Schema:
    """Read the label schema."""
    row = connection.execute("SELECT value FROM setting WHERE name = 'schema'").fetchone()
    try:
        return _decoded(row["value"])
    except DAMAGE as error:
        raise damaged("schema", error) from error


@lru_cache(maxsize=2)
def _decoded(value: str) -> Schema:
    """Decode a stored schema, once for all the times it is looked at."""
    return decode_schema(json.loads(value))


def write_schema(connection: sqlite3.Connection, schema: Schema) -> None:
    """Replace the label schema. Needs an open transaction."""
    value = json.dumps(encode_schema(repaired(schema)), ensure_ascii=False)
    connection.execute("UPDATE setting SET value = ? WHERE name = 'schema'", (value,))
