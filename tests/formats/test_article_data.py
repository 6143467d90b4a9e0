"""What was changed about articles, and removed ones, in an export and an import."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.details import form_of
from reader.annotation.model import Note, Ref, Relation
from reader.errors import FormatError
from reader.formats.intake import Counts
from reader.session import Session
from reader.store.library import Library
from reader.work.articles import edit_article, remove_article
from tests.formats.libraries import (
    KIM,
    TIME,
    Contents,
    arabic_article,
    build,
    english_article,
    export,
    hard_cases,
    id_of,
)
from tests.formats.test_intake import take_in
from tests.formats.test_json_schema import VALIDATOR

EN, AR = english_article(), arabic_article()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return build(tmp_path / "annotations.db", hard_cases())


def parsed(path: Path, **options: Any) -> Any:
    document = json.loads(export(path, **options))
    VALIDATOR.validate(document)
    return document


def remove(path: Path, id: str) -> None:
    session = Session.open(path, "Kim")
    remove_article(session, session.library.articles.read(id))
    session.close()


def test_an_edit_is_written_and_says_who_did_it(library: Path, tmp_path: Path) -> None:
    session = Session.open(library, "new here")
    edit_article(session, EN, replace(form_of(EN), title="Typed", url="https://a.example/"))
    session.close()
    document = parsed(library)
    article = document["articles"][0]
    assert article["heading"] == "Typed"
    assert article["sources"] == ["a.txt", "https://a.example/"]
    who = {person["id"]: person["name"] for person in document["annotators"]}
    assert who[article["updated_by"]] == "new here"
    assert "removed" not in article
    copy = tmp_path / "copy.db"
    take_in(copy, export(library))
    assert export(copy) == export(library)


def test_a_removed_article_is_written_when_asked_for(library: Path, tmp_path: Path) -> None:
    remove(library, AR.id)
    shown, whole = parsed(library, removed=False), parsed(library, removed=True)
    assert [article["id"] for article in shown["articles"]] == [EN.id]
    assert [article.get("removed", False) for article in whole["articles"]] == [False, True]
    assert whole["articles"][1]["mentions"]
    for name in ("entities", "claims"):
        assert shown[name] == whole[name]
    copy = tmp_path / "copy.db"
    take_in(copy, export(library))
    assert export(copy) == export(library)
    with Library(copy) as opened:
        assert [entry.id for entry in opened.articles.listed("")] == [EN.id]


def test_what_serves_as_evidence_comes_along_as_text(library: Path, tmp_path: Path) -> None:
    remove(library, EN.id)
    shown = parsed(library, removed=False)
    assert [article["id"] for article in shown["articles"]] == [EN.id, AR.id]
    assert shown["articles"][0]["removed"]
    assert shown["articles"][0]["mentions"] == []
    assert take_in(tmp_path / "copy.db", export(library, removed=False)).articles == 2


def test_what_hangs_on_a_removed_article_is_left_out_with_it(tmp_path: Path) -> None:
    cases = hard_cases()
    refutes = Relation(
        *(id_of("onmention"), "refutes", Ref("mention", id_of("gap")), Ref("claim", id_of("said"))),
        *(KIM.id, TIME, TIME),
    )
    first = Note(id_of("first"), Ref("relation", refutes.id), "a", KIM.id, TIME, TIME)
    second = Note(id_of("second"), Ref("note", first.id), "b", KIM.id, TIME, TIME)
    third = Note(id_of("third"), Ref("note", id_of("sharednote")), "c", KIM.id, TIME, TIME)
    records = (*cases.records, refutes, first, second, third)
    library = build(tmp_path / "a.db", Contents(cases.people, cases.articles, records))
    assert len(parsed(library)["notes"]) == 4
    remove(library, AR.id)
    shown = parsed(library, removed=False)
    assert refutes.id not in {relation["id"] for relation in shown["relations"]}
    assert {note["id"] for note in shown["notes"]} == {id_of("sharednote"), third.id}
    take_in(tmp_path / "copy.db", export(library, removed=False))


def test_a_chosen_article_is_written_though_it_is_removed(library: Path) -> None:
    remove(library, EN.id)
    (article,) = parsed(library, chosen=[EN.id], removed=False)["articles"]
    assert article["removed"]
    assert article["mentions"]


def test_an_import_that_changes_an_article_is_in_the_history(library: Path) -> None:
    document = json.loads(export(library))
    document["articles"][0] |= {"publisher": "AP", "heading": "Typed", "removed": True}
    data = json.dumps(document).encode()
    with pytest.raises(FormatError, match="differs from what the library has"):
        take_in(library, data)
    assert take_in(library, data, policy="replace") == Counts(0, 0, 1, 0)
    with Library(library) as opened:
        after = opened.articles.read(EN.id)
        assert (after.publisher, after.heading, after.removed) == ("AP", "Typed", True)
        entry = opened.history()[-1]
        assert entry.mode == "import"
        assert entry.place is not None
        assert entry.place.article == EN.id
        assert opened.problems() == ()


def test_a_web_address_of_a_file_is_taken_in_and_a_path_is_not(library: Path) -> None:
    document = json.loads(export(library))
    document["articles"][0]["sources"] = ["elsewhere.txt", "https://a.example/"]
    assert take_in(library, json.dumps(document).encode(), policy="replace").replaced == 1
    with Library(library) as opened:
        assert opened.articles.read(EN.id).sources == ("a.txt", "https://a.example/")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("updated_by", "nobody", r"articles\[0\]\.updated_by: there is no annotator 'nobody'"),
        ("heading", " ", r"articles\[0\]\.heading: is empty"),
        ("removed", "yes", r"articles\[0\]\.removed: should be true or false, not text"),
    ],
)
def test_what_is_wrong_is_named(library: Path, field: str, value: object, message: str) -> None:
    document = json.loads(export(library))
    document["articles"][0][field] = value
    with pytest.raises(FormatError, match=message):
        take_in(library, json.dumps(document).encode())
