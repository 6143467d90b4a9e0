"""The library that ships: `annotations.db` as committed, and `seeds/reference.json`, its text.

The committed file is asked of git, so that a user's own work in the library
never fails a test. Outside a git checkout the file itself is what was shipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reader.store.library import Library

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "seeds" / "reference.json"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shipped") / "annotations.db"
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-C", str(ROOT), "show", "HEAD:annotations.db"]
        path.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    else:
        shutil.copy(ROOT / "annotations.db", path)
    return path


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(REFERENCE.read_bytes())
    return data


def reader(*arguments: str) -> bytes:
    command = [sys.executable, "-m", "reader", *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_the_library_holds_what_the_text_says(shipped: Path) -> None:
    assert reader("--db", str(shipped), "export") == REFERENCE.read_bytes()


def test_the_text_makes_the_same_library_again(tmp_path: Path) -> None:
    library = str(tmp_path / "again.db")
    reader("--db", library, "import", str(REFERENCE))
    assert reader("--db", library, "export") == REFERENCE.read_bytes()


def test_the_library_is_sound_and_at_rest(shipped: Path) -> None:
    assert shipped.read_bytes()[18:20] == b"\x01\x01"
    with Library(shipped) as library:
        assert library.problems() == ()


def test_its_texts_are_the_seeds(reference: dict[str, Any]) -> None:
    for article in reference["articles"]:
        (source,) = article["sources"]
        assert (ROOT / source).read_bytes().decode("utf-8") == article["text"]
    assert [article["language"] for article in reference["articles"]] == ["id", "en", "ar"]


def test_the_spans_are_one_layer_that_a_second_annotator_reviewed(
    reference: dict[str, Any],
) -> None:
    names = {annotator["id"]: annotator["name"] for annotator in reference["annotators"]}
    assert sorted(names.values()) == ["reference", "reviewer"]
    for article in reference["articles"]:
        for kind in ("mentions", "attributions", "claim_mentions"):
            assert {names[record["annotator"]] for record in article[kind]} == {"reference"}
        statuses = {names[status["annotator"]]: status["value"] for status in article["status"]}
        assert statuses == {"reference": "done", "reviewer": "reviewed"}
    assert {names[relation["annotator"]] for relation in reference["relations"]} == {"reference"}


def test_each_span_is_its_quote_and_none_stands_in_boilerplate(reference: dict[str, Any]) -> None:
    counted = 0
    for article in reference["articles"]:
        for mention in article["mentions"] + article["claim_mentions"]:
            start, end = mention["start"], mention["end"]
            assert article["text"][start:end] == mention["quote"]
            roles = {r["role"] for r in article["roles"] if r["start"] < end and start < r["end"]}
            assert roles <= {"title", "body"}, mention["quote"]
            counted += 1
    assert counted >= 100


def test_entities_are_linked_over_all_three_languages(reference: dict[str, Any]) -> None:
    articles = {
        entity: {
            a["language"]
            for a in reference["articles"]
            for m in a["mentions"]
            if m["entity"] == entity
        }
        for entity in {m["entity"] for a in reference["articles"] for m in a["mentions"]}
    }
    names = {entity["id"]: entity["name"] for entity in reference["entities"]}
    everywhere = {names[id] for id, languages in articles.items() if id and len(languages) == 3}
    assert {"Cambridge Analytica", "Donald Trump"} <= everywhere


def test_no_name_carries_its_quotation_marks(reference: dict[str, Any]) -> None:
    for article in reference["articles"]:
        for mention in article["mentions"]:
            assert not set(mention["quote"]) & set('"“”«»()[]'), mention["quote"]
            assert mention["quote"] == mention["quote"].strip()


def test_a_claim_is_in_what_its_source_says(reference: dict[str, Any]) -> None:
    for article in reference["articles"]:
        attributions = {each["id"]: each for each in article["attributions"]}
        for mention in article["claim_mentions"]:
            if mention["attribution"] is None:
                continue
            said = attributions[mention["attribution"]]
            content = said["content"]
            assert content["start"] < mention["end"] and mention["start"] < content["end"]
            assert said["source_entity"] == mention["claimant"], mention["quote"]


def test_its_history_played_again_into_an_empty_library_makes_the_same(
    shipped: Path, tmp_path: Path
) -> None:
    with Library(shipped) as library, Library(tmp_path / "again.db") as again:
        told = library.exchange.tell()
        again.exchange.take_in(told)
        assert again.records.refs() == library.records.refs()
        assert set(again.records.all()) == set(library.records.all())
        assert again.schema() == library.schema()
        assert again.history() == library.history()
        assert again.exchange.tell() == told
        assert again.problems() == ()
    assert reader("--db", str(tmp_path / "again.db"), "export") == REFERENCE.read_bytes()
