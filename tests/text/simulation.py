"""What a terminal shows of a row that it is sent, by its profile: no terminal needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from reader.text.bidi import levels_of, line_levels, visual_order
from reader.text.implicit import STRONG_BLANK, STRONG_BORDERS
from reader.text.joining import shape
from reader.text.layout import Line
from reader.text.properties import MIRRORED, bidi_classes
from reader.text.terminals import LRM, ZWJ, ZWNJ, TerminalProfile

_FORMATS = re.compile(f"[{ZWNJ}{ZWJ}{LRM}]")
# Letters that kitty takes from another font than the Latin ones, one font for all but
# Hebrew.
_OTHER_FONT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Those of no script in particular (Scripts.txt).
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_COMMON = frozenset("\u0605\u060c\u061b\u061f\u0640\u06dd\u08e2\ufd3e\ufd3f")


class Shown(NamedTuple):
    """A column: what is seen in it, and the style."""

    text: str
    style: object


def composed(line: Line, width: int, styles: Sequence[object] = "ab") -> list[tuple[str, object]]:
    """A laid out row as wide as its view; the style changes at every third cell."""
    row: list[tuple[str, object]] = [(" " * line.indent, "blank")]
    row += [
        (cell.text, styles[number // 3 % len(styles)]) for number, cell in enumerate(line.cells)
    ]
    row.append((" " * max(0, width - line.indent - line.width), "blank"))
    return [piece for piece in row if piece[0]]


def columns(pieces: Sequence[tuple[str, object]], zero: str = "Mb") -> list[Shown]:
    """The cells of a row: each character with what stands on it, and its style."""
    found: list[Shown] = []
    for text, style in pieces:
        for char, code in zip(text, bidi_classes(text), strict=True):
            if (code in zero or char in (ZWNJ, ZWJ, LRM)) and found:
                found[-1] = found[-1]._replace(text=found[-1].text + char)
            else:
                found.append(Shown(char, style))
    return found


def shown(
    pieces: Sequence[tuple[str, object]],
    profile: TerminalProfile,
    resolve: Callable[[str, TerminalProfile], list[int]] | None = None,
) -> list[Shown]:
    """The cells that a terminal shows, from left to right.

    Args:
        pieces: What it is sent.
        profile: What it does.
        resolve: The levels of a row's code points after rule L1; our own by default.
    """
    sent = columns(pieces)
    assert {char for cell in sent for char in _FORMATS.findall(cell.text)} <= profile.formats
    if profile.emitter == "visual":
        return sent
    text = "".join(cell.text for cell in sent)
    drawn = shape(text) if profile.shapes else list(text)
    starts, offset = [], 0
    for cell in sent:
        starts.append(offset)
        offset += len(cell.text)
    glyphs = [
        "".join(drawn[start : start + len(cell.text)])
        for start, cell in zip(starts, sent, strict=True)
    ]
    if profile.emitter == "kitty":
        order = _kitty_order(sent)
    else:
        levels = (resolve or _levels)(text, profile)
        cell_levels = [levels[start] for start in starts]
        if profile.mirrors:
            glyphs = [
                MIRRORED.get(glyph[0], glyph[0]) + glyph[1:] if level & 1 else glyph
                for glyph, level in zip(glyphs, cell_levels, strict=True)
            ]
        order = visual_order(cell_levels)
    return [Shown(_seen(glyphs[index]), sent[index].style) for index in order]


def _levels(text: str, profile: TerminalProfile) -> list[int]:
    classes = bidi_classes(text)
    if profile.strong_boxes:
        classes = "".join(
            "L" if "\u2500" <= char <= "\u25ff" else code
            for char, code in zip(text, classes, strict=True)
        )
    base, levels = levels_of(text, classes, None if profile.base == "auto" else 0)
    return line_levels(levels, classes, base)


def _kitty_order(sent: Sequence[Shown]) -> list[int]:
    """Each run of one font from right to left, if it has a letter of a script."""
    faces = (
        (
            bool(_OTHER_FONT.match(cell.text)),
            (bool(_HEBREW.match(cell.text)), cell.style == "bold"),
            index,
        )
        for index, cell in enumerate(sent)
    )
    order: list[int] = []
    for (other, _), run in groupby(faces, key=lambda face: face[:2]):
        indices = [index for *_, index in run]
        letters = any(sent[index].text[0] not in _COMMON for index in indices)
        order += indices[::-1] if other and letters else indices
    return order


def alike(cells: Sequence[Shown]) -> list[Shown]:
    """The cells without the differences that some terminals allow no cure for.

    A border is shown as a letter that looks like it. A noon ghunna has no form for
    where it is joined, so none tells that it was, when the letter after it is cut off.
    """
    same = STRONG_BORDERS | {"\ufb9e": "\u06ba", "\ufb9f": "\u06ba"}
    return [cell._replace(text=same.get(cell.text, cell.text)) for cell in cells]


def _seen(glyph: str) -> str:
    return _FORMATS.sub("", glyph).replace(STRONG_BLANK, " ")
