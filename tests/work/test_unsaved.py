"""Work that cannot be written is kept, written later in its order, or put into a file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Mention
from reader.errors import FormatError, LibraryError
from reader.session import Session
from reader.store import database
from reader.store.library import Library
from reader.work.unsaved import recover, write_unsaved, write_unsaved_somewhere
from tests.cli.run import run
from tests.records import ENGLISH, make_article

ARTICLE = make_article(ENGLISH)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE])
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = Session.open(path, "ann")
    session.open_article(ARTICLE.id)
    session.keeps = True
    yield session
    session.close()


def stored(path: Path) -> list[str]:
    """What is tagged in the library, with which nothing is wrong."""
    with Library(path) as library:
        assert library.problems() == ()
        return sorted(r.span.quote for r in library.records.all() if isinstance(r, Mention))


def test_work_beside_a_locked_library_is_kept_and_written_later_in_its_order(
    path: Path, session: Session
) -> None:
    told: list[str] = []
    session.subscribe(lambda changed: told.append(changed.what))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        first = session.tag([(0, 13)], "PER")
        session.create_entity("Alexander Nix", "PER", first)
        session.tag([(19, 33)], "PER")
        session.tag([(0, 4)], "LOC")
        assert session.undo() is not None
        assert session.redo() is None
        session.open_article(ARTICLE.id)
        assert sum(isinstance(r, Mention) for r in session.annotations) == 2
        assert session.trouble is not None
        assert "another program is writing" in session.trouble.message
        assert all(what.endswith("(not saved)") for what in told[:4])
        other.execute("ROLLBACK")
    assert stored(path) == []
    session.tag([(36, 38)], "PER")
    assert not (session.unsaved or session.refused or session.trouble)
    assert stored(path) == ["Alexander Nix", "He", "Julian Assange"]
    assert len(session.library.history()) == 4


def test_a_library_that_is_gone_and_comes_back(path: Path, session: Session) -> None:
    session.tag([(0, 13)], "PER")
    away = path.with_name("away.db")
    path.rename(away)
    session.tag([(19, 33)], "PER")
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        session.save()
    assert len(session.unsaved) == 1
    away.rename(path)
    assert session.save() == 1
    assert stored(path) == ["Alexander Nix", "Julian Assange"]


def test_what_others_made_impossible_is_set_apart(path: Path, session: Session) -> None:
    mention = session.tag([(0, 13)], "PER")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        session.retag(mention, "ORG")
        session.tag([(19, 33)], "PER")
        other.execute("ROLLBACK")
    with closing(Session.open(path, "bob")) as bob:
        bob.open_article(ARTICLE.id)
        bob.delete(mention)
    assert session.save() == 1
    assert [action.changes[0].before for action in session.refused] == [mention]
    assert stored(path) == ["Julian Assange"]


def test_a_file_of_unsaved_work_is_taken_in_once(path: Path, session: Session) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    session.tag([(0, 13)], "PER")
    session.mark_claim([(35, 63)], ClaimForm(statement="He paid."))
    kept = write_unsaved_somewhere(path, session.annotator, session.unsaved)
    with pytest.raises(LibraryError, match="it is there already"):
        write_unsaved(kept, session.annotator, session.unsaved)
    session.unsaved = ()
    aside.rename(path)
    for said in ("2 made, 0 in the library already", "0 made, 2 in the library already"):
        done = run(path.parent, "recover", kept)
        assert (done.code, said in done.err) == (0, True), done
    assert stored(path) == ["Alexander Nix"]
    with Library(path) as library:
        assert [who.name for who in library.people.all()] == ["ann"]


def test_a_file_that_is_something_else_changes_nothing(path: Path, session: Session) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    session.tag([(0, 13)], "PER")
    kept = path.with_name("kept.jsonl")
    write_unsaved(kept, session.annotator, session.unsaved)
    session.unsaved = ()
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
    session.keeps = False
    path.unlink()
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        session.tag([(0, 13)], "PER")
    assert not session.unsaved
    assert not list(session.annotations)
