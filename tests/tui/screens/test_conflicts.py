"""Conflicts on the screen: settled by a digit, taken back by undo."""

from __future__ import annotations

import shutil

from reader.annotation.entity_actions import rename
from reader.session import Session
from reader.store.library import Library
from reader.tui.screens.conflicts import ConflictsScreen
from reader.tui.screens.entity_sheet import EntityScreen
from reader.tui.screens.reading import ReadingScreen
from reader.work.settling import questions, settle_question
from tests.tui.screens.conftest import ENGLISH, Shelf


def diverge(shelf: Shelf) -> None:
    """Two copies give one entity different names, and are brought together."""
    (article,) = shelf.add(ENGLISH)
    ann = Session.open(shelf.path, "ann")
    ann.open_article(article)
    anna = ann.marking.create_entity("Anna", "PER", ann.marking.tag([(0, 8)], "PER"))
    ann.close()
    other = shelf.path.with_name("other.db")
    shutil.copy(shelf.path, other)
    for path, name, given in ((shelf.path, "ann", "Anna Berg"), (other, "bob", "آنا بيرغ")):
        session = Session.open(path, name)
        session.open_article(article)
        session.apply(rename(session.author, anna, given))
        session.close()
    with Library(shelf.path) as library, Library(other) as theirs:
        library.exchange.take_in(theirs.exchange.tell(library.exchange.known()))


async def test_a_digit_settles_and_undo_takes_it_back(shelf: Shelf) -> None:
    diverge(shelf)
    async with shelf.desk() as desk:
        assert desk.rows()[0].rstrip().endswith("1 conflict (C)")
        await desk.press("enter")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert "1 to settle" in desk.screen_text()
        await desk.press("escape", "C")
        screen = desk.app.screen
        assert isinstance(screen, ConflictsScreen)
        (question,) = screen.found
        texts = [answer.text for answer in question.answers]
        assert sorted(texts) == ["Anna Berg", "آنا بيرغ"]
        shown = desk.rows()[1].replace("\u2066", "").replace("\u2069", "").strip("▸ ")
        assert shown in ("name of entity “Anna Berg”", "name of entity “ﻍﺮﻴﺑ ﺎﻧﺁ”")
        assert "bob" in desk.screen_text() and "ann" in desk.screen_text()
        await desk.press("enter")
        assert isinstance(desk.app.screen, EntityScreen)
        await desk.press("escape", "3")
        said = desk.screen_text()
        assert "Not done" in said and "There are 2 values" in said
        await desk.press("2")
        assert "There is nothing to settle." in desk.screen_text()
        with Library(shelf.path) as library:
            assert [e.name for e in library.records.shared() if hasattr(e, "name")] == [texts[1]]
        await desk.press("u")
        with Library(shelf.path) as library:
            assert [e.name for e in library.records.shared() if hasattr(e, "name")] == [texts[0]]
        # With the value the conflict itself is back.
        assert "There is nothing to settle." not in desk.screen_text()
        (question,) = screen.found
        assert [answer.text for answer in question.answers] == texts
        await desk.press("2", "escape")
        assert "conflict" not in desk.rows()[0]


async def test_values_of_several_fields_are_shown_and_settled(shelf: Shelf) -> None:
    """Borders, which are a mapping."""
    (article,) = shelf.add(ENGLISH)
    ann = Session.open(shelf.path, "ann")
    ann.open_article(article)
    mention = ann.marking.tag([(0, 8)], "PER")
    ann.close()
    other = shelf.path.with_name("other.db")
    shutil.copy(shelf.path, other)
    for path, name, end in ((shelf.path, "ann", 4), (other, "bob", 6)):
        session = Session.open(path, name)
        session.open_article(article)
        session.marking.move_span(mention, [(0, end)])
        session.close()
    with Library(shelf.path) as library, Library(other) as theirs:
        library.exchange.take_in(theirs.exchange.tell(library.exchange.known()))
    async with shelf.desk() as desk:
        await desk.press("C")
        assert "span of mention" in desk.rows()[1]
        assert "0-4" in desk.screen_text() and "0-6" in desk.screen_text()
        await desk.press("2")
        assert "There is nothing to settle." in desk.screen_text()


async def test_a_conflict_settled_elsewhere_goes_from_the_list(shelf: Shelf) -> None:
    diverge(shelf)
    async with shelf.desk() as desk:
        desk.app.watching.look()
        await desk.press("C")
        session = Session.open(shelf.path, "noor")
        settle_question(session, questions(session.library)[0], 0)
        session.close()
        desk.app.watching.look()
        await desk.pilot.pause()
        assert "There is nothing to settle." in desk.screen_text()
