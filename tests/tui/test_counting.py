"""Counts: what is typed is what is done, within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.counting import MOST, Count


@given(st.text("0123456789", max_size=12))
def test_digits_are_a_number_up_to_a_bound(digits: str) -> None:
    count = Count()
    for digit in digits:
        count = count.typed(digit)
    number = int(digits or "0")
    assert count.times("go.word_next") == (min(number, MOST) or 1)
    assert count.digits == (str(min(number, MOST)) if number else "")


def test_a_digit_can_be_rubbed_out() -> None:
    count = Count().typed("1").typed("2").shortened()
    assert count.times("go.up") == 1 and count.digits == "1"
    assert Count().shortened() == Count()


def test_pinning_is_done_once() -> None:
    assert Count("12").times("select.pin") == 1
