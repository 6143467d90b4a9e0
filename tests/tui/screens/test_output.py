"""What is sent to terminals that order rows, shown on a simulation of the terminal."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from reader.session import Session
from reader.text.emit import one_line
from reader.text.terminals import PLAIN, PROFILES, TerminalProfile
from reader.tui.app import ReaderApp
from reader.tui.output import RowUpdate, emitted
from reader.tui.screens.reading import ReadingScreen
from tests.text.simulation import alike, columns, shown
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

MIXED = """تقرير عن Daily Post وأرقام 2016

قال أحمد (Ahmad) في 2016: «لا إله إلا الله»، ودفع 12% من 3.5 مليون $ إلى [Anna Berg].
كتب على https://example.org/a?b=1 أن الهاتف +966-11-4567 لا يعمل، والسلام على الأرض.
The paper النهار said (on Monday) that الوزارة did not pay 25% of it.
"""
ARABIC_WORD = one_line("لصحيفة", 20)[0]
ORDERING = ("konsole", "vte-implicit", "kitty", "putty", "iterm2")


class SentApp(ReaderApp):
    """Keeps the rows that it would send, by their numbers."""

    def __init__(self, session: Session, article: str | None, profile: TerminalProfile) -> None:
        super().__init__(session, article=article)
        self.profile = profile
        self.sent: dict[int, Strip] = {}
        self.updates = 0

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, RowUpdate):
            self.updates += 1
            for y, strips in renderable.rows():
                self.sent[y] = emitted(strips, self.profile)
        App._display(self, screen, renderable)


def cells(strip: Strip) -> list[tuple[str, object]]:
    return [(segment.text, look(segment)) for segment in strip]


def look(segment: Segment) -> str:
    """A style as text; `bold` alone parts words in kitty, and the simulation calls it so."""
    style = segment.style or Style()
    return "bold" if style.bold else str(style.without_color)


def assert_seen(desk: Desk) -> None:
    """The rows that the terminal was sent show what is composed, column by column."""
    app = desk.app
    assert isinstance(app, SentApp)
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        wanted = columns(cells(strip))
        seen = shown(cells(app.sent[y]), app.profile)
        assert alike(seen) == alike(wanted), f"row {y}"
        assert len(seen) == app.size.width, f"row {y}"


@asynccontextmanager
async def desk_of(
    shelf: Shelf, profile: TerminalProfile, article: str | None = None
) -> AsyncIterator[Desk]:
    session = Session.open(shelf.path, "sam")
    app = SentApp(session, article, profile)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            yield Desk(app, pilot)
    finally:
        session.close()


@pytest.mark.parametrize("name", ORDERING)
async def test_the_library_is_seen_as_composed(shelf: Shelf, name: str) -> None:
    shelf.add(ENGLISH, ARABIC, MIXED)
    async with desk_of(shelf, PROFILES[name]) as desk:
        assert_seen(desk)
        for key in ("down", "down", "s", "/", "type:بيرغ"):
            await desk.press(key)
            assert_seen(desk)


@pytest.mark.parametrize("name", ORDERING)
async def test_reading_and_its_dialogs_are_seen_as_composed(shelf: Shelf, name: str) -> None:
    _, _, mixed = shelf.add(ENGLISH, ARABIC, MIXED)
    async with desk_of(shelf, PROFILES[name], mixed) as desk:
        assert_seen(desk)
        # Inspector, words, tags, links, a note in Arabic, the palette over all of it.
        for key in ("i", "w", "w", "1", "shift+left", "down", "2", "enter", "type:أحمد", "escape"):
            await desk.press(key)
            assert_seen(desk)
        for key in ("o", "type:ملاحظة (note) 12", "escape", "s", "c", "escape", ":", "type:no"):
            await desk.press(key)
            assert_seen(desk)


async def test_a_changed_row_is_sent_whole_and_no_other(shelf: Shelf) -> None:
    _, arabic = shelf.add(ENGLISH, ARABIC)
    async with desk_of(shelf, PROFILES["konsole"], arabic) as desk:
        assert isinstance(desk.app, SentApp)
        desk.app.sent.clear()
        await desk.press("w")
        assert 0 < len(desk.app.sent) < desk.app.size.height
        assert all(strip.cell_length == 80 for strip in desk.app.sent.values())


async def test_a_terminal_that_shows_what_is_sent_gets_parts_of_rows(shelf: Shelf) -> None:
    _, arabic = shelf.add(ENGLISH, ARABIC)
    async with desk_of(shelf, PLAIN, arabic) as desk:
        assert isinstance(desk.app, SentApp)
        await desk.press("w")
        assert not desk.app.updates


async def test_a_picture_of_the_screen_shows_what_is_composed(shelf: Shelf) -> None:
    _, arabic = shelf.add(ENGLISH, ARABIC)
    pictures = []
    for profile in (PLAIN, replace(PROFILES["konsole"], ligatures=True)):
        async with desk_of(shelf, profile, arabic) as desk:
            pictures.append(re.findall(r">([^<]*)</text>", desk.app.export_screenshot()))
    assert any("\ufef2\ufed4\ufee8\ufe97" in text for text in pictures[0])
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", ["konsole", "kitty"])
async def test_another_profile_lays_everything_out_anew(shelf: Shelf, name: str) -> None:
    _, _, mixed = shelf.add(ENGLISH, ARABIC, MIXED)
    async with desk_of(shelf, PLAIN, mixed) as desk:
        await desk.press("i", "w", "1")
        composed = desk.screen_text()
        assert "\ufefb" in composed or "\ufefc" in composed
        desk.app.use_profile(replace(PROFILES[name], ligatures=False))
        await desk.pilot.pause()
        assert_seen(desk)
        assert "\ufefb" not in desk.screen_text() and "\ufefc" not in desk.screen_text()
        desk.app.use_profile(PLAIN)
        await desk.pilot.pause()
        assert desk.screen_text() == composed


@pytest.mark.parametrize("name", ["plain", "konsole", "vte-implicit", "kitty"])
async def test_a_click_selects_what_is_seen_under_it(shelf: Shelf, name: str) -> None:
    """A terminal that orders rows tells the column of what it was sent."""
    _, arabic = shelf.add(ENGLISH, ARABIC)
    async with desk_of(shelf, PROFILES[name], arabic) as desk:
        app = desk.app
        assert isinstance(app, SentApp)
        y, row = next((y, row) for y, row in enumerate(desk.rows()) if ARABIC_WORD in row)
        seen = row.index(ARABIC_WORD) + 1
        told = seen
        if PROFILES[name].emitter == "terminal":
            sent = "".join(segment.text for segment in app.sent[y]).replace("\u200e", "")
            told = sent.index("لصحيفة") + len(ARABIC_WORD) - 2
            assert told != seen
        for kind in (events.MouseDown, events.MouseUp):
            app.post_message(kind(None, told, y, 0, 0, 1, False, False, False))
            await desk.pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        selection = app.screen.view.selection
        assert ARABIC[selection.start : selection.end] == "لصحيفة"
