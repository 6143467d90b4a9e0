"""Article data as records: changed, taken back, kept over restarts, and in older libraries."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlite_utils import Migrations

from reader.annotation.changes import Action, Change, Place
from reader.annotation.details import form_of
from reader.annotation.ids import new_id, now
from reader.annotation.model import ArticleDetails, Ref, details_of, with_details
from reader.corpus.article import display_title
from reader.errors import AnnotationError, ConflictError, LibraryError
from reader.session import Changed, Session
from reader.store import database
from reader.store.library import Library
from reader.store.migrations import m001_library, migrate
from reader.store.versions import MIGRATION_SET
from reader.work.articles import (
    edit_article,
    remove_article,
    removed_articles,
    restore_article,
    set_role,
)
from tests.records import ANN, ARABIC, ENGLISH, details, make_article

EN = make_article(ENGLISH)
AR = make_article(ARABIC, "ar")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([EN, AR])
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = Session.open(path, "ann")
    session.open_article(EN.id)
    yield session
    session.close()


# Every example is written to disk, which may wait for others.
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(first=details(EN), second=details(EN))
def test_any_details_are_stored_and_taken_back(
    path: Path, first: ArticleDetails, second: ArticleDetails
) -> None:
    with Library(path) as library:
        library.people.who("ann", ANN)
        before = library.articles.read(EN.id)
        steps = [details_of(before), *(replace(one, id=EN.id) for one in (first, second))]
        for was, wanted in pairwise(steps):
            action = Action(new_id(), ANN.id, "edit", (Change(was, wanted),), now())
            library.perform(ANN, action)
            assert library.articles.read(EN.id) == with_details(before, wanted)
            assert library.records.get(Ref("article", EN.id)) == wanted
        entry = next(e for e in library.articles.listed("", "all") if e.id == EN.id)
        assert (entry.title, entry.title_marked) == display_title(library.articles.read(EN.id))
        assert library.problems() == ()
        for wanted in (steps[1], steps[0]):
            library.undo(ANN)
            assert library.articles.read(EN.id) == with_details(before, wanted)
        assert library.articles.read(EN.id) == before


def test_an_edit_is_one_entry_and_undone_after_a_restart(path: Path) -> None:
    form = replace(form_of(EN), title="عنوان", publisher="وكالة", language="ar", direction="rtl")
    session = Session.open(path, "ann")
    assert edit_article(session, EN, form)
    assert not edit_article(session, session.library.articles.read(EN.id), form)
    session.close()
    again = Session.open(path, "ann")
    assert [entry.what for entry in again.library.history()] == [
        "edit title, publisher, language, direction of “Alexander Nix told Julian Assange. He p…”"
    ]
    assert form_of(again.library.articles.read(EN.id)) == form
    undone = again.undo()
    assert undone is not None
    assert undone.place == Place(EN.id, 0, 0)
    assert again.library.articles.read(EN.id) == EN
    assert again.redo() is not None
    assert form_of(again.library.articles.read(EN.id)) == form
    assert again.library.problems() == ()
    again.close()


def test_the_open_article_is_what_it_was_made(session: Session) -> None:
    heard: list[Changed] = []
    session.subscribe(heard.append)
    assert len(session.sentences()) == 2
    set_role(session, [(36, len(ENGLISH))], "boilerplate")
    assert session.article == session.library.articles.read(EN.id)
    set_role(session, [(0, 13)], "title")
    assert len(session.sentences()) == 3
    assert session.article is not None
    assert display_title(session.article) == ("Alexander Nix", False)
    session.undo()
    session.undo()
    assert session.article == EN
    assert len(session.sentences()) == 2
    assert [changed.what for changed in heard] == [
        "make “He paid $6 million in June.” boilerplate",
        "make “Alexander Nix” title",
        "undone: make “Alexander Nix” title",
        "undone: make “He paid $6 million in June.” boilerplate",
    ]


def test_a_removed_article_leaves_the_list_and_comes_back_with_its_annotations(
    session: Session,
) -> None:
    session.marking.tag([(0, 13)], "PER")
    before = session.articles()
    remove_article(session, EN)
    assert [entry.id for entry in session.articles()] == [AR.id]
    assert [entry.id for entry in removed_articles(session)] == [EN.id]
    assert session.article is not None
    assert session.article.removed
    with pytest.raises(AnnotationError, match="is removed; bring it back first"):
        set_role(session, [(0, 13)], "title")
    restore_article(session, session.library.articles.read(EN.id))
    assert session.articles() == before
    assert removed_articles(session) == ()
    session.undo()
    session.undo()
    assert session.articles() == before


def test_two_windows_change_one_article(path: Path) -> None:
    one, two = Session.open(path, "ann"), Session.open(path, "bob")
    two.open_article(EN.id)
    edit_article(one, EN, replace(form_of(EN), publisher="Reuters"))
    with pytest.raises(ConflictError, match="This article was changed meanwhile by somebody"):
        edit_article(two, EN, replace(form_of(EN), publisher="AP"))
    assert two.article is not None
    assert two.article.publisher == "Reuters"
    edit_article(two, two.article, replace(form_of(two.article), publisher="AP"))
    with pytest.raises(ConflictError):
        one.undo()
    assert two.library.articles.read(EN.id).publisher == "AP"
    one.close()
    two.close()


RIVAL = """
import sys
from dataclasses import replace
from pathlib import Path
from reader.annotation.details import form_of
from reader.work.articles import edit_article
from reader.errors import ConflictError
from reader.session import Session
session = Session.open(Path(sys.argv[1]), sys.argv[2])
article = session.library.articles.read(sys.argv[3])
form = replace(form_of(article), publisher=sys.argv[2])
print("read", flush=True)
sys.stdin.readline()
try:
    print(edit_article(session, article, form))
except ConflictError as error:
    print(error.message)
session.close()
"""


def test_of_two_processes_that_change_what_both_have_read_one_wins(path: Path) -> None:
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", RIVAL, str(path), name, EN.id],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("ann", "bob")
    ]
    for rival in rivals:
        assert rival.stdout is not None and rival.stdout.readline() == "read\n"
    said = []
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    for rival in rivals:
        said.append(rival.communicate(timeout=60)[0].strip())
    won = said.index("True")
    assert said[1 - won] == ("This article was changed meanwhile by somebody; nothing was changed.")
    with Library(path) as library:
        assert library.articles.read(EN.id).publisher == ("ann", "bob")[won]
        assert len(library.history()) == 1
        assert library.problems() == ()


def test_details_without_a_text_are_refused(path: Path) -> None:
    lonely = replace(details_of(EN), id="0123456789abcdef")
    with Library(path) as library, pytest.raises(ConflictError, match="text of this article"):
        action = Action(new_id(), ANN.id, "edit", (Change(None, lonely),), now())
        library.perform(ANN, action)


def old_library(path: Path) -> Path:
    """Make a library as it was before article data was a record."""
    first = Migrations(MIGRATION_SET)
    first()(m001_library)
    with closing(database.open_writing(path, lambda c: migrate(c, first))) as connection:
        connection.execute(
            "INSERT INTO article (id, heading, heading_marked, language, language_confidence,"
            " language_method, direction, tags, sources, encoding, bom, text_sha256,"
            " source_sha256, added, characters, text)"
            " VALUES (?, ?, 1, 'en', 1.0, 'given', 'ltr', '[]', '[\"a.txt\"]', 'utf-8', 0,"
            " ?, ?, ?, ?, ?)",
            (
                *(EN.id, display_title(EN)[0], EN.text_sha256, EN.source_sha256, EN.added),
                *(len(EN.text), EN.text),
            ),
        )
        connection.execute("INSERT INTO role VALUES (?, 0, ?, 'body')", (EN.id, len(EN.text)))
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


def test_a_library_from_before_is_read_as_it_is(tmp_path: Path) -> None:
    path = old_library(tmp_path / "old.db")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with Library(path) as library:
        assert library.articles.read(EN.id) == EN
        assert [entry.id for entry in library.articles.listed("")] == [EN.id]
        assert library.records.get(Ref("article", EN.id)) == details_of(EN)
        assert library.problems() == ()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert os.listdir(tmp_path) == ["old.db"]


def test_a_library_from_before_is_changed_after_a_copy(tmp_path: Path) -> None:
    path = old_library(tmp_path / "old.db")
    before = path.read_bytes()
    session = Session.open(path, "ann")
    remove_article(session, EN)
    session.close()
    assert sorted(os.listdir(tmp_path)) == ["old.db", "old.db.before-migration"]
    with Library(path) as library:
        assert library.articles.listed("") == ()
        assert library.articles.read(EN.id).removed
        assert library.problems() == ()
    kept = tmp_path / "old.db.before-migration"
    with closing(sqlite3.connect(kept)) as copy, closing(sqlite3.connect(":memory:")) as old:
        old.deserialize(before)
        assert list(copy.iterdump()) == list(old.iterdump())


def test_the_text_is_the_last_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(article)")]
    # What stands behind a long text is read through the whole of it.
    assert columns[-1] == "text"


def test_an_article_that_is_not_there_is_named(session: Session) -> None:
    with pytest.raises(LibraryError, match="there is no article"):
        session.library.articles.read("0123456789abcdef")
