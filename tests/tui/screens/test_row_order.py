"""The key that cycles the ways rows are sent, over a sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.terminal.found import Found
from reader.text.terminals import PROFILES
from reader.user.state import State
from tests.tui.screens.conftest import ARABIC, Desk, Shelf
from tests.tui.screens.test_output import assert_seen, desk_of


def konsole(desk: Desk) -> None:
    """Say that the terminal was found to be Konsole, as the start does."""
    desk.app.found = Found(PROFILES["konsole"], "konsole", "it calls itself Konsole")
    desk.app.use_profile(PROFILES["konsole"])


async def test_the_modes_show_and_one_is_kept(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ARABIC)
    state = State(tmp_path / "state")
    async with shelf.desk(article=article, state=state) as desk:
        konsole(desk)
        await desk.press("percent_sign")
        assert "Is this row right in konsole?" in desk.screen_text()
        assert "Right: letters joined" in desk.screen_text()
        shown = [desk.app.profile.name]
        for key in ("percent_sign", "percent_sign", "down", "up"):
            await desk.press(key)
            shown.append(desk.app.profile.name)
        assert shown == ["konsole", "kitty", "visual", "konsole", "visual"]
        await desk.press("enter")
        assert "Kept for this terminal (konsole): visual." in desk.screen_text()
    assert State(tmp_path / "state").terminal("konsole") == "visual"
    assert State(tmp_path / "state").terminal("kitty") is None


async def test_escape_goes_back_to_what_was(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ARABIC)
    async with shelf.desk(article=article, state=State(tmp_path / "state")) as desk:
        konsole(desk)
        before = desk.screen_text()
        await desk.press("percent_sign", "percent_sign", "escape")
        assert desk.app.profile.name == "konsole"
        assert desk.screen_text() == before
    assert State(tmp_path / "state").terminal("konsole") is None


@pytest.mark.parametrize("name", ["konsole", "kitty"])
async def test_the_sample_is_seen_as_composed(shelf: Shelf, name: str) -> None:
    (article,) = shelf.add(ARABIC)
    async with desk_of(shelf, PROFILES[name], article) as desk:
        desk.app.found = Found(PROFILES[name], name, "it says so")
        await desk.press("percent_sign")
        assert_seen(desk)
