"""Keys by their position on the Arabic, Persian and Hebrew standard keyboards.

Somebody who has just typed a note in Arabic presses the A key for a command
and the terminal sends ش. The rows are those of the standard layouts (Arabic
101, ISIRI 9147, SI-1452), in the order of the keys of a US keyboard.
"""

from __future__ import annotations

from typing import Literal

Layout = Literal["arabic", "persian", "hebrew"]

_US = "qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_US_SHIFT = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'

_ROWS: dict[Layout, tuple[str, str]] = {
    "arabic": (
        "ضصثقفغعهخحجد" + "شسيبلاتنمكط" + "ئءؤرﻻىةوزظ",
        "\u064e\u064b\u064f\u064cﻹإ`÷×؛<>" + '\u0650\u064d][ﻷأـ،/:"' + "~\u0652}{ﻵآ',.؟",
    ),
    "persian": (
        "ضصثقفغعهخحجچ" + "شسیبلاتنمکگ" + "ظطزرذدپو./",
        "\u0652\u064c\u064d\u064b\u064f\u0650\u064e\u0651][}{"
        + "ؤئيإأآة»«:؛"
        + "ك\u0653ژ\u0670\u200c\u0654ء><؟",
    ),
    "hebrew": ("/'קראטוןםפ][" + "שדגכעיחלךף," + "זסבהנמצתץ.", ""),
}

_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def _positions(layout: Layout) -> dict[str, str]:
    """Map what a layout's keys send to what the same keys of a US keyboard send."""
    plain, shifted = _ROWS[layout]
    found = dict(zip(shifted, _US_SHIFT, strict=False)) | dict(zip(plain, _US, strict=True))
    # What is on a US keyboard too means itself: nobody can tell which key it came from.
    return {sent: key for sent, key in found.items() if not sent.isascii()}


_POSITIONS: dict[Layout, dict[str, str]] = {layout: _positions(layout) for layout in _ROWS}
_DIGIT_KEYS = {sent: str(i) for digits in _DIGITS for i, sent in enumerate(digits)}


def _telling(layout: Layout) -> frozenset[str]:
    """Return the characters that only this layout sends."""
    others = {sent for other, keys in _POSITIONS.items() if other != layout for sent in keys}
    return frozenset(_POSITIONS[layout]) - others


_TELLING: dict[Layout, frozenset[str]] = {layout: _telling(layout) for layout in _POSITIONS}


class KeyPositions:
    """Finds the US key of a character, minding which layout was in use last.

    Arabic and Persian keyboards have some letters in different places; the
    last letter that only one of them has decides.
    """

    def __init__(self, layout: Layout = "arabic") -> None:
        self.layout = layout

    def us_key(self, character: str) -> str | None:
        """Return what a US keyboard sends for the same key, or None if it is no such key."""
        if character in _DIGIT_KEYS:
            return _DIGIT_KEYS[character]
        for layout, telling in _TELLING.items():
            if character in telling:
                self.layout = layout
        for layout in (self.layout, *_POSITIONS):
            if character in _POSITIONS[layout]:
                return _POSITIONS[layout][character]
        return None
