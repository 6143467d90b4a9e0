"""A new version of an article: what is marked comes along, or waits, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation.alignment import Alignment
from reader.annotation.carrying import PARTS, carried_id, succeeded
from reader.annotation.changes import Action, Change
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Attribution,
    ClaimMention,
    Mention,
    Note,
    Ref,
    Refusal,
    Relation,
    Status,
    details_of,
    kind_of,
    ref_to,
)
from reader.annotation.spans import Range, make_span
from reader.cli.main import main
from reader.corpus.article import Article
from reader.session import Session
from reader.store.library import Library
from reader.work.versions import let_go, place, replace_article, waiting
from tests.records import ANN, make_article

OLD = (
    "Alexander Nix, the head of the firm, told the committee on Monday that he had met nobody.\n\n"
    "The firm said that it would close soon. Julian Collins, its lawyer, declined to comment.\n"
)
NEW = (
    "Updated on Tuesday.\n\n"
    "Alexander Nix, the head of the firm, told the committee on Monday that he had met nobody.\n\n"
    "It said that all of it was over. A lawyer declined to comment on the report.\n"
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session.open(tmp_path / "library.db", "ann")
    session.library.add_articles([make_article(OLD, heading="Typed", tags=("one",))])
    session.open_article(make_article(OLD).id)
    yield session
    session.close()


def at(text: str, quote: str) -> list[Range]:
    start = text.index(quote)
    return [(start, start + len(quote))]


def annotate(session: Session) -> None:
    """Mentions with a relation and notes, a claim whose cue goes away, a discontinuous mention."""
    nix = session.marking.tag(at(OLD, "Alexander Nix"), "PER")
    lawyer = session.marking.tag(at(OLD, "Julian Collins"), "PER")
    session.marking.create_entity("Alexander Nix", "PER", nix)
    session.marking.tag([*at(OLD, "Alexander"), *at(OLD, "head")], "OTHER")
    session.marking.note(ref_to(lawyer), "who is it?")
    session.marking.note(Ref("article", session.opened().id), "on all of it")
    moment = now()
    relation = Relation(
        new_id(), "related", ref_to(nix), ref_to(lawyer), session.annotator.id, moment, moment
    )
    span = make_span(session.opened().id, OLD, at(OLD, "The firm said"))
    refusal = Refusal(new_id(), span, "ORG", session.annotator.id, moment, moment)
    changes = (Change(None, relation), Change(None, refusal))
    session.apply(Action(new_id(), session.annotator.id, "relate", changes, moment))
    form = ClaimForm(
        statement="The firm closes.",
        source=session.span(at(OLD, "Alexander Nix")),
        cue=session.span(at(OLD, "The firm said")),
    )
    session.marking.mark_claim(at(OLD, "he had met nobody"), form)
    session.marking.set_status("done")


def renew(session: Session, text: str = NEW) -> Article:
    old = session.library.articles.read(make_article(OLD).id)
    new = succeeded(old, make_article(text, sources=("b.txt",)))
    replace_article(session.library, session.annotator, old, new, Alignment(OLD, text))
    return session.library.articles.read(new.id)


def test_what_is_sure_comes_along_and_the_rest_waits(session: Session) -> None:
    annotate(session)
    new = renew(session)
    assert (new.replaces, new.removed, new.heading) == (make_article(OLD).id, False, "Typed")
    assert (new.tags, new.sources) == (("one",), ("b.txt", "a.txt"))
    assert [entry.id for entry in session.articles()] == [new.id]
    records = session.library.records.within(new.id)
    mentions = [record for record in records if isinstance(record, Mention)]
    assert sorted(mention.span.quotes for mention in mentions) == [
        ("Alexander", "head"),
        ("Alexander Nix",),
    ]
    assert {mention.entity is None for mention in mentions} == {True, False}
    (claim,) = (record for record in records if isinstance(record, ClaimMention))
    (attribution,) = (record for record in records if isinstance(record, Attribution))
    assert claim.span.quote == "he had met nobody"
    assert claim.attribution == attribution.id
    assert attribution.source and attribution.content and attribution.cue is None
    (status,) = (record for record in records if isinstance(record, Status))
    assert status.value == "in progress"
    notes = [record.text for record in records if isinstance(record, Note)]
    assert "on all of it" in notes
    assert not any(isinstance(record, Refusal | Relation) for record in records)
    left = [(each.part, each.span.quote) for each in waiting(session.library, new.id)]
    assert left == [("cue", "The firm said"), ("", "Julian Collins")]
    assert session.library.problems() == ()


def test_one_undo_brings_the_old_version_back_and_a_redo_the_new_one(session: Session) -> None:
    annotate(session)
    before = session.library.records.within(make_article(OLD).id)
    new = renew(session)
    after = session.library.records.within(new.id)
    session.undo()
    assert [entry.id for entry in session.articles()] == [make_article(OLD).id]
    assert session.library.records.within(new.id) == ()
    assert session.library.records.within(make_article(OLD).id) == before
    session.redo()
    assert [entry.id for entry in session.articles()] == [new.id]
    assert session.library.records.within(new.id) == after


def test_the_old_version_keeps_all_of_its_records(session: Session) -> None:
    annotate(session)
    before = session.library.records.within(make_article(OLD).id)
    renew(session)
    assert session.library.records.within(make_article(OLD).id) == before
    assert session.library.articles.read(make_article(OLD).id).removed


def test_what_waits_is_placed_by_hand_with_what_hangs_on_it(session: Session) -> None:
    annotate(session)
    new = renew(session)
    session.open_article(new.id)
    cue, lawyer = waiting(session.library, new.id)
    place(session, lawyer, at(NEW, "A lawyer"))
    place(session, cue, at(NEW, "told"))
    records = session.library.records.within(new.id)
    mention = next(r for r in records if isinstance(r, Mention) and r.span.quote == "A lawyer")
    assert mention.id == carried_id(lawyer.record.id, new.id)
    assert [r.text for r in records if isinstance(r, Note) and r.on == ref_to(mention)] == [
        "who is it?"
    ]
    relations = session.library.records.relations_in(new.id)
    ends = [(r.source.kind, r.target) for r in relations if isinstance(r, Relation)]
    assert ends == [("mention", ref_to(mention))]
    (attribution,) = (r for r in records if isinstance(r, Attribution))
    assert attribution.cue is not None and attribution.cue.quote == "told"
    assert waiting(session.library, new.id) == ()
    session.undo()
    session.undo()
    assert len(waiting(session.library, new.id)) == 2
    assert session.library.problems() == ()


def test_what_waits_can_be_let_go_and_comes_back_by_undo(session: Session) -> None:
    annotate(session)
    new = renew(session)
    session.open_article(new.id)
    let_go(session, waiting(session.library, new.id))
    assert waiting(session.library, new.id) == ()
    session.undo()
    assert len(waiting(session.library, new.id)) == 2


def test_an_attribution_without_any_place_comes_when_a_part_of_it_does(session: Session) -> None:
    form = ClaimForm(statement="It closes.", cue=session.span(at(OLD, "The firm said")))
    session.marking.mark_claim(at(OLD, "it would close soon"), form)
    new = renew(session)
    left = waiting(session.library, new.id)
    assert [(kind_of(each.record), each.part) for each in left] == [
        ("attribution", "cue"),
        ("claim_mention", ""),
        ("attribution", "content"),
    ]
    session.open_article(new.id)
    place(session, left[1], at(NEW, "all of it was over"))
    place(session, left[0], at(NEW, "It said"))
    place(session, left[2], at(NEW, "all of it was over"))
    records = session.library.records.within(new.id)
    (claim,) = (r for r in records if isinstance(r, ClaimMention))
    (attribution,) = (r for r in records if isinstance(r, Attribution))
    assert claim.attribution == attribution.id
    assert attribution.cue and attribution.content and attribution.source is None


def test_what_waits_goes_on_waiting_in_the_version_after(session: Session) -> None:
    annotate(session)
    second = renew(session)
    third_text = NEW.replace("Updated on Tuesday.", "Updated on Wednesday, and again.")
    third = succeeded(second, make_article(third_text))
    replace_article(session.library, session.annotator, second, third, Alignment(NEW, third_text))
    left = waiting(session.library, third.id)
    assert [each.span.quote for each in left] == ["The firm said", "Julian Collins"]
    assert {each.span.article for each in left} == {make_article(OLD).id}
    assert [entry.id for entry in session.articles()] == [third.id]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_each_mark_is_carried_or_listed(data: st.DataObject) -> None:
    """Random edits to a text with random spans: carried and listed together are all."""
    from reader.annotation.carrying import carry_over

    old = make_article(OLD)
    offsets = st.integers(0, len(OLD) - 1)
    ranges = st.tuples(offsets, st.integers(1, 30)).map(
        lambda pair: (pair[0], min(len(OLD), pair[0] + pair[1]))
    )
    spans = data.draw(st.lists(st.lists(ranges, min_size=1, max_size=2), min_size=1, max_size=12))
    marked = [make_span(old.id, OLD, each) for each in spans]
    records = [
        Mention(new_id(), span, "PER", ANN.id, now(), now())
        if number % 3
        else Attribution(new_id(), old.id, ANN.id, now(), now(), source=span, cue=marked[0])
        for number, span in enumerate(marked)
    ]
    text = OLD
    for _ in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 30))
        text = (
            text[:start]
            + data.draw(st.sampled_from(["", "Nix ", "the firm\n", "خبر"]))
            + text[start + cut :]
        )
    new = replace(make_article(text or "x"), removed=True)
    carried = carry_over(ANN, records, old, new, Alignment(OLD, new.text))
    made = {c.after.id: c.after for c in carried.action.changes if c.after is not None}
    listed = {note.id for note in carried.leftovers}
    assert listed <= set(made)
    for record in records:
        for part in PARTS if isinstance(record, Attribution) else ("",):
            span = getattr(record, part or "span")
            if span is None:
                continue
            there = made.get(carried_id(record.id, new.id))
            found = getattr(there, part or "span", None)
            waits = carried_id(record.id, new.id, f"left:{part}") in listed
            assert (found is not None) != waits
            if found is not None:
                assert found.quotes == span.quotes
                pieces = tuple(new.text[start:end] for start, end in found.fragments)
                assert pieces == span.quotes
    assert {d.id for d in (details_of(old), details_of(new))} <= set(made)


def test_an_export_takes_along_what_waits(session: Session, tmp_path: Path) -> None:
    annotate(session)
    new = renew(session)
    exported = tmp_path / "a.jsonl"
    for library, *words in (
        ("library.db", "export", "-o", str(exported)),
        ("other.db", "import", str(exported)),
    ):
        assert main([*words, "--db", str(tmp_path / library)]) == 0
    with Library(tmp_path / "other.db") as other:
        assert [entry.id for entry in other.articles.listed("")] == [new.id]
        # The version before comes along as a text alone.
        notes = [r.text for r in other.records.within(new.id) if isinstance(r, Note)]
        assert "Not found in this version: PER “Julian Collins”." in notes
        assert other.problems() == ()


def test_another_library_learns_of_the_new_version(session: Session, tmp_path: Path) -> None:
    annotate(session)
    new = renew(session)
    with Library(tmp_path / "other.db") as other:
        other.exchange.take_in(session.library.exchange.tell())
        assert [entry.id for entry in other.articles.listed("")] == [new.id]
        assert len(waiting(other, new.id)) == 2
