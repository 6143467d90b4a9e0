"""Library, palette, help, notices, and texts that want to be more than text."""

from __future__ import annotations

import re

import pytest

from reader.errors import LibraryError
from tests.tui.screens.conftest import ARABIC, ENGLISH, HOSTILE, Desk, Shelf

_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _clean(desk: Desk) -> bool:
    return not any(_RAW.search(row) for row in desk.rows())


async def test_an_empty_library_says_what_to_type(shelf: Shelf) -> None:
    async with shelf.desk() as desk:
        assert "reader add PATH" in desk.screen_text()
        await desk.press("enter", "down")
        assert "reader add PATH" in desk.screen_text()
    assert not shelf.path.exists()


async def test_titles_stand_in_their_own_direction(shelf: Shelf) -> None:
    shelf.add(ENGLISH, ARABIC)
    async with shelf.desk() as desk:
        english, arabic = desk.rows()[3:5]
        assert english.startswith("▸Minister denies the report   ")
        # The last word is to the left, shaped: final ra follows qaf in visual order.
        title = arabic[:40].strip()
        assert arabic.startswith("   ") and "ﺮﻳﺮﻘﺘﻟﺍ" in title
        assert title.index("ﺮﻳﺮﻘﺘﻟﺍ") < title.index("ﻲﻔﻨﺗ")


async def test_the_row_is_remembered_and_counts_are_fresh(shelf: Shelf) -> None:
    shelf.add(ENGLISH, ARABIC)
    async with shelf.desk() as desk:
        await desk.press("down", "enter", "1", "o", "type:x", "ctrl+s", "escape")
        row = desk.rows()[4]
        assert row.startswith("▸")
        assert re.search(r"in progress +1 +0 +1", row)


async def test_the_palette_runs_a_command(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press(":", "type:loc", "enter")
        assert "LOC “Minister”" in desk.screen_text()
        await desk.press("ctrl+p", "type:zzz", "enter", "escape")
        assert "LOC “Minister”" in desk.screen_text()


async def test_help_shows_the_keys_of_the_place_first(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("?")
        assert "Tag PER: Person" in desk.screen_text()
        assert desk.rows()[-1].startswith(" ? leave this page")
        for key in ("escape", "?", "q"):
            await desk.press(key)
            assert "“Minister”" in desk.screen_text()
            await desk.press("?")
            assert "Tag PER: Person" in desk.screen_text()


async def test_the_list_says_whose_status_it_shows_and_quotes_texts_without_headline(
    shelf: Shelf,
) -> None:
    body = "He said on Monday that nothing at all had happened to the money of the ministry, "
    shelf.add(body * 4, ENGLISH)
    async with shelf.desk() as desk:
        assert "2 articles · annotating as sam" in desk.rows()[0]
        assert "Your status" in desk.rows()[2]
        titles = [row[1:] for row in desk.rows()[3:5]]
        assert sorted(title.startswith("“He said on Monday") for title in titles) == [False, True]


async def test_a_notice_that_begins_with_a_quote_reads_from_left_to_right(shelf: Shelf) -> None:
    (article,) = shelf.add(ARABIC)
    async with shelf.desk(article=article) as desk:
        await desk.press("1", "1")
        assert any(re.match(r" “\S+” is tagged PER already\.", row) for row in desk.rows())


async def test_keys_of_an_arabic_keyboard_work(shelf: Shelf) -> None:
    (article,) = shelf.add(ARABIC)
    async with shelf.desk(article=article) as desk:
        await desk.press("ص", "ب", "١")
        assert "PER " in desk.screen_text()
        assert "تنفي التقرير" in shelf.session(article).annotations.placed(article)[0].span.quote


async def test_notices_hold_any_text(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        desk.app.notify("see [/ and [b c \x1b[31m", title="[/]", severity="error")
        await desk.pilot.pause()
        assert "see [/ and [b c" in desk.screen_text()
        assert _clean(desk)
        desk.app.report(LibraryError("The library is read-only: [x."))
        await desk.pilot.pause()
        assert "The library is read-only: [x." in desk.screen_text()
        await desk.press("w")
        assert "read-only" not in desk.screen_text()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_hostile_texts_are_only_text(shelf: Shelf, size: tuple[int, int]) -> None:
    shelf.add(HOSTILE)
    async with shelf.desk(size) as desk:
        assert "see [/ and [b c" in desk.screen_text() and _clean(desk)
        await desk.press("enter")
        assert "[bold red]Not markup[/]" in desk.screen_text() and _clean(desk)
        await desk.press("=", "1", "enter")
        assert _clean(desk)
        await desk.press("type:[/ [b", "enter")
        assert "= [/ [b" in desk.screen_text() and _clean(desk)
        await desk.press("o", "type:[red]$x", "ctrl+s", "tab")
        assert "[red]$x" in desk.screen_text() and _clean(desk)
        await desk.press("tab", "e")
        assert _clean(desk)
        await desk.press("escape", "u", "u")
        assert _clean(desk)


async def test_without_colours_the_cursor_is_seen(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.add(ENGLISH, ARABIC)
    monkeypatch.setenv("NO_COLOR", "1")
    async with shelf.desk() as desk:
        strips = desk.app.screen._compositor.render_strips()
        reversed_cells = [
            any(segment.style is not None and segment.style.reverse for segment in strip)
            for strip in strips[3:5]
        ]
        assert reversed_cells == [True, False]


async def test_a_line_of_a_hundred_thousand_letters_can_be_read_and_tagged(shelf: Shelf) -> None:
    (article,) = shelf.add("كلمة word " * 10_000)
    async with shelf.desk((200, 60), article) as desk:
        await desk.press("x", "x", "1")
        assert "PER “كلمة" not in desk.screen_text()  # shaped, so not the stored letters
        assert "PER" in desk.screen_text() and _clean(desk)
        await desk.press("c", "escape")
    ((start, end),) = shelf.session(article).annotations.placed(article)[0].span.fragments
    assert (start, end - start > 90_000) == (0, True)


async def test_the_mouse_opens_articles_and_changes_fields(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.pilot.click("#articles", offset=(5, 0))
        await desk.pilot.pause()
        assert "“Minister”" in desk.screen_text()
        await desk.press("c")
        row = next(i for i, text in enumerate(desk.rows()) if "Polarity" in text)
        await desk.pilot.click(offset=(20, row))
        await desk.press("enter")
    (placed,) = shelf.session(article).annotations.placed(article)
    assert getattr(placed.record, "polarity", "") == "refute"
