"""The last row names no key that does nothing where one is."""

from __future__ import annotations

from contextlib import closing

from reader.annotation.claim_marking import ClaimForm
from reader.session import Session
from tests.tui.screens.conftest import ENGLISH, Desk, Shelf
from tests.tui.screens.test_entities import fill, go_to


def keys(desk: Desk) -> str:
    """The last row."""
    return desk.rows()[-1]


def hinted(desk: Desk, *labels: str) -> list[bool]:
    return [f" {label} " in f"{keys(desk)} " for label in labels]


async def test_only_a_pair_is_merged_and_only_marked_mentions_are_split(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk((160, 30)) as desk:
        assert hinted(desk, "open", "details") == [True, True]
        await desk.press("E")
        assert hinted(desk, "open", "duplicates", "merge", "they are two") == [
            *(True, True),
            *(False, False),
        ]
        await desk.press("d")
        assert hinted(desk, "merge", "they are two") == [True, True]
        await desk.press("x")
        assert "Nothing looks like a duplicate" in desk.screen_text()
        assert hinted(desk, "open", "merge", "they are two") == [False, False, False]
        await desk.press("u", "d", "g", "enter")
        assert hinted(desk, "go there", "Enter change", "mark", "split") == [
            *(False, True),
            *(False, False),
        ]
        await go_to(desk, "mention")
        assert hinted(desk, "go there", "Enter change", "mark", "split", "part", "delete") == [
            *(True, False, True),
            *(False, False, False),
        ]
        await desk.press("space")
        assert hinted(desk, "split") == [True]
        await go_to(desk, "alias")
        assert hinted(desk, "delete", "mark", "split") == [True, False, True]


async def test_finding_without_a_hit_offers_nothing_to_take(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk((100, 30), article) as desk:
        await desk.press("/")
        assert hinted(desk, "take", "choose", "back") == [False, False, True]
        await desk.press("type:report")
        assert hinted(desk, "take", "choose") == [True, True]
        await desk.press("type:headline")
        assert "no hits" in desk.screen_text()
        assert hinted(desk, "take", "choose", "back") == [False, False, True]
        await desk.press("ctrl+u", "type:headline", "escape", ":", "type:nothing like it")
        assert hinted(desk, "take", "choose", "back") == [False, False, True]
        await desk.press("escape", "grave_accent")
        assert hinted(desk, "take", "refuse", "this name", "all", "go there") == [False] * 5
        assert hinted(desk, "dates", "back") == [True, True]
        await desk.press("d")
        assert hinted(desk, "take", "go there") == [True, True]
        await desk.press("escape", "backslash", "type:rep")
        await desk.until(lambda: "hits in 1 article" in desk.screen_text())
        assert hinted(desk, "go there", "tag all") == [True, True]
        await desk.press("type:xx")
        await desk.until(lambda: "no hits" in desk.screen_text())
        assert hinted(desk, "go there", "choose", "tag all", "back") == [False] * 3 + [True]


async def test_an_open_claim_and_the_history_say_what_enter_does(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    session = shelf.session(article)
    session.marking.mark_claim([(0, 8)], ClaimForm(statement="It is denied."))
    session.close()
    async with shelf.desk((150, 30)) as desk:
        await desk.press("C")
        assert "nothing to settle" in desk.screen_text()
        assert hinted(desk, "take the value", "go there", "back") == [False, False, True]
        await desk.press("escape", "O", "enter")
        assert hinted(desk, "go there", "change", "delete") == [False, True, False]
        for _ in range(20):
            if hinted(desk, "go there") == [True]:
                break
            await desk.press("down")
        assert hinted(desk, "go there", "change", "delete") == [True, False, False]
        await desk.press("escape", "escape", "H")
        assert hinted(desk, "look closer", "go back to it", "this article") == [True, True, False]
        await desk.press("enter")
        assert hinted(desk, "go there", "undo") == [True, True]


async def test_an_empty_library_hints_at_nothing_that_needs_an_article(shelf: Shelf) -> None:
    narrowing = ("next", "sort", "find", "title", "unfinished", "language", "collection")
    async with shelf.desk((200, 30)) as desk:
        assert hinted(desk, *narrowing, "open", "choose") == [False] * 9
        assert hinted(desk, "removed ones", "help", "quit") == [True] * 3
        await desk.press("S")
        assert hinted(desk, "go there", "charts", "this article", "choose") == [False] * 4
        await desk.press("escape", "A")
        assert hinted(desk, "tables", "annotators", "this article", "choose") == [False] * 4
        assert hinted(desk, "back") == [True]


async def test_an_article_alone_is_offered_where_there_is_one(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    for name, place in (("sam", (0, 8)), ("kim", (0, 8)), ("kim", (9, 15))):
        with closing(Session.open(shelf.path, name)) as session:
            session.open_article(article)
            session.marking.tag_all([[place]], "PER")
    async with shelf.desk((200, 30)) as desk:
        assert hinted(desk, "next", "sort", "find", "title", "choose") == [True] * 5
        await desk.press("ctrl+o")
        assert hinted(desk, "show, hide", "with yours", "all") == [True, False, False]
        await desk.press("down")
        assert hinted(desk, "with yours", "all") == [True, False]
        await desk.press("m")
        assert hinted(desk, "all") == [True]
        await desk.press("a", "escape", "enter")
        assert hinted(desk, "repeat", "hits", "find") == [False, False, True]
        await desk.press("tab")
        assert hinted(desk, "go there", "mentions", "to the text") == [True, False, True]
        await desk.press("end")
        assert hinted(desk, "go there", "mentions") == [True, True]
        await desk.press("tab")
        await desk.press("slash", "type:report", "enter", "1")
        assert hinted(desk, "repeat", "hits") == [True, True]
        await desk.press("escape", "escape", "S")
        assert hinted(desk, "go there", "charts", "this article") == [True] * 3
        await desk.press("escape", "A")
        await desk.until(lambda: "comparing" not in desk.screen_text())
        assert hinted(desk, "tables", "annotators", "this article") == [True, True, False]
        await desk.press("d")
        assert hinted(desk, "go there", "this article") == [True, True]
        await desk.press("a", "home")
        assert hinted(desk, "this article") == [True]
