"""Sorting, filtering and counting the list of articles, by hand-made entries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.overview.shelf import (
    FINISHED,
    SORTS,
    Collection,
    Progress,
    View,
    arranged,
    collections,
    in_scope,
    languages,
    next_unfinished,
    progress,
)
from reader.session import ArticleEntry

PLAIN = ArticleEntry(
    id="",
    title="",
    title_marked=True,
    language="en",
    language_confidence=1.0,
    direction="ltr",
    status="new",
    mentions=0,
    claims=0,
    notes=0,
    characters=1,
    added="2026-01-01T00:00:00Z",
    tags=(),
)
STATUSES = ("new", "in progress", "done", "reviewed", "skipped")


def entry(id: str, title: str = "", language: str = "en", status: str = "new") -> ArticleEntry:
    return PLAIN._replace(id=id, title=title, language=language, status=status)


def ids(entries: tuple[ArticleEntry, ...]) -> str:
    return "".join(each.id for each in entries)


entries = st.lists(
    st.builds(
        lambda title, language, status, mentions: entry("", title, language, status)._replace(
            mentions=mentions
        ),
        st.text("aAéB ‏“إاأ", max_size=4),
        st.sampled_from(("ar", "en")),
        st.sampled_from(STATUSES),
        st.integers(0, 3),
    ),
    max_size=8,
).map(lambda found: tuple(each._replace(id=str(i)) for i, each in enumerate(found)))
views = st.builds(
    View, st.sampled_from(SORTS), st.sampled_from(("", "a", "ا")), st.sampled_from(("", "ar"))
)


def test_titles_are_sorted_by_letters_not_by_signs_marks_or_case() -> None:
    shelf = (
        entry("f", "إعلان إفلاسها"),
        entry("b", "\u200fbeta"),
        entry("e", "zeta"),
        entry("a", "“Alpha” — a report"),
        entry("c", "Élan vital"),
        entry("d", "…elbow"),
        entry("g", "اعلان اول"),
        entry("h", "«تعود»"),
        entry("i", "—"),
    )
    # Hamza does not count, so f and g part where fa stands before waw.
    assert ids(arranged(shelf, View("title"))) == "abcdefghi"


def test_what_is_equal_stays_in_the_order_it_was_added() -> None:
    shelf = (entry("a", "x", "id"), entry("b", "X", "ar"), entry("c", "x", "id"))
    assert ids(arranged(shelf, View())) == "abc"
    assert ids(arranged(shelf, View("title"))) == "abc"
    assert ids(arranged(shelf, View("language"))) == "bac"


def test_what_is_begun_stands_before_what_waits_and_what_is_finished_last() -> None:
    shelf = tuple(entry(status[0], status=status) for status in reversed(STATUSES))
    assert ids(arranged(shelf, View("status"))) == "indrs"


def test_annotations_of_all_kinds_count_most_first() -> None:
    shelf = (
        entry("a")._replace(mentions=2),
        entry("b"),
        entry("c")._replace(mentions=1, claims=1, notes=1),
    )
    assert ids(arranged(shelf, View("annotations"))) == "cab"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trump's", "a"),
        ("2016 CAMPAIGN", "a"),
        ("campaign trump", "a"),
        ("حمله", "b"),
        ("إنتخاب", "b"),
        ("  ", "ab"),
        ("trump حملة", ""),
    ],
)
def test_a_title_is_found_as_a_reader_would_type_it(text: str, found: str) -> None:
    shelf = (
        entry("a", "Scrutiny on President Trump’s 2016\u00a0campaign"),
        entry("b", "حَمْلَة إعادة انتخـاب ترامب"),
    )
    assert ids(arranged(shelf, View(text=text))) == found


def test_filters_hold_together_and_clearing_them_keeps_the_order() -> None:
    shelf = (
        entry("a", "report", "en", "done"),
        entry("b", "report", "ar"),
        entry("c", "report", "en", "in progress"),
        entry("d", "letter", "en"),
    )
    view = View("title", "report", "en", unfinished=True)
    assert ids(arranged(shelf, view)) == "c"
    assert view.filtered and not view.cleared().filtered
    assert ids(arranged(shelf, view.cleared())) == "dabc"
    assert not View(text=" \u200f").filtered


def test_sorting_goes_round() -> None:
    view = View(text="x")
    for sort in (*SORTS[1:], SORTS[0]):
        view = view.sorted_next()
        assert view == View(sort, "x")


def test_statuses_and_languages_are_counted() -> None:
    shelf = (
        entry("a", language="id", status="done"),
        entry("b", language="ar", status="done"),
        entry("c", language="ar", status="in progress"),
        entry("d", language="en", status="skipped"),
    )
    assert progress(shelf) == Progress(done=2, reviewed=0, skipped=1, in_progress=1, new=0)
    assert languages(shelf) == (("ar", 2), ("en", 1), ("id", 1))
    assert (progress(()), languages(())) == (Progress(0, 0, 0, 0, 0), ())


def found(shelf: tuple[ArticleEntry, ...], view: View, at: str | None, itself: bool = False) -> str:
    following = next_unfinished(shelf, view, at, itself=itself)
    return "" if following is None else following.id


def test_the_next_unfinished_article_follows_in_the_order_of_the_list_and_then_from_its_top() -> (
    None
):
    shelf = (
        entry("a", "z"),
        entry("b", "y", status="done"),
        entry("c", "x", "ar", status="in progress"),
        entry("d", "w", status="skipped"),
        entry("e", "v", status="reviewed"),
    )
    assert [found(shelf, View(), at) for at in "abcde"] == ["c", "c", "a", "a", "a"]
    assert [found(shelf, View("title"), at) for at in "abcde"] == ["c", "a", "a", "c", "c"]
    assert [found(shelf, View(), at, itself=True) for at in "abc"] == ["a", "c", "c"]
    assert [found(shelf, View(), at) for at in (None, "gone")] == ["a", "a"]
    # An article that is not in the view is left in the direction of the list all the same.
    assert found(shelf, View(language="en", unfinished=True), "c") == "a"


def test_nothing_is_left_when_only_this_one_is_unfinished() -> None:
    shelf = (entry("a"), entry("b", language="ar", status="done"))
    assert found(shelf, View(), "a") == ""
    assert found(shelf, View(), "a", itself=True) == "a"
    assert found(shelf, View(language="ar"), "a") == ""
    assert found((), View(), None) == ""


@given(entries, views)
def test_a_view_shows_each_article_once_and_only_leaves_out_what_its_filters_name(
    shelf: tuple[ArticleEntry, ...], view: View
) -> None:
    shown = arranged(shelf, view)
    assert len(set(shown)) == len(shown) and set(shown) <= set(shelf)
    assert sorted(arranged(shelf, view.cleared()), key=shelf.index) == list(shelf)
    unfinished = arranged(shelf, replace(view, unfinished=True))
    assert unfinished == tuple(each for each in shown if each.status not in FINISHED)


@given(entries, views)
def test_going_on_from_each_article_comes_by_all_unfinished_ones(
    shelf: tuple[ArticleEntry, ...], view: View
) -> None:
    left = arranged(shelf, replace(view, unfinished=True))
    at, passed = None, []
    for _ in left:
        following = next_unfinished(shelf, view, at)
        if following is None:
            break
        at = following.id
        passed.append(following)
    assert tuple(passed) == left


def test_collections_are_counted_and_parted_from_the_rest() -> None:
    one, two, three = (
        entry("a")._replace(tags=("x", "Été")),
        entry("b", status="done")._replace(tags=("x",)),
        entry("c", language="ar"),
    )
    assert collections([one, two, three]) == (Collection("Été", 1, 0), Collection("x", 2, 1))
    assert arranged([one, two, three], View(tag="x")) == (one, two)
    assert in_scope([one, two, three], View(tag="x", unfinished=True, text="zz")) == (one, two)
    assert in_scope([one, two, three], View(language="ar")) == (three,)
    assert View(tag="x").filtered
    assert next_unfinished([one, two, three], View(tag="x"), two.id) == one


def test_what_is_assigned_comes_before_the_rest() -> None:
    own = frozenset(("@01K5A8QWERTYASDFGHZXCVB124", "@نور"))
    one, two, three = entry("1"), entry("2"), entry("3")._replace(tags=(max(own),))
    assert next_unfinished([one, two, three], View(), one.id, own=own) == three
    assert next_unfinished([one, two, three], View(), one.id, own=frozenset({"@Kim"})) == two
    done = three._replace(status="done")
    assert next_unfinished([one, two, done], View(), one.id, own=own) == two
