"""Plain text is cut and measured as wcwidth does it."""

from __future__ import annotations

import re
import sys

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from reader.text.glyphs import glyph
from reader.text.plain import MARKS, PLAIN, graphemes, is_plain

ALL = "".join(map(chr, range(sys.maxunicode + 1)))
LETTERS = re.findall(f"[{PLAIN}]", ALL)
SIGNS = re.findall(f"[{MARKS}]", ALL)
OTHERS = (
    "\n\r\t\u00ad\u0600\u06dd\u0903\u0e33\u200b\u200c\u200d\u200f\u202e\u2068\ufe0f"
    "\U0001f1ee\U0001f1f7\U0001f468\uac00\u1100"
)


def test_there_are_letters_of_every_script_that_articles_here_are_in() -> None:
    assert {*"aZ0 é“”’ж", *"אבת", *"ابتثپچکیہھ،؟ﻼﻻ"} <= set(LETTERS)
    assert {*"ًَُِّْٰ", *"ַָ"} <= set(SIGNS)


def test_each_letter_takes_one_column_with_every_mark_and_begins_a_cluster() -> None:
    for letter in LETTERS:
        assert wcswidth(letter) == 1
        assert list(iter_graphemes(f"a{letter}a")) == ["a", letter, "a"]
        assert glyph(letter) == (letter, 1)
    for mark in SIGNS:
        assert wcswidth(f"\u0628{mark}") == 1
        assert list(iter_graphemes(f"\u0628{mark}\u0628")) == [f"\u0628{mark}", "\u0628"]


@given(st.text(st.sampled_from([*LETTERS, *SIGNS]), min_size=1))
def test_plain_text_is_cut_into_letters_with_their_marks(text: str) -> None:
    assert graphemes(text) == list(iter_graphemes(text))
    assert is_plain(text) == (text[0] not in SIGNS)


@given(st.text(st.sampled_from([*"ab اب", *SIGNS[:3], *OTHERS])))
def test_other_text_is_cut_as_ever(text: str) -> None:
    assert graphemes(text) == list(iter_graphemes(text))
    assert is_plain(text) == bool(text and set(text) <= {*LETTERS, *SIGNS} and text[0] in LETTERS)


def test_nothing_is_not_plain() -> None:
    assert not is_plain("")
    assert graphemes("") == []
    assert glyph("") == ("", 0)
