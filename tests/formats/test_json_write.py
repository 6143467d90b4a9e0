from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.actions import Author, delete, tag
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id
from reader.annotation.model import Note
from reader.annotation.schema import EntityType, RelationType, Schema, encode_schema
from reader.annotation.spans import make_span
from reader.corpus.article import RoleRange
from reader.errors import LibraryError
from reader.formats.json_write import write_json
from reader.store.library import Library
from tests.formats.libraries import (
    ARABIC,
    ENGLISH,
    KIM,
    SAMI,
    TIME,
    Contents,
    arabic_article,
    build,
    english_article,
    export,
    hard_cases,
    id_of,
)
from tests.records import make_article

GOLDEN = Path(__file__).parent / "data" / "golden.json"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("hard") / "annotations.db", hard_cases())


@pytest.fixture(scope="module")
def document(library: Path) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(export(library))
    return parsed


def mention(document: dict[str, Any], name: str) -> dict[str, Any]:
    here = (m for article in document["articles"] for m in article["mentions"])
    return next(m for m in here if m["id"] == id_of(name))


def test_the_export_is_the_committed_file(library: Path) -> None:
    assert export(library) == GOLDEN.read_bytes()


def test_the_same_library_gives_the_same_bytes(library: Path) -> None:
    before = library.read_bytes()
    assert export(library) == export(library)
    assert library.read_bytes() == before


def test_the_layout_is_that_of_an_ordinary_json_writer(library: Path) -> None:
    written = export(library).decode()
    again = json.dumps(json.loads(written), indent=2, ensure_ascii=False) + "\n"
    for char in "\u2028\u202c\u202e":
        again = again.replace(char, f"\\u{ord(char):04x}")
    assert written == again


# Counted by hand in the text, from 0, the emoji being one code point.
@pytest.mark.parametrize(
    ("name", "start", "end", "quote"),
    [
        ("emoji", 2, 5, "قال"),
        ("nbsp", 6, 17, "أوباما\u00a0إنَّ"),
        ("harakat", 18, 31, "العَرَبِيَّةَ"),
        ("break", 57, 74, "الاتحاد\r\nالأوروبي"),
        ("outer", 76, 93, "باراك حسين أوباما"),
        ("inner", 82, 86, "حسين"),
        ("overlap", 82, 102, "حسين أوباما) لأوباما"),
        ("lamalef", 95, 96, "ل"),
        ("clitic", 96, 102, "أوباما"),
    ],
)
def test_offsets_are_code_points_and_quotes_stand_there(
    document: dict[str, Any], name: str, start: int, end: int, quote: str
) -> None:
    found = mention(document, name)
    assert (found["start"], found["end"], found["quote"]) == (start, end, quote)
    text = next(a["text"] for a in document["articles"] if a["id"] == found["article"])
    assert text[start:end] == quote
    assert "fragments" not in found


def test_a_span_with_a_gap_has_fragments_and_the_gap_in_its_quote(document: dict[str, Any]) -> None:
    found = mention(document, "gap")
    assert found["fragments"] == [[76, 81], [87, 93]]
    assert found["quote"] == "باراك حسين أوباما"


def test_texts_are_kept_and_their_digests_given(document: dict[str, Any]) -> None:
    english, arabic = document["articles"]
    assert (english["text"], arabic["text"]) == (ENGLISH, ARABIC)
    assert arabic["sha256"] == arabic_article().text_sha256
    assert arabic["id"] == arabic["sha256"][:16]
    title = arabic["title"]
    assert ARABIC[title["start"] : title["end"]] == title["quote"]


def test_what_a_terminal_would_obey_is_written_as_an_escape(library: Path) -> None:
    written = export(library).decode()
    assert not [c for c in written if ord(c) < 32 and c != "\n"]
    assert not set(written) & set("\x7f\x9b\u202e\u2028\u2066")
    assert '"text": "Barack Obama spoke.\\n\\n\\u001b[31mNot' in written


def test_nothing_tells_when_it_was_written_or_who_else_was_here(document: dict[str, Any]) -> None:
    assert list(document) == [
        *("format", "version", "schema", "annotators", "articles"),
        *("entities", "claims", "relations", "notes"),
    ]
    assert document["format"] == "bidi-reader"
    assert document["version"] == 1
    assert document["annotators"] == [
        {"id": SAMI.id, "name": "سامي"},
        {"id": KIM.id, "name": "Kim"},
    ]


def test_an_annotator_whom_nothing_names_is_left_out(tmp_path: Path) -> None:
    path = build(tmp_path / "a.db", Contents((SAMI, KIM), (english_article(),), ()))
    assert json.loads(export(path))["annotators"] == []


def test_an_empty_library_is_a_document_too(tmp_path: Path) -> None:
    document = json.loads(export(tmp_path / "none.db"))
    assert document["articles"] == document["entities"] == []
    assert document["schema"]["entity_types"][0]["name"] == "PER"
    assert list(tmp_path.iterdir()) == []


def test_articles_stand_by_the_time_of_adding_whatever_the_order_of_rows(
    document: dict[str, Any],
) -> None:
    assert [article["added"] for article in document["articles"]] == [
        "2026-01-01T00:00:00Z",
        "2026-01-02T00:00:00Z",
    ]


def test_a_chosen_article_brings_what_it_refers_to(library: Path) -> None:
    document = json.loads(export(library, [arabic_article().id]))
    assert {entity["id"] for entity in document["entities"]} == {id_of("obama"), id_of("union")}
    assert [claim["id"] for claim in document["claims"]] == [id_of("said")]
    # Its other end, the claim “other”, is of no article that was chosen.
    assert document["relations"] == []
    assert [note["id"] for note in document["notes"]] == [id_of("sharednote")]
    english, arabic = document["articles"]
    assert arabic["mentions"]
    # It is evidence for a claim: its text comes along, what is marked in it does not.
    assert english["text"] == ENGLISH
    assert english["mentions"] == english["notes"] == english["status"] == []


def test_a_chosen_article_brings_no_more_than_that(library: Path) -> None:
    document = json.loads(export(library, [english_article().id]))
    assert [article["id"] for article in document["articles"]] == [english_article().id]
    # The surname is of an entity that was merged into another.
    assert {entity["id"] for entity in document["entities"]} == {id_of("merged"), id_of("obama")}
    assert document["claims"] == []
    assert [who["name"] for who in document["annotators"]] == ["سامي", "Kim"]


def test_an_earlier_version_comes_along(tmp_path: Path) -> None:
    old = make_article("An early text.")
    new = make_article("A later text.", replaces=old.id, added="2026-02-01T00:00:00Z")
    path = build(tmp_path / "a.db", Contents((SAMI,), (old, new), ()))
    found = json.loads(export(path, [new.id]))["articles"]
    assert [article["id"] for article in found] == [old.id, new.id]


def test_an_unknown_article_is_refused(library: Path) -> None:
    with pytest.raises(LibraryError, match="there is no article 0123456789abcdef"):
        export(library, ["0123456789abcdef"])


def test_a_type_that_left_the_schema_and_came_back_by_undo_is_written_as_retired(
    tmp_path: Path,
) -> None:
    article = make_article("one two three")
    with Library(tmp_path / "a.db") as library:
        library.add_articles([article])
        author = Author(SAMI, AnnotationSet())
        made = tag(author, make_span(article.id, article.text, [(0, 3)]), "WORK")
        library.perform(SAMI, made)
        record = made.changes[0].after
        assert record is not None
        gone = delete(Author(SAMI, AnnotationSet.of([record])), record)  # type: ignore[arg-type]
        library.perform(SAMI, gone)
        library.undo(SAMI)
    # As a library from before may be: its schema is not that of its records.
    few = encode_schema(Schema((EntityType("PER", "Person"),), (RelationType("x", "x"),)))
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("UPDATE setting SET value = ? WHERE name = 'schema'", (json.dumps(few),))
    types = json.loads(export(tmp_path / "a.db"))["schema"]["entity_types"]
    assert [(row["name"], row["retired"]) for row in types] == [("PER", False), ("WORK", True)]


def test_roles_without_a_title_and_an_article_without_roles(document: dict[str, Any]) -> None:
    english = document["articles"][0]
    assert english["title"] is None
    assert english["roles"] == []
    assert document["articles"][1]["roles"][0] == {
        "start": 0,
        "end": ARABIC.index("\r\n"),
        "role": "title",
    }
    assert arabic_article().roles[0] == RoleRange(0, ARABIC.index("\r\n"), "title")


def test_an_export_is_one_state_while_another_writes(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(library.read_bytes())
    notes = [record for record in hard_cases().records if isinstance(record, Note)]
    with Library(path) as writing, Library(path) as reading:
        writing.perform(KIM, removal(notes[0]))
        portions = write_json(reading)
        begun = next(portions)
        before = export(path)
        writing.perform(KIM, removal(notes[1]))
        assert (begun + "".join(portions)).encode() == before
        assert export(path) != before


def removal(note: Note) -> Action:
    return Action(new_id(), KIM.id, "delete", (Change(note, None),), TIME)
