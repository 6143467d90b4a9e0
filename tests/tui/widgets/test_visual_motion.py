"""Left, right, up and down over rows in visual order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.selection import Range, Selection, TextUnits, Unit
from reader.tui.widgets.article_rows import ArticleRows
from reader.tui.widgets.visual_motion import column_of, row_edge, sideways, vertical

MIXED = "قال Donald Trump أمس\nثم عاد\nNew York"

texts = st.text(st.sampled_from("ab لاب1.\n"), max_size=60)


def made(text: str, width: int = 20, rtl: bool = True) -> tuple[ArticleRows, TextUnits]:
    return ArticleRows(text, rtl, width), TextUnits(text)


def chosen(text: str, part: str, unit: Unit = "word") -> Selection:
    start = text.index(part)
    return Selection(start, start + len(part), unit)


def moved(text: str, part: str, step: int, rtl: bool = True, unit: Unit = "word") -> str | None:
    rows, units = made(text, 20, rtl)
    found = sideways(rows, units, chosen(text, part, unit), step)
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("part", "step", "expected"),
    [
        # Drawn from the left: ams Donald Trump qal.
        ("قال", -1, "Trump"),
        ("Trump", -1, "Donald"),
        ("Donald", -1, "أمس"),
        ("أمس", -1, "ثم"),  # the next row in reading direction, from its right end
        ("ثم", 1, "أمس"),
        ("أمس", 1, "Donald"),
        ("Trump", 1, "قال"),
        ("قال", 1, None),
        ("عاد", -1, "York"),  # a Latin paragraph is entered from its right end too
        ("New", -1, None),
        ("New", 1, "York"),
        ("York", 1, "عاد"),
    ],
)
def test_left_and_right_go_to_what_stands_there(part: str, step: int, expected: str | None) -> None:
    assert moved(MIXED, part, step) == expected


def test_letters_of_a_lam_alef_are_two_stops() -> None:
    assert moved("بلاب", "ب", -1, unit="cluster") == "ل"
    assert moved("بلاب", "ل", -1, unit="cluster") == "ا"
    assert moved("بلاب", "ا", -1, unit="cluster") == "ب"
    assert moved("بلاب", "ا", 1, unit="cluster") == "ل"


def test_up_and_down_keep_to_a_column_and_pass_blank_rows() -> None:
    text = "aaa bbb ccc\n\n...\nddd eee fff"
    rows, units = made(text, 20, False)
    start = chosen(text, "bbb")
    column = column_of(rows, start)
    assert column == 5
    below = vertical(rows, units, start, 1, column)
    assert below is not None
    assert text[slice(*below)] == "."  # a row of marks only still has something to select
    last = vertical(rows, units, Selection(*below), 1, column)
    assert last is not None
    assert text[slice(*last)] == "eee"
    assert vertical(rows, units, Selection(*last), 1, column) is None
    assert vertical(rows, units, start, -1, column) is None


def test_home_and_end_are_logical() -> None:
    rows, units = made(MIXED)
    for part in ("قال", "Donald", "أمس"):
        first = row_edge(rows, units, chosen(MIXED, part), -1)
        last = row_edge(rows, units, chosen(MIXED, part), 1)
        assert first is not None and last is not None
        assert (MIXED[slice(*first)], MIXED[slice(*last)]) == ("قال", "أمس")


@given(texts, st.booleans(), st.integers(8, 30))
def test_going_one_way_visits_every_word_once_and_back_again(
    text: str, rtl: bool, width: int
) -> None:
    rows, units = made("\n".join(_short(line) for line in text.split("\n")), width, rtl)
    forward = -1 if rtl else 1
    there = _walk(rows, units, Selection(0, 0), forward)
    assert sorted(there) == _words(units)
    if there:
        back = _walk(rows, units, Selection(*there[-1]), -forward)
        assert back == there[-2::-1]


def _short(line: str) -> str:
    """The line with words short enough to stand in one row."""
    return " ".join(word[:6] for word in line.split(" "))


def _walk(rows: ArticleRows, units: TextUnits, start: Selection, step: int) -> list[Range]:
    seen: list[Range] = []
    found = sideways(rows, units, start, step)
    while found is not None and len(seen) <= len(units.text):
        seen.append(found)
        found = sideways(rows, units, Selection(*found), step)
    return seen


def _words(units: TextUnits) -> list[Range]:
    words: list[Range] = []
    found = units.first("word", "start", 0)
    while found is not None:
        words.append(found)
        found = units.first("word", "start", found[1])
    return words
