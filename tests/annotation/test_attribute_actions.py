"""Saying something of a record, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attribute_actions import in_words, say, shown_attributes, typed_value
from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.model import Attributed, Claim, Mention, Record
from reader.annotation.schema import DEFAULT_SCHEMA, AttributeChoice, AttributeType
from reader.annotation.spans import make_span
from reader.errors import AnnotationError
from tests.records import ANN, BOB

VALUES = (
    AttributeChoice("sure", "Sure"),
    AttributeChoice("likely", "Likely"),
    AttributeChoice("old", "Old", retired=True),
)
HOW = AttributeType("how", "How sure", values=VALUES, on=("mention", "claim"))
SOME = AttributeType("some", "Some", "choices", values=VALUES)
FLAG = AttributeType("flag", "Flag", "yes-no")
SIZE = AttributeType("size", "Size", "number")
WORDS = AttributeType("words", "Words", "text")
GONE = AttributeType("gone", "Gone", "text", retired=True)
SCHEMA = replace(DEFAULT_SCHEMA, attributes=(HOW, SOME, FLAG, SIZE, WORDS, GONE))
NIX = Mention("M", make_span("A", "Nix spoke.", [(0, 3)]), "PER", BOB.id, "t", "t")
CLAIM = Claim("C", "It rains.", "en", "t", BOB.id, "t", BOB.id)


def author(*records: Record) -> Author:
    return Author(ANN, AnnotationSet.of(records), SCHEMA)


def after(record: Attributed, name: str, value: AttributeValue | None) -> Any:
    action = say(author(record), record, name, value)
    assert action is not None
    (change,) = action.changes
    assert change.before == record
    return change.after


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("how"), st.sampled_from(["sure", "likely", None])),
            st.tuples(st.just("some"), st.sampled_from([("sure",), ("sure", "likely"), None])),
            st.tuples(st.just("flag"), st.sampled_from([True, False, None])),
            st.tuples(st.just("size"), st.sampled_from([0, 1, 1.5, None])),
            st.tuples(st.just("words"), st.sampled_from(["كلمة", "x", None])),
        ),
        max_size=6,
    )
)
def test_what_is_said_last_holds_and_undo_is_identity(
    steps: list[tuple[str, AttributeValue | None]],
) -> None:
    records, said = AnnotationSet.of([NIX]), dict[str, AttributeValue]()
    done = []
    for name, value in steps:
        before = records.all(Mention)[0]
        action = say(Author(ANN, records, SCHEMA), before, name, value)
        if action is not None:
            records = records.apply(action.changes)
            done.append(action)
        said = {known: kept for known, kept in said.items() if known != name}
        if value is not None:
            said[name] = value
        assert dict(records.all(Mention)[0].attributes) == said
    for action in reversed(done):
        records = records.apply(change.inverse() for change in reversed(action.changes))
    assert records.all(Mention) == (NIX,)


def test_a_claim_is_signed_and_a_mention_stays_whose_it_is() -> None:
    assert after(CLAIM, "how", "sure").updated_by == ANN.id
    assert after(NIX, "how", "sure").annotator == BOB.id
    told = say(author(NIX), NIX, "how", "sure")
    assert told is not None and told.what == "How sure of “Nix”: Sure"


@pytest.mark.parametrize(
    ("record", "name", "value", "words"),
    [
        (NIX, "how", "old", "“old” of “how” is retired; choose another."),
        (NIX, "some", ("sure", "old"), "“old” of “some” is retired"),
        (NIX, "gone", "x", "“gone” is retired: it is not used any more."),
        (NIX, "how", "no", "“how” is one of sure, likely, old, not “no”."),
        (CLAIM, "flag", True, "“flag” can be said of a mention, not of a claim."),
        (NIX, "hew", "sure", "“hew” is no attribute of the schema; did you mean “how”?"),
    ],
)
def test_what_the_schema_does_not_allow_is_refused(
    record: Attributed, name: str, value: AttributeValue, words: str
) -> None:
    with pytest.raises(AnnotationError) as error:
        say(author(record), record, name, value)
    assert words in error.value.message


def test_what_is_retired_stays_where_it_is_said_and_can_be_taken_away() -> None:
    old = replace(NIX, attributes=Attributes.of({"some": ("old",), "gone": "x"}))
    assert after(old, "some", ("sure", "old")).attributes.get("some") == ("sure", "old")
    assert after(old, "gone", None).attributes.get("gone") is None
    assert [a.name for a in shown_attributes(old, SCHEMA)] == [
        *("how", "some", "flag", "size", "words", "gone"),
    ]
    assert [a.name for a in shown_attributes(CLAIM, SCHEMA)] == ["how"]


def test_what_is_said_already_is_no_change() -> None:
    said = replace(NIX, attributes=Attributes.of({"size": 1}))
    assert say(author(said), said, "size", 1) is None
    assert say(author(NIX), NIX, "size", None) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3", 3), (" 2,5 ", 2.5), ("-0.5", -0.5), ("", None), ("١٢", 12), ("١٫٥", 1.5)],
)
def test_numbers_are_typed_as_people_write_them(typed: str, number: float | None) -> None:
    assert typed_value(SIZE, typed) == number
    assert typed_value(WORDS, " two words ") == "two words"
    for wrong in ("three", "nan", "inf", "1e999"):
        with pytest.raises(AnnotationError, match=f"“{wrong}” is no number"):
            typed_value(SIZE, wrong)


def test_values_are_told_by_their_titles() -> None:
    assert in_words(HOW, "sure") == "Sure"
    assert in_words(SOME, ("sure", "likely")) == "Sure, Likely"
    assert in_words(HOW, "unknown") == "unknown"
    assert [in_words(FLAG, value) for value in (True, False, None)] == ["yes", "no", "not said"]
    assert [in_words(SIZE, value) for value in (3, 0.25)] == ["3", "0.25"]
    assert in_words(WORDS, "sure") == "sure"
    assert in_words(None, ("a", "b")) == "a, b"
