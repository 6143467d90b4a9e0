"""Writing notes of several lines: what is shown, asked, stored, and kept when the program dies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from textual import events

from reader.annotation.model import Note
from reader.tui.screens.note import NoteScreen
from reader.user.drafts import KeptDraft
from tests.terminal import Terminal, make_seed_library
from tests.tui.screens.conftest import ENGLISH, Desk, Shelf

LINES = "Second source?\nسألت الوزارة Anna Berg عن ذلك.\n\n12%"


def notes(path: Path) -> list[str]:
    """The notes as the database has them."""
    with sqlite3.connect(path) as db:
        return [text for (text,) in db.execute("select text from note")]


async def paste(desk: Desk, text: str) -> None:
    focused = desk.app.screen.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await desk.pilot.pause()


async def test_a_note_of_several_lines_is_stored_as_it_was_typed(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("o", "type:Second source?", "enter", "type:سألت", "space")
        await paste(desk, "الوزارة Anna Berg عن ذلك.\r\n")
        await desk.press("enter", "type:12%")
        rows = desk.rows()
        at = next(i for i, row in enumerate(rows) if "Note on the article" in row)
        assert [row.strip() for row in rows[at + 1 : at + 5]] == [
            "Second source?",
            ".ﻚﻟﺫ ﻦﻋ Anna Berg ﺓﺭﺍﺯﻮﻟﺍ ﺖﻟﺄﺳ",
            "",
            "12%",
        ]
        await desk.press("ctrl+s")
        assert notes(shelf.path) == [LINES]
        await desk.press("e", "ctrl+home", "X", "ctrl+o")
        assert notes(shelf.path) == ["X" + LINES]
        await desk.press("u")
        assert notes(shelf.path) == [LINES]


async def test_leaving_asks_and_each_answer_does_what_it_says(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("o", "escape")
        assert not isinstance(desk.app.screen, NoteScreen)
        await desk.press("o", "type:one", "escape")
        assert "The text is not saved." in desk.screen_text()
        await desk.press("g", "type: two", "tab", "escape", "type:!")
        assert "one two!" in desk.screen_text()
        await desk.press("escape", "enter")
        assert notes(shelf.path) == ["one two!"]
        await desk.press("e", "type: three", "escape", "d")
        assert notes(shelf.path) == ["one two!"]
        assert not isinstance(desk.app.screen, NoteScreen)
        await desk.press("e", "ctrl+l", "backspace", "ctrl+s")
        assert notes(shelf.path) == []


async def test_what_was_not_saved_comes_back_and_goes_when_it_is_saved_or_dropped(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("o", "type:half a")
    async with shelf.desk(article=article) as desk:
        await desk.press("o")
        assert "half a" in desk.screen_text()
        assert "when the program ended" in desk.screen_text()
        await desk.press("type: note", "ctrl+s", "o")
        assert "half a" not in desk.screen_text()
        await desk.press("type:again", "escape", "d", "o")
        assert "again" not in desk.screen_text()
    assert notes(shelf.path) == ["half a note"]


async def test_a_note_that_cannot_be_stored_is_kept(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("o", "type:first", "ctrl+s", "e", "type: and more")
        other = shelf.session(article)
        (note,) = other.annotations.all(Note)
        other.marking.edit_note(note, "changed elsewhere")
        other.close()
        await desk.press("ctrl+s")
        assert notes(shelf.path) == ["changed elsewhere"]
        await desk.press("e")
        assert "first and more" in desk.screen_text()


def test_a_note_survives_kill_9(tmp_path: Path) -> None:
    library = tmp_path / "annotations.db"
    make_seed_library(library)
    arguments = ["--db", str(library), "--annotator", "ann", "open", "2"]
    state = tmp_path / "state"
    environment = {"XDG_STATE_HOME": str(state)}
    with Terminal(arguments, environment=environment) as terminal:
        terminal.wait_for("Scrutiny")
        terminal.press("o")
        terminal.wait_for("Note on the article")
        terminal.press("asked قال Trump\rtwice")
        terminal.wait(lambda _: any(state.rglob("*.txt")), "a kept draft")
        terminal.kill()
    (kept,) = state.rglob("*.txt")
    assert kept.stat().st_mode & 0o077 == 0
    with Terminal(arguments, environment=environment) as terminal:
        terminal.wait_for("Scrutiny")
        terminal.press("o")
        terminal.wait_for("asked ﻝﺎﻗ Trump")
        terminal.press(b"\x13")
        terminal.wait(lambda rows: not any("Note on" in row for row in rows), "the article")
    assert notes(library) == ["asked قال Trump\ntwice"]
    assert not list(state.rglob("drafts/*"))


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    draft = KeptDraft(tmp_path / "a.db", "note", blocked / "drafts")
    assert not draft.keep("text")
    assert draft.read() is None
    draft.forget()
    good = KeptDraft(tmp_path / "a.db", "note", tmp_path / "drafts")
    assert good.keep("قال\n")
    assert good.read() == "قال\n"
    assert KeptDraft(tmp_path / "b.db", "note", tmp_path / "drafts").read() is None


async def test_a_saved_note_is_told_of_and_read_where_it_stands(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("1", "o", "type:which one?", "enter", "type:ask", "ctrl+s")
        assert "Note saved" in desk.screen_text()
        await desk.press("w", "b")
        assert "Note saved" not in desk.screen_text()
        assert any("PER “Minister”" in row and "note: which one? ask" in row for row in desk.rows())
        await desk.press("w", "o", "type:all of it", "ctrl+s", "u")
        await desk.press("o", "escape")
        assert "Note saved" not in desk.screen_text()
