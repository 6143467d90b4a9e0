"""The list of entities and an open entity: what shows, what is stored, where one comes back to."""

from __future__ import annotations

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Alias, Entity, KnowledgeLink, Mention
from reader.store.library import Library
from reader.tui.screens.entities import EntitiesScreen
from reader.tui.screens.entity_sheet import EntityScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.suggest_everywhere import SuggestEverywhereScreen
from reader.work.entities import EntityWork
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf


def fill(shelf: Shelf) -> tuple[str, str]:
    """Anna is named in two articles; Karim is two entities, one of each article."""
    english, arabic = shelf.add(ENGLISH, ARABIC)
    session = shelf.session(english)
    first = ENGLISH.index("Anna Berg")
    anna = session.marking.create_entity(
        "Anna Berg", "PER", session.marking.tag([(first, first + 9)], "PER")
    )
    again = ENGLISH.index("Anna Berg", first + 1)
    session.marking.link(session.marking.tag([(again, again + 9)], "PER"), anna)
    karim = ENGLISH.index("Karim Haddad")
    session.marking.create_entity(
        "Karim Haddad", "PER", session.marking.tag([(karim, karim + 12)], "PER")
    )
    session.open_article(arabic)
    place = ARABIC.index("آنا بيرغ")
    session.marking.link(session.marking.tag([(place, place + 8)], "PER"), anna)
    karim = ARABIC.index("كريم حداد")
    session.marking.create_entity(
        "كريم حداد", "PER", session.marking.tag([(karim, karim + 9)], "PER")
    )
    session.close()
    return english, arabic


def stored(shelf: Shelf) -> AnnotationSet:
    with Library(shelf.path) as library:
        return AnnotationSet.of(library.records.all())


def entity(shelf: Shelf, name: str) -> Entity:
    (found,) = [each for each in stored(shelf).all(Entity) if each.name == name]
    return found


def row_with(desk: Desk, words: str) -> str:
    (row,) = [row for row in desk.rows() if words in row]
    return row


def sheet(desk: Desk) -> EntityScreen:
    assert isinstance(desk.app.screen, EntityScreen), desk.screen_text()
    return desk.app.screen


async def open_anna(desk: Desk) -> None:
    """Open the entity that is mentioned most often."""
    await desk.press("E", "enter")
    await desk.pilot.pause()
    assert "Anna Berg" in desk.rows()[0]


async def go_to(desk: Desk, kind: str, number: int = 0) -> None:
    """Put the cursor of the open entity on a row of a kind."""
    rows = sheet(desk).rows
    found = [i for i, row in enumerate(rows.rows) if row.value and row.value.kind == kind]
    rows.move_to(found[number])
    sheet(desk).tell()
    await desk.pilot.pause()


async def test_all_entities_are_listed_with_what_is_counted_of_them(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("E")
        assert "3 entities · 5 mentions" in desk.rows()[0]
        row = row_with(desk, "Anna Berg")
        assert row.startswith("▸PER") and row.split()[3:] == ["3", "2", "en", "ar"]
        assert row_with(desk, "Karim Haddad").split()[3:] == ["1", "1", "en"]
        arabic = row_with(desk, "ﻢﻳﺮﻛ")
        assert arabic.index("ﻢﻳﺮﻛ") > 30 and arabic.split()[-1] == "ar"
        await desk.press("escape")
        assert "2 articles" in desk.rows()[0]


async def test_an_empty_library_says_how_entities_come_into_it(shelf: Shelf) -> None:
    shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("E")
        assert "There are no entities yet." in desk.screen_text()
        await desk.press("enter", "s", "m", "d", "l", "i", "t", "escape", "escape", "escape")
        assert "1 article" in desk.rows()[0]


async def test_the_list_is_sorted_in_turn(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("E")
        for words in (
            "sorted by name",
            "sorted by last change",
            "sorted by type",
            "mentions, most",
        ):
            await desk.press("s")
            assert words in desk.rows()[1]


async def test_a_part_of_a_name_or_its_sound_filters_the_list(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("E", "f", "type:HADD")
        assert "2 of 3 shown: name “HADD”" in desk.screen_text()
        await desk.press("backspace", "backspace", "backspace", "backspace", "type:كريم")
        assert "2 of 3 shown" in desk.screen_text()
        await desk.press("enter", "escape")
        assert "3 of 3 shown" in desk.screen_text()
        await desk.press("f", "type:nobody", "escape")
        assert "3 of 3 shown" in desk.screen_text()


async def test_type_languages_and_wikidata_filter_the_list(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("E", "l")
        assert "1 of 3 shown: in several languages" in desk.screen_text()
        await desk.press("l", "i")
        assert "3 of 3 shown: not identified" in desk.screen_text()
        await desk.press("escape", "t", "1")
        assert "3 of 3 shown: type PER" in desk.screen_text()


async def test_possible_duplicates_stand_side_by_side_and_are_merged_on_demand(
    shelf: Shelf,
) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("E", "m")
        assert "d shows what may be one" in desk.screen_text()
        await desk.press("d")
        assert "1 pair: possible duplicates" in desk.rows()[1]
        assert "sounds alike" in desk.screen_text()
        assert stored(shelf).entity(entity(shelf, "كريم حداد").id) == entity(shelf, "كريم حداد")
        await desk.press("m", "1")
        merged, kept = entity(shelf, "كريم حداد"), entity(shelf, "Karim Haddad")
        assert merged.merged_into == kept.id
        assert Alias("كريم حداد") in kept.aliases
        assert "Nothing looks like a duplicate" in desk.screen_text()
        await desk.press("escape")
        assert row_with(desk, "Karim Haddad").split()[3:] == ["2", "2", "ar", "en"]
        await desk.press("u")
        assert "3 entities" in desk.rows()[0]


async def test_two_that_are_said_to_be_two_are_shown_as_duplicates_no_more(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("E", "d", "x")
        assert "Nothing looks like a duplicate" in desk.screen_text()
        assert "is not" in desk.screen_text()
        await desk.press("u")
        assert "1 pair: possible duplicates" in desk.rows()[1]
        await desk.press("m", "n")
        assert "Nothing looks like a duplicate" in desk.screen_text()
    async with shelf.desk() as desk:
        await desk.press("E", "d")
        assert "Nothing looks like a duplicate" in desk.screen_text()


async def test_a_new_entity_has_name_and_type(shelf: Shelf) -> None:
    shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("E", "n", "type:Daily Post", "enter", "2")
        assert "ORG" in row_with(desk, "▸ORG") and entity(shelf, "Daily Post").type == "ORG"
        await desk.press("u")
        assert stored(shelf).all(Entity) == ()


async def test_an_open_entity_shows_names_and_every_mention_in_its_sentence(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        assert "3 mentions in 2 articles · en ar · no Wikidata id" in desk.rows()[1]
        assert "Latin" in row_with(desk, "▸") and "Anna Berg" in row_with(desk, "▸")
        alias = row_with(desk, "Arabic")
        assert alias.split()[0] == "ar" and "ﺎﻧﺁ" in alias
        shown = desk.screen_text()
        assert "Minister denies the report" in shown
        assert "Anna Berg of the ministry told the Daily Post" in shown
        assert "Anna Berg said the report was wrong" in shown
        arabic = row_with(desk, "ﺖﻟﺎﻗ")
        assert arabic.index("ﺖﻟﺎﻗ") > 60


async def test_a_mention_stands_out_by_more_than_its_colour(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        strips = desk.app.screen._compositor.render_strips()
        (strip,) = [s for s in strips if "Anna Berg of the ministry" in s.text]
        marked = [
            segment.text
            for segment in strip
            if segment.style and segment.style.underline and segment.style.bold
        ]
        assert "".join(marked) == "Anna Berg"


async def test_the_whole_sentence_of_the_mention_under_the_cursor_shows_below(
    shelf: Shelf,
) -> None:
    fill(shelf)
    async with shelf.desk((60, 24)) as desk:
        await open_anna(desk)
        assert "no money was paid." not in desk.screen_text()
        await go_to(desk, "mention")
        assert "no money was paid." in desk.screen_text()
        await desk.press("g")
        assert "no money was paid." not in desk.screen_text()


async def test_the_other_places_of_its_names_are_found_in_all_articles_and_tagged(
    shelf: Shelf,
) -> None:
    fill(shelf)
    shelf.add("Nobody saw Anna Berg. Then Anna Berg came, and Bergen is a town.\n")
    async with shelf.desk() as desk:
        await open_anna(desk)
        assert "3 mentions in 2 articles" in desk.rows()[1]
        await desk.press("f")
        overlay = desk.app.screen
        assert isinstance(overlay, SuggestEverywhereScreen)
        await desk.until(lambda: overlay.counted)
        await desk.pilot.pause()
        assert "Enter tags 2 PER “Anna Berg” in 1 article" in desk.screen_text()
        await desk.press("enter")
        assert "5 mentions in 3 articles" in desk.rows()[1]
        await desk.press("u")
        assert "3 mentions in 2 articles" in desk.rows()[1]
        await desk.press("R", "f")
        assert "It is retired, so it is not proposed" in desk.screen_text()


async def test_a_mention_leads_to_its_text_and_back(shelf: Shelf) -> None:
    _, arabic = fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await go_to(desk, "mention", 2)
        await desk.press("enter")
        desk_there = desk.app.screen
        assert isinstance(desk_there, ReadingScreen) and desk_there.article.id == arabic
        selection = desk_there.view.selection
        assert ARABIC[selection.start : selection.end] == "آنا بيرغ"
        await desk.press("B")
        await desk.pilot.pause()
        mention = sheet(desk).mention
        assert mention is not None and mention.span.quote == "آنا بيرغ"
        await desk.press("quotation_mark")
        assert isinstance(desk.app.screen, ReadingScreen)


async def test_the_entity_of_the_selection_opens_from_the_text(shelf: Shelf) -> None:
    english, _ = fill(shelf)
    async with shelf.desk(article=english) as desk:
        await desk.press("E")
        assert isinstance(desk.app.screen, EntitiesScreen)
        await desk.press("escape", "n", "E")
        await desk.pilot.pause()
        mention = sheet(desk).mention
        assert mention is not None and mention.span.quote == "Anna Berg"
        await desk.press("down", "enter")
        there = desk.app.screen
        assert isinstance(there, ReadingScreen)
        assert there.view.selection.start == ENGLISH.rindex("Anna Berg")
        await desk.press("B", "B")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert desk.app.screen.view.selection.start == ENGLISH.index("Anna Berg")


async def test_the_entity_under_the_cursor_of_the_inspector_opens(shelf: Shelf) -> None:
    english, _ = fill(shelf)
    async with shelf.desk((120, 30), article=english) as desk:
        await desk.press("tab")
        there = desk.app.screen
        assert isinstance(there, ReadingScreen)
        for _ in range(12):
            row = there.inspector.current
            if row is not None and "Karim Haddad" in [cell.text for cell in row.cells]:
                break
            await desk.press("down")
        await desk.press("E")
        await desk.pilot.pause()
        assert "Karim Haddad" in desk.rows()[0]


async def test_a_name_is_changed_and_the_old_one_kept(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("r", "ctrl+u", "type:Anna B.", "enter")
        assert "Anna B." in desk.rows()[0]
        assert "rename Anna Berg to Anna B." in desk.screen_text()
        assert Alias("Anna Berg") in entity(shelf, "Anna B.").aliases
        await desk.press("u")
        assert "Anna Berg" in desk.rows()[0] and entity(shelf, "Anna Berg").aliases[0].language


async def test_another_name_can_become_the_name(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await go_to(desk, "alias")
        await desk.press("enter", "enter")
        known = entity(shelf, "آنا بيرغ").aliases
        assert known == (Alias("Anna Berg"), Alias("آنا بيرغ", "ar"))
        # The same name again, with the language that it had.
        await desk.press("r", "ctrl+u", "type:Anna Berg", "enter")
        assert entity(shelf, "Anna Berg").aliases == (Alias("آنا بيرغ", "ar"),)


async def test_another_name_has_the_language_of_the_mention_under_the_cursor(
    shelf: Shelf,
) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await go_to(desk, "mention", 0)
        await desk.press("a", "type:Miss Berg", "enter")
        assert Alias("Miss Berg", "en", "Latin") in entity(shelf, "Anna Berg").aliases
        await go_to(desk, "name")
        await desk.press("a", "type:أنا", "enter")
        assert Alias("أنا", "ar", "Arabic") in entity(shelf, "Anna Berg").aliases
        await desk.press("a", "type:Annie", "down", "enter")
        assert Alias("Annie", "", "Latin") in entity(shelf, "Anna Berg").aliases
        await desk.press("a", "type:Annie", "down", "enter")
        assert "has the alias “Annie” already" in desk.screen_text()
        await desk.press("a", "enter", "escape")
        assert len(entity(shelf, "Anna Berg").aliases) == 4


async def test_a_name_is_taken_away(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await go_to(desk, "alias")
        await desk.press("X")
        assert entity(shelf, "Anna Berg").aliases == ()
        assert "no alias" in desk.screen_text()


async def test_the_type_is_changed_and_mentions_say_that_theirs_differs(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("t", "2")
        assert entity(shelf, "Anna Berg").type == "ORG"
        assert "ORG  Anna Berg" in desk.rows()[0]
        assert "PER?" in row_with(desk, "Anna Berg of the ministry")


async def test_a_note_of_several_lines_is_kept(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("o", "type:minister", "enter", "type:وزيرة", "ctrl+s")
        assert entity(shelf, "Anna Berg").note == "minister\nوزيرة"
        shown = desk.screen_text()
        assert "minister" in shown and "ﺓﺮﻳﺯﻭ" in shown
        await go_to(desk, "note")
        await desk.press("enter", "ctrl+s")
        assert entity(shelf, "Anna Berg").note == "minister\nوزيرة"


async def test_a_wikidata_id_is_checked_and_shown(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("w", "type:Anna", "enter")
        assert "“Anna” is no Wikidata id" in desk.screen_text()
        await desk.press("w", "type:https://www.wikidata.org/wiki/Q42", "enter", "c")
        assert entity(shelf, "Anna Berg").links == (KnowledgeLink("wikidata", "Q42", "confirmed"),)
        assert "· Q42" in desk.rows()[1]
        await go_to(desk, "link")
        await desk.press("X")
        assert entity(shelf, "Anna Berg").links == ()
        await desk.press("w", "enter", "n")
        assert entity(shelf, "Anna Berg").links == (KnowledgeLink("wikidata", "", "none"),)
        assert "not in Wikidata" in desk.rows()[1]
        await desk.press("w", "type:Q1 Q2", "enter", "enter")
        assert "· Q1 or Q2, ambiguous" in desk.rows()[1]
        await desk.press("w", "ctrl+u", "type:Q2", "enter", "p")
        assert "· Q2, proposed" in desk.rows()[1]
        await desk.press("escape")
        assert row_with(desk, "Anna Berg").split()[-1] == "Q2?"


async def test_an_entity_is_merged_into_the_likeliest_other_and_parted_again(
    shelf: Shelf,
) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("E", "f", "type:Karim", "enter", "enter")
        await desk.pilot.pause()
        name = "Karim Haddad" if "Karim" in desk.rows()[0] else "كريم حداد"
        other = {"Karim Haddad": "كريم حداد", "كريم حداد": "Karim Haddad"}[name]
        await desk.press("m")
        assert "Anna Berg" in desk.screen_text()
        await desk.press("enter")
        assert entity(shelf, name).merged_into == entity(shelf, other).id
        assert "2 mentions in 2 articles" in desk.rows()[1] and "1 merged into it" in desk.rows()[1]
        assert "Merged into it" in desk.screen_text()
        await desk.press("p")
        assert entity(shelf, name).merged_into is None
        await desk.press("u", "u")
        assert "1 mention in 1 article" in desk.rows()[1]
        await desk.press("p")
        assert "Nothing was merged into this entity." in desk.screen_text()


async def test_marked_mentions_become_an_entity_of_their_own(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("s")
        assert "Mark the mentions that are another entity first" in desk.screen_text()
        await desk.press("space")
        assert "Put the cursor on a mention to mark it." in desk.screen_text()
        await go_to(desk, "mention", 2)
        await desk.press("space")
        assert "ﺖﻟﺎﻗ" in row_with(desk, "✓") and "1 marked" in desk.screen_text()
        await desk.press("s", "ctrl+u", "type:Another Anna", "enter")
        new = entity(shelf, "Another Anna")
        assert new.aliases == (Alias("آنا بيرغ", "ar"),)
        owners = [m.entity for m in stored(shelf).all(Mention)]
        assert owners.count(new.id) == 1 and owners.count(entity(shelf, "Anna Berg").id) == 2
        assert "2 mentions in 1 article" in desk.rows()[1] and "✓" not in desk.screen_text()
        await desk.press("u")
        assert "3 mentions in 2 articles" in desk.rows()[1]
        assert [e.name for e in stored(shelf).all(Entity)].count("Another Anna") == 0


async def test_marks_are_taken_away_before_one_leaves(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await go_to(desk, "mention")
        await desk.press("space", "space", "escape")
        assert "✓" not in desk.screen_text() and isinstance(desk.app.screen, EntityScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, EntitiesScreen)


async def test_an_entity_is_retired_and_brought_back(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("R")
        assert entity(shelf, "Anna Berg").retired
        assert desk.rows()[1].startswith(" retired, not offered · 3 mentions")
        await desk.press("escape")
        assert "Anna Berg (retired)" in desk.screen_text() and "1 retired" in desk.rows()[0]
        await desk.press("enter", "R")
        assert not entity(shelf, "Anna Berg").retired


async def test_only_an_entity_that_nothing_needs_is_deleted(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("X")
        assert "is referred to by 3 mentions" in desk.screen_text()
        await go_to(desk, "mention")
        await desk.press("X")
        assert "A mention is deleted in its text" in desk.screen_text()
        await desk.press("escape", "n", "type:Nobody", "enter", "1", "enter", "X")
        assert isinstance(desk.app.screen, EntitiesScreen)
        assert "Nobody" not in [each.name for each in stored(shelf).all(Entity)]
        assert "u brings it back." in desk.screen_text()
        await desk.press("u")
        assert "Nobody" in desk.screen_text()


async def test_what_another_has_changed_meanwhile_is_shown_and_not_overwritten(
    shelf: Shelf,
) -> None:
    english, _ = fill(shelf)
    async with shelf.desk() as desk:
        await open_anna(desk)
        await desk.press("r")
        session = shelf.session(english)
        EntityWork(session).annotate(entity(shelf, "Anna Berg"), "changed elsewhere")
        session.close()
        await desk.press("ctrl+u", "type:Other", "enter")
        assert entity(shelf, "Anna Berg").note == "changed elsewhere"
        assert "changed elsewhere" in desk.screen_text()


async def test_the_screens_fit_a_small_terminal(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk((40, 12)) as desk:
        await open_anna(desk)
        assert "Anna Berg of the" in desk.screen_text()
        await desk.press("escape")
        assert "Karim Haddad" in desk.screen_text()
