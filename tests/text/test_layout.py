"""Layouts worked out by hand."""

from __future__ import annotations

import pytest

from reader.text.layout import CHUNK, ParagraphLayout, chunks, layout_paragraph

ALEF, DAL = "\u0627", "\u062f"


def rows(layout: ParagraphLayout) -> list[str]:
    """Rows as drawn, with their padding."""
    return [" " * line.indent + "".join(cell.text for cell in line.cells) for line in layout.lines]


def spans(layout: ParagraphLayout) -> list[tuple[int, int]]:
    return [(line.start, line.end) for line in layout.lines]


def test_an_empty_paragraph_is_one_line_without_cells() -> None:
    layout = layout_paragraph("", 10)
    assert (layout.base, rows(layout), spans(layout)) == (0, [""], [(0, 0)])
    assert layout.hit(0, 5) == (0, 0)
    assert layout.geometry(0, 0) == layout.geometry(0, 9) == []


def test_lines_break_after_spaces_and_hyphens() -> None:
    layout = layout_paragraph("one two-three four", 8)
    assert rows(layout) == ["one two-", "three ", "four"]
    assert spans(layout) == [(0, 8), (8, 14), (14, 18)]


def test_trailing_spaces_hang_and_take_the_columns_that_are_left() -> None:
    layout = layout_paragraph("abc   def", 4)
    assert rows(layout) == ["abc ", "def"]
    assert spans(layout) == [(0, 6), (6, 9)]
    # Two of the three spaces find no column: they belong to the first one.
    assert layout.hit(0, 3) == (3, 6)
    assert layout.geometry(5, 6) == [(0, 3, 4)]
    full = layout_paragraph("abc def", 3)
    assert full.hit(0, 2) == (2, 4)
    assert full.geometry(3, 4) == [(0, 2, 3)]


def test_a_right_to_left_line_stands_at_the_right_edge() -> None:
    text = DAL + DAL + " " + ALEF
    layout = layout_paragraph(text, 6)
    line = layout.lines[0]
    assert (line.indent, line.width) == (2, 4)
    assert [cell.start for cell in line.cells] == [3, 2, 1, 0]
    assert layout.hit(0, 5) == (0, 1)
    assert layout.hit(0, 0) == layout.hit(0, 2) == (3, 4)
    assert layout.geometry(0, 2) == [(0, 4, 6)]


def test_a_space_hangs_at_the_left_of_a_right_to_left_line() -> None:
    layout = layout_paragraph(f"{DAL}{DAL} {ALEF}{ALEF}", 3)
    assert [[cell.start for cell in line.cells] for line in layout.lines] == [[2, 1, 0], [4, 3]]
    assert [line.indent for line in layout.lines] == [0, 1]


def test_a_range_over_a_latin_word_is_two_pieces() -> None:
    # Drawn: DCBA abc BA; logical 0-2 Arabic, 3-6 Latin, 7-11 Arabic.
    text = f"{DAL}{DAL} abc {ALEF}{ALEF}{ALEF}{ALEF}"
    layout = layout_paragraph(text, 11)
    assert layout.geometry(0, 4) == [(0, 5, 6), (0, 8, 11)]
    assert layout.geometry(0, 6) == [(0, 5, 11)]
    assert layout.geometry(2, 11) == [(0, 0, 9)]


def test_a_range_over_lines_is_a_piece_for_each() -> None:
    layout = layout_paragraph("aaa bbb ccc", 4)
    assert layout.geometry(2, 9) == [(0, 2, 4), (1, 0, 4), (2, 0, 1)]
    assert layout.geometry(11, 20) == []
    assert [layout.line_of(offset) for offset in (0, 3, 4, 10, 11, 99)] == [0, 0, 1, 2, 2, 2]


def test_a_long_word_breaks_between_clusters() -> None:
    layout = layout_paragraph("xy abcde\u0301fgh", 3)
    assert rows(layout) == ["xy ", "abc", "de\u0301f", "gh"]


def test_a_cell_wider_than_the_line_has_one_to_itself() -> None:
    layout = layout_paragraph("a\u6f22\u5b57b", 1)
    assert rows(layout) == ["a", "\u6f22", "\u5b57", "b"]
    assert layout_paragraph("\t", 1).lines[0].width == 4


def test_no_line_breaks_in_a_lam_alef() -> None:
    text = "\u0644\u0627" * 4
    layout = layout_paragraph(text, 2)
    assert spans(layout) == [(0, 4), (4, 8)]
    cell = layout.lines[0].cells[0]
    assert (cell.start, cell.end, cell.second, cell.width) == (2, 4, 3, 1)
    assert layout.geometry(3, 4) == [(0, 0, 1)]


def test_invisible_characters_belong_to_the_cell_before_them() -> None:
    layout = layout_paragraph("a\u200eb\u200d", 10)
    assert [(cell.text, cell.start, cell.end) for cell in layout.lines[0].cells] == [
        ("a", 0, 2),
        ("b", 2, 4),
    ]


def test_invisible_characters_at_the_start_belong_to_the_first_cell() -> None:
    layout = layout_paragraph("\u200f\u2067ab", 10)
    cells = layout.lines[0].cells
    assert [(cell.text, cell.start, cell.end, cell.level) for cell in cells] == [
        ("a", 0, 3, 4),
        ("b", 3, 4, 4),
    ]


def test_a_paragraph_of_invisible_characters_is_one_cell_without_columns() -> None:
    layout = layout_paragraph("\u200f\u200e", 10)
    assert [(cell.text, cell.width, cell.start, cell.end) for cell in layout.lines[0].cells] == [
        ("", 0, 0, 2)
    ]
    assert layout.hit(0, 3) == (0, 2)
    assert layout.geometry(0, 1) == [(0, 10, 10)]


def test_a_break_before_an_invisible_character_is_kept() -> None:
    assert spans(layout_paragraph("abc \u200edef", 6)) == [(0, 5), (5, 8)]


def test_a_soft_hyphen_is_neither_drawn_nor_a_place_to_break() -> None:
    layout = layout_paragraph("ab inter\u00adnational", 8)
    assert rows(layout) == ["ab ", "internat", "ional"]


def test_no_break_spaces_do_not_break() -> None:
    assert rows(layout_paragraph("aa bb\u00a0cc dd", 6)) == ["aa ", "bb\u00a0cc ", "dd"]


def test_a_line_separator_ends_the_line() -> None:
    layout = layout_paragraph("ab\u2028cd ef", 20)
    assert rows(layout) == ["ab", "cd ef"]
    assert spans(layout) == [(0, 3), (3, 8)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        # A number, then what an isolate holds: it stands on the left, not on the right.
        (f"{DAL} 12\u2067{DAL}{ALEF}\u2069", "\ufe8d\ufea912 \ufea9"),
        (f"a {DAL}\u206634\u2069", "a \ufea934"),
        (f"{DAL}12\u200f34", "3412\ufea9"),
        (f"a{DAL}\u200e{ALEF}", "a\ufea9\ufe8d"),
    ],
)
def test_what_takes_no_column_still_parts_the_runs_beside_it(text: str, row: str) -> None:
    line = layout_paragraph(text, 20).lines[0]
    assert "".join(cell.text for cell in line.cells) == row


def test_brackets_and_quotes_face_inwards() -> None:
    layout = layout_paragraph(f"({DAL}) \u00ab{DAL}\u00bb", 10, 1)
    assert rows(layout) == ["   \u00ab\ufea9\u00bb (\ufea9)"]


def test_marks_stay_on_their_letter() -> None:
    layout = layout_paragraph(f"{DAL}\u064e{ALEF}", 4)
    assert rows(layout) == ["  \ufe8d\ufea9\u064e"]


def test_control_characters_are_drawn_as_signs() -> None:
    layout = layout_paragraph("a\x1b[31m\x00\n", 20)
    assert rows(layout) == ["a\u241b[31m\u2400\u240a"]


def test_a_given_base_wins() -> None:
    assert layout_paragraph("abc", 5, 1).lines[0].indent == 2
    assert layout_paragraph(DAL, 5, 0).lines[0].indent == 0


@pytest.mark.parametrize("width", [0, -3])
def test_a_width_without_columns_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="at least one column"):
        layout_paragraph("abc", width)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "\u0645\u0646 " * 33_334,
        "\u0644\u0627" * 50_000,
        " " * 100_000,
        "\u064e" * 100_000,
        "\u200e" * 100_000,
        "\u2028" * 100_000,
        "\u2028 " * 50_000,
        "\u2067\u0627 a\u2069 " * 16_667,
    ],
)
def test_a_hundred_thousand_characters_in_a_line(text: str) -> None:
    layout = layout_paragraph(text, 80)
    assert layout.lines[-1].end == len(text)
    assert all(line.width <= 80 for line in layout.lines)


def test_a_chunk_ends_after_a_space_and_keeps_the_base_of_its_paragraph() -> None:
    text = DAL + " word" * (CHUNK // 5 + 10)
    layout = layout_paragraph(text, 10**6)
    assert [line.end for line in layout.lines] == [CHUNK - CHUNK % 5 - 3, len(text)]
    assert text[layout.lines[0].end - 1] == " "
    assert layout.base == 1
    assert [cell.level for cell in layout.lines[1].cells] == [2] * len(layout.lines[1].cells)
    start = layout.lines[1].start
    assert layout.hit(1, 0) == (start, start + 1)


def test_a_cluster_longer_than_a_chunk_is_cut_and_the_next_one_is_not() -> None:
    text = "\u0301" * CHUNK + "a" + "\u0301" * 9 + "b" * (CHUNK - 11) + "e\u0301"
    assert list(chunks(text)) == [
        (0, CHUNK),
        (CHUNK, len(text) - 2),
        (len(text) - 2, len(text)),
    ]
