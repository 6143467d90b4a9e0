"""The rules of a schema, obeyed by whatever makes or changes a record."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotation import actions, claim_actions, entity_actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.changes import Change
from reader.annotation.model import Claim, Entity, Mention, Record, Ref, Relation
from reader.annotation.rules import problem, unsaid
from reader.annotation.schema import (
    DEFAULT_SCHEMA,
    AttributeChoice,
    AttributeType,
    RelationType,
    Schema,
)
from reader.annotation.spans import make_span
from reader.errors import AnnotationError
from tests.records import ANN

SURE = tuple(AttributeChoice(name, name) for name in ("sure", "likely"))
SCHEMA = replace(
    DEFAULT_SCHEMA,
    relation_types=(
        *DEFAULT_SCHEMA.relation_types,
        RelationType(
            *("works for", "works for", "mention", "mention"),
            source_types=("PER",),
            target_types=("ORG", "LOC"),
        ),
    ),
    attributes=(
        AttributeType("certainty", "", values=SURE, on=("mention", "claim"), required=True),
        AttributeType("roles", "", "choices", types=("PER", "ORG"), values=SURE),
        AttributeType("ironic", "", "yes-no", on=("claim_mention",)),
        AttributeType("weight", "", "number", on=("relation",)),
        AttributeType("remark", "", "text", on=("attribution", "mention")),
    ),
)
TEXT = "Nix runs CA."


def mention(id: str, type: str, **said: AttributeValue) -> Mention:
    span = make_span("A", TEXT, [(0, 3)])
    return Mention(id, span, type, ANN.id, "t", "t", attributes=Attributes.of(said))


def related(source: str, target: str, type: str = "works for", kind: str = "mention") -> Relation:
    return Relation("R", type, Ref(kind, source), Ref(kind, target), ANN.id, "t", "t")


NIX, CA = mention("N", "PER"), mention("C", "ORG")
CLAIM = Claim("K", "CA is run.", "en", "t", ANN.id, "t", ANN.id)


def said(record: Record) -> str | None:
    return problem(record, SCHEMA, AnnotationSet.of([NIX, CA]).get)


def test_what_the_schema_allows_is_no_problem() -> None:
    for record in (
        mention("M", "PER", certainty="sure", roles=("sure", "likely"), remark="x"),
        mention("M", "DATE", certainty="likely"),
        replace(CLAIM, attributes=Attributes.of({"certainty": "sure"})),
        replace(related("N", "C"), attributes=Attributes.of({"weight": 0.5})),
        related("K", "K", "refutes", "claim"),
    ):
        assert said(record) is None


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (mention("M", "PRE"), "“PRE” is no entity type of the schema; did you mean “PER”?"),
        (mention("M", "GEO?"), "“GEO?” is no entity type of the schema."),
        (related("N", "C", "refuted"), "“refuted” is no relation of the schema; did you mean"),
        (
            related("N", "C", "refutes"),
            "“refutes” goes from a claim to a claim, not from a mention",
        ),
        (related("C", "N"), "“works for” goes from PER, not from ORG."),
        (related("N", "N"), "“works for” goes to ORG or LOC, not to PER."),
        (mention("M", "PER", certanty="sure"), "“certanty” is no attribute of the schema; did you"),
        (mention("M", "PER", ironic=True), "“ironic” can be said of a claim mention, not of a men"),
        (mention("M", "LOC", roles=("sure",)), "“roles” can be said of PER or ORG, not of LOC."),
        (mention("M", "PER", certainty="no"), "“certainty” is one of sure, likely, not “no”."),
        (mention("M", "PER", certainty=True), "“certainty” is one of sure, likely, not yes."),
        (mention("M", "PER", roles="sure"), "“roles” is some of sure, likely, not “sure”."),
        (mention("M", "PER", roles=()), "“roles” is some of sure, likely, not nothing."),
        (mention("M", "PER", roles=("sure", "sure")), "“roles” is some of"),
        (mention("M", "PER", remark=" "), "“remark” is some text, not “ ”."),
        (mention("M", "PER", remark=3), "“remark” is some text, not 3."),
        (replace(related("N", "C"), attributes=Attributes.of({"weight": True})), "is a number"),
        (replace(related("N", "C"), attributes=Attributes.of({"weight": 9e999})), "is a number"),
    ],
)
def test_what_breaks_a_rule_is_named(record: Record, words: str) -> None:
    found = said(record)
    assert found is not None and words in found


def author(*records: Record) -> Author:
    return Author(ANN, AnnotationSet.of(records), SCHEMA)


def test_every_action_obeys_the_rules() -> None:
    who = author(NIX, CA)
    with pytest.raises(AnnotationError, match="“ROG” is no entity type"):
        actions.tag(who, NIX.span, "ROG")
    with pytest.raises(AnnotationError, match="“ROG” is no entity type"):
        actions.edit_mention(who, NIX, type="ROG")
    with pytest.raises(AnnotationError, match="“X” is no entity type"):
        entity_actions.create(who, "Nix", "X")
    with pytest.raises(AnnotationError, match="goes from PER, not from ORG"):
        claim_actions.relate(who, "works for", CA, NIX)
    claim_actions.relate(who, "works for", NIX, CA)


def test_a_type_that_a_relation_does_not_allow_at_its_end_is_refused() -> None:
    who = author(NIX, CA, related("N", "C"))
    with pytest.raises(AnnotationError, match="“works for” goes from PER, not from ORG"):
        actions.edit_mention(who, NIX, type="ORG")
    assert actions.edit_mention(who, CA, type="LOC").changes


def test_what_a_change_leaves_as_it_was_is_not_looked_at() -> None:
    old = mention("M", "OLD", gone="x")
    entity = Entity("E", "PER", "Nix", "t", ANN.id, "t", ANN.id)
    assert actions.link(author(old, entity), old, "E").changes
    assert actions.move_span(author(old), old, make_span("A", TEXT, [(0, 8)])).changes


def test_another_type_takes_away_what_cannot_be_said_of_it() -> None:
    full = mention("M", "PER", certainty="sure", roles=("sure",))
    action = actions.edit_mention(author(full), full, type="LOC")
    assert action.what == "change “Nix” from PER to LOC, without roles"
    (change,) = action.changes
    assert isinstance(change.after, Mention)
    assert change.after.attributes == Attributes.of({"certainty": "sure"})
    assert change.inverse().after == full


def test_what_is_required_is_pointed_out_and_never_refused() -> None:
    assert [row.name for row in unsaid(NIX, SCHEMA)] == ["certainty"]
    assert unsaid(mention("M", "PER", certainty="sure"), SCHEMA) == ()
    assert unsaid(related("N", "C"), SCHEMA) == ()
    assert author().action("make", [Change(None, NIX)]).changes


def test_everybody_who_acts_says_by_which_schema() -> None:
    """The default is for tests: a front end that forgot the schema would refuse its types."""
    for module in (Path(__file__).parents[2] / "reader").rglob("*.py"):
        text = module.read_text("utf-8")
        # Most say nothing of authors, and need not be parsed.
        for node in ast.walk(ast.parse(text)) if "Author(" in text else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Author":
                assert len(node.args) + len(node.keywords) == 3, f"{module}:{node.lineno}"


def test_an_empty_schema_allows_nothing() -> None:
    assert problem(NIX, Schema((), ()), lambda ref: None) == (
        "“PER” is no entity type of the schema."
    )
