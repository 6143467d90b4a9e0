"""Consonant skeletons: how a name sounds, whichever script it is written in.

`Parscale` and بارسكيل have one skeleton. Letters of Latin, Arabic and Hebrew
script become classes of consonants that the scripts write for one another
(Arabic has no p, v or hard g of its own); vowels, `h` and `w` inside words, and
doubled letters go. What remains of two spellings is alike, seldom equal:
`similarity` says how much.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from reader.text.fold import fold

_GROUPS = {
    **dict.fromkeys(("tsch", "tch", "sch", "ch", "sh", "ce", "ci", "cy", "تش"), "S"),
    **dict.fromkeys(("dge", "dg", "dj", "دج"), "J"),
    **dict.fromkeys(("ck", "kh", "qu"), "K"),
    **dict.fromkeys(("x", "كس"), "KS"),
    "ph": "F",
    "th": "T",
    "gh": "J",
}
_CLASSES = {
    "B": "bpبپבפ",
    "F": "fvفڤף",
    "T": "dtتطثدذضظתטדث",
    "J": "gjجگغג",
    "K": "ckqكقخכךק",
    "S": "szسصزشژچסזצץש",
    "L": "lلל",
    "M": "mمמם",
    "N": "nنנן",
    "R": "rرר",
    "H": "hهحהח",
}
_CLASS_OF = {letter: kind for kind, letters in _CLASSES.items() for letter in letters}
_PARTS = re.compile("|".join([*sorted(_GROUPS, key=len, reverse=True), "."]))
_NUMBER = re.compile(r"\d+")
_ARTICLE = re.compile("^ال(?=..)")
ALIKE = 0.8
"""Similarity from which on two words are taken for one name: `Washington` and واشنطن have 0.89,
`Oczkowski` and أوزكوفسكي 0.8."""
_LEAST = 2
"""Consonants below which a skeleton says nothing: initials, `The`. With no more than these it
must be the same or its beginning: what has one letter more in the middle is another word."""


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the consonant classes of one word; "" when it has none that are known."""
    plain = _ARTICLE.sub("", fold(word))
    single = "".join(letter for letter, _ in groupby(plain))
    kinds = [_GROUPS.get(part) or _CLASS_OF.get(part, "") for part in _PARTS.findall(single)]
    first, rest = kinds[:1], kinds[1:]
    return "".join(first + [kind for kind in rest if kind != "H"])


@lru_cache(maxsize=65536)
def skeletons(text: str) -> tuple[str, ...]:
    """Return the skeletons of the words of a text, without those that say nothing."""
    return tuple(found for word in text.split() if len(found := skeleton(word)) >= _LEAST)


@lru_cache(maxsize=65536)
def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text, in the digits that folding makes of all."""
    return frozenset(_NUMBER.findall(fold(text)))


@lru_cache(maxsize=65536)
def sounds_like(query: str, name: str) -> float:
    """Say how much a name sounds like what was typed, from 0 to 1.

    Either each word of the query sounds like some word of the name, the last
    one perhaps like its start only, or the two sound alike when their words are
    written together (`CloudCommerce`). Numbers have no sound: those of the query
    must stand in the name. `reader.text.sounds` says the same of
    many names at once.

    Args:
        query: One or several words, in any of the scripts.
        name: A name, in the same or another of the scripts.
    """
    if not (words := skeletons(query)) or not (parts := skeletons(name)):
        return 0.0
    if not numbers(query) <= numbers(name):
        return 0.0
    best = [max(similarity(word, part) for part in parts) for word in words]
    best[-1] = max(best[-1], max(begins(words[-1], part) for part in parts))
    by_word = sum(best) / len(best) if min(best) >= ALIKE else 0.0
    joined = similarity("".join(words), "".join(parts))
    return max(by_word, joined if joined >= ALIKE else 0.0)


def begins(start: str, whole: str) -> float:
    """Say how much one skeleton is the start of another."""
    return ALIKE if len(start) > _LEAST and whole.startswith(start) else 0.0


def _begun(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def similarity(one: str, other: str) -> float:
    """Say how much two skeletons are alike, from 0 to 1; below `ALIKE` it may say 0."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) <= _LEAST and not _begun(one, other):
        return 0.0
    # No more letters than those in both can match: most pairs are settled by counting them.
    shared = sum(map(other.__contains__, one))
    if 2 * min(shared, len(other)) < ALIKE * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
