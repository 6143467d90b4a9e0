"""Editing a line: the value that results, and the column the caret is drawn in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.widgets.line_edit import WIDE, LineEdit, one_line

texts = st.text(st.sampled_from("ab لاب\u064e1(.)👩\u200d🏽e\u0301"), max_size=12)
Key = Callable[[LineEdit], LineEdit]
KEYS: list[Key] = [
    LineEdit.backspace,
    LineEdit.delete,
    LineEdit.delete_word,
    LineEdit.delete_to_start,
    LineEdit.delete_to_end,
    LineEdit.to_start,
    LineEdit.to_end,
    lambda line: line.to_side(-1),
    lambda line: line.to_side(1),
    lambda line: line.to_word(-1),
    lambda line: line.to_word(1),
    lambda line: line.insert("ب"),
    lambda line: line.insert("x"),
]


def typed(text: str) -> LineEdit:
    line = LineEdit()
    for char in text:
        line = line.insert(char)
    return line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\r\nc\td", "a b c d"),
        ("a\x00\x1b[31mb\x7f", "a[31mb"),
        ("می\u200cروم", "می\u200cروم"),
        ("a\ud800b", "ab"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
    ],
)
def test_a_line_has_no_breaks_and_no_controls(text: str, expected: str) -> None:
    assert one_line(text) == expected
    assert LineEdit().insert(text).value == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("باب", "با"),
        ("بَّ", "بَ"),  # the mark typed last
        ("بَ", "ب"),
        ("لا", "ل"),  # one letter of a lam-alef
        ("e\u0301", "e"),
        ("a👩\u200d🏽", "a"),
        ("a🇸🇦", "a"),
        ("", ""),
    ],
)
def test_backspace_takes_back_what_was_typed_last(text: str, expected: str) -> None:
    assert typed(text).backspace().value == expected


def test_delete_takes_the_whole_cluster_under_the_caret() -> None:
    assert typed("بَّا").to_start().delete().value == "ا"
    assert typed("لا").to_start().delete().value == "ا"
    assert typed("ab").delete().value == "ab"


def test_words_are_passed_and_deleted() -> None:
    line = typed("قال ترامب yes")
    assert [line.to_word(-1).caret, line.to_word(-1).to_word(-1).caret] == [10, 4]
    assert [line.to_start().to_word(1).caret, line.to_word(1).caret] == [3, 13]
    assert line.delete_word().value == "قال ترامب "
    assert line.delete_word().delete_word().value == "قال "
    assert line.to(4).delete_to_start().value == "ترامب yes"
    assert line.to(4).delete_to_end().value == "قال "


@pytest.mark.parametrize(
    ("text", "caret", "column"),
    [
        ("", 0, 0),
        ("abc", 3, 3),
        ("abc", 1, 1),
        # A right-to-left line ends at the last column; columns count from there.
        ("باب", 0, -1),
        ("باب", 2, -3),
        ("باب", 3, -4),
        # The next Arabic letter goes to the left of the last, where that one stands
        # now; a Latin line is pushed to the right.
        ("abcبا", 5, 3),
        # The next Latin letter goes to the right of the last, which moves left.
        ("باabc", 5, -3),
        # A number stands to the left of the Arabic before it and reads rightwards;
        # the text goes on to the left of all of it, also after a percent sign.
        ("با 2018", 7, -8),
        ("با 12%", 6, -7),
        # The words before the number are Latin: they go on to the right of it.
        ("با abc 12", 9, -4),
        ("abc 12", 6, 6),
        ("2018", 4, 4),
        # Arabic in a Latin line goes on to the left of its number.
        ("abc با 12", 9, 4),
    ],
)
def test_the_caret_stands_where_the_next_letter_goes(text: str, caret: int, column: int) -> None:
    line = typed(text).to(caret)
    assert line.column == (column if column >= 0 else WIDE + column)


def test_after_typing_the_caret_stays_with_the_letter_where_directions_meet() -> None:
    line = typed("abc xyz").to(4).insert("ب").insert("ا")
    assert line.value == "abc باxyz"
    # abc AB|xyz is drawn abc BAxyz: the next Arabic letter goes where the alef is.
    assert line.column == 4
    # Put there by hand the caret stands on the x.
    assert line.to(6).column == 6


@given(texts)
def test_typing_letter_by_letter_is_pasting_at_once(text: str) -> None:
    once = LineEdit().insert(text)
    assert typed(text) == once
    assert typed(text).column == once.column


@given(texts.filter(lambda text: text and "\u200d" not in text), st.sampled_from("بaxا"))
def test_a_letter_of_the_same_direction_appears_where_the_caret_was(text: str, char: str) -> None:
    line = typed(text + char)
    after = line.insert(char)
    shown = after.layout.lines[0]
    last = max(shown.columns(), key=lambda each: each[1].start)
    # A lam-alef takes the column of its lam, which was there before.
    if last[1].second is None:
        assert last[0] == line.column


@given(st.lists(st.sampled_from(KEYS), max_size=20), texts)
def test_no_series_of_keys_breaks_the_line(keys: list[Key], text: str) -> None:
    line = LineEdit().insert(text)
    for key in keys:
        line = key(line)
        assert 0 <= line.caret <= len(line.value)
        assert one_line(line.value) == line.value
        row = line.layout.lines[0]
        assert row.indent - 1 <= line.column <= row.indent + row.width


@given(texts, st.sampled_from([-1, 1]))
def test_the_arrows_reach_both_sides_of_the_line(text: str, step: int) -> None:
    line = LineEdit().insert(text)
    for _ in range(2 * len(text) + 2):
        line = line.to_side(step)
    row, rtl = line.layout.lines[0], line.layout.base == 1
    if rtl == (step < 0):
        assert line.caret == len(text)
    elif text:
        assert line.column == (WIDE - row.cells[-1].width if rtl else 0)
