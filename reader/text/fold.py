"""Folding for comparison: what a reader would call the same word becomes the same string.

Case, diacritics, harakat and tatweel go; the forms of alef, ya, kaf and ta
marbuta, curly quotes and the kinds of space each become one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ٱ": "ا",
        "ـ": None,
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
    }
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a text for comparison. The result has no offsets in common with it."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", plain)
    kept = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(kept).translate(_LETTERS).split())
