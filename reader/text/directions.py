"""The base direction of each paragraph of an article."""

from __future__ import annotations

import re

from reader.text.properties import bidi_classes

_STRONG = re.compile("[LRA]")


def paragraph_base(text: str, rtl: bool) -> int:
    """Return the base level of a paragraph (UAX #9, HL1), 0 or 1.

    The article's direction decides, so that a paragraph of an Arabic article
    that begins with a Latin name stays right-to-left. Only a paragraph all of
    whose strong characters run the other way takes theirs.

    Args:
        text: The paragraph.
        rtl: Whether the article runs from right to left.
    """
    strong = set(_STRONG.findall(bidi_classes(text)))
    if not strong:
        return int(rtl)
    if rtl:
        return int(strong != {"L"})
    return int("L" not in strong)
