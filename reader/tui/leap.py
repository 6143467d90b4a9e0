"""Letters for the things one can leap to: which letters, and where they stand.

Only letters whose keys send one character of their own on the Arabic, Persian
and Hebrew standard layouts are used, so that the same key works there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LETTERS = "asdfghjklerucvnmioptyzx"
"""The home row first. `b` types two letters on Arabic keyboards, `q` and `w` a sign on Hebrew ones.
"""


class Wanted(NamedTuple):
    """Where a label would best stand.

    Attributes:
        row: Which row.
        column: Its first column, or its last one where reading goes leftwards.
        rtl: Reading goes leftwards there.
    """

    row: int
    column: int
    rtl: bool


def leap_labels(count: int, letters: str = LETTERS) -> list[str]:
    """Return different labels, none of which begins another one, the shortest first.

    Args:
        count: How many.
        letters: What they are made of, the easiest to reach first; at least two.
    """
    labels = list(letters)
    short = len(labels)
    while len(labels) < count:
        # The last one of the shortest makes room for as many as there are letters.
        short -= 1
        labels += [labels[short] + letter for letter in letters]
        del labels[short]
        short = short or len(labels)
    return labels[:count]


def place_labels(wanted: Sequence[Wanted], labels: Sequence[str], width: int) -> list[int | None]:
    """Return the first column of each label, so that none covers another one.

    A label stands over the cell it is for, else as near to that as its row has
    room, with a blank beside it as long as there is room for one.

    Args:
        wanted: Where each would best stand.
        labels: One for each.
        width: Columns of a row.

    Returns:
        A column, or None where the row is full.
    """
    taken: dict[int, set[int]] = {}
    found: list[int | None] = []
    for (row, column, rtl), label in zip(wanted, labels, strict=True):
        best = column - len(label) + 1 if rtl else column
        columns = taken.setdefault(row, set())
        place = _free(columns, best, -1 if rtl else 1, len(label), width)
        found.append(place)
        if place is not None:
            columns.update(range(place, place + len(label)))
    return found


def _free(taken: set[int], best: int, on: int, length: int, width: int) -> int | None:
    """The free place nearest to the best one, apart from its neighbours if that can be.

    Of two that are as near it is the one further on in reading (`on` 1 right, -1 left).
    """
    places = sorted(range(width - length + 1), key=lambda at: (abs(at - best), (best - at) * on))
    for gap in (1, 0):
        for place in places:
            if taken.isdisjoint(range(place - gap, place + length + gap)):
                return place
    return None


def narrowed(labels: Sequence[str], typed: str) -> list[int]:
    """Return the indices of the labels that begin with what is typed."""
    return [index for index, label in enumerate(labels) if label.startswith(typed)]
