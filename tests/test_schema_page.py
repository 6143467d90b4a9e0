"""docs/schema.md tells every field and word of the schema, and its examples are right."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from reader.annotation.schema import (
    ATTRIBUTED,
    ENDS,
    AttributeType,
    EntityType,
    Meaning,
    RelationType,
    ValueForm,
    ValueKind,
)
from reader.annotation.schema_toml import mistakes_in

PAGE = (Path(__file__).parents[1] / "docs" / "schema.md").read_text("utf-8")


def section(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("heading", "cls", "words"),
    [
        ("Entity types", EntityType, get_args(ValueForm)),
        ("Relations", RelationType, (*ENDS, *get_args(Meaning))),
        ("Attributes", AttributeType, (*ATTRIBUTED, *get_args(ValueKind))),
    ],
)
def test_every_field_and_every_word_is_told(
    heading: str, cls: type, words: tuple[str, ...]
) -> None:
    cells = "\n".join(
        line.split("|")[1] for line in section(heading).splitlines() if line.startswith("| `")
    )
    assert set(re.findall(r"`(\w+)`", cells)) == {field.name for field in fields(cls)}
    told = set(re.findall(r"`([\w-]+)`", section(heading)))
    assert set(words) <= told


def test_the_examples_are_right() -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    types = '[[entity_types]]\nname = "PER"\n'
    assert mistakes_in(examples[0], "f") == ()
    assert mistakes_in(types + examples[1], "f") == ()
