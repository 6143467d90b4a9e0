"""Suggestions: what shows in the text and in the list, and what the database holds."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path

from rich.style import Style

from reader.annotation.ids import new_id, now
from reader.annotation.model import Mention, Refusal, Suggestion
from reader.suggest.actions import store
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.suggest_everywhere import SuggestEverywhereScreen
from reader.tui.screens.suggestions import SuggestionsScreen
from reader.user.state import Looks
from tests.tui.screens.conftest import ARABIC, Desk, Shelf

BERGS = """Minister denies the report

Anna Berg spoke. Berg left the ministry, and Bergen is a town.
Then Berg came back in June 2016.

Read more: Berg in pictures
"""
OTHER = """A second report on the ministry

Nobody saw Berg there, and Berg said so on Monday.
"""
DATA = """تقرير عن الشركة

قالت داتا بروبريا إنها لا تعمل هنا، ونفت مصادر لـ"داتا بروبريا" ذلك.
"""


def reading(desk: Desk) -> ReadingScreen:
    (screen,) = [s for s in desk.app.screen_stack if isinstance(s, ReadingScreen)]
    return screen


def at(desk: Desk) -> tuple[int, str]:
    """Where the selection is, also under the list."""
    view = reading(desk).view
    return view.selection.start, view.selected_text()


def stored(path: Path, table: str) -> list[tuple[int, str]]:
    """Start and wording of records, as the database has them."""
    with sqlite3.connect(path) as db:
        rows = db.execute(
            f"select span.start, span.quote from {table} join span on span.record = {table}.id "
            "order by span.start"
        )
        return [(int(start), str(quote)) for start, quote in rows]


def actions(path: Path) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("select count(*) from action").fetchone()[0])


def text_rows(desk: Desk) -> list[str]:
    """The rows of the text without the margin."""
    view = reading(desk).view
    return [row[view.frame.text :] for row in desk.rows()[: view.size.height]]


async def go_to(desk: Desk, words: str, at: int = 0) -> None:
    screen = reading(desk)
    start = screen.article.text.index(words, at)
    screen.view.select(start, start + len(words))
    await desk.pilot.pause()


async def tag_berg(desk: Desk) -> None:
    """Tag the second Berg: `Anna Berg` and the two others are left."""
    await go_to(desk, "Berg", BERGS.index("Berg left"))
    await desk.press("1")


def style_at(desk: Desk, words: str) -> Style:
    """Style of the first cell of some words on the screen."""
    for strip in desk.app.screen._compositor.render_strips():
        row = "".join(segment.text for segment in strip)
        if words in row:
            (segment, *_) = strip.crop(row.index(words), row.index(words) + 1)
            return segment.style or Style()
    raise AssertionError(words)


def logical(row: str) -> str:
    """A row of Arabic letters in the order in which they are read."""
    return unicodedata.normalize("NFKC", row)[::-1]


async def test_suggestions_show_by_style_and_sign_and_move_no_text(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        await tag_berg(desk)
        await go_to(desk, "Minister")
        before, done = text_rows(desk), actions(shelf.path)
        assert not style_at(desk, "Berg came").underline
        await desk.press("I")
        assert "2 suggestions here: Q takes, & refuses, ` lists them." in desk.screen_text()
        await go_to(desk, "Minister")
        assert text_rows(desk)[:8] == before[:8]
        assert style_at(desk, "Berg came").underline
        assert style_at(desk, "Berg came").bgcolor == style_at(desk, "came").bgcolor
        assert not style_at(desk, "Bergen").underline
        assert not style_at(desk, "Berg in pictures").underline
        assert sum("?" in row[: reading(desk).view.frame.text] for row in desk.rows()[:10]) == 2
        await desk.press("I")
        assert not style_at(desk, "Berg came").underline
        assert actions(shelf.path) == done


async def test_one_key_takes_the_next_refuses_and_each_goes_on(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    anna, came = BERGS.index("Berg spoke"), BERGS.index("Berg came")
    async with shelf.desk(article=article) as desk:
        await tag_berg(desk)
        await go_to(desk, "Minister")
        await desk.press("Q")
        assert at(desk) == (anna, "Berg")
        assert "suggested: PER Berg" in desk.screen_text()
        await desk.press("Q")
        assert at(desk) == (came, "Berg")
        assert "PER “Berg” is taken, 1 left." in desk.screen_text().replace("\u2068", "").replace(
            "\u2069", ""
        )
        await desk.press("&")
        assert "is refused, the last." in desk.screen_text()
    left = BERGS.index("Berg left")
    assert stored(shelf.path, "mention") == [(anna, "Berg"), (left, "Berg")]
    assert stored(shelf.path, "refusal") == [(came, "Berg")]
    async with shelf.desk(article=article, looks=Looks(suggestions=True)) as desk:
        await desk.press("I", "I")
        assert "Nothing is proposed here. 1 were refused." in desk.screen_text()
        await desk.press("u")
        assert stored(shelf.path, "refusal") == []
        assert at(desk) == (came, "Berg")
        assert "suggested: PER Berg" in desk.screen_text()


async def test_the_list_groups_by_name_and_goes_with_the_text(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        await tag_berg(desk)
        await go_to(desk, "ministry")
        await desk.press("I", "`")
        rows = desk.rows()
        box = rows.index(next(row for row in rows if row.strip() == "2 suggestions"))
        assert rows[box + 1].split() == ["PER", "Berg", "2"]
        assert rows[box + 2].split()[:3] == ["Anna", "Berg", "spoke."]
        assert "Then Berg came back in June 2016." in rows[box + 3]
        assert at(desk) == (BERGS.index("Berg came"), "Berg")
        await desk.press("k")
        assert at(desk) == (BERGS.index("Berg spoke"), "Berg")
        assert any("Berg spoke" in row for row in rows[:box])
        await desk.press("escape")
        assert at(desk)[1] == "ministry"
        await desk.press("`", "k", "enter")
        assert at(desk) == (BERGS.index("Berg spoke"), "Berg")
        await desk.press("B")
        assert at(desk)[1] == "ministry"
    assert stored(shelf.path, "refusal") == []


async def test_all_of_a_name_are_taken_as_one_action_and_come_back_with_one_undo(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        await tag_berg(desk)
        done = actions(shelf.path)
        await desk.press("`", "n")
        assert actions(shelf.path) == done + 1
        assert len(stored(shelf.path, "mention")) == 3
        assert "2 taken; u takes all of that back." in desk.screen_text()
        await desk.press("u")
        assert len(stored(shelf.path, "mention")) == 1
        assert "2 suggestions" in desk.screen_text()
        await desk.press("z")
        assert len(stored(shelf.path, "refusal")) == 2
        await desk.press("b")
        assert stored(shelf.path, "refusal") == []
        await desk.press("y", "x")
        assert len(stored(shelf.path, "mention")) == 2
        assert len(stored(shelf.path, "refusal")) == 1
        await desk.press("escape", "u", "u", "u")
        assert len(stored(shelf.path, "refusal")) == 2
    (kept,) = shelf.session(article).annotations.all(Mention)
    assert kept.origin == "manual"


async def test_dates_are_proposed_when_asked_for_and_taken_by_type(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    async with shelf.desk(article=article) as desk:
        await tag_berg(desk)
        await desk.press("`", "d")
        assert "3 suggestions" in desk.screen_text()
        assert "dates and amounts" in desk.screen_text()
        await desk.press("G", "t")
    session = shelf.session(article)
    found = [(m.type, m.span.quote, m.origin) for m in session.annotations.all(Mention)]
    assert sorted(found) == [("DATE", "June 2016", "suggested"), ("PER", "Berg", "manual")]


async def test_the_models_score_shows_and_the_least_score_leaves_out(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    session = shelf.session(article)
    for words, score in (("ministry", 0.55), ("Bergen", 0.95)):
        start = BERGS.index(words)
        span = session.span([(start, start + len(words))])
        me = session.annotator.id
        record = Suggestion(new_id(), span, "LOC", me, now(), now(), "tagger", score)
        session.apply(store(session.author, [record]))
    session.close()
    async with shelf.desk(article=article) as desk:
        await desk.press("`")
        assert "55% tagger" in desk.screen_text() and "95% tagger" in desk.screen_text()
        await desk.press(*"++++++")
        assert "1 suggestion, of models from 60%" in desk.screen_text()
        await desk.press("a", "escape", "u")
        assert len(stored(shelf.path, "suggestion")) == 2
        await desk.press("U")
    assert [quote for _, quote in stored(shelf.path, "suggestion")] == ["ministry"]
    assert [quote for _, quote in stored(shelf.path, "mention")] == ["Bergen"]


async def test_arabic_names_are_proposed_without_particles_and_previewed_their_own_way(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(DATA)
    async with shelf.desk(article=article) as desk:
        await go_to(desk, "داتا بروبريا")
        await desk.press("2", "`")
        text = reading(desk).article.text
        assert at(desk) == (text.rindex("داتا بروبريا"), "داتا بروبريا")
        listed = next(logical(row) for row in desk.rows() if row.startswith("▸"))
        assert 'ونفت مصادر لـ"داتا بروبريا" ذلك' in listed
        await desk.press("y")
    assert len(stored(shelf.path, "mention")) == 2


async def test_a_name_is_tagged_in_all_articles_but_finished_ones(shelf: Shelf) -> None:
    first, second, third = shelf.add(BERGS, OTHER, ARABIC)
    session = shelf.session(first)
    start = BERGS.index("Berg left")
    session.marking.create_entity(
        "Anna Berg", "PER", session.marking.tag([(start, start + 4)], "PER")
    )
    session.open_article(second)
    session.marking.set_status("done")
    session.close()
    async with shelf.desk(article=first) as desk:
        await go_to(desk, "Berg", start)
        await desk.press("`", "o")
        screen = desk.app.screen
        assert isinstance(screen, SuggestEverywhereScreen)
        await desk.until(lambda: screen.counted)
        await desk.pilot.pause()
        assert [len(each.found) for each in screen.articles] == [2]
        assert "but for finished ones" in desk.screen_text()
        await desk.press("h")
        await desk.until(lambda: screen.counted)
        await desk.pilot.pause()
        assert [len(each.found) for each in screen.articles] == [2, 2]
        assert "Nobody saw Berg there" in desk.screen_text()
        done = actions(shelf.path)
        await desk.press("enter")
        assert isinstance(desk.app.screen, SuggestionsScreen)
        assert actions(shelf.path) == done + 1
        assert "0 suggestions" in desk.screen_text()
        assert len(stored(shelf.path, "mention")) == 5
        await desk.press("u")
        assert "2 suggestions" in desk.screen_text()
    assert len(stored(shelf.path, "mention")) == 1
    assert third


async def test_when_all_is_taken_here_the_name_is_looked_for_elsewhere(shelf: Shelf) -> None:
    article, _ = shelf.add(BERGS, OTHER)
    async with shelf.desk(article=article) as desk:
        await desk.press("`", "o")
        assert "There is no name to look for" in desk.screen_text()
        await desk.press("escape")
        await tag_berg(desk)
        await desk.press("`", "a")
        assert "0 suggestions. o looks for" in desk.screen_text()
        await desk.press("o")
        screen = desk.app.screen
        assert isinstance(screen, SuggestEverywhereScreen)
        await desk.until(lambda: screen.counted)
        await desk.press("enter")
    assert len(stored(shelf.path, "mention")) == 5


async def test_what_another_refused_is_still_proposed(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS)
    session = shelf.session(article)
    session.marking.create_entity("Anna Berg", "PER")
    session.close()
    async with shelf.desk(article=article, annotator="noor") as desk:
        await desk.press("`", "a")
    session = shelf.session(article)
    assert session.annotations.all(Refusal) == ()
    async with shelf.desk(article=article) as desk:
        await desk.press("I")
        assert "1 suggestion here" in desk.screen_text()
    async with shelf.desk(article=article, looks=Looks(suggestions=True)) as desk:
        assert style_at(desk, "nna Berg").underline


async def test_in_a_narrow_terminal_the_name_stays_in_its_row(shelf: Shelf) -> None:
    (article,) = shelf.add(BERGS.replace("Then", "After that, when nobody spoke of it any more,"))
    async with shelf.desk(article=article, size=(44, 16)) as desk:
        await tag_berg(desk)
        await desk.press("`")
        listed = [row for row in desk.rows()[6:] if "Berg" in row and "PER" not in row]
        assert [row[1:10] for row in listed[-2:]] == ["Anna Berg", "… more, B"]
