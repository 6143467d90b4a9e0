"""The base direction of each paragraph."""

from __future__ import annotations

import re

from reader.text.bidi import base_level
from reader.text.properties import bidi_classes

_WORD = re.compile("([LRA])[^WSB]*")
# A paragraph of the other language may quote a name or two in the article's.
_FOREIGN = 5


def paragraph_base(text: str, rtl: bool | None) -> int:
    """Return the base level of a paragraph (UAX #9, HL1), 0 or 1.

    In an article its direction decides, so that a paragraph of an Arabic article
    that begins with a Latin name stays right-to-left. A paragraph takes the other
    direction if it begins in it and fewer than one word in five is the article's.

    Without an article the first strong character decides (P2, P3), but for a text
    that begins with a Latin name and whose words are mostly right-to-left.

    Args:
        text: The paragraph.
        rtl: Whether the article runs from right to left; None without an article.
    """
    words = _WORD.findall(bidi_classes(text))
    left = words.count("L")
    right = len(words) - left
    if rtl is None:
        return int(right > left) or base_level(text)
    if not words:
        return int(rtl)
    first = base_level(text) if left and right else int(not left)
    own = right if rtl else left
    return int(not rtl) if first != rtl and own * _FOREIGN < len(words) else int(rtl)
