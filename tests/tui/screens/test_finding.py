"""Finding words in the open article: what is selected, what the screen says, what is stored."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.annotation.model import ClaimMention, Entity, Mention
from reader.tui.screens.reading import ReadingScreen
from tests.tui.screens.conftest import ENGLISH, Desk, Shelf

VOCALISED = """الوزيرة تنفي التقرير

قالت آنا بيرغ إن الوِزَارَةُ لم تدفع أي أموال، وأكد كَرِيمٌ حدّاد ذلك.
"""
SPELT = """Minister denies the report

In the 2016\u00a0campaign the staff heard of it. Trump’s men did not.
"""
BERGS = """Minister denies the report

Anna Berg spoke. Berg left the ministry, and Bergen is a town.
Then Berg came back.

Read more: Berg in pictures
"""
LONG = "A headline for many lines\n\n" + "\n".join(
    f"Line {number} tells of nothing new." for number in range(200)
)


def selected(desk: Desk) -> str:
    """What is selected in the article, also under an overlay."""
    (reading,) = [s for s in desk.app.screen_stack if isinstance(s, ReadingScreen)]
    return reading.view.selected_text()


def mentions(path: Path) -> list[tuple[str, int, str]]:
    """Type, start and origin of the mentions, as the database has them."""
    with sqlite3.connect(path) as db:
        rows = db.execute(
            "select mention.type, span.start, mention.origin from mention "
            "join span on span.record = mention.id order by span.start"
        )
        return [(str(t), int(s), str(o)) for t, s, o in rows]


async def test_arabic_without_vowels_finds_vocalised_text_and_a_digit_tags_it(shelf: Shelf) -> None:
    (article,) = shelf.add(VOCALISED)
    async with shelf.desk(article=article) as desk:
        await desk.press("/", "type:الوزاره")
        assert "Find: 1 of 1" in desk.screen_text()
        assert selected(desk) == "الوِزَارَةُ"
        await desk.press("enter", "2")
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert (mention.type, mention.span.quote) == ("ORG", "الوِزَارَةُ")


async def test_spaces_and_quotes_are_found_however_they_are_written(shelf: Shelf) -> None:
    (article,) = shelf.add(SPELT)
    async with shelf.desk(article=article) as desk:
        await desk.press("/", "type:2016 campaign", "enter")
        assert selected(desk) == "2016\u00a0campaign"
        await desk.press("/", "type:Trump's", "enter")
        assert selected(desk) == "Trump’s"
        await desk.press("c", "enter")
    (claim,) = shelf.session(article).annotations.all(ClaimMention)
    assert claim.span.quote == "Trump’s"


async def test_the_view_follows_what_is_typed_and_escape_goes_back(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("w")
        before = desk.rows()
        await desk.press("/")
        assert desk.rows()[:20] == before[:20]  # no row of the text is covered
        await desk.press("type:line 15")
        assert "Find: 1 of 11" in desk.screen_text()
        assert any("Line 15 tells" in row for row in desk.rows())
        await desk.press("type:3")
        assert "Find: 1 of 1" in desk.screen_text()
        assert any("Line 153 tells" in row for row in desk.rows())
        await desk.press("type:x")
        assert "Find: no hits" in desk.screen_text()
        await desk.press("enter")
        assert "Find: no hits" in desk.screen_text() and selected(desk) == "headline"
        await desk.press("backspace", "escape")
        assert desk.rows() == before


async def test_pinned_fragments_stay_pinned_through_a_search(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("v", "/", "type:report", "escape")
        assert "1 pinned" in desk.screen_text()
        await desk.press("/", "type:report", "enter", "1")
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert mention.span.quotes == ("Minister", "report")


async def test_next_and_previous_hits_wrap_with_a_notice(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press(")")
        assert "Nothing was looked for yet: / finds" in desk.screen_text()
        await desk.press("/", "type:karim", "enter", ")")
        assert "“karim” stands only here." in desk.screen_text()
        await desk.press("g", "/", "type:anna", "down")
        assert "Find: 2 of 2" in desk.screen_text()
        await desk.press("down")
        assert "Find: 1 of 2" in desk.screen_text()
        await desk.press("enter")
        assert "28–32" in desk.screen_text()
        await desk.press(")")
        assert "108–112" in desk.screen_text()
        assert "Past the end" not in desk.screen_text()
        await desk.press(")")
        assert "28–32" in desk.screen_text()
        assert "Past the end of the article: this is the first of 2 hits." in desk.screen_text()
        await desk.press("(")
        assert "108–112" in desk.screen_text()
        assert "Past the start: this is the last of 2 hits." in desk.screen_text()


async def test_enter_on_nothing_typed_looks_for_the_last_words_again(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("/", "enter")
        assert "Nothing was looked for yet" in desk.screen_text()
        await desk.press("/", "type:anna", "enter", "/")
        assert "Enter finds “anna” again" in desk.screen_text()
        await desk.press("enter")
        assert "108–112" in desk.screen_text()


async def test_a_query_that_is_not_in_the_next_article_is_named(shelf: Shelf) -> None:
    first, second = shelf.add(ENGLISH, SPELT)
    async with shelf.desk(article=first) as desk:
        await desk.press("/", "type:anna", "enter")
        await desk.app.navigation.open_article(second)
        await desk.press(")")
        assert "“anna” is not in this article." in desk.screen_text()


async def test_the_keys_of_arabic_keyboards_find_too(shelf: Shelf) -> None:
    (article,) = shelf.add(VOCALISED)
    async with shelf.desk(article=article) as desk:
        await desk.press("ظ")  # the key of the slash
        assert "Find in the article" in desk.screen_text()
        await desk.press("type:كريم", "enter", "أ")  # Shift+H
        assert "Tag the only place of" in desk.screen_text()


async def test_all_hits_are_tagged_after_a_look_and_taken_back_at_once(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    places = [BERGS.index("Berg spoke"), BERGS.index("Berg left"), BERGS.index("Berg came")]
    async with shelf.desk(article=article) as desk:
        await desk.press("/", "type:anna berg", "enter", "1", "/", "type:berg", "enter", "H")
        assert "Tag all 5 places of “berg” as" in desk.screen_text()
        await desk.press("1")
        assert "Enter tags 2 PER “berg”" in desk.screen_text()
        told = "Left out: 1 tagged so already, 1 in boilerplate, 1 inside longer words"
        assert told in desk.screen_text()
        assert "Berg left the ministry" in desk.screen_text()
        assert "Then Berg came back." in desk.screen_text()
        await desk.press("escape")
        assert mentions(shelf.path) == [("PER", places[0] - 5, "manual")]
        await desk.press("H", "1", "enter")
        assert "2 tagged PER. u takes all of them back." in desk.screen_text()
        assert mentions(shelf.path) == [
            ("PER", places[0] - 5, "manual"),
            ("PER", places[1], "propagated"),
            ("PER", places[2], "propagated"),
        ]
        await desk.press("H", "1")
        assert "No place of “berg” is left to tag. Left out: 3 tagged" in desk.screen_text()
        await desk.press("u")
        assert mentions(shelf.path) == [("PER", places[0] - 5, "manual")]


async def test_all_places_of_what_is_selected_are_linked_but_those_left_out(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        await desk.press("/", "type:berg left", "enter", "d", "1", "H")  # the word “Berg”
        assert "Tag all 5 places of “Berg” as" in desk.screen_text()
        assert "▸1  PER" in desk.screen_text()
        await desk.press("escape", "enter", "type:Anna Berg", "enter", "H")
        assert "▸   PER    = Anna Berg" in desk.screen_text()
        await desk.press("enter")
        assert "Enter tags 2 “Berg” = Anna Berg" in desk.screen_text()
        await desk.press("space")
        assert "Enter tags 1 “Berg” = Anna Berg" in desk.screen_text()
        assert "Left out: 1 by you, 1 tagged so already, 1 in boilerplate" in desk.screen_text()
        assert "– Berg" in desk.screen_text() and "✓ Berg" in desk.screen_text()
        await desk.press("enter")
        assert "1 tagged PER and linked to Anna Berg. u takes" in desk.screen_text()
    mine, other = shelf.session(article).annotations.all(Mention)
    assert mine.entity == other.entity is not None
    assert {m.span.fragments[0][0] for m in (mine, other)} == {
        BERGS.index("Berg left"),
        BERGS.index("Berg came"),
    }


async def test_a_part_of_a_name_is_offered_its_entity_which_learns_it(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        await desk.press("/", "type:anna berg", "enter", "1", "enter", "enter")
        await desk.press("/", "type:berg left", "enter", "d", "H")
        assert "▸   PER    = Anna Berg" in desk.screen_text()
        await desk.press("enter")
        assert "Enter tags 2 “Berg” = Anna Berg" in desk.screen_text()
        await desk.press("enter")
    (entity,) = shelf.session(article).annotations.all(Entity)
    assert [alias.text for alias in entity.aliases] == ["Berg"]


async def test_places_that_were_only_tagged_are_linked_too(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        await desk.press("/", "type:berg", "enter", "H", "1", "enter")
        await desk.press("enter", "type:Anna Berg", "enter", "H", "enter")
        assert "Enter tags 2 “berg” = Anna Berg" in desk.screen_text()
        await desk.press("enter", "u")
        assert len({m.entity for m in shelf.session(article).annotations.all(Mention)}) == 2
        await desk.press("U")
    assert len({m.entity for m in shelf.session(article).annotations.all(Mention)}) == 1


def underlined(desk: Desk) -> list[str]:
    """Each run of bold and underlined cells on the rows of the text."""
    runs = []
    for strip in desk.app.screen_stack[-1]._compositor.render_strips()[:18]:
        run = ""
        for segment in strip:
            if segment.style and segment.style.bold and segment.style.underline:
                run += segment.text
            elif run:
                runs.append(run)
                run = ""
        if run:
            runs.append(run)
    return runs


async def test_all_hits_stand_out_in_the_text_till_escape(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        before = desk.rows()
        await desk.press("/", "type:berg", "enter")
        assert underlined(desk) == ["Berg"] * 5
        assert desk.rows()[:19] == before[:19]  # the same letters in the same cells
        await desk.press("/", "type:berg s")
        assert underlined(desk) == ["Berg s"]
        await desk.press("escape")
        assert underlined(desk) == ["Berg"] * 5
        await desk.press("escape")
        assert underlined(desk) == []
        await desk.press(")")
        assert underlined(desk) == ["Berg"] * 5
        await desk.press("/", "type:town", "enter")
        assert underlined(desk) == ["town"]


async def test_hits_in_arabic_stand_out_without_another_letter(shelf: Shelf) -> None:
    (article,) = shelf.add("عنوان\n\nقال أحمد الآن إن الأحمد هنا.\n")
    async with shelf.desk(article=article) as desk:
        before = desk.rows()
        await desk.press("/", "type:احمد", "enter")
        assert desk.rows()[:19] == before[:19]
        # The hit begins inside the lam-alef, which is marked partly: underlined, not bold.
        assert underlined(desk) == ["ﺪﻤﺣ", "ﺪﻤﺣﺃ"]


async def test_hits_of_the_library_stand_out_in_each_article(shelf: Shelf) -> None:
    shelf.add(BERGS, ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("/", "type:anna", "enter")
        assert underlined(desk) == ["Anna"]
        await desk.press(")")
        assert underlined(desk) == ["Anna", "Anna"]
