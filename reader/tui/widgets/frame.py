"""Where the text and the margin of an article stand in the columns of a view."""

from __future__ import annotations

from reader.values import dataclass

_MARGIN = 6
_NARROW_MARGIN = 3
_NARROW = 40
"""Below this many columns the margin has room for two letters only."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns of a view.

    Attributes:
        width: Of the view.
        text: Column the text begins in.
        text_width: Columns of the text.
        margin: Column the margin begins in, at the side where reading starts.
        margin_width: Columns of the margin; one blank parts it from the text.
    """

    width: int
    text: int
    text_width: int
    margin: int
    margin_width: int


def make_frame(width: int, text_width: int, rtl: bool) -> Frame:
    """Set the text, at most `text_width` columns, and its margin in the middle of a view.

    Args:
        width: Columns of the view; of fewer than 5 only the text takes part.
        text_width: Most columns of a row of text.
        rtl: The margin stands on the right.
    """
    margin = _NARROW_MARGIN if width < _NARROW else _MARGIN
    if width < margin + 2:
        margin = 0
    text = max(1, min(text_width, width - margin))
    left = (width - margin - text) // 2
    if rtl:
        return Frame(width, left, text, left + text, margin)
    return Frame(width, left + margin, text, left, margin)
