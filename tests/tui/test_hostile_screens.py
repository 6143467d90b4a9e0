"""Every screen with a hostile text in every field, and what is sent of it: only letters."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from wcwidth import wcswidth

import reader.tui.screens
from reader.session import Session
from reader.text.terminals import PROFILES
from reader.tui.app import LEAST_SIZE, ReaderApp
from reader.tui.screens.base import CommandScreen
from tests.hostile import ANN, Hostile, make_hostile_library
from tests.tui.screens.conftest import Desk

# Colours, the place of the cursor, a frame's begin and end, the shape of the pointer.
_OURS = re.compile("\x1b\\[(?:[0-9;]*m|[0-9]+;[0-9]+H|\\?2026[hl])|\x1b\\]22;[a-z-]+\x07")
_NEVER = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff]"
)


_TALL, _WIDE = (120, 44), (150, 30)


class Wire(HeadlessDriver):
    """A terminal that keeps what it is sent."""

    def __init__(self, app: ReaderApp, **arguments: Any) -> None:
        super().__init__(app, **arguments)
        self.sent: list[str] = []

    @property
    def is_headless(self) -> bool:
        """Without this the app would send nothing."""
        return False

    def write(self, data: str) -> None:
        """Take what would be written."""
        self.sent.append(data)


Step = tuple[str, str, str]
"""Keys, apart by blanks, the screen that they lead to, and what must be there, apart by `|`."""

_LISTS: tuple[Step, ...] = (
    ("", "Library", "[b]file[÷b]|[b]ann[/b]|[b]heading[/b]|second[/b]|[b]old[/b]|[b] [b]la"),
    (
        "e",
        "Details",
        "[b]heading[/b]|[b]first publisher[/b]|[b]first date[/b]|[b]url[/b]|[b]tag[/b]",
    ),
    ("escape l", "Choice", "[b]language[/b]"),
    ("escape c", "Choice", "[b]tag[/b]|[b]tags[/b]"),
    ("2", "Library", "[b]tags[/b]|[b]heading[/b]"),
    ("c a f type:[b]h escape", "Library", "[b]heading[/b]"),
    ("X", "Choice", "[b]heading[/b]"),
    ("y", "Library", "second[/b]|[b]old[/b]"),
    ("u r", "Removed", "[b]removed[/b]|[b]old[/b]"),
    ("r", "Removed", "[b]removed[/b]"),
    ("u escape S", "Statistics", "[b]language[/b]|[b]heading[/b]|[b]right name[/b]|[b]twin[/b]"),
    ("l", "Choice", "[b]language[/b]"),
    ("2", "Statistics", "[b]language[/b]|[b]second[/b]"),
    ("l a b", "Choice", "[b]ann[/b]|[b]bob[/b]"),
    ("3", "Statistics", "[b]bob[/b]|[b]heading[/b]"),
    ("escape escape C", "Conflicts", "[b]left name[/b]|[b]right name[/b]|[b]ann[/b]|[b]bob[/b]"),
    ("2", "Conflicts", "[b]left name[/b]"),
    ("u escape A", "Agreement", "[b]ann[/b]|[b]ann[/|[b]bob[/|[b]heading[/b]|[b]twin[/b]"),
    ("b", "Choice", "[b]ann[/b]"),
    ("escape c", "Adjudicate", "[b]ann[/b]|[b]bob[/b]|[b]first[/b]"),
    ("e", "Adjudicate", "[b]twin[/b]"),
    ("e", "Search", "[b]twin[/b]|[b]right name[/b]"),
    ("escape escape s e t", "Choice", "affirm"),
    ("escape escape 1 escape escape H", "Past", "[b]right name[/b]|[b]deed[/b]|[b]bob[/b]|[b]old"),
    ("b", "Choice", "[b]ann[/b]|[b]bob[/b]"),
    ("escape G enter", "Changes", "[b]deed[/b]"),
    ("escape k k k enter", "Changes", "[b]entity[/b]"),
    ("escape j R", "Choice", "[b]left name[/b]"),
    ("escape escape ctrl+o", "Layers", "[b]ann[/b]|[b]bob[/b]"),
    ("j space", "Layers", "[b]bob[/b]"),
    (
        "a escape O",
        "Board",
        "[b]claim[/b]|[b]counterclaim[/b]|[b]right name[/b]|[b]claim gloss[/b]",
    ),
    ("w", "Search", "[b]right name[/b]"),
    ("escape t", "Search", "[b]claim topic[/b]|[b]counterclaim topic[/b]"),
    ("escape l", "Search", "[b]language[/b]"),
    (
        "escape enter",
        "Claim",
        "[b]claim[/b]|[b]clang[/b]|[b]claim gloss[/b]|[b]glang[/b]|[b]claim topic[/b]|[b]time[/b]"
        "|[b]twin[/b]|[b]claim why[/b]|[b]how titl|[b]yes title[/b]|[b]remark value[/b]"
        "|[b]address[/b]|[b]second[/b]|[b]evidence note[/b]|[b]heading[/b]|[b]right name[/b]",
    ),
    ("e", "Line", "[b]claim[/b]"),
    ("escape a", "Line", ""),
    ("escape r", "Search", "[b]counterclaim[/b]"),
    ("enter", "Choice", "[b]relation title[/b]|[b]other title[/b]"),
    ("escape m", "Search", "[b]counterclaim[/b]"),
    ("enter", "Choice", "[b]counterclaim[/b]"),
    ("escape t", "Attributes", "[b]how title[/b]|[b]yes title[/b]|[b]remark value[/b]"),
    ("q", "Choice", "[b]yes title[/b]|[b]no title[/b]"),
    ("escape 2", "Choice", "[b]yes title[/b]|[b]no title[/b]"),
    ("escape 3", "Line", "[b]remark title[/b]|[b]remark value[/b]"),
    ("escape escape o", "Note", "[b]claim[/b]"),
    ("escape G", "Claim", "[b]claim note[/b]|[b]counterclaim[/b]|[b]relation why[/b]"),
    ("e", "Note", "[b]claim note[/b]"),
    ("escape escape escape E", "Entities", "[b]right name[/b]|[b]twin[/b]|[b]alias"),
    ("d", "Entities", "[b]twin[/b]"),
    ("m", "Choice", "[b]twin[/b]|[b]right name[/b]"),
    ("escape d n", "Line", ""),
    (
        "escape enter",
        "Entity",
        "[b]right name[/b]|[b]alias[/b]|[b]alang|[b]Q1[/b]|[b]base|[b]item[/b]|[b]merged[/b]"
        "|[b]entity note[/b]|[b]heading[/b]|[b]first[/b]|[b]langu",
    ),
    ("r", "Line", "[b]right name[/b]"),
    ("escape t", "Choice", "[b]typeA title[/b]"),
    ("escape w", "Line", ""),
    ("escape o", "Note", "[b]entity note[/b]"),
    ("escape p", "Entity", "part [b]merged[/b]"),
    ("u f", "SuggestEverywhere", "[b]heading[/b]"),
    ("escape G space s", "Line", "Berg"),
    ("escape m", "Search", "[b]twin[/b]"),
    ("enter", "Entity", "[b]twin[/b]|[b]right name[/b]"),
    ("u X", "Entity", "[b]"),
)
_READING: tuple[Step, ...] = (
    ("", "Reading", "[b]first[/b]|[b]right name[/b]|[b]alias[/b]"),
    ("G", "Reading", "[b]right name[/b]|[b]twin[/b]"),
    ("g ?", "Help", ""),
    ("? %", "RowOrder", ""),
    ("escape ~", "Theme", ""),
    ("escape o", "Note", "[b]first[/b]"),
    ("escape e", "Choice", "[b]bob[/b]|[b]first[/b]"),
    ("escape X", "Choice", "[b]bob[/b]|[b]first[/b]"),
    ("escape ctrl+t", "Choice", "[b]first[/b]"),
    ("1", "Attributes", "[b]how title[/b]|[b]first[/b]"),
    ("escape enter", "Search", "[b]first[/b]|[b]right name[/b]|[b]twin[/b]"),
    ("escape 0", "Choice", "[b]typeA title[/b]|[b]typeC title[/b]"),
    ("escape P", "Details", "[b]heading[/b]"),
    ("escape M", "Choice", ""),
    ("escape t", "Choice", ""),
    ("escape :", "Search", ""),
    ('escape " C', "Choice", ""),
    ("escape / type:Berg", "Find", "Berg"),
    ("enter e", "Choice", "[b]bob[/b]"),
    ("escape H", "Choice", "[b]right name[/b]|[b]typeA title[/b]"),
    ("1", "Hits", "Berg"),
    ("escape / type:no_money enter e 1", "Reading", "[b]claim[/b]|[b]right name[/b]|[b]twin[/b]"),
    ("s", "Search", "[b]claim[/b]"),
    ("escape w", "Search", "[b]right name[/b]|[b]twin[/b]"),
    ("escape p escape", "Choice", "not saved"),
    ("d c o", "Reading", "Select"),
    ("escape escape g L", "Reading", "[b]first[/b]"),
    ("escape I", "Reading", "2 suggestions here"),
    ("`", "Suggestions", "Hadad came back"),
    ("n", "Suggestions", "Hadad came back"),
    ("u o", "SuggestEverywhere", "[b]heading[/b]"),
    ("escape escape ctrl+g", "Statistics", "[b]heading[/b]"),
    ("escape \\ type:Berg", "LibrarySearch", "[b]heading[/b]|[b]old[/b]|z no money"),
    ("tab", "Choice", "[b]typeA title[/b]"),
    ("1", "TagEverywhere", "[b]heading[/b]"),
    ("escape escape 1", "Reading", "[b]first[/b]"),
    ("@", "Search", "[b]old[/b]"),
    ("enter", "Pair", "[b]heading[/b]|[b]second[/b]|[b]first[/b]"),
    ("escape !", "Tour", "[b]first[/b]"),
)
_NEW: tuple[Step, ...] = (
    ("", "Reading", "2 marks of the version before"),
    ("ctrl+n", "Unplaced", "Berg said it to the Daily Post"),
    ("j", "Unplaced", "[b]unkn"),
    ("enter", "Reading", "[b]unkno"),
    ("enter", "Reading", "The schema has no “[b]unknown type[/b]"),
    ("escape x", "Unplaced", "1 mark waits"),
    ("v", "Pair", "[b]old[/b]"),
    ("escape", "Library", "[b]old[/b]"),
)


@asynccontextmanager
async def desk_on(place: Hostile, size: tuple[int, int], article: str = "") -> AsyncIterator[Desk]:
    """The app on a hostile library, on a wire."""
    session = Session.open(place.path, ANN.id)
    app = ReaderApp(session, article=article or None, driver=Wire)
    try:
        async with app.run_test(headless=False, size=size) as pilot:
            await pilot.pause()
            yield Desk(app, pilot)
    finally:
        session.close()


def sent(desk: Desk) -> str:
    """What was sent since the last time, but for what the program itself says to a terminal."""
    wire = desk.app._driver
    assert isinstance(wire, Wire)
    data = "".join(wire.sent)
    wire.sent.clear()
    return _OURS.sub("", data)


def _pressed(keys: str) -> list[str]:
    """Names of keys as the app knows them; `_` stands for a blank that is typed."""
    named = {"\\": "backslash", '"': "quotation_mark"}
    return [named.get(key, key.replace("_", " ")) for key in keys.split()]


async def walk(desk: Desk, steps: tuple[Step, ...], *, whole: bool = True) -> set[str]:
    """Go through screens, look at each, and return their names.

    Args:
        desk: The running app.
        steps: The way.
        whole: Whether there is room for all that should be there.
    """
    seen = set()
    for keys, name, words in steps:
        await desk.press(*_pressed(keys))
        wanted = words.split("|") if words and whole else []
        await desk.until(partial(_shows, desk, wanted))
        screen = type(desk.app.screen).__name__
        assert screen == f"{name}Screen", f"{screen} after {keys}:\n{desk.screen_text()}"
        look(desk, f"{screen} after {keys!r}")
        seen.add(screen)
    return seen


def _shows(desk: Desk, words: list[str]) -> bool:
    shown = desk.screen_text()
    return all(each in shown for each in words)


def look(desk: Desk, where: str) -> None:
    """Check what was sent, and that all rows are as wide as the screen to any terminal."""
    said = sent(desk)
    if desk.app.profile.formats:
        said = said.translate(dict.fromkeys(map(ord, desk.app.profile.formats)))
    found = _NEVER.search(said)
    assert found is None, f"{where}: {said[max(0, found.start() - 60) : found.end() + 20]!a}"
    width = desk.app.size.width
    for row in desk.rows():
        assert wcswidth(row) == width, f"{where}: {row!a}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    return make_hostile_library(tmp_path_factory.mktemp("made"))


@pytest.fixture
def place(made: Hostile, tmp_path: Path) -> Hostile:
    """A library of one's own."""
    path = tmp_path / made.path.name
    shutil.copy(made.path, path)
    return replace(made, path=path)


async def test_what_lists_and_sheets_show(place: Hostile) -> None:
    async with desk_on(place, _TALL) as desk:
        await walk(desk, _LISTS)


async def test_what_articles_show(place: Hostile) -> None:
    async with desk_on(place, _WIDE, place.first) as desk:
        await walk(desk, _READING)


async def test_what_versions_show(place: Hostile) -> None:
    async with desk_on(place, _WIDE, place.new) as desk:
        await walk(desk, _NEW)


async def test_what_cannot_be_saved(place: Hostile) -> None:
    """The name of the library stands in what is said, and is hostile."""
    async with desk_on(place, _WIDE, place.second) as desk:
        desk.app.session.kept.keeps = True
        away = place.path.with_name("away.db")
        place.path.rename(away)
        steps = (
            ("1", "Reading", "Not saved|[b]file[÷b]|1 NOT SAVED"),
            ("ctrl+w", "Choice", "1 action"),
            ("1", "Reading", "[b]file[÷b]"),
            ("q", "Choice", "Esc stays here"),
            ("escape ctrl+w 2", "Reading", "unsaved-|reader recover"),
        )
        await walk(desk, steps)
        away.rename(place.path)


async def test_a_small_terminal_that_orders_rows(place: Hostile) -> None:
    async with desk_on(place, LEAST_SIZE, place.first) as desk:
        desk.app.use_profile(PROFILES["konsole"])
        await walk(desk, _READING, whole=False)


def test_every_screen_is_on_the_way() -> None:
    for module in pkgutil.iter_modules(reader.tui.screens.__path__):
        importlib.import_module(f"reader.tui.screens.{module.name}")
    seen = {f"{name}Screen" for _, name, _ in (*_LISTS, *_READING, *_NEW)}
    assert {screen.__name__ for screen in _leaves(CommandScreen)} - seen == {"TooSmallScreen"}


def _leaves(kind: type[Any]) -> Iterator[type[Any]]:
    """The screens that no other is a kind of."""
    for each in kind.__subclasses__():
        yield from _leaves(each) if each.__subclasses__() else (each,)


async def test_a_field_that_nobody_typed_into_stays_as_it_is(place: Hostile) -> None:
    """Not all of it can stand in a line: saving another field changes nothing of it."""
    async with desk_on(place, _TALL) as desk:
        before = desk.app.session.library.articles.read(place.first)
        await desk.press("e", "down", "ctrl+u", "type:The Paper", "enter")
        after = desk.app.session.library.articles.read(place.first)
    assert after.publisher == "The Paper"
    stamped = replace(before, publisher=after.publisher, updated=after.updated, updated_by=ANN.id)
    assert after == stamped
