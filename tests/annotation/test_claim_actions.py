from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotation import claim_actions as claims
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action
from reader.annotation.claim_marking import ClaimForm, mark_claim
from reader.annotation.model import (
    Claim,
    ClaimMention,
    Evidence,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
)
from reader.annotation.schema import RelationType, Schema
from reader.annotation.spans import make_span
from reader.errors import AnnotationError
from tests.records import ANN, BOB

TEXT = "The campaign paid six million. The company denied it."


def claim(id: str, text: str = "The campaign paid $6 million.", **fields: Any) -> Claim:
    made = Claim(id, text, "en", "t", BOB.id, "t", BOB.id)
    return replace(made, **fields)


def mention(id: str, claim: str, start: int = 0) -> ClaimMention:
    span = make_span("A", TEXT, [(start, start + 3)])
    return ClaimMention(id, span, BOB.id, "t", "t", claim=claim)


def relation(id: str, type: str, source: str, target: str) -> Relation:
    return Relation(id, type, Ref("claim", source), Ref("claim", target), BOB.id, "t", "t")


def by(*records: Record) -> Author:
    return Author(ANN, AnnotationSet.of(records))


def after(author: Author, action: Action) -> AnnotationSet:
    """The records after an action, which its inverse takes back."""
    done = author.records.apply(action.changes)
    assert set(done.apply(action.inverse("").changes)) == set(author.records)
    return done


PAID = claim("1")
AUTHOR = by(PAID)


def changed(**fields: Any) -> Claim:
    action = claims.edit(AUTHOR, PAID, **fields)
    assert action is not None
    (found,) = after(AUTHOR, action).all(Claim)
    return found


def test_every_field_of_a_claim_can_be_changed_and_is_signed() -> None:
    fields: dict[str, Any] = {
        "text": "دفعت الحملة ستة ملايين دولار.",
        "language": "ar",
        "gloss": "The campaign paid.",
        "gloss_language": "en",
        "topic": "payments",
        "type": "numerical",
        "time": "June 2016",
        "place": "E",
        "verdict": "supported",
        "justification": "one\ntwo",
    }
    made = changed(**fields)
    assert {name: getattr(made, name) for name in fields} == fields
    assert (made.created_by, made.updated_by) == (BOB.id, ANN.id)


def test_what_is_so_already_is_no_change() -> None:
    assert claims.edit(AUTHOR, PAID, text=f" {PAID.text} ", topic="") is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " \n"}, "needs a statement"),
        ({"language": "klingon"}, "no language code"),
        ({"gloss_language": "x"}, "no language code"),
        ({"topic": "a\nb"}, "line break"),
        ({"type": "rumour"}, "no type of claim; it is one of event"),
        ({"verdict": "true"}, "no verdict; it is one of unchecked"),
    ],
)
def test_what_cannot_be_right_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(AnnotationError, match=said):
        claims.edit(AUTHOR, PAID, **fields)


def test_evidence_is_a_span_or_an_address_and_stands_once() -> None:
    span = make_span("A", TEXT, [(0, 12)])
    page = Evidence("refutes", url=" https://example.org/1 ", accessed="2016-11-08")
    with_page = after(AUTHOR, claims.add_evidence(AUTHOR, PAID, page)).all(Claim)[0]
    assert with_page.evidence == (replace(page, url="https://example.org/1"),)
    both = by(with_page)
    action = claims.add_evidence(both, with_page, Evidence("supports", span))
    full = after(both, action).all(Claim)[0]
    assert [e.stance for e in full.evidence] == ["refutes", "supports"]
    with pytest.raises(AnnotationError, match="this evidence already"):
        claims.add_evidence(both, with_page, page)
    less = after(by(full), claims.remove_evidence(by(full), full, full.evidence[0]))
    assert less.all(Claim)[0].evidence == (Evidence("supports", span),)


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence("supports"), "a span of an article, or a web address"),
        (Evidence("supports", make_span("A", TEXT, [(0, 3)]), "https://x.org"), "or a web address"),
        (Evidence("supports", url="example"), "no web address"),
        (Evidence("supports", url="https://x.org", accessed="yesterday"), "no date"),
        (Evidence("proves", url="https://x.org"), "no stance"),  # type: ignore[arg-type]
    ],
)
def test_evidence_that_leads_nowhere_is_refused(evidence: Evidence, said: str) -> None:
    with pytest.raises(AnnotationError, match=said):
        claims.add_evidence(AUTHOR, PAID, evidence)


def test_merged_claims_have_the_mentions_evidence_relations_and_notes_of_both() -> None:
    page = Evidence("supports", url="https://x.org")
    other = claim(
        "2",
        "دفعت الحملة.",
        language="ar",
        topic="payments",
        verdict="supported",
        evidence=(page,),
        justification="bank",
    )
    third = claim("3", "The company denied it.")
    note = Note("n", Ref("claim", "2"), "see page 3", BOB.id, "t", "t")
    author = by(
        *(PAID, other, third, note, mention("a", "1"), mention("b", "2"), mention("c", "3")),
        *(relation("r", "refutes", "3", "2"), relation("s", "same as", "1", "2")),
    )
    done = after(author, claims.merge(author, PAID, other))
    kept = done.claim("1")
    assert kept is not None and done.claim("2") is None
    assert (kept.text, kept.gloss, kept.gloss_language) == (PAID.text, other.text, "ar")
    assert (kept.topic, kept.verdict, kept.justification) == ("payments", "supported", "bank")
    assert kept.evidence == (page,)
    assert [m.claim for m in done.all(ClaimMention)] == ["1", "1", "3"]
    (left,) = done.all(Relation)
    assert (left.source.id, left.target.id) == ("3", "1")
    assert [n.text for n in done.notes_on(Ref("claim", "1"))] == ["see page 3"]


def test_a_wording_that_finds_no_other_place_becomes_a_note() -> None:
    other = claim("2", "Six million were paid.")
    author = by(PAID, other)
    done = after(author, claims.merge(author, PAID, other))
    assert [n.text for n in done.all(Note)] == ["Six million were paid."]


def test_claims_with_different_verdicts_and_one_claim_are_not_merged() -> None:
    one, other = claim("1", verdict="supported"), claim("2", verdict="refuted")
    with pytest.raises(AnnotationError, match="One is supported, the other refuted"):
        claims.merge(by(one, other), one, other)
    with pytest.raises(AnnotationError, match="one claim"):
        claims.merge(by(one), one, one)


TWO = by(PAID, claim("2"), mention("a", "1"), relation("r", "same as", "2", "1"))
OTHER = TWO.records.claim("2") or PAID
AT = TWO.records.all(ClaimMention)[0]
MENTIONS = Schema((), (RelationType("answers", "answers", "claim_mention", "claim_mention"),))


def test_a_relation_has_the_ends_confidence_and_rationale_it_was_given() -> None:
    action = claims.relate(TWO, "refutes", PAID, OTHER, confidence=0.5, rationale=" they differ ")
    made = next(r for r in after(TWO, action).all(Relation) if r.type == "refutes")
    assert (made.source, made.target) == (Ref("claim", "1"), Ref("claim", "2"))
    assert (made.confidence, made.rationale, made.annotator) == (0.5, "they differ", ANN.id)
    edit = claims.edit_relation(TWO, made, confidence=None, rationale="no")
    assert edit is not None and "refutes" in edit.what
    assert claims.edit_relation(TWO, made, confidence=0.5, rationale="they differ") is None


def test_mentions_are_related_where_the_schema_has_a_type_for_them() -> None:
    second = mention("b", "2")
    action = claims.relate(replace(by(AT, second), schema=MENTIONS), "answers", AT, second)
    assert after(by(AT, second), action).all(Relation)[0].source == Ref("claim_mention", "a")


@pytest.mark.parametrize(
    ("type", "source", "target", "said"),
    [
        ("refutes", AT, OTHER, "from a claim to a claim, not from a claim mention to a claim"),
        ("refutes", PAID, PAID, "related to itself"),
        ("same as", PAID, OTHER, "related by “same as” already"),
        ("denies", PAID, OTHER, "no relation of the schema; there is: same as, supports"),
    ],
)
def test_a_relation_that_the_schema_does_not_allow_is_refused(
    type: str, source: Record, target: Record, said: str
) -> None:
    with pytest.raises(AnnotationError, match=said):
        claims.relate(TWO, type, source, target)


def test_retired_types_and_confidences_out_of_range_are_refused() -> None:
    retired = Schema((), (RelationType("updates", "updates", retired=True),))
    with pytest.raises(AnnotationError, match="not used any more"):
        claims.relate(replace(TWO, schema=retired), "updates", PAID, OTHER)
    for confidence in (-0.1, 1.1, float("nan")):
        with pytest.raises(AnnotationError, match="from 0 to 1"):
            claims.relate(TWO, "related", PAID, OTHER, confidence=confidence)


def test_a_claim_that_something_refers_to_is_not_deleted() -> None:
    with pytest.raises(AnnotationError, match="1 mention and 1 relation still belong"):
        claims.delete(TWO, PAID)
    note = Note("n", Ref("claim", "1"), "x", BOB.id, "t", "t")
    author = by(PAID, note)
    assert len(after(author, claims.delete(author, PAID))) == 0


_CLAIMS = st.builds(
    claim,
    st.just("1"),
    st.sampled_from(["one", "two"]),
    language=st.sampled_from(["en", "ar"]),
    gloss=st.sampled_from(["", "three"]),
    topic=st.sampled_from(["", "t"]),
    evidence=st.lists(
        st.builds(Evidence, st.sampled_from(["supports", "context"]), url=st.just("https://x.org")),
        unique=True,
    ).map(tuple),
)
_OWNERS = st.lists(st.sampled_from(["1", "2", "3"]), max_size=6)
_RELATIONS = st.lists(
    st.tuples(
        st.sampled_from(["same as", "refutes"]), st.sampled_from("123"), st.sampled_from("123")
    ).filter(lambda ends: ends[1] != ends[2]),
    unique=True,
)


@given(_CLAIMS, _CLAIMS.map(lambda made: replace(made, id="2")), _OWNERS, _RELATIONS)
def test_merge_and_undo_is_identity_and_nothing_is_lost(
    kept: Claim, absorbed: Claim, owners: list[str], ends: list[tuple[str, str, str]]
) -> None:
    mentions = [mention(f"m{i}", owner, i) for i, owner in enumerate(owners)]
    relations = [relation(f"r{i}", *end) for i, end in enumerate(ends)]
    author = by(kept, absorbed, claim("3"), *mentions, *relations)
    done = after(author, claims.merge(author, kept, absorbed))
    one = done.claim("1")
    assert one is not None
    moved = {"1": "1", "2": "1", "3": "3"}
    assert {m.id: m.claim for m in done.all(ClaimMention)} == {
        m.id: moved[owner] for m, owner in zip(mentions, owners, strict=True)
    }
    assert {m.span for m in done.all(ClaimMention)} == {m.span for m in mentions}
    assert {e.stance for e in one.evidence} == {
        e.stance for e in (*kept.evidence, *absorbed.evidence)
    }
    now = {(r.type, r.source.id, r.target.id) for r in done.all(Relation)}
    then = {(type, moved[a], moved[b]) for type, a, b in ends}
    assert now == {each for each in then if each[1] != each[2]}
    wordings = {one.text, one.gloss, *(n.text for n in done.all(Note))}
    said = "\n".join(wordings)
    assert all(text in said for c in (kept, absorbed) for text in (c.text, c.gloss))


def test_the_records_of_others_stay_as_they_are() -> None:
    name = Mention("x", make_span("A", TEXT, [(4, 12)]), "ORG", BOB.id, "t", "t")
    author = by(PAID, claim("2"), name)
    assert name in set(after(author, claims.merge(author, PAID, claim("2"))))


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("\u200f \u2800", "A claim needs a statement"),
        ("He \x1b[31mpaid", "The statement has a control character in it"),
        ("x" * 5001, "A statement has 5,000 characters at most"),
    ],
)
def test_a_statement_that_cannot_be_read(statement: str, line: str) -> None:
    author = Author(ANN, AnnotationSet())
    span = make_span("a", "He paid.", [(0, 8)])
    with pytest.raises(AnnotationError, match=line):
        mark_claim(author, span, ClaimForm(statement=statement), "en")
