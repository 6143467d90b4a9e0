"""Deciding on the screen: both versions in the text, a key for each answer, and undo."""

from __future__ import annotations

from time import monotonic

import pytest

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import ClaimMention, Mention
from reader.annotation.settled import SETTLED
from reader.session import Session
from reader.store.library import Library
from reader.tui.screens.adjudicate import AdjudicateScreen
from reader.tui.screens.agreement import AgreementScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.waiting import PATIENCE
from reader.work.adjudication import decisions
from tests.holding import Holder
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf
from tests.tui.screens.test_agreement import FIRST, KARIM, annotate, compared


def screen_of(desk: Desk) -> AdjudicateScreen:
    assert isinstance(desk.app.screen, AdjudicateScreen), desk.screen_text()
    return desk.app.screen


def shown(desk: Desk) -> str:
    return desk.screen_text().replace("\u2068", "").replace("\u2069", "")


async def begin(desk: Desk) -> None:
    await desk.press("A")
    await compared(desk)
    await desk.press("c")
    await desk.until(lambda: "looking" not in shown(desk))
    await desk.pilot.pause()


def settled(shelf: Shelf, article: str) -> list[str]:
    """What the settled layer says: types with offsets, and polarities."""
    with Library(shelf.path) as library:
        records = [
            r for r in library.records.within(article) if getattr(r, "annotator", "") == SETTLED.id
        ]
    mentions = [f"{r.type} {r.span.start}-{r.span.end}" for r in records if isinstance(r, Mention)]
    return sorted(mentions) + [r.polarity for r in records if isinstance(r, ClaimMention)]


async def test_each_answer_is_a_key_and_is_undone(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    nix = f"PER {FIRST}-{FIRST + 9}"
    async with shelf.desk(size=(110, 30), annotator="eve") as desk:
        await begin(desk)
        assert "ann and bob · article 1 of 1 · Minister denies the report" in shown(desk)
        assert "claim mention, polarity · open 1 of 2 · decided 0 of 2 here" in shown(desk)
        assert "1 ann: affirm “no money was paid”" in shown(desk)
        assert "2 bob: refute “no money was paid”" in shown(desk)
        # What both have alike is settled by itself.
        assert settled(shelf, english) == [nix]
        await desk.press("s")
        assert "mention, type · open 2 of 2" in shown(desk)
        left, right = (side.split.view for side in screen_of(desk).sides)
        assert left.selection.start == right.selection.start == KARIM
        await desk.press("s")
        assert "There is no open place further on." in shown(desk)
        await desk.press("2")
        assert settled(shelf, english) == [nix, f"ORG {KARIM}-{KARIM + 12}"][::-1]
        await desk.press("x")
        await desk.until(lambda: "Nothing is open" in shown(desk))
        await desk.press("1", "e", "s", "u")
        assert "open 1 of 1 · decided 1 of 2 here" in shown(desk)
        # The claim as it is, but refuted: the value is chosen, the text kept.
        await desk.press("e", "t", "2", "enter")
        await desk.until(lambda: "Nothing is open" in shown(desk))
        assert settled(shelf, english)[-1] == "refute"
        with Library(shelf.path) as library:
            found = [(each.choice, each.by, each.current) for each in decisions(library)]
        assert found == [("edited", "eve", True), ("takes bob", "eve", True)]
        await desk.press("escape", "A")
        assert isinstance(desk.app.screen, AgreementScreen)
    async with shelf.desk(size=(160, 40), article=english, annotator="ann") as desk:
        reading = desk.app.screen
        assert isinstance(reading, ReadingScreen)
        reading.go_to([(KARIM, KARIM + 12)])
        await desk.pilot.pause()
        rows = [row for row in desk.rows() if "takes bob, by" in row.replace("\u2068", "")]
        assert rows, "the decision is told, with who made it"
        await desk.press("e")
        assert "settled: takes" not in desk.screen_text(), "it is no text to edit"


async def test_a_version_is_put_right_on_a_small_screen(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    async with shelf.desk(size=(60, 20), annotator="eve") as desk:
        await begin(desk)
        await desk.press("s", "e", "d", "3")
        assert "Edit LOC: select its text" in shown(desk)
        await desk.press("escape")
        assert "open 2 of 2" in shown(desk)
        await desk.press("e", "d", "3", "enter")
        assert f"LOC {KARIM}-{KARIM + 5}" in settled(shelf, english)
        await desk.press("h")
        await desk.until(lambda: "Nothing is open" in shown(desk))
        await desk.press("u", "u")
        assert "open 2 of 2" in shown(desk)
        await desk.press("U")
        assert "open 1 of 1" in shown(desk)
        # With an entity that is found by typing.
        await desk.press("u", "e", "e", "escape", "enter")
        assert f"PER {KARIM}-{KARIM + 12}" in settled(shelf, english)


async def test_undo_elsewhere_asks_and_what_others_do_shows(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    async with shelf.desk(size=(110, 30), annotator="eve") as desk:
        desk.app.watching.look()
        await begin(desk)
        await desk.press("s")
        assert "mention, type · open 2 of 2 · decided 0 of 2 here" in shown(desk)
        # Bob sees it as Ann does: one place less, and the same stays under the eyes.
        session = Session.open(shelf.path, "bob")
        session.open_article(english)
        mine = session.annotator.id
        (claim,) = (c for c in session.annotations.all(ClaimMention) if c.annotator == mine)
        session.marking.edit_claim(claim, ClaimForm())
        session.close()
        desk.app.watching.look()
        await desk.pilot.pause()
        assert "mention, type · open 1 of 1 · decided 0 of 1 here" in shown(desk)
        await desk.press("2")
        await desk.until(lambda: "Nothing is open" in shown(desk))
        # In the other article nothing of that is undone without a word.
        await desk.press("escape", "escape")
        desk.app.session.open_article(arabic)
        await desk.app.navigation.open_article(arabic)
        await desk.press("u")
        assert "Undo settle 1 that both have alike in “Minister denies the report”?" in shown(desk)
        await desk.press("n")
        assert f"ORG {KARIM}-{KARIM + 12}" in settled(shelf, english)
        assert "affirm" in settled(shelf, english)
        await desk.press("u", "y")
        assert "affirm" not in settled(shelf, english)
        reading = desk.app.screen
        assert isinstance(reading, ReadingScreen) and reading.article.id == english
        # Where it is on the screen it is undone at once.
        await desk.press("u")
        assert f"ORG {KARIM}-{KARIM + 12}" not in settled(shelf, english)


async def test_beside_a_program_that_holds_the_library(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    nix, karim = f"PER {FIRST}-{FIRST + 9}", f"ORG {KARIM}-{KARIM + 12}"
    async with shelf.desk(size=(110, 30), annotator="eve") as desk:
        desk.app.session.kept.keeps = True
        desk.app.session.library.be_patient(0.02)
        # Who has written lets nobody keep readers out.
        desk.app.session.open_article(english)
        desk.app.session.marking.set_status("in progress")
        with Holder(shelf.path) as other:
            # What both have alike is to be settled first: that waits, and is given up.
            await desk.press("A")
            await compared(desk)
            other.hold()
            await desk.press("c")
            await desk.until(lambda: "Waiting for the library" in shown(desk))
            await desk.press("escape")
            assert "not all was looked at: s goes on" in shown(desk)
            other.free()
            await desk.press("s")
            await desk.until(lambda: "open 1 of 2" in shown(desk))
            # An answer that is edited waits, is given up, and is there again.
            await desk.press("s", "e", "2")
            other.hold()
            await desk.press("enter")
            assert "Then: settle “Karim Haddad”: edited." in shown(desk)
            await desk.press("escape")
            assert "Edit ORG" in shown(desk) and settled(shelf, english) == [nix]
            await desk.press("enter")
            other.free()
            await desk.until(lambda: "open 1 of 1" in shown(desk))
            assert settled(shelf, english) == [karim, nix]


async def test_the_first_decision_is_kept_when_the_library_stays_locked(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    async with shelf.desk(size=(110, 30), annotator="eve") as desk:
        desk.app.session.kept.keeps = True
        desk.app.session.library.be_patient(0.02)
        desk.app.session.open_article(english)
        desk.app.session.marking.set_status("in progress")
        with Holder(shelf.path) as other:
            await desk.press("A")
            await compared(desk)
            other.hold()
            await desk.press("c")
            await desk.until(lambda: "Waiting for the library" in shown(desk))
            monkeypatch.setattr("reader.tui.waiting.monotonic", lambda: monotonic() + PATIENCE)
            await desk.until(lambda: "open 1 of 2" in shown(desk))
            assert "1 NOT SAVED" in shown(desk)
            await desk.press("1")
            await desk.until(lambda: "open 1 of 1" in shown(desk))
            assert "2 NOT SAVED" in shown(desk)
            other.free()
        desk.app.watching.look()
        await desk.pilot.pause()
        assert "NOT SAVED" not in shown(desk)
    assert len(settled(shelf, english)) == 2
