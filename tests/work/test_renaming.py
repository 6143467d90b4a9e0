"""Calling oneself otherwise: in one library, in an open window, under an identity."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.annotation.changes import Action
from reader.annotation.ids import new_id, now
from reader.annotation.model import Annotator, Mention
from reader.annotation.settled import SETTLED
from reader.errors import ConflictError, UsageError
from reader.session import Session
from reader.store.library import Library
from reader.user.identity import Identity
from reader.work.assigning import assign, assignee
from reader.work.renaming import rename
from tests.records import ARABIC, ENGLISH, make_article

EN = make_article(ENGLISH)


def window(path: Path, name: str, identity: Identity | None = None) -> Session:
    session = Session(Library(path, identity), name)
    session.open_article(EN.id)
    return session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library in which ann and bob have each tagged something."""
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([EN, make_article(ARABIC, "ar")])
    for name in ("ann", "bob"):
        with closing(window(path, name)) as session:
            session.marking.tag([(0, 13)], "PER")
    return path


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library(path) as library:
        yield library


def names(library: Library) -> list[str]:
    return [each.name for each in library.people.all()]


def test_a_name_is_changed_taken_back_and_brought_again(library: Library) -> None:
    ann = library.people.who("ann")
    assert rename(library, "ann", ann.id[:12], " Ann Berg ") == (ann, Annotator(ann.id, "Ann Berg"))
    assert names(library) == ["Ann Berg", "bob"]
    assert library.problems() == ()
    assert library.history()[-1].what == "rename annotator “ann” to “Ann Berg”"
    assert [change.before for change in library.past.changes(library.history()[-1].id)] == [ann]
    library.undo(ann)
    assert names(library) == ["ann", "bob"]
    library.redo(ann)
    rename(library, "Ann Berg", "Ann Berg", "آن")
    library.undo(ann)
    assert names(library) == ["Ann Berg", "bob"]
    library.undo(ann)
    assert names(library) == ["ann", "bob"]
    assert library.problems() == ()


def test_the_name_one_has_is_no_action(library: Library, path: Path) -> None:
    before = path.read_bytes()
    assert rename(library, "ann", "ann", "ann")[1].name == "ann"
    assert path.read_bytes() == before


REFUSED = {
    "empty": ("ann", "ann", " \t", "--rename: the new name is empty."),
    "long": ("ann", "ann", "n" * 61, "--rename: the new name has 61 characters, and at most 60"),
    "escape": ("ann", "ann", "a\x1b[2Jb", "--rename: The name has a line break or control char"),
    "lines": ("ann", "ann", "a\u2028b", "--rename: The name has a line break or control char"),
    "bytes": ("ann", "ann", "a\udc80", "--rename: The name is not UTF-8."),
    "comma": ("ann", "ann", "Berg, Ann", "--rename: the new name has a comma"),
    "id": ("ann", "ann", "01K5A8QWERTYASDFGHZXCVB124", "--rename: the new name looks like an id"),
    "taken": ("ann", "ann", "bob", "--rename: somebody else here is called 'bob' (01"),
    "settled": ("ann", "ann", "settled", "--rename: 'settled' is what decisions belong to"),
    "somebody else": ("ann", "bob", "rob", "--rename: you are 'ann' here, and 'bob' is somebody"),
    "nobody": ("cyd", "cyd", "cid", "--rename: nobody here is called 'cyd'; see `reader annot"),
    "no such": ("ann", "cyd", "cid", "--rename: nobody here is called 'cyd'; see `reader annot"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_be_no_name_or_is_somebody_else_is_refused(
    library: Library, path: Path, case: str
) -> None:
    *said, words = REFUSED[case]
    before = path.read_bytes()
    with pytest.raises(UsageError) as refused:
        rename(library, *said)
    assert refused.value.message.startswith(words)
    assert "\n" not in refused.value.message
    assert path.read_bytes() == before


def test_decisions_belong_to_nobody_who_could_be_renamed(library: Library) -> None:
    nothing = Action(new_id(), SETTLED.id, "", (), now())
    library.take_in([SETTLED], (), SETTLED, nothing)
    with pytest.raises(UsageError, match="stays so"):
        rename(library, "settled", "settled", "decided")


def test_an_open_window_goes_on_under_the_new_name(path: Path) -> None:
    with closing(window(path, "ann")) as ann, closing(window(path, "bob")) as bob:
        watches = [each.library.watch() for each in (ann, bob)]
        assert [watch.look() for watch in watches] == [None, None]
        mark = ann.marking.tag([(19, 33)], "PER")
        with Library(path) as library:
            rename(library, "ann", "ann", "Ann Berg")
            # A free name is anybody's.
            rename(library, "bob", "bob", "ann")
        for session, watch, name in zip((ann, bob), watches, ("Ann Berg", "ann"), strict=True):
            news = watch.look()
            assert news is not None
            assert session.take_in(news.records), "what shows names is to be drawn anew"
            assert session.annotator.name == name
        ann.marking.tag([(36, 38)], "PER")
        assert {mark.annotator for mark in ann.annotations.all(Mention)} == {
            *(each.id for each in (ann.annotator, bob.annotator))
        }
        assert mark.annotator == ann.annotator.id
        assert bob.undo() is not None
        assert bob.annotator.name == "bob", "who takes it back is called so at once"
        assert ann.library.problems() == ()


def test_a_window_that_has_not_heard_yet_goes_on_too(path: Path) -> None:
    with closing(window(path, "ann")) as ann, Library(path) as library:
        rename(library, "ann", "ann", "Ann Berg")
        rename(library, "bob", "bob", "ann")
        ann.marking.tag([(36, 38)], "PER")
        assert names(library) == ["Ann Berg", "ann"]
        assert ann.annotator.name == "Ann Berg"


def test_a_name_that_is_taken_by_now_is_not_given_back(library: Library) -> None:
    ann = library.people.who("ann")
    rename(library, "ann", "ann", "Ann Berg")
    rename(library, "bob", "bob", "ann")
    with pytest.raises(ConflictError, match="Somebody else here is called “ann”"):
        library.undo(ann)
    assert names(library) == ["Ann Berg", "ann"]


def test_one_stays_one_person_under_both_names(tmp_path: Path, path: Path) -> None:
    identity = Identity(tmp_path / "state")
    with closing(window(path, "cyd", identity)) as cyd:
        cyd.marking.tag([(36, 38)], "PER")
        id = cyd.annotator.id
        rename(cyd.library, "cyd", "cyd", "Cyd Noor")
    for said in ("cyd", "Cyd Noor"):
        with Library(path, identity) as library:
            assert library.people.who(said) == Annotator(id, "Cyd Noor")
        with Library(tmp_path / "new.db", identity) as library:
            assert library.people.who(said).id == id


def stored_tags(library: Library) -> set[tuple[str, ...]]:
    return {library.articles.read(entry.id).tags for entry in library.articles.listed("")}


def test_what_is_assigned_to_the_name_stays_assigned(path: Path, library: Library) -> None:
    with closing(window(path, "lead")) as lead:
        articles = [lead.library.articles.read(entry.id) for entry in lead.articles()]
        assign(lead, articles, [assignee(lead, "dan")])
    with closing(window(path, "dan")) as dan:
        dan.marking.tag([(36, 38)], "PER")
        who = dan.annotator
    rename(library, "dan", "dan", "Daniel")
    assert stored_tags(library) == {(f"@{who.id}",)}
    library.undo(who)
    assert stored_tags(library) == {("@dan",)}


def test_going_back_leaves_names_as_they_are(library: Library) -> None:
    before = library.history()[0].id
    rename(library, "ann", "ann", "Ann Berg")
    assert all(change.ref.kind != "annotator" for change in library.past.way_back(before))


def test_the_doctor_compares_names_and_mends_them(path: Path) -> None:
    with Library(path) as library:
        rename(library, "ann", "ann", "Ann Berg")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE annotator SET name = 'Eve' WHERE name = 'Ann Berg'")
    with Library(path) as spoilt:
        (problem,) = spoilt.problems()
        assert problem.endswith("the name is not what its history says")
        assert [ref.kind for ref in spoilt.repair().written] == ["annotator"]
        assert names(spoilt) == ["Ann Berg", "bob"]
        assert spoilt.problems() == ()
