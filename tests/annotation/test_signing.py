"""What was done under one id is done under another, wherever the id stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotation.changes import Action, Change
from reader.annotation.layers import Layers
from reader.annotation.model import Annotator, Record, Status, details_of, schema_record, status_id
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.annotation.signing import signed
from tests.records import ENGLISH, make_article

TIME = "2026-02-03T04:05:06Z"
ARTICLE = make_article(ENGLISH)
TAGS = ("news", "@old", "@other")
DETAILS = replace(details_of(ARTICLE), tags=TAGS, updated_by="old")
SCHEMA = schema_record(DEFAULT_SCHEMA)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            Status(status_id("a", "old"), "a", "old", "done", TIME),
            Status(status_id("a", "new"), "a", "new", "done", TIME),
        ),
        (
            Status(status_id("a", "other"), "a", "other", "done", TIME),
            Status(status_id("a", "other"), "a", "other", "done", TIME),
        ),
        (DETAILS, replace(DETAILS, tags=("news", "@new", "@other"), updated_by="new")),
        (Annotator("old", "Ann"), Annotator("new", "Ann")),
        (SCHEMA, SCHEMA),
    ],
)
def test_the_id_is_another_everywhere(record: Record, expected: Record) -> None:
    action = Action("action", "old", "what", (Change(record, None), Change(None, record)), TIME)
    made = (Change(expected, None), Change(None, expected))
    assert signed(action, "old", "new") == replace(action, annotator="new", changes=made)


def test_what_is_hidden_follows_the_id_of_whose_it_is() -> None:
    assert Layers(hidden=frozenset(("old", "other"))).by("old", "new").hidden == {"new", "other"}
    # What was another's until now is one's own, which one sees.
    assert Layers(hidden=frozenset(("new", "other"))).by("old", "new").hidden == {"other"}
