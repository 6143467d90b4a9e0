from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from reader.annotation.schema import (
    DEFAULT_SCHEMA,
    AttributeChoice,
    AttributeType,
    EntityType,
    RelationType,
    Schema,
    encode_schema,
)
from reader.annotation.schema_reading import decode_schema
from reader.annotation.schema_toml import mistakes_in, read_toml, write_toml
from reader.errors import FormatError
from tests.records import schemas, texts


def test_what_steers_a_terminal_is_written_as_escapes() -> None:
    steering = "a\x1b]0;b\x07\x9b2J\u202ec\u2066\u200f\xad\u2028 ز\u200c"
    (first, *others), title = DEFAULT_SCHEMA.entity_types, steering
    schema = replace(DEFAULT_SCHEMA, entity_types=(replace(first, title=title), *others))
    written = write_toml(schema)
    assert read_toml(written, "x").schema == schema
    assert re.findall("[^\n -~ز\u200c]", written) == []


def test_the_default_types_are_on_the_digits() -> None:
    names = ["PER", "ORG", "LOC", "EVENT", "WORK", "DATE", "MONEY", "NUMBER", "OTHER"]
    assert [DEFAULT_SCHEMA.for_key(str(i + 1)).name for i in range(9)] == names  # type: ignore[union-attr]


def test_the_default_schema_survives_toml_and_json() -> None:
    assert read_toml(write_toml(DEFAULT_SCHEMA), "x").schema == DEFAULT_SCHEMA
    assert decode_schema(encode_schema(DEFAULT_SCHEMA)) == DEFAULT_SCHEMA


def test_a_schema_that_uses_nothing_new_is_written_to_json_as_it_always_was() -> None:
    data = encode_schema(DEFAULT_SCHEMA)
    assert list(data) == ["entity_types", "relation_types"]
    assert list(data["relation_types"][2]) == [
        *("name", "title", "source", "target", "symmetric", "retired"),
    ]
    assert decode_schema(data).meaning("refutes") == "contradicts"


@settings(max_examples=30)
@given(schemas())
def test_any_schema_survives_toml_and_json(schema: Schema) -> None:
    assert read_toml(write_toml(schema), "x").schema == schema
    assert decode_schema(encode_schema(schema)) == schema


@given(texts())
def test_any_title_survives_toml(title: str) -> None:
    values = (AttributeChoice("a", title), AttributeChoice("b", "b"))
    schema = Schema((EntityType("X", title),), (), (AttributeType("y", title, values=values),))
    assert read_toml(write_toml(schema), "x").schema == schema


def test_a_relation_means_what_it_says_and_never_what_it_is_called() -> None:
    toml = """
    [[entity_types]]
    name = "A"
    [[relation_types]]
    name = "refutes"
    meaning = "none"
    [[relation_types]]
    name = "widerlegt"
    was = "refutes"
    [[relation_types]]
    name = "same as"
    source = "entity"
    target = "entity"
    [[relation_types]]
    name = "new"
    """
    schema = read_toml(toml, "x").schema
    assert [row.meaning for row in schema.relation_types] == ["none", "contradicts", "none", "none"]
    assert decode_schema(encode_schema(schema)) == schema


def test_a_type_says_values_by_itself_whatever_it_is_called() -> None:
    toml = """
    [[entity_types]]
    name = "DATE"
    value = "none"
    [[entity_types]]
    name = "WHEN"
    was = "TIME"
    [[entity_types]]
    name = "Money"
    was = "PER"
    [[entity_types]]
    name = "percent"
    [[entity_types]]
    name = "AMOUNT"
    value = "money"
    [[entity_types]]
    name = "SUM"
    value = "money"
    [[entity_types]]
    name = "LAW"
    """
    schema = read_toml(toml, "x").schema
    says = [row.says for row in schema.entity_types]
    assert says == ["none", "other", "none", "other", "money", "money", "none"]
    assert schema.values == {"WHEN", "percent", "AMOUNT", "SUM"}
    assert schema.by_value == {"none": "DATE", "other": "WHEN", "money": "AMOUNT"}
    data = encode_schema(schema)["entity_types"]
    given = ["none", "other", "none", None, "money", "money", None]
    assert [row.get("value") for row in data] == given
    assert decode_schema({"entity_types": data}) == schema
    written = write_toml(schema)
    assert re.findall('value = "(.*)"', written) == says
    assert read_toml(written, "x").schema == schema


def test_the_default_types_say_dates_money_and_numbers() -> None:
    assert DEFAULT_SCHEMA.values == {"DATE", "MONEY", "NUMBER"}
    known = {"name", "title", "key", "colour", "retired"}
    assert all(row.keys() == known for row in encode_schema(DEFAULT_SCHEMA)["entity_types"])
    assert EntityType("A", "A").called("DATE").called("A") == EntityType("A", "A")


A = '[[entity_types]]\nname = "A"\n'
R = A + '[[relation_types]]\nname = "r"\n'
T = A + '[[attributes]]\nname = "t"\n'
MISTAKES: dict[str, list[str]] = {
    "entity_types = [": ["line 1: not TOML: Invalid value."],
    A + 'title = "x"\ntitle = "y"': ["line 4: this field stands twice in its table; keep one."],
    "[entity_types]\n[entity_types]": [
        "line 2: this table stands twice; keep one, or write [[...]]."
    ],
    "[[entity_type]]": ["line 1: unknown field 'entity_type'. Did you mean 'entity_types'?"],
    "entity_types = 3": ["line 1: entity_types should be a list of tables ([[entity_types]])."],
    "entity_types = [1]": ["line 1: should be a table, not a number."],
    '[[entity_types]]\ntitle = "x"': ['line 1: the name is missing; add name = "...".'],
    A + 'color = "x"': ["line 3: unknown field 'color'. Did you mean 'colour'?"],
    A + "zzz = 1": [
        "line 3: unknown field 'zzz'. It has name, title, key, colour, retired, value and was."
    ],
    A + 'colour = "red"': ["line 3: the colour 'red' is not #rrggbb."],
    A + "title = 3": ["line 3: title should be text, not a number."],
    A + 'key = "x"': ["line 3: the key 'x' is not a digit 1-9."],
    A + 'key = "12"\nretired = "yes"': [
        "line 3: the key '12' is not a digit 1-9.",
        "line 4: retired should be true or false, not text.",
    ],
    A + 'value = "day"': ["line 3: 'day' is not one of none, date, money, number and other."],
    A + "value = true": ["line 3: value should be text, not true or false."],
    A + A: ["line 4: the name 'A' stands twice (see line 2)."],
    A + 'key = "1"\n[[entity_types]]\nname = "B"\nkey = "1"': [
        "line 6: B and A share the key 1 (see line 3)."
    ],
    '[[entity_types]]\nname = "a/b"': ["line 2: the name 'a/b' should be letters and digits."],
    "": ["there is no entity type in it; begin with what `reader schema` prints."],
    R + 'source = "clame"': [
        "line 5: 'clame' is not one of entity, claim, mention, claim_mention and attribution."
        " Did you mean 'claim'?"
    ],
    R + 'source_types = ["A"]': [
        "line 5: source_types are for a source that is entity or mention, not claim."
    ],
    R + 'source = "mention"\nsource_types = [\n  "A",\n  "B",\n]': [
        "line 8: there is no entity type 'B'."
    ],
    R + 'source = "mention"\ntarget_types = "A"\nmeaning = "same"': [
        "line 6: target_types should be a list of texts, not text."
    ],
    R + 'source = "mention"\nmeaning = "same"': [
        "line 6: the meaning 'same' is for relations between claims or their mentions."
    ],
    R + 'meaning = "refutes"': [
        "line 5: 'refutes' is not one of none, same, contradicts, supports and updates."
    ],
    T + 'kind = "yesno"': [
        "line 5: 'yesno' is not one of choice, choices, yes-no, number and text."
        " Did you mean 'yes-no'?"
    ],
    T: ["line 3: t needs values to choose from."],
    T + 'kind = "text"\nvalues = ["a"]': [
        "line 6: t is text: only a choice or choices have values."
    ],
    T + 'values = ["a", "b",\n"a"]': ["line 6: the name 'a' stands twice (see line 5)."],
    T + 'values = ["a", { nam = "b" }]': [
        "line 5: unknown field 'nam'. Did you mean 'name'?",
        'line 5: the name is missing; add name = "...".',
    ],
    T + 'values = ["a ", 3]': [
        "line 5: the value 'a ' should be one line of text, not empty, not long.",
        "line 5: should be a table, not a number.",
    ],
    T + 'kind = "text"\non = ["mentions"]': [
        "line 6: 'mentions' is not one of mention, claim, claim_mention, attribution and relation."
        " Did you mean 'mention'?"
    ],
    T + 'kind = "text"\non = []': [
        "line 6: on should name some of mention, claim, claim_mention, attribution and relation."
    ],
    T + 'kind = "text"\non = ["claim"]\ntypes = ["A"]': [
        'line 7: types are for mentions; add "mention" to on.'
    ],
    T + 'kind = "text"\nkey = "1"': ["line 6: the key '1' is not a letter a-z."],
    T + 'kind = "text"\nkey = "q"\n[[attributes]]\nname = "u"\nkind = "text"\nkey = "q"': [
        "line 10: u and t share the key q (see line 6)."
    ],
}


@pytest.mark.parametrize("toml", MISTAKES)
def test_every_mistake_is_told_with_its_line(toml: str) -> None:
    wanted = tuple(
        f"f.toml{', ' if line.startswith('line') else ': '}{line}" for line in MISTAKES[toml]
    )
    assert mistakes_in(toml, "f.toml") == wanted
    with pytest.raises(FormatError) as error:
        read_toml(toml, "f.toml")
    assert error.value.message in wanted


def test_tables_may_be_written_otherwise() -> None:
    toml = """
    entity_types = [{ name = "PER", key = "1" }, { name = "b", colour = "#00000" }]
    # a comment with [[entity_types]]
    [[attributes]]
    name = 'x'
    title = \'\'\'
    [[attributes]]
    kind = "nonsense"
    \'\'\'
    [[attributes.values]]
    name = "one"
    [[attributes.values]]
    name = "two"
    retired = 1
    """
    assert mistakes_in(toml, "f") == (
        "f, line 2: the colour '#00000' is not #rrggbb.",
        "f, line 14: retired should be true or false, not a number.",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "schema: should be a table of entity_types, relation_types and attributes."),
        ({"entity_types": [{"name": "A", "was": "B"}]}, r"schema.entity_types\[0\].was: unknown"),
        ({"entity_types": [{"name": "A", "key": 1}]}, r"schema.entity_types\[0\].key: key should"),
    ],
)
def test_a_wrong_schema_in_json_is_refused_with_its_place(data: Any, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        decode_schema(data)


def test_attributes_are_offered_where_they_can_be_said() -> None:
    sure = AttributeType("sure", "Sure", on=("mention", "claim"), types=("PER",))
    old = AttributeType("old", "Old", retired=True)
    schema = Schema((EntityType("PER", "Person"),), (RelationType("r", "r"),), (sure, old))
    assert schema.attributes_of("mention", "PER") == (sure,)
    assert schema.attributes_of("mention", "ORG") == ()
    assert schema.attributes_of("claim") == (sure,)
    assert schema.attributes_of("relation") == ()
