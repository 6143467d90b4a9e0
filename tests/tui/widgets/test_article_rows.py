"""Rows of an article: estimates that come right, and walks that agree with a full layout."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.text.layout import layout_paragraph
from reader.tui.widgets.article_rows import START, ArticleRows, Place
from reader.tui.widgets.row_index import RowIndex

counts = st.lists(st.integers(1, 9), min_size=1, max_size=40)
texts = st.text(st.sampled_from("ab لا\n"), max_size=120)


@given(counts, st.lists(st.tuples(st.integers(0, 39), st.integers(1, 9)), max_size=10))
def test_the_index_agrees_with_plain_sums(rows: list[int], changes: list[tuple[int, int]]) -> None:
    index = RowIndex(rows)
    for paragraph, count in changes:
        if paragraph < len(rows):
            rows[paragraph] = count
            index.set_count(paragraph, count)
    assert index.total == sum(rows)
    assert [index.before(i) for i in range(len(rows) + 1)] == [
        sum(rows[:i]) for i in range(len(rows) + 1)
    ]
    flat = [(i, row) for i, count in enumerate(rows) for row in range(count)]
    assert [index.find(row) for row in range(sum(rows))] == flat
    assert index.find(-1) == flat[0]
    assert index.find(sum(rows)) == flat[-1]


def all_places(text: str, width: int) -> list[Place]:
    rows = ArticleRows(text, True, width)
    return [
        Place(i, row)
        for i in range(len(rows.paragraphs))
        for row in range(len(rows.layout(i).lines))
    ]


@given(texts, st.integers(1, 12))
def test_a_walk_over_rows_nobody_has_seen_visits_all_of_them(text: str, width: int) -> None:
    places = all_places(text, width)
    assert ArticleRows(text, True, width).window(START, 10_000) == places
    assert ArticleRows(text, True, width).last == places[-1]
    rows = ArticleRows(text, True, width)
    assert [rows.moved(START, step) for step in range(len(places))] == places
    rows = ArticleRows(text, True, width)
    last = rows.last
    assert [rows.moved(last, -step) for step in range(len(places))] == places[::-1]
    assert rows.moved(START, -3) == START
    assert rows.moved(last, 3) == last


@given(texts, st.integers(1, 12))
def test_every_code_point_is_in_the_row_that_shows_it(text: str, width: int) -> None:
    rows = ArticleRows(text, True, width)
    for offset, char in enumerate(text):
        start, end = rows.range(rows.place(offset))
        assert start <= offset < end or char == "\n"
    for number, place in enumerate(all_places(text, width)):
        assert rows.number(place) == number
        assert rows.at(number) == place


def test_looking_at_the_end_lays_out_the_end_only() -> None:
    text = "aaaaa aaaaa aaaaa\n" * 1000
    rows = ArticleRows(text, False, 9)
    assert rows.total == 2000  # estimated: 17 code points in 9 columns
    assert rows.place(len(text) - 2) == Place(999, 2)
    assert rows.total == 2001


def test_a_very_long_line_is_laid_out_a_chunk_at_a_time() -> None:
    text = "x\n" + "Trump قال " * 20_000 + "\nend"
    rows = ArticleRows(text, True, 50)
    long = layout_paragraph(text[2:-4], 50, 1)
    assert len(rows.paragraphs) == 6
    shown = [rows.line(place) for place in rows.window(Place(1, 0), 100_000)][:-1]
    assert [[cell.text for cell in line.cells] for line in shown] == [
        [cell.text for cell in line.cells] for line in long.lines
    ]
    start, end = rows.range(rows.place(150_000))
    assert start <= 150_000 < end
