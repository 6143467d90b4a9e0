"""Whether a name that was found stands there as a word of its own.

Arabic writes some particles together with the next word: conjunction (و ف),
preposition (ب ك ل) and article (ال). A name after them is whole.
"""

from __future__ import annotations

import re
import unicodedata

from reader.annotation.hits import is_whole

_BEFORE_NAME = re.compile("[وف]?(?:[بك]?(?:ال)?|ل|لل)")
_BEFORE_ARTICLE = re.compile("[وف]?[بكل]?")
_BEFORE_ELIDED = re.compile("[وف]?ل")
_SHORTEST = 3
"""Letters a word needs for particles to be cut off before it: `ولي` is not و with `لي`."""
_APOSTROPHES = "'’ʼ"
_ELIDED_ARTICLES = ("l", "d", "L", "D")
_ADDRESS = re.compile(r"://|\bwww\.|@\w")


def stands_alone(text: str, start: int, end: int, *, elided: bool = False) -> bool:
    """Tell whether a range of a text is a word, or words, of its own.

    Args:
        text: The text.
        start: First code point of the range.
        end: One past its last code point.
        elided: Whether the range begins with a lam that needs the particle ل before it.
    """
    if _after_apostrophe(text, start) or _in_address(text, start, end):
        return False
    before = _letters_before(text, start)
    if elided or before:
        return _may_follow(before, text[start:end], elided) and is_whole(
            text, start - _length_before(text, start), end
        )
    return is_whole(text, start, end)


def _may_follow(before: str, name: str, elided: bool) -> bool:
    """Tell whether letters before a name can be particles written together with it."""
    if elided:
        return _BEFORE_ELIDED.fullmatch(before) is not None
    if len(name) < _SHORTEST:
        return False
    rule = _BEFORE_ARTICLE if name.startswith("ال") else _BEFORE_NAME
    return rule.fullmatch(before) is not None


def _length_before(text: str, start: int) -> int:
    """Count the code points of the word that stand before an offset."""
    first = start
    while first > 0 and _in_arabic_word(text[first - 1]):
        first -= 1
    return start - first


def _letters_before(text: str, start: int) -> str:
    """Return the Arabic letters of the word that stand before an offset, marks left out."""
    before = text[start - _length_before(text, start) : start]
    return "".join(c for c in before if unicodedata.category(c) == "Lo")


def _in_arabic_word(char: str) -> bool:
    return "\u0610" <= char <= "\u06ff" and unicodedata.category(char) in ("Lo", "Lm", "Mn")


def _after_apostrophe(text: str, start: int) -> bool:
    """Tell whether a word is cut at its apostrophe: `O’Brien`, but not `d’Assange`."""
    if start < 2 or text[start - 1] not in _APOSTROPHES or not text[start - 2].isalpha():
        return False
    first = start - 2
    while first > 0 and text[first - 1].isalpha():
        first -= 1
    return text[first : start - 1] not in _ELIDED_ARTICLES


def _in_address(text: str, start: int, end: int) -> bool:
    """Tell whether a range is a part of a web address, a mail address or an account's name."""
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isalpha():
        return True
    if start and text[start - 1] in "@_":
        return True
    return _ADDRESS.search(_token_before(text, start)) is not None


def _token_before(text: str, start: int) -> str:
    first = start
    while first > 0 and not text[first - 1].isspace():
        first -= 1
    return text[first:start]
