"""Folding for comparison and search: what a reader would call the same word becomes the same.

Case, diacritics, harakat and tatweel go; the forms of alef, ya, kaf and ta
marbuta, curly quotes and the kinds of space each become one. Each character
folds by itself, so a place in the folded text leads back to one in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from reader.text.paragraphs import paragraphs

_LETTERS = {
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ٱ": "ا",
    "ـ": "",
    "‘": "'",
    "’": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
}


class _Table(dict[int, str]):
    """The fold of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        decomposed = unicodedata.normalize("NFKD", plain)
        kept = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
        folded = "".join(" " if c.isspace() else _LETTERS.get(c, c) for c in kept)
        self[code] = folded
        return folded


_TABLE = _Table()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a name or a query for comparison; spaces at its ends go, runs of them become one."""
    return " ".join(text.translate(_TABLE).split())


def find_all(text: str, query: str) -> Iterator[tuple[int, int]]:
    """Find what a reader would call the same words, paragraph by paragraph.

    Args:
        text: Where to look.
        query: What to look for; one that folds to nothing finds nothing.

    Yields:
        Start and end of each hit, as code points of the text, in order and
        disjoint; marks on the last letter are part of the hit.
    """
    words = fold(query).split(" ")
    if not any(words):
        return
    wanted = re.compile(" +".join(map(re.escape, words)))
    for paragraph in paragraphs(text):
        part = text[paragraph.start : paragraph.end]
        for start, end in _find_in_paragraph(part, wanted):
            yield paragraph.start + start, paragraph.start + end


def _find_in_paragraph(text: str, wanted: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    hits = list(wanted.finditer(text.translate(_TABLE)))
    if not hits:
        return
    lengths = (len(char.translate(_TABLE)) for char in text)
    edges = list(accumulate(lengths, initial=0))
    passed = 0
    for hit in hits:
        # Where a character folds to nothing two edges are equal; the later one shows a letter.
        start = bisect_right(edges, hit.start()) - 1
        end = bisect_right(edges, hit.end() - 1)
        while end < len(text) and unicodedata.category(text[end]) == "Mn":
            end += 1
        # Two hits can lie in one character: “ß” folds to “ss”.
        if start >= passed:
            yield start, end
            passed = end
