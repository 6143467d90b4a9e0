"""Levels and order where Unicode's files say nothing, or where an example says more."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import bidi
import pytest

from reader.text import properties
from reader.text.bidi import base_level, first_strong, line_levels, resolve_levels, visual_order
from reader.text.data import ucd
from tests.text import ucd_files

SEEDS = Path(__file__).parents[2] / "seeds"
ALEF = "\u0627"


def test_tables_and_tests_are_of_one_version() -> None:
    assert f"BidiTest-{properties.UNICODE_VERSION}.txt" in ucd_files.first_line("BidiTest.txt")
    assert f"-{properties.UNICODE_VERSION}.txt" in ucd_files.first_line("BidiCharacterTest.txt")


@pytest.mark.parametrize(
    ("starts", "values"),
    [
        (ucd.BIDI_CLASS_STARTS, ucd.BIDI_CLASS_VALUES),
        (ucd.JOINING_TYPE_STARTS, ucd.JOINING_TYPE_VALUES),
    ],
)
def test_range_tables_cover_all_code_points_in_order(starts: str, values: str) -> None:
    assert starts[0] == "\x00"
    assert len(starts) == len(values)
    assert list(starts) == sorted(set(starts))
    assert all(one != next_one for one, next_one in pairwise(values))


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (0x0041, "L"), (0x05D0, "R"), (0x0627, "A"), (0x0031, "E"), (0x0661, "H"), (0x06F1, "E"),
        (0x002B, "s"), (0x0025, "t"), (0x002F, "c"), (0x064E, "M"), (0x200D, "b"), (0x2029, "B"),
        (0x0009, "S"), (0x0020, "W"), (0x00AB, "N"), (0x202B, "y"), (0x2067, "r"), (0x2069, "p"),
        # Unassigned code points have defaults by their block.
        (0x05FF, "R"), (0x070E, "A"), (0x20CF, "t"), (0x1EEFF, "A"), (0x10FFFF, "b"),
        (0x0378, "L"), (0xE0FFF, "b"), (0x061D, "A"),
    ],
)  # fmt: skip
def test_bidi_classes(point: int, code: str) -> None:
    assert properties.bidi_classes(chr(point)) == code


def test_brackets_mirror_and_match() -> None:
    assert properties.MIRRORED["("] == ")"
    assert properties.MIRRORED["\u00ab"] == "\u00bb"
    assert properties.OPENING_BRACKETS["\u2329"] == properties.CLOSING_BRACKETS["\u3009"]
    assert "\ufd3e" not in properties.OPENING_BRACKETS
    assert set(properties.OPENING_BRACKETS) <= set(properties.MIRRORED)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("", 0),
        ("12 - 34", 0),
        ("abc", 0),
        (ALEF, 1),
        ("12 " + ALEF + " abc", 1),
        # An isolate is passed over, also one that is never closed.
        ("\u2067" + ALEF + "\u2069 abc", 0),
        ("\u2066abc\u2069 " + ALEF, 1),
        ("\u2068" + ALEF, 0),
        ("\u2069" + ALEF, 1),
        # An embedding is not.
        ("\u202b" + "abc", 0),
        ("\u05ff", 1),
        # The first paragraph decides.
        ("\n" + ALEF, 0),
        # Newer than these tables, or never a character.
        ("\ufdd0" + ALEF, 1),
        ("\U0001f8b2" + ALEF, 0),
    ],
)
def test_base_level(text: str, base: int) -> None:
    assert base_level(text.partition("\n")[0]) == base
    assert resolve_levels(text)[0] == base


def test_removed_code_points_take_the_level_before_them() -> None:
    assert resolve_levels("\u202ba\u202c", 0) == (0, [0, 2, 2])
    assert resolve_levels("\u200c" + ALEF + "\u200c" + "a", 1) == (1, [1, 1, 1, 2])
    assert resolve_levels("\u200d1", 1) == (1, [1, 2])


def test_all_marks_after_a_bracket_go_with_it() -> None:
    # N0: only Latin in the brackets and a Latin letter before them.
    text = ALEF + " a(b)\u0301\u0301 " + ALEF
    assert resolve_levels(text) == (1, [1, 1, 2, 2, 2, 2, 2, 2, 1, 1])


def test_each_paragraph_of_a_text_is_resolved_on_its_own() -> None:
    text = ALEF + "\nabc 12\n" + ALEF + " 12"
    assert resolve_levels(text) == (1, [1, 1] + [0] * 7 + [1, 1, 2, 2])
    assert resolve_levels("a\u2029" + ALEF + "!", 1) == (1, [2, 1, 1, 1])


def test_spaces_go_back_to_the_base_level_at_the_end_of_a_line_only() -> None:
    # Space, tab and space within Arabic in a left-to-right line.
    classes = "AWAWSAW"
    assert line_levels([1] * 7, classes, 0) == [1, 1, 1, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("levels", "order"),
    [
        ([], []),
        ([0, 0], [0, 1]),
        ([1, 1], [1, 0]),
        ([2, 2], [0, 1]),
        # UAX #9, 3.4: the third and fourth lines of the example.
        ([0, 1, 1, 2, 2, 1, 0], [0, 5, 3, 4, 2, 1, 6]),
        ([1, 2, 3, 3, 2, 1, 4, 4], [6, 7, 5, 1, 3, 2, 4, 0]),
    ],
)
def test_visual_order(levels: list[int], order: list[int]) -> None:
    assert visual_order(levels) == order


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("*.txt")))
def test_order_of_the_seeds_is_python_bidis(name: str) -> None:
    text = (SEEDS / name).read_text(encoding="utf-8")
    for paragraph in filter(None, text.splitlines()):
        base, levels = resolve_levels(paragraph)
        levels = line_levels(levels, properties.bidi_classes(paragraph), base)
        drawn = "".join(paragraph[index] for index in visual_order(levels))
        assert drawn == bidi.get_display(paragraph)


@pytest.mark.parametrize("sign", ["%", " ", "(", ",", "\u202b", "\u2067", "\u064e", "1", "-"])
@pytest.mark.parametrize("frame", ["{}", "1{}", ALEF + "{}1", "1{}" + ALEF, "a {}\t"])
def test_a_hundred_thousand_signs_in_a_row_resolve(sign: str, frame: str) -> None:
    """A rule that were quadratic would take minutes here."""
    text = frame.format(sign * 100_000)
    base, levels = resolve_levels(text)
    assert len(line_levels(levels, properties.bidi_classes(text), base)) == len(text)


def test_python_bidi_and_our_tables_find_the_same_base_level() -> None:
    """Of every settled character of the Basic Multilingual Plane before a strong one."""
    wrong = []
    for point in (*range(0xD800), *range(0xE000, 0x10000)):
        for strong in ("a", ALEF):
            text = chr(point) + strong
            if base_level(text) != (first_strong(properties.bidi_classes(text)) or 0):
                wrong.append(hex(point))
    assert wrong == []


def test_a_lone_surrogate_in_a_name_is_no_reason_to_fail() -> None:
    assert base_level("\udcff \u0627") == 0
    assert resolve_levels("\u0627 \udcff") == (1, [1, 1, 2])
