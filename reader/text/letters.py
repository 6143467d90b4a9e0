"""Nominal letters for a terminal that joins letters itself.

The shapes in the cells are what has to be seen. Where a terminal would join two
letters that stand apart, or part two that are joined, a joiner tells it so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from reader.text.joining import ZWJ, letter_forms
from reader.text.properties import joining_types
from reader.text.terminals import ZWNJ

_WORD = re.compile("[^U]+")
_AFTER, _BEFORE = 1, 2


def nominal_letters(cells: Sequence[str], formats: frozenset[str]) -> list[str]:
    """The cells with nominal letters, in logical order.

    A word that needs a joiner which the terminal does not take keeps its
    presentation forms.

    Args:
        cells: What each cell shows, base first, in logical order.
        formats: Format characters that the terminal takes.
    """
    shapes = [_shapes().get(cell[0]) or _Shape(cell[0]) for cell in cells]
    types = joining_types("".join(shape.letter for shape in shapes))
    result = [shape.letter + cell[1:] for shape, cell in zip(shapes, cells, strict=True)]
    for word in _WORD.finditer(types):
        start, end = word.span()
        before, after = _joiners(word[0], shapes[start:end])
        if not formats.issuperset(before + "".join(after)):
            result[start:end] = cells[start:end]
            continue
        if before or any(after):
            result[start:end] = map("".join, zip(result[start:end], after, strict=True))
            result[start] = before + result[start]
    return result


class _Shape(NamedTuple):
    """The letter that a shape is one of, and whether the shape is joined on either side.

    None where it does not tell: many letters have one shape for several positions.
    """

    letter: str
    after: bool | None = None
    before: bool | None = None


def _joiners(types: str, shapes: Sequence[_Shape]) -> tuple[str, list[str]]:
    """The joiner before a word, and those after each of its letters.

    Args:
        types: Joining types of the letters.
        shapes: How they are seen.
    """
    between = []
    for at in range(len(types) - 1):
        natural = types[at] in "DLC" and types[at + 1] in "DRC"
        between.append(_between(natural, shapes[at].after, shapes[at + 1].before))
    between.append(ZWJ if shapes[-1].after else "")
    return ZWJ if shapes[0].before else "", between


def _between(natural: bool, after: bool | None, before: bool | None) -> str:
    """The joiners between two letters, `natural` being what happens without any."""
    if after is None:
        after = natural if before is None else before
    if before is None:
        before = after
    if not natural:
        return ZWJ if after or before else ""
    if after == before:
        return "" if after else ZWNJ
    return ZWJ + ZWNJ if after else ZWNJ + ZWJ


@lru_cache(maxsize=1)
def _shapes() -> dict[str, _Shape]:
    """What each presentation form tells, and each letter that stands for forms it lacks."""
    found: dict[str, _Shape] = {}
    for letter, forms in letter_forms().items():
        # A letter that joins only the one before it has no other positions.
        positions = (0, _BEFORE) if joining_types(letter) == "R" else range(4)
        for form in {forms[position] for position in positions}:
            joins = [position for position in positions if forms[position] == form]
            sides = ({bool(each & side) for each in joins} for side in (_AFTER, _BEFORE))
            told = (side.pop() if len(side) == 1 else None for side in sides)
            found.setdefault(form, _Shape(letter, *told))
    return found
