"""What holds of every layout of every text."""

from __future__ import annotations

import re
from itertools import pairwise

import bidi
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.text.bidi import line_levels, resolve_levels, visual_order
from reader.text.layout import Cell, ParagraphLayout, layout_paragraph
from reader.text.properties import bidi_classes
from tests.text.texts import any_text, bases, latin, plain_bidi, widths

NEVER_DRAWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def cells(layout: ParagraphLayout) -> list[Cell]:
    return [cell for line in layout.lines for cell in line.cells]


def source(text: str, row: tuple[Cell, ...]) -> str:
    """The code points of a row from left to right."""
    parts = [text[cell.start : cell.end][:: -1 if cell.level & 1 else 1] for cell in row]
    return "".join(parts)


@given(any_text, widths, bases)
def test_lines_together_are_the_paragraph(text: str, width: int, base: int | None) -> None:
    lines = layout_paragraph(text, width, base).lines
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(lines))


@given(any_text, widths, bases)
def test_reordering_is_a_permutation(text: str, width: int, base: int | None) -> None:
    for line in layout_paragraph(text, width, base).lines:
        position = line.start
        for cell in sorted(line.cells, key=lambda cell: cell.start):
            assert cell.start == position
            assert cell.end > position
            position = cell.end
        assert position == line.end


@given(any_text, widths, bases)
def test_no_line_is_wider_than_its_width(text: str, width: int, base: int | None) -> None:
    layout = layout_paragraph(text, width, base)
    for line in layout.lines:
        assert line.width == sum(cell.width for cell in line.cells)
        assert line.indent + line.width <= width or len(line.cells) == 1
        assert line.indent == (max(0, width - line.width) if layout.base and line.cells else 0)


@given(any_text, widths, bases)
def test_every_column_hits_the_cell_drawn_there(text: str, width: int, base: int | None) -> None:
    layout = layout_paragraph(text, width, base)
    for number, line in enumerate(layout.lines):
        for column, cell in line.columns():
            span = (cell.start, cell.end)
            assert layout.geometry(*span) == [(number, column, column + cell.width)]
            for inside in range(column, column + cell.width):
                assert layout.hit(number, inside) == span
            for start in range(cell.start, cell.end):
                assert layout.geometry(start, start + 1) == layout.geometry(*span)


@given(any_text, widths, bases)
def test_columns_beside_the_text_hit_the_nearest_cell(
    text: str, width: int, base: int | None
) -> None:
    layout = layout_paragraph(text, width, base)
    for number, line in enumerate(layout.lines):
        if line.cells:
            first, last = line.cells[0], line.cells[-1]
            assert layout.hit(number, -1) == layout.hit(number, 0) == (first.start, first.end)
            assert layout.hit(number, line.indent + line.width) == (last.start, last.end)
            assert layout.hit(number, width + 99) == (last.start, last.end)


@given(any_text, widths, bases, st.data())
def test_geometry_covers_the_cells_that_a_range_touches(
    text: str, width: int, base: int | None, data: st.DataObject
) -> None:
    layout = layout_paragraph(text, width, base)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    pieces = layout.geometry(start, end)
    assert pieces == sorted(pieces)
    for one, other in pairwise(pieces):
        assert one[0] < other[0] or one[2] < other[1]
    covered = {(number, column) for number, *edges in pieces for column in range(*edges)}
    touched = {
        (number, column + extra)
        for number, line in enumerate(layout.lines)
        for column, cell in line.columns()
        if start < end and cell.start < end and start < cell.end
        for extra in range(cell.width)
    }
    assert covered == touched


@given(any_text, widths, bases)
def test_rich_measures_a_cell_as_we_do(text: str, width: int, base: int | None) -> None:
    for line in layout_paragraph(text, width, base).lines:
        assert [cell_len(cell.text) for cell in line.cells] == [cell.width for cell in line.cells]
        assert cell_len("".join(cell.text for cell in line.cells)) == line.width


@given(any_text, widths, bases)
def test_nothing_a_terminal_could_act_on_is_drawn(text: str, width: int, base: int | None) -> None:
    for cell in cells(layout_paragraph(text, width, base)):
        assert not NEVER_DRAWN.search(cell.text)


@given(latin, widths)
def test_latin_text_is_drawn_as_it_is(text: str, width: int) -> None:
    layout = layout_paragraph(text, width)
    assert layout.base == 0
    assert "".join(cell.text for cell in cells(layout_paragraph(text, 10_000))) == text
    for line in layout.lines:
        drawn = "".join(cell.text for cell in line.cells)
        assert text[line.start : line.end].startswith(drawn)
        assert text[line.start : line.end][len(drawn) :].strip(" ") == ""


@given(plain_bidi)
def test_order_of_a_line_is_python_bidis(text: str) -> None:
    line = layout_paragraph(text, 10_000).lines[0]
    assert source(text, line.cells) == (bidi.get_display(text) if text else "")


@given(any_text, widths, bases)
def test_cells_stand_in_the_order_of_their_code_points(
    text: str, width: int, base: int | None
) -> None:
    layout = layout_paragraph(text, width, base)
    levels, classes = resolve_levels(text, layout.base)[1], bidi_classes(text)
    for line in layout.lines:
        part = slice(line.start, line.end)
        order = visual_order(line_levels(levels[part], classes[part], layout.base))
        place = {line.start + index: column for column, index in enumerate(order)}
        shown = [place[cell.anchor] for cell in line.cells]
        assert shown == sorted(shown)


@given(plain_bidi, widths, bases)
def test_a_base_direction_given_or_found_is_the_same(
    text: str, width: int, base: int | None
) -> None:
    layout = layout_paragraph(text, width, base)
    assert layout == layout_paragraph(text, width, layout.base)
    assert base is None or layout.base == base
