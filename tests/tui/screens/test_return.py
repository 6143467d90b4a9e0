"""Articles open where they were left, also in another run and in a copy of the library."""

from __future__ import annotations

import shutil
from pathlib import Path

from reader.user.state import Position, State
from tests.tui.screens.conftest import ARABIC, ENGLISH, Shelf

LONG = "\n".join(f"Row {number} of the report is about money." for number in range(200))


async def test_an_article_opens_where_it_was_left(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(LONG)
    folder = tmp_path / "state"
    async with shelf.desk(article=article, state=State(folder)) as desk:
        await desk.press("J", "J", "w", "w")
        before = desk.rows()
    async with shelf.desk(article=article, state=State(folder)) as desk:
        assert desk.rows()[:-2] == before[:-2]
        assert not any("Row 0 " in row for row in before)
        await desk.press("g", "escape", "enter")
        assert "“Row”" in desk.screen_text() and "0–3" in desk.screen_text()


async def test_a_copy_of_the_library_opens_at_the_same_place(shelf: Shelf, tmp_path: Path) -> None:
    _, arabic = shelf.add(ENGLISH, ARABIC)
    folder = tmp_path / "state"
    async with shelf.desk(article=arabic, state=State(folder)) as desk:
        await desk.press("w", "w")
        quoted = desk.rows()[-4]
    other = Shelf(tmp_path / "copy.db")
    shutil.copy(shelf.path, other.path)
    async with other.desk(article=arabic, state=State(folder)) as desk:
        assert desk.rows()[-4] == quoted
        assert "الوزيرة" not in quoted


async def test_what_is_selected_is_written_while_one_reads(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ENGLISH)
    folder = tmp_path / "state"
    async with shelf.desk(article=article, state=State(folder)) as desk:
        await desk.press("w")
        await desk.until(lambda: State(folder).position(article) == Position(9, 15, 0))


async def test_a_position_of_another_text_is_not_used(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ENGLISH)
    state = State(tmp_path / "state")
    state.keep_position(article, Position(5000, 5010, 4000))
    async with shelf.desk(article=article, state=state) as desk:
        assert "0–8" in desk.screen_text()


async def test_a_state_folder_that_cannot_be_is_told_once(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ENGLISH)
    (tmp_path / "state").write_text("a file where the folder should be")
    async with shelf.desk(article=article, state=State(tmp_path / "state")) as desk:
        await desk.press("w")
        await desk.until(lambda: "not remembered" in " ".join(desk.screen_text().split()))
        await desk.press("w")
        await desk.until(lambda: not desk.app.state.pending)
        assert "not remembered" not in desk.screen_text()


async def test_the_theme_is_remembered(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(ENGLISH)
    folder = tmp_path / "state"
    async with shelf.desk(state=State(folder)) as desk:
        await desk.press("T")
    async with shelf.desk(state=State(folder)) as desk:
        assert desk.app.theme == "reader-light"
