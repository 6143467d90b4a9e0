"""The base direction of each paragraph."""

from __future__ import annotations

from reader.patterns import pattern
from reader.text.bidi import base_level, first_strong
from reader.text.properties import bidi_classes

_ISOLATE = pattern("[lrf]")
_LETTER = pattern("[A-Za-z]")
_WORD = pattern("([LRA])[^WSB]*")
_QUOTED = pattern("(?<=\u201c)[^\u201c\u201d]+(?=\u201d)")
# A paragraph of the other language may quote a name or two in the article's.
_FOREIGN = 5
_LOOKED_AT = 4096
_LRI, _RLI, _FSI, _PDI = "\u2066\u2067\u2068\u2069"


def own_base(text: str) -> int | None:
    """Return the base level that a text has by itself; None when it has no direction.

    The first strong character decides (P2, P3), but for a text that begins with a
    Latin name and whose words are mostly right-to-left. Words in isolates do not
    count: whoever put them there, as our own sentences do, keeps them to themselves.

    Args:
        text: The text; what follows 4096 code points is not looked at.
    """
    beginning = text[:_LOOKED_AT]
    if beginning.isascii():
        return 0 if _LETTER.search(beginning) else None
    classes = bidi_classes(beginning)
    words = [] if _ISOLATE.search(classes) else _WORD.findall(classes)
    left = words.count("L")
    return 1 if len(words) - left > left else first_strong(classes)


def isolated(text: str) -> str:
    """Return a text that orders itself inside another one (UAX #9, X5a-X5c)."""
    return f"{_RLI if own_base(text) == 1 else _FSI}{text}{_PDI}"


def worded(text: str) -> str:
    """Return words of ours, which may quote somebody's, as one piece of a longer sentence.

    They read from left to right whatever they quote: `note “ملاحظة”` is ours, though
    it has more words from right to left, and what follows it does not join them. What
    they quote orders itself, with its own full stop.
    """
    return f"{_LRI}{_QUOTED.sub(lambda quote: isolated(quote[0]), text)}{_PDI}"


def paragraph_base(text: str, rtl: bool | None) -> int:
    """Return the base level of a paragraph (UAX #9, HL1), 0 or 1.

    In an article its direction decides, so that a paragraph of an Arabic article
    that begins with a Latin name stays right-to-left. A paragraph takes the other
    direction if it begins in it and fewer than one word in five is the article's.

    Without an article it has its own (`own_base`), from left to right if it has none.

    Args:
        text: The paragraph.
        rtl: Whether the article runs from right to left; None without an article.
    """
    if rtl is None:
        return own_base(text) or 0
    words = _WORD.findall(bidi_classes(text))
    left = words.count("L")
    right = len(words) - left
    if not words:
        return int(rtl)
    first = base_level(text) if left and right else int(not left)
    own = right if rtl else left
    return int(not rtl) if first != rtl and own * _FOREIGN < len(words) else int(rtl)
