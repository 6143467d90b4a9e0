"""Is everything in a library as it should be?"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return one line for each thing that is wrong; none is a sound library."""
    return (*_file(connection), *_texts(connection), *_spans(connection))


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"file: {row[0]}"
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"{row[0]}: row {row[1]} refers to a missing {row[2]}"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("SELECT id, text, text_sha256 FROM article"):
        if hashlib.sha256(row["text"].encode()).hexdigest() != row["text_sha256"]:
            yield f"article {row['id']}: its text is not the one that was added"


def _spans(connection: sqlite3.Connection) -> Iterator[str]:
    query = "SELECT span.*, text FROM span JOIN article ON article.id = span.article"
    for row in connection.execute(query + " ORDER BY span.article, start"):
        start, end = row["start"], row["end"]
        if row["text"][start:end] != row["quote"]:
            yield f"span {row['record']} ({row['part']}): {start}-{end} is not its quote"
        fragments = json.loads(row["fragments"] or "[]")
        if fragments and (fragments[0][0], fragments[-1][1]) != (start, end):
            yield f"span {row['record']} ({row['part']}): its fragments leave {start}-{end}"
