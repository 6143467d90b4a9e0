"""Finding words in the whole library: what the screen says, where it goes, what is tagged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.annotation.model import Mention
from reader.tui.screens import slices
from reader.tui.screens.library_search import LibrarySearchScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.tag_everywhere import TagEverywhereScreen
from tests.tui.screens.conftest import ARABIC, ENGLISH, HOSTILE, Desk, Shelf

SPELT = """Campaign notes

In the 2016\u00a0campaign the staff heard of it. Trump’s men did not, said Berg.
"""
TRUMP = """ترامب يعود

عاد ترامب وترامب أيضا. قال كَرِيمٌ شيئا.
"""
LONG = "A headline for many lines\n\n" + "\n".join(
    f"Line {number} tells of Berg and Trump's tower." for number in range(60)
)


async def settle(desk: Desk) -> None:
    """Wait until the search has looked everywhere."""
    for _ in range(200):
        await desk.pilot.pause(0.02)
        screen = desk.app.screen
        searching = isinstance(screen, LibrarySearchScreen) and screen.searching
        if not searching and not (isinstance(screen, TagEverywhereScreen) and not screen.counted):
            await desk.pilot.pause()
            return
    raise AssertionError(desk.screen_text())


async def search(desk: Desk, query: str, key: str = "/") -> None:
    await desk.press(key, f"type:{query}")
    await settle(desk)


def reading(desk: Desk) -> ReadingScreen:
    assert isinstance(desk.app.screen, ReadingScreen), desk.screen_text()
    return desk.app.screen


def row_with(desk: Desk, words: str) -> str:
    (row,) = [row for row in desk.rows() if words in row]
    return row


async def test_hits_are_grouped_by_article_and_enter_goes_to_one(shelf: Shelf) -> None:
    english, spelt = shelf.add(ENGLISH, SPELT)
    async with shelf.desk() as desk:
        await search(desk, "berg")
        assert "In all articles: 3 hits in 2 articles" in desk.screen_text()
        assert "Minister denies the report" in row_with(desk, "Minister")
        assert "▸" in row_with(desk, "Anna Berg of the ministry")
        await desk.press("down", "down")
        assert "▸" in row_with(desk, "said Berg.")
        await desk.press("enter")
        assert reading(desk).article.id == spelt
        assert reading(desk).view.selected_text() == "Berg"
        await desk.press("1")
        await desk.press("escape")
    (mention,) = shelf.session(spelt).annotations.all(Mention)
    assert mention.span.start == SPELT.index("Berg")
    assert not shelf.session(english).annotations.all(Mention)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("2016 campaign", "2016\u00a0campaign"),
        ("trump's", "Trump’s"),
        ("ترامب", "ترامب"),
        ("كريم", "كَرِيمٌ"),
    ],
)
async def test_words_are_found_however_they_are_written(
    shelf: Shelf, query: str, found: str
) -> None:
    shelf.add(ENGLISH, SPELT, TRUMP)
    async with shelf.desk() as desk:
        await search(desk, query)
        await desk.press("enter")
        assert reading(desk).view.selected_text() == found


async def test_arabic_stands_at_the_right_and_the_hit_is_underlined(shelf: Shelf) -> None:
    shelf.add(TRUMP)
    async with shelf.desk() as desk:
        await search(desk, "كريم")
        rows = desk.app.screen._compositor.render_strips()
        (strip,) = [strip for strip in rows if "▸" in strip.text]
        assert strip.text.startswith("▸" + " " * 20)
        marked = [seg.text for seg in strip if seg.style and seg.style.underline]
        assert "".join(marked) == "ﻢٌﻳﺮِﻛَ"


async def test_the_search_goes_on_from_article_to_article(shelf: Shelf) -> None:
    first, second, third = shelf.add(ENGLISH, SPELT, LONG)
    async with shelf.desk(article=first) as desk:
        await search(desk, "berg", key="\\")
        await desk.press("enter", ")")
        assert reading(desk).view.selection.start == ENGLISH.index("Berg said")
        await desk.press(")")
        assert reading(desk).article.id == second
        assert reading(desk).view.selected_text() == "Berg"
        assert "The next article with it, 1 hit: Campaign notes" in desk.screen_text()
        await desk.press(")")
        assert reading(desk).article.id == third
        await desk.press("(")
        assert reading(desk).article.id == second
        await desk.press("(")
        assert reading(desk).view.selection.start == ENGLISH.index("Berg said")
        await desk.press("(", "(")
        assert reading(desk).article.id == third
        assert reading(desk).view.selection.start == LONG.rindex("Berg")
        await desk.press("/", "type:tells", "enter", "g", "(")
        assert reading(desk).article.id == third
        assert "Past the start: this is the last of 60 hits." in desk.screen_text()


async def test_what_stands_in_one_article_alone_wraps_there(shelf: Shelf) -> None:
    shelf.add(ENGLISH, SPELT)
    async with shelf.desk() as desk:
        await search(desk, "karim")
        await desk.press("enter", ")")
        assert "“karim” stands only here." in desk.screen_text()


async def test_what_was_looked_for_is_there_again_and_typing_replaces_it(shelf: Shelf) -> None:
    shelf.add(ENGLISH, SPELT)
    async with shelf.desk() as desk:
        await search(desk, "berg")
        await desk.press("down", "enter", "\\")
        await settle(desk)
        assert "▸" in row_with(desk, "Anna Berg said the report")
        await desk.press("type:karim")
        await settle(desk)
        assert "In all articles: 1 hit in 1 article" in desk.screen_text()
        await desk.press("escape")
        assert reading(desk).view.selected_text() == "Berg"


async def test_one_comes_back_from_a_hit_in_this_article_and_in_another(shelf: Shelf) -> None:
    first, second = shelf.add(ENGLISH, SPELT)
    async with shelf.desk(article=first) as desk:
        await desk.press("w")
        await search(desk, "karim", key="\\")
        await desk.press("enter")
        assert reading(desk).view.selected_text() == "Karim"
        await search(desk, "campaign notes", key="\\")
        await desk.press("enter")
        assert reading(desk).article.id == second
        await desk.press("B")
        assert reading(desk).article.id == first
        assert reading(desk).view.selected_text() == "Karim"
        await desk.press("B")
        assert reading(desk).view.selected_text() == "denies"


async def test_a_long_article_shows_its_first_hits_and_leads_to_the_rest(shelf: Shelf) -> None:
    shelf.add(LONG)
    async with shelf.desk() as desk:
        await search(desk, "trump's")
        assert "60 hits in 1 article" in desk.screen_text()
        assert "56 more in this article" in desk.screen_text()
        await desk.press("down", "down", "down", "down", "enter")
        assert reading(desk).view.selection.start == LONG.index("Trump's", LONG.index("Line 4 "))


async def test_enter_on_words_just_typed_takes_their_first_hit(shelf: Shelf) -> None:
    shelf.add(ENGLISH, SPELT)
    async with shelf.desk() as desk:
        await desk.press("/", "type:karim", "enter")
        assert reading(desk).view.selected_text() == "Karim"


async def test_nothing_found_says_so_and_takes_nothing(shelf: Shelf) -> None:
    shelf.add(ENGLISH, HOSTILE)
    async with shelf.desk() as desk:
        for query in ('"NEAR(a b', "[/bold]", "zeppelin"):
            await search(desk, query)
            assert "In all articles: no hits" in desk.screen_text()
            await desk.press("enter")
            assert isinstance(desk.app.screen, LibrarySearchScreen)
            await desk.press("escape")
            assert "annotating as sam" in desk.screen_text()


async def test_hostile_text_is_only_text(shelf: Shelf) -> None:
    shelf.add(HOSTILE)
    async with shelf.desk() as desk:
        await search(desk, "not markup")
        assert "[bold red]Not markup[/] but text" in desk.screen_text()
        await desk.press("enter")
        assert reading(desk).view.selected_text() == "Not markup"


async def test_an_empty_library_has_no_hits(shelf: Shelf) -> None:
    async with shelf.desk() as desk:
        await search(desk, "x")
        assert "no hits" in desk.screen_text()
        await desk.press("escape")
    assert not Path(shelf.path).exists()


@pytest.mark.parametrize("size", [(40, 10), (60, 24), (160, 45)])
async def test_it_works_at_every_size(shelf: Shelf, size: tuple[int, int]) -> None:
    shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(size=size) as desk:
        await search(desk, "berg")
        assert "2 hits in 1 article" in desk.screen_text()
        await desk.press("enter")
        assert reading(desk).view.selected_text() == "Berg"


def tagged(path: Path) -> list[tuple[str, str]]:
    """Type and quote of every mention, as the database has them."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        return db.execute(
            "SELECT type, quote FROM mention JOIN span ON record = mention.id "
            "ORDER BY span.article, start"
        ).fetchall()


async def test_hits_in_all_articles_are_tagged_after_a_look_and_taken_back_at_once(
    shelf: Shelf,
) -> None:
    english, spelt, _ = shelf.add(ENGLISH, SPELT, TRUMP)
    async with shelf.desk(article=english) as desk:
        await desk.press("/", "type:anna berg", "enter", "1", "Y")
        before = tagged(shelf.path)
        await search(desk, "berg", key="\\")
        await desk.press("tab")
        assert "Tag all hits of “berg” in the library as" in desk.screen_text()
        await desk.press("1")
        await settle(desk)
        assert "Enter tags 2 PER “berg” in 2 articles" in desk.screen_text()
        assert "Left out: 1 tagged so already" in desk.screen_text()
        assert "Minister denies the report" in row_with(desk, "1 left out")
        await desk.press("escape")
        assert tagged(shelf.path) == before
        await desk.press("tab", "1")
        await settle(desk)
        await desk.press("enter")
        assert "2 tagged PER in 2 articles. u in the library takes all" in desk.screen_text()
        assert len(tagged(shelf.path)) == 3
        await desk.press("escape")
        assert len(desk.app.session.annotations.all(Mention)) == 2
        await desk.press("u")
        assert tagged(shelf.path) == before
    with sqlite3.connect(shelf.path) as db:
        # What was done stays done; the other article is as new as before.
        assert db.execute("SELECT article, value FROM status").fetchall() == [(english, "done")]
    assert shelf.session(spelt).annotations.all(Mention) == ()


async def test_hits_in_all_articles_are_linked_to_the_entity_that_is_called_so(
    shelf: Shelf,
) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    session = shelf.session(arabic)
    place = ARABIC.index("آنا بيرغ")
    mention = session.marking.tag([(place, place + 8)], "PER")
    session.marking.create_entity("Anna Berg", "PER", mention)
    # One of the hits is tagged already, and names nobody yet.
    session.open_article(english)
    first = ENGLISH.index("Anna Berg")
    session.marking.tag([(first, first + 9)], "PER")
    session.close()
    async with shelf.desk() as desk:
        await search(desk, "berg")
        await desk.press("tab")
        rows = desk.rows()
        asked = next(i for i, row in enumerate(rows) if "in the library as" in row)
        assert "= Anna Berg" in rows[asked + 1] and "▸" in rows[asked + 1]
        assert "Person" in rows[asked + 2]
        await desk.press("escape", "escape")
        await search(desk, "anna berg")
        await desk.press("tab", "enter")
        await settle(desk)
        assert "Enter tags 2 PER “anna berg” = Anna Berg in 1 article" in desk.screen_text()
        await desk.press("enter")
        assert "2 tagged PER and linked to Anna Berg in 1 article" in desk.screen_text()
        mentions = [r for r in desk.app.session.library.records.all() if isinstance(r, Mention)]
        assert len(mentions) == 3 and len({each.entity for each in mentions}) == 1
        await desk.press("escape", "u")
        assert [type for type, _ in tagged(shelf.path)] == ["PER", "PER"]


async def test_with_nothing_left_to_tag_the_look_says_so(shelf: Shelf) -> None:
    shelf.add(TRUMP)
    async with shelf.desk() as desk:
        await desk.press("/", "tab")
        assert "Type what is to be tagged first." in desk.screen_text()
        await search(desk, "x")
        await desk.press("escape")
        await search(desk, "رامب")
        await desk.press("tab", "1")
        await settle(desk)
        assert "No hit of “ﺐﻣﺍﺭ” is left to tag PER" in desk.screen_text()
        assert "Left out: 3 inside longer words" in desk.screen_text()
        await desk.press("enter")
        assert tagged(shelf.path) == []


async def test_a_search_in_many_slices_finds_the_same_and_gives_way_to_keys(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "_SLICE", -1.0)
    texts = [f"Headline {number}\n\nBerg number {number} spoke.\n" for number in range(40)]
    shelf.add(*texts)
    async with shelf.desk() as desk:
        await desk.press("/", "type:ber")
        await desk.press("type:g number")
        await settle(desk)
        assert "In all articles: 40 hits in 40 articles" in desk.screen_text()
        await desk.press("type: 7")
        await desk.press("enter")
        assert reading(desk).view.selected_text() == "Berg number 7"
