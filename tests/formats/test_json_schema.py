from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from reader.annotation import model
from reader.annotation.schema import AttributeChoice, AttributeType, EntityType, RelationType
from reader.corpus.article import RoleRange
from reader.errors import FormatError
from reader.formats import document as shapes
from reader.formats.checks import Checks
from reader.formats.contents import InMemory
from reader.formats.json_read import parse_document
from reader.formats.json_schema import json_schema
from tests.formats.test_json_write import GOLDEN

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
CLASSES: dict[str, Any] = {
    "alias": model.Alias,
    "annotator": model.Annotator,
    "article": shapes.ArticleData,
    "attribute_choice": AttributeChoice,
    "attribute_type": AttributeType,
    "attribution": model.Attribution,
    "claim": model.Claim,
    "claim_mention": model.ClaimMention,
    "entity": model.Entity,
    "entity_type": EntityType,
    "evidence": model.Evidence,
    "link": model.KnowledgeLink,
    "mention": model.Mention,
    "note": model.Note,
    "ref": model.Ref,
    "refusal": model.Refusal,
    "relation": model.Relation,
    "relation_type": RelationType,
    "role": RoleRange,
    "status": shapes.ArticleStatus,
    "suggestion": model.Suggestion,
    "title": shapes.Title,
}
FLAT = {"article", "start", "end", "quote", "prefix", "suffix", "fragments"}


def golden() -> Any:
    return json.loads(GOLDEN.read_bytes())


def test_the_schema_is_one_of_draft_2020_12() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


def test_the_golden_file_is_valid() -> None:
    VALIDATOR.validate(golden())


@pytest.mark.parametrize("name", CLASSES)
def test_the_schema_has_the_fields_of_the_program(name: str) -> None:
    cls, definition = CLASSES[name], SCHEMA["$defs"][name]
    names = {field.name for field in fields(cls)}
    required = {field.name for field in fields(cls) if field.default is MISSING}
    if name in ("mention", "claim_mention", "refusal", "suggestion"):
        names = names - {"span"} | FLAT
        required = required - {"span"} | {"article", "start", "end", "quote"}
    if name in ("attribute_choice", "attribute_type", "entity_type", "relation_type"):
        required = {"name"}
    assert set(definition["properties"]) == names
    assert set(definition["required"]) == required
    assert definition["additionalProperties"] is False


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_the_schema_has_the_values_of_the_program(name: str) -> None:
    properties = SCHEMA["$defs"][name]["properties"]
    for field, hint in get_type_hints(CLASSES[name]).items():
        if get_origin(hint) is Literal:
            assert tuple(properties[field]["enum"]) == get_args(hint)


def test_every_definition_is_one_of_the_program() -> None:
    assert set(SCHEMA["$defs"]) == {*CLASSES, "attributes", "id", "span"}


def wrong(change: Callable[[Any], object]) -> Any:
    data = copy.deepcopy(golden())
    change(data)
    return data


# Each is refused by the validator and by the import alike.
CHANGES: dict[str, Callable[[Any], object]] = {
    "another format": lambda d: d.update(format="other"),
    "a newer version": lambda d: d.update(version=2),
    "no version": lambda d: d.pop("version"),
    "no claims": lambda d: d.pop("claims"),
    "an unknown field at the top": lambda d: d.update(extra=1),
    "an unknown field in an article": lambda d: d["articles"][1].update(colour="red"),
    "an unknown field in a mention": lambda d: d["articles"][1]["mentions"][0].update(x=1),
    "an unknown field in a span": lambda d: d["articles"][1]["attributions"][0]["cue"].update(x=1),
    "articles that are no list": lambda d: d.update(articles={}),
    "an offset as text": lambda d: d["articles"][1]["mentions"][0].update(start="2"),
    "an offset below 0": lambda d: d["articles"][1]["mentions"][0].update(start=-1),
    "an offset with a fraction": lambda d: d["articles"][1]["mentions"][0].update(start=2.5),
    "a mention without a quote": lambda d: d["articles"][1]["mentions"][0].pop("quote"),
    "a mention without a type": lambda d: d["articles"][1]["mentions"][0].pop("type"),
    "no fragment": lambda d: d["articles"][1]["mentions"][0].update(fragments=[]),
    "a fragment of three": lambda d: d["articles"][1]["mentions"][0].update(fragments=[[2, 4, 5]]),
    "a polarity that is none": lambda d: d["articles"][1]["claim_mentions"][0].update(polarity="?"),
    "an entity as an object": lambda d: d["articles"][1]["mentions"][0].update(entity={}),
    "a direction that is none": lambda d: d["articles"][1].update(direction="up"),
    "a digest that is none": lambda d: d["articles"][1].update(sha256="x"),
    "an article without text": lambda d: d["articles"][1].update(text=" \n"),
    "confidence over 1": lambda d: d["articles"][1].update(language_confidence=1.5),
    "a verdict that is none": lambda d: d["claims"][0].update(verdict="true"),
    "an id with a space": lambda d: d["entities"][0].update(id="a b"),
    "an annotator without a name": lambda d: d["annotators"][0].update(name=" "),
    "a colour that is none": lambda d: d["schema"]["entity_types"][0].update(colour="red"),
    "a key that is no digit": lambda d: d["schema"]["entity_types"][0].update(key="a"),
    "a relation of nothing": lambda d: d["relations"][0].update(source=None),
    "an entity without a name": lambda d: d["entities"][0].update(name="\u00a0"),
    "a claim without a text": lambda d: d["claims"][0].update(text=""),
    "a note without a text": lambda d: d["notes"][0].update(text="\n"),
    "a digest of the source that is none": lambda d: d["articles"][0].update(source_sha256="x"),
    "a language that is none": lambda d: d["articles"][0].update(language="\x1b[31m"),
    "a relation of an article": lambda d: d["relations"][0]["source"].update(kind="article"),
    "a prefix of 33": lambda d: d["articles"][1]["mentions"][0].update(prefix="x" * 33),
    "bom as a number": lambda d: d["articles"][1].update(bom=1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_wrong_document_is_invalid_and_not_imported(name: str) -> None:
    data = wrong(CHANGES[name])
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(FormatError):
        check_alone(json.dumps(data).encode())


def check_alone(data: bytes) -> None:
    checks = Checks(InMemory(parse_document(data)), Nothing())
    for given in (checks.people(), checks.articles(), checks.records()):
        for _ in given:
            pass


class Nothing:
    """A library without anything in it."""

    def text(self, article: str) -> str | None:
        return None

    def has(self, ref: model.Ref) -> bool:
        return False

    def kind(self, id: str) -> str | None:
        return None

    def has_person(self, annotator: str) -> bool:
        return False


def test_what_has_a_default_may_be_left_out() -> None:
    article = golden()["articles"][1]
    short = {
        name: article[name]
        for name in ("id", "text", "sha256", "source_sha256", "encoding", "language", "direction")
    }
    mention = {
        "id": "T1",
        "article": article["id"],
        "start": 2,
        "end": 5,
        "quote": "قال",
        "type": "PER",
        "annotator": "A1",
        "created": "",
        "updated": "",
    }
    data = wrong(lambda d: None) | {
        "annotators": [{"id": "A1", "name": "a"}],
        "articles": [{**short, "added": "2026-01-01T00:00:00Z", "mentions": [mention]}],
        "entities": [],
        "claims": [],
        "relations": [],
        "notes": [],
    }
    VALIDATOR.validate(data)
    check_alone(json.dumps(data).encode())
