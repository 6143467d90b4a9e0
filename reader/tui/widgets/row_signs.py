"""Signs laid over a row that is drawn already: what lies below them does not move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


class Sign(NamedTuple):
    """A few letters over the first columns of something.

    Attributes:
        column: Column of the view.
        text: Letters of one column each.
    """

    column: int
    text: str


def with_signs(strip: Strip, signs: Iterable[Sign], style: Style) -> Strip:
    """Return a row with signs over it; they do not overlap and lie within it."""
    parts: list[Strip] = []
    done = 0
    for column, text in sorted(signs):
        end = column + len(text)
        parts += [strip.crop(done, column), Strip([Segment(text, style)], len(text))]
        done = end
    return Strip.join([*parts, strip.crop(done, strip.cell_length)])
