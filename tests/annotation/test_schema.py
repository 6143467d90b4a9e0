from __future__ import annotations

import pytest
from hypothesis import given

from reader.annotation.schema import (
    DEFAULT_SCHEMA,
    EntityType,
    Schema,
    decode_schema,
    encode_schema,
    keep_used_types,
    read_toml,
    write_toml,
)
from reader.errors import FormatError
from tests.records import texts


def test_the_default_types_are_on_the_digits() -> None:
    names = ["PER", "ORG", "LOC", "EVENT", "WORK", "DATE", "MONEY", "NUMBER", "OTHER"]
    assert [DEFAULT_SCHEMA.for_key(str(i + 1)).name for i in range(9)] == names  # type: ignore[union-attr]


def test_the_default_schema_survives_toml_and_json() -> None:
    assert read_toml(write_toml(DEFAULT_SCHEMA), "x") == DEFAULT_SCHEMA
    assert decode_schema(encode_schema(DEFAULT_SCHEMA)) == DEFAULT_SCHEMA


@given(texts())
def test_any_title_survives_toml(title: str) -> None:
    schema = Schema((EntityType("X", title),), ())
    assert read_toml(write_toml(schema), "x") == schema


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("entity_types = [", "f.toml: not TOML: Invalid value"),
        ("[[entity_type]]", "unknown key 'entity_type'; did you mean 'entity_types'"),
        ('[[entity_types]]\ntitle = "x"', r"entity_types\[0\]: the name is missing"),
        ('[[entity_types]]\nname = "A"\ncolor = "x"', "unknown key 'color'; did you mean 'colour'"),
        ('[[entity_types]]\nname = "A"\ncolour = "red"', "the colour 'red' is not #rrggbb"),
        ('[[entity_types]]\nname = "A"\nkey = "x"', "the key 'x' is not a digit"),
        ('[[entity_types]]\nname = "A"\nkey = "12"', "the key '12' is not a digit"),
        ('[[entity_types]]\nname = "A"\n[[entity_types]]\nname = "A"', "'A' stands twice"),
        (
            '[[entity_types]]\nname = "A"\nkey = "1"\n[[entity_types]]\nname = "B"\nkey = "1"',
            "B and A share the key 1",
        ),
        ('[[entity_types]]\nname = "a/b"', "should be letters and digits"),
        ('[[entity_types]]\nname = "A"\nretired = "yes"', "retired should be true or false"),
        ('[[relation_types]]\nname = "r"\nsource = "clame"', "'clame' is not one of entity, claim"),
        ("entity_types = 3", "should be a list of tables"),
    ],
)
def test_a_wrong_schema_is_refused(toml: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_toml(toml, "f.toml")


def test_a_type_in_use_is_retired_not_dropped() -> None:
    new = Schema((EntityType("GPE", "Country", "1"),), ())
    kept = keep_used_types(DEFAULT_SCHEMA, new, {"PER", "supports"})
    assert [kind.name for kind in kept.entity_types] == ["GPE", "PER"]
    assert [kind.name for kind in kept.offered] == ["GPE"]
    assert kept.entity_types[1].key == ""
    assert [(kind.name, kind.retired) for kind in kept.relation_types] == [("supports", True)]
