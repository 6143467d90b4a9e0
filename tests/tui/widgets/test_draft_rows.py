"""Where the caret of a draft stands on the screen, and where the arrows take it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.breaking import clusters
from reader.text.draft import MOST_IN_NOTE, Draft
from reader.tui.widgets.article_rows import START, Place
from reader.tui.widgets.draft_rows import WIDE, DraftRows

texts = st.text(st.sampled_from("ab لاب\u064e1(.)👩\u200d🏽e\u0301"), max_size=12)
notes = st.text(st.sampled_from("ab لاب\u064e1.👩\u200d🏽e\u0301\n漢"), max_size=30)


def typed(text: str) -> Draft:
    draft = Draft()
    for char in text:
        draft = draft.insert(char)
    return draft


def row(draft: Draft) -> DraftRows:
    return DraftRows(draft.text, WIDE)


def column(draft: Draft) -> int:
    return row(draft).point(draft).column


def note(text: str) -> Draft:
    return Draft(several=True, most=MOST_IN_NOTE).insert(text)


@pytest.mark.parametrize(
    ("text", "caret", "expected"),
    [
        ("", 0, 0),
        ("abc", 3, 3),
        ("abc", 1, 1),
        # A right-to-left line ends at the last column; columns count from there.
        ("باب", 0, -1),
        ("باب", 2, -3),
        ("باب", 3, -4),
        # The next Arabic letter goes to the left of the last, where that one stands
        # now; a Latin line is pushed to the right.
        ("abcبا", 5, 3),
        # The next Latin letter goes to the right of the last, which moves left.
        ("باabc", 5, -3),
        # A number stands to the left of the Arabic before it and reads rightwards;
        # the text goes on to the left of all of it, also after a percent sign.
        ("با 2018", 7, -8),
        ("با 12%", 6, -7),
        # The words before the number are Latin: they go on to the right of it.
        ("با abc 12", 9, -4),
        ("abc 12", 6, 6),
        ("2018", 4, 4),
        # Arabic in a Latin line goes on to the left of its number.
        ("abc با 12", 9, 4),
    ],
)
def test_the_caret_stands_where_the_next_letter_goes(text: str, caret: int, expected: int) -> None:
    at = column(typed(text).to(caret))
    assert at == (expected if expected >= 0 else WIDE + expected)


def test_after_typing_the_caret_stays_with_the_letter_where_directions_meet() -> None:
    draft = typed("abc xyz").to(4).insert("ب").insert("ا")
    assert draft.text == "abc باxyz"
    # abc AB|xyz is drawn abc BAxyz: the next Arabic letter goes where the alef is.
    assert column(draft) == 4
    # Put there by hand the caret stands on the x.
    assert column(draft.to(6)) == 6


@given(texts)
def test_typing_letter_by_letter_is_pasting_at_once(text: str) -> None:
    once = Draft().insert(text)
    assert typed(text) == once
    assert column(typed(text)) == column(once)


@given(texts.filter(lambda text: text and "\u200d" not in text), st.sampled_from("بaxا"))
def test_a_letter_of_the_same_direction_appears_where_the_caret_was(text: str, char: str) -> None:
    draft = typed(text + char)
    after = draft.insert(char)
    shown = row(after).line(START)
    last = max(shown.columns(), key=lambda each: each[1].start)
    # A lam-alef takes the column of its lam, which was there before.
    if last[1].second is None:
        assert last[0] == column(draft)


@given(texts, st.sampled_from([-1, 1]))
def test_the_arrows_reach_both_sides_of_the_line(text: str, step: int) -> None:
    draft = Draft().insert(text)
    rows = row(draft)
    for _ in range(2 * len(text) + 2):
        draft = rows.beside(draft, step)
    line, rtl = rows.line(START), rows.layout(0).base == 1
    if rtl == (step < 0):
        assert draft.caret == len(text)
    elif text:
        assert column(draft) == (WIDE - line.cells[-1].width if rtl else 0)


@given(notes, st.integers(3, 9))
def test_the_right_arrow_passes_every_cluster_of_a_note_in_reading_order(
    text: str, width: int
) -> None:
    draft = note(text).to(0)
    rows = DraftRows(draft.text, width)
    seen = set()
    # From the edge where the first row begins: a number may begin in its middle.
    for way in (-1, 1):
        for _ in range(3 * len(text) + 3):
            rtl = rows.layout(rows.point(draft).place.paragraph).base
            draft = rows.beside(draft, -way if rtl else way)
            seen.add(draft.caret)
    assert draft.caret == len(draft.text)
    stops = {start for start, _ in clusters(draft.text)}
    unseen = (_unseen(rows, number) for number in range(len(rows.paragraphs)))
    assert stops - seen <= set().union(*unseen)


def _unseen(rows: DraftRows, paragraph: int) -> set[int]:
    """What shares a cell with the cluster before it: a hanging space, a joiner by itself."""
    start, end, _ = rows.paragraphs[paragraph]
    edges = {
        start + edge
        for line in rows.layout(paragraph).lines
        for cell in line.cells
        for edge in (cell.start, cell.second)
        if edge is not None
    }
    return set(range(start, end)) - edges


@given(notes, st.integers(3, 9), st.integers(0, 40), st.lists(st.integers(-2, 2), max_size=8))
def test_up_and_down_stay_in_the_text_and_near_the_column(
    text: str, width: int, caret: int, steps: list[int]
) -> None:
    draft = note(text).to(caret)
    rows = DraftRows(draft.text, width)
    at = rows.point(draft).column
    for step in steps:
        before = rows.point(draft)
        draft = rows.vertical(draft, step, at)
        assert 0 <= draft.caret <= len(draft.text)
        place = rows.point(draft).place
        if step and rows.moved(before.place, step) != before.place:
            assert place == rows.moved(before.place, step)


@given(notes, st.integers(3, 9))
def test_a_click_on_each_cell_puts_the_caret_on_it(text: str, width: int) -> None:
    draft = note(text)
    rows = DraftRows(draft.text, width)
    for place in rows.window(START, 99):
        for at, cell in rows.line(place).columns():
            if not cell.width:
                continue
            hit = rows.hit(draft, place, at)
            assert hit.caret == rows.starts[place.paragraph] + cell.start
            if hit.caret < rows.paragraphs[place.paragraph].end:
                assert rows.point(hit) == (place, at)


def test_each_paragraph_has_its_own_direction_and_an_empty_one_that_before() -> None:
    rows = DraftRows("Nix said\nقال Nix إن\n\n12:\nend\n", 20)
    assert [rows.layout(p).base for p in range(len(rows.paragraphs))] == [0, 1, 1, 1, 0, 0]


def test_the_ends_of_a_row_are_its_own() -> None:
    draft = note("one two three four").to(9)
    rows = DraftRows(draft.text, 9)
    assert [rows.line(place).end for place in rows.window(START, 9)] == [8, 14, 18]
    end = rows.row_end(draft)
    assert (end.caret, rows.point(end).place) == (14, Place(0, 1))
    assert rows.row_end(end) == end
    assert rows.row_start(end).caret == 8
    assert rows.vertical(draft, -1, 2).caret == 2
    assert rows.vertical(draft.to(2), -1, 2).caret == 0
    assert rows.vertical(draft.to(16), 1, 2).caret == 18


def test_words_on_the_left_are_the_next_ones_in_arabic() -> None:
    draft = note("قال Trump نعم").to(0)
    rows = DraftRows(draft.text, 40)
    assert [rows.word(draft, -1).caret, rows.word(draft.to(4), -1).caret] == [3, 9]
    assert rows.word(draft.to(9), +1).caret == 4


def test_an_arrow_leaves_the_selection_at_its_side() -> None:
    draft = note("قال Trump نعم").select(4, 9)
    rows = DraftRows(draft.text, 40)
    assert (rows.beside(draft, -1).caret, rows.beside(draft, +1).caret) == (9, 4)
    further = rows.beside(draft, -1, select=True)
    assert further.selection == (4, 10)
