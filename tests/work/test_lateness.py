"""Marks of an old version, made where nobody had heard of the new one: they come along late."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotation.alignment import Alignment
from reader.annotation.carrying import carried_id, succeeded
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Attribution, ClaimMention, Mention, Note, Ref, ref_to
from reader.session import Session
from reader.work.lateness import Late, carry_all_late, forks
from reader.work.versions import replace_article, waiting
from tests.records import make_article
from tests.work.test_versions import NEW, OLD, at

NEWER = NEW.replace("Updated on Tuesday.", "Updated on Wednesday.")
FIRST, SECOND, THIRD = (make_article(text).id for text in (OLD, NEW, NEWER))


@pytest.fixture
def ann(tmp_path: Path) -> Iterator[Session]:
    yield from _session(tmp_path, "ann")


@pytest.fixture
def bob(tmp_path: Path) -> Iterator[Session]:
    yield from _session(tmp_path, "bob")


def _session(folder: Path, name: str) -> Iterator[Session]:
    session = Session.open(folder / f"{name}.db", name)
    session.library.add_articles([make_article(OLD)])
    session.open_article(FIRST)
    yield session
    session.close()


def hear(session: Session, other: Session) -> None:
    exchange = session.library.exchange
    exchange.take_in(other.library.exchange.tell(exchange.known()))


def late(session: Session) -> list[Late]:
    return list(carry_all_late(session.library, session.annotator.name))


def renew(session: Session, before: str = FIRST, text: str = NEW) -> None:
    old = session.library.articles.read(before)
    new = succeeded(old, make_article(text))
    replace_article(session.library, session.annotator, old, new, Alignment(old.text, text))


def mark(session: Session) -> Mention:
    """Mark what is in both versions, with all that hangs on it, and what is gone from the new."""
    nix = session.marking.tag(at(OLD, "Alexander Nix"), "PER")
    session.marking.create_entity("Alexander Nix", "PER", nix)
    session.marking.note(ref_to(nix), "the head")
    session.marking.tag(at(OLD, "Julian Collins"), "PER")
    source = session.span(at(OLD, "Alexander Nix"))
    form = ClaimForm(statement="He met nobody.", source=source)
    session.marking.mark_claim(at(OLD, "he had met nobody"), form)
    return nix


def test_what_was_marked_meanwhile_comes_along_or_waits(ann: Session, bob: Session) -> None:
    kept = ann.marking.tag(at(OLD, "committee"), "ORG")
    hear(bob, ann)
    renew(ann)
    nix = mark(bob)
    hear(ann, bob)
    assert [each.span.quote for each in waiting(ann.library, SECOND)] == []
    # Mention, claim, and the source and the content of its attribution.
    assert late(ann) == [Late(SECOND, 4, 1)]
    records = ann.library.records.within(SECOND)
    mentions = {record.id for record in records if isinstance(record, Mention)}
    assert mentions == {carried_id(kept.id, SECOND), carried_id(nix.id, SECOND)}
    (claim,) = (record for record in records if isinstance(record, ClaimMention))
    (attribution,) = (record for record in records if isinstance(record, Attribution))
    assert (claim.annotator, claim.attribution) == (bob.annotator.id, attribution.id)
    on = Ref("mention", carried_id(nix.id, SECOND))
    assert [r.text for r in records if isinstance(r, Note) and r.on == on] == ["the head"]
    assert [each.span.quote for each in waiting(ann.library, SECOND)] == ["Julian Collins"]
    assert late(ann) == []
    assert ann.library.problems() == ()


def test_who_does_it_on_their_own_come_to_the_same(ann: Session, bob: Session) -> None:
    renew(ann)
    mark(bob)
    hear(ann, bob)
    hear(bob, ann)
    assert late(ann) == late(bob)
    hear(ann, bob)
    hear(bob, ann)
    assert late(ann) == late(bob) == []
    assert ann.library.records.all() == bob.library.records.all()
    assert ann.library.exchange.conflicts() == ()


def test_what_was_deleted_or_taken_back_does_not_come_again(ann: Session, bob: Session) -> None:
    mention = bob.marking.tag(at(OLD, "Alexander Nix"), "PER")
    hear(ann, bob)
    renew(ann)
    ann.open_article(SECOND)
    carried = ann.library.records.get(Ref("mention", carried_id(mention.id, SECOND)))
    assert isinstance(carried, Mention)
    ann.marking.delete(carried)
    bob.marking.tag(at(OLD, "committee"), "ORG")
    bob.marking.note(ref_to(mention), "on what is gone there")
    hear(ann, bob)
    assert late(ann) == [Late(SECOND, 1, 0)]
    assert ann.library.undo(ann.annotator) is not None
    assert late(ann) == []
    assert not any(isinstance(each, Mention | Note) for each in ann.library.records.within(SECOND))


def test_what_its_annotator_has_tagged_in_both_comes_once(ann: Session, bob: Session) -> None:
    renew(ann)
    bob.marking.tag(at(OLD, "Alexander Nix"), "PER")
    hear(bob, ann)
    bob.open_article(SECOND)
    bob.marking.tag(at(NEW, "Alexander Nix"), "PER")
    assert late(bob) == []


def test_two_versions_late(ann: Session, bob: Session) -> None:
    renew(ann)
    renew(ann, SECOND, NEWER)
    mention = bob.marking.tag(at(OLD, "Alexander Nix"), "PER")
    hear(ann, bob)
    assert [each.article for each in late(ann)] == [SECOND, THIRD]
    ids = {each.id for each in ann.library.records.within(THIRD) if isinstance(each, Mention)}
    assert ids == {carried_id(carried_id(mention.id, SECOND), THIRD)}


def test_two_new_versions_of_one_article_are_told(ann: Session, bob: Session) -> None:
    renew(ann)
    renew(bob, FIRST, NEWER)
    assert list(forks(ann.library)) == []
    hear(ann, bob)
    assert list(forks(ann.library)) == [(FIRST, tuple(sorted((SECOND, THIRD))))]
