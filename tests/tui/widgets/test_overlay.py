"""Looks of cells: innermost spans, first cells, roles, and lam-alefs covered in part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotation.annotation_set import Placed
from reader.annotation.schema import DEFAULT_SCHEMA, EntityType, Schema
from reader.text.layout import layout_paragraph
from reader.tui.widgets.margin import (
    Label,
    margin_pieces,
    proposed_labels,
    row_labels,
    type_letters,
)
from reader.tui.widgets.overlay import Look, Proposed, SpanIndex, row_looks, with_proposed
from tests.tui.widgets.support import claim, mention

ABC = "abcdefgh"


def placed(*records: object) -> list[Placed]:
    found = []
    for record in records:
        role = "claim" if type(record).__name__ == "ClaimMention" else "mention"
        found.append(Placed(record.span, record, role))  # type: ignore[attr-defined, arg-type]
    return found


def looks(text: str, *records: object, chosen: tuple[tuple[int, int, str], ...] = ()) -> list[Look]:
    """Looks of the only row of a text, in logical order."""
    line = layout_paragraph(text, 80).lines[0]
    index = SpanIndex(placed(*records), [0])
    found = row_looks(line, 0, index.on(0, 0, len(text)), (), chosen)
    order = sorted(range(len(line.cells)), key=lambda i: line.cells[i].start)
    return [found[i] for i in order]


def kinds(found: list[Look]) -> str:
    """A letter for each cell: the type's or c; capital where a span begins."""
    signs = [(look.type or look.kind or ".")[0].lower() for look in found]
    return "".join(s.upper() if look.first else s for s, look in zip(signs, found, strict=True))


def test_a_cell_shows_the_innermost_span() -> None:
    outer, inner = claim(ABC, (1, 7)), mention(ABC, "PER", (3, 5))
    assert kinds(looks(ABC, outer, inner)) == ".CcPpcc."
    assert kinds(looks(ABC, inner, outer)) == ".CcPpcc."


def test_blanks_at_the_end_of_a_row_show_no_span() -> None:
    assert kinds(looks("ab cd  ", claim("ab cd  ", (0, 7)))) == "Ccccc.."
    assert kinds(looks("با د ", claim("با د ", (0, 5)))) == "Cccc."


def test_of_spans_over_the_same_words_the_mention_shows() -> None:
    assert kinds(looks(ABC, mention(ABC, "PER", (1, 3)), claim(ABC, (1, 3)))) == ".Pp....."


def test_overlapping_spans_show_the_shorter_one() -> None:
    one, other = mention(ABC, "PER", (0, 4)), mention(ABC, "LOC", (3, 6))
    assert kinds(looks(ABC, one, other)) == "PppLll.."


def test_touching_spans_differ_at_their_first_cell() -> None:
    first, second = mention(ABC, "PER", (0, 3)), mention(ABC, "PER", (3, 6))
    assert kinds(looks(ABC, first, second)) == "PppPpp.."


def test_fragments_of_one_span_each_begin() -> None:
    assert kinds(looks(ABC, mention(ABC, "PER", (0, 2), (4, 6)))) == "Pp..Pp.."


def test_a_lam_alef_of_which_one_letter_is_covered_is_partly_covered() -> None:
    text = "بلاب"
    whole = looks(text, mention(text, "PER", (1, 3)))
    assert [look.partly for look in whole] == [False, False, False]
    assert whole[1] == Look("", "mention", "PER", True)
    for span in ((0, 2), (2, 4)):
        found = looks(text, mention(text, "PER", span))
        assert found[1] == Look(partly=True)
    chosen = looks(text, chosen=((2, 4, "selected"),))
    assert chosen == [Look(), Look(partly=True), Look(chosen="selected")]


def test_two_spans_that_meet_in_a_lam_alef_leave_it_partly_covered() -> None:
    text = "بلاب"
    found = looks(text, mention(text, "PER", (0, 2)), mention(text, "PER", (2, 4)))
    assert [look.partly for look in found] == [False, True, False]


def test_a_span_of_a_mark_alone_shows_on_its_letter() -> None:
    text = "بَب"
    assert kinds(looks(text, mention(text, "PER", (1, 2)))) == "P."


@given(
    st.text(st.sampled_from("abلاب َ1"), min_size=1, max_size=14),
    st.lists(st.tuples(st.integers(0, 13), st.integers(1, 8)), max_size=4),
)
def test_looks_agree_with_a_count_of_every_code_point(
    text: str, spans: list[tuple[int, int]]
) -> None:
    records = [
        mention(text, "PER", (start, min(start + length, len(text))))
        for start, length in spans
        if start < len(text)
    ]
    line = layout_paragraph(text, 80).lines[0]
    cells = sorted(line.cells, key=lambda cell: cell.start)
    for cell, look in zip(cells, looks(text, *records), strict=True):
        over = [r for r in records if r.span.overlaps(cell.start, cell.end)]
        if not text[cell.start :].strip(" "):
            assert not look.kind
        elif cell.second is None:
            assert bool(look.kind) == bool(over)
        elif not over:
            assert look == Look()
        else:
            assert look.kind or look.partly


def test_spans_are_found_in_each_paragraph_they_reach() -> None:
    text = "ab\ncd\nef"
    index = SpanIndex(placed(mention(text, "PER", (1, 4)), mention(text, "LOC", (6, 8))), [0, 3, 6])
    assert [len(index.on(i, 0, len(text))) for i in range(3)] == [1, 1, 1]
    assert not index.on(1, 4, 5)


def test_every_type_has_a_letter_of_its_own() -> None:
    assert "".join(type_letters(DEFAULT_SCHEMA).values()) == "POLEWDMNT"
    same = Schema((EntityType("ab", ""), EntityType("ab2", ""), EntityType("حزب", "")), ())
    assert list(type_letters(same).values()) == ["A", "B", "C"]


def test_labels_begin_with_the_spans_that_begin_on_the_row() -> None:
    going_on, inner = claim(ABC, (0, 8)), mention(ABC, "PER", (5, 6))
    index = SpanIndex(placed(going_on, inner), [0])
    letters = type_letters(DEFAULT_SCHEMA)
    labels = row_labels(index.on(0, 4, 8), 4, letters, {inner.id})
    assert labels == [Label("P", "PER", True, True), Label("c", "", False, False)]
    assert [sign for sign, *_ in margin_pieces(labels, 3)] == ["P", "*", "c"]
    assert [sign for sign, *_ in margin_pieces(labels, 2)] == ["P", "+"]
    theirs = [Label("P", "PER", True, False, "ⁿ"), Label("c", "", False, False, "ⁿ")]
    assert [sign for sign, *_ in margin_pieces(theirs, 4)] == ["P", "ⁿ", "c", "ⁿ"]
    assert [sign for sign, *_ in margin_pieces(theirs, 3)] == ["P", "ⁿ", "+"]
    assert [sign for sign, *_ in margin_pieces([labels[0]] * 4, 5)] == ["P", "*", "P", "*", "+"]


def test_a_span_in_pieces_has_one_label_a_row() -> None:
    index = SpanIndex(placed(mention(ABC, "PER", (0, 1), (2, 3), (4, 5))), [0])
    labels = row_labels(index.on(0, 0, 8), 0, type_letters(DEFAULT_SCHEMA), ())
    assert labels == [Label("P", "PER", True, False)]
    labels = row_labels(index.on(0, 2, 8), 2, type_letters(DEFAULT_SCHEMA), ())
    assert labels == [Label("P", "PER", False, False)]


def test_what_is_proposed_keeps_the_span_below_and_cuts_no_cell() -> None:
    text = "قال لأسوشيتد"
    line = layout_paragraph(text, 80).lines[0]
    index = SpanIndex(placed(claim(text, (0, 6))), [0])
    below = row_looks(line, 0, index.on(0, 0, len(text)))
    found = with_proposed(below, line, 0, [Proposed(5, 12, "ORG")])
    by_start = {cell.start: look for cell, look in zip(line.cells, found, strict=True)}
    assert by_start[0] == Look(kind="claim", first=True)
    assert by_start[4].partly and not by_start[4].proposed
    assert [by_start[place].proposed for place in range(6, 12)] == ["ORG"] * 6


def test_the_margin_has_one_sign_for_each_type_that_is_proposed() -> None:
    labels = [Label("P", "PER", True, False), *proposed_labels(["ORG", "PER", "ORG"])]
    assert margin_pieces(labels, 3) == [
        ("P", "PER", True),
        ("?", "ORG", False),
        ("?", "PER", False),
    ]
