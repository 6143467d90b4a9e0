"""Is everything in a library as it should be?"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator

from reader.annotation.codec import decode_record, encode_record
from reader.annotation.model import KINDS, Ref
from reader.merging.resolve import resolve
from reader.merging.steps import Step
from reader.merging.whole import fit_together
from reader.store import ancestry, articles, rows, text_index
from reader.store.damage import DAMAGE


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return one line for each thing that is wrong; none is a sound library."""
    checks = (_file, _articles, text_index.problems, _spans, _records, _history)
    found = tuple(line for check in checks for line in check(connection))
    return found or tuple(_replay(connection))


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"file: {row[0]}"
    dangling: dict[tuple[str, str], list[int]] = {}
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        dangling.setdefault((table, parent), []).append(row)
    for (table, parent), rows_ in dangling.items():
        more = f" (and {len(rows_) - 1:,} more)" if len(rows_) > 1 else ""
        yield f"{table}: row {rows_[0]} refers to a missing {parent}{more}"


def _articles(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("SELECT id, text, text_sha256 FROM article"):
        if hashlib.sha256(row["text"].encode()).hexdigest() != row["text_sha256"]:
            yield f"article {row['id']}: its text is not the one that was added"
        try:
            articles.read_article(connection, row["id"])
        except sqlite3.DatabaseError as error:
            yield str(error)


def _spans(connection: sqlite3.Connection) -> Iterator[str]:
    query = "SELECT span.*, text FROM span JOIN article ON article.id = span.article"
    for row in connection.execute(query + " ORDER BY span.article, start"):
        start, end = row["start"], row["end"]
        if row["text"][start:end] != row["quote"]:
            yield f"span {row['record']} ({row['part']}): {start}-{end} is not its quote"


def _records(connection: sqlite3.Connection) -> Iterator[str]:
    for kind in KINDS:
        for row in connection.execute(f'SELECT id FROM "{kind}" ORDER BY id'):
            try:
                record = rows.read(connection, Ref(kind, row["id"]))
                if record is not None:
                    decode_record(kind, encode_record(record), f"{kind} {row['id']}")
            except (sqlite3.DatabaseError, *DAMAGE) as error:
                yield str(error)


def _history(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("SELECT id, kind, before, after FROM history ORDER BY id"):
        for data in (row["before"], row["after"]):
            try:
                if data is not None:
                    decode_record(row["kind"], json.loads(data))
            except DAMAGE as error:
                yield f"history {row['id']}: {error}"


def _replay(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare the tables with what the history says, played again from its beginning."""
    kept: dict[Ref, list[Step]] = {}
    try:
        for arrival in ancestry.arrivals(connection):
            kept.setdefault(Ref("article", arrival.article), []).append(arrival.step)
        for step in ancestry.read_steps(connection):
            kept.setdefault(Ref(step.kind, step.record), []).append(step)
        said = fit_together(resolve(steps) for steps in kept.values()).records
    except (*DAMAGE, sqlite3.DatabaseError) as error:
        yield f"history: it cannot be played again ({error})"
        return
    for ref in (ref for ref in said if ref.kind == "annotator"):
        if rows.read(connection, ref) != said[ref]:
            yield f"annotator {ref.id}: the name is not what its history says"
    for kind in KINDS:
        there = {record.id: record for record in rows.read_where(connection, kind)}
        says = {ref.id: record for ref, record in said.items() if ref.kind == kind}
        for id in sorted(there.keys() | says.keys()):
            if there.get(id) != says.get(id):
                yield f"{kind.replace('_', ' ')} {id}: it is not what its history says"


def sqlite_version() -> str:
    """The version of SQLite that keeps libraries here."""
    return sqlite3.sqlite_version
