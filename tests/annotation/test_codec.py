from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from reader.annotation.codec import decode_record, encode_record
from reader.annotation.model import Mention, Record, kind_of
from reader.annotation.spans import make_span
from reader.errors import FormatError
from tests.records import ARABIC, make_article, records

ARTICLE = make_article(ARABIC, "ar")


@given(records(ARTICLE))
def test_any_record_survives_json(record: Record) -> None:
    data = json.loads(json.dumps(encode_record(record)))
    assert decode_record(kind_of(record), data) == record


def mention(**changes: Any) -> dict[str, Any]:
    record = Mention("M", make_span("A", "one two three", [(4, 7)]), "PER", "ann", "t", "t")
    return encode_record(record) | changes


def test_a_mention_is_laid_flat_over_its_span() -> None:
    assert mention() == {
        "id": "M",
        "article": "A",
        "start": 4,
        "end": 7,
        "quote": "two",
        "prefix": "one ",
        "suffix": " three",
        "type": "PER",
        "annotator": "ann",
        "created": "t",
        "updated": "t",
        "kind": "name",
        "entity": None,
        "origin": "manual",
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "4"}, r"m\.start: should be a whole number, not text"),
        ({"start": True}, r"m\.start: should be a whole number, not true or false"),
        ({"end": 9}, r"m: the quote has 3 code points, but 4-9 has 5"),
        ({"start": 7, "end": 7}, r"m\.fragments\[0\]: the range 7-7 is empty"),
        ({"start": -4, "end": -1}, "an offset below 0"),
        ({"fragments": [[4, 5], [5, 7]]}, "fragments touch, overlap or are out of order"),
        ({"fragments": [[4, 5], [6, 8]]}, "the fragments do not reach from start 4 to end 7"),
        ({"fragments": []}, "there is no fragment"),
        ({"kind": "nane"}, r"m\.kind: 'nane' is not one of name, nominal, pronoun"),
        ({"kind": ["name"]}, r"m\.kind: \['name'\] is not one of"),
        ({"colour": "red"}, "m: unknown field 'colour'"),
        ({"span": {}}, "m: unknown field 'span'"),
        ({"type": None}, r"m\.type: should be text, not nothing"),
    ],
)
def test_wrong_data_is_refused_with_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        decode_record("mention", mention(**changes), "m")


@pytest.mark.parametrize("name", ["id", "quote", "article", "type", "annotator"])
def test_a_missing_field_is_named(name: str) -> None:
    data = mention()
    del data[name]
    with pytest.raises(FormatError, match=f"the field '{name}' is missing"):
        decode_record("mention", data)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(FormatError, match="mention: should be an object, not a list"):
        decode_record("mention", [])
