"""What holds of real texts in each language, row for row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, islice, pairwise

import pytest
from icu4py.breakers import CharacterBreaker

from reader.text.caret import Caret, column_of, left, right, row_of
from reader.text.directions import paragraph_base
from reader.text.glyphs import columns, glyph
from reader.text.layout import Cell, ParagraphLayout, layout_paragraph
from reader.text.properties import MIRRORED, bidi_classes, joining_types
from reader.text.selection import Selection, TextUnits, grow, move
from tests.text.rtl_texts import NAMES, NIQQUD, PERSIAN, VOCALISED, texts

# Characters that act on the text without a place of their own.
INVISIBLE = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufe0f]")
NUMBER_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u0890\u0891\U000110bd\U000110cd"
VERSE_SIGNS = "\u06dd\u08e2"


def layouts(name: str) -> Iterator[tuple[str, ParagraphLayout]]:
    """Each paragraph of a text at two widths, which take turns from 20 to 120."""
    for number, text in enumerate(texts()[name]):
        for width in islice(cycle(range(20, 121)), number * 37, number * 37 + 66, 33):
            for ligatures in (True, False):
                base = paragraph_base(text, None)
                yield text, layout_paragraph(text, width, base, ligatures=ligatures)


def cells(text: str, base: int | None = None) -> list[Cell]:
    """The cells of a text that fits one row, in logical order."""
    return sorted(layout_paragraph(text, 200, base).lines[0].cells, key=lambda cell: cell.start)


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_exact(name: str) -> None:
    for _, layout in layouts(name):
        for number, line in enumerate(layout.lines):
            assert line.width == sum(cell.width for cell in line.cells) <= layout.width
            for column, cell in line.columns():
                assert columns(cell.text) == cell.width > 0
                assert layout.geometry(cell.start, cell.end) == [
                    (number, column, column + cell.width)
                ]
                assert layout.hit(number, column) == (cell.start, cell.end)


@pytest.mark.parametrize("name", NAMES)
def test_no_grapheme_cluster_is_split(name: str) -> None:
    """By ICU's rules: ours are wcwidth's."""
    for text, layout in layouts(name):
        if not text.isascii() and max(text) > "\uffff":
            continue  # ICU counts UTF-16 units.
        starts = {start for start, _ in CharacterBreaker(text, "root").segments()}
        for line in layout.lines:
            assert {cell.start for cell in line.cells} <= starts


@pytest.mark.parametrize("name", NAMES)
def test_marks_stand_on_the_letter_that_they_follow(name: str) -> None:
    for text, layout in layouts(name):
        classes = bidi_classes(text)
        for line in layout.lines:
            for cell in line.cells:
                assert classes[cell.start] != "M"
                written = [char for char in text[cell.start : cell.end] if _is_drawn_mark(char)]
                assert [char for char in cell.text if _is_drawn_mark(char)] == written


def _is_drawn_mark(char: str) -> bool:
    return bidi_classes(char) == "M" and not INVISIBLE.match(char)


@pytest.mark.parametrize("name", ["niqqud", "heb"])
def test_hebrew_is_drawn_as_it_is_written(name: str) -> None:
    for text, layout in layouts(name):
        for line in layout.lines:
            for cell in line.cells:
                shown = INVISIBLE.sub("", text[cell.start : cell.end])
                base = MIRRORED.get(shown[0], shown[0]) if cell.level & 1 else shown[0]
                # A space that hangs beyond the row belongs to the cell before it.
                assert cell.text == base + shown[1:].rstrip(" ")


@pytest.mark.parametrize("name", NAMES)
def test_the_caret_goes_through_every_place_once_along_the_screen(name: str) -> None:
    for text, layout in islice(layouts(name), 0, None, 5):
        forwards, backwards = (left, right) if layout.base else (right, left)
        places = _walked(layout, forwards, _first(layout))
        assert len(set(places)) == len(places)
        wanted = {cell.start for line in layout.lines for cell in line.cells} | {
            cell.second for line in layout.lines for cell in line.cells if cell.second is not None
        }
        assert {place.offset for place in places} == wanted | {len(text)}
        assert _walked(layout, backwards, places[-1]) == places[::-1]
        sign = -1 if layout.base else 1
        for one, other in pairwise(places[:-1]):
            row, following = row_of(layout, one), row_of(layout, other)
            assert following - row in (0, 1)
            if following == row:
                assert sign * column_of(layout, one) <= sign * column_of(layout, other)


def _first(layout: ParagraphLayout) -> Caret:
    """The place where the reading of the first row begins."""
    return Caret(layout.lines[0].cells[-1 if layout.base else 0].start)


def _walked(layout: ParagraphLayout, move: object, place: Caret | None) -> list[Caret]:
    assert callable(move)
    found: list[Caret] = []
    while place is not None:
        found.append(place)
        place = move(layout, place)
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # Persian: the yeh ends its part of the word, the reh begins none.
        ("می\u200cروم", "\ufee3 \ufbfd \ufead \ufeed \ufee1"),
        ("خانه\u200cها", "\ufea7 \ufe8e \ufee7 \ufeea \ufeeb \ufe8e"),
        # A heh joined to nothing, as abbreviations have it.
        ("ه\u200d", "\ufeeb"),
        # A mark after the joiner stays on the letter before it.
        ("ب\u200d\u064eت", "\ufe91\u064e \ufe96"),
        # Lam and alef with marks between and after them.
        ("لَا", "\ufefb\u064e"),
        ("بِلَآ", "\ufe91\u0650 \ufef6\u064e"),
        ("لَّا", "\ufefb\u064e\u0651"),
        ("ل\u200dا", "\ufedf \ufe8e"),
        ("ل\u200cا", "\ufedd \ufe8d"),
        # Kurdish and Uyghur: a letter without forms, and its neighbour joined to it.
        ("كە", "\ufedb \u06d5"),
        ("ڕێز", "\u0695 \u06ce \ufeb0"),
        # Urdu: noon ghunna in the middle has no form.
        ("ہاں", "\ufba8 \ufe8e \ufb9e"),
    ],
)
def test_letters_join_as_they_should(text: str, shown: str) -> None:
    assert [cell.text for cell in cells(text)] == shown.split()


def test_a_lam_alef_takes_two_columns_where_the_terminal_wants_them() -> None:
    line = layout_paragraph("\u0644\u064e\u0627", 9, ligatures=False).lines[0]
    assert [cell.text for cell in line.cells] == ["\ufe8e", "\ufedf\u064e"]
    assert [cell.second for cell in line.cells] == [None, None]


@pytest.mark.parametrize("sign", NUMBER_SIGNS + VERSE_SIGNS)
def test_signs_that_terminals_measure_differently_are_replaced(sign: str) -> None:
    """One column in some terminals and none in others: shown as a sign of one everywhere."""
    shown, width = glyph(sign)
    assert (shown, width) == ("#" if sign in NUMBER_SIGNS else "\u25cb", 1)
    # The sign and the digit after it are one cluster (UAX #29, GB9b).
    number = cells(f"\u0628 {sign}\u0661\u0662")[2]
    assert (number.text, number.width) == (shown + "\u0661", 2)


def test_formats_between_letters_take_no_column() -> None:
    text = "\u0628\u200f\u062a\u061c \u2067abc\u2069"
    assert sum(cell.width for cell in cells(text)) == 6
    assert joining_types("\u200f\u061c") == "TT"


@pytest.mark.parametrize("name", NAMES)
def test_the_selection_goes_through_every_cluster_and_word_in_the_order_of_the_text(
    name: str,
) -> None:
    text = "\n".join(texts()[name][:12])
    units = TextUnits(text)
    for unit in ("cluster", "word"):
        chosen = [Selection(*(units.first(unit, "start", 0) or (0, 0)))]
        while (following := move(units, chosen[-1], unit, 1)) != chosen[-1]:
            chosen.append(following)
        assert all(one.end <= other.start for one, other in pairwise(chosen))
        between = "".join(
            text[one.end : other.start]
            for one, other in pairwise([*chosen, Selection(len(text), 0)])
        )
        assert between.strip("\n") == "" if unit == "cluster" else not _has_letter(between)


def _has_letter(text: str) -> bool:
    return any(map(str.isalnum, text))


def test_words_with_joiners_and_marks_are_whole() -> None:
    assert _words(PERSIAN[0])[:4] == ["می\u200cروم", "و", "نمی\u200cخواهم", "که"]
    assert _words(VOCALISED[0])[0] == VOCALISED[0].split()[0]
    assert _words(NIQQUD[0])[:2] == NIQQUD[0].split()[:2]


def _words(text: str) -> list[str]:
    units = TextUnits(text)
    found = [Selection(*(units.first("word", "start", 0) or (0, 0)))]
    while (following := move(units, found[-1], "word", 1)) != found[-1]:
        found.append(following)
    return [text[each.start : each.end] for each in found]


def test_a_selection_may_begin_after_a_clitic_and_the_word_stays_joined() -> None:
    text = "\u0648\u0628\u0627\u0644\u0631\u0626\u064a\u0633"  # wa-bi-r-ra'is
    units = TextUnits(text)
    selection = Selection(0, len(text))
    for _ in range(4):
        selection = grow(units, selection, "start", "cluster", -1)
    assert text[selection.start : selection.end] == "\u0631\u0626\u064a\u0633"
    assert [cell.text for cell in cells(text)] == list(
        "\ufeed\ufe91\ufe8e\ufedf\ufeae\ufe8b\ufef4\ufeb2"
    )
