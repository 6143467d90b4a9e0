"""The selection as a value: what each motion selects, and what can never happen."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.breaking import clusters
from reader.text.paragraphs import paragraphs
from reader.text.selection import (
    UNITS,
    Edge,
    Range,
    Selection,
    TextUnits,
    Unit,
    grow,
    move,
    narrow,
    widen,
)

ARABIC = "نفى أوكزكوفسكي الخبر. وأكدت الوكالة، أمس.\n\nDonald Trump won 3.5 %.\n"
SENTENCES = [(0, 21), (22, 41), (43, 66)]

texts = st.text(st.sampled_from("ab1 .،لا\u064eبش\n\r\u2029\u200d👩😀e\u0301"), max_size=40)
edges = st.sampled_from(["start", "end"])
units = st.sampled_from(UNITS)
steps = st.sampled_from([-1, 1])


def of(text: str, selection: Selection) -> str:
    return text[selection.start : selection.end]


def seed() -> TextUnits:
    return TextUnits(ARABIC, lambda: SENTENCES)


def chosen(text: TextUnits, part: str, unit: Unit = "word") -> Selection:
    start = text.text.index(part)
    return Selection(start, start + len(part), unit)


@pytest.mark.parametrize(
    ("start", "unit", "step", "expected"),
    [
        ("نفى", "word", 1, "أوكزكوفسكي"),
        ("الخبر", "word", 1, "وأكدت"),
        ("أمس", "word", 1, "Donald"),
        ("Donald", "word", -1, "أمس"),
        ("won", "word", 1, "3.5"),
        ("نفى", "word", -1, "نفى"),
        ("3.5", "word", 1, "3.5"),
        ("الخبر", "sentence", 1, "وأكدت الوكالة، أمس."),
        ("Donald", "sentence", -1, "وأكدت الوكالة، أمس."),
        ("نفى", "paragraph", 1, "Donald Trump won 3.5 %."),
        ("نفى", "cluster", 1, " "),
        ("Donald", "cluster", -1, "."),
    ],
)
def test_motions_are_logical(start: str, unit: Unit, step: int, expected: str) -> None:
    text = seed()
    assert of(ARABIC, move(text, chosen(text, start), unit, step)) == expected


@pytest.mark.parametrize(
    ("start", "edge", "unit", "step", "expected"),
    [
        ("Donald", "end", "word", 1, "Donald Trump"),
        ("Donald Trump", "end", "word", -1, "Donald"),
        ("Donald", "end", "word", -1, "Donald"),
        ("Donald", "end", "cluster", -1, "Donal"),
        ("onal", "end", "word", 1, "onald"),
        ("onal", "start", "word", 1, "Donal"),
        ("Trump", "start", "word", 1, "Donald Trump"),
        ("Donald Trump", "start", "word", -1, "Trump"),
        ("الخبر", "end", "sentence", 1, "الخبر."),
        ("وأكدت", "start", "cluster", -1, "أكدت"),
    ],
)
def test_edges_move_by_units(start: str, edge: Edge, unit: Unit, step: int, expected: str) -> None:
    text = seed()
    assert of(ARABIC, grow(text, chosen(text, start), edge, unit, step)) == expected


def test_lam_and_alef_are_two_clusters_for_the_edges() -> None:
    text = TextUnits("الاسم")
    assert of(text.text, grow(text, Selection(0, 5), "end", "cluster", -1)) == "الاس"
    three = grow(text, Selection(0, 3), "end", "cluster", -1)
    assert of(text.text, three) == "ال"


def test_widening_goes_from_word_to_sentence_to_paragraph_and_stays() -> None:
    text = seed()
    widened = chosen(text, "أوكزكوفسكي")
    seen = []
    for _ in range(4):
        widened = widen(text, widened)
        seen.append((widened.unit, of(ARABIC, widened)))
    assert seen == [
        ("sentence", "نفى أوكزكوفسكي الخبر."),
        ("paragraph", "نفى أوكزكوفسكي الخبر. وأكدت الوكالة، أمس."),
        ("paragraph", "نفى أوكزكوفسكي الخبر. وأكدت الوكالة، أمس."),
        ("paragraph", "نفى أوكزكوفسكي الخبر. وأكدت الوكالة، أمس."),
    ]


def test_widening_a_part_of_a_word_takes_the_word_first() -> None:
    text = seed()
    assert of(ARABIC, widen(text, chosen(text, "onal"))) == "Donald"
    assert of(ARABIC, widen(text, chosen(text, "كدت الو"))) == "وأكدت الوكالة"


def test_narrowing_goes_down_to_a_cluster() -> None:
    text = seed()
    narrowed = chosen(text, "نفى أوكزكوفسكي الخبر. وأكدت الوكالة، أمس.", "paragraph")
    seen = []
    for _ in range(4):
        narrowed = narrow(text, narrowed)
        seen.append(of(ARABIC, narrowed))
    assert seen == ["نفى أوكزكوفسكي الخبر.", "نفى", "ن", "ن"]


def test_a_mark_of_punctuation_can_be_selected_and_a_space_gives_the_nearest_word() -> None:
    text = seed()
    comma = ARABIC.index("،")
    assert text.over("word", comma) == (comma, comma + 1)
    assert ARABIC[slice(*text.over("word", 3))] == "نفى"
    assert ARABIC[slice(*text.over("word", len(ARABIC)))] == "3.5"


def test_kept_fragments_join_the_range() -> None:
    first = Selection(10, 12).keep()
    both = Selection(2, 5, kept=first.kept)
    assert both.ranges == ((2, 5), (10, 12))
    assert Selection(5, 10, kept=both.ranges).ranges == ((2, 12),)
    assert both.drop().ranges == ((2, 5),)


def test_a_text_without_units_has_an_empty_selection() -> None:
    for empty in ("", "\n\n"):
        text = TextUnits(empty)
        nothing = Selection(0, 0)
        assert text.over("word", 0) == (0, 0)
        assert widen(text, nothing) == narrow(text, nothing) == nothing
        for unit in UNITS:
            assert move(text, nothing, unit, 1) == move(text, nothing, unit, -1) == nothing


def test_sentences_are_asked_for_only_when_needed() -> None:
    asked = []

    def sentences() -> list[Range]:
        asked.append(1)
        return SENTENCES

    text = TextUnits(ARABIC, sentences)
    move(text, Selection(0, 3), "word", 1)
    assert not asked
    move(text, Selection(0, 3), "sentence", 1)
    move(text, Selection(0, 3), "sentence", 1)
    assert len(asked) == 1


@given(texts, units, st.integers(0, 40))
def test_what_is_over_an_offset_is_a_range_of_the_text(text: str, unit: Unit, offset: int) -> None:
    start, end = TextUnits(text).over(unit, min(offset, len(text)))
    assert 0 <= start <= end <= len(text)
    assert start < end or not re.sub("[\r\n\x85\u2029]", "", text)


@given(texts, st.lists(st.tuples(st.integers(0, 4), edges, units, steps), max_size=12))
def test_no_series_of_motions_empties_the_selection_or_leaves_the_text(
    text: str, motions: list[tuple[int, Edge, Unit, int]]
) -> None:
    found = TextUnits(text)
    selection = Selection(*found.over("word", 0))
    if selection.start == selection.end:
        return
    for kind, edge, unit, step in motions:
        selection = (
            move(found, selection, unit, step),
            grow(found, selection, edge, unit, step),
            widen(found, selection),
            narrow(found, selection),
            selection.keep(),
        )[kind]
        assert 0 <= selection.start < selection.end <= len(text)


@given(texts)
def test_forward_motion_by_cluster_visits_every_cluster_once(text: str) -> None:
    found = TextUnits(text)
    selection = Selection(0, 0)
    seen = []
    while (after := move(found, selection, "cluster", 1)) != selection:
        seen.append((after.start, after.end))
        selection = after
    wanted = [(a + s, a + e) for a, b, _ in paragraphs(text) for s, e in clusters(text[a:b])]
    assert seen == wanted


@given(texts, edges, units)
def test_growing_and_shrinking_an_aligned_edge_come_back(text: str, edge: Edge, unit: Unit) -> None:
    found = TextUnits(text)
    aligned = Selection(*found.over(unit, 0), unit)
    grown = grow(found, aligned, edge, unit, 1)
    if grown != aligned and aligned in (Selection(*pair, unit) for pair in _all(found, unit)):
        assert grow(found, grown, edge, unit, -1) == aligned


def _all(found: TextUnits, unit: Unit) -> list[Range]:
    seen = []
    selection = Selection(0, 0)
    while (after := move(found, selection, unit, 1)) != selection:
        seen.append((after.start, after.end))
        selection = after
    return seen


def test_a_possessive_ending_is_no_part_of_the_selected_word() -> None:
    text = TextUnits("President Trump’s CEO's ’s it’s")
    trump = chosen(text, "Trump")
    assert of(text.text, move(text, chosen(text, "President"), "word", 1)) == "Trump"
    assert of(text.text, move(text, trump, "word", 1)) == "CEO"
    assert of(text.text, grow(text, trump, "end", "word", 1)) == "Trump’s CEO"
    assert of(text.text, grow(text, chosen(text, "Trump’s"), "end", "word", -1)) == "Trump"
    assert text.over("word", text.text.index("’s")) == (trump.start, trump.end)
    assert text.over("word", text.text.index("’s") + 1) == (trump.start, trump.end)
    longer = grow(text, grow(text, trump, "end", "cluster", 1), "end", "cluster", 1)
    assert of(text.text, longer) == "Trump’s"
