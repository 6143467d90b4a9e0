"""The editor of several lines: rows, caret, selection and mouse as they are drawn."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.text.bidi import first_strong
from reader.text.properties import bidi_classes
from reader.tui.widgets.note_editor import NoteEditor
from reader.tui.widgets.pieces import paragraph_strips

MIXED = "قال Nix نعم\nHe said نعم twice\n\n12 صوت"


class EditorApp(App[None]):
    def __init__(self, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.editor = NoteEditor(value, placeholder=placeholder)

    def compose(self) -> ComposeResult:
        yield self.editor

    def rows(self) -> list[str]:
        return [self.editor.render_line(y).text for y in range(self.editor.size.height)]

    def caret(self) -> tuple[int, int]:
        """First column and row of the only reversed cell."""
        found, *wide = [
            (x, y)
            for y in range(self.editor.size.height)
            for x, reverse in enumerate(self._reversed(y))
            if reverse
        ]
        assert wide in ([], [(found[0] + 1, found[1])])
        return found

    def _reversed(self, y: int) -> list[bool]:
        return [
            bool(segment.style and segment.style.reverse)
            for segment in self.editor.render_line(y)
            for _ in range(segment.cell_length)
        ]

    def selected_in(self, y: int) -> list[int]:
        ground = self.editor.get_component_rich_style("draft--selection").bgcolor
        cells = [
            segment.style is not None and segment.style.bgcolor == ground
            for segment in self.editor.render_line(y)
            for _ in range(segment.cell_length)
        ]
        return [x for x, selected in enumerate(cells) if selected]


@asynccontextmanager
async def running(app: EditorApp, width: int = 20, height: int = 6) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(width, height)) as pilot:
        app.editor.focus()
        await pilot.pause()
        yield pilot


async def test_each_paragraph_stands_where_its_direction_begins() -> None:
    app = EditorApp(MIXED)
    async with running(app) as pilot:
        assert app.rows() == [
            "         ﻢﻌﻧ Nix ﻝﺎﻗ",
            "He said ﻢﻌﻧ twice   ",
            " " * 20,
            "              ﺕﻮﺻ 12",
            " " * 20,
            " " * 20,
        ]
        # After the last letter of an Arabic row the caret stands on its left.
        assert app.caret() == (13, 3)
        await pilot.press("up")
        assert app.caret() == (0, 2)
        await pilot.press("up")
        assert app.caret() == (13, 1)
        await pilot.press("up", "home")
        assert app.caret() == (19, 0)


async def test_enter_begins_a_line_in_the_direction_of_the_one_before() -> None:
    app = EditorApp("نعم")
    async with running(app) as pilot:
        await pilot.press("enter")
        assert (app.editor.value, app.caret()) == ("نعم\n", (19, 1))
        await pilot.press("N")
        assert app.rows()[1] == "N" + " " * 19
        assert app.caret() == (1, 1)
        await pilot.press("backspace", "backspace")
        assert app.editor.value == "نعم"


async def test_a_full_row_leaves_a_column_for_the_caret() -> None:
    app = EditorApp("abcd fghi")
    async with running(app, 10) as pilot:
        assert (app.rows()[0], app.caret()) == ("abcd fghi ", (9, 0))
        await pilot.press("j")
        assert app.rows()[:2] == ["abcd      ", "fghij     "]
        assert app.caret() == (5, 1)
    app = EditorApp("ابجد هوزح")
    async with running(app, 10):
        assert app.rows()[0][1:] == "ﺡﺯﻮﻫ ﺪﺠﺑﺍ"
        assert app.caret() == (0, 0)


async def test_a_selection_over_paragraphs_shows_the_breaks_it_holds() -> None:
    app = EditorApp(MIXED)
    async with running(app) as pilot:
        app.editor.take(app.editor.draft.select(8, 19))
        await pilot.pause()
        assert app.editor.draft.selected == "نعم\nHe said"
        assert app.selected_in(0) == [8, 9, 10, 11]
        assert app.selected_in(1) == [*range(7)]
        app.editor.take(app.editor.draft.select(12, len(MIXED) - 1))
        # The empty line shows its break, at the left: it runs as the line before.
        assert app.selected_in(2) == [0]
        assert app.selected_in(3) == [*range(15, 20)]


async def test_up_and_down_keep_the_column_through_short_rows() -> None:
    app = EditorApp("a long first row\nxy\nanother long row")
    async with running(app) as pilot:
        await pilot.press("ctrl+home", *["right"] * 9, "down")
        assert app.caret() == (2, 1)
        await pilot.press("down")
        assert app.caret() == (9, 2)
        await pilot.press("shift+up", "shift+up")
        assert app.editor.draft.selected == "first row\nxy\nanother l"[2:]
        await pilot.press("down", "down", "down")
        assert app.editor.caret == len(app.editor.value)


async def test_a_page_key_moves_text_and_caret_by_a_page() -> None:
    app = EditorApp("\n".join(f"row {number}" for number in range(40)))
    async with running(app) as pilot:
        assert app.rows()[5].strip() == "row 39"
        await pilot.press("ctrl+home", "pagedown")
        assert (app.rows()[0].strip(), app.caret()) == ("row 5", (0, 0))
        await pilot.press("pagedown", "pageup", "pageup")
        assert (app.rows()[0].strip(), app.caret()) == ("row 0", (0, 0))


async def test_the_wheel_scrolls_and_the_next_key_comes_back_to_the_caret() -> None:
    app = EditorApp("\n".join(f"row {number}" for number in range(40)))
    async with running(app) as pilot:
        await pilot.press("ctrl+home")
        app.editor.post_message(
            events.MouseScrollDown(app.editor, 1, 1, 0, 1, 0, False, False, False)
        )
        await pilot.pause()
        assert app.rows()[0].strip() == "row 3"
        await pilot.press("x")
        assert app.rows()[0].strip() == "xrow 0"


async def test_a_drag_goes_over_rows_and_out_of_the_window() -> None:
    app = EditorApp("\n".join(f"row {number}" for number in range(40)))
    async with running(app) as pilot:
        await pilot.press("ctrl+home")
        await pilot.mouse_down(NoteEditor, offset=(4, 1))
        await pilot.hover(NoteEditor, offset=(3, 3))
        assert app.editor.draft.selected == "1\nrow 2\nrow"
        await pilot.mouse_up(NoteEditor, offset=(3, 3))
        await pilot.click(NoteEditor, offset=(1, 2), times=2)
        assert app.editor.draft.selected == "row"
        await pilot.click(NoteEditor, offset=(0, 2), times=3)
        assert app.editor.draft.selected == "row 2"


async def test_a_click_below_the_end_and_beside_a_row_goes_to_the_nearest_place() -> None:
    app = EditorApp(MIXED)
    async with running(app) as pilot:
        await pilot.click(NoteEditor, offset=(0, 5))
        assert app.editor.caret == len(MIXED)
        await pilot.click(NoteEditor, offset=(19, 1))
        assert app.editor.caret == MIXED.index("\n\n")
        await pilot.click(NoteEditor, offset=(2, 0))
        assert app.editor.caret == MIXED.index("\n")


async def test_a_large_paste_is_taken_whole_with_its_lines() -> None:
    text = "قالت الوزارة The Ministry في 2016\r\n" * 30_000
    app = EditorApp()
    async with running(app, 40) as pilot:
        app.editor.post_message(events.Paste(text))
        await pilot.pause()
        assert app.editor.value == text.replace("\r\n", "\n")
        await pilot.press("x", "backspace", "ctrl+home", "y")
        assert app.rows()[0].startswith("y")
        await pilot.press(*["ctrl+t"] * 4)
        assert app.editor.value == ""


async def test_the_placeholder_leaves_with_the_first_letter() -> None:
    app = EditorApp(placeholder="a note")
    async with running(app) as pilot:
        assert app.rows()[1] == "a note" + " " * 14
        await pilot.press("x")
        assert app.rows()[:2] == ["x" + " " * 19, " " * 20]


KEYS = (
    "left right up down home end pageup pagedown ctrl+left ctrl+right shift+left shift+down "
    "backspace delete ctrl+w ctrl+u ctrl+k enter ctrl+g ctrl+l ctrl+x ctrl+y ctrl+t ctrl+r a ب 1 "
    "space"
)


@pytest.mark.parametrize("width", [2, 3, 9])
async def test_no_series_of_keys_loses_the_caret(width: int) -> None:
    app = EditorApp("لا e\u0301 👩\u200d🏽\n\n[b]漢字 12%\nنعم Nix.")

    chance = random.Random(width)
    async with running(app, width, 3) as pilot:
        for name in chance.choices(KEYS.split(), k=800):
            char = " " if name == "space" else name
            await app.editor.press(events.Key(name, char if len(char) == 1 else None))
            draft = app.editor.draft
            assert 0 <= draft.caret <= len(draft.text)
            assert [app.editor.render_line(y).cell_length for y in range(3)] == [width] * 3
            app.caret()
        await pilot.pause()


async def test_what_is_drawn_is_what_the_layout_gives() -> None:
    """Each paragraph by itself, drawn as any other text is, one column narrower."""
    app = EditorApp()
    chance = random.Random(20261122)
    pieces = [
        "قال",
        "لا",
        "Nix",
        "12%",
        "(",
        ")",
        " ",
        " ",
        "é",
        "بَّ",
        "👩\u200d🏽",
        "漢",
        ".",
        "\n",
    ]
    async with running(app, 14, 40) as pilot:
        for _ in range(60):
            text = "".join(chance.choices(pieces, k=chance.randrange(25)))
            app.editor.take(app.editor.draft.select_all().insert(f"{text}x"))
            expected = []
            before: int | None = None
            for part in app.editor.value.split("\n"):
                base = paragraph_direction(part)
                base = before or 0 if base is None else base
                strips = paragraph_strips(part, 13, Style(), base)
                expected += [f" {s.text}" if base else f"{s.text} " for s in strips]
                before = base
            shown = [app.editor.render_line(y) for y in range(len(expected))]
            assert [strip.text for strip in shown] == expected
        await pilot.pause()


async def test_an_arabic_paragraph_may_begin_with_a_latin_name() -> None:
    app = EditorApp("Nix قال")
    async with running(app, 12, 3) as pilot:
        assert app.rows()[0].startswith("Nix ")
        app.editor.take(app.editor.draft.to(7).insert(" نعم"))
        await pilot.pause()
        assert app.rows()[0].strip().endswith("Nix")


def paragraph_direction(text: str) -> int | None:
    words = re.findall("[LRA][^WSB]*", bidi_classes(text))
    right = sum(not word.startswith("L") for word in words)
    return 1 if right * 2 > len(words) else first_strong(bidi_classes(text))
