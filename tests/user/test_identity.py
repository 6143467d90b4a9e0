"""Who a user is: one person over all libraries of a machine, two on two machines."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reader.annotation.changes import Action
from reader.annotation.model import Annotator, Mention
from reader.errors import UsageError
from reader.session import Session
from reader.store.library import Library
from reader.user.identity import Identity
from tests.records import ENGLISH, make_article

EN = make_article(ENGLISH)
OTHER_ANN = Annotator("01K5A8QWERTYASDFGHZXCVB123", "ann")


def annotate(path: Path, identity: Identity | None, said: str = "ann") -> Annotator:
    """Tag something as somebody; return who that was."""
    if not path.exists():
        with Library(path) as library:
            library.add_articles([EN])
    with closing(Session(Library(path, identity), said)) as session:
        session.open_article(EN.id)
        place = (0, 13) if not session.annotations.all(Mention) else (19, 33)
        return_to = session.marking.tag([place], "PER").annotator
        session.undo()
        session.redo()
        assert session.annotator.id == return_to
        return session.annotator


def test_one_machine_is_one_person_in_all_libraries(tmp_path: Path) -> None:
    mine, theirs = Identity(tmp_path / "mine"), Identity(tmp_path / "theirs")
    ann = annotate(tmp_path / "a.db", mine)
    assert annotate(tmp_path / "b.db", mine) == ann
    assert annotate(tmp_path / "c.db", theirs).id != ann.id


def test_two_of_one_name_stay_two_in_one_library(tmp_path: Path) -> None:
    mine, theirs = Identity(tmp_path / "mine"), Identity(tmp_path / "theirs")
    ann, other = annotate(tmp_path / "a.db", mine), annotate(tmp_path / "b.db", theirs)
    assert annotate(tmp_path / "a.db", theirs) == other != ann
    with Library(tmp_path / "a.db") as library:
        assert set(library.people.all()) == {ann, other}
        assert [(each.name, each.mentions) for each in library.people.activity()] == [
            ("ann", 1)
        ] * 2
        with pytest.raises(UsageError, match="'ann' may be any of 2 annotators: ann "):
            library.people.who("ann")
        assert library.people.who(other.id) == other
    with Library(tmp_path / "a.db", mine) as library:
        assert library.people.who("ann") == ann


def test_who_says_an_id_once_is_that_one_from_then_on(tmp_path: Path) -> None:
    path, machine = tmp_path / "a.db", Identity(tmp_path / "new machine")
    ann, _ = annotate(path, Identity(tmp_path / "1")), annotate(path, Identity(tmp_path / "2"), "x")
    mine = annotate(tmp_path / "own.db", machine)
    assert annotate(path, machine, ann.id[:-1].lower()) == ann
    with Library(path, machine) as library:
        assert library.people.who("ann") == ann
    with Library(tmp_path / "own.db", machine) as library:
        assert library.people.who("ann") == mine


def test_what_is_found_by_an_id(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db") as library:
        library.add_articles([EN])
        library.take_in([OTHER_ANN], [], OTHER_ANN, Action("01A", OTHER_ANN.id, "", (), ""))
        assert library.people.who("01k5a8") == OTHER_ANN
        assert library.people.who("01K5A").name == "01K5A", "too short for an id: a name"
        with pytest.raises(UsageError, match="no annotator has this id here"):
            library.people.who("01K5A8QWERTYASDFGHZXCVB124")


def test_a_broken_memory_is_none(tmp_path: Path) -> None:
    identity = Identity(tmp_path)
    identity.keep("رنا", "01A")
    (file,) = (tmp_path / "annotators").iterdir()
    file.write_bytes(b"\xff\xfe")
    assert identity.ids("رنا") == ()
    identity.keep("رنا", "01B")
    assert identity.ids("رنا") == ("01B",)
    (tmp_path / "blocked").write_text("a file")
    Identity(tmp_path / "blocked").keep("ann", "01A")
