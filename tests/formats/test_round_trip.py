from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from reader.annotation.model import Ref
from reader.formats.json_import import import_json
from reader.formats.json_schema import json_schema
from reader.store.library import Library
from tests.formats.libraries import Contents, build, contents, export, hard_cases

_SLOW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_VALIDATOR = Draft202012Validator(json_schema())


def taken_in(data: bytes, path: Path) -> Path:
    with Library(path) as library:
        import_json(library, [("a.json", data)], "somebody")
    return path


def test_into_an_empty_library_and_out_again_gives_the_same_bytes(tmp_path: Path) -> None:
    data = export(build(tmp_path / "a.db", hard_cases()))
    assert export(taken_in(data, tmp_path / "b.db")) == data


def test_the_records_are_the_same_and_every_quote_stands_in_its_place(tmp_path: Path) -> None:
    one = build(tmp_path / "a.db", hard_cases())
    two = taken_in(export(one), tmp_path / "b.db")
    with Library(one) as before, Library(two) as after:
        assert set(after.records.all()) == set(before.records.all()) == set(hard_cases().records)
        assert after.problems() == ()
        for article in hard_cases().articles:
            assert after.articles.read(article.id) == article
            assert after.records.get(Ref("entity", article.id)) is None


@_SLOW
@given(contents())
def test_any_library_survives(drawn: Contents) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = export(build(Path(folder, "a.db"), drawn))
        two = taken_in(data, Path(folder, "b.db"))
        assert export(two) == data
        with Library(two) as library:
            assert set(library.records.all()) == set(drawn.records)
            assert library.problems() == ()
    _VALIDATOR.validate(json.loads(data))


@_SLOW
@given(contents())
def test_any_article_on_its_own_is_complete(drawn: Contents) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder, "a.db"), drawn)
        for number, article in enumerate(drawn.articles):
            data = export(path, [article.id])
            assert export(taken_in(data, Path(folder, f"{number}.db"))) == data
            _VALIDATOR.validate(json.loads(data))


def test_time_place_affiliation_evidence_and_reasons_survive(tmp_path: Path) -> None:
    data = json.loads(export(build(tmp_path / "a.db", hard_cases())))
    claim, entity = data["claims"][0], data["entities"][0]["id"]
    claim |= {
        "time": "June 2016",
        "place": entity,
        "verdict": "refuted",
        "justification": "one\nاثنان",
        "evidence": [
            *claim["evidence"],
            {"stance": "refutes", "url": "https://example.org/1", "accessed": "2026-11-22"},
        ],
    }
    mention = next(m for a in data["articles"] for m in a["claim_mentions"])
    mention["affiliation"] = entity
    relation = {
        **{k: v for k, v in mention.items() if k in ("annotator", "created", "updated")},
        "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "type": "supports",
        "source": {"kind": "claim", "id": claim["id"]},
        "target": {"kind": "claim", "id": data["claims"][-1]["id"]},
        "confidence": 0.25,
        "rationale": "why",
    }
    data["relations"].append(relation)
    path = taken_in(json.dumps(data).encode(), tmp_path / "b.db")
    again = json.loads(export(path))
    _VALIDATOR.validate(again)
    found = next(c for c in again["claims"] if c["id"] == claim["id"])
    assert {k: found[k] for k in claim if k != "evidence"} == {
        k: v for k, v in claim.items() if k != "evidence"
    }
    assert found["evidence"][-1].items() >= claim["evidence"][-1].items()
    assert any(m == mention for a in again["articles"] for m in a["claim_mentions"])
    assert relation in again["relations"]
    assert export(taken_in(export(path), tmp_path / "c.db")) == export(path)
