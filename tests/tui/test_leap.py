"""Letters to leap by: always enough, never ambiguous, never one over another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.keymap import Keymap
from reader.tui.layouts import KeyPositions, Layout
from reader.tui.leap import LETTERS, Wanted, leap_labels, narrowed, place_labels

alphabets = st.sampled_from(["ab", "asd", LETTERS])
wishes = st.lists(st.builds(Wanted, st.integers(0, 3), st.integers(0, 39), st.booleans()))


@given(st.integers(0, 300), alphabets)
def test_no_label_begins_another(count: int, letters: str) -> None:
    labels = leap_labels(count, letters)
    assert len(labels) == count
    in_order = sorted(labels)
    assert not any(b.startswith(a) for a, b in pairwise(in_order))
    assert all(narrowed(labels, label) == [index] for index, label in enumerate(labels[:9]))
    assert labels == sorted(labels, key=len)


def test_few_have_one_letter_of_the_home_row_and_only_as_many_two_as_need_be() -> None:
    assert leap_labels(5) == ["a", "s", "d", "f", "g"]
    assert leap_labels(23) == list(LETTERS)
    assert leap_labels(24) == [*LETTERS[:22], "xa", "xs"]
    assert max(map(len, leap_labels(23 * 23))) == 2


@given(wishes, alphabets)
def test_labels_stand_apart_in_their_row(wanted: list[Wanted], letters: str) -> None:
    labels, width = leap_labels(len(wanted), letters), 40
    places = place_labels(wanted, labels, width)
    taken: set[tuple[int, int]] = set()
    for (row, _, _), label, place in zip(wanted, labels, places, strict=True):
        if place is None:
            columns = {column for where, column in taken if where == row}
            assert not any(
                columns.isdisjoint(range(at, at + len(label)))
                for at in range(width - len(label) + 1)
            )
            continue
        cells = {(row, column) for column in range(place, place + len(label))}
        assert 0 <= place <= width - len(label) and not taken & cells
        taken |= cells


def test_a_label_covers_the_first_cell_and_the_next_one_keeps_a_blank_between() -> None:
    left, right = Wanted(0, 10, rtl=False), Wanted(0, 20, rtl=True)
    assert place_labels([left, right], ["as", "ad"], 40) == [10, 19]
    assert place_labels([left, left, left], ["a", "s", "d"], 40) == [10, 12, 8]
    assert place_labels([right, right, right], ["a", "s", "d"], 40) == [20, 18, 22]


def test_every_letter_is_a_key_of_its_own_on_the_other_layouts() -> None:
    from reader.tui.layouts import _ROWS, _US

    names: tuple[Layout, ...] = ("arabic", "persian", "hebrew")
    for layout in names:
        sent = dict(zip(_US, _ROWS[layout][0], strict=True))
        for letter in LETTERS:
            assert not sent[letter].isascii()
            assert KeyPositions(layout).us_key(sent[letter]) == letter
    assert Keymap().typed("ش") == "a"
