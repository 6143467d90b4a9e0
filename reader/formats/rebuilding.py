"""Offsets for words that come without any: they are looked for in a text, from left to right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from reader.annotation.spans import Range
from reader.errors import FormatError
from reader.formats.offsets import short

_ESCAPES = {
    "-LRB-": ("(",),
    "-RRB-": (")",),
    "-LSB-": ("[",),
    "-RSB-": ("]",),
    "-LCB-": ("{",),
    "-RCB-": ("}",),
    "``": ('"', "“", "«"),
    "''": ('"', "”", "»"),
}
"""What treebanks write for signs (Penn Treebank)."""

_SHOWN = 20


def places_of(text: str, article: str, words: Iterable[tuple[int, str]], cure: str) -> list[Range]:
    """Return where the words of a file stand in a text, in code points.

    Between them is nothing but white space and characters that nobody sees.

    Args:
        text: The text of the article.
        article: What messages call it.
        words: The words, each with the number of its line.
        cure: What can be done if they are not those of the text.

    Raises:
        FormatError: Naming the first line whose word does not follow.
    """
    found: list[Range] = []
    at, line = 0, 0
    for line, word in words:
        at = _next(text, at, word)
        shape = next((each for each in _shapes(word) if each and text.startswith(each, at)), None)
        if shape is None:
            raise FormatError(
                f"line {line}: “{short(word)}” does not follow in the text of {article}, which "
                f"{_rest(text, at)}; {cure}"
            )
        found.append((at, at + len(shape)))
        at += len(shape)
    if _next(text, at, "") < len(text):
        raise FormatError(
            f"line {line}: after it the words end, but the text of {article} "
            f"{_rest(text, _next(text, at, ''))}; {cure}"
        )
    return found


def _shapes(word: str) -> Iterator[str]:
    yield word
    yield from _ESCAPES.get(word, ())


def _next(text: str, at: int, word: str) -> int:
    """Return where the next word begins; what nobody sees may be a word as well."""
    while at < len(text) and not (word and text.startswith(word, at)) and _is_blank(text[at]):
        at += 1
    return at


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Cc")


def _rest(text: str, at: int) -> str:
    return f"goes on with “{short(text[at : at + _SHOWN])}”" if at < len(text) else "is at its end"
