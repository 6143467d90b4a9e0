"""Themes are seen while they are chosen; what is kept is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.preferences.settings import THEMES
from reader.user.state import Looks, State
from tests.tui.screens.conftest import ARABIC, ENGLISH, Shelf


async def test_a_theme_shows_at_once_and_is_kept(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ARABIC)
    async with shelf.desk(article=article, state=State(tmp_path)) as desk:
        await desk.press("1", "~", "down", "down")
        assert desk.app.theme == THEMES[2]
        assert "▸" + THEMES[2] in desk.screen_text()
        await desk.press("enter")
        assert desk.app.theme == THEMES[2] and "PER" in desk.screen_text()
    async with shelf.desk(article=article, state=State(tmp_path)) as desk:
        assert desk.app.theme == THEMES[2]
        await desk.press("~", "end", "escape")
        assert desk.app.theme == THEMES[2]


@pytest.mark.parametrize("name", THEMES)
async def test_every_theme_draws_every_screen(shelf: Shelf, name: str) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk((120, 30), article) as desk:
        before = desk.rows()
        desk.app.show_theme(name)
        await desk.press("1", "enter", "escape", "c")
        assert "Held as" in desk.screen_text()
        await desk.press("escape", "?", "escape", "u", "g")
        assert desk.rows()[1:-4] == before[1:-4]


async def test_light_and_dark_go_to_and_fro(shelf: Shelf) -> None:
    shelf.add(ENGLISH)
    async with shelf.desk(looks=Looks(theme="catppuccin-mocha")) as desk:
        seen = []
        for _ in range(3):
            await desk.press("T")
            seen.append(desk.app.theme)
        assert seen == ["catppuccin-latte", "catppuccin-mocha", "catppuccin-latte"]
    async with shelf.desk(looks=Looks(theme="nord")) as desk:
        seen = []
        for _ in range(3):
            await desk.press("T")
            seen.append(desk.app.theme)
        assert seen == ["reader-light", "nord", "reader-light"]


async def test_a_theme_that_is_gone_is_ours(shelf: Shelf) -> None:
    async with shelf.desk(looks=Looks(theme="gone")) as desk:
        assert desk.app.theme == "reader-dark"


@pytest.mark.parametrize("name", ["ansi-dark", "reader-dark"])
async def test_the_article_stays_in_sight_behind_the_list(shelf: Shelf, name: str) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article, looks=Looks(theme=name)) as desk:
        before = desk.rows()[:8]
        await desk.press("~")
        assert desk.rows()[:8] == before
