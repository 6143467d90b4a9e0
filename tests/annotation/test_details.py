from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.details import DetailsForm, edit_details, form_of, remove, restore
from reader.annotation.model import ArticleDetails, with_details
from reader.corpus.article import Article, display_title
from reader.errors import AnnotationError
from tests.records import ANN, make_article

TEXT = "The headline\n\nNix told Assange."
AUTHOR = Author(ANN, AnnotationSet())
ARTICLE = make_article(
    TEXT,
    title=(0, 12),
    publisher="Reuters",
    sources=("news/a.txt", "https://a.example/1", "https://b.example/2"),
)


def edited(article: Article = ARTICLE, **typed: Any) -> Article:
    action = edit_details(AUTHOR, article, replace(form_of(article), **typed))
    assert action is not None
    (change,) = action.changes
    assert isinstance(change.after, ArticleDetails)
    assert (change.after.updated, change.after.updated_by) == (action.created, ANN.id)
    return with_details(article, change.after)


def test_a_form_shows_what_is_known() -> None:
    assert form_of(ARTICLE) == DetailsForm(
        "The headline", "Reuters", "", "https://a.example/1", "en", "ltr", ()
    )
    assert form_of(make_article("No headline here.")).title == ""


def test_a_title_over_two_lines_is_shown_on_one() -> None:
    article = make_article("One \r\n two\n\nThree.", title=(0, 10))
    assert form_of(article).title == "One two"
    assert edit_details(AUTHOR, article, form_of(article)) is None


def test_what_is_the_same_is_no_action() -> None:
    assert edit_details(AUTHOR, ARTICLE, form_of(ARTICLE)) is None
    assert edit_details(AUTHOR, ARTICLE, replace(form_of(ARTICLE), publisher=" Reuters ")) is None


def test_only_what_differs_is_checked_and_named() -> None:
    odd = replace(ARTICLE, published="8 Nov", language="zz")
    action = edit_details(AUTHOR, odd, replace(form_of(odd), title="New", tags=("a",)))
    assert action is not None
    assert action.what == "edit title, tags of “The headline”"


def test_a_typed_title_stands_in_place_of_the_texts_own() -> None:
    typed = edited(title="  Ein Titel ")
    assert (typed.heading, typed.title) == ("Ein Titel", (0, 12))
    assert display_title(typed) == ("Ein Titel", False)
    for again in ("", "The headline"):
        back = edited(typed, title=again)
        assert (back.heading, back.title) == ("", (0, 12))
        assert display_title(back) == ("The headline", False)


def test_the_first_web_address_is_the_articles() -> None:
    at = {
        "https://c.example/": ("news/a.txt", "https://c.example/", "https://b.example/2"),
        "https://b.example/2": ("news/a.txt", "https://b.example/2"),
        "": ("news/a.txt", "https://b.example/2"),
    }
    assert {url: edited(url=url).sources for url in at} == at
    assert edited(make_article("x"), url="http://a.example").sources == (
        "a.txt",
        "http://a.example",
    )


def test_a_language_that_is_chosen_is_sure() -> None:
    after = edited(language="FA")
    assert (after.language, after.language_confidence, after.language_method) == (
        "fa",
        1.0,
        "given",
    )


def test_fields_are_trimmed_and_an_empty_one_is_unknown() -> None:
    after = edited(publisher=" ", tags=(" حملة ", "", "2016", "حملة"), published=" 2016-11 ")
    assert (after.publisher, after.tags, after.published) == (None, ("حملة", "2016"), "2016-11")


@pytest.mark.parametrize(
    "date",
    [
        *("2016", "2016-11", "2016-11-08", "2016-02-29", "2016-11-08T17:30"),
        *("2016-11-08T17:30:00Z", "2016-11-08 17:30:00+03:30"),
    ],
)
def test_dates_that_do(date: str) -> None:
    assert edited(published=date).published == date


REFUSED: dict[str, tuple[tuple[Any, ...], str]] = {
    "published": (
        (
            *("2016-13", "2015-02-29", "8 Nov 2016", "2016-11-8", "20161108"),
            *("٢٠١٦", "2016-W45", "0000"),
        ),
        "is no date; write one like 2016-11-08, 2016-11 or 2016",
    ),
    "url": (
        (
            *("a.example/1", "ftp://a.example", "https://", "https://a b.example"),
            *(
                "http://[::1",
                "http://a.example:x/",
                "javascript://a",
                "https://a.example/\u202egpj.exe",
            ),
        ),
        "is no web address; write one like https://example.org/news/1",
    ),
    "language": (("zz", "english", "e", "en_", "en--GB", "x-y", "ا"), "is no language code"),
    "direction": (("", "up", "RTL!"), "is no direction; it is ltr or rtl"),
    "publisher": (("a\nb", "\x1b[31m", "a\u2028b"), "The publisher has a line break or control"),
    "title": (("a\nb",), "The title has a line break"),
    "tags": ((("a,b",), ("ا،ب",)), "commas part tags"),
}


@pytest.mark.parametrize(
    ("name", "typed"), [(name, typed) for name, (wrong, _) in REFUSED.items() for typed in wrong]
)
def test_what_cannot_be_right_is_refused_in_one_line(name: str, typed: Any) -> None:
    with pytest.raises(AnnotationError, match=REFUSED[name][1]) as info:
        edited(**{name: typed})
    assert "\n" not in info.value.message


def test_a_tag_is_as_long_as_a_word_or_two_and_no_longer() -> None:
    assert edited(tags=("ح" * 64,)).tags == ("ح" * 64,)
    with pytest.raises(AnnotationError, match="has more than 64 characters; shorten it"):
        edited(tags=("2016", "ح" * 65))


@pytest.mark.parametrize("code", ["ar", "fa", "ckb", "en-GB", "zh-Hant-TW", "und"])
def test_language_codes_that_do(code: str) -> None:
    assert edited(replace(ARTICLE, language="id"), language=code).language == code


def test_a_removed_article_is_changed_by_bringing_it_back_alone() -> None:
    (change,) = remove(AUTHOR, ARTICLE).changes
    assert isinstance(change.after, ArticleDetails)
    removed = with_details(ARTICLE, change.after)
    assert removed.removed
    with pytest.raises(AnnotationError, match="“The headline” is removed; bring it back"):
        remove(AUTHOR, removed)
    with pytest.raises(AnnotationError, match="“The headline” is removed; bring it back"):
        edit_details(AUTHOR, removed, form_of(removed))
    (change,) = restore(AUTHOR, removed).changes
    assert isinstance(change.after, ArticleDetails)
    assert not change.after.removed
    with pytest.raises(AnnotationError, match="is not removed"):
        restore(AUTHOR, ARTICLE)
