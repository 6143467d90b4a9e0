"""Work that cannot be saved stays on the screen, is said to be unsaved, and is not left alone."""

from __future__ import annotations

from pathlib import Path

from reader.annotation.model import Mention
from reader.store.library import Library
from reader.work.unsaved import recover
from tests.store.test_database import without_privileges
from tests.terminal import Terminal, make_seed_library
from tests.tui.screens.conftest import ENGLISH, Shelf


async def test_work_in_a_library_that_is_gone_is_kept_and_offered(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "library.db")
    (article,) = shelf.add(ENGLISH)
    away = tmp_path / "away.db"
    async with shelf.desk(article=article) as desk:
        session = desk.app.session
        session.kept.keeps = True
        shelf.path.rename(away)
        await desk.press("1")
        said = desk.screen_text()
        assert "Not saved" in said
        assert "it was moved, deleted or replaced" in said
        assert "1 NOT SAVED" in said
        await desk.press("w", "2", "q")
        assert "2 actions could not be saved. Esc stays here." in desk.screen_text()
        await desk.press("escape", "ctrl+w", "1")
        assert "it was moved, deleted or replaced" in desk.screen_text()
        away.rename(shelf.path)
        await desk.press("ctrl+w", "1")
        assert "Saved: 2 actions." in desk.screen_text()
        assert "NOT SAVED" not in desk.screen_text()
        # What is taken back was never there, and the next action saves what is still kept.
        shelf.path.rename(away)
        await desk.press("w", "3", "w", "4")
        assert "2 NOT SAVED" in desk.screen_text()
        await desk.press("u")
        assert "1 NOT SAVED" in desk.rows()[-1]
        away.rename(shelf.path)
        await desk.press("4")
        assert "Everything is saved now." in desk.screen_text()
        await desk.press("u", "u")
        assert "Everything is saved now." not in desk.screen_text()
        shelf.path.rename(away)
        await desk.press("w", "3", "ctrl+w", "2")
        assert "`reader recover` takes them in." in " ".join(desk.screen_text().split())
        assert not session.kept.actions
        away.rename(shelf.path)
    (kept,) = tmp_path.glob("unsaved-*.jsonl")
    with shelf.session(article).library as library:
        assert len(library.history()) == 6
        assert recover(library, kept).made == 1
        assert library.problems() == ()


def test_a_terminal_that_hangs_up_leaves_unsaved_work_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    make_seed_library(path)
    with Terminal(["--db", str(path), "open", "2"]) as terminal:
        terminal.wait_for("Scrutiny")
        path.rename(tmp_path / "away.db")
        terminal.press("w")
        terminal.press("1")
        terminal.wait_for("1 NOT SAVED")
        terminal.hang_up()
    (tmp_path / "away.db").rename(path)
    (kept,) = tmp_path.glob("unsaved-*.jsonl")
    with Library(path) as library:
        assert recover(library, kept).made == 1
        assert library.problems() == ()


def test_in_a_read_only_folder_work_is_kept_until_it_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    path = folder / "library.db"
    make_seed_library(path)
    folder.chmod(0o555)
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    arguments = ["--db", str(path), "open", "2"]
    with Terminal(arguments, environment=state, within=without_privileges()) as terminal:
        terminal.wait_for("Scrutiny")
        terminal.press("w")
        terminal.press("1")
        terminal.wait_for("1 NOT SAVED")
        terminal.wait_for("it is read-only")
        terminal.press("\x17")
        terminal.wait_for("1 action could not be saved")
        terminal.press("2")
        terminal.wait_for("recover")
        terminal.wait(lambda rows: not any("NOT SAVED" in row for row in rows))
        terminal.press("w")
        terminal.press("2")
        terminal.wait_for("1 NOT SAVED")
        folder.chmod(0o755)
        terminal.wait_for("Saved: 1 action.")
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0
    # Beside the library was no place for it.
    (kept,) = (tmp_path / "state" / "bidi-reader").glob("unsaved-*.jsonl")
    with Library(path) as library:
        assert recover(library, kept).made == 1
        assert library.problems() == ()
        assert sum(isinstance(each, Mention) for each in library.records.all()) == 2
