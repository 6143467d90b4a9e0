"""Two articles side by side: where keys go, what stands out, what is linked in two keys."""

from __future__ import annotations

import pytest

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Claim, ClaimMention, Entity, Mention, Relation
from reader.store.library import Library
from reader.tui.screens.pair import PairScreen
from reader.tui.screens.reading import ReadingScreen
from reader.work.articles import remove_article
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

PAID = "no money was paid"
NOT_PAID = "لم تدفع أي أموال"


def mark(shelf: Shelf, article: str, text: str, quote: str, statement: str) -> None:
    session = shelf.session(article)
    start = text.index(quote)
    session.marking.mark_claim([(start, start + len(quote))], ClaimForm(statement=statement))
    session.close()


def tag(shelf: Shelf, article: str, text: str, *quotes: str, entity: str | None = None) -> str:
    """Tag all places of wordings as one person."""
    session = shelf.session(article)
    id = entity or session.marking.create_entity(quotes[0], "PER").id
    for quote in quotes:
        start = text.find(quote)
        while start >= 0:
            session.marking.tag([(start, start + len(quote))], "PER", id)
            start = text.find(quote, start + 1)
    session.close()
    return id


def stored(shelf: Shelf) -> AnnotationSet:
    with Library(shelf.path) as library:
        return AnnotationSet.of(library.records.all())


def pair(desk: Desk) -> PairScreen:
    assert isinstance(desk.app.screen, PairScreen), desk.screen_text()
    return desk.app.screen


async def side_by_side(desk: Desk) -> PairScreen:
    await desk.press("@", "enter")
    await desk.pilot.pause()
    return pair(desk)


def select(desk: Desk, text: str, quote: str, *, beside: bool = False) -> None:
    pane = pair(desk).beside if beside else pair(desk).pane
    start = text.index(quote)
    pane.split.view.select(start, start + len(quote))


def lit(desk: Desk) -> list[str]:
    """What stands out in the article without the keys."""
    other = pair(desk).beside
    return [other.article.text[start:end] for start, end in other.split.view.hits]


@pytest.mark.parametrize(("size", "half"), [((80, 24), 40), ((200, 60), 100)])
async def test_each_article_stands_in_its_half_in_its_own_direction(
    shelf: Shelf, size: tuple[int, int], half: int
) -> None:
    english, _ = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(size, english) as desk:
        await side_by_side(desk)
        rows = desk.rows()
        assert rows[0].startswith(" ▸ Minister denies the report")
        assert "│" in rows[0] and rows[0].index("│") == half
        left = " ".join(" ".join(row[:half] for row in rows[:20]).split())
        assert "told the Daily Post on Monday that no money was paid." in left
        right = [row[half + 1 :] for row in rows[1:]]
        assert any(row.rstrip().endswith("ﺮﻳﺮﻘﺘﻟﺍ ﻲﻔﻨﺗ ﺓﺮﻳﺯﻮﻟﺍ") for row in right)
        assert any(row.startswith(" " * 3) and "ﺮﻳﺮﻘﺘﻟﺍ" in row for row in right)


async def test_keys_go_to_the_article_that_tab_chooses(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(article=english) as desk:
        screen = await side_by_side(desk)
        await desk.press("w", "1", "tab", "w", "2")
        assert screen.article.id == arabic
        assert "▸" in desk.rows()[0][40:] and "▸" not in desk.rows()[0][:40]
        await desk.press("x", "tab", "w", "6")
        assert screen.article.id == english
        await desk.press("tab", ".", "tab", ".")
    found = {(m.span.article, m.span.quote, m.type) for m in stored(shelf).all(Mention)}
    assert found == {
        (english, "denies", "PER"),
        (arabic, "تنفي", "ORG"),
        (english, "the", "DATE"),
    }


async def test_scrolling_one_leaves_the_other_where_it_is(shelf: Shelf) -> None:
    long = "A headline\n\n" + "\n".join(f"Line {n} of many." for n in range(90))
    first, _ = shelf.add(long, ARABIC)
    async with shelf.desk(article=first) as desk:
        screen = await side_by_side(desk)
        other = screen.beside.split.view
        before = other.position(), other.selection
        await desk.press("G")
        assert "Line 89" in desk.screen_text()
        assert (other.position(), other.selection) == before


async def test_an_entity_stands_out_in_the_other_and_its_next_place_is_two_keys_away(
    shelf: Shelf,
) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    entity = tag(shelf, english, ENGLISH, "Anna Berg")
    tag(shelf, arabic, ARABIC, "آنا بيرغ", "كريم حداد", entity=entity)
    async with shelf.desk(article=arabic) as desk:
        screen = await side_by_side(desk)
        assert lit(desk) == []
        select(desk, ARABIC, "آنا بيرغ")
        await desk.pilot.pause()
        assert lit(desk) == ["Anna Berg", "Anna Berg"]
        strips = screen._compositor.render_strips()
        marked = [s.text for strip in strips for s in strip if s.style and s.style.underline]
        assert "".join(marked).count("Anna Berg") == 2
        await desk.press("@", "n")
        assert screen.article.id == english
        assert screen.view.selected_text() == "Anna Berg"
        assert screen.view.selection.start == ENGLISH.index("Anna Berg")
        assert lit(desk) == ["آنا بيرغ", "كريم حداد"]
        await desk.press("B")
        assert screen.article.id == arabic and pair(desk) is screen
        await desk.press("@", "n")
        assert screen.view.selection.start == ENGLISH.rindex("Anna Berg")


async def test_claims_are_linked_in_two_keys_and_the_link_shows(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    mark(shelf, english, ENGLISH, PAID, "No money was paid.")
    mark(shelf, arabic, ARABIC, NOT_PAID, "لم تدفع الوزارة.")
    async with shelf.desk(article=english) as desk:
        await side_by_side(desk)
        select(desk, ENGLISH, PAID)
        select(desk, ARABIC, NOT_PAID, beside=True)
        await desk.pilot.pause()
        assert lit(desk) == []
        await desk.press("@")
        said = desk.screen_text()
        assert "this claim: No money was paid." in said
        assert "that claim: " in said and ".ﺓﺭﺍﺯﻮﻟﺍ ﻊﻓﺪﺗ ﻢﻟ" in said
        await desk.press("1")
        assert "“No money was paid.” says the same as “.ﺓﺭﺍﺯﻮﻟﺍ ﻊﻓﺪﺗ ﻢﻟ”." in desk.screen_text()
        assert lit(desk) == [NOT_PAID]
        (relation,) = stored(shelf).all(Relation)
        claims = {claim.id: claim.language for claim in stored(shelf).all(Claim)}
        assert relation.type == "same as"
        assert (claims[relation.source.id], claims[relation.target.id]) == ("en", "ar")
        await desk.press("@", "1")
        assert "related by “same as” already" in desk.screen_text()
        await desk.press("u")
        assert pair(desk) and lit(desk) == [] and not stored(shelf).all(Relation)
        await desk.press("tab", "@", "4")
        (relation,) = stored(shelf).all(Relation)
        assert (relation.type, claims[relation.source.id]) == ("refutes", "ar")


async def test_a_mention_there_becomes_one_of_the_claim_or_entity_here(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    mark(shelf, english, ENGLISH, PAID, "No money was paid.")
    mark(shelf, arabic, ARABIC, NOT_PAID, "")
    entity = tag(shelf, english, ENGLISH, "Karim Haddad")
    tag(shelf, arabic, ARABIC, "كريم حداد")
    async with shelf.desk(article=english) as desk:
        await side_by_side(desk)
        await desk.press("@")
        assert (
            "Nothing to link: select in both a claim, or a name that one has linked."
            in desk.screen_text()
        )
        await desk.press("escape")
        select(desk, ENGLISH, PAID)
        select(desk, ARABIC, NOT_PAID, beside=True)
        await desk.press("@", "1")
        assert "has no statement yet" in desk.screen_text()
        await desk.press("@", "c")
        mentions = stored(shelf).all(ClaimMention)
        assert len({m.claim for m in mentions}) == 1 and mentions[0].claim
        select(desk, ENGLISH, "Karim Haddad")
        select(desk, ARABIC, "كريم حداد", beside=True)
        await desk.press("@")
        assert "“ﺩﺍﺪﺣ ﻢﻳﺮﻛ” there is" in desk.screen_text()
        await desk.press("e")
        named = [m for m in stored(shelf).all(Mention) if m.span.article == arabic]
        assert [m.entity for m in named] == [entity]
        known = next(e for e in stored(shelf).all(Entity) if e.id == entity)
        assert [(a.text, a.language) for a in known.aliases] == [("كريم حداد", "ar")]
        assert lit(desk) == ["كريم حداد"]
        await desk.press("@")
        assert "Both are Karim Haddad already." in desk.screen_text()
        await desk.press("escape", "u")
        assert lit(desk) == []


async def test_what_was_done_in_the_other_article_is_undone_there(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(article=english) as desk:
        screen = await side_by_side(desk)
        await desk.press("tab", "w", "1", "tab", "w", "w", "u")
        assert pair(desk) is screen and screen.article.id == arabic
        assert screen.view.selected_text() == "تنفي"
        assert not stored(shelf).all(Mention)


async def test_a_claim_is_marked_in_a_pane_and_one_article_stays_alone(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(article=english) as desk:
        screen = await side_by_side(desk)
        await desk.press("tab", ".", "c", "p", "s", "type:قالت", "enter", "enter")
        (mention,) = stored(shelf).all(ClaimMention)
        assert (mention.span.article, mention.polarity) == (arabic, "refute")
        start = screen.view.selection.start
        await desk.press("@", "x")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert not isinstance(desk.app.screen, PairScreen)
        assert desk.app.screen.article.id == arabic
        assert desk.app.screen.view.selection.start == start
        await desk.press("escape")
        assert "2 articles" in desk.rows()[0]


async def test_with_one_article_there_is_nothing_beside_it(shelf: Shelf) -> None:
    (english,) = shelf.add(ENGLISH)
    async with shelf.desk(article=english) as desk:
        await desk.press("@")
        assert "no other article" in desk.screen_text()


async def test_articles_that_name_the_same_come_first_and_then_the_last_one(shelf: Shelf) -> None:
    english, other, arabic = shelf.add(ENGLISH, "Nothing of it\n\nA text.\n", ARABIC)
    entity = tag(shelf, english, ENGLISH, "Anna Berg")
    tag(shelf, arabic, ARABIC, "آنا بيرغ", entity=entity)
    async with shelf.desk(article=english) as desk:
        await desk.press("@")
        assert "1 same" in next(row for row in desk.rows() if "▸" in row)
        await desk.press("down", "enter")
        assert pair(desk).beside.article.id == other
        await desk.press("@", "x", "@", "enter")
        assert pair(desk).beside.article.id == other


async def test_a_click_gives_the_keys_to_an_article(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(article=english) as desk:
        screen = await side_by_side(desk)
        await desk.pilot.click(offset=(75, 1))
        await desk.pilot.pause()
        assert screen.article.id == arabic
        await desk.press("1")
    (mention,) = stored(shelf).all(Mention)
    assert mention.span.article == arabic


async def test_the_board_leads_to_the_article_beside_and_back(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    mark(shelf, arabic, ARABIC, NOT_PAID, "لم تدفع الوزارة.")
    async with shelf.desk(article=english) as desk:
        screen = await side_by_side(desk)
        await desk.press("O", "enter")
        await desk.pilot.pause()
        rows = desk.app.screen.rows  # type: ignore[attr-defined]
        places = [i for i, r in enumerate(rows.rows) if r.value and r.value.kind == "mention"]
        rows.move_to(places[0])
        await desk.press("enter")
        assert pair(desk) is screen and screen.article.id == arabic
        assert screen.view.selected_text() == NOT_PAID
        await desk.press("B")
        assert desk.app.screen.rows.cursor == places[0]  # type: ignore[attr-defined]


async def test_an_article_that_another_has_removed_meanwhile_does_not_get_the_keys(
    shelf: Shelf,
) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(article=english) as desk:
        screen = await side_by_side(desk)
        session = shelf.session(english)
        remove_article(session, session.library.articles.read(arabic))
        session.close()
        await desk.press("tab")
        assert "The article is removed" in desk.screen_text()
        await desk.pilot.click(offset=(75, 1))
        await desk.pilot.pause()
        assert screen.article.id == english
        await desk.press("1")
    (mention,) = stored(shelf).all(Mention)
    assert mention.span.article == english
