"""Bars of block elements (U+2588 to U+258F), an eighth of a cell exact."""

from __future__ import annotations

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"


def bar(count: int, most: int, width: int) -> str:
    """Return a bar of exactly `width` cells, as full as the count is of the most.

    What counts shows, were it an eighth of a cell; only the most fills all of it.

    Args:
        count: At least 0, at most `most`.
        most: What fills the bar; nothing does when it is 0.
        width: Cells.
    """
    eighths = 8 * width * count // most if most else 0
    full, rest = divmod(max(eighths, 1 if count and width else 0), 8)
    return f"{_FULL * full}{_EIGHTHS[rest] if rest else ''}".ljust(width)
