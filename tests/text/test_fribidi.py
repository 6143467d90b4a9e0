"""Levels and order are those of GNU FriBidi, over the right-to-left test texts."""

from __future__ import annotations

import re

import pytest

from reader.text.bidi import line_levels, resolve_levels, visual_order
from reader.text.cells import logical_cells
from reader.text.emitters import emit_row
from reader.text.layout import layout_paragraph
from reader.text.properties import bidi_classes
from reader.text.terminals import PROFILES, TerminalProfile
from reader.text.wrapping import wrap
from tests.text.fribidi import FribidiParagraph, library, resolved
from tests.text.rtl_texts import NAMES, texts
from tests.text.simulation import columns, composed, shown

pytestmark = pytest.mark.skipif(
    library() is None, reason="GNU FriBidi is not installed (Debian: libfribidi0)"
)
WIDTHS = range(30, 121)
# What rule X9 removes has no place of its own: implementations put it where they like.
REMOVED = frozenset("xyuvzb")
# The one difference that these texts show: rule L1 gives isolate controls at the end of
# a line the base level, as it does blanks (UAX #9 since Unicode 6.3). FriBidi 1.0.8 does
# so at the end of a paragraph, but in `fribidi_reorder_line` stops at the first of them.
ISOLATE_AT_END = re.compile("[lrfp][Wlrfpxyuvzb]*$")


def lines(text: str, levels: list[int]) -> set[tuple[int, int]]:
    """Start and end of every line that the paragraph has at any of the widths."""
    cells = logical_cells(text, levels)
    return {
        (row[0].start, row[-1].end) for width in WIDTHS for row, _ in wrap(text, list(cells), width)
    }


def kept(order: list[int], classes: str) -> list[int]:
    return [index for index in order if classes[index] not in REMOVED]


def assert_same(text: str, base: int) -> None:
    classes = bidi_classes(text)
    level, levels = resolve_levels(text, base)
    assert level == base
    theirs = resolved(text, base)
    ours = line_levels(levels, classes, base)
    everywhere = list(range(len(text)))
    assert [ours[at] for at in kept(everywhere, classes)] == [
        theirs.levels[at] for at in kept(everywhere, classes)
    ]
    for start, end in sorted(lines(text, levels)):
        assert_same_line(classes, levels, theirs, start, end)


def assert_same_line(
    classes: str, levels: list[int], theirs: FribidiParagraph, start: int, end: int
) -> None:
    shown = line_levels(levels[start:end], classes[start:end], theirs.base)
    order = [start + index for index in visual_order(shown)]
    wanted = theirs.visual_order(start, end)
    if ISOLATE_AT_END.search(classes[start:end]):
        inner = start + len(classes[start:end].rstrip("Wlrfpxyuvzb"))
        assert {shown[at - start] for at in range(inner, end)} == {theirs.base}
        order, wanted = ([at for at in each if at < inner] for each in (order, wanted))
    assert kept(order, classes) == kept(wanted, classes)


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_and_every_line_is_in_fribidis_order(name: str) -> None:
    for text in texts()[name]:
        base, _ = resolve_levels(text)
        assert_same(text, base)


@pytest.mark.parametrize("base", [0, 1])
def test_the_mixtures_in_either_base_direction(base: int) -> None:
    for text in (*texts()["mixed"], *texts()["mixed-seed"]):
        assert_same(text, base)


def fribidi_levels(text: str, profile: TerminalProfile) -> list[int]:
    return resolved(text, 0).levels


@pytest.mark.parametrize("name", NAMES)
def test_rows_for_a_terminal_that_orders_them_by_fribidi_are_seen_as_composed(name: str) -> None:
    """VTE does: the rows that it is sent, ordered by its own engine."""
    profile = PROFILES["vte-implicit"]
    for text in texts()[name]:
        for width in (40, 79):
            for line in layout_paragraph(text, width, ligatures=False).lines:
                pane = composed(line, width)
                row = [*pane, ("\u2502", "border"), *pane]
                assert shown(emit_row(row, profile), profile, fribidi_levels) == columns(row)
