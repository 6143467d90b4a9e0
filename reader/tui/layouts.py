"""Keys by their position on the Arabic, Persian and Hebrew standard keyboards.

Somebody who has just typed a note in Arabic presses the A key for a command
and the terminal sends ش. The rows are those of the standard layouts (Arabic
101, ISIRI 9147, SI-1452), in the order of the keys of a US keyboard.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
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

# The keys around the letters, where a layout does not send what a US keyboard does.
_AROUND: dict[Layout, tuple[str, str]] = {
    "arabic": ("ذ\u0651…", "`~|"),
    "persian": ("\u200d÷\u066c\u066b\ufdfc\u066a×،ـ", "`~@#$%^&_"),
    "hebrew": ("", ""),
}

_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def _positions(layout: Layout) -> dict[str, str]:
    """Map what a layout's keys send to what the same keys of a US keyboard send."""
    plain, shifted = _ROWS[layout]
    found = dict(zip(shifted, _US_SHIFT, strict=False)) | dict(zip(plain, _US, strict=True))
    found |= zip(*_AROUND[layout], strict=True)
    # What is on a US keyboard too means itself: nobody can tell which key it came from.
    return {sent: key for sent, key in found.items() if not sent.isascii()}


@lru_cache(maxsize=1)
def _all_positions() -> dict[Layout, dict[str, str]]:
    return {layout: _positions(layout) for layout in _ROWS}


@lru_cache(maxsize=1)
def _telling() -> dict[str, Layout]:
    """Map each character that only one layout sends to that layout."""
    found = [(sent, layout) for layout, keys in _all_positions().items() for sent in keys]
    counts = Counter(sent for sent, _ in found)
    return {sent: layout for sent, layout in found if counts[sent] == 1}


class KeyPositions:
    """Finds the US key of a character, minding which layout was in use last.

    Arabic and Persian keyboards have some letters in different places; the
    last letter that only one of them has decides.
    """

    def __init__(self, layout: Layout = "arabic") -> None:
        self.layout = layout

    def us_key(self, character: str) -> str | None:
        """Return what a US keyboard sends for the same key, or None if it is no such key."""
        for digits in _DIGITS:
            if character in digits:
                return str(digits.index(character))
        self.layout = _telling().get(character, self.layout)
        positions = _all_positions()
        for layout in (self.layout, *positions):
            if character in positions[layout]:
                return positions[layout][character]
        return None
