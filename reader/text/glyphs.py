"""What a grapheme cluster looks like in a terminal, and how many columns it takes.

Terminals, wcwidth and Rich measure most text alike. Where they do not (emoji
sequences, lone regional indicators, number signs, characters newer than a
measurer's tables) the text shown is replaced by one on which all agree, so that
a row is as wide as we say wherever it is drawn.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reader.patterns import pattern
from reader.text.plain import is_plain

TAB_WIDTH = 4
_REPLACEMENT = "\ufffd"
# Signs that stand over or round the digits after them: no column in some
# terminals, one in others.
_NUMBER_SIGNS = dict.fromkeys(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u0890\u0891\U000110bd\U000110cd", "#"
)
_SIGNS = _NUMBER_SIGNS | dict.fromkeys("\u06dd\u08e2", "\u25cb")

_SPECIAL = pattern(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Assigned so lately, or measured so variously, that a measurer may not know.
_DISPUTED = pattern(
    "[\u05c8\u05c9\u0b53\u0b54\u1ade\u1adf\u1aec-\u1af0\U00010ecb-\U00010ecf"
    "\U00010ef0-\U00010ef9\U00011df0\U00018cd6-\U00018cda\U00018d1f\U00018d20"
    "\U00018e00-\U00019191\U000191a0-\U000191d2\U0001b123-\U0001b128\U0001b168"
    "\U0001d127\U0001d128\U0001d250-\U0001d252\U0001d25b\U0001d25c\U0001d25f"
    "\U0001d280\U0001d281\U0001f1ae\U0001f3fb-\U0001f3ff\U0001f6d9\U0001f7da"
    "\U0001fa8b-\U0001fa8d\U0001facc\U0001fadd\U0001faeb\U0001faf9\U0001fafa]"
)


_INDICATOR = pattern("[\U0001f1e6-\U0001f1ff]")
_EMOJI_JOINER = pattern("\u200d.*[\U0001f000-\U0001ffff]|[\U0001f000-\U0001ffff].*\u200d")


@lru_cache(maxsize=16384)
def glyph(cluster: str) -> tuple[str, int]:
    """Text and columns of one grapheme cluster.

    Control characters become visible signs, a tab `TAB_WIDTH` blanks; format
    characters (bidi controls, joiners, tags) go, for a terminal may act on
    them. A width of 0 means that nothing is left, or only a stray mark.

    Args:
        cluster: One grapheme cluster, shaped.
    """
    if is_plain(cluster):
        return cluster, 1
    from wcwidth import wcswidth

    shown = _SPECIAL.sub(_substitute, cluster) if _SPECIAL.search(cluster) else cluster
    if not shown:
        return "", 0
    if _EMOJI_JOINER.search(cluster):
        # Drawn as one picture where terminals can, as several where they cannot.
        return _padded(_settled(shown[0]), wcswidth(cluster))
    if len(_INDICATOR.findall(shown)) == 1:
        return _padded(_settled(_INDICATOR.sub(_indicator_letter, shown)), 2)
    return _padded(_settled(shown), wcswidth(cluster if "\ufe0f" in cluster else shown))


def columns(text: str) -> int:
    """Columns of a text of cells: the sum over its characters."""
    from wcwidth import wcwidth

    return sum(
        1 if "\U0001f1e6" <= char <= "\U0001f1ff" else max(wcwidth(char), 0) for char in text
    )


def _substitute(found: re.Match[str]) -> str:
    """What is shown for a character that must not reach a terminal; often nothing."""
    char = found[0]
    if char == "\t":
        return " " * TAB_WIDTH
    if char < "\x20":
        return chr(0x2400 + ord(char))
    if char == "\x7f":
        return "\u2421"
    if "\x80" <= char < "\xa0" or "\ud800" <= char <= "\udfff":
        return _REPLACEMENT
    return _SIGNS.get(char, "")


def _indicator_letter(found: re.Match[str]) -> str:
    """The Latin letter of a regional indicator that has no partner."""
    return chr(ord(found[0]) - 0x1F1E6 + ord("A"))


def _settled(shown: str) -> str:
    """Leave out disputed characters; the base is replaced."""
    if not _DISPUTED.search(shown):
        return shown
    base = _REPLACEMENT if _DISPUTED.match(shown) and columns(shown[0]) else shown[0]
    return _DISPUTED.sub("", base + shown[1:])


def _padded(shown: str, width: int) -> tuple[str, int]:
    """Blanks after a text that measures less than its cluster as a whole."""
    measured = columns(shown)
    return shown + " " * (width - measured), max(width, measured)
