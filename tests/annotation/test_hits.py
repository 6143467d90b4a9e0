"""Hits: the next one, those that are whole words, and those that are left to tag."""

from __future__ import annotations

import pytest

from reader.annotation.hits import (
    Taggable,
    beside,
    excerpt,
    first_from,
    hits_in,
    is_whole,
    taggable,
)
from reader.annotation.model import Mention
from reader.annotation.spans import Range, make_span

HITS = ((4, 7), (10, 13), (20, 23))


@pytest.mark.parametrize(("offset", "index"), [(0, 0), (4, 0), (5, 1), (20, 2), (21, 0)])
def test_a_search_begins_at_the_selection_and_wraps(offset: int, index: int) -> None:
    assert first_from(HITS, offset) == index


@pytest.mark.parametrize(
    ("offset", "step", "found"),
    [
        (0, 1, (0, False)),
        (4, 1, (1, False)),
        (12, 1, (2, False)),
        (20, 1, (0, True)),
        (20, -1, (1, False)),
        (5, -1, (0, False)),
        (4, -1, (2, True)),
    ],
)
def test_the_next_hit_passes_the_one_where_one_is(
    offset: int, step: int, found: tuple[int, bool]
) -> None:
    assert beside(HITS, offset, step) == found


def whole(text: str, query: str) -> list[int]:
    """Starts of the hits that are whole words."""
    return [start for start, _ in taggable(text, hits_in(text, query), (), (), is_whole).hits]


@pytest.mark.parametrize(
    ("text", "query", "starts"),
    [
        ("Berg, Berger and Vanberg: Berg.", "berg", [0, 26]),
        ("Trump’s wall, Trump's men, Trumpism", "trump", [0, 14]),
        ("كريم وكريم كريمة كَرِيمٌ", "كريم", [0, 17]),
        ("کتاب کتاب\u200cها", "کتاب", [0]),
        ("2016 campaign, 2016\u00a0campaigns", "2016 campaign", [0]),
        ("e\u0301t e\u0301te\u0301", "ét", [0]),
    ],
)
def test_hits_inside_longer_words_are_left_out(text: str, query: str, starts: list[int]) -> None:
    assert whole(text, query) == starts


def test_boundaries_decide_where_words_stand_without_spaces() -> None:
    # ICU's dictionary cuts 我/在/北京/工作; 京工 is a part of two words.
    assert whole("我在北京工作", "北京") == [2]
    assert whole("我在北京工作", "京工") == []


def test_what_is_left_out_is_counted_by_reason() -> None:
    text = "Anna Berg said. Berg left. Bergen. Berg again. Read more: Berg"
    article = "0123456789abcdef"

    def mention(place: Range) -> Mention:
        span = make_span(article, text, [place])
        return Mention("m", span, "PER", "a", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")

    found = taggable(text, hits_in(text, "berg"), [(47, len(text))], [mention((0, 9))], is_whole)
    assert found == Taggable(((16, 20), (35, 39)), in_words=1, barred=1, tagged=1)


def test_a_late_hit_shows_in_what_is_left_of_its_sentence() -> None:
    text = "One. It is long before the sentence comes to Berg at last. Two."
    start = text.index("Berg")
    shown = excerpt(text, (5, 58), (start, start + 4))
    assert shown == "… the sentence comes to Berg at last."
    assert (
        excerpt(text, (5, 58), (8, 10)) == "It is long before the sentence comes to Berg at last."
    )
    assert excerpt("x" * 90, (0, 90), (60, 62)) == "… " + "x" * 54
