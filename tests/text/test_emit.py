"""Rows and lines for plain terminals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.text.emit import one_line, one_row, safe_text, visual_line
from reader.text.layout import layout_paragraph
from tests.text.texts import any_text, bases

UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
DAL, ALEF = "\u062f", "\u0627"


def test_a_row_stands_where_it_should() -> None:
    layout = layout_paragraph(f"{DAL} ab", 7)
    assert visual_line(layout.lines[0]) == "   ab \ufea9"
    left = layout_paragraph("ab", 4).lines[0]
    assert visual_line(left) == "ab"
    assert visual_line(left, 4) == "ab  "


@pytest.mark.parametrize(
    ("text", "width", "row", "base"),
    [
        ("", 5, "", 0),
        ("title", 5, "title", 0),
        ("titles", 5, "titl\u2026", 0),
        ("a title", 3, "a\u2026", 0),
        ("two\r\nlines\t.", 20, "two  lines .", 0),
        # Arabic is cut on the left, where its reading ends.
        (f"{DAL}{DAL}{DAL}{DAL}", 3, "\u2026\ufea9\ufea9", 1),
        (f"{DAL} abcdef", 6, "\u2026abc \ufea9", 1),
        (f"abc {DAL}{ALEF}{DAL}", 6, "abc \ufea9\u2026", 0),
        # A Latin name at its beginning does not turn it round.
        (f"ab {DAL} {DAL}{ALEF}", 9, "\ufe8d\ufea9 \ufea9 ab", 1),
        (f"ab {DAL} {DAL}{ALEF}", 5, "\u2026\ufea9 ab", 1),
        ("ab", 1, "\u2026", 0),
        ("ab", 0, "", 0),
        ("\x1b[31mred", 20, "\u241b[31mred", 0),
    ],
)
def test_one_line(text: str, width: int, row: str, base: int) -> None:
    assert one_line(text, width) == (row, base)


def test_the_ellipsis_stands_for_what_is_left_out() -> None:
    line, base = one_row(f"{DAL} abcdef", 6)
    assert base == 1
    assert (line.cells[0].start, line.cells[0].end) == (5, 8)
    assert one_line("abcdef", 5, ellipsis="...") == ("ab...", 0)


def test_an_isolate_that_is_cut_has_the_ellipsis_where_its_reading_ends() -> None:
    title = f"\u2067{DAL} {DAL} {DAL}\u2069"
    assert one_line(f"a {title}", 20)[0] == "a \ufea9 \ufea9 \ufea9"
    assert one_line(f"a {title}", 6)[0] == "a \u2026\ufea9 \ufea9"
    assert one_line(f"a {title} b", 6)[0] == "a \u2026\ufea9 \ufea9"
    # A closed isolate before the cut has no part in it.
    assert one_line(f"{title} bcd", 8, 0)[0] == "\ufea9 \ufea9 \ufea9 b\u2026"
    # In a row from right to left, a Latin name that is cut.
    assert one_line(f"{DAL} \u2068abcd\u2069", 5, 1)[0] == "ab\u2026 \ufea9"


@given(any_text, st.integers(0, 30), bases)
def test_a_row_fits_and_is_harmless(text: str, width: int, base: int | None) -> None:
    line, level = one_row(text, width, base)
    drawn = visual_line(line)
    assert cell_len(drawn) <= width
    assert line.indent == (width - line.width if level else 0)
    assert not UNSAFE.search(drawn)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain \u0639\u0631\u0628\u064a", "plain \u0639\u0631\u0628\u064a"),
        ("a\x1b]0;x\x07\nb", "a\u241b]0;x\u2407\u240ab"),
        ("evil\u202etxt.exe\u2066", "eviltxt.exe"),
        ("\u0645\u06cc\u200c\u0631", "\u0645\u06cc\u200c\u0631"),
        ("\x9b31m\ud800", "\ufffd31m\ufffd"),
        ("a\tb\u2028c", "a    b c"),
    ],
)
def test_safe_text(text: str, safe: str) -> None:
    assert safe_text(text) == safe
    safe_text(text).encode("utf-8")


@given(any_text)
def test_safe_text_is_safe(text: str) -> None:
    assert not UNSAFE.search(safe_text(text))
