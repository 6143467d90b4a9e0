"""Two windows on one library: each shows what the other does, and loses nothing of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import ClaimMention, Mention, Note, Ref
from reader.session import Session
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.note import NoteScreen
from reader.tui.screens.reading import ReadingScreen
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf
from tests.tui.screens.conftest import shelf as shelf


@contextmanager
def other_window(shelf: Shelf, article: str, name: str = "noor") -> Iterator[Session]:
    with closing(Session.open(shelf.path, name)) as session:
        session.open_article(article)
        yield session


def reading(desk: Desk) -> ReadingScreen:
    screen = desk.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


async def look(desk: Desk) -> None:
    desk.app.watching.look()
    await desk.pilot.pause()


async def test_a_change_elsewhere_shows_within_two_seconds(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.tui.app.LOOK_EVERY", 1.0)
    (article,) = shelf.add(ENGLISH * 20)
    async with shelf.desk(article=article, size=(80, 14)) as desk:
        await desk.press("w", "w", "w", "pagedown", "w")
        view = reading(desk).view
        selection, top = view.selection, view.position()
        with other_window(shelf, article) as noor:
            noor.marking.tag([(selection.start, selection.end)], "ORG")
            await desk.until(lambda: "by noor" in desk.screen_text())
        assert (view.selection, view.position()) == (selection, top)


async def test_nothing_happens_while_somebody_types(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await look(desk)
        with other_window(shelf, article) as noor:
            await desk.press("c", "down")
            noor.marking.tag([(26, 35)], "PER")
            await look(desk)
            assert not desk.app.session.annotations.all(Mention)
            await desk.press("escape")
            await look(desk)
            assert len(desk.app.session.annotations.all(Mention)) == 1
            assert reading(desk).form is None


async def test_lists_keep_their_row_when_others_work(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk() as desk:
        await look(desk)
        await desk.press("down")
        with other_window(shelf, english) as noor:
            noor.marking.tag([(26, 35)], "PER")
            noor.marking.create_entity("Anna Berg", "PER")
            shelf.add("A third article\n\nIt has come in meanwhile.\n")
            await look(desk)
            assert "A third article" in desk.screen_text()
            assert isinstance(desk.app.screen, LibraryScreen)
            assert desk.app.screen.current is not None
            assert desk.app.screen.current.id == arabic
            await desk.press("E")
            assert "Anna Berg" in desk.screen_text()
            noor.marking.create_entity("Karim Haddad", "PER")
            await look(desk)
            assert "Karim Haddad" in desk.screen_text()


async def test_a_note_on_what_another_deletes_is_not_lost(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    with other_window(shelf, article, "sam") as second:
        mention = second.marking.tag([(26, 35)], "PER")
        note = second.marking.note(Ref("mention", mention.id), "first words")
        async with shelf.desk(article=article, size=(100, 24)) as desk:
            reading(desk).select_ranges([(26, 35)])
            await desk.press("o", "type:who is it")
            second.marking.delete(mention)
            await desk.press("ctrl+s")
            assert isinstance(desk.app.screen, NoteScreen)
            assert "Not saved" in desk.screen_text()
            assert "who is it" in desk.screen_text()
            await desk.press("ctrl+s")
            (kept,) = desk.app.session.annotations.all(Note)
            assert (kept.text, kept.on) == ("who is it", Ref("article", article))
            assert note.id != kept.id


async def test_a_claim_that_another_deletes_stays_in_its_form(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    with other_window(shelf, article, "sam") as second:
        claim = second.marking.mark_claim([(26, 35)], ClaimForm(statement="No money was paid."))
        async with shelf.desk(article=article, size=(100, 30)) as desk:
            reading(desk).select_ranges([(26, 35)])
            await desk.press("e", "p")
            second.marking.delete(claim)
            await desk.press("enter")
            shown = " ".join(desk.screen_text().split())
            assert "was deleted meanwhile" in shown
            assert "saves it as a new claim" in shown
            assert reading(desk).form is not None
            await desk.press("enter")
            (found,) = desk.app.session.annotations.all(ClaimMention)
            assert (found.polarity, found.id == claim.id) == ("refute", False)
            assert reading(desk).form is None
