"""The tour: offered once, done by doing, left at any time, and nothing of it kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.tui.screens.tour import TourScreen
from reader.tui.tour import STEPS
from reader.user.state import Position, State
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

DONE = (
    ("w",),
    ("x",),
    ("z", "1"),
    ("enter", "type:new", "enter"),
    (".", "c", "enter"),
    ("u",),
    ("/", "type:قالت", "enter"),
    ("?", "escape"),
)
"""What somebody presses who does what each step says."""


def step(desk: Desk) -> str:
    return desk.rows()[0]


async def test_from_the_first_step_to_the_last(shelf: Shelf) -> None:
    shelf.add(ENGLISH, ARABIC)
    before = shelf.path.read_bytes()
    async with shelf.desk() as desk:
        await desk.press("!")
        for number, (keys, each) in enumerate(zip(DONE, STEPS, strict=True), 1):
            assert f"Tour, {number} of {len(STEPS)}: {each.title}" in step(desk)
            await desk.press(*keys)
        assert "Tour: the end" in step(desk)
        await desk.press("escape")
        assert "2 articles" in step(desk)
    assert shelf.path.read_bytes() == before


@pytest.mark.parametrize("steps", range(len(STEPS)))
async def test_it_can_be_left_in_every_step(shelf: Shelf, steps: int, tmp_path: Path) -> None:
    _, arabic = shelf.add(ENGLISH, ARABIC)
    state = State(tmp_path / "state")
    state.keep_position(arabic, Position(3, 9, 0))
    async with shelf.desk(state=state) as desk:
        await desk.press("!")
        screen = desk.app.screen
        assert isinstance(screen, TourScreen)
        for keys in DONE[:steps]:
            await desk.press(*keys)
        await desk.press("escape")
        assert "2 articles" in step(desk) and desk.app.session.path == shelf.path
        assert not Path(screen.folder.name).exists()
        assert state.position(arabic) == Position(3, 9, 0)
        # The library is the user's again: it has no such action to take back.
        await desk.press("u")
        assert "nothing to undo" in desk.screen_text()
        await desk.press("enter", "1")
    assert len(shelf.session(arabic).annotations.placed(arabic)) <= 1


async def test_other_keys_do_what_they_do_without_going_on(shelf: Shelf) -> None:
    shelf.add(ARABIC)
    async with shelf.desk() as desk:
        await desk.press("!", "o", "type:x", "escape", "T", "!")
        assert "Tour, 1 of" in step(desk)


async def test_it_fits_into_the_smallest_terminals(shelf: Shelf) -> None:
    shelf.add(ARABIC)
    for size in ((80, 24), (120, 30)):
        async with shelf.desk(size) as desk:
            await desk.press("!")
            for keys in DONE:
                assert not desk.rows()[3].strip().startswith("Tour")
                whole = " ".join(" ".join(desk.rows()[1:3]).split())
                assert whole.endswith("."), whole
                assert "ﺔﻌﻤﺠﻟﺍ" in desk.screen_text() or "ﺮﻳﺮﻘﺘﻟﺍ" in desk.screen_text()
                await desk.press(*keys)


async def test_a_narrow_terminal_has_all_of_it_in_fewer_words(shelf: Shelf) -> None:
    shelf.add(ARABIC)
    async with shelf.desk((40, 10)) as desk:
        await desk.press("!")
        for keys in DONE:
            assert "Esc leaves" in desk.rows()[0]
            whole = " ".join(" ".join(desk.rows()[1:3]).split())
            assert whole.endswith("."), whole
            await desk.press(*keys)
        assert "Esc leaves" in desk.rows()[0]
        assert "starts it again." in " ".join(desk.rows()[1:3])


async def test_without_an_article_it_says_how_to_add_one(shelf: Shelf) -> None:
    async with shelf.desk() as desk:
        await desk.press("!")
        assert "reader add FILE" in " ".join(desk.screen_text().split())


async def test_it_is_offered_once(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(ARABIC)
    for expected in (True, False):
        async with shelf.desk(state=State(tmp_path / "state"), offers_tour=True) as desk:
            assert ("New here?" in desk.screen_text()) == expected
            await desk.press("enter")
            assert "New here?" not in desk.screen_text()
            assert not isinstance(desk.app.screen, TourScreen)


async def test_an_empty_library_puts_the_offer_off(shelf: Shelf, tmp_path: Path) -> None:
    async with shelf.desk(state=State(tmp_path / "state"), offers_tour=True) as desk:
        assert "New here?" not in desk.screen_text()
    assert not State(tmp_path / "state").tour_seen


async def test_who_asks_for_an_article_gets_it(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ARABIC)
    state = State(tmp_path / "state")
    async with shelf.desk(article=article, state=state, offers_tour=True) as desk:
        assert "New here?" not in desk.screen_text()
    assert not State(tmp_path / "state").tour_seen
