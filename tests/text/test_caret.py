"""Where the caret stands and where the arrow keys take it."""

from __future__ import annotations

import pytest
from hypothesis import given

from reader.text.caret import (
    Caret,
    caret_at,
    caret_in,
    column_of,
    left,
    right,
    row_end,
    row_of,
    row_start,
    stops,
    vertical,
)
from reader.text.layout import ParagraphLayout, layout_paragraph
from tests.text.texts import any_text, bases, widths

ALEF, DAL = "\u0627", "\u062f"


def walk(layout: ParagraphLayout, caret: Caret, forwards: bool) -> list[Caret]:
    """All places from one on, in reading direction or against it."""
    move = right if forwards == (layout.base == 0) else left
    found = [caret]
    while (following := move(layout, found[-1])) is not None:
        found.append(following)
    return found


@given(any_text, widths, bases)
def test_every_place_is_reached_from_the_start(text: str, width: int, base: int | None) -> None:
    layout = layout_paragraph(text, width, base)
    wanted = [place for line in layout.lines for place in stops(line, layout.base)[:-1]]
    wanted.append(Caret(len(text), "upstream"))
    assert walk(layout, stops(layout.lines[0], layout.base)[0], True) == wanted
    assert walk(layout, wanted[-1], False) == wanted[::-1]


@given(any_text, widths, bases)
def test_left_then_right_returns_within_a_row(text: str, width: int, base: int | None) -> None:
    layout = layout_paragraph(text, width, base)
    for number, line in enumerate(layout.lines):
        for place in stops(line, layout.base)[:-1]:
            for there, back in ((left, right), (right, left)):
                moved = there(layout, place)
                if moved is not None and row_of(layout, moved) == number:
                    assert back(layout, moved) == place


@given(any_text, widths, bases)
def test_places_are_clusters_and_the_letters_of_a_lam_alef(
    text: str, width: int, base: int | None
) -> None:
    layout = layout_paragraph(text, width, base)
    for number, line in enumerate(layout.lines):
        offsets = {place.offset for place in stops(line, layout.base)[:-1]}
        assert offsets == {cell.start for cell in line.cells} | {
            cell.second for cell in line.cells if cell.second is not None
        }
        for place in stops(line, layout.base):
            assert row_of(layout, place) == number
            assert 0 <= column_of(layout, place) <= max(width, line.width)


@given(any_text, widths, bases)
def test_left_is_left(text: str, width: int, base: int | None) -> None:
    layout = layout_paragraph(text, width, base)
    for line in layout.lines:
        for place in stops(line, layout.base)[:-1]:
            moved = left(layout, place)
            if moved is not None and row_of(layout, moved) == row_of(layout, place):
                assert column_of(layout, moved) <= column_of(layout, place)


@given(any_text, widths, bases)
def test_any_offset_has_a_place_on_its_cluster(text: str, width: int, base: int | None) -> None:
    layout = layout_paragraph(text, width, base)
    for offset in range(len(text)):
        place = caret_at(layout, offset)
        assert place.affinity == "downstream"
        assert place.offset <= offset
        assert layout.geometry(place.offset, place.offset + 1) == layout.geometry(
            offset, offset + 1
        )
    assert caret_at(layout, len(text)) == Caret(len(text), "upstream")


def test_left_and_right_follow_the_screen_through_a_latin_word() -> None:
    # Drawn from right to left: dal, space, then "ab" from left to right, space, alef.
    layout = layout_paragraph(f"{DAL} ab {ALEF}", 10)
    offsets = [place.offset for place in walk(layout, Caret(0), True)]
    assert offsets == [0, 1, 3, 2, 4, 5, 6]
    assert [column_of(layout, Caret(offset)) for offset in range(6)] == [9, 8, 6, 7, 5, 4]
    assert column_of(layout, Caret(6, "upstream")) == 3


def test_two_places_in_a_lam_alef() -> None:
    layout = layout_paragraph("\u0628\u0644\u0627\u0628", 10)
    assert [place.offset for place in walk(layout, Caret(0), True)] == [0, 1, 2, 3, 4]
    assert column_of(layout, Caret(1)) == column_of(layout, Caret(2)) == 8
    assert right(layout, Caret(2)) == Caret(1)


def test_rows_follow_in_reading_direction() -> None:
    layout = layout_paragraph("abc def", 4)
    assert right(layout, Caret(3)) == Caret(4)
    assert left(layout, Caret(4)) == Caret(3)
    assert left(layout, Caret(0)) is None
    assert right(layout, Caret(6)) == Caret(7, "upstream")
    assert right(layout, Caret(7, "upstream")) is None
    arabic = layout_paragraph(f"{DAL}{DAL} {ALEF}{ALEF}", 3)
    assert left(arabic, Caret(2)) == Caret(3)
    assert right(arabic, Caret(3)) == Caret(2)


def test_home_and_end_are_logical() -> None:
    layout = layout_paragraph("abc def", 4)
    assert row_start(layout, Caret(5)) == Caret(4)
    end = row_end(layout, Caret(1))
    assert end == Caret(4, "upstream")
    assert (row_of(layout, end), column_of(layout, end)) == (0, 3)
    assert left(layout, end) == Caret(3)
    arabic = layout_paragraph(f"{DAL} ab", 9)
    assert column_of(arabic, row_start(arabic, Caret(2))) == 8
    assert column_of(arabic, row_end(arabic, Caret(2))) == 4


def test_up_and_down_keep_the_column() -> None:
    layout = layout_paragraph("abc de fgh", 4)
    assert vertical(layout, Caret(2), 1) == Caret(6)
    assert vertical(layout, Caret(5), 1, 3) == Caret(9)
    assert vertical(layout, Caret(9), -2) == Caret(2)
    assert vertical(layout, Caret(0), -1) is None
    assert vertical(layout, Caret(8), 1) is None
    assert caret_in(layout, 1, 99) == Caret(6)


def test_a_place_inside_a_cluster_counts_as_its_start() -> None:
    layout = layout_paragraph("ae\u0301b", 9)
    assert right(layout, Caret(2)) == Caret(3)


@pytest.mark.parametrize(("base", "column"), [(0, 0), (1, 4)])
def test_an_empty_paragraph_has_one_place(base: int, column: int) -> None:
    layout = layout_paragraph("", 5, base)
    place = caret_at(layout, 0)
    assert place == Caret(0, "upstream") == row_start(layout, place) == row_end(layout, place)
    assert column_of(layout, place) == column
    assert left(layout, place) is right(layout, place) is None
