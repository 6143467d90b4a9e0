"""The views say in plain SQL what the library holds, and full-text search follows every change."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Alias,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Evidence,
    KnowledgeLink,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
    details_of,
)
from reader.annotation.spans import make_span
from reader.store.library import Library
from reader.store.views import VIEWS, drop_views, make_views
from tests.records import ANN, ARABIC, ENGLISH, make_article

ONE = make_article(ENGLISH, heading="Nix and Assange")
TWO = make_article(ARABIC, "ar")
TIME = "2026-01-01T00:00:00Z"
OWNED = (ANN.id, TIME, TIME)
SIGNED = (TIME, ANN.id, TIME, ANN.id)

NIX_SPAN = make_span(ONE.id, ONE.text, [(0, 13)])
TOLD = make_span(ONE.id, ONE.text, [(14, 18)])
PAID = make_span(ONE.id, ONE.text, [(36, 63)])
DATA = make_span(TWO.id, TWO.text, [(TWO.text.index("داتا"), TWO.text.index("داتا") + 13)])
NIX = Entity(
    "E-nix",
    "PER",
    "Alexander Nix",
    *SIGNED,
    aliases=(Alias("Nix", "en"), Alias("نيكس", "ar")),
    links=(
        KnowledgeLink("wikidata", "Q1", "proposed"),
        KnowledgeLink("wikidata", "Q2", "confirmed"),
    ),
)
AGAIN = Entity("E-again", "PER", "A. Nix", *SIGNED, merged_into="E-nix")
ONCE_MORE = Entity("E-more", "PER", "Mr Nix", *SIGNED, merged_into="E-again")
PROOF = (Evidence("supports", DATA), Evidence("refutes", url="https://example.org/a"))
CLAIM = Claim("C-paid", "Nix paid $6 million.", "en", *SIGNED, gloss="دفع نيكس", evidence=PROOF)
OTHER = Claim("C-not", "Nix paid nothing.", "en", *SIGNED)
SAID = Attribution(
    "A-1", ONE.id, *OWNED, source=NIX_SPAN, cue=TOLD, content=PAID, source_entity="E-more"
)
RECORDS: tuple[Record, ...] = (
    *(NIX, AGAIN, ONCE_MORE, CLAIM, OTHER, SAID),
    Mention("M-1", NIX_SPAN, "PER", *OWNED, entity="E-nix"),
    Mention("M-2", DATA, "ORG", *OWNED, entity="E-more"),
    ClaimMention("CM-1", PAID, *OWNED, claim="C-paid", attribution="A-1", claimant="E-more"),
    Relation("R-1", "refutes", Ref("claim", "C-not"), Ref("claim_mention", "CM-1"), *OWNED),
    Note("N-1", Ref("mention", "M-1"), "who?", *OWNED, article=ONE.id),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ONE, TWO])
        change(library, *((None, record) for record in RECORDS))
    return path


def change(library: Library, *changes: tuple[Record | None, Record | None]) -> None:
    made = tuple(Change(before, after) for before, after in changes)
    library.perform(ANN, Action(new_id(), ANN.id, "change", made, now()))


def rows(path: Path, query: str, *values: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query, values)]


def found(path: Path, view: str, words: str) -> list[str]:
    """Search as Datasette does: the rows of a view whose number the full-text table names."""
    named = f"SELECT rowid FROM {view}_fts WHERE {view}_fts MATCH ?"
    key = "article" if view == "texts" else "id"
    query = f"SELECT {key} AS id FROM {view} WHERE rowid IN ({named}) ORDER BY 1"
    return [row["id"] for row in rows(path, query, words)]


def test_views_name_what_the_tables_number(path: Path) -> None:
    mentions = rows(path, "SELECT * FROM mentions ORDER BY id")
    assert [(m["quote"], m["entity_name"], m["entity"]) for m in mentions] == [
        ("Alexander Nix", "Alexander Nix", "E-nix"),
        (DATA.quote, "Alexander Nix", "E-nix"),
    ]
    assert mentions[0]["context"] == "[Alexander Nix] told Julian Assange.  He paid $"
    assert (mentions[0]["article_title"], mentions[0]["annotator"]) == ("Nix and Assange", "ann")
    (entity,) = rows(path, "SELECT * FROM entities")
    assert (entity["id"], entity["mentions"], entity["articles"]) == ("E-nix", 2, 2)
    assert (entity["languages"], entity["wikidata"]) == ("ar en", "Q2")
    assert entity["aliases"] == "Nix · نيكس"
    first, second = rows(path, "SELECT * FROM articles ORDER BY rowid")
    assert (first["title"], first["mentions"], first["claims"]) == ("Nix and Assange", 1, 1)
    assert second["title"].endswith("…") and second["id"] == TWO.id
    assert "text" not in first
    assert [row["text"] for row in rows(path, "SELECT text FROM texts")] == [ENGLISH, ARABIC]


def test_views_say_who_claims_what_and_what_speaks_for_it(path: Path) -> None:
    claim, other = rows(path, "SELECT * FROM claims ORDER BY id DESC")
    assert (claim["claimants"], claim["mentions"], claim["languages"]) == ("Alexander Nix", 1, "en")
    assert claim["evidence"] == f"supports: {DATA.quote} · refutes: https://example.org/a"
    assert (other["claimants"], other["mentions"], other["evidence"]) == (None, 0, None)
    (made,) = rows(path, "SELECT * FROM claim_mentions")
    assert (made["statement"], made["claimant_name"], made["cue"]) == (
        "Nix paid $6 million.",
        "Alexander Nix",
        "told",
    )
    proof = rows(path, "SELECT stance, quote, url, article_title FROM evidence")
    assert [tuple(row.values())[:3] for row in proof] == [
        ("supports", DATA.quote, ""),
        ("refutes", None, "https://example.org/a"),
    ]
    (said,) = rows(path, "SELECT source, cue, content, source_name FROM attributions")
    assert tuple(said.values()) == ("Alexander Nix", "told", PAID.quote, "Alexander Nix")
    (relation,) = rows(path, "SELECT source_name, type, target_name FROM relations")
    assert tuple(relation.values()) == ("Nix paid nothing.", "refutes", PAID.quote)
    (note,) = rows(path, "SELECT text, on_name, article_title FROM notes")
    assert tuple(note.values()) == ("who?", "Alexander Nix", "Nix and Assange")


def test_what_is_removed_is_in_no_view(path: Path) -> None:
    with Library(path) as library:
        details = details_of(library.articles.read(ONE.id))
        change(library, (details, replace(details, removed=True)))
    assert [row["id"] for row in rows(path, "SELECT id FROM articles")] == [TWO.id]
    assert [row["id"] for row in rows(path, "SELECT id FROM mentions")] == ["M-2"]
    for view in ("claim_mentions", "attributions", "notes"):
        assert not rows(path, f"SELECT * FROM {view}")
    (entity,) = rows(path, "SELECT mentions, languages FROM entities")
    assert tuple(entity.values()) == (1, "ar")
    assert found(path, "texts", "Assange") == []


def test_full_text_search_follows_changes_and_undo(path: Path) -> None:
    assert found(path, "texts", "assange") == [ONE.id]
    assert found(path, "texts", '"brad parscale"') == [TWO.id]
    assert found(path, "texts", "بروبريا") == [TWO.id]
    assert found(path, "entities", "نيكس") == ["E-nix"]
    assert found(path, "claims", "million") == ["C-paid"]
    with Library(path) as library:
        change(library, (OTHER, replace(OTHER, text="Nix paid one café.")))
        assert (found(path, "claims", "nothing"), found(path, "claims", "CAFE")) == ([], ["C-not"])
        assert library.undo(ANN)
        assert (found(path, "claims", "nothing"), found(path, "claims", "cafe")) == (["C-not"], [])
        change(library, (AGAIN, replace(AGAIN, merged_into=None)))
        assert found(path, "entities", "nix") == ["E-again", "E-nix"]
        third = make_article("Nothing about Assange.")
        library.add_articles([third])
        assert set(found(path, "texts", "assange")) == {ONE.id, third.id}
    check(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    assert found(path, "claims", "million") == ["C-paid"]
    check(path)


def check(path: Path) -> None:
    """Let SQLite compare what is in the full-text tables with the views."""
    with closing(sqlite3.connect(path)) as connection:
        for view in ("texts", "entities", "claims"):
            into = f"INSERT INTO {view}_fts ({view}_fts, rank) VALUES ('integrity-check', 1)"
            connection.execute(into)
        connection.rollback()


def test_reading_the_views_changes_no_byte(path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for view in VIEWS:
        assert rows(path, f"SELECT * FROM {view}")
    assert found(path, "claims", "nix") == ["C-not", "C-paid"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.fixture
def older(path: Path, tmp_path: Path) -> Iterator[Path]:
    """The library as the version before views would have left it."""
    older = Path(shutil.copy(path, tmp_path / "older.db"))
    with closing(sqlite3.connect(older)) as connection:
        drop_views(connection)
        for view in ("texts", "entities", "claims"):
            connection.execute(f"DROP TABLE {view}_fts")
        connection.execute("DROP INDEX entity_merged")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name >= 'm007'")
        connection.commit()
    yield older


def test_an_older_library_gets_views_with_the_first_write(path: Path, older: Path) -> None:
    with Library(older) as library:
        assert len(library.articles.listed("")) == 2
    assert not rows(older, "SELECT name FROM sqlite_master WHERE type = 'view'")
    with Library(older) as library:
        change(library, (OTHER, replace(OTHER, topic="money")))
        assert library.problems() == ()
    assert found(older, "claims", "money") == ["C-not"]
    assert found(older, "texts", "بروبريا") == [TWO.id]
    check(older)
    for view in VIEWS:
        query = f"SELECT count(*) AS n FROM {view}"
        assert rows(older, query) == rows(path, query)


def test_views_can_be_made_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        drop_views(connection)
        connection.execute("ALTER TABLE mention RENAME COLUMN kind TO sort")
        connection.execute("ALTER TABLE mention RENAME COLUMN sort TO kind")
        make_views(connection)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
        assert {name for (name,) in names} == set(VIEWS)
