"""Texts as they were drawn: from the order on the page back to the order of reading.

Documents made for printing keep glyphs where they stand, from left to right,
and shapes of letters in place of letters. `logical` undoes the order of one
line; `letters` gives the letters that shapes stand for; `signs` tells what of
this a text shows that never went through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from reader.text.properties import MIRRORED, bidi_classes

_SHAPES = re.compile("[\ufb1d-\ufb4f\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_DRAWN = re.compile(f"{_SHAPES.pattern}|[\ufb00-\ufb06]")
_LETTERS = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\ufb1d-\ufdff\ufe70-\ufefc]")
#: Letters that stand at the end of words alone, or nearly so.
_FINAL = "ךםןףץةى"
_BEGINS_FINAL = re.compile(f"(?<![^\\W\\d_])[{_FINAL}](?=[^\\W\\d_])")
_ENDS_FINAL = re.compile(f"(?<=[^\\W\\d_])[{_FINAL}](?![^\\W\\d_])")
_FEW = 3
_LOOKED_AT = 100_000
"""Code points of a text that are looked at: the rest was made by the same program."""


def logical(glyphs: Sequence[str], *, right_to_left: bool) -> str:
    """Put the glyphs of a line into the order of reading.

    The inverse of UAX #9, L2, for one level of left-to-right text in a
    right-to-left line, or the other way round: numbers and Latin words keep
    their own order. What was nested deeper cannot be told from the drawing.

    Args:
        glyphs: From left to right, each with the characters it stands for in
            the order of reading.
        right_to_left: The base direction of the paragraph.
    """
    odd = _odd(glyphs, right_to_left)
    runs: list[tuple[bool, list[str]]] = []
    for glyph, is_odd in zip(glyphs, odd, strict=True):
        if not runs or runs[-1][0] != is_odd:
            runs.append((is_odd, []))
        runs[-1][1].append(MIRRORED.get(glyph, glyph) if is_odd else glyph)
    ordered = runs[::-1] if right_to_left else runs
    return "".join("".join(run[::-1] if is_odd else run) for is_odd, run in ordered)


def _odd(glyphs: Sequence[str], right_to_left: bool) -> list[bool]:
    """Whether each glyph belongs to a right-to-left run."""
    kinds = "".join(_kind(glyph) for glyph in glyphs)
    # What stands between the digits of a number belongs to it: 3.5, 12/5. Among Arabic
    # letters that is all (UAX #9, W2 and W4); elsewhere it is 1-2 and 40% too (W5).
    is_arabic = "A" in bidi_classes("".join(glyphs))
    kinds = re.sub("(?<=n)p(?=n)" if is_arabic else "(?<=n)[ps](?=n)", "n", kinds)
    if not is_arabic:
        kinds = re.sub("t*n+t*", lambda found: "n" * len(found[0]), kinds)
    # A number beside a left-to-right word is read with it.
    kinds = re.sub(
        "l[pstw]*(?:[nl][pstw]*)*[nl]|n[pstw]*(?:n[pstw]*)*l(?:[pstw]*[nl])*", _left, kinds
    )
    outer = "r" if right_to_left else "l"
    kinds = re.sub("n+", lambda found: "l" * len(found[0]), kinds)
    return [kind == "r" or (kind not in "rl" and outer == "r") for kind in _filled(kinds)]


def _left(found: re.Match[str]) -> str:
    return "l" * len(found[0])


def _filled(kinds: str) -> str:
    """Give what stands between two letters of one direction that direction."""
    return re.sub("(?<=r)[pstw]+(?=r)", lambda found: "r" * len(found[0]), kinds)


def _kind(glyph: str) -> str:
    """l, r, n (number), t (sign of one), p and s (between its digits), w (anything else)."""
    for letter in bidi_classes(glyph):
        if letter in "RA":
            return "r"
        if letter == "L":
            return "l"
        if letter in "EH":
            return "n"
        if letter == "t":
            return "t"
        if letter in "sc":
            return "s" if letter == "s" else "p"
    return "w"


def letters(text: str) -> str:
    """Put letters in place of their shapes and of Latin ligatures; all else stays as it is."""
    return _DRAWN.sub(lambda found: unicodedata.normalize("NFKC", found[0]).strip(), text)


def signs(text: str) -> tuple[str, ...]:
    """Tell what of a drawn text the start of a text shows, in the user's words; mostly nothing."""
    text = text[:_LOOKED_AT]
    count, shapes = len(_LETTERS.findall(text)), len(_SHAPES.findall(text))
    found = []
    if shapes > _FEW and shapes * 2 > count:
        found.append(
            "it is written in shapes of letters (presentation forms), which searches and names "
            "of entities do not match"
        )
    plain = letters(text)
    begins, ends = len(_BEGINS_FINAL.findall(plain)), len(_ENDS_FINAL.findall(plain))
    if begins > _FEW and begins > 2 * ends:
        found.append("its words seem to be stored from left to right, as they are drawn")
    return tuple(found)
