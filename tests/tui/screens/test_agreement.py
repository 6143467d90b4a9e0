"""The agreement on the screen: the numbers, the way to each disagreement and back."""

from __future__ import annotations

from reader.annotation.claim_marking import ClaimForm
from reader.session import Session
from reader.tui.screens.agreement import AgreementScreen
from reader.tui.screens.reading import ReadingScreen
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

FIRST = ENGLISH.index("Anna")
KARIM = ENGLISH.index("Karim")
PAID = ENGLISH.index("no money was paid")


def annotate(shelf: Shelf, english: str, arabic: str) -> None:
    """Ann and Bob agree on one name of two in English, and differ on a claim; Eve was there."""
    for name, type in (("ann", "PER"), ("bob", "ORG")):
        session = Session.open(shelf.path, name)
        session.open_article(english)
        session.marking.tag([(FIRST, FIRST + 9)], "PER")
        session.marking.tag([(KARIM, KARIM + 12)], type)
        polarity = ClaimForm(polarity="refute" if name == "bob" else "affirm")
        session.marking.mark_claim([(PAID, PAID + 17)], polarity)
        session.close()
    session = Session.open(shelf.path, "eve")
    session.open_article(arabic)
    session.marking.tag([(0, 7)], "PER")
    session.close()


def screen_of(desk: Desk) -> AgreementScreen:
    assert isinstance(desk.app.screen, AgreementScreen), desk.screen_text()
    return desk.app.screen


async def compared(desk: Desk) -> None:
    await desk.until(lambda: "comparing" not in desk.rows()[1])
    await desk.pilot.pause()


def row_with(desk: Desk, words: str) -> list[str]:
    return next(row for row in desk.rows() if words in row).replace("▸", " ").split()


async def test_numbers_by_hand_and_every_disagreement_one_key_away(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    async with shelf.desk(size=(80, 50)) as desk:
        await desk.press("A")
        await compared(desk)
        assert desk.rows()[0].strip() == "Agreement of ann and bob"
        assert desk.rows()[1].strip() == "1 article that both annotated"
        assert row_with(desk, "mention ")[1:3] == ["0.500", "0.500"]
        assert row_with(desk, "  PER ")[1:3] == ["0.667", "0.667"]
        assert row_with(desk, "polarity  ")[-2:] == ["1", "1"]
        assert row_with(desk, "Words: rows ann")[-3:] == ["none", "PER", "ORG"]
        assert row_with(desk, "Minister")[-1] == "2"
        await desk.press("d")
        assert "▸polarity: affirm “no money was paid” / refute “no money was paid”" in (
            desk.screen_text().replace("\u2068", "").replace("\u2069", "")
        )
        await desk.press("down", "enter")
        reading = desk.app.screen
        assert isinstance(reading, ReadingScreen)
        selection = reading.view.selection
        assert (selection.start, selection.end) == (KARIM, KARIM + 12)
        await desk.press("B")
        await compared(desk)
        assert "▸type: PER" in desk.screen_text().replace("\u2068", "")
        await desk.press("a")
        assert "only “Minister denies the report”" in desk.rows()[1].replace("\u2068", "").replace(
            "\u2069", ""
        )
        await desk.press("escape", "tab")
        assert screen_of(desk).article == ""
        await desk.press("b")
        asked = [row for row in desk.rows() if "ann and bob" in row][-1]
        assert asked.replace("▸", " ").split() == ["1", "ann", "and", "bob"]
        await desk.press("1")
        await compared(desk)
        assert desk.rows()[0].strip() == "Agreement of ann and bob"


async def test_what_is_changed_meanwhile_is_compared_anew(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(annotator="cid") as desk:
        await desk.press("A")
        await compared(desk)
        assert "No article has been annotated by two people yet." in desk.screen_text()
        await desk.press("d", "a", "b", "tab", "enter", "escape")
        annotate(shelf, english, arabic)
        await desk.press("A")
        await compared(desk)
        assert desk.rows()[0].strip() == "Agreement of ann and bob"


async def test_it_opens_on_oneself_and_from_an_article_on_that_article(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    for name in ("eve", "zoe"):
        session = Session.open(shelf.path, name)
        session.open_article(english)
        session.marking.tag([(0, 8)], "ORG" if name == "eve" else "PER")
        session.open_article(arabic)
        if name == "zoe":
            session.marking.tag([(0, 7)], "LOC")
        session.close()
    async with shelf.desk(size=(80, 40), annotator="eve") as desk:
        await desk.press("A")
        await compared(desk)
        # With zoe she shares two articles, with ann and bob one.
        assert desk.rows()[0].strip() == "Agreement of eve and zoe"
        titles, counts = desk.rows()[2:4]
        ends = {name: titles.index(name) + len(name) for name in ("eve", "zoe")}
        assert [counts[end - 1 : end + 1] for end in ends.values()] == ["2 ", "2 "]
        await desk.press("escape", "enter", ":", "type:agreement")
        assert "Agreement" in desk.screen_text()
        await desk.press("enter")
        await compared(desk)
        assert "only “Minister denies the report”" in desk.rows()[1].replace("\u2068", "").replace(
            "\u2069", ""
        )
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, ReadingScreen)
        await desk.press("ctrl+home", "ctrl+d")
        text = " ".join(desk.screen_text().replace("\u2068", "").replace("\u2069", "").split())
        assert "Disagreement 2 of 4" in text
        assert "ann has PER “Anna Berg”, you have nothing" in text
        assert "bob has PER “Anna Berg”, you have nothing" in text
        selection = desk.app.screen.view.selection
        assert (selection.start, selection.end) == (FIRST, FIRST + 9)
        await desk.press("ctrl+d", "ctrl+d", "ctrl+d")
        selection = desk.app.screen.view.selection
        assert (selection.start, selection.end) == (0, 8), "after the last comes the first"
        assert "zoe has PER “Minister”, you have ORG “Minister”" in desk.screen_text().replace(
            "\u2068", ""
        ).replace("\u2069", "")
        await desk.press("B")
        assert desk.app.screen.view.selection.start == KARIM


async def test_what_others_do_shows_and_the_row_stays(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    annotate(shelf, english, arabic)
    async with shelf.desk(size=(80, 50), annotator="ann") as desk:
        await desk.press("A")
        await compared(desk)
        desk.app.watching.look()
        await desk.press("d", "down")
        chosen = screen_of(desk).current
        session = Session.open(shelf.path, "bob")
        session.open_article(english)
        session.marking.tag([(0, 8)], "ORG")
        session.close()
        desk.app.watching.look()
        await compared(desk)
        assert "“Minister”" in desk.screen_text().replace("\u2068", "").replace("\u2069", "")
        assert chosen is not None and screen_of(desk).current == chosen
