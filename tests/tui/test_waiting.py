"""A library that another program holds, while somebody works: a real process, and real keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import pytest
from textual import events

from reader.annotation.model import ClaimMention, Entity, Mention, Note, Record
from reader.store.library import Library
from reader.tui.screens.note import NoteScreen
from reader.tui.waiting import PATIENCE
from reader.work.unsaved import recover
from tests.holding import Holder
from tests.store.full_disk import limited
from tests.terminal import Terminal
from tests.tui.screens.conftest import ENGLISH, Desk, Shelf

WAITING = "Waiting for the library"
LONG = ENGLISH + "\n".join(f"Line {number} of a long text.\n" for number in range(60))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "library.db")


@pytest.fixture
def held(shelf: Shelf) -> Iterator[Holder]:
    shelf.add(LONG)
    with Holder(shelf.path) as held:
        yield held


@asynccontextmanager
async def at_work(shelf: Shelf, *, wrote: bool = True) -> AsyncIterator[Desk]:
    """Somebody in the text who has tagged its first word, or has only read so far."""
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        desk.app.session.kept.keeps = True
        desk.app.session.library.be_patient(0.02)
        if wrote:
            await desk.press("1", "w")
        yield desk


def stored(shelf: Shelf, *kinds: type[Record]) -> list[Record]:
    """What is in the library, with which nothing is wrong."""
    with Library(shelf.path) as library:
        assert library.problems() == ()
        return [record for record in library.records.all() if isinstance(record, kinds)]


def tagged(shelf: Shelf) -> list[tuple[str, str]]:
    mentions = [each for each in stored(shelf, Mention) if isinstance(each, Mention)]
    return [(each.span.quote, each.type) for each in sorted(mentions, key=lambda e: e.span.start)]


def shows(desk: Desk, words: str) -> bool:
    return words in " ".join(desk.screen_text().split())


async def over(desk: Desk) -> None:
    """Until nothing waits any more."""
    waiting = desk.app.waiting
    assert waiting is not None
    await desk.until(lambda: not waiting.holds)
    await desk.pilot.pause()


async def test_what_waits_is_done_in_its_order_and_the_text_can_be_read_meanwhile(
    shelf: Shelf, held: Holder
) -> None:
    async with at_work(shelf) as desk:
        held.hold()
        await desk.press("2")
        assert shows(desk, f"{WAITING} Another program is writing… Then: tag ORG “denies”.")
        assert "Esc gives up" in desk.screen_text()
        before = desk.app.screen.view.position()  # type: ignore[attr-defined]
        await desk.press("pagedown")
        assert desk.app.screen.view.position() > before  # type: ignore[attr-defined]
        await desk.press("pageup", "w", "3", "w")
        assert shows(desk, "5 keys typed since wait too.")
        desk.app._driver.process_message(_clicked())  # type: ignore[union-attr]
        await desk.pilot.pause()
        assert tagged(shelf) == [("Minister", "PER")]
        assert len(desk.app.session.annotations.all(Mention)) == 1
        held.free()
        await over(desk)
        assert WAITING not in desk.screen_text()
        assert shows(desk, "“report”")
        assert tagged(shelf) == [("Minister", "PER"), ("denies", "ORG"), ("the", "LOC")]


def _clicked() -> events.MouseDown:
    return events.MouseDown(None, 20, 4, 0, 0, 1, False, False, False)


async def test_esc_gives_up_what_waits_and_what_was_typed_after_it(
    shelf: Shelf, held: Holder
) -> None:
    async with at_work(shelf) as desk:
        held.hold()
        await desk.press("2", "w", "3", "escape")
        assert shows(desk, "Given up Not done: tag ORG “denies”. 2 keys typed after it went too.")
        assert shows(desk, "“denies”")
        await desk.press("u")
        assert shows(desk, "Then: undo.")
        held.free()
        await over(desk)
        assert shows(desk, "undone: tag PER “Minister”")
        assert tagged(shelf) == []


async def test_words_from_right_to_left_keep_what_follows_them_apart(
    shelf: Shelf, held: Holder
) -> None:
    (article,) = shelf.add("نفى الوزير التقرير.")
    async with shelf.desk(article=article) as desk:
        desk.app.session.library.be_patient(0.02)
        await desk.press("1", "w")
        held.hold()
        await desk.press("2", "w", "escape")
        held.free()
        assert shows(desk, "Not done: tag ORG “ﺮﻳﺯﻮﻟﺍ”. 1 key typed after it went too.")


async def test_what_waits_too_long_is_kept_and_saved_by_itself(
    shelf: Shelf, held: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(shelf) as desk:
        held.hold()
        await desk.press("2", "w")
        assert shows(desk, WAITING)
        monkeypatch.setattr("reader.tui.waiting.monotonic", lambda: monotonic() + PATIENCE)
        await over(desk)
        assert shows(desk, "Not saved Another program is writing to the library. 1 action is kept")
        await desk.press("3")
        assert desk.app.waiting is not None and not desk.app.waiting.holds
        assert shows(desk, "2 actions are kept here")
        assert shows(desk, "2 NOT SAVED") and shows(desk, "LOC “the”")
        # A line over the text: what is typed there stays when the rest is saved.
        await desk.press("o", "type:why")
        desk.app.watching.look()
        await desk.pilot.pause()
        assert shows(desk, "2 NOT SAVED")
        held.free()
        desk.app.watching.look()
        await desk.pilot.pause()
        assert shows(desk, "Saved: 2 actions.") and "NOT SAVED" not in desk.screen_text()
        await desk.press("ctrl+s")
        assert tagged(shelf) == [("Minister", "PER"), ("denies", "ORG"), ("the", "LOC")]
        assert [each.text for each in stored(shelf, Note) if isinstance(each, Note)] == ["why"]


async def test_what_was_typed_for_an_action_that_is_given_up_stays(
    shelf: Shelf, held: Holder
) -> None:
    async with at_work(shelf) as desk:
        await desk.press("o", "type:a note")
        held.hold()
        await desk.press("ctrl+s")
        assert shows(desk, WAITING)
        await desk.press("escape")
        assert isinstance(desk.app.screen, NoteScreen) and desk.app.screen.line.value == "a note"
        await desk.press("type: more", "ctrl+s")
        held.free()
        await over(desk)
        # A name that is typed, and the type that is asked for after it.
        await desk.press("enter", "type:Nobody", "enter")
        held.hold()
        await desk.press("1")
        assert shows(desk, WAITING)
        await desk.press("escape")
        assert shows(desk, "Type of the new entity “Nobody”")
        await desk.press("1")
        held.free()
        await over(desk)
        # A form beside the text.
        await desk.press("c", "s", "type:It is denied.", "enter")
        held.hold()
        await desk.press("enter", "escape")
        assert shows(desk, "It is denied.") and shows(desk, "Given up")
        await desk.press("enter")
        held.free()
        await over(desk)
        notes, entities, claims = (stored(shelf, kind) for kind in (Note, Entity, ClaimMention))
        assert [note.text for note in notes if isinstance(note, Note)] == ["a note more"]
        assert [each.name for each in entities if isinstance(each, Entity)] == ["Nobody"]
        assert len(claims) == 1


async def test_a_library_that_cannot_even_be_read_ends_nothing(
    shelf: Shelf, held: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(shelf, wrote=False) as desk:
        # Nobody has written yet, so there is no log, and the other one keeps out readers too.
        held.hold()
        await desk.press("w", "w", "Q", "O")
        assert shows(desk, "another program is writing")
        held.free()
        desk.app.watching.look()
        await desk.pilot.pause()
        assert shows(desk, "There are no claims yet")
        assert "another program" not in desk.screen_text()
        await desk.press("escape")
        held.hold()
        await desk.press("2")
        monkeypatch.setattr("reader.tui.waiting.monotonic", lambda: monotonic() + PATIENCE)
        await over(desk)
        assert shows(desk, "1 NOT SAVED")
        await desk.press("escape")
        held.free()
        desk.app.watching.look()
        await desk.pilot.pause()
        assert shows(desk, "1 article") and shows(desk, "Saved: 1 action.")
    assert [type for _, type in tagged(shelf)] == ["ORG"]


async def test_a_full_disk_and_a_library_in_the_place_of_another(
    shelf: Shelf, tmp_path: Path
) -> None:
    async with at_work(shelf) as desk:
        with limited():
            await desk.press("2")
            assert shows(desk, "1 NOT SAVED") and shows(desk, "make room")
            await desk.press("w", "3")
            desk.app.watching.look()
            assert shows(desk, "2 NOT SAVED")
        desk.app.watching.look()
        await desk.pilot.pause()
        assert shows(desk, "Saved: 2 actions.")
        away, other = tmp_path / "away.db", Shelf(tmp_path / "other.db")
        other.add(ENGLISH)
        shelf.path.rename(away)
        other.path.rename(shelf.path)
        there = shelf.path.read_bytes()
        await desk.press("w", "4")
        desk.app.watching.look()
        await desk.pilot.pause()
        assert shows(desk, "it was moved, deleted or replaced") and shows(desk, "1 NOT SAVED")
        assert shelf.path.read_bytes() == there
        away.rename(shelf.path)
        desk.app.watching.look()
        await desk.pilot.pause()
        assert shows(desk, "Saved: 1 action.")
    assert [type for _, type in tagged(shelf)] == ["PER", "ORG", "LOC", "EVENT"]


def test_a_terminal_that_hangs_up_loses_nothing_that_waits(shelf: Shelf, held: Holder) -> None:
    with Terminal(["--db", str(shelf.path), "open", "1"]) as terminal:
        terminal.wait_for("Minister")
        terminal.press("w")
        held.hold()
        terminal.press("1")
        terminal.wait_for(WAITING)
        terminal.hang_up()
    held.free()
    (kept,) = shelf.path.parent.glob("unsaved-*.jsonl")
    with Library(shelf.path) as library:
        assert recover(library, kept).made == 1
    assert [type for _, type in tagged(shelf)] == ["PER"]
