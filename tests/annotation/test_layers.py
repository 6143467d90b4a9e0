"""Which of several marks under a selection is meant, by the one rule that all commands share."""

from __future__ import annotations

import pytest

from reader.annotation.annotation_set import Placed
from reader.annotation.layers import decision_in, foremost
from reader.annotation.model import ClaimMention, Mention, Note, Ref
from reader.annotation.spans import Range, make_span

TEXT = "Alexander Nix told Julian Assange that no money was paid."


def tagged(id: str, start: int, end: int, by: str = "me", created: str = "2026-01-01") -> Placed:
    span = make_span("article", TEXT, [(start, end)])
    return Placed(span, Mention(id, span, "PER", by, created, created), "mention")


def claimed(id: str, start: int, end: int, by: str = "me") -> Placed:
    span = make_span("article", TEXT, [(start, end)])
    return Placed(span, ClaimMention(id, span, by, "2026-01-01", "2026-01-01"), "claim")


@pytest.mark.parametrize(
    ("found", "chosen", "order"),
    [
        pytest.param(
            [tagged("theirs", 0, 13, "bob"), tagged("mine", 0, 13)],
            (0, 13),
            ["mine", "theirs"],
            id="own before another's on the same words",
        ),
        pytest.param(
            [tagged("first", 0, 13), tagged("last", 0, 13, created="2026-01-02")],
            (0, 13),
            ["last", "first"],
            id="the one made last of several on the same words",
        ),
        pytest.param(
            [tagged("a", 0, 13, "bob"), tagged("b", 0, 13, "bob", "2026-01-02")],
            (0, 9),
            ["b", "a"],
            id="the one made last of several of another's",
        ),
        pytest.param(
            [claimed("claim", 0, 56), tagged("name", 0, 13)],
            (0, 9),
            ["name", "claim"],
            id="the innermost",
        ),
        pytest.param(
            [tagged("theirs", 0, 13, "bob"), claimed("mine", 0, 56)],
            (0, 9),
            ["mine", "theirs"],
            id="own before what is innermost",
        ),
        pytest.param(
            [claimed("mine", 0, 56), tagged("theirs", 0, 13, "bob")],
            (0, 13),
            ["theirs", "mine"],
            id="what is selected to the letter before all, also another's",
        ),
    ],
)
def test_the_foremost_mark_is_the_one_that_is_meant(
    found: list[Placed], chosen: Range, order: list[str]
) -> None:
    for given in (found, found[::-1]):
        assert [p.record.id for p in foremost(given, (chosen,), "me")] == order


def test_a_decision_is_told_from_other_notes() -> None:
    def note(text: str) -> Note:
        return Note("n", Ref("mention", "m"), text, "me", "2026-01-01", "2026-01-01")

    assert decision_in(note("settled: takes ann")) == "takes ann"
    assert decision_in(note("not settled: ask ann")) == ""
