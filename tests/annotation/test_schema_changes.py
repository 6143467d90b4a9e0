"""From one schema to another: what changes, what cannot, what becomes of the records."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.model import Attributed, Entity, Mention, Record, Ref, Relation, kind_of
from reader.annotation.schema import (
    DEFAULT_SCHEMA,
    AttributeChoice,
    AttributeType,
    EntityType,
    RelationType,
    Schema,
)
from reader.annotation.schema_changes import Plan, Used, plan, renamed, renamed_schema
from reader.annotation.schema_reading import Rename
from reader.annotation.schema_toml import read_toml, write_toml
from reader.annotation.spans import make_span
from tests.records import ANN

WORDS = ("a", "b", "c")
VALUES = tuple(AttributeChoice(word, word.upper()) for word in WORDS)
MORE = AttributeChoice("d", "D")
OLD = replace(
    DEFAULT_SCHEMA,
    relation_types=(
        *DEFAULT_SCHEMA.relation_types,
        RelationType("knows", "knows", "mention", "mention", source_types=("PER",)),
    ),
    attributes=(
        AttributeType("how", "How", types=("PER", "ORG"), values=VALUES),
        AttributeType("some", "Some", "choices", values=VALUES),
        AttributeType("note", "Note", "text", on=("mention", "relation")),
    ),
)


def mention(id: str, type: str, **said: AttributeValue) -> Mention:
    span = make_span("A", "one two", [(0, 3)])
    return Mention(id, span, type, ANN.id, "t", "t", attributes=Attributes.of(said))


RECORDS: tuple[Record, ...] = (
    mention("1", "PER", how="a", some=("a", "b")),
    mention("2", "PER", note="a"),
    mention("3", "ORG", how="b"),
    Entity("E", "PER", "Nix", "t", ANN.id, "t", ANN.id),
    Relation("R", "knows", Ref("mention", "1"), Ref("mention", "3"), ANN.id, "t", "t"),
)


def used(records: tuple[Record, ...]) -> Used:
    typed = [r for r in records if isinstance(r, Mention | Entity | Relation)]
    speaking = [r for r in records if isinstance(r, Attributed) and r.attributes]
    return Used(
        Counter((kind_of(r), r.type) for r in typed),
        speaking,
        [r for r in records if isinstance(r, Relation)],
    )


def planned(change: Any, *renames: Rename, old: Schema = OLD) -> Plan:
    find = AnnotationSet.of(RECORDS).get
    return plan(old, change(old), renames, used(RECORDS), find)


def without(table: str, name: str) -> Any:
    return lambda s: replace(
        s, **{table: tuple(row for row in getattr(s, table) if row.name != name)}
    )


def changed(table: str, name: str, **fields: Any) -> Any:
    return lambda s: replace(
        s,
        **{
            table: tuple(
                replace(row, **fields) if row.name == name else row for row in getattr(s, table)
            )
        },
    )


def test_the_same_schema_changes_nothing() -> None:
    made = planned(lambda s: s)
    assert (made.steps, made.refused, made.old) == ((), (), made.new)


@pytest.mark.parametrize(
    ("change", "steps"),
    [
        (
            lambda s: replace(s, entity_types=(*s.entity_types, EntityType("LAW", "Law"))),
            ["add entity type “LAW”"],
        ),
        (without("entity_types", "WORK"), ["remove entity type “WORK”, which is not in use"]),
        (
            changed("entity_types", "PER", retired=True, key=""),
            ["retire entity type “PER” (1 entity, 2 mentions)", "change entity type “PER”: key"],
        ),
        (
            changed("entity_types", "PER", value="other"),
            ["change entity type “PER”: value"],
        ),
        (
            changed("relation_types", "refutes", meaning="none", title="x"),
            ["change relation “refutes”: title, meaning"],
        ),
        (
            changed(
                "attributes", "how", required=True, values=(*VALUES, AttributeChoice("d", "D"))
            ),
            ["change attribute “how”: required", "add value “d” of “how”"],
        ),
        (
            changed("attributes", "how", values=(replace(VALUES[0], retired=True), *VALUES[1:])),
            ["retire value “a” of “how” (1 mention)"],
        ),
        (changed("attributes", "how", values=VALUES[::-1]), ["change attribute “how”: values"]),
        (
            changed("attributes", "how", values=VALUES[:2]),
            ["remove value “c” of “how”, which is not in use"],
        ),
        (
            lambda s: replace(s, entity_types=s.entity_types[::-1]),
            ["change the order of the entity types"],
        ),
    ],
)
def test_what_changes_is_told(change: Any, steps: list[str]) -> None:
    made = planned(change)
    assert (list(made.steps), made.refused) == (steps, ())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            without("entity_types", "PER"),
            "the entity type “PER” is in use (1 entity, 2 mentions) and cannot vanish: keep it "
            'with retired = true, or rename it with was = "PER".',
        ),
        (without("relation_types", "knows"), "the relation “knows” is in use (1 relation) and"),
        (without("attributes", "how"), "the attribute “how” is in use (2 mentions) and cannot"),
        (
            changed("attributes", "some", values=VALUES[:1]),
            "the value “b” of “some” is in use (1 mention) and cannot vanish: keep it with",
        ),
        (
            changed("attributes", "how", types=("PER",)),
            "1 record would break a rule: “how” can be said of PER, not of ORG.",
        ),
        (
            changed("attributes", "how", on=("claim",), types=()),
            "2 records would break a rule: “how” can be said of a claim, not of a mention.",
        ),
        (
            changed("attributes", "note", kind="number"),
            "1 record would break a rule: “note” is a number, not “a”.",
        ),
        (
            changed("relation_types", "knows", source_types=("ORG",)),
            "1 record would break a rule: “knows” goes from ORG, not from PER.",
        ),
        (
            changed("relation_types", "knows", target="entity"),
            "1 record would break a rule: “knows” goes from a mention to an entity, not from",
        ),
    ],
)
def test_what_records_need_is_refused(change: Any, reason: str) -> None:
    (said,) = planned(change).refused
    assert said.startswith(reason)


def file(text: str) -> tuple[Schema, tuple[Rename, ...]]:
    read = read_toml(text, "f")
    return read.schema, read.renames


def test_a_rename_takes_the_records_along() -> None:
    text = write_toml(OLD).replace('name = "PER"', 'name = "PERSON"\nwas = "PER"')
    text = text.replace('types = ["PER", "ORG"]', 'types = ["PERSON", "ORG"]')
    text = text.replace('source_types = ["PER"]', 'source_types = ["PERSON"]')
    text = text.replace('name = "how"', 'name = "manner"\nwas = "how"')
    text = text.replace('{ name = "a", title', '{ name = "alpha", was = "a", title', 1)
    new, renames = file(text)
    made = plan(OLD, new, renames, used(RECORDS), AnnotationSet.of(RECORDS).get)
    assert made.refused == ()
    assert made.steps == (
        "rename entity type “PER” to “PERSON” (1 entity, 2 mentions)",
        "rename attribute “how” to “manner” (2 mentions)",
        "rename value “a” of “manner” to “alpha” (1 mention)",
    )
    first, second, third, entity, relation = (renamed(r, made.renames) for r in RECORDS)
    assert first == mention("1", "PERSON", manner="alpha", some=("a", "b"))
    assert second == mention("2", "PERSON", note="a")
    assert third == mention("3", "ORG", manner="b")
    assert isinstance(entity, Entity) and entity.type == "PERSON"
    assert relation == RECORDS[4]
    again = plan(new, new, renames, used((first, second, third)), AnnotationSet.of(()).get)
    assert (again.renames, again.steps, again.refused) == ((), (), ())


def test_a_type_goes_into_another_that_is_there() -> None:
    text = write_toml(OLD).replace('types = ["PER", "ORG"]', 'types = ["PER"]')
    start = text.index('[[entity_types]]\nname = "ORG"')
    text = text[:start] + text[text.index("[[", start + 2) :]
    new, renames = file(text.replace('name = "PER"', 'name = "PER"\nwas = "ORG"', 1))
    made = plan(OLD, new, renames, used(RECORDS), AnnotationSet.of(RECORDS).get)
    assert made.refused == ()
    assert made.steps == ("take entity type “ORG” into “PER” (1 mention)",)
    assert [renamed(r, made.renames).type for r in RECORDS[:3]] == ["PER", "PER", "PER"]  # type: ignore[union-attr]
    again = plan(new, new, renames, used(RECORDS[:2]), AnnotationSet.of(()).get)
    assert (again.renames, again.steps, again.refused) == ((), (), ())


@pytest.mark.parametrize(
    ("renames", "reason"),
    [
        (
            [Rename("entity_types", "PRE", "LAW")],
            "there is no entity type “PRE” to rename to “LAW”; did you mean “PER”?",
        ),
        (
            [Rename("relation_types", "knows", "refutes")],
            "the relation “knows” cannot be renamed: “refutes” is there already",
        ),
        (
            [Rename("entity_types", "PER", "LAW"), Rename("entity_types", "PER", "ACT")],
            "the entity type “PER” cannot be renamed twice",
        ),
        (
            [Rename("values", "z", "y", "how")],
            "there is no value “z” to rename to “y”.",
        ),
    ],
)
def test_a_rename_that_cannot_be_is_refused(renames: list[Rename], reason: str) -> None:
    made = planned(lambda s: renamed_schema(s, renames[:1]), *renames)
    assert made.refused[0].startswith(reason)


def test_a_name_that_is_given_up_may_be_taken_over_but_not_kept() -> None:
    swap = [Rename("entity_types", "PER", "ORG"), Rename("entity_types", "ORG", "PER")]
    made = planned(lambda s: renamed_schema(s, swap), *swap)
    assert made.refused == ()
    assert [renamed(r, made.renames).type for r in RECORDS[:3]] == ["ORG", "ORG", "PER"]  # type: ignore[union-attr]
    kept = planned(
        lambda s: replace(s, entity_types=(*s.entity_types, EntityType("LAW", ""))),
        Rename("entity_types", "PER", "LAW"),
    )
    assert kept.refused == (
        "the entity type “PER” is renamed to “LAW”, but it is in the file too; take that one out, "
        "or take was away.",
    )


_TABLES: dict[str, tuple[str, ...]] = {
    "entity_types": ("PER", "ORG"),
    "relation_types": ("knows", "refutes"),
    "attributes": ("how", "some", "note"),
    "values": WORDS,
}


@given(st.data())
def test_to_rename_and_to_rename_back_leaves_all_as_it_was(data: st.DataObject) -> None:
    renames: list[Rename] = []
    back: list[Rename] = []
    for table, names in _TABLES.items():
        for name in data.draw(st.lists(st.sampled_from(names), unique=True)):
            if table == "values":
                owner = next(
                    (r.new for r in renames if (r.table, r.old) == ("attributes", "some")), "some"
                )
                renames.append(Rename(table, name, f"{name} new", owner))
                back.append(Rename(table, f"{name} new", name, "some"))
            else:
                renames.append(Rename(table, name, f"{name} new"))
                back.append(Rename(table, f"{name} new", name))
    there = [renamed(record, renames) for record in RECORDS]
    assert tuple(renamed(record, back) for record in there) == RECORDS
    assert renamed_schema(renamed_schema(OLD, renames), back) == OLD
