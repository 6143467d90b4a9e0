"""What two annotators have otherwise, decided into the settled layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest

from reader.annotation.actions import edit_mention
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import ClaimMention, Mention, Note
from reader.errors import ConflictError
from reader.session import Session
from reader.store.library import Library
from reader.work.adjudication import Adjudication, decisions
from reader.work.settling import questions, settle_question
from reader.work.unsaved import recover, write_unsaved
from tests.holding import Holder
from tests.records import make_article

#       0123456789012345678901234567890123456789
TEXT = "Alexander Nix told Brad Parscale of بارسكيل."


def annotate(path: Path, name: str) -> Session:
    session = Session.open(path, name)
    session.open_article(session.articles()[0].id)
    return session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Ann and Bob have Nix alike; Parscale has other borders; the last one only Ann has."""
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([make_article(TEXT)])
    for name, start in (("ann", 19), ("bob", 24)):
        session = annotate(path, name)
        session.marking.tag([(0, 13)], "PER")
        session.marking.tag([(start, 32)], "PER")
        if name == "ann":
            session.marking.tag([(36, 43)], "PER")
        session.close()
    return path


@pytest.fixture
def judge(path: Path) -> Iterator[Session]:
    session = Session.open(path, "eve")
    yield session
    session.close()


def between(session: Session, left: str = "ann", right: str = "bob") -> Adjudication:
    ids = {who.name: who.id for who in session.library.people.all()}
    return Adjudication(session, ids[left], ids[right])


def settled(session: Session) -> list[tuple[int, int, str]]:
    """What the settled layer has: start, end and type of each mention."""
    who = between(session).settled.id
    (article,) = (entry.id for entry in session.articles())
    found = [
        (r.span.start, r.span.end, r.type)
        for r in session.library.records.within(article)
        if isinstance(r, Mention) and r.annotator == who
    ]
    return sorted(found)


def test_what_both_have_is_taken_and_the_rest_decided(judge: Session) -> None:
    work = between(judge)
    (article,) = work.articles()
    assert work.begin(article) == 1
    assert work.begin(article) == 0
    assert settled(judge) == [(0, 13, "PER")]
    borders, only = work.open(article)
    assert (borders.differences, only.differences) == (("borders",), ("only left",))
    work.decide(borders, "right")
    assert settled(judge) == [(0, 13, "PER"), (24, 32, "PER")]
    work.decide(only, "neither")
    assert work.open(article) == ()
    assert settled(judge) == [(0, 13, "PER"), (24, 32, "PER")]
    found = [(each.quote, each.choice, each.by, each.current) for each in decisions(judge.library)]
    assert found == [("Parscale", "takes bob", "eve", True), ("بارسكيل", "neither", "eve", True)]
    status = judge.library.articles.listed(work.settled.id)[0].status
    assert status == "done"


def test_every_step_is_undone(judge: Session) -> None:
    work = between(judge)
    (article,) = work.articles()
    work.begin(article)
    question = work.open(article)[0]
    work.decide(question, "left")
    judge.undo()
    assert len(work.open(article)) == 2
    assert settled(judge) == [(0, 13, "PER")]
    work.decide(question, "right")
    assert settled(judge) == [(0, 13, "PER"), (24, 32, "PER")]
    judge.undo()
    judge.undo()
    assert settled(judge) == []


def test_what_is_changed_later_is_open_again(judge: Session, path: Path) -> None:
    work = between(judge)
    (article,) = work.articles()
    work.begin(article)
    borders, only = work.open(article)
    work.decide(borders, "left")
    work.decide(only, "left")
    assert settled(judge) == [(0, 13, "PER"), (19, 32, "PER"), (36, 43, "PER")]
    bob = annotate(path, "bob")
    mine = bob.annotator.id
    mention = next(
        m for m in bob.annotations.all(Mention) if m.annotator == mine and m.span.start == 24
    )
    bob.apply(edit_mention(bob.author, mention, type="ORG"))
    bob.close()
    with pytest.raises(ConflictError, match="changed it meanwhile"):
        work.decide(borders, "right")
    (again,) = work.open(article)
    assert again.differences == ("borders", "type")
    assert [each.current for each in decisions(judge.library)] == [False, True]
    work.decide(again, "right")
    assert settled(judge) == [(0, 13, "PER"), (24, 32, "ORG"), (36, 43, "PER")]
    # What nobody has any more goes from the settled layer too, and its decision with it.
    ann = annotate(path, "ann")
    own = next(
        m
        for m in ann.annotations.all(Mention)
        if m.span.start == 36 and m.annotator == ann.annotator.id
    )
    ann.marking.delete(own)
    ann.close()
    assert work.begin(article) == 0
    assert settled(judge) == [(0, 13, "PER"), (24, 32, "ORG")]


def test_an_edited_version_is_settled(judge: Session) -> None:
    work = between(judge)
    (article,) = work.articles()
    work.begin(article)
    question = work.open(article)[0]
    assert isinstance(question.right, Mention)
    judge.open_article(article)
    work.decide(
        question, "edited", replace(question.right, type="ORG", span=judge.span([(24, 28)]))
    )
    assert settled(judge) == [(0, 13, "PER"), (24, 28, "ORG")]
    assert [each.choice for each in decisions(judge.library)] == ["edited"]


def test_claims_keep_their_attribution(path: Path, judge: Session) -> None:
    for name, polarity in (("ann", "affirm"), ("bob", "refute")):
        session = annotate(path, name)
        form = ClaimForm(source=session.span([(0, 13)]), cue=session.span([(14, 18)]))
        session.marking.mark_claim([(19, 43)], replace(form, polarity=polarity))
        session.close()
    work = between(judge)
    (article,) = work.articles()
    work.begin(article)
    question = next(each for each in work.open(article) if each.kind == "claim_mention")
    assert question.fields == ("polarity",)
    work.decide(question, "right")
    records = work._records(article)
    (claim,) = (c for c in records.all(ClaimMention) if c.annotator == work.settled.id)
    assert claim.polarity == "refute"
    attribution = records.attribution(claim.attribution)
    assert attribution is not None and attribution.annotator == work.settled.id


def test_two_who_decide_apart_are_brought_together(path: Path, judge: Session) -> None:
    other = path.with_name("other.db")
    copy(path, other)
    dan = Session.open(other, "dan")
    for session, choice in ((judge, "left"), (dan, "right")):
        work = between(session)
        (article,) = work.articles()
        work.begin(article)
        work.decide(work.open(article)[0], choice)  # type: ignore[arg-type]
    for one, two in ((judge, dan), (dan, judge)):
        exchange = one.library.exchange
        exchange.take_in(two.library.exchange.tell(exchange.known()))
    assert settled(judge) == settled(dan)
    assert len(settled(judge)) == 2
    records = judge.library.records.within(article)
    assert len([r for r in records if isinstance(r, Note)]) == 1
    assert judge.library.exchange.conflicts()
    dan.close()


def test_of_two_who_decide_apart_each_has_their_own_decision(path: Path, judge: Session) -> None:
    copy(path, path.with_name("other.db"))
    other = Session.open(path.with_name("other.db"), "zoe")
    for session, choice in ((judge, "left"), (other, "right")):
        work = between(session)
        (article,) = work.articles()
        work.begin(article)
        work.decide(work.open(article)[0], choice)  # type: ignore[arg-type]
    exchange = judge.library.exchange
    exchange.take_in(other.library.exchange.tell(exchange.known()))
    other.close()
    assert [(each.choice, each.by) for each in decisions(judge.library)] == [("takes bob", "zoe")]
    (question,) = (each for each in questions(judge.library) if each.ref.kind == "note")
    assert [(each.annotator, each.text) for each in question.answers] == [
        ("zoe", "settled: takes bob"),
        ("eve", "settled: takes ann"),
    ]
    settle_question(judge, question, 1)
    assert [(each.choice, each.by) for each in decisions(judge.library)] == [("takes ann", "eve")]
    assert judge.library.problems() == ()


def test_a_decision_stands_on_the_settled_mark_as_long_as_there_is_one(judge: Session) -> None:
    work = between(judge)
    (article,) = work.articles()
    work.begin(article)
    borders = work.open(article)[0]

    def stands_on() -> tuple[str, str, int]:
        (note,) = (r for r in judge.library.records.within(article) if isinstance(r, Note))
        on = judge.library.records.get(note.on)
        assert isinstance(on, Mention)
        return work.names[on.annotator], note.text, on.span.start

    work.decide(borders, "right")
    assert stands_on() == ("settled", "settled: takes bob", 24)
    work.decide(borders, "neither")
    assert stands_on() == ("ann", "settled: neither", 19)
    judge.undo()
    assert stands_on() == ("settled", "settled: takes bob", 24)
    # Another's change leaves what was decided where it is, and told as decided before that.
    bob = annotate(judge.path, "bob")
    found = bob.annotations.all(Mention)
    bob.marking.delete(
        next(m for m in found if m.annotator == bob.annotator.id and m.span.start == 24)
    )
    bob.close()
    work.begin(article)
    assert stands_on() == ("ann", "settled: takes bob", 19)
    (decision,) = decisions(judge.library)
    assert (decision.choice, decision.current) == ("takes bob", False)
    assert not judge.library.problems()


def test_the_first_decision_of_all_is_kept_while_the_library_is_locked(
    path: Path, judge: Session, tmp_path: Path
) -> None:
    judge.kept.keeps = True
    judge.library.be_patient(0.02)
    # Who has written lets nobody keep readers out.
    judge.open_article(judge.articles()[0].id)
    judge.marking.set_status("in progress")
    elsewhere = tmp_path / "elsewhere.db"
    copy(path, elsewhere)
    work = between(judge)
    (article,) = work.articles()
    with Holder(path) as other:
        other.hold()
        assert work.begin(article) == 1
        work.decide(work.open(article)[0], "left")
        assert [action.what for action in judge.kept.actions] == [
            "settle 1 that both have alike",
            "settle “Brad Parscale”: takes ann",
        ]
        assert len(work.open(article)) == 1 and settled(judge) == []
        write_unsaved(tmp_path / "kept.jsonl", judge.annotator, judge.kept.actions)
        other.free()
    assert judge.save() == 2
    assert settled(judge) == [(0, 13, "PER"), (19, 32, "PER")]
    assert judge.library.problems() == ()
    # What is written to a file instead is taken in just so.
    with Library(elsewhere) as library:
        assert recover(library, tmp_path / "kept.jsonl").made == 2
        assert library.problems() == ()
