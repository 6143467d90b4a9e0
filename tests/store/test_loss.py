"""An alarm when annotations are gone that nobody deleted, and none when somebody did."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.session import Session
from reader.store.backups import back_up, put_back
from reader.store.library import Library
from tests.cli.run import run
from tests.records import make_article

ARTICLE = make_article("word " * 100)


def tag(path: Path, *places: int) -> None:
    with closing(Session.open(path, "ann")) as session:
        session.open_article(ARTICLE.id)
        session.marking.tag_all([[(place * 5, place * 5 + 4)] for place in places], "PER")


def said(path: Path, *, accept: bool = False) -> str:
    with Library(path) as library:
        return library.loss(accept=accept)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with twenty annotations, which was looked at; `older.db` has six of them."""
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE])
    tag(path, *range(6))
    shutil.copy(path, tmp_path / "older.db")
    tag(path, *range(6, 20))
    assert said(path) == ""
    return path


def test_an_older_copy_in_its_place(path: Path) -> None:
    backup = back_up(path, "by-hand")
    assert backup is not None
    shutil.copy(path.with_name("older.db"), path)
    told = said(path)
    assert "it has 6 annotations, and had 20" in told
    assert "`reader restore --from NUMBER`" in told
    listed = run(path.parent, "list")
    assert (listed.code, "it has 6 annotations, and had 20" in listed.err) == (0, True)
    assert said(path) == told, "it is said until somebody looks"
    checked = run(path.parent, "doctor")
    assert (checked.code, "it has 6 annotations, and had 20" in checked.out) == (1, True)
    assert run(path.parent, "doctor").code == 0
    assert said(path) == ""


def test_an_older_copy_is_known_by_the_last_action_however_little_is_missing(path: Path) -> None:
    shutil.copy(path, path.with_name("older.db"))
    tag(path, 30)
    assert said(path) == ""
    newest = path.with_name("newest.db")
    shutil.copy(path, newest)
    shutil.copy(path.with_name("older.db"), path)
    told = said(path)
    assert "it has 20 annotations, and had 21" in told
    assert "what was done last is not in it. An older copy has taken its place" in told
    tag(path, 31, 32)
    assert "what was done last is not in it" in said(path), "work on the older copy hides nothing"
    assert run(path.parent, "merge", str(newest)).code == 0
    assert said(path) == "", "uniting the two brings it back"


def test_an_emptied_file(path: Path) -> None:
    path.write_bytes(b"")
    listed = run(path.parent, "list")
    assert "it has 0 annotations, and had 20" in listed.err
    assert path.read_bytes() == b""


@pytest.mark.parametrize("gone", ["DELETE FROM mention", "DELETE FROM mention WHERE rowid > 3"])
def test_rows_that_are_gone(path: Path, gone: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(gone)
        other.commit()
    assert "and had 20" in said(path)


def test_no_alarm_for_what_somebody_did(path: Path) -> None:
    with closing(Session.open(path, "ann")) as session:
        session.undo()
    assert said(path) == ""
    with closing(Session.open(path, "ann")) as session:
        session.redo()
    assert said(path) == ""
    put_back(path, path.with_name("older.db"))
    assert said(path) == ""
    tag(path, 50)
    assert said(path) == ""


def test_no_alarm_for_another_library_or_for_little(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("DELETE FROM mention WHERE rowid > 16")
        other.commit()
    assert said(path) == ""
    path.unlink()
    with Library(path) as library:
        library.add_articles([make_article("Another one."), ARTICLE])
    assert said(path) == ""
