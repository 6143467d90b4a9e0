from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotation import actions, claim_marking
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Change, Place
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import (
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    ref_to,
)
from reader.annotation.spans import Span, make_span
from reader.errors import AnnotationError
from tests.records import ANN, BOB, ENGLISH, make_article, records

ARTICLE = make_article(ENGLISH)
EMPTY = Author(ANN, AnnotationSet())

# Records of all kinds take long to draw on a busy machine.
_SLOW = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def span(quote: str) -> Span:
    start = ENGLISH.index(quote)
    return make_span(ARTICLE.id, ENGLISH, [(start, start + len(quote))])


def tagged() -> tuple[AnnotationSet, Mention]:
    after = AnnotationSet().apply(actions.tag(EMPTY, span("Alexander Nix"), "PER").changes)
    return after, after.all(Mention)[0]


def test_the_first_tag_puts_the_article_in_progress() -> None:
    records, mention = tagged()
    assert (mention.span.quote, mention.type, mention.annotator) == ("Alexander Nix", "PER", ANN.id)
    assert Author(ANN, records).status(ARTICLE.id).value == "in progress"  # type: ignore[union-attr]
    second = actions.tag(Author(ANN, records), span("Julian Assange"), "PER")
    assert len(second.changes) == 1


def test_all_hits_are_tagged_in_one_action_without_those_that_are_tagged_so() -> None:
    records, mention = tagged()
    author = Author(ANN, records)
    spans = [mention.span, span("Julian Assange"), span("He"), span("He")]
    action = actions.tag_all(author, spans, "PER")
    after = records.apply(action.changes)
    made = [m for m in after.all(Mention) if m.id != mention.id]
    assert [(m.span.quote, m.origin) for m in made] == [
        ("Julian Assange", "propagated"),
        ("He", "propagated"),
    ]
    assert action.what == "tag 2 PER “Julian Assange”"
    assert set(after.apply(action.inverse("").changes)) == set(records)
    with pytest.raises(AnnotationError, match="nothing to tag PER"):
        actions.tag_all(author, [mention.span], "PER")
    assert len(actions.tag_all(author, [mention.span], "ORG").changes) == 1
    assert len(actions.tag_all(Author(BOB, records), [mention.span], "PER").changes) == 2


def test_a_finished_article_stays_finished_when_more_is_tagged() -> None:
    done = AnnotationSet().apply(actions.set_status(EMPTY, ARTICLE.id, "done").changes)
    assert len(actions.tag(Author(ANN, done), span("Nix"), "PER").changes) == 1


def test_the_same_tag_twice_is_refused_but_not_to_somebody_else() -> None:
    records, mention = tagged()
    with pytest.raises(AnnotationError, match="“Alexander Nix” is tagged PER already"):
        actions.tag(Author(ANN, records), mention.span, "PER")
    assert actions.tag(Author(ANN, records), mention.span, "ORG").changes
    assert actions.tag(Author(BOB, records), mention.span, "PER").changes


def test_linking_teaches_the_entity_the_wording_once() -> None:
    records, mention = tagged()
    records = records.apply(actions.create_entity(Author(ANN, records), "Nix", "PER").changes)
    entity = records.all(Entity)[0]
    action = actions.link_and_learn(Author(ANN, records), mention, entity, "en")
    records = records.apply(action.changes)
    assert records.all(Mention)[0].entity == entity.id
    assert [(a.text, a.language) for a in records.all(Entity)[0].aliases] == [
        ("Alexander Nix", "en")
    ]
    again = actions.link_and_learn(
        Author(ANN, records), records.all(Mention)[0], records.all(Entity)[0], "en"
    )
    assert len(again.changes) == 1


def test_a_change_of_type_says_from_what_to_what() -> None:
    records, mention = tagged()
    author = Author(ANN, records)
    action = actions.edit_mention(author, mention, type="ORG", entity=None)
    assert action.what == "change “Alexander Nix” from PER to ORG"
    assert actions.edit_mention(author, mention, kind="nominal").what == (
        "change “Alexander Nix” from name to nominal"
    )
    assert actions.edit_mention(author, mention, entity=None).what == "change “Alexander Nix”"


def test_an_entity_without_a_name_is_refused() -> None:
    with pytest.raises(AnnotationError, match="needs a name"):
        actions.create_entity(EMPTY, "  ", "PER")


def claimed(form: ClaimForm) -> AnnotationSet:
    action = claim_marking.mark_claim(EMPTY, span("He paid $6 million in June."), form, "en")
    return AnnotationSet().apply(action.changes)


def test_a_claim_form_makes_claim_attribution_and_mention_at_once() -> None:
    form = ClaimForm(statement="X paid.", mode="denied", cue=span("told"), source=span("Nix"))
    records = claimed(form)
    mention, claim = records.all(ClaimMention)[0], records.all(Claim)[0]
    attribution = records.all(Attribution)[0]
    assert (mention.claim, mention.attribution, mention.mode) == (
        claim.id,
        attribution.id,
        "denied",
    )
    assert (claim.text, claim.language) == ("X paid.", "en")
    assert attribution.content == mention.span
    assert attribution.cue == span("told")


def test_editing_a_claim_takes_an_empty_attribution_away() -> None:
    records = claimed(ClaimForm(statement="X paid.", cue=span("told")))
    mention = records.all(ClaimMention)[0]
    form = ClaimForm(claim=mention.claim, statement="Y paid.", polarity="refute")
    action = claim_marking.edit_claim(Author(ANN, records), mention, form, "en")
    after = records.apply(action.changes)
    assert after.all(Attribution) == ()
    assert after.all(ClaimMention)[0].attribution is None
    assert after.all(ClaimMention)[0].polarity == "refute"
    assert [claim.text for claim in after.all(Claim)] == ["Y paid."]


def test_deleting_takes_notes_and_the_attribution_along() -> None:
    records = claimed(ClaimForm(statement="X paid.", cue=span("told")))
    mention = records.all(ClaimMention)[0]
    note = actions.add_note(Author(ANN, records), ref_to(mention), "why?", ARTICLE.id)
    records = records.apply(note.changes)
    action = actions.delete(Author(ANN, records), mention)
    after = records.apply(action.changes)
    assert (after.all(ClaimMention), after.all(Note), after.all(Attribution)) == ((), (), ())
    assert len(after.all(Claim)) == 1
    back = after.apply(action.inverse("t").changes)
    assert back.records == records.records


def test_the_place_of_an_action_is_its_annotation() -> None:
    action = claim_marking.mark_claim(EMPTY, span("He paid"), ClaimForm(cue=span("told")), "en")
    assert action.place == Place(ARTICLE.id, span("He paid").start, span("He paid").end)
    assert actions.set_status(EMPTY, "A", "done").place == Place("A", 0, 0)


def test_an_emptied_note_is_deleted() -> None:
    records = AnnotationSet().apply(actions.add_note(EMPTY, ref_to(tagged()[1]), "x", "A").changes)
    action = actions.edit_note(Author(ANN, records), records.all(Note)[0], " ")
    assert records.apply(action.changes).all(Note) == ()


@_SLOW
@given(st.lists(records(ARTICLE), max_size=8), st.data())
def test_a_change_and_its_inverse_leave_the_set_as_it_was(
    made: list[Record], data: st.DataObject
) -> None:
    before = AnnotationSet.of(made)
    changes = [Change(None, data.draw(records(ARTICLE)))]
    for record in made:
        changes.append(Change(record, replace(record, updated="later")))  # type: ignore[arg-type]
    after = before.apply(changes)
    assert len(after) == len(before) + 1
    assert after.apply(c.inverse() for c in reversed(changes)).records == before.records


@_SLOW
@given(st.lists(records(ARTICLE), max_size=8), st.integers(0, len(ENGLISH) - 1))
def test_placed_at_finds_what_a_scan_finds(made: list[Record], offset: int) -> None:
    found = AnnotationSet.of(made)
    expected = {
        (placed.record.id, placed.role)
        for placed in found.placed(ARTICLE.id)
        if any(start <= offset < end for start, end in placed.span.fragments)
    }
    at = found.placed_at(ARTICLE.id, offset)
    assert {(placed.record.id, placed.role) for placed in at} == expected
    lengths = [placed.span.length for placed in at]
    assert lengths == sorted(lengths)
