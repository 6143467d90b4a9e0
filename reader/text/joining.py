"""Arabic joining: the presentation form of each letter.

Joining types are Unicode's, so transparent characters, ZWJ, ZWNJ and letters
that have no presentation forms act on their neighbours as they should; the
forms themselves are arabic-reshaper's tables, which equal Unicode's
compatibility decompositions.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reader.text.properties import joining_types

ZWJ = "\u200d"
LAM = "\u0644"
_MAY_HAVE_FORMS = re.compile("[\u0621-\u06d3]")
_ALEFS = "\u0622\u0623\u0625\u0627"
JOINED_LAMS = "\ufedf\ufee0"
FINAL_ALEFS = "\ufe82\ufe84\ufe88\ufe8e"
_FOLLOWED, _PRECEDED = 1, 2
_JOINS_AFTER = bytes(chr(code) in "DLC" for code in range(256))
_JOINS_BEFORE = bytes(chr(code) in "DRC" for code in range(256))


def shape(text: str) -> list[str]:
    """What to show for each code point, in logical order.

    A letter without a presentation form in its position stands for itself, and
    its neighbours join as if it had one. Ligatures are left to `lam_alef`.
    """
    if not _MAY_HAVE_FORMS.search(text):
        return list(text)
    forms = _letter_forms()
    joins = _joins(joining_types(text))
    return [
        forms[char][join] if char in forms else char for char, join in zip(text, joins, strict=True)
    ]


def lam_alef(lam: str, alef: str) -> str | None:
    """The ligature of two glyphs that `shape` chose, or None."""
    return _ligatures().get((lam, alef))


def _joins(types: str) -> bytes:
    """For each code point whether it joins the one after it (1) and the one before it (2)."""
    solid = types.replace("T", "")
    joins = _solid_joins(solid.encode("ascii"))
    if len(solid) == len(types):
        return joins
    rest = iter(joins)
    return bytes(0 if kind == "T" else next(rest) for kind in types)


def _solid_joins(types: bytes) -> bytes:
    """The same without transparent characters.

    Numbers as wide as the text compare all neighbours in one step, ten times as
    fast as a loop.
    """
    length = len(types)
    joins_after = int.from_bytes(types.translate(_JOINS_AFTER), "little")
    joins_before = int.from_bytes(types.translate(_JOINS_BEFORE), "little")
    followed = joins_after & (joins_before >> 8)
    return (followed * _FOLLOWED | (followed << 8) * _PRECEDED).to_bytes(length, "little")


@lru_cache(maxsize=1)
def _letter_forms() -> dict[str, tuple[str, str, str, str]]:
    """Each letter's forms by how it joins: not, after, before, both."""
    # Imported late: a text without Arabic letters needs none of it.
    from arabic_reshaper.letters import LETTERS_ARABIC

    return {
        letter: (isolated or letter, initial or letter, final or letter, medial or letter)
        for letter, (isolated, initial, medial, final) in LETTERS_ARABIC.items()
    }


@lru_cache(maxsize=1)
def _ligatures() -> dict[tuple[str, str], str]:
    """The four lam-alefs by the glyphs they replace."""
    from arabic_reshaper.ligatures import LIGATURES

    forms = _letter_forms()
    found = {}
    for _, (letters, (isolated, _, _, final)) in LIGATURES:
        if len(letters) == 2 and letters[0] == LAM and letters[1] in _ALEFS:
            alef = forms[letters[1]][_PRECEDED]
            found[forms[LAM][_FOLLOWED], alef] = isolated
            found[forms[LAM][_FOLLOWED | _PRECEDED], alef] = final
    return found
