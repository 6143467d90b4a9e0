"""The index names every article that holds the words, whatever the words are."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reader.annotation.changes import Action
from reader.annotation.ids import new_id, now
from reader.corpus.article import Article
from reader.store import text_index
from reader.store.library import Library
from reader.text.fold import find_all
from tests.records import ANN, ARABIC, BOB, ENGLISH, make_article
from tests.text.searches import searches

TEXTS = [
    ENGLISH,
    ARABIC,
    "His 2016\u00a0campaign. President Trump’s men.",
    "قال مُحَمَّدٌ إنّ ترامب وترامب",
    'a "b" NEAR(c d) * ^e f: g- AND OR NOT {x y} [z] (w)',
    "before\x00after the NUL",
    "line one\nline two\r\nline three",
    "文字列の検索",
]
HOSTILE = [
    '"', '""', '"""', "'", "*", "-", "a*", '"b" NEAR', "NEAR(c d)", "near(c, 10)", "^e", "f:",
    "{x y}", "[z]", "(w)", "AND", "a AND b", "AND OR NOT", "\x00", "before\x00after", "e\x00a",
    "one\nline", "\ud800", "abc\udfff", "folded:", "x' OR 1=1 --", "%", "_", "\\", "a" * 5000,
    "😀", "\u200f", " ", "", "…", "検索", "文字列", "2016 campaign", "Trump's", "ترامب", "محمد",
    "NIX",
]  # fmt: skip


def library_of(path: Path, articles: list[Article]) -> Library:
    library = Library(path)
    library.add_articles(articles)
    return library


def holding(library: Library, query: str) -> set[str]:
    """Every article in which a search letter by letter finds the query."""
    listed = [entry.id for entry in library.articles.listed("")]
    return {id for id in listed if find_all(library.articles.read(id).text, query)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    library_of(path, [make_article(text) for text in TEXTS]).close()
    return path


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_syntax_and_none_misses_an_article(path: Path, query: str) -> None:
    with Library(path) as library:
        assert set(library.articles.candidates(query)) >= holding(library, query)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("2016 campaign", TEXTS[2]),
        ("trump's", TEXTS[2]),
        ("محمد", TEXTS[3]),
        ("اوكزكوفسكى", ARABIC),
        ("after the NUL", TEXTS[5]),
        ("文字列", TEXTS[7]),
    ],
)
def test_the_index_names_few_others(path: Path, query: str, text: str) -> None:
    with Library(path) as library:
        assert library.articles.candidates(query) == (make_article(text).id,)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=searches())
def test_every_article_with_the_words_is_named(
    tmp_path: Path, case: tuple[list[str], list[str]]
) -> None:
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    texts, queries = case
    with library_of(path, [make_article(text) for text in texts]) as library:
        for query in queries:
            assert set(library.articles.candidates(query)) >= holding(library, query), query
        assert library.problems() == ()


def test_the_order_is_that_of_the_list_and_a_language_is_a_filter(path: Path) -> None:
    with Library(path) as library:
        library.add_articles([make_article("Trump in einem Satz", "de")])
        listed = [entry.id for entry in library.articles.listed("")]
        found = library.articles.candidates("trump")
        assert list(found) == [id for id in listed if id in found]
        assert len(found) == 2
        assert library.articles.candidates("trump", "de") == (listed[-1],)
        assert library.articles.candidates("tr", "de") == (listed[-1],)


def test_what_is_added_or_imported_is_named_at_once(path: Path) -> None:
    new, brought = make_article("A zeppelin rose."), make_article("Two zeppelins fell.")
    with Library(path) as library:
        assert library.articles.candidates("zeppelin") == ()
        library.add_articles([new])
        assert library.articles.candidates("zeppelin") == (new.id,)
        library.take_in([BOB], [brought], ANN, empty_action())
        assert set(library.articles.candidates("zeppelin")) == {new.id, brought.id}
        assert indexed(path) == len(TEXTS) + 2


def test_an_article_that_is_not_added_after_all_is_not_named(path: Path) -> None:
    def articles() -> Iterator[Article]:
        yield NEW
        raise RuntimeError

    with Library(path) as library:
        with pytest.raises(RuntimeError):
            library.add_articles(articles())
        assert library.articles.candidates("zeppelin") == ()
        assert library.problems() == ()


NEW = make_article("A zeppelin rose.")
WITHOUT = {
    "never made": ["DROP TABLE article_index", "DELETE FROM setting WHERE name = 'text_index'"],
    "table gone": ["DROP TABLE article_index"],
    "by other rules": ["UPDATE setting SET value = 'old' WHERE name = 'text_index'"],
    "empty": [
        "INSERT INTO article_index (article_index) VALUES ('delete-all')",
        "DELETE FROM indexed",
    ],
    "in part": ["DELETE FROM indexed WHERE number < 4"],
}


@pytest.mark.parametrize("state", WITHOUT)
def test_without_a_whole_index_the_answer_is_whole_and_the_next_addition_mends_it(
    path: Path, state: str
) -> None:
    with sqlite3.connect(path) as connection:
        for statement in WITHOUT[state]:
            connection.execute(statement)
    connection.close()
    before = path.read_bytes()
    with Library(path) as library:
        for query in HOSTILE:
            assert set(library.articles.candidates(query)) >= holding(library, query)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]
    with Library(path) as library:
        library.add_articles([NEW])
        assert library.articles.candidates("zeppelin") == (NEW.id,)
        assert library.problems() == ()
    assert indexed(path) == len(TEXTS) + 1


def test_a_sqlite_without_the_tokenizer_looks_through_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = [each.replace("trigram", "absent") for each in text_index._CREATE]
    monkeypatch.setattr(text_index, "_CREATE", tuple(statements))
    target = path.with_name("other.db")
    with library_of(target, [make_article(text) for text in TEXTS]) as library:
        assert len(library.articles.candidates("trump's")) == len(TEXTS)
    assert indexed(target) == 0
    monkeypatch.undo()
    with Library(target) as library:
        library.add_articles([NEW])
        assert len(library.articles.candidates("trump's")) == 1
        assert library.problems() == ()


def test_an_index_that_this_sqlite_cannot_read_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'trigram', 'absent') "
            "WHERE name = 'article_index'"
        )
    connection.close()
    with Library(path) as library:
        assert len(library.articles.candidates("trump's")) == len(TEXTS)
        assert library.problems() == ()


def test_an_index_out_of_step_is_a_problem(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO article_index (article_index) VALUES ('delete-all')")
    connection.close()
    with Library(path) as library:
        told = library.problems()
    assert f"article {make_article(ENGLISH).id}: the search does not find its text" in told


def test_the_library_that_ships_can_be_searched_and_not_a_byte_changes(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "annotations.db"
    path = tmp_path / "annotations.db"
    shutil.copy(shipped, path)
    path.chmod(0o444)
    with Library(path) as library:
        for query in ("Trump's", "2016 campaign", "ترامب", "kampanye"):
            assert set(library.articles.candidates(query)) >= holding(library, query) != set()
    assert path.read_bytes() == shipped.read_bytes()
    assert os.listdir(tmp_path) == [path.name]


def empty_action() -> Action:
    return Action(new_id(), ANN.id, "import", (), now())


def indexed(path: Path) -> int:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        count: int = connection.execute("SELECT count(*) FROM indexed").fetchone()[0]
    finally:
        connection.close()
    return count
