"""What keys can be called in the user's settings: a name that no key has would never be pressed."""

from __future__ import annotations

import unicodedata

_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
_NAMED = frozenset(
    ["escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end"]
    + ["pageup", "pagedown", "left", "right", "up", "down"]
    + [f"f{number}" for number in range(1, 25)]
)
"""Keys that type nothing, and the space bar."""

_SIGNS = {
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
}
"""Signs that are called otherwise than in Unicode, where a modifier stands before them."""

_JOINED = str.maketrans(" -", "__")


def fault(key: str) -> str:
    """Return what is wrong with the name of a key, to stand after it; "" for a name that can be."""
    *before, last = key.split("+") if len(key) > 1 else [key]
    if not last and before:
        # The plus sign itself, as in `ctrl++`.
        before, last = before[:-1], "+"
    sign = last if len(last) == 1 else _sign(last)
    types = sign.isprintable() and bool(sign.strip())
    if not set(before) <= _MODIFIERS or not (last in _NAMED or types):
        return f"is the name of no key; {_nearest(before, last)}"
    if before and sign.lower() != sign:
        before, sign = [*before, "shift"], sign.lower()
    written = "+".join((*sorted(set(before)), last if last in _NAMED else _written(before, sign)))
    if set(before) == {"shift"} and sign.upper() != sign:
        written = sign.upper()
    return "" if key in (written, "ctrl+@") else f"is written {written!r}"


def _written(before: list[str], sign: str) -> str:
    """Return how Textual calls a character, which has a name only after a modifier."""
    if not before or sign.isalnum():
        return sign
    short = {value: name for name, value in _SIGNS.items()}
    return short.get(sign) or unicodedata.name(sign, sign).lower().translate(_JOINED)


def _sign(name: str) -> str:
    """Return the character that Textual calls by a name; "" for none."""
    if name in _SIGNS:
        return _SIGNS[name]
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""


def _nearest(before: list[str], last: str) -> str:
    from difflib import get_close_matches

    def near(name: str, known: frozenset[str]) -> str | None:
        return next(iter(get_close_matches(name, known, n=1)), None)

    last = last if len(last) == 1 else near(last, _NAMED) or ""
    parts = [near(name, _MODIFIERS) for name in before] + [last]
    if all(parts):
        return f"did you mean {'+'.join(filter(None, parts))!r}?"
    return "take a letter, a sign, or a name such as enter, pageup, f5, ctrl+k."
