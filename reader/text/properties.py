"""Character properties, all of one version of the Unicode Character Database.

Bidi classes are one letter each, chosen so that none means anything in a
regular expression:

    L R A      strong: left-to-right, right-to-left, Arabic letter
    E H        European number, Arabic ("Hindi") number
    s t c      European separator, European terminator, common separator
    M b        nonspacing mark, boundary neutral
    B S W N    paragraph separator, segment separator, white space, other neutral
    x y u v z  LRE RLE LRO RLO PDF
    l r f p    LRI RLI FSI PDI
"""

from __future__ import annotations

from bisect import bisect_right

from reader.text.data import ucd

UNICODE_VERSION = ucd.VERSION


class _RangeTable(dict[int, str]):
    """A mapping for `str.translate` that looks each code point up once."""

    def __init__(self, starts: str, values: str) -> None:
        super().__init__()
        self._starts = tuple(map(ord, starts))
        self._values = values

    def __missing__(self, point: int) -> str:
        value = self._values[bisect_right(self._starts, point) - 1]
        self[point] = value
        return value


_BIDI_CLASSES = _RangeTable(ucd.BIDI_CLASS_STARTS, ucd.BIDI_CLASS_VALUES)
_JOINING_TYPES = _RangeTable(ucd.JOINING_TYPE_STARTS, ucd.JOINING_TYPE_VALUES)

MIRRORED = dict(zip(ucd.MIRRORED[::2], ucd.MIRRORED[1::2], strict=True))
"""Each character with a mirror image, and that image (UAX #9, L4)."""

OPENING_BRACKETS = dict(zip(ucd.BRACKETS[::2], ucd.BRACKET_KEYS, strict=True))
CLOSING_BRACKETS = dict(zip(ucd.BRACKETS[1::2], ucd.BRACKET_KEYS, strict=True))
"""Paired brackets; an opening and a closing one match when their values are equal
(UAX #9, BD14 to BD16; canonically equivalent brackets share a value)."""


def bidi_classes(text: str) -> str:
    """The bidi class letter of each code point, unassigned ones included."""
    return text.translate(_BIDI_CLASSES)


def joining_types(text: str) -> str:
    """The joining type of each code point: U, R, D, L, C or T."""
    return text.translate(_JOINING_TYPES)
