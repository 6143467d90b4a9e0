"""Labels of other tools beside the types and attributes that are there."""

from __future__ import annotations

import pytest

from reader.annotation.attributes import AttributeValue
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.errors import FormatError
from reader.formats.labels import Labels, parse_map
from tests.formats.fixture import SCHEMA


def said(labels: Labels, name: str, value: AttributeValue, record: str = "mention") -> object:
    ((_, found),) = labels.attributes([(name, value)], record, chosen=True)
    return found


def test_a_relation_between_other_kinds_of_record_is_another_type() -> None:
    labels = Labels(DEFAULT_SCHEMA, None)
    assert labels.relation_type("supports", "claim", "claim") == "supports"
    name = labels.relation_type("supports", "mention", "mention")
    assert name == "supports from mention to mention"
    assert labels.relation_type("supports", "mention", "mention") == name
    assert labels.schema.relation_types[-1].title == "supports"
    assert len(labels.schema.relation_types) == len(DEFAULT_SCHEMA.relation_types) + 1


def test_an_attribute_that_is_new_joins_the_schema_with_the_values_that_are_said() -> None:
    labels = Labels(DEFAULT_SCHEMA, parse_map(("Neg=negated",)))
    assert said(labels, "Confidence", "High") == "High"
    assert said(labels, "Confidence", "غير مؤكد\u200c", "relation") == "غير مؤكد\u200c"
    assert said(labels, "Neg", True) is True
    found = {row.name: (row.kind, [v.name for v in row.values]) for row in labels.schema.attributes}
    assert found == {
        "Confidence": ("choice", ["High", "غير مؤكد\u200c"]),
        "negated": ("yes-no", []),
    }


def test_an_attribute_that_is_there_says_what_it_can() -> None:
    labels = Labels(SCHEMA, None)
    assert said(labels, "certain", "Yes") is True
    assert said(labels, "weight", "0.5") == 0.5
    assert said(labels, "sense", "b") == ("b",)
    assert labels.schema == SCHEMA
    with pytest.raises(FormatError, match=r"“weight” is a number, .* with --map weight=NAME\.$"):
        said(labels, "weight", "heavy")
    with pytest.raises(FormatError, match="“certain” cannot be said of a relation"):
        said(labels, "certain", True, "relation")
    with pytest.raises(FormatError, match="“Mood” is one of"):
        said(labels, "Mood", "two\nlines")
