"""The tables of a library, as migrations in order. Each runs once, in a transaction."""

from __future__ import annotations

import json
import sqlite3

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from reader.annotation.schema import DEFAULT_SCHEMA, encode_schema
from reader.merging.knowledge import Arrival, Source
from reader.store import full_text, text_index, views
from reader.store.ancestry import write_arrival
from reader.store.versions import MIGRATION_SET, is_current

LIBRARY = Migrations(MIGRATION_SET)


def migrate(connection: sqlite3.Connection, migrations: Migrations = LIBRARY) -> None:
    """Bring a library up to date; views and full-text tables are made from what it is then.

    In a copy in memory, which is made to read an older library, nobody searches them.
    """
    views.drop_views(connection)
    migrations.apply(Database(connection, execute_plugins=False))
    if is_current(connection):
        views.make_views(connection)
        if _is_file(connection):
            full_text.make_missing(connection)


def _is_file(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA database_list").fetchone()[2])


def _table(db: Database, name: str) -> Table:
    table = db[name]
    assert isinstance(table, Table)
    return table


_SIGNED = {"created": str, "created_by": str, "updated": str, "updated_by": str}
_SIGNERS = [("created_by", "annotator", "id"), ("updated_by", "annotator", "id")]
_OWNED = {"annotator": str, "created": str, "updated": str}
_OWNER = ("annotator", "annotator", "id")


@LIBRARY()
def m001_library(db: Database) -> None:
    """Articles, records, history and settings."""
    _create_articles(db)
    _create_shared(db)
    _create_annotations(db)
    _create_history(db)
    _table(db, "setting").create({"name": str, "value": str}, pk="name", strict=True)
    _table(db, "setting").insert(
        {"name": "schema", "value": json.dumps(encode_schema(DEFAULT_SCHEMA), ensure_ascii=False)}
    )


def _create_articles(db: Database) -> None:
    _table(db, "annotator").create({"id": str, "name": str}, pk="id", strict=True)
    _table(db, "article").create(
        {
            "id": str,
            "heading": str,
            "heading_marked": int,
            "title_start": int,
            "title_end": int,
            "language": str,
            "language_confidence": float,
            "language_method": str,
            "direction": str,
            "publisher": str,
            "published": str,
            "tags": str,
            "sources": str,
            "encoding": str,
            "bom": int,
            "text_sha256": str,
            "source_sha256": str,
            "replaces": str,
            "added": str,
            "characters": int,
            "text": str,
        },
        pk="id",
        not_null={"heading", "language", "direction", "text_sha256", "added", "text"},
        foreign_keys=[("replaces", "article", "id")],
        strict=True,
    )
    _table(db, "role").create(
        {"article": str, "start": int, "end": int, "role": str},
        pk=("article", "start"),
        foreign_keys=[("article", "article", "id")],
        strict=True,
    )


def _create_shared(db: Database) -> None:
    _table(db, "entity").create(
        {
            "id": str,
            "type": str,
            "name": str,
            "aliases": str,
            "links": str,
            "note": str,
            "merged_into": str,
            **_SIGNED,
        },
        pk="id",
        foreign_keys=[("merged_into", "entity", "id"), *_SIGNERS],
        strict=True,
    )
    _table(db, "claim").create(
        {
            "id": str,
            "text": str,
            "language": str,
            "gloss": str,
            "gloss_language": str,
            "topic": str,
            "type": str,
            "verdict": str,
            "justification": str,
            "evidence": str,
            **_SIGNED,
        },
        pk="id",
        foreign_keys=_SIGNERS,
        strict=True,
    )


def _create_annotations(db: Database) -> None:
    _table(db, "span").create(
        {
            "record": str,
            "part": str,
            "article": str,
            "start": int,
            "end": int,
            "quote": str,
            "prefix": str,
            "suffix": str,
            "fragments": str,
        },
        pk=("record", "part"),
        foreign_keys=[("article", "article", "id")],
        strict=True,
    )
    _table(db, "span").create_index(["article", "part"])
    _table(db, "mention").create(
        {"id": str, "type": str, "kind": str, "entity": str, "origin": str, **_OWNED},
        pk="id",
        foreign_keys=[("entity", "entity", "id"), _OWNER],
        strict=True,
    )
    _table(db, "mention").create_index(["entity"])
    _create_attributions(db)
    _create_remarks(db)


def _create_remarks(db: Database) -> None:
    _table(db, "relation").create(
        {
            "id": str,
            "type": str,
            "source_kind": str,
            "source_id": str,
            "target_kind": str,
            "target_id": str,
            "confidence": float,
            "rationale": str,
            **_OWNED,
        },
        pk="id",
        foreign_keys=[_OWNER],
        strict=True,
    )
    _table(db, "note").create(
        {"id": str, "on_kind": str, "on_id": str, "article": str, "text": str, **_OWNED},
        pk="id",
        foreign_keys=[("article", "article", "id"), _OWNER],
        strict=True,
    )
    _table(db, "note").create_index(["article"])
    _table(db, "status").create(
        {"id": str, "article": str, "annotator": str, "value": str, "updated": str},
        pk="id",
        foreign_keys=[("article", "article", "id"), _OWNER],
        strict=True,
    )


def _create_attributions(db: Database) -> None:
    _table(db, "attribution").create(
        {
            "id": str,
            "article": str,
            "source_entity": str,
            "source_kind": str,
            "directness": str,
            "origin": str,
            **_OWNED,
        },
        pk="id",
        foreign_keys=[("article", "article", "id"), ("source_entity", "entity", "id"), _OWNER],
        strict=True,
    )
    _table(db, "attribution").create_index(["article"])
    _table(db, "claim_mention").create(
        {
            "id": str,
            "claim": str,
            "attribution": str,
            "claimant": str,
            "epistemic": str,
            "polarity": str,
            "mode": str,
            "check_worthy": str,
            "origin": str,
            **_OWNED,
        },
        pk="id",
        foreign_keys=[
            ("claim", "claim", "id"),
            ("attribution", "attribution", "id"),
            ("claimant", "entity", "id"),
            _OWNER,
        ],
        strict=True,
    )
    _table(db, "claim_mention").create_index(["claim"])


def _create_history(db: Database) -> None:
    _table(db, "action").create(
        {
            "id": str,
            "clock": int,
            "annotator": str,
            "mode": str,
            "target": str,
            "what": str,
            "article": str,
            "start": int,
            "end": int,
            "created": str,
        },
        pk="id",
        not_null={"clock", "annotator", "mode", "what", "created"},
        foreign_keys=[("target", "action", "id"), ("annotator", "annotator", "id")],
        strict=True,
    )
    _table(db, "action").create_index(["annotator", "mode", "clock"])
    _table(db, "action").create_index(["target"])
    _table(db, "action").create_index(["clock"], unique=True)
    _table(db, "history").create(
        {
            "id": str,
            "action": str,
            "position": int,
            "kind": str,
            "record": str,
            "before": str,
            "after": str,
        },
        pk="id",
        not_null={"action", "position", "kind", "record"},
        foreign_keys=[("action", "action", "id")],
        strict=True,
    )
    _table(db, "history").create_index(["action"])


@LIBRARY()
def m002_article_data(db: Database) -> None:
    """What users change about an article: a typed headline, whether it is removed, by whom."""
    for column in (
        "typed_heading TEXT NOT NULL DEFAULT ''",
        "removed INTEGER NOT NULL DEFAULT 0",
        "updated TEXT",
        "updated_by TEXT REFERENCES annotator (id)",
        "last TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE article ADD COLUMN {column}")
    # The text comes last once more: SQLite reads through a long text to what stands behind it.
    db.execute("UPDATE article SET last = text")
    db.execute("ALTER TABLE article DROP COLUMN text")
    db.execute("ALTER TABLE article RENAME COLUMN last TO text")


@LIBRARY()
def m003_text_index(db: Database) -> None:
    """Which articles are in the index of the texts; the index itself SQLite may be unable to make.

    In a copy in memory, which is made to read an older library, nothing is taken
    in: looking through its articles takes less time than that.
    """
    _table(db, "indexed").create(
        {"number": int, "article": str},
        pk="number",
        not_null={"article"},
        foreign_keys=[("article", "article", "id")],
        strict=True,
    )
    _table(db, "indexed").create_index(["article"], unique=True)
    # All that is asked of articles before their texts are read, in the order of the list:
    # SQLite then lists them without going through the pages that hold the texts.
    listed = ["added", "id", "language", "removed", "typed_heading", "heading", "heading_marked"]
    listed += ["language_confidence", "direction", "tags", "characters"]
    _table(db, "article").create_index(listed, "article_listed")
    if _is_file(db.conn):
        text_index.update(db.conn)


@LIBRARY()
def m004_links(db: Database) -> None:
    """Retired entities; time, place and affiliation of claims; what was proposed and refused."""
    for table, column in (
        ("entity", "retired INTEGER NOT NULL DEFAULT 0"),
        ("claim", "time TEXT NOT NULL DEFAULT ''"),
        ("claim", "place TEXT REFERENCES entity (id)"),
        ("claim_mention", "affiliation TEXT REFERENCES entity (id)"),
    ):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _table(db, "refusal").create(
        {"id": str, "type": str, **_OWNED}, pk="id", foreign_keys=[_OWNER], strict=True
    )
    _table(db, "suggestion").create(
        {"id": str, "type": str, "model": str, "score": float, "entity": str, **_OWNED},
        pk="id",
        foreign_keys=[("entity", "entity", "id"), _OWNER],
        strict=True,
    )


@LIBRARY()
def m005_attributes(db: Database) -> None:
    """What the attributes of the schema say about records."""
    for table in ("mention", "claim", "claim_mention", "attribution", "relation"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN attributes TEXT NOT NULL DEFAULT '{{}}'")


@LIBRARY()
def m006_ancestry(db: Database) -> None:
    """What each step of the history was made upon, so that histories can be put together."""
    for column in ("parents", "settled"):
        db.execute(f"ALTER TABLE history ADD COLUMN {column} TEXT NOT NULL DEFAULT '[]'")
    _table(db, "history").create_index(["record"])
    # The clocks of two libraries meet when one takes in the other.
    db.execute("DROP INDEX IF EXISTS idx_action_clock")
    _table(db, "action").create_index(["clock"])
    _table(db, "arrival").create(
        {
            "id": str,
            "article": str,
            "details": str,
            "added": str,
            "source_sha256": str,
            "encoding": str,
            "bom": int,
        },
        pk="id",
        foreign_keys=[("article", "article", "id")],
        strict=True,
    )
    _table(db, "arrival").create_index(["article"])
    _table(db, "unsettled").create({"record": str, "kind": str}, pk="record", strict=True)
    _keep_first_details(db)
    db.execute(
        "UPDATE history SET parents = json_array(earlier.id) FROM (SELECT history.id AS step,"
        " lag(history.id) OVER (PARTITION BY record ORDER BY clock, position) AS id"
        " FROM history JOIN action ON action.id = history.action) AS earlier"
        " WHERE earlier.step = history.id AND earlier.id IS NOT NULL"
    )


def _keep_first_details(db: Database) -> None:
    """Keep how the articles arrived that were changed since: the first step has it."""
    firsts = db.execute(
        "SELECT history.id, history.record, history.before, article.added, article.source_sha256,"
        " article.encoding, article.bom FROM history JOIN action ON action.id = history.action"
        " JOIN article ON article.id = history.record"
        " WHERE history.kind = 'article' ORDER BY clock, position"
    ).fetchall()
    done: set[str] = set()
    for step, article, before, added, digest, encoding, bom in firsts:
        if article in done:
            continue
        done.add(article)
        source = Source(added, digest, encoding, bool(bom))
        arrival = Arrival(article, json.loads(before), source)
        write_arrival(db.conn, arrival)
        db.execute("UPDATE history SET parents = json_array(?) WHERE id = ?", [arrival.id, step])


@LIBRARY()
def m007_views(db: Database) -> None:
    """Views and full-text tables, which `migrate` makes; and a way from an entity to the merged."""
    db.execute("CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL")
