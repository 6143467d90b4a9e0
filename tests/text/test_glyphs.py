"""What a cluster is drawn as, and that everybody measures it alike."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from reader.text.glyphs import glyph


@pytest.mark.parametrize(
    ("cluster", "shown", "width"),
    [
        ("a", "a", 1),
        ("\u6f22", "\u6f22", 2),
        ("e\u0301", "e\u0301", 1),
        ("\ufe91\u064e\u0651", "\ufe91\u064e\u0651", 1),
        ("\t", "    ", 4),
        ("\x00", "\u2400", 1),
        ("\x1b", "\u241b", 1),
        ("\r\n", "\u240d\u240a", 2),
        ("\x7f", "\u2421", 1),
        ("\x9b", "\ufffd", 1),
        ("\u200d", "", 0),
        ("\u200f", "", 0),
        ("\u202e", "", 0),
        ("\u2067", "", 0),
        ("\u00ad", "", 0),
        ("\ufeff", "", 0),
        ("\U000e0061", "", 0),
        ("\u064e", "\u064e", 0),
        ("\u06cc\u200c", "\u06cc", 1),
        # Signs whose width terminals do not agree on.
        ("\u06dd", "\u25cb", 1),
        ("\u0600", "#", 1),
        ("\u0605\u0661", "#\u0661", 2),
        # Emoji: one picture each, the same columns whether or not it can be drawn.
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468", 2),
        ("\u2764\ufe0f", "\u2764 ", 2),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764 ", 2),
        ("1\ufe0f\u20e3", "1\u20e3 ", 2),
        ("\U0001f44d\U0001f3fd", "\U0001f44d", 2),
        ("\U0001f1fa\U0001f1f8", "\U0001f1fa\U0001f1f8", 2),
        ("\U0001f1fa", "U ", 2),
        ("\U0001f3fd", "\ufffd ", 2),
        ("\u231a\ufe0e", "\u231a", 2),
        # Newer than Rich's tables.
        ("\U0001fadd", "\ufffd ", 2),
        # Devanagari: the vowel sign has a column of its own.
        ("\u0915\u093f", "\u0915\u093f ", 2),
        ("\u0915\u094d\u0937", "\u0915\u094d\u0937", 2),
    ],
)
def test_glyph(cluster: str, shown: str, width: int) -> None:
    assert glyph(cluster) == (shown, width)
    assert cell_len(shown) == width


def test_no_control_or_format_character_is_ever_drawn() -> None:
    unsafe = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    drawn = [
        hex(point)
        for point in range(0x110000)
        if unicodedata.category(chr(point)) in unsafe
        and any(unicodedata.category(char) in unsafe for char in glyph.__wrapped__(chr(point))[0])
    ]
    assert drawn == []


def test_rich_measures_every_character_as_we_do() -> None:
    wrong = []
    for point in range(0x110000):
        if 0x20000 <= point < 0xE0000 or point >= 0xE1000:
            continue
        shown, width = glyph.__wrapped__(chr(point))
        if cell_len(shown) != width:
            wrong.append(hex(point))
    assert wrong == []
