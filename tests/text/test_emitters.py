"""What is sent to each kind of terminal, proven on a simulation of the terminal."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import cycle, islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.emit import one_row
from reader.text.emitters import emit_row
from reader.text.layout import layout_paragraph
from reader.text.terminals import (
    IMPLICIT,
    KITTY,
    LRM,
    MODES,
    PLAIN,
    PROFILES,
    TerminalProfile,
    in_multiplexer,
)
from tests.text.rtl_texts import NAMES, texts
from tests.text.simulation import alike, columns, composed, shown
from tests.text.texts import any_text, bases

Row = list[tuple[str, object]]

WORDS = (
    "نص", "لا", "שלום", "abc", "12", "٣٤", "3.5%", "(", ")", "[", "]", " ", " ", "، ", ". ", "-",
    "«", "»", "$", "/", "بَ", "می\u200cروم", "ه\u200d", "كە",
)  # fmt: skip
# One of those that differ in nothing but their names.
ORDERING = list(
    {
        replace(profile, name=""): profile
        for profile in reversed(list(PROFILES.values()))
        if profile.emitter != "visual"
    }.values()
)
MARKING = [profile for profile in ORDERING if LRM in profile.formats or profile is KITTY]
# Two for each paragraph, so that all widths come in turn.
WIDTHS = range(20, 121)
LATIN = "The minister (Washington) said 12% of 3 [no]"

loose_text = st.one_of(any_text, st.lists(st.sampled_from(WORDS), max_size=8).map("".join))
spaced_text = st.lists(st.sampled_from([word for word in WORDS if word.strip() == word])).map(
    " ".join
)


@st.composite
def screens(draw: st.DrawFn, text: st.SearchStrategy[str], edges: list[str]) -> Row:
    """A row of panes, borders and a dialog over them, cut anywhere between columns."""
    cells: Row = [(" ", "edge")]
    ligatures = draw(st.booleans())
    for number in range(draw(st.integers(1, 3))):
        line, _ = one_row(draw(text), draw(st.integers(1, 30)), draw(bases), ligatures=ligatures)
        cells += [(" ", "blank")] * line.indent
        cells += [(cell.text, number) for cell in line.cells if cell.width]
        cells += [(edge, "border") for edge in draw(st.sampled_from(edges))]
    if draw(st.booleans()):
        line, _ = one_row(draw(text), draw(st.integers(1, 12)), draw(bases), ligatures=ligatures)
        start = draw(st.integers(1, len(cells)))
        dialog = [(cell.text, "dialog") for cell in line.cells if cell.width]
        framed = [*edges[0], *(text for text, _ in dialog), *edges[0]]
        cells[start : start + len(framed)] = [(text, "dialog") for text in framed]
    return cells


def side_by_side(left: Row, right: Row, dialog: Row) -> Row:
    """Two panes with borders and a dialog over where they meet."""
    cells: Row = [(" ", "edge"), *columns(left), ("\u2502", "border"), *columns(right)]
    middle = len(left)
    framed: Row = [("\u2503", "frame"), *columns(dialog), ("\u2503", "frame")]
    cells[middle : middle + len(framed)] = framed
    return [*cells, ("\u2502", "border")]


def name_of(profile: TerminalProfile) -> str:
    return profile.name


def assert_seen(row: Row, profile: TerminalProfile) -> None:
    seen, wanted = shown(emit_row(row, profile), profile), columns(row)
    assert seen == wanted or alike(seen) == alike(wanted)


def rows_of(text: str, width: int, profile: TerminalProfile) -> list[Row]:
    inner = width - (profile.base == "auto")
    edge: Row = [(" ", "edge")] * (width - inner)
    layout = layout_paragraph(text, inner, ligatures=profile.ligatures)
    return [edge + composed(line, inner) for line in layout.lines]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ORDERING, ids=name_of)
def test_every_row_of_the_texts_is_seen_as_composed(name: str, profile: TerminalProfile) -> None:
    for number, text in enumerate(texts()[name]):
        for width in islice(cycle(WIDTHS), number * 37, number * 37 + 66, 33):
            for row in rows_of(text, width, profile):
                assert_seen(row, profile)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ORDERING, ids=name_of)
def test_panes_and_dialogs_over_the_texts_are_seen_as_composed(
    name: str, profile: TerminalProfile
) -> None:
    dialog = composed(layout_paragraph("حذف (Delete) ١٢؟", 20, ligatures=False).lines[0], 20, "d")
    latin = composed(layout_paragraph(LATIN, 50).lines[0], 50, "l")
    rows = [row for text in texts()[name] for row in rows_of(text, 40, profile)]
    for one, other in islice(pairwise(rows), 0, None, 5):
        for row in (side_by_side(one, other, dialog), side_by_side(latin, one, dialog)):
            assert_seen(row, profile)


@given(screens(loose_text, ["\u2502", " \u2502 ", "  ", ""]), st.sampled_from(MARKING))
def test_any_row_is_seen_as_composed(row: Row, profile: TerminalProfile) -> None:
    assert_seen(row, profile)


@given(screens(spaced_text, [" \u2502 ", "  "]), st.sampled_from(ORDERING))
def test_blanks_are_enough_where_words_stand_apart(row: Row, profile: TerminalProfile) -> None:
    assert_seen(row, profile)


@given(screens(loose_text, ["\u2502"]), st.sampled_from(ORDERING))
def test_each_cell_is_sent_once_in_its_style(row: Row, profile: TerminalProfile) -> None:
    """Also where the order cannot be had."""
    seen, wanted = shown(emit_row(row, profile), profile), columns(row)
    assert Counter(cell.style for cell in seen) == Counter(cell.style for cell in wanted)


@given(st.text(st.characters(max_codepoint=0x58F)), st.sampled_from(ORDERING))
def test_a_row_without_right_to_left_text_goes_as_it_is(
    text: str, profile: TerminalProfile
) -> None:
    row = [(text, "one"), ("\u2502", "two")]
    assert emit_row(row, profile) == row


def test_a_terminal_that_does_not_order_gets_what_is_seen() -> None:
    row = [("\ufee2\ufee7", 1), (" \ufefb", 2)]
    for profile in PROFILES.values():
        if profile.emitter == "visual":
            assert emit_row(row, profile) == row


SALAM = "\ufee1\ufe8e\ufee0\ufeb3"  # As it is drawn, from the left: meem, alef, lam, seen.
NOMINAL = "\u0633\u0644\u0627\u0645"
DAL = "\ufea9"


@pytest.mark.parametrize(
    ("row", "sent"),
    [
        (f"  {SALAM}", f"  {NOMINAL}"),
        # Edge neutrals stand where they are seen, unmirrored; inner ones are mirrored back.
        (f"({SALAM}) abc", f"({NOMINAL}) abc"),
        (f"{DAL}) {DAL}", "\u062f (\u062f"),
        # A number keeps its digits' order within a stretch; after Arabic % is no part of it.
        (f"{DAL} 12% {DAL}", "\u062f %12 \u062f"),
        # A number on the right would be drawn into the stretch on its left.
        (f"{DAL} \u060c2016", "\u062f\u2800\u060c2016"),
        # On the left it is not.
        (f"2016 {DAL}", "2016 \u062f"),
        # Two columns of a table, two panes.
        (f"{DAL}  {SALAM}", f"\u062f \u2800{NOMINAL}"),
        (f"{DAL} \u2502 {SALAM}", f"\u062f \u2502\u2800{NOMINAL}"),
        # The bracket on the left would pair with the one in the stretch.
        (f"(a \u2502 {DAL} ({DAL}", "(a \u2502 \u062f\u2800(\u062f"),
        # Lam and alef in one column: the form of both, and that of a letter joined to it.
        ("\ufee1\ufefc\ufeb3 \ufee6\ufee3", "\u0645\u0646 \ufeb3\ufefc\u0645"),
        # ZWNJ where letters stand apart that would join.
        ("\ufee1\ufead\ufbfd\ufee3", "\u0645\u06cc\u200c\u0631\u0645"),
        # Marks stay after their base.
        (f"{DAL}\u064e{DAL}\u0651\u064f", "\u062f\u0651\u064f\u062f\u064e"),
    ],
)
def test_what_an_ordering_terminal_is_sent(row: str, sent: str) -> None:
    assert emit_row([(row, None)], IMPLICIT) == [(sent, None)]


def test_konsole_mirrors_nothing_and_takes_borders_for_letters() -> None:
    konsole = PROFILES["konsole"]
    assert emit_row([(f"{DAL}) {DAL}", None)], konsole) == [("\u062f )\u062f", None)]
    assert emit_row([(f"{DAL}\u2502{SALAM}", None)], konsole) == [(f"\u062f\u2502{NOMINAL}", None)]


def test_putty_gets_presentation_forms() -> None:
    assert emit_row([(f" {SALAM}", None)], PROFILES["putty"]) == [(f"\u2800{SALAM[::-1]}", None)]


def test_styles_go_with_their_cells() -> None:
    row = [("ab ", 1), (SALAM[:2], 2), (SALAM[2:], 3), (" ", 1)]
    assert emit_row(row, IMPLICIT) == [("ab ", 1), (NOMINAL[:2], 3), (NOMINAL[2:], 2), (" ", 1)]


def test_kitty_gets_the_letters_of_each_word_in_logical_order() -> None:
    row = [(f"12 {SALAM} (a) {DAL}\u064e{DAL}\u060c ", None)]
    assert emit_row(row, KITTY) == [(f"12 {NOMINAL} (a) \u060c\u062f\u062f\u064e ", None)]


def test_kitty_draws_a_word_in_two_faces_as_two() -> None:
    row = [(SALAM[:2], "bold"), (SALAM[2:], "plain")]
    # Joiners would have to say that the word goes on: forms do it.
    assert emit_row(row, KITTY, str) == [(SALAM[1::-1], "bold"), (SALAM[:1:-1], "plain")]


def test_kitty_gets_forms_where_letters_stand_apart() -> None:
    row = "\ufee1\ufead\ufbfd\ufee3"
    assert emit_row([(row, None)], KITTY) == [(row[::-1], None)]


def test_kitty_draws_hebrew_in_another_font() -> None:
    row = [(f"\u05d1\u05d0{DAL}", None)]
    assert emit_row(row, KITTY) == [("\u05d0\u05d1\u062f", None)]


def test_profiles_go_by_their_names() -> None:
    assert all(name == profile.name for name, profile in PROFILES.items())
    assert set(MODES) == {"visual", "terminal", "kitty", "off"}
    assert not MODES["off"].off
    assert PLAIN.emitter == "visual"
    for profile in PROFILES.values():
        assert bool(profile.off) == bool(profile.on)
        # Two nominal letters in one column would push the rest of the row aside.
        assert profile.ligatures or profile.shapes


def test_behind_tmux_a_terminal_cannot_be_told_to_stop() -> None:
    vte = in_multiplexer(PROFILES["vte"])
    assert (vte.name, vte.emitter, vte.off, vte.on) == ("vte-implicit", "terminal", "", "")
    assert in_multiplexer(PROFILES["wezterm"]).emitter == "visual"
    konsole = in_multiplexer(PROFILES["konsole"])
    # A letter cut from its word by a dialog: no joiner, which would take the next cell in.
    sent = emit_row([("\u2502\ufeb3\u2502", None)], konsole)
    assert sent == [("\u2502\ufeb3\u2502", None)]
    sent = emit_row([("\u2502\ufeb3\u2502", None)], PROFILES["konsole"])
    assert sent == [("\u2502\u0633\u200d\u2502", None)]
