"""Words looked for in a library: the same hits as in each article, with the words around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reader.annotation.details import form_of
from reader.overview.search import Found, beside, search, to_tag
from reader.session import Session
from reader.store.library import Library
from reader.work.articles import edit_article, remove_article
from tests.records import make_article
from tests.text.searches import searches
from tests.text.test_fold import one_by_one

ONE = "Berg spoke of the 2016\u00a0campaign at length. " * 9 + "\n\nThen Berg left.\n"
TWO = "ترامب يعود\n\nعاد ترامب إلى البيت وقال كَرِيمٌ إنه لا يعلم.\n"
THREE = "Nobody spoke. Berg: “Trump’s men”\x85and Bergen."


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    articles = [make_article(ONE), make_article(TWO, "ar", title=(0, 10)), make_article(THREE)]
    with Library(tmp_path / "annotations.db") as library:
        library.add_articles(articles)
    session = Session.open(tmp_path / "annotations.db", "ann")
    yield session
    session.close()


def found(session: Session, query: str, language: str = "") -> list[Found]:
    return [each for each in search(session.library, query, language) if each is not None]


def test_each_hit_with_the_words_around_it(session: Session) -> None:
    one, three = found(session, "berg")
    assert (one.count, three.count) == (10, 2)
    first, second, *_, last = one.hits
    assert first.excerpt.startswith("Berg spoke of the 2016 campaign at length. Berg")
    assert first.excerpt.endswith(" …") and first.mark == (0, 4)
    assert second.excerpt.startswith("… of the 2016 campaign at length. Berg spoke")
    assert last.excerpt == "Then Berg left." and last.mark == (5, 9)
    assert [hit.excerpt for hit in three.hits] == [
        "Nobody spoke. Berg: “Trump’s men”",
        "and Bergen.",
    ]


def test_a_hit_before_many_blanks_has_nothing_after_it(session: Session) -> None:
    session.library.add_articles([make_article(f"A zeppelin{' ' * 400}rose. " + "It fell. " * 40)])
    (one,) = found(session, "zeppelin")
    assert one.hits[0].excerpt == "A zeppelin …"


def test_a_right_to_left_article_gives_excerpts_of_its_direction(session: Session) -> None:
    (two,) = found(session, "ترامب")
    assert (two.title, two.in_title, two.direction) == ("ترامب يعود", ((0, 5),), "rtl")
    assert [hit.base for hit in two.hits] == [1, 1]
    assert found(session, "ترامب", "en") == []


def test_an_article_that_is_removed_is_not_found_till_that_is_undone(session: Session) -> None:
    article = session.library.articles.read(make_article(TWO).id)
    remove_article(session, article)
    assert found(session, "كريم") == found(session, "كر") == []
    assert session.library.problems() == ()
    session.undo()
    assert len(found(session, "كريم")) == len(found(session, "كر")) == 1


def test_a_title_that_was_typed_is_found_though_the_text_has_it_nowhere(session: Session) -> None:
    article = session.library.articles.read(make_article(TWO).id)
    edit_article(session, article, replace(form_of(article), title="Zeppelins"))
    (two,) = found(session, "zeppelin")
    assert (two.title, two.in_title, two.count, two.hits) == ("Zeppelins", ((0, 8),), 0, ())
    session.undo()
    assert found(session, "zeppelin") == []


def test_the_next_article_with_the_words_and_the_one_before(session: Session) -> None:
    one, two, three = (make_article(text).id for text in (ONE, TWO, THREE))

    def other(query: str, article: str, step: int) -> str | None:
        place = beside(session.library, query, article, step)
        return None if place is None else place[0].id

    assert [other("berg", at, +1) for at in (one, two, three)] == [three, one, one]
    assert [other("berg", at, -1) for at in (one, two, three)] == [three, three, one]
    assert other("2016 campaign", one, +1) is None
    assert other("zeppelin", one, +1) is None


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=searches())
def test_the_hits_are_those_of_a_search_letter_by_letter(
    tmp_path: Path, case: tuple[list[str], list[str]]
) -> None:
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    texts, queries = case
    with Library(path) as library:
        library.add_articles(make_article(text) for text in texts)
        for query in queries:
            places = {
                each.article: [(hit.start, hit.end) for hit in each.hits]
                for each in search(library, query)
                if each is not None and each.count
            }
            every = {make_article(text).id: list(one_by_one(text, query)) for text in texts}
            assert places == {id: hits for id, hits in every.items() if hits}
            for each in filter(None, search(library, query)):
                whole = library.articles.read(each.article).text
                for hit in each.hits:
                    quote = " ".join(whole[hit.start : hit.end].split())
                    assert " ".join(hit.excerpt[slice(*hit.mark)].split()) == quote


def test_of_an_arabic_word_with_particles_the_name_is_to_be_tagged(tmp_path: Path) -> None:
    text = "قال لأسوشيتد برس إن أسوشيتد برسية، وبأسوشيتد برس."
    with Library(tmp_path / "arabic.db") as library:
        library.add_articles([make_article(text, "ar")])
        (found,) = (each for each in to_tag(library, "أسوشيتد برس", "ORG", "") if each is not None)
    assert [text[start:end] for start, end in found.found.hits] == ["أسوشيتد برس"] * 2
    assert found.found.in_words == 1
