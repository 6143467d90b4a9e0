from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotation.spans import make_span, merge_ranges
from reader.errors import AnnotationError

TEXT = "Ein «سلام» für 😊 alle"
RANGES = st.lists(st.tuples(st.integers(0, 22), st.integers(0, 22)), max_size=6)


def test_span_knows_its_quote_and_surroundings() -> None:
    span = make_span("a", "x" * 40 + "NAME" + "y" * 40, [(40, 44)])
    assert (span.start, span.end, span.quote) == (40, 44, "NAME")
    assert (span.prefix, span.suffix) == ("x" * 32, "y" * 32)


def test_discontinuous_span_keeps_the_gap_in_its_quote() -> None:
    span = make_span("a", TEXT, [(15, 16), (0, 3)])
    assert span.fragments == ((0, 3), (15, 16))
    assert span.quotes == ("Ein", "😊")
    assert span.quote == TEXT[0:16]
    assert (span.length, span.covers(7), span.covers(15)) == (4, False, True)
    assert (span.overlaps(3, 15), span.overlaps(2, 4)) == (False, True)


@pytest.mark.parametrize("ranges", [[], [(3, 3)], [(5, 2)]])
def test_nothing_selected_is_refused(ranges: list[tuple[int, int]]) -> None:
    with pytest.raises(AnnotationError, match="Nothing is selected"):
        make_span("a", TEXT, ranges)


def test_leaving_the_text_is_refused() -> None:
    with pytest.raises(AnnotationError, match="20-99 leaves the text, which has 21"):
        make_span("a", TEXT, [(20, 99)])


@given(RANGES)
def test_merged_ranges_cover_the_same_offsets(ranges: list[tuple[int, int]]) -> None:
    merged = merge_ranges(ranges)
    covered = {offset for start, end in ranges for offset in range(start, end)}
    assert covered == {offset for start, end in merged for offset in range(start, end)}
    assert all(a[1] < b[0] for a, b in pairwise(merged))
