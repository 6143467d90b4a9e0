"""Linking by typing: which entities are proposed, and why."""

from __future__ import annotations

from reader.annotation.model import Alias, Entity, Mention
from reader.work.entities import EntityWork
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf


def fill(shelf: Shelf) -> str:
    """Karim Haddad is known in two scripts; there are a retired and a merged namesake."""
    english, arabic = shelf.add(ENGLISH, ARABIC)
    session = shelf.session(english)
    work = EntityWork(session)
    karim = work.create("Karim Haddad", "PER")
    work.add_alias(karim, Alias("كريم حداد", "ar", "Arabic"))
    work.retire(work.create("Karim Retired", "PER"))
    work.merge(work.now().records.all(Entity)[0], work.create("Karim Merged", "PER"))
    work.create("Berlin", "LOC")
    session.close()
    return arabic


def proposals(desk: Desk) -> list[str]:
    """The rows between the line that is typed and the keys."""
    rows = [row.strip(" ▏▕▎│▅▂▇") for row in desk.rows()]
    start = next(i for i, row in enumerate(rows) if row.startswith("Entity of"))
    return [row for row in rows[start + 2 : -1] if row]


async def test_a_proposal_says_which_alias_matches_and_in_which_language(shelf: Shelf) -> None:
    arabic = fill(shelf)
    async with shelf.desk((100, 24), arabic) as desk:
        await desk.press("enter", "type:كريم")
        first = proposals(desk)[0]
        assert "Karim Haddad" in first and first.endswith("· ar")


async def test_a_proposal_says_that_it_only_sounds_so(shelf: Shelf) -> None:
    arabic = fill(shelf)
    async with shelf.desk((100, 24), arabic) as desk:
        await desk.press("enter", "type:برلين")
        first = proposals(desk)[0]
        assert "Berlin" in first and first.endswith("sounds like Berlin")


async def test_a_proposal_says_how_often_the_article_names_it(shelf: Shelf) -> None:
    arabic = fill(shelf)
    session = shelf.session(arabic)
    (karim, *_) = session.annotations.all(Entity)
    place = ARABIC.index("كريم حداد")
    session.marking.tag([(place, place + 9)], "PER", karim.id)
    session.close()
    async with shelf.desk((100, 24), arabic) as desk:
        await desk.press("enter", "type:karim")
        assert proposals(desk)[0].endswith("×1 here")


async def test_retired_and_merged_entities_are_not_offered(shelf: Shelf) -> None:
    arabic = fill(shelf)
    async with shelf.desk((100, 24), arabic) as desk:
        await desk.press("enter", "type:karim")
        people = [row for row in proposals(desk) if "PER" in row]
        assert len(people) == 1 and "Karim Haddad" in people[0]


async def test_in_a_narrow_terminal_the_names_have_the_room(shelf: Shelf) -> None:
    arabic = fill(shelf)
    async with shelf.desk((44, 20), arabic) as desk:
        await desk.press("enter", "type:karim had")
        assert "Karim Haddad" in proposals(desk)[0]


async def test_the_list_of_annotations_shows_merged_entities_as_one(shelf: Shelf) -> None:
    arabic = fill(shelf)
    session = shelf.session(arabic)
    everybody = {each.name: each for each in session.annotations.all(Entity)}
    for name, wording in (("Karim Haddad", "كريم حداد"), ("Karim Merged", "آنا بيرغ")):
        place = ARABIC.index(wording)
        session.marking.tag([(place, place + len(wording))], "PER", everybody[name].id)
    assert len(session.annotations.all(Mention)) == 2
    session.close()
    async with shelf.desk((160, 40), arabic) as desk:
        shown = desk.screen_text()
        assert "Entities (1)" in shown and "×2" in shown and "Karim Merged" not in shown
