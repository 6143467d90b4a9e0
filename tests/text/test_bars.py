"""Bars tell the truth in any width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.bars import bar

_EIGHTHS = " ▏▎▍▌▋▊▉█"


@pytest.mark.parametrize(
    ("count", "most", "width", "drawn"),
    [
        (10, 10, 4, "████"),
        (5, 10, 4, "██  "),
        (3, 16, 4, "▊   "),  # 3/16 of 32 eighths are 6
        (1, 1000, 4, "▏   "),
        (999, 1000, 4, "███▉"),
        (0, 10, 4, "    "),
        (0, 0, 4, "    "),
        (7, 10, 0, ""),
    ],
)
def test_bars_drawn_by_hand(count: int, most: int, width: int, drawn: str) -> None:
    assert bar(count, most, width) == drawn


@settings(max_examples=50)
@given(st.integers(1, 10**6), st.data(), st.integers(1, 80))
def test_a_bar_is_as_long_as_its_share(most: int, data: st.DataObject, width: int) -> None:
    count = data.draw(st.integers(0, most))
    drawn = bar(count, most, width)
    eighths = sum(_EIGHTHS.index(cell) for cell in drawn)
    assert len(drawn) == width
    assert (eighths == 8 * width) == (count == most)
    assert (eighths == 0) == (count == 0)
    assert abs(eighths - 8 * width * count / most) <= 1
