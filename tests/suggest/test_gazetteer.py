from __future__ import annotations

import json

import pytest

from reader.errors import UsageError
from reader.suggest.gazetteer import read_gazetteer
from reader.suggest.names import Listed

TYPES = ("PER", "ORG")


def read(text: str, default: str | None = None) -> tuple[Listed, ...]:
    return read_gazetteer(text, "names.txt", TYPES, default)


def test_lines_hold_names_types_and_other_names() -> None:
    text = "# people\nBrad Parscale\tPER\tبارسكيل | Parscale\n\nRNC\tORG\r\nترامب\tPER\t\n"
    assert read(text) == (
        Listed("Brad Parscale", "PER", ("بارسكيل", "Parscale")),
        Listed("RNC", "ORG"),
        Listed("ترامب", "PER"),
    )


def test_names_without_a_type_take_the_one_that_is_given() -> None:
    assert read("Brad Parscale\nRNC\tORG", "PER")[0] == Listed("Brad Parscale", "PER")


def test_json_holds_names_or_objects() -> None:
    entries = ["Trump", {"name": "RNC", "type": "ORG", "aliases": ["الجمهورية"], "wikidata": "Q1"}]
    assert read(json.dumps(entries), "PER") == (
        Listed("Trump", "PER"),
        Listed("RNC", "ORG", ("الجمهورية",), "Q1"),
    )


def test_every_name_and_alias_is_looked_for() -> None:
    (one,) = read("Brad Parscale\tPER\tبارسكيل")
    assert [(name.text, name.type, name.proposer) for name in one.names] == [
        ("Brad Parscale", "PER", "gazetteer"),
        ("بارسكيل", "PER", "gazetteer"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Trump", "names.txt: line 1: “Trump” has no type: write one, or give --type."),
        ("\nTrump\tPRE", "names.txt: line 2: there is no type 'PRE'; known are PER, ORG."),
        ("Trump\tPER\ta\tb", "names.txt: line 1: expected a name, or name, type and other names"),
        ("\tPER", "names.txt: line 1: expected a name"),
        ("[1]", "names.txt: entry 1: expected a name, or an object"),
        ('["Trump", {"name": ""}]', "names.txt: entry 1: “Trump” has no type"),
        ('[{"name": "x", "typ": "PER"}]', "names.txt: entry 1: 'typ' is not known here"),
        ('[{"name": "x", "aliases": "y"}]', "names.txt: entry 1: aliases should be a list"),
        ('[{"name": "x", "type": 1}]', "names.txt: entry 1: type and wikidata should be strings"),
        ('[{"name": " ", "type": "PER"}]', "names.txt: entry 1: the name is empty"),
        ('[{"name": "x", "type": "PER", "wikidata": "12"}]', "names.txt: entry 1: “12” is no Wiki"),
        ("[", "names.txt: not JSON: "),
        ("[" * 100_000, "names.txt: not JSON: nested or long beyond use."),
        (f"[{'1' * 5000}]", "names.txt: not JSON: nested or long beyond use."),
        ('{"name": "x"}', "names.txt: a gazetteer in JSON is one list"),
        ("", "names.txt: there is no name in it."),
        ("# people\n\n", "names.txt: there is no name in it."),
        ("Trump, Donald\nRNC,ORG", "names.txt: line 2: part name and type by a tab, not a"),
        ("RNC,ORG", "names.txt: line 1: part name and type by a tab, not a comma."),
        ('"RNC","ORG"', "names.txt: line 1: part name and type by a tab, not a comma."),
        (f"{'x' * 1001}\tPER", "names.txt: line 1: a name has 1,000 characters at most."),
        (f"x\tPER\t{'x' * 1001}", "names.txt: line 1: a name has 1,000 characters at most."),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(text)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
