"""What a library tells of changes: each once, whoever makes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.annotation.model import Mention, Ref
from reader.session import Session
from reader.store.library import Library
from reader.store.watching import News
from tests.records import ARABIC, ENGLISH, make_article

EN = make_article(ENGLISH)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([EN])
    return path


def annotating(path: Path, name: str) -> Session:
    session = Session.open(path, name)
    session.open_article(EN.id)
    return session


def test_each_change_is_told_once(path: Path) -> None:
    with Library(path) as library, closing(annotating(path, "bob")) as bob:
        watch = library.watch()
        assert watch.look() is None
        mention = bob.marking.tag([(0, 13)], "PER")
        news = watch.look()
        assert news is not None
        assert news.records is not None
        assert news.records[Ref("mention", mention.id)] == mention
        assert {ref.kind for ref in news.records} == {"mention", "status"}
        assert watch.look() is None
        bob.marking.delete(mention)
        assert watch.look() == News({Ref("mention", mention.id): None})


def test_what_came_before_the_first_look_is_told_too(path: Path) -> None:
    with Library(path) as library, closing(annotating(path, "bob")) as bob:
        watch = library.watch()
        bob.marking.tag([(0, 13)], "PER")
        assert watch.look() == News(None)
        assert watch.look() is None


def test_new_articles_are_news(path: Path) -> None:
    with Library(path) as library:
        watch = library.watch()
        assert watch.look() is None
        with Library(path) as other:
            other.add_articles([make_article(ARABIC, "ar")])
        assert watch.look() == News({})


def test_a_library_that_somebody_makes_later_is_news(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with Library(path) as library:
        watch = library.watch()
        assert watch.look() is None
        with Library(path) as other:
            other.add_articles([EN])
        assert watch.look() == News({})


def test_a_locked_library_is_not_waited_for(path: Path) -> None:
    with Library(path) as library, closing(annotating(path, "bob")) as bob:
        watch = library.watch()
        assert watch.look() is None
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert watch.look() is None
            other.execute("ROLLBACK")
        mention = bob.marking.tag([(0, 13)], "PER")
        news = watch.look()
        assert news is not None
        assert news.records is not None
        assert Ref("mention", mention.id) in news.records


def test_a_session_takes_in_what_others_did_and_nothing_twice(path: Path) -> None:
    with closing(annotating(path, "ann")) as ann, closing(annotating(path, "bob")) as bob:
        watch = ann.library.watch()
        assert watch.look() is None
        mine = ann.marking.tag([(19, 33)], "PER")
        theirs = bob.marking.tag([(0, 13)], "PER")
        entity = bob.marking.create_entity("Alexander Nix", "PER", theirs)
        news = watch.look()
        assert news is not None
        assert ann.take_in(news.records)
        found = {mention.id: mention.entity for mention in ann.annotations.all(Mention)}
        assert found == {mine.id: None, theirs.id: entity.id}
        assert ann.annotations.entity(entity.id) is not None
        before = ann.annotations
        mine = ann.marking.tag([(36, 38)], "PER")
        news = watch.look()
        assert news is not None
        now = ann.annotations
        assert not ann.take_in(news.records)
        assert ann.annotations is now is not before
