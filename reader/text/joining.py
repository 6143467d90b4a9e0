"""Arabic joining: the presentation form of each letter.

Joining types are Unicode's, so transparent characters, ZWJ, ZWNJ and letters
that have no presentation forms act on their neighbours as they should; the
forms themselves are arabic-reshaper's tables, which equal Unicode's
compatibility decompositions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import getitem

from reader.patterns import pattern
from reader.text.properties import joining_types

ZWJ = "\u200d"
LAM = "\u0644"
_MAY_HAVE_FORMS = pattern("[\u0621-\u06d3]")
ALEFS = "\u0622\u0623\u0625\u0627"
# Isolated and final ligature for the initial and the medial lam before each alef.
_LAM_ALEFS = {
    "\ufedf\ufe82": "\ufef5",
    "\ufee0\ufe82": "\ufef6",
    "\ufedf\ufe84": "\ufef7",
    "\ufee0\ufe84": "\ufef8",
    "\ufedf\ufe88": "\ufef9",
    "\ufee0\ufe88": "\ufefa",
    "\ufedf\ufe8e": "\ufefb",
    "\ufee0\ufe8e": "\ufefc",
}
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
    forms = map(letter_forms().__getitem__, text)
    return list(map(getitem, forms, _joins(joining_types(text))))


def lam_alef(lam: str, alef: str) -> str | None:
    """The ligature of two glyphs that `shape` chose, or None."""
    return _LAM_ALEFS.get(lam + alef)


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


class _Forms(dict[str, Sequence[str]]):
    """Each letter's forms by how it joins: not, after, before, both.

    Any other character stands for itself.
    """

    def __missing__(self, char: str) -> Sequence[str]:
        forms = self[char] = (char,) * 4
        return forms


@lru_cache(maxsize=1)
def letter_forms() -> dict[str, Sequence[str]]:
    """Each letter's forms by how it joins: not, after (1), before (2), both (3)."""
    return _Forms(
        (letter, (isolated or letter, initial or letter, final or letter, medial or letter))
        for letter, (isolated, initial, medial, final) in _reshaper_letters().items()
    )


def _reshaper_letters() -> dict[str, tuple[str, str, str, str]]:
    """Isolated, initial, medial and final form of each letter, empty where there is none.

    The module with arabic-reshaper's table, and nothing else of it: to import
    the package runs its configuration and its reader of fonts first, which
    takes longer than to lay out a screen of text. A text without Arabic letters
    needs none of it.
    """
    from importlib.machinery import PathFinder
    from importlib.util import find_spec, module_from_spec

    package = find_spec("arabic_reshaper")
    folders = package.submodule_search_locations if package else None
    spec = PathFinder.find_spec("arabic_reshaper.letters", folders)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("arabic_reshaper has no table of letters")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    letters: dict[str, tuple[str, str, str, str]] = module.LETTERS_ARABIC
    return letters
