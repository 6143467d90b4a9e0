"""The input as it is used: keys, paste, what is drawn, what is told."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.tui.themes import DARK, THEMES
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.text_row import text_strip


class InputApp(App[None]):
    def __init__(self, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK
        self.input = LineInput(value, placeholder=placeholder)
        self.told: list[tuple[str, str]] = []
        self.escaped = False

    def compose(self) -> ComposeResult:
        yield self.input

    def on_line_input_changed(self, event: LineInput.Changed) -> None:
        self.told.append((type(event).__name__, event.value))

    def on_line_input_submitted(self, event: LineInput.Submitted) -> None:
        self.told.append((type(event).__name__, event.value))

    def on_key(self, event: events.Key) -> None:
        self.escaped |= event.key == "escape"

    def row(self) -> str:
        return self.input.render_line(0).text

    def caret_columns(self) -> list[int]:
        columns: list[int] = []
        at = 0
        for segment in self.input.render_line(0):
            if segment.style is not None and segment.style.reverse:
                columns += range(at, at + segment.cell_length)
            at += segment.cell_length
        return columns


@asynccontextmanager
async def running(app: InputApp, width: int = 12) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(width, 2)) as pilot:
        app.input.focus()
        await pilot.pause()
        yield pilot


async def type_in(app: InputApp, pilot: Pilot[None], text: str) -> None:
    for char in text:
        app.input.post_message(events.Key("x", char))
    await pilot.pause()


@pytest.mark.parametrize(
    ("value", "row", "caret"),
    [
        ("Trump", "Trump       ", [5]),
        ("باب", "         ﺏﺎﺑ", [8]),
        ("لا", "           ﻻ", [10]),
        ("قال (Trump) 12%", "12% (Trump) ", [0]),
        ("a باب", "a ﺏﺎﺑ       ", [2]),
        ("[b]x", "[b]x        ", [4]),
    ],
)
async def test_typing_draws_what_setting_draws(value: str, row: str, caret: list[int]) -> None:
    app = InputApp()
    async with running(app) as pilot:
        await type_in(app, pilot, value)
        typed = app.row(), app.caret_columns()
        app.input.set_value("")
        app.input.set_value(value)
        assert (app.row(), app.caret_columns()) == typed
        assert app.input.value == value
        if len(value) < 12:
            assert typed == (row, caret)


async def test_keys_edit_and_messages_carry_the_logical_value() -> None:
    app = InputApp("باب")
    async with running(app) as pilot:
        await pilot.press("right", "backspace", "home", "delete", "enter", "escape")
        assert app.input.value == "ب"
        assert app.told == [("Changed", "بب"), ("Changed", "ب"), ("Submitted", "ب")]
        assert app.escaped
        await pilot.press("tab")
        assert app.input.value == "ب"


async def test_a_paste_becomes_one_line_without_controls() -> None:
    app = InputApp("a")
    async with running(app) as pilot:
        app.input.post_message(events.Paste("b\nc\x1b[2J\r\nباب"))
        await pilot.pause()
        assert app.input.value == "ab c[2J باب"


async def test_a_long_line_scrolls_with_its_caret() -> None:
    app = InputApp("0123456789abcdef")
    async with running(app, 8) as pilot:
        assert (app.row(), app.caret_columns()) == ("9abcdef ", [7])
        await pilot.press("home")
        assert (app.row(), app.caret_columns()) == ("01234567", [0])
        app.input.set_value("ابتثجحخدذرزسشصضط")
        await pilot.pause()
        assert app.caret_columns() == [0]
        assert app.row()[1] == "ﻂ"
        await pilot.press("home")
        assert app.caret_columns() == [7]
        assert app.row()[7] == "ﺍ"


async def test_a_click_puts_the_caret_on_a_letter() -> None:
    app = InputApp("باب كبير")
    async with running(app) as pilot:
        await pilot.click(LineInput, offset=(10, 0))
        assert app.input.caret == 1
        await pilot.click(LineInput, offset=(0, 0))
        assert app.input.caret == 8


async def test_the_placeholder_stands_in_its_own_direction_beside_the_caret() -> None:
    app = InputApp(placeholder="name")
    async with running(app) as pilot:
        assert (app.row(), app.caret_columns()) == (" name       ", [0])
        await type_in(app, pilot, "x")
        assert app.row() == "x           "


def selected_columns(app: InputApp) -> list[int]:
    """The columns on the ground of a selection."""
    ground = app.input.get_component_rich_style("draft--selection").bgcolor
    columns: list[int] = []
    at = 0
    for segment in app.input.render_line(0):
        if segment.style is not None and segment.style.bgcolor == ground:
            columns += range(at, at + segment.cell_length)
        at += segment.cell_length
    return columns


async def test_what_is_selected_over_a_border_of_directions_shows_in_pieces() -> None:
    app = InputApp("قال Nix نعم")
    async with running(app, 14) as pilot:
        assert app.row() == "   ﻢﻌﻧ Nix ﻝﺎﻗ"
        await pilot.press("home", "ctrl+left", "shift+right")
        # Right of the blank is the lam, which comes before it.
        assert app.input.draft.selected == "ل"
        await pilot.press("home", "ctrl+g", "left", "left", "left", "left", "left")
        # Over the blank and then x, i, N, as they stand from right to left.
        assert app.input.draft.selected == "قال N"
        assert selected_columns(app) == [7, 10, 11, 12, 13]
        assert app.caret_columns() == [8]
        await pilot.press("ctrl+x")
        assert app.input.value == "ix نعم"
        await pilot.press("end", "ctrl+v")
        assert app.input.value == "ix نعمقال N"


async def test_one_letter_of_a_lam_alef_is_marked_partly() -> None:
    app = InputApp("لا")
    async with running(app) as pilot:
        await pilot.press("home", "shift+left", "end")
        app.input.take(app.input.draft.select(1, 2))
        app.input.blur()
        await pilot.pause()
        (cell,) = [s for s in app.input.render_line(0) if s.text.strip()]
        assert cell.style is not None
        assert cell.style.underline
        assert selected_columns(app) == []


async def test_typing_replaces_what_is_selected_and_undo_brings_it_back() -> None:
    app = InputApp("one نعم")
    async with running(app) as pilot:
        await pilot.press("ctrl+l")
        assert app.input.draft.selected == "one نعم"
        await pilot.press("x", "y")
        assert app.input.value == "xy"
        await pilot.press("ctrl+t")
        assert (app.input.value, app.input.draft.selected) == ("one نعم", "one نعم")
        await pilot.press("ctrl+r", "ctrl+r")
        assert app.input.value == "xy"
        await pilot.press("ctrl+underscore", "ctrl+t")
        assert app.input.value == "one نعم"


async def test_shift_and_the_ends_of_the_row_select() -> None:
    app = InputApp("one two")
    async with running(app) as pilot:
        await pilot.press("shift+home")
        assert app.input.draft.selected == "one two"
        await pilot.press("left", "ctrl+shift+right", "ctrl+w")
        assert app.input.value == " two"
        await pilot.press("ctrl+k", "ctrl+y", "ctrl+y")
        assert app.input.value == " two two"


async def test_a_drag_selects_the_logical_interval_and_a_second_click_the_word() -> None:
    app = InputApp("قال Nix نعم")
    async with running(app, 14) as pilot:
        assert app.row() == "   ﻢﻌﻧ Nix ﻝﺎﻗ"
        await pilot.mouse_down(LineInput, offset=(12, 0))
        await pilot.hover(LineInput, offset=(8, 0))
        assert app.input.draft.selected == "ال N"
        await pilot.mouse_up(LineInput, offset=(8, 0))
        await pilot.hover(LineInput, offset=(3, 0))
        assert app.input.draft.selected == "ال N"
        await pilot.click(LineInput, offset=(9, 0), times=2)
        assert app.input.draft.selected == "Nix"
        await pilot.click(LineInput, offset=(4, 0), shift=True)
        assert app.input.draft.selection == (4, 9)
        await pilot.click(LineInput, offset=(9, 0), times=3)
        assert app.input.draft.selected == "قال Nix نعم"


async def test_a_paste_that_is_too_long_says_what_was_left_out() -> None:
    class Telling(InputApp):
        def on_draft_input_trimmed(self, event: LineInput.Trimmed) -> None:
            self.told.append((str(event.left_out), str(event.controls)))

    app = Telling()
    async with running(app) as pilot:
        app.input.post_message(events.Paste("word\x1b " * 3000))
        await pilot.pause()
        assert len(app.input.value) == 10_000
        assert app.told[-1] == ("5000", "3000")


async def test_what_is_drawn_is_what_the_layout_gives() -> None:
    app = InputApp()
    chance = random.Random(20261122)
    pieces = ["قال", "لا", "Nix", "12%", "(", ")", " ", "é", "بَّ", "👩\u200d🏽", "漢", "."]
    async with running(app, 60) as pilot:
        for _ in range(60):
            text = "".join(chance.choices(pieces, k=chance.randrange(1, 12)))
            app.input.set_value(text)
            await type_in(app, pilot, "x")
            assert app.row() == text_strip(f"{text}x", 60, Style()).text
            for _ in range(chance.randrange(6)):
                await pilot.press(chance.choice(["left", "right", "shift+left", "ctrl+left"]))
                assert app.row() == text_strip(f"{text}x", 60, Style()).text


async def test_an_arabic_line_may_begin_with_a_latin_name() -> None:
    app = InputApp("Nix قال نعم")
    async with running(app, 20):
        assert app.row().rstrip().endswith("Nix")
