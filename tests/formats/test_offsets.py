from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import FormatError, UsageError
from reader.formats.offsets import (
    CODE_POINTS,
    UNITS,
    UTF_8,
    UTF_16,
    Mark,
    Ruler,
    Unit,
    place,
    settle_unit,
    unit_named,
)
from tests.records import texts

OBAMA = "😊 أوباما"


# Counted by hand: the emoji is one code point, two UTF-16 units, four bytes.
@pytest.mark.parametrize(
    ("unit", "offsets"),
    [
        (CODE_POINTS, (2, 8)),
        (UTF_16, (3, 9)),
        (UTF_8, (5, 17)),
        (Unit(inclusive=True), (2, 7)),
        (Unit("utf-16", inclusive=True), (3, 8)),
    ],
)
def test_the_same_name_in_every_unit(unit: Unit, offsets: tuple[int, int]) -> None:
    ruler = Ruler(OBAMA, unit)
    assert ruler.offsets(2, 8) == offsets
    assert ruler.range(*offsets) == (2, 8)


def test_crlf_counts_as_one_where_the_unit_says_so() -> None:
    text = "ab\r\ncd\r\nef"
    ruler = Ruler(text, Unit(lf=True))
    assert ruler.range(3, 5) == (4, 6)
    assert ruler.offsets(8, 10) == (6, 8)
    # The line end itself is both of its characters.
    assert ruler.range(2, 3) == (2, 4)
    assert ruler.range(1, 4) == (1, 5)


@pytest.mark.parametrize("offsets", [(1, 3), (0, 1), (-1, 2), (3, 10), (9, 9), (5, 3)])
def test_what_cuts_a_character_or_leaves_the_text_is_no_range(offsets: tuple[int, int]) -> None:
    assert Ruler(OBAMA, UTF_16).range(*offsets) is None


@settings(max_examples=50)
@given(texts(min_size=1, max_size=20), st.sampled_from(UNITS), st.data())
def test_every_range_comes_back(text: str, unit: Unit, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if unit.lf and "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return
    ruler = Ruler(text, unit)
    assert ruler.range(*ruler.offsets(start, end)) == (start, end)
    encoded = {"utf-16": "utf-16-le", "utf-8": "utf-8", "code-points": "utf-32-le"}[unit.counts]
    sizes = {"utf-16": 2, "utf-8": 1, "code-points": 4}
    before = text.replace("\r\n", "\n")[: start - text.count("\r\n", 0, start)] if unit.lf else ""
    before = before or text[:start]
    if not unit.lf:
        assert ruler.offset(start) == len(before.encode(encoded)) // sizes[unit.counts]


def test_the_unit_in_which_all_quotes_match_is_taken() -> None:
    marks = [Mark(0, 2, "😊"), Mark(3, 9, "أوباما")]
    assert settle_unit([(OBAMA, marks)], (CODE_POINTS, UTF_16)) == UTF_16
    marks = [Mark(0, 1, "😊"), Mark(2, 8, "أوباما")]
    assert settle_unit([(OBAMA, marks)], (UTF_16, CODE_POINTS)) == CODE_POINTS


def test_where_no_unit_differs_the_documented_one_is_taken() -> None:
    assert settle_unit([("قال", [Mark(0, 3, "قال"), Mark(1, 2)])], (UTF_16, CODE_POINTS)) == UTF_16
    assert settle_unit([], (UTF_8, CODE_POINTS)) == UTF_8


def test_one_quote_settles_all_texts_of_a_file() -> None:
    parts = [("😊 a b", [Mark(3, 4)]), (OBAMA, [Mark(3, 9, "أوباما")])]
    assert settle_unit(parts, (CODE_POINTS, UTF_16)) == UTF_16


def test_two_units_that_fit_and_differ_are_asked_about() -> None:
    with pytest.raises(FormatError, match=r"as code-points and utf-16.*--offsets code-points"):
        settle_unit([("😊aa", [Mark(2, 3, "a")])], (CODE_POINTS, UTF_16))
    with pytest.raises(FormatError, match="which are different places"):
        settle_unit([("😊 ab", [Mark(2, 3)])], (CODE_POINTS, UTF_16))


def test_where_no_unit_fits_the_error_counts_the_quotes() -> None:
    marks = [Mark(2, 8, "أوباما"), Mark(0, 2, "😊"), Mark(0, 1, "x")]
    words = r"of its 3 quotes not all stand .*\(1 as code-points, 1 as utf-16\); say with --offsets"
    with pytest.raises(FormatError, match=words):
        settle_unit([(OBAMA, marks)], (CODE_POINTS, UTF_16))


def test_what_does_not_fit_the_unit_that_was_said_is_named_one_by_one() -> None:
    marks = [Mark(2, 8, "أوباما"), Mark(0, 2, "😊"), Mark(0, 99)]
    assert place(OBAMA, marks, CODE_POINTS) == [
        (2, 8),
        "0-2 reads “😊 ”, not “😊”",
        "0-99 is no range of the text",
    ]


def test_a_quote_with_lf_stands_where_the_text_has_crlf() -> None:
    assert place("a\r\nb", [Mark(0, 4, "a\nb")], CODE_POINTS) == [(0, 4)]


def test_units_have_names() -> None:
    assert [str(unit) for unit in UNITS[:4]] == ["code-points", "utf-16", "utf-8", "code-points/lf"]
    for unit in UNITS:
        assert unit_named(str(unit)) == unit
    with pytest.raises(UsageError, match="'bytes' is no unit of offsets"):
        unit_named("bytes")
