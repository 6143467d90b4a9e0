"""The board of claims and an open claim: what shows, what is stored, where one comes back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Claim, ClaimMention, Note, Relation
from reader.formats.json_import import import_json
from reader.store.library import Library
from reader.tui.screens.board import BoardScreen
from reader.tui.screens.claim_sheet import ClaimScreen
from reader.tui.screens.reading import ReadingScreen
from reader.work.articles import remove_article
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

REFERENCE = Path(__file__).parents[3] / "seeds" / "reference.json"


def mark(shelf: Shelf, article: str, text: str, quote: str, form: ClaimForm) -> ClaimMention:
    session = shelf.session(article)
    try:
        start = text.index(quote)
        return session.marking.mark_claim([(start, start + len(quote))], form)
    finally:
        session.close()


def fill(shelf: Shelf) -> tuple[str, str]:
    """Two articles; a claim is made twice and denied once, another one once."""
    english, arabic = shelf.add(ENGLISH, ARABIC)
    first = mark(shelf, english, ENGLISH, "no money was paid", ClaimForm(statement="Money flowed."))
    assert first.claim is not None
    denied = ClaimForm(first.claim, polarity="refute", mode="denied", epistemic="false-certain")
    mark(shelf, arabic, ARABIC, "لم تدفع أي أموال", denied)
    mark(shelf, arabic, ARABIC, "التقرير غير صحيح", ClaimForm(statement="التقرير غير صحيح."))
    return english, arabic


def stored(shelf: Shelf) -> AnnotationSet:
    with Library(shelf.path) as library:
        return AnnotationSet.of(library.records.all())


def claim_of(shelf: Shelf, text: str = "Money flowed.") -> Claim:
    (found,) = [claim for claim in stored(shelf).all(Claim) if claim.text == text]
    return found


def row_with(desk: Desk, words: str) -> str:
    (row,) = [row for row in desk.rows() if words in row]
    return row


def sheet(desk: Desk) -> ClaimScreen:
    assert isinstance(desk.app.screen, ClaimScreen), desk.screen_text()
    return desk.app.screen


def reading(desk: Desk) -> ReadingScreen:
    assert isinstance(desk.app.screen, ReadingScreen), desk.screen_text()
    return desk.app.screen


async def go_to(desk: Desk, kind: str, value: object = None) -> None:
    """Put the cursor of the open claim on a row."""
    rows = sheet(desk).rows
    places = [
        i
        for i, row in enumerate(rows.rows)
        if row.value and row.value.kind == kind and not row.more and not row.heading
        if value in (None, row.value.value)
    ]
    rows.move_to(places[0])
    await desk.pilot.pause()


async def open_first(desk: Desk) -> None:
    """Open the claim that is made most often."""
    await desk.press("O", "enter")
    await desk.pilot.pause()


async def test_all_claims_show_with_what_contradicts_them(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("O")
        assert "2 claims · 3 mentions · ≠ 1 contradicted" in desk.rows()[0]
        row = row_with(desk, "▸ ≠·")
        assert "Money flowed." in row and "ar en" in row and row.split()[-1] == "2"
        arabic = row_with(desk, "ﺮﻳﺮﻘﺘﻟﺍ")
        assert "≠" not in arabic
        assert arabic.index("ﺢﻴﺤﺻ") > 20
        await desk.press("x")
        assert "1 of 2 shown: contradicted" in desk.screen_text()
        await desk.press("escape", "escape")
        assert "2 articles" in desk.rows()[0]


async def test_an_empty_library_says_how_claims_come_into_it(shelf: Shelf) -> None:
    shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("O")
        assert "There are no claims yet." in desk.screen_text()
        await desk.press("enter", "s", "x", "escape", "escape")


async def test_words_and_values_filter_the_board(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("O", "f", "type:money FLOWED")
        assert "1 of 2 shown: with" in desk.screen_text()
        await desk.press("enter", "c")
        await desk.press(*["down"] * 8)
        await desk.press("escape", "escape", "l", "type:ar", "enter")
        assert "2 of 2 shown: language" in desk.screen_text()
        await desk.press("v", "1")
        assert "verdict" in row_with(desk, "shown:")
        await desk.press("escape")
        assert "shown:" not in desk.screen_text()


async def test_enter_on_a_mention_selects_it_and_b_comes_back_to_its_row(shelf: Shelf) -> None:
    english, arabic = fill(shelf)
    async with shelf.desk(article=english) as desk:
        await desk.press("w", "w")
        here = reading(desk).view.selection.start
        await open_first(desk)
        mention = next(
            m
            for m in stored(shelf).all(ClaimMention)
            if m.span.article == arabic and m.mode == "denied"
        )
        await go_to(desk, "mention", mention)
        row = sheet(desk).rows.cursor
        await desk.press("enter")
        assert reading(desk).article.id == arabic
        assert reading(desk).view.selected_text() == "لم تدفع أي أموال"
        await desk.press("B")
        assert sheet(desk).rows.cursor == row
        await desk.press("B")
        assert reading(desk).article.id == english
        assert reading(desk).view.selection.start == here
        await desk.press('"')
        assert sheet(desk).rows.cursor == row


async def test_a_mention_in_the_open_article_is_gone_to_without_opening_it_again(
    shelf: Shelf,
) -> None:
    english, _ = fill(shelf)
    async with shelf.desk(article=english) as desk:
        screen = reading(desk)
        await open_first(desk)
        await go_to(desk, "mention")
        await desk.press("enter")
        assert reading(desk) is screen
        assert screen.view.selected_text() == "no money was paid"


async def test_an_open_claim_shows_each_mention_in_its_sentence(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk((100, 45)) as desk:
        await open_first(desk)
        text = desk.screen_text()
        assert "≠ contradicted" in desk.rows()[0]
        assert "Mentions (2 in 2 articles)" in text
        assert "Anna Berg of the ministry told the Daily Post on Monday that no money" in text
        assert "affirm, asserted, held unknown, check: undecided" in text
        assert "refute, denied, held false-certain, check: undecided" in text
        assert row_with(desk, "- refutes").rstrip().endswith("ﺎﻧﺁ ﺖﻟﺎﻗ")
        strips = desk.app.screen._compositor.render_strips()
        marked = "".join(s.text for strip in strips for s in strip if s.style and s.style.underline)
        assert marked == "no money was paid" + "ﻝﺍﻮﻣﺃ ﻱﺃ ﻊﻓﺪﺗ ﻢﻟ"


async def test_fields_are_changed_and_one_stays_when_that_is_undone(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_first(desk)
        await desk.press("enter", "ctrl+u", "type:The ministry paid money.", "enter")
        assert "The ministry paid money." in desk.screen_text()
        await go_to(desk, "field", "gloss")
        await desk.press("e", "type:Das Ministerium zahlte.", "enter")
        await go_to(desk, "field", "gloss_language")
        await desk.press("e", "type:de", "enter")
        await go_to(desk, "field", "verdict")
        await desk.press("e", "3")
        assert "✗ refuted" in desk.screen_text()
        await go_to(desk, "field", "justification")
        await desk.press("e", "type:one", "enter", "type:اثنان", "ctrl+s")
        await go_to(desk, "field", "topic")
        await desk.press("e", "type:payments", "enter")
        await go_to(desk, "field", "language")
        await desk.press("e", "ctrl+u", "type:klingon", "enter")
        assert "no language code" in desk.screen_text()
        await desk.press("escape", "enter")
        claim = claim_of(shelf, "The ministry paid money.")
        assert (claim.gloss, claim.gloss_language) == ("Das Ministerium zahlte.", "de")
        assert (claim.verdict, claim.justification) == ("refuted", "one\nاثنان")
        assert (claim.topic, claim.language) == ("payments", "en")
        await desk.press("u")
        assert sheet(desk) and "undone" in desk.screen_text()
    assert claim_of(shelf, "The ministry paid money.").topic == ""


async def test_claims_are_related_by_typing_and_the_reason_is_written_down(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk((100, 40)) as desk:
        await open_first(desk)
        await desk.press("r", "type:التقرير", "enter")
        assert "this refutes the other" in desk.screen_text()
        await desk.press("4")
        assert "→ refutes" in desk.screen_text()
        await desk.press("e", "w", "type:They differ.", "ctrl+s")
        await desk.press("e", "s", "type:0.8", "enter")
        assert "80% sure: They differ." in desk.screen_text()
        await desk.press("e", "s", "ctrl+u", "type:2", "enter")
        assert "from 0 to 1" in desk.screen_text()
        (relation,) = stored(shelf).all(Relation)
        assert (relation.type, relation.confidence, relation.rationale) == (
            "refutes",
            0.8,
            "They differ.",
        )
        assert relation.source.id == claim_of(shelf).id
        await desk.press("r", "enter", "4")
        assert "related by “refutes” already" in desk.screen_text()
        await go_to(desk, "relation")
        await desk.press("enter")
        assert "← refutes" in desk.screen_text()
        await desk.press("escape")
        assert "→ refutes" in desk.screen_text()
        await desk.press("X")
        assert not stored(shelf).all(Relation)


async def test_the_same_claims_stand_together_on_the_board(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_first(desk)
        await desk.press("r", "enter", "1", "escape")
        assert isinstance(desk.app.screen, BoardScreen)
        rows = desk.rows()
        place = next(i for i, row in enumerate(rows) if row.startswith("▸┌≠·"))
        assert rows[place + 1].startswith(" └≠·")
        assert "one of 2 that say the same" in desk.screen_text()


async def test_two_claims_become_one_and_two_again(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_first(desk)
        await desk.press("m", "enter")
        assert "1 mention and all else of it come here" in desk.screen_text()
        await desk.press("y")
        assert [claim.text for claim in stored(shelf).all(Claim)] == ["Money flowed."]
        assert len({m.claim for m in stored(shelf).all(ClaimMention)}) == 1
        assert "Mentions (3 in 2 articles)" in " ".join(
            cell.text for row in sheet(desk).rows.rows for cell in row.cells
        )
        await desk.press("u")
        assert len(stored(shelf).all(Claim)) == 2
        assert sheet(desk).claim == claim_of(shelf)


async def test_evidence_is_a_page_or_words_of_an_article(shelf: Shelf) -> None:
    english, _ = fill(shelf)
    async with shelf.desk((90, 40), article=english) as desk:
        await open_first(desk)
        await desk.press("a", "s", "r")
        assert "Evidence (1)" in desk.screen_text() and "- refutes" in desk.screen_text()
        await desk.press("a", "p", "type:https://example.org/bank", "enter", "s")
        assert "https://example.org/bank (" in desk.screen_text()
        first, second = claim_of(shelf).evidence
        assert first.span is not None and first.span.quote == "Minister"
        assert (second.stance, second.url, len(second.accessed)) == (
            "supports",
            "https://example.org/bank",
            10,
        )
        await desk.press("a", "p", "type:bank", "enter", "s")
        assert "is no web address" in desk.screen_text()
        await go_to(desk, "evidence", first)
        await desk.press("X")
        assert claim_of(shelf).evidence == (second,)
        await go_to(desk, "evidence", second)
        await desk.press("e")
        assert "add it otherwise" in desk.screen_text()


async def test_a_claim_with_mentions_is_not_deleted_and_one_without_is(shelf: Shelf) -> None:
    _, arabic = fill(shelf)
    async with shelf.desk() as desk:
        await open_first(desk)
        await desk.press("X")
        assert "2 mentions still belong to this claim" in desk.screen_text()
    session = shelf.session(arabic)
    lonely = next(m for m in session.annotations.all(ClaimMention) if m.mode == "asserted")
    session.marking.delete(lonely)
    session.close()
    async with shelf.desk() as desk:
        await desk.press("O", "down", "enter", "o", "type:odd", "ctrl+s")
        assert [note.text for note in stored(shelf).all(Note)] == ["odd"]
        await go_to(desk, "field", "text")
        await desk.press("X")
        assert isinstance(desk.app.screen, BoardScreen)
        assert "1 claim ·" in desk.rows()[0]
        assert not stored(shelf).all(Note)
        await desk.press("u")
        assert "2 claims" in desk.rows()[0]


async def test_what_stands_in_removed_articles_does_not_show(shelf: Shelf) -> None:
    _, arabic = fill(shelf)
    session = shelf.session(arabic)
    remove_article(session, session.library.articles.read(arabic))
    session.close()
    async with shelf.desk() as desk:
        await desk.press("O")
        assert "1 claim · 1 mention · ≠ 0 contradicted" in desk.rows()[0]
        await desk.press("enter")
        assert "Mentions (1 in 1 article)" in " ".join(
            cell.text for row in sheet(desk).rows.rows for cell in row.cells
        )


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (60, 15)])
async def test_the_reference_library_shows_its_claims(shelf: Shelf, size: tuple[int, int]) -> None:
    with Library(shelf.path) as library:
        import_json(library, [("reference.json", REFERENCE.read_bytes())], "somebody")
    async with shelf.desk(size) as desk:
        await desk.press("O")
        assert "117 claims · 139 mentions · ≠ 7 contradicted" in desk.rows()[0]
        await desk.press("x")
        assert "7 of 117 shown" in desk.screen_text()
        assert ("Gloss" in desk.rows()[2]) == (size[0] == 160)
        await desk.press("escape", "w", "type:assange", "enter")
        assert "4 of 117 shown" in desk.screen_text()
        await desk.press("escape", "c", "type:")
        for row in ("mode: denied", "polarity: refute"):
            assert row in " ".join(
                cell.text
                for each in desk.app.screen.rows.rows  # type: ignore[attr-defined]
                for cell in each.cells
            )
