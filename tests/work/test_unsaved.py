"""Work that cannot be written is kept, written later in its order, or put into a file."""

from __future__ import annotations

import os
import resource
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotation import actions
from reader.annotation.assignments import tag_of
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.details import signed
from reader.annotation.layers import Layers
from reader.annotation.model import Entity, Mention, Ref, Status, details_of
from reader.cli.interface import leave
from reader.errors import FormatError, LibraryBusyError, LibraryError
from reader.session import Session
from reader.store.library import Library
from reader.user.identity import Identity
from reader.work.adjudication import Adjudication
from reader.work.entities import EntityWork
from reader.work.renaming import rename
from reader.work.unsaved import Recovered, recover, write_unsaved, write_unsaved_somewhere
from tests.cli.run import run
from tests.holding import Holder
from tests.records import ENGLISH, make_article

ARTICLE = make_article(ENGLISH)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE])
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = Session.open(path, "ann")
    session.open_article(ARTICLE.id)
    session.kept.keeps = True
    session.library.be_patient(0.02)
    yield session
    session.close()


@pytest.fixture
def other(path: Path) -> Iterator[Holder]:
    """Another program."""
    with Holder(path) as other:
        yield other


def test_the_end_waits_longer_for_another_than_a_key_does(path: Path, other: Holder) -> None:
    session = Session.open(path, "ann")
    session.open_article(ARTICLE.id)
    session.kept.keeps = True
    session.library.be_patient(0.02)
    other.hold()
    session.marking.tag([(0, 13)], "PER")
    assert session.kept.actions

    def let_go() -> None:
        while session.library.patience == 0.02:
            time.sleep(0.001)
        other.free()

    with ThreadPoolExecutor() as beside:
        done = beside.submit(let_go)
        # There is something new to copy, although the window wrote it only now.
        assert leave(session)
        done.result()
    assert sorted(os.listdir(path.parent)) == [path.name]
    assert stored(path) == ["Alexander Nix"]


def test_the_library_is_left_also_when_nothing_can_be_written(path: Path) -> None:
    session = Session.open(path, "ann")
    session.open_article(ARTICLE.id)
    session.kept.keeps = True
    session.marking.tag([(0, 13)], "PER")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        session.marking.tag([(19, 33)], "PER")
        with pytest.raises(LibraryError, match="unsaved work cannot be written"):
            leave(session)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(session.kept.all) == 1
    with pytest.raises(LibraryError, match="closed"):
        session.library.articles.listed("")
    assert stored(path) == ["Alexander Nix"]


def stored(path: Path) -> list[str]:
    """What is tagged in the library, with which nothing is wrong."""
    with Library(path) as library:
        assert library.problems() == ()
        return sorted(r.span.quote for r in library.records.all() if isinstance(r, Mention))


def test_work_beside_a_locked_library_is_kept_and_written_later_in_its_order(
    path: Path, session: Session, other: Holder
) -> None:
    told: list[str] = []
    session.subscribe(lambda changed: told.append(changed.what))
    other.hold()
    assert session.library.is_locked()
    first = session.marking.tag([(0, 13)], "PER")
    session.marking.create_entity("Alexander Nix", "PER", first)
    session.marking.tag([(19, 33)], "PER")
    session.marking.tag([(0, 4)], "LOC")
    assert session.undo() is not None
    assert session.redo() is None
    assert session.kept.trouble is not None
    assert "another program is writing" in session.kept.trouble.message
    assert all(what.endswith("(not saved)") for what in told[:4])
    other.free()
    assert not session.library.is_locked()
    session.open_article(ARTICLE.id)
    assert sum(isinstance(r, Mention) for r in session.annotations) == 2
    assert stored(path) == []
    session.marking.tag([(36, 38)], "PER")
    assert not (session.kept.actions or session.kept.refused or session.kept.trouble)
    assert stored(path) == ["Alexander Nix", "He", "Julian Assange"]
    assert len(session.library.history()) == 4


def test_two_windows_that_begin_under_one_name_while_the_library_is_locked(
    path: Path, session: Session, other: Holder
) -> None:
    second = Session.open(path, "ann")
    second.open_article(ARTICLE.id)
    second.kept.keeps = True
    second.library.be_patient(0.02)
    third = Session.open(path, "ann")
    third.open_article(ARTICLE.id)
    third.kept.keeps = True
    third.library.be_patient(0.02)
    other.hold()
    session.marking.tag([(0, 13)], "PER")
    second.marking.retag(second.marking.tag([(19, 33)], "ORG"), "PER")
    third.marking.tag([(36, 38)], "PER")
    file = write_unsaved_somewhere(path, third.annotator, third.kept.all)
    third.kept.set_aside()
    other.free()
    assert session.save() == 1
    # Each window had made up an id of its own for the new name.
    assert second.save() == 2
    assert second.kept.all == ()
    marks = [record for record in second.annotations if isinstance(record, Mention)]
    assert {each.annotator for each in marks} == {session.annotator.id}
    assert len(marks) == 2
    with Library(path) as library:
        assert recover(library, file) == Recovered(made=1, known=0, refused=())
        assert [each.name for each in library.people.all()] == ["ann"]
    assert stored(path) == ["Alexander Nix", "He", "Julian Assange"]
    assert second.undo() is not None
    second.close()
    third.close()
    assert stored(path) == ["Alexander Nix", "Julian Assange"]
    with Library(path) as library:
        # Who is one person is once in progress, also with what two windows began.
        assert sum(isinstance(each, Status) for each in library.records.all()) == 1


def test_what_is_hidden_stays_hidden_under_the_id_that_the_library_knows(
    path: Path, session: Session, other: Holder
) -> None:
    second = Session.open(path, "ann")
    second.open_article(ARTICLE.id)
    second.kept.keeps = True
    second.library.be_patient(0.02)
    second.look_at(Layers(hidden=frozenset((session.annotator.id, "another"))))
    other.hold()
    tags = replace(details_of(ARTICLE), tags=(tag_of(second.annotator.id),))
    second.apply(signed(second.author, ARTICLE, "", tags))
    other.free()
    session.marking.tag([(0, 13)], "PER")
    assert second.save() == 1
    assert second.kept.refused == ()
    assert second.layers.hidden == {"another"}
    second.close()
    with Library(path) as library:
        assert library.articles.read(ARTICLE.id).tags == (tag_of(session.annotator.id),)


def test_who_is_known_by_another_id_between_two_looks_at_the_library(
    path: Path, session: Session
) -> None:
    second = Session.open(path, "ann")
    second.open_article(ARTICLE.id)
    action = actions.tag(second.author, second.span([(19, 33)]), "PER")
    session.marking.tag([(0, 13)], "PER")
    second.apply(action)
    second.close()
    assert stored(path) == ["Alexander Nix", "Julian Assange"]
    with Library(path) as library:
        assert library.people.all() == (session.annotator,)


def test_a_file_of_somebody_who_has_another_name_by_now(path: Path, tmp_path: Path) -> None:
    identity = Identity(tmp_path / "state")
    second = Session.open(path, "ann")
    second.open_article(ARTICLE.id)
    kept = actions.tag(second.author, second.span([(19, 33)]), "PER")
    file = write_unsaved_somewhere(path, second.annotator, [kept])
    second.close()
    with closing(Session(Library(path, identity), "ann")) as first:
        first.open_article(ARTICLE.id)
        first.marking.tag([(0, 13)], "PER")
        _, me = rename(first.library, "ann", "ann", "anna")
    with Library(path, identity) as library:
        assert recover(library, file).made == 1
        assert library.people.all() == (me,)


def test_a_library_that_is_gone_and_comes_back(path: Path, session: Session) -> None:
    session.marking.tag([(0, 13)], "PER")
    away = path.with_name("away.db")
    path.rename(away)
    session.marking.tag([(19, 33)], "PER")
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        session.save()
    assert len(session.kept.actions) == 1
    away.rename(path)
    assert session.save() == 1
    assert stored(path) == ["Alexander Nix", "Julian Assange"]


def test_whoever_does_it_again_is_told_and_nothing_is_kept(
    path: Path, session: Session, other: Holder
) -> None:
    session.marking.tag([(0, 13)], "PER")
    other.hold()
    session.kept.may_wait = True
    with pytest.raises(LibraryBusyError) as caught:
        session.marking.tag([(19, 33)], "PER")
    assert caught.value.what == "tag PER “Julian Assange”"
    with pytest.raises(LibraryBusyError):
        session.undo()
    assert (session.kept.all, stored(path)) == ((), ["Alexander Nix"])
    # What waited when the program ends is not forgotten.
    session.kept.end_waiting()
    other.free()
    assert session.save() == 1
    assert stored(path) == ["Alexander Nix", "Julian Assange"]


def test_two_changes_of_what_was_read_from_the_library_are_both_saved(
    path: Path, session: Session, other: Holder
) -> None:
    entity = session.marking.create_entity("Nix", "PER")
    work = EntityWork(session)
    other.hold()
    work.rename(entity, "Alexander Nix")
    # The lists show what is saved, so this is a change of what was read before the first one.
    work.retype(entity, "ORG")
    work.annotate(entity, "of London")
    assert session.annotations.entity(entity.id) == session.kept.actions[-1].changes[0].after
    other.free()
    assert (session.save(), session.kept.refused) == (3, ())
    found = session.library.records.get(Ref("entity", entity.id))
    assert isinstance(found, Entity)
    assert (found.name, found.type, found.note) == ("Alexander Nix", "ORG", "of London")


def test_a_decision_that_is_not_saved_is_not_asked_again(
    path: Path, session: Session, other: Holder
) -> None:
    session.marking.tag([(0, 13)], "PER")
    with closing(Session.open(path, "bob")) as bob:
        bob.open_article(ARTICLE.id)
        bob.marking.tag([(0, 13)], "ORG")
        bob.marking.tag([(19, 33)], "PER")
        work = Adjudication(session, session.annotator.id, bob.annotator.id)
        first, *others = work.open(ARTICLE.id)
        work.decide(others[0], "right")
        other.hold()
        work.decide(first, "left")
        assert work.open(ARTICLE.id) == tuple(others[1:])
        other.free()
    assert (session.save(), session.kept.refused) == (1, ())
    assert work.open(ARTICLE.id) == tuple(others[1:])


def test_what_others_made_impossible_is_set_apart(
    path: Path, session: Session, other: Holder
) -> None:
    mention = session.marking.tag([(0, 13)], "PER")
    other.hold()
    session.marking.retag(mention, "ORG")
    session.marking.tag([(19, 33)], "PER")
    other.free()
    with closing(Session.open(path, "bob")) as bob:
        bob.open_article(ARTICLE.id)
        bob.marking.delete(mention)
    assert session.save() == 1
    assert [action.changes[0].before for action in session.kept.refused] == [mention]
    assert stored(path) == ["Julian Assange"]


def test_a_file_of_unsaved_work_is_taken_in_once(path: Path, session: Session) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    session.marking.tag([(0, 13)], "PER")
    session.marking.mark_claim([(35, 63)], ClaimForm(statement="He paid."))
    kept = write_unsaved_somewhere(path, session.annotator, session.kept.actions)
    with pytest.raises(LibraryError, match="it is there already"):
        write_unsaved(kept, session.annotator, session.kept.actions)
    session.kept.actions = ()
    aside.rename(path)
    for said in ("2 made, 0 in the library already", "0 made, 2 in the library already"):
        done = run(path.parent, "recover", kept)
        assert (done.code, said in done.err) == (0, True), done
    assert stored(path) == ["Alexander Nix"]
    with Library(path) as library:
        assert [who.name for who in library.people.all()] == ["ann"]


def test_a_file_that_was_cut_off_says_how_the_rest_comes_in(path: Path, session: Session) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    session.marking.tag([(0, 13)], "PER")
    session.marking.tag([(19, 33)], "PER")
    kept = path.with_name("kept.jsonl")
    write_unsaved(kept, session.annotator, session.kept.actions)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    session.kept.actions = ()
    aside.rename(path)
    whole, cut = kept.read_text("utf-8").splitlines()
    kept.write_text(f"{whole}\n{cut[:-40]}", "utf-8")
    with Library(path) as library:
        with pytest.raises(FormatError, match=r"line 2: .* Take that line out to take in the"):
            recover(library, kept)
        # As some editors write it.
        kept.write_text(f"{whole}\r\n", "utf-8-sig", newline="")
        assert recover(library, kept).made == 1


def test_a_file_that_is_something_else_changes_nothing(path: Path, session: Session) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    session.marking.tag([(0, 13)], "PER")
    kept = path.with_name("kept.jsonl")
    write_unsaved(kept, session.annotator, session.kept.actions)
    session.kept.actions = ()
    aside.rename(path)
    good = kept.read_text("utf-8")
    before = path.read_bytes()
    for text in ("{}", good[:-9], good.replace("Alexander Nix", "Alexander Nyx"), good + "[1]"):
        kept.write_text(text, "utf-8")
        with Library(path) as library, pytest.raises(FormatError, match="nothing was changed"):
            recover(library, kept)
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == ["annotations.db", "kept.jsonl"]


def test_without_being_asked_to_keep_it_fails(path: Path, session: Session) -> None:
    session.kept.keeps = False
    path.unlink()
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        session.marking.tag([(0, 13)], "PER")
    assert not session.kept.actions
    assert not list(session.annotations)
