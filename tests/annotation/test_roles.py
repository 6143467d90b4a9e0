from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import ArticleDetails, with_details
from reader.annotation.roles import ROLES, roles_in, set_role
from reader.annotation.spans import Range
from reader.corpus.article import Article, Role, RoleRange
from reader.errors import AnnotationError
from tests.records import ANN, ARABIC, make_article, roles

TEXT = "Menu | Home\nThe big headline here\nLONDON - One is true. Two is not.\n\nThe end."
AUTHOR = Author(ANN, AnnotationSet())


def part(words: str, role: Role) -> RoleRange:
    start = TEXT.index(words)
    return RoleRange(start, start + len(words), role)


ARTICLE = make_article(
    TEXT,
    title=(12, 33),
    roles=(
        part("Menu | Home", "body"),
        part("The big headline here", "title"),
        part("LONDON - One is true. Two is not.", "body"),
        part("The end.", "body"),
    ),
)


def made(article: Article, ranges: list[Range], role: Role) -> Article:
    (change,) = set_role(AUTHOR, article, ranges, role).changes
    assert isinstance(change.after, ArticleDetails)
    return with_details(article, change.after)


def parts(article: Article) -> list[tuple[str, str]]:
    return [(part.role, article.text[part.start : part.end]) for part in article.roles]


def at(words: str) -> list[Range]:
    return [(TEXT.index(words), TEXT.index(words) + len(words))]


HEAD, REST = ("title", "The big headline here"), ("body", "The end.")


def test_a_line_becomes_boilerplate() -> None:
    after = made(ARTICLE, at("Menu | Home\n"), "boilerplate")
    assert parts(after)[:2] == [("boilerplate", "Menu | Home"), HEAD]
    assert after.title == ARTICLE.title


def test_another_line_becomes_the_title_and_the_one_before_is_body() -> None:
    after = made(ARTICLE, at("Menu | Home"), "title")
    assert parts(after)[:2] == [("title", "Menu | Home"), ("body", "The big headline here")]
    assert after.title == (0, 11)


def test_a_title_of_the_text_takes_the_place_of_a_typed_one() -> None:
    typed = make_article(TEXT, heading="Typed", roles=ARTICLE.roles, title=ARTICLE.title)
    after = made(typed, at("The big headline here"), "title")
    assert (after.heading, after.title) == ("", (12, 33))


def test_the_start_of_a_line_becomes_a_dateline_and_body_again() -> None:
    cut = made(ARTICLE, at("LONDON - "), "dateline")
    assert parts(cut)[2:4] == [("dateline", "LONDON -"), ("body", "One is true. Two is not.")]
    assert made(cut, at("LONDON - "), "body").roles == ARTICLE.roles


def test_a_range_over_lines_is_cut_at_each() -> None:
    start, end = TEXT.index("headline"), TEXT.index("Two")
    after = made(ARTICLE, [(start, end)], "boilerplate")
    assert parts(after) == [
        ("body", "Menu | Home"),
        ("title", "The big"),
        ("boilerplate", "headline here"),
        ("boilerplate", "LONDON - One is true."),
        ("body", "Two is not."),
        REST,
    ]
    assert after.title == (12, 19)


def test_a_title_that_is_all_boilerplate_is_none() -> None:
    after = made(ARTICLE, at("The big headline here"), "boilerplate")
    assert after.title is None
    assert ("title", "The big headline here") not in parts(after)


def test_a_discontinuous_selection_keeps_its_gap() -> None:
    after = made(ARTICLE, [*at("Menu"), *at("Home")], "boilerplate")
    assert parts(after)[:3] == [("boilerplate", "Menu"), ("body", "|"), ("boilerplate", "Home")]
    assert roles_in(after, at("Menu | Home")) == ("body", "boilerplate")


@pytest.mark.parametrize(
    ("ranges", "role", "message"),
    [
        (at("One is"), "body", "“One is” is body already"),
        (at("The big headline here"), "title", "is title already"),
        ([(33, 34)], "body", "Nothing but space is selected"),
        ([(5, 5)], "body", "Nothing but space is selected"),
        ([(0, 99)], "body", "The range 0-99 leaves the text, which has 77 code points"),
        ([*at("Menu"), *at("Home")], "title", "A title is one piece of the text"),
    ],
)
def test_what_cannot_be_is_refused(ranges: list[Range], role: Role, message: str) -> None:
    with pytest.raises(AnnotationError, match=message):
        set_role(AUTHOR, ARTICLE, ranges, role)


def test_a_removed_article_keeps_its_parts() -> None:
    removed = make_article(TEXT, removed=True)
    with pytest.raises(AnnotationError, match="is removed; bring it back first"):
        set_role(AUTHOR, removed, at("Menu"), "title")


PLAIN = make_article(ARABIC, "ar")


@given(
    roles(PLAIN),
    st.lists(st.tuples(st.integers(0, len(ARABIC)), st.integers(0, len(ARABIC))), max_size=3),
    st.sampled_from(ROLES),
)
def test_parts_stay_in_order_and_apart_and_nothing_is_lost(
    given_roles: tuple[RoleRange, ...], ranges: list[Range], role: Role
) -> None:
    article = make_article(ARABIC, "ar", roles=given_roles)
    try:
        after = made(article, ranges, role)
    except AnnotationError:
        assume(False)
    ends = [0]
    for one in after.roles:
        assert ends[-1] <= one.start < one.end <= len(ARABIC)
        ends.append(one.end)
    wanted = {i for start, end in ranges for i in range(start, end)}
    for offset, char in enumerate(ARABIC):
        if char.isspace():
            continue
        was, now = (_role_of(roles, offset) for roles in (article.roles, after.roles))
        if offset in wanted:
            assert now == role
        elif role == "title" and was == "title":
            assert now == "body"
        else:
            assert now == was


def _role_of(parts: tuple[RoleRange, ...], offset: int) -> Role | None:
    return next((part.role for part in parts if part.start <= offset < part.end), None)
