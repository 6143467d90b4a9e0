"""Rows that no library writes: by a damaged disk, or by somebody else's hand in the file."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from reader.annotation import actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.claim_marking import ClaimForm, mark_claim
from reader.annotation.spans import make_span
from reader.errors import LibraryError
from reader.store.library import Library
from tests.records import ANN, ENGLISH, make_article

ARTICLE = make_article(ENGLISH, title=(0, 13))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    author = Author(ANN, AnnotationSet())
    span = make_span(ARTICLE.id, ENGLISH, [(0, 9), (10, 13)])
    with Library(path) as library:
        library.add_articles([ARTICLE])
        library.perform(ANN, actions.tag(author, span, "PER"))
        library.perform(ANN, actions.create_entity(author, "Nix", "PER"))
        form = ClaimForm(statement="He paid.")
        library.perform(ANN, mark_claim(author, span, form, "en"))
    return path


def spoil(path: Path, change: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(change)
    connection.commit()
    connection.close()


DAMAGE = {
    "no span": "DELETE FROM span",
    "no start": "UPDATE span SET start = NULL",
    "backwards": "UPDATE span SET start = 13, \"end\" = 0, fragments = '[[13, 0]]'",
    "longer than its quote": 'UPDATE span SET "end" = 99, fragments = NULL',
    "before the text": "UPDATE span SET start = -1, \"end\" = 12, fragments = '[[-1, 12]]'",
    "no quote": "UPDATE span SET quote = NULL",
    "no context": "UPDATE span SET prefix = NULL",
    "fragments cut off": "UPDATE span SET fragments = '[[0, 9]'",
    "fragments of another shape": "UPDATE span SET fragments = '[0, 9]'",
    "fragments out of order": "UPDATE span SET fragments = '[[0, 12], [9, 13]]'",
    "fragments elsewhere": "UPDATE span SET fragments = '[[0, 9], [10, 12]]'",
    "no fragment": "UPDATE span SET fragments = '[]'",
    "no type": "UPDATE mention SET type = NULL",
    "no such kind": "UPDATE mention SET kind = 'guess'",
    "no such mode": "UPDATE claim_mention SET mode = ''",
    "no such status": "UPDATE status SET value = 'half'",
    "no name": "UPDATE entity SET name = NULL",
    "aliases cut off": "UPDATE entity SET aliases = '[{'",
    "links of another shape": "UPDATE entity SET links = '[1]'",
    "sources cut off": "UPDATE article SET sources = '['",
    "no encoding": "UPDATE article SET encoding = NULL",
    "half a title": "UPDATE article SET title_end = NULL",
    "a title beyond the text": "UPDATE article SET title_end = 999",
    "no such direction": "UPDATE article SET direction = 'up'",
    "no such role": "UPDATE role SET role = 'footer'",
    "a role beyond the text": 'UPDATE role SET "end" = 999',
    "no such column": "ALTER TABLE mention RENAME COLUMN kind TO sort",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_row_is_named_and_the_cure_too(path: Path, name: str) -> None:
    spoil(path, DAMAGE[name])
    with Library(path) as library:
        with pytest.raises(LibraryError) as caught:
            library.articles.read(ARTICLE.id)
            library.records.all()
        assert caught.value.message.startswith(f"{path}: it is damaged (")
        assert caught.value.message.endswith("; keep it as it is and go back to a copy.")
        assert library.problems() or name == "no such column"


@pytest.mark.parametrize(
    "name", [n for n, sql in DAMAGE.items() if " span " in sql or " mention " in sql]
)
def test_a_damaged_row_is_named_where_no_record_is_made(path: Path, name: str) -> None:
    spoil(path, DAMAGE[name])
    with Library(path) as library, pytest.raises(LibraryError, match="it is damaged"):
        list(library.records.encoded(ARTICLE.id, library.records.kinds()))


@pytest.mark.parametrize("change", ["tags = '['", "language_confidence = NULL", "tags = NULL"])
def test_a_damaged_entry_of_the_list(path: Path, change: str) -> None:
    spoil(path, f"UPDATE article SET {change}")
    with Library(path) as library, pytest.raises(LibraryError, match="it is damaged") as caught:
        library.articles.listed(ANN.id)
    assert f"(article {ARTICLE.id}: " in caught.value.message


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM setting", "UPDATE setting SET value = '{'", "UPDATE setting SET value = '[]'"],
)
def test_a_damaged_schema(path: Path, change: str) -> None:
    spoil(path, change)
    with Library(path) as library, pytest.raises(LibraryError, match=r"it is damaged \(schema: "):
        library.schema()


def test_a_damaged_history_undoes_nothing(path: Path) -> None:
    spoil(path, "UPDATE history SET after = substr(after, 2)")
    with Library(path) as library:
        before = library.records.all()
        with pytest.raises(LibraryError, match=r"it is damaged \(history of a "):
            library.undo(ANN)
        assert library.records.all() == before
        assert any(line.startswith("history ") for line in library.problems())


def test_a_table_that_is_gone(path: Path) -> None:
    spoil(path, "DROP TABLE note")
    with Library(path) as library, pytest.raises(LibraryError, match=r"it is damaged \(no such"):
        library.records.around(ARTICLE.id)


OF_ARTICLES = {name for name, sql in DAMAGE.items() if " article " in sql or " role " in sql}


def test_what_is_damaged_is_written_anew_from_the_history(path: Path) -> None:
    with Library(path) as library:
        # Going back and forth leaves records of which the history says that they are gone.
        library.undo(ANN)
        library.redo(ANN)
        before = set(library.records.all())
    for name in DAMAGE.keys() - OF_ARTICLES - {"no such column"}:
        spoil(path, DAMAGE[name])
        with Library(path) as library:
            done = library.repair()
            assert done.written or name == "no such status", name
            assert done.left == ()
            assert library.problems() == ()
            assert set(library.records.all()) == before


@pytest.mark.parametrize("name", sorted(OF_ARTICLES))
def test_what_no_history_knows_is_named(path: Path, name: str) -> None:
    spoil(path, DAMAGE[name])
    with Library(path) as library:
        done = library.repair()
        assert done.written == ()
        assert [line.split(":")[0] for line in done.left] == [f"article {ARTICLE.id}"]
        assert len(library.records.all()) == 5


LOST = {
    "article": ("DELETE FROM article", "DELETE FROM role"),
    "text": ("UPDATE article SET text = 'x' || substr(text, 2)",),
    "role": ("UPDATE role SET role = 'footer'",),
    "annotator": ("DELETE FROM annotator",),
    "action": ("DELETE FROM action",),
    "history": ("DELETE FROM history WHERE rowid = (SELECT max(rowid) FROM history)",),
    "all of them": (
        *("DELETE FROM article", "DELETE FROM annotator", "DELETE FROM action"),
        "DELETE FROM history WHERE rowid % 2",
        "DELETE FROM span",
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_what_no_history_tells_is_taken_from_the_newest_copy_that_has_it(
    path: Path, name: str
) -> None:
    older, newest, none = (path.with_name(f"{each}.db") for each in ("older", "newest", "none"))
    shutil.copyfile(path, older)
    with Library(path) as library:
        author = Author(ANN, AnnotationSet())
        library.perform(ANN, actions.create_entity(author, "Alexander", "PER"))
        before = set(library.records.all())
        article = library.articles.read(ARTICLE.id)
    shutil.copyfile(path, newest)
    none.write_bytes(b"a copy that is none")
    for change in LOST[name]:
        spoil(path, change)
    with Library(path) as library:
        assert library.problems()
        done = library.repair([none, newest, older])
        assert {found.copy for found in done.salvaged} <= {newest}
        assert library.problems() == ()
        assert set(library.records.all()) == before
        assert library.articles.read(ARTICLE.id) == article


def test_what_is_gone_and_in_no_copy_is_named(path: Path) -> None:
    for kind, words in (("article", "add its file again, or go back"), ("annotator", "go back")):
        damaged = path.with_name(f"{kind}.db")
        shutil.copyfile(path, damaged)
        spoil(damaged, f"DELETE FROM {kind}")
        with Library(damaged) as library:
            found = [line for line in library.problems() if f"refers to a missing {kind}" in line]
            assert len(found) == len({line.split(":")[0] for line in found})
            with pytest.raises(LibraryError, match=f"^{kind} [0-9A-Za-z]+ is gone, .*{words}"):
                library.repair()
            assert len(library.records.all()) == 5 and library.problems()


def test_a_damaged_schema_is_what_the_history_says(path: Path) -> None:
    for change in ("UPDATE setting SET value = '{'", "DELETE FROM setting"):
        with Library(path) as library:
            before = library.schema()
        spoil(path, f"{change} WHERE name = 'schema'")
        with Library(path) as library:
            library.repair()
            assert library.schema() == before
            assert library.problems() == ()


def test_a_row_that_nobody_made_goes_no_further_than_its_name(path: Path) -> None:
    spoil(
        path,
        "INSERT INTO entity (id, type, name, aliases, links) SELECT 'x', type, name,"
        " aliases, links FROM entity LIMIT 1",
    )
    spoil(path, "UPDATE history SET after = substr(after, 2) WHERE kind = 'mention'")
    spoil(path, "UPDATE claim SET text = 'forged'")
    with Library(path) as library:
        done = library.repair()
        assert [ref.kind for ref in done.written] == ["claim"]
        assert [line.split(" ")[0] for line in done.left] == ["mention", "entity"]
        assert done.left[1] == "entity x: it has no history; left as it is"
