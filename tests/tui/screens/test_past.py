"""The history on the screen."""

from __future__ import annotations

from reader.annotation.claim_actions import relate
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Claim, Mention, ref_to
from reader.tui.screens.reading import ReadingScreen
from tests.tui.screens.conftest import ARABIC, ENGLISH, Shelf


async def test_looking_through_the_history_and_going_back(shelf: Shelf) -> None:
    first, second = shelf.add(ENGLISH, "Another text, of Anna Berg.")
    session = shelf.session(second)
    session.marking.tag([(17, 26)], "LOC")
    session.close()
    async with shelf.desk(article=first) as desk:
        session = desk.app.session
        mention = session.marking.tag([(28, 37)], "PER")
        session.marking.create_entity("Anna Berg", "PER", mention)
        linked = session.annotations.get(ref_to(mention))
        assert isinstance(linked, Mention)
        session.marking.retag(linked, "ORG")
        await desk.app.navigation.show_library()
        await desk.press("H")
        assert "What was done in the library · newest first" in desk.screen_text()
        assert desk.screen_text().count("sam") >= 4
        await desk.press("a")
        said = desk.screen_text()
        assert "in this article" in said and "LOC" not in said
        await desk.press("enter")
        assert "PER → ORG" in desk.screen_text().translate(dict.fromkeys((0x2068, 0x2069)))
        # What is open is looked at; undo and redo are about the last action, and say which.
        await desk.press("u")
        assert "undone: change “Anna Berg” from PER to ORG" in desk.screen_text()
        assert [r.type for r in session.annotations if isinstance(r, Mention)] == ["PER"]
        await desk.press("U")
        assert "redone: change “Anna Berg” from PER to ORG" in desk.screen_text()
        await desk.press("escape", "down", "down", "down", "down", "R")
        assert "Go back in this article to" in desk.screen_text()
        await desk.press("2")
        types = [r.type for r in session.annotations if isinstance(r, Mention)]
        assert types == ["PER"]
        assert len(session.library.records.all()) > 2
        await desk.press("u")
        assert [r.type for r in session.annotations if isinstance(r, Mention)] == ["ORG"]
        await desk.press("end", "a", "end", "enter", "enter")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert session.article is not None and session.article.id == second
        assert session.library.problems() == ()


async def test_what_was_changed_is_told_in_words_and_not_by_ids(shelf: Shelf) -> None:
    english, arabic = shelf.add(ENGLISH, ARABIC)
    statements = ("No money was paid.", "لم تدفع الوزارة.")
    for article, statement in zip((english, arabic), statements, strict=True):
        session = shelf.session(article)
        session.marking.mark_claim([(0, 8)], ClaimForm(statement=statement))
        session.close()
    async with shelf.desk(article=english, size=(110, 30)) as desk:
        session = desk.app.session
        claims = [r for r in session.library.records.all() if isinstance(r, Claim)]
        paid, unpaid = sorted(claims, key=lambda claim: claim.language)[::-1]
        session.apply(relate(session.author, "refutes", paid, unpaid))
        await desk.app.navigation.show_library()
        await desk.press("H")
        assert "relation refutes: “No money was paid.”, “.ﺓﺭﺍﺯﻮﻟﺍ ﻊﻓﺪﺗ ﻢﻟ”" in desk.rows()[1]
        await desk.press("enter")
        said = {row.split()[0]: " ".join(row.split()[1:]) for row in desk.rows() if row.strip()}
        assert said["source"] == "claim “No money was paid.”"
        assert said["target"] == "claim “.ﺓﺭﺍﺯﻮﻟﺍ ﻊﻓﺪﺗ ﻢﻟ”"
        assert said["annotator"] == "sam"
