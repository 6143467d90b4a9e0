"""What attributes say about records, stored, taken back, and in libraries from before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from sqlite_utils import Migrations

from reader.annotation.attributes import Attributes
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import Mention, ref_to
from reader.annotation.schema import DEFAULT_SCHEMA, AttributeType
from reader.annotation.spans import make_span
from reader.store import database, migrations
from reader.store.library import Library
from reader.store.migrations import migrate
from reader.store.versions import MIGRATION_SET
from tests.records import ANN, ENGLISH, attributes, make_article, set_schema

ARTICLE = make_article(ENGLISH)


def mention(said: Attributes) -> Mention:
    span = make_span(ARTICLE.id, ENGLISH, [(0, 13)])
    return Mention(new_id(), span, "PER", ANN.id, now(), now(), attributes=said)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
@given(
    said=attributes().map(
        lambda said: Attributes.of(dict(zip("abc", dict(said).values(), strict=False)))
    )
)
def test_any_attributes_are_stored_and_taken_back(tmp_path: Path, said: Attributes) -> None:
    with Library(tmp_path / f"{new_id()}.db") as library:
        library.add_articles([ARTICLE])
        named = tuple(AttributeType(name, name, "text") for name in "abc")
        set_schema(library, replace(DEFAULT_SCHEMA, attributes=named))
        made = mention(said)
        library.perform(ANN, Action(new_id(), ANN.id, "tag", (Change(None, made),), now()))
        assert library.records.get(ref_to(made)) == made
        library.undo(ANN)
        library.redo(ANN)
        assert library.records.get(ref_to(made)) == made
        assert library.problems() == ()


def test_records_from_before_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    earlier = Migrations(MIGRATION_SET)
    for name in ("m001_library", "m002_article_data", "m003_text_index", "m004_links"):
        earlier()(getattr(migrations, name))
    with closing(database.open_writing(path, lambda c: migrate(c, earlier))) as connection:
        connection.execute("INSERT INTO annotator VALUES ('A', 'ann')")
        connection.execute(
            "INSERT INTO claim (id, text, language, gloss, gloss_language, topic, type, verdict,"
            " justification, evidence, created, created_by, updated, updated_by) VALUES"
            " ('C', 'x', 'en', '', '', '', 'event', 'unchecked', '', '[]', 't', 'A', 't', 'A')"
        )
        connection.execute("PRAGMA journal_mode = DELETE")
    before = path.read_bytes()
    with Library(path) as library:
        (claim,) = library.records.all()
        assert claim.attributes == Attributes()  # type: ignore[union-attr]
        assert library.problems() == ("claim C: it is not what its history says",)
        assert path.read_bytes() == before
        library.add_articles([ARTICLE])
        assert library.records.all() == (claim,)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT attributes FROM claim").fetchall()
    assert found == [("{}",)]
