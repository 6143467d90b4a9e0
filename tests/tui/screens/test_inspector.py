"""The list of annotations: sections, mentions of an entity, there and back."""

from __future__ import annotations

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Entity, Mention, Ref
from reader.session import Session
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf


def anna(session: Session, text: str, name: str, count: int) -> None:
    """Tag the first mentions of a name and link them to one entity."""
    at = -1
    for _ in range(count):
        at = text.index(name, at + 1)
        session.marking.tag([(at, at + len(name))], "PER")
        mention = next(m for m in session.annotations.all(Mention) if m.span.start == at)
        known = session.annotations.all(Entity)
        if known:
            session.marking.link(mention, known[0])
        else:
            session.marking.create_entity("Anna Berg", "PER", mention)


def fill(shelf: Shelf) -> str:
    """A library in which an entity is named twice in one article and once in another."""
    english, arabic = shelf.add(ENGLISH, ARABIC)
    session = shelf.session(english)
    anna(session, ENGLISH, "Anna Berg", 2)
    session.marking.tag([(0, 8)], "PER")
    claim = ENGLISH.index("no money was paid")
    (entity,) = session.annotations.all(Entity)
    form = ClaimForm(statement="No money was paid.", claimant=entity.id, polarity="refute")
    session.marking.mark_claim([(claim, claim + 17)], form)
    session.marking.note(Ref("article", english), "look again\nat all of it")
    session.close()
    session = shelf.session(arabic)
    anna(session, ARABIC, "آنا بيرغ", 1)
    session.close()
    return english


def side(desk: Desk) -> list[str]:
    """The rows of the inspector beside the text."""
    width = desk.app.screen.view.size.width  # type: ignore[attr-defined]
    return [row[width:].strip(" ▏│▕▎") for row in desk.rows()]


async def test_sections_have_their_counts(shelf: Shelf) -> None:
    article = fill(shelf)
    async with shelf.desk((160, 45), article) as desk:
        shown = "\n".join(side(desk))
        for heading in ("Entities (2)", "Claims (1)", "Notes (1)"):
            assert heading in shown
        assert "look again at all of it" in shown


async def test_an_entity_shows_where_it_is_named(shelf: Shelf) -> None:
    article = fill(shelf)
    async with shelf.desk((160, 45), article) as desk:
        before = side(desk)
        await desk.press("tab", "down", "down", "down", "space")
        rows = [" ".join(row.split()) for row in side(desk)]
        at = next(i for i, row in enumerate(rows) if "Anna Berg ×2" in row)
        assert rows[at].startswith("▸PER")
        assert rows[at + 1] == "1 Anna Berg of the ministry told the Daily"
        assert rows[at + 2] == "2 Anna Berg said the report was wrong, and"
        assert rows[at + 3] == "1 mention in 1 other article"
        await desk.press("down", "down", "enter")
        second = ENGLISH.index("Anna Berg said")
        assert f"{second}–{second + 9} · word" in desk.screen_text()
        await desk.press("tab")
        assert any(row.startswith("▸  2") for row in side(desk))
        await desk.press("left")
        assert any("▸PER        Anna Berg" in row for row in side(desk))
        await desk.press("escape", "B")
        assert "“Minister”" in desk.screen_text()
        assert [row.strip("▸") for row in side(desk)][:30] == [row.strip("▸") for row in before][
            :30
        ]


async def test_what_is_under_the_selection_is_lit_also_among_the_mentions(shelf: Shelf) -> None:
    article = fill(shelf)
    async with shelf.desk((160, 45), article) as desk:
        await desk.press("tab", "down", "down", "down", "space", "escape", "n")
        inspector = desk.app.screen.inspector  # type: ignore[attr-defined]
        lit = [row.cells[1].text for row in inspector.rows if row.lit]
        assert lit[1:] == ["Anna Berg", "Anna Berg of the ministry told the Daily"]


async def test_a_row_without_mentions_says_so(shelf: Shelf) -> None:
    article = fill(shelf)
    async with shelf.desk((160, 45), article) as desk:
        await desk.press("tab", "G", "space")
        assert "This row has no mentions to show" in desk.screen_text()


async def test_a_wide_terminal_shows_other_names_and_claimants(shelf: Shelf) -> None:
    article = fill(shelf)
    async with shelf.desk((200, 60), article) as desk:
        rows = [" ".join(row.split()) for row in side(desk)]
        assert any(row.startswith("claim No money was paid. Anna Berg refutes") for row in rows)
        entity = next(row for row in rows if row.startswith("PER Anna Berg"))
        assert entity.endswith("×2") and "ﺎﻧﺁ" in entity


async def test_all_of_it_works_below_the_text(shelf: Shelf) -> None:
    article = fill(shelf)
    async with shelf.desk((80, 24), article) as desk:
        text = desk.rows()[:4]
        await desk.press("tab", "down", "down", "down", "space")
        assert "1 mention in 1 other article" in desk.screen_text()
        assert desk.rows()[:4] == text
        await desk.press("down", "down", "enter")
        assert "“Anna Berg”" in desk.screen_text()


async def test_the_text_stays_in_place_when_an_annotation_appears(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    for size in ((80, 24), (160, 45)):
        async with shelf.desk(size, article) as desk:
            width = desk.app.screen.view.frame.text + 60  # type: ignore[attr-defined]
            before = [row[8:width] for row in desk.rows()[:6]]
            await desk.press("1")
            assert [row[8:width] for row in desk.rows()[:6]] == before
            await desk.press("u")


async def test_a_date_needs_no_entity(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    session = shelf.session(article)
    at = ENGLISH.index("Monday")
    session.marking.tag([(at, at + 6)], "DATE")
    session.marking.tag([(0, 8)], "PER")
    session.close()
    async with shelf.desk((160, 45), article) as desk:
        assert "PER “Minister” not linked: Enter links it" in desk.screen_text()
        await desk.press("n")
        assert "DATE “Monday”" in desk.screen_text()
        assert "not linked" not in desk.screen_text()
        rows = side(desk)
        assert any(row.startswith("PER") and row.endswith("?") for row in rows)
        assert not any("DATE" in row and "?" in row for row in rows)
