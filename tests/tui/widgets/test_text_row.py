"""Rows of user text in lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.app import App, ComposeResult

from reader.tui.widgets.text_row import TextRow, text_strip

PLAIN = Style()


@pytest.mark.parametrize(
    ("text", "width", "base", "expected"),
    [
        ("Trump", 8, None, "Trump   "),
        ("باب", 5, None, "  ﺏﺎﺑ"),
        ("باب", 5, 0, "ﺏﺎﺑ  "),
        ("Trump wins again", 8, None, "Trump w…"),
        ("باب كبير", 5, None, " …ﺏﺎﺑ"),
        ("[b]a[/]", 9, None, "[b]a[/]  "),
        ("a\nb", 4, None, "a b "),
        ("", 2, None, "  "),
        ("x", 0, None, ""),
    ],
)
def test_a_row_fills_its_width_in_its_own_direction(
    text: str, width: int, base: int | None, expected: str
) -> None:
    strip = text_strip(text, width, PLAIN, base)
    assert strip.text == expected
    assert strip.cell_length == width


@given(st.text(max_size=60), st.integers(1, 30))
def test_a_row_is_as_wide_as_it_says_and_sends_no_controls(text: str, width: int) -> None:
    strip = text_strip(text, width, PLAIN)
    assert strip.cell_length == width == sum(cell_len(segment.text) for segment in strip)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in strip.text)


@given(st.text(st.sampled_from("ب\u064e\u0651لاa界"), max_size=12), st.integers(1, 12))
def test_cutting_a_row_never_parts_a_letter_from_its_marks(text: str, column: int) -> None:
    strip = text_strip(text, 12, PLAIN)
    left, right = strip.crop(0, column), strip.crop(column, 12)
    for segment in (*left, *right):
        assert not segment.text.startswith(("\u064e", "\u0651"))
    assert left.cell_length + right.cell_length == 12


async def test_the_widget_shows_another_text_after_an_update() -> None:
    class Small(App[None]):
        def compose(self) -> ComposeResult:
            yield TextRow("one")

    app = Small()
    async with app.run_test(size=(6, 2)) as pilot:
        row = app.query_one(TextRow)
        assert row.render_line(0).text == "one   "
        row.update("باب")
        await pilot.pause()
        assert row.render_line(0).text == "   ﺏﺎﺑ"
