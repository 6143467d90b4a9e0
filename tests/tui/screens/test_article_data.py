"""What is known about an article, changed by keys: details, parts, removal."""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style
from textual import events

from reader.annotation.details import form_of
from reader.corpus.article import display_title
from reader.session import Session
from reader.store.library import Library
from reader.tui.screens.details import DetailsScreen
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.reading import ReadingScreen
from reader.work.articles import edit_article, set_role
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

LONG = ENGLISH + "\nRead also: something else\n"


def title_of(shelf: Shelf, article: str) -> str:
    with Library(shelf.path) as library:
        return display_title(library.articles.read(article))[0]


def row(desk: Desk, words: str) -> str:
    return next((row for row in desk.rows() if words in row), "")


def style_of(desk: Desk, words: str) -> Style | None:
    """The style of the first letter of some words on the screen."""
    for strip in desk.app.screen._compositor.render_strips():
        left = "".join(segment.text for segment in strip).find(words)
        for segment in strip if left >= 0 else ():
            if left < len(segment.text):
                return segment.style
            left -= len(segment.text)
    raise AssertionError(desk.screen_text())


async def test_the_form_saves_all_fields_as_one_action(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("e")
        assert "Details of “" in desk.screen_text()
        assert row(desk, " Title       Minister denies the report")
        await desk.press("ctrl+u", "type:تقرير الوزيرة", "down", "type:Reuters")
        await desk.press("tab", "type:2016-11", "down", "type:https://a.example/1", "down")
        await desk.press("ctrl+u", "type:fa", "down", "space", "down")
        desk.app.screen.post_message(events.Paste("a، b,  a"))
        await desk.pilot.pause()
        await desk.press("enter")
        assert isinstance(desk.app.screen, LibraryScreen)
        assert "Saved." in desk.screen_text()
        # The title as a terminal shows it: shaped, from left to right.
        assert "ﺓﺮﻳﺯﻮﻟﺍ ﺮﻳﺮﻘﺗ fa " in desk.screen_text()
        await desk.press("u")
        assert "Minister denies the report" in desk.screen_text()
        assert isinstance(desk.app.screen, LibraryScreen)
        await desk.press("U")
        assert "ﺓﺮﻳﺯﻮﻟﺍ ﺮﻳﺮﻘﺗ fa " in desk.screen_text()
    with Library(shelf.path) as library:
        form = form_of(library.articles.read(article))
        assert (form.title, form.publisher, form.published) == (
            "تقرير الوزيرة",
            "Reuters",
            "2016-11",
        )
        assert (form.url, form.language, form.direction) == ("https://a.example/1", "fa", "rtl")
        assert form.tags == ("a", "b")
        assert [entry.mode for entry in library.history()] == ["do", "undo", "redo"]


async def test_what_cannot_be_right_is_said_and_its_field_gets_the_caret(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("e", "down", "type:AP", "down", "type:8 Nov", "down", "type:x", "enter")
        assert "'8 Nov' is no date" in desk.screen_text()
        assert isinstance(desk.app.screen, DetailsScreen)
        # Notices hide no field.
        assert all(row(desk, f" {name} ") for name in ("Title", "Date", "URL", "Tags"))
        await desk.press("ctrl+u", "type:2016", "enter")
        assert "'x' is no web address" in desk.screen_text()
        await desk.press("ctrl+u", "enter")
        assert "Saved." in desk.screen_text()
    with Library(shelf.path) as library:
        assert (
            library.articles.read(article).publisher,
            library.articles.read(article).published,
        ) == (
            "AP",
            "2016",
        )


async def test_a_form_is_left_after_a_question_when_something_was_typed(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("e", "escape")
        assert isinstance(desk.app.screen, LibraryScreen)
        await desk.press("e", "down", "type:AP", "escape")
        assert "The details are not saved yet." in desk.screen_text()
        await desk.press("b")
        assert isinstance(desk.app.screen, DetailsScreen) and "AP" in row(desk, "Publisher")
        await desk.press("escape", "d")
        assert isinstance(desk.app.screen, LibraryScreen)
        await desk.press("e", "down", "type:dpa", "escape", "s")
        assert isinstance(desk.app.screen, LibraryScreen)
    with Library(shelf.path) as library:
        assert library.articles.read(article).publisher == "dpa"
        assert len(library.history()) == 1


async def test_what_another_changed_meanwhile_is_shown_and_what_was_typed_stays(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("e", "down", "type:AP")
        other = Session.open(shelf.path, "bob")
        known = other.library.articles.read(article)
        edit_article(other, known, replace(form_of(known), published="2016"))
        other.close()
        await desk.press("enter")
        assert "changed meanwhile by somebody" in desk.screen_text()
        assert "2016" in row(desk, " Date ") and "AP" in row(desk, " Publisher ")
        await desk.press("enter")
        assert "Saved." in desk.screen_text()
    with Library(shelf.path) as library:
        after = library.articles.read(article)
        assert (after.publisher, after.published) == ("AP", "2016")


async def test_an_article_is_removed_after_a_question_and_comes_back(shelf: Shelf) -> None:
    english, _ = shelf.add(ENGLISH, ARABIC)
    session = shelf.session(english)
    session.marking.tag([(0, 8)], "PER")
    session.marking.tag([(9, 15)], "ORG")
    session.close()
    async with shelf.desk() as desk:
        await desk.press("X")
        assert "Remove “" in desk.screen_text()
        assert "hides 2 annotations; all can be brought back" in row(desk, "y  remove it")
        await desk.press("n")
        assert "Minister denies the report" in desk.screen_text()
        await desk.press("X", "y")
        assert "· 1 article ·" in desk.rows()[0]
        assert "Minister denies the report" not in desk.screen_text()
        await desk.press("u")
        assert "· 2 articles ·" in desk.rows()[0]
        assert desk.rows()[3].startswith("▸Minister denies the report")
        await desk.press("U", "r")
        assert "1 removed article" in desk.rows()[0]
        assert "Minister denies the report" in desk.rows()[2]
        await desk.press("r")
        assert "Nothing is removed. Esc goes back to the library." in desk.screen_text()
        await desk.press("escape")
        assert "· 2 articles ·" in desk.rows()[0]
        assert row(desk, "Minister denies").split()[-3:] == ["2", "0", "0"]
        await desk.press("X", "y", "r", "u")
        assert isinstance(desk.app.screen, LibraryScreen)
        assert "· 2 articles ·" in desk.rows()[0]


async def test_redoing_a_removal_leaves_the_article(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk() as desk:
        await desk.press("X", "y", "u", "enter", "U")
        assert isinstance(desk.app.screen, LibraryScreen)
        assert "The library is empty." in desk.screen_text()
        assert await desk.app.navigation.open_article(article) is None
        await desk.press()
        assert "The article is removed" in desk.screen_text()


async def test_collections_filter_the_list_with_their_own_progress(shelf: Shelf) -> None:
    english, arabic, _ = shelf.add(ENGLISH, ARABIC, LONG)
    async with shelf.desk() as desk:
        await desk.press("c")
        assert "No article has a tag yet: e gives it some." in desk.screen_text()
    for id, tags in ((english, ("حملة", "2016")), (arabic, ("حملة",))):
        session = shelf.session(id)
        known = session.library.articles.read(id)
        edit_article(session, known, replace(form_of(known), tags=tags))
        if id == arabic:
            session.marking.set_status("done")
        session.close()
    async with shelf.desk() as desk:
        await desk.press("c")
        assert "3, 1 finished" in row(desk, "all articles")
        assert "2, 1 finished" in row(desk, "ﺔﻠﻤﺣ")
        await desk.press("2")
        assert "2 of 3 shown: collection “" in desk.rows()[2]
        assert desk.rows()[1].startswith(" 1 done, 0 skipped, 0 in progress")
        await desk.press("c", "1")
        assert "1 of 3 shown" in desk.rows()[2]
        assert desk.rows()[1].startswith(" 0 done")
        await desk.press("escape")
        assert "shown" not in desk.screen_text()


async def test_the_selection_becomes_a_part_of_the_article(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("M")
        assert "Now: title" in desk.screen_text() and "● title" in desk.screen_text()
        await desk.press("escape", "end", "M")
        await desk.press("escape", "G", "h", "h", "home")
        session = desk.app.session
        start = LONG.index("Read also")
        screen = desk.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.view.select(start, start + len("Read also: something else"))
        await desk.press("M")
        assert "Now: boilerplate" in desk.screen_text() or "Now: body" in desk.screen_text()
        await desk.press("t")
        assert "is title now." in desk.screen_text()
        assert session.article is not None
        assert display_title(session.article) == ("Read also: something else", False)
        assert screen.article == session.article
        await desk.press("u")
        assert title_of(shelf, article) == "Minister denies the report"
        await desk.press("escape")
        assert "Minister denies the report" in desk.screen_text()
        # From the library, undo goes to the part that was changed.
        await desk.press("U")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert title_of(shelf, article) == "Read also: something else"


async def test_boilerplate_is_dimmed_and_sentences_end_where_parts_do(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        screen = desk.app.screen
        assert isinstance(screen, ReadingScreen)

        def look(words: str) -> Style | None:
            return style_of(desk, words)

        before = look("Anna Berg of the")
        start = ENGLISH.index("Anna Berg of")
        screen.view.select(start, start + len("Anna Berg of the ministry"))
        await desk.press("M", "f", "home")
        assert look("Anna Berg of the ministry") != before
        screen.view.select(ENGLISH.index("told the"), ENGLISH.index("told the") + 4)
        screen.view.widen()
        assert (
            screen.view.selected_text() == "told the Daily Post on Monday that no money was paid."
        )
        await desk.press("u", "G")
        assert look("Anna Berg of the") == before


async def test_details_from_the_text_lay_it_out_from_the_other_side(shelf: Shelf) -> None:
    (article,) = shelf.add(ARABIC)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "w")
        selected = row(desk, "· word ·")
        right = row(desk, "ﺮﻳﺮﻘﺘﻟﺍ ﻲﻔﻨﺗ ﺓﺮﻳﺯﻮﻟﺍ")
        await desk.press("P", *["down"] * 5, "space", "enter")
        left = row(desk, "ﺮﻳﺮﻘﺘﻟﺍ ﻲﻔﻨﺗ ﺓﺮﻳﺯﻮﻟﺍ")
        assert left != right
        assert row(desk, "· word ·") == selected
        await desk.press("u")
        assert row(desk, "ﺮﻳﺮﻘﺘﻟﺍ ﻲﻔﻨﺗ ﺓﺮﻳﺯﻮﻟﺍ") == right
        assert row(desk, "· word ·") == selected


async def test_the_form_fits_a_small_terminal(shelf: Shelf) -> None:
    shelf.add(ENGLISH)
    async with shelf.desk(size=(40, 10)) as desk:
        await desk.press("e")
        rows = desk.rows()
        assert rows[1].startswith(" Details of")
        assert rows[8].startswith(" Tags")
        assert "Enter save" in rows[9]
        await desk.press("down", "down", "type:x", "enter")
        assert "is no date" in desk.screen_text()


async def test_a_form_left_after_a_conflict_leaves_the_text_as_the_library_has_it(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("P", "down", "type:AP")
        other = shelf.session(article)
        set_role(other, [(0, 26)], "boilerplate")
        other.close()
        await desk.press("enter")
        assert "changed meanwhile by somebody" in desk.screen_text()
        await desk.press("escape", "d")
        screen = desk.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.article.title is None
        await desk.press("M")
        assert "Now: boilerplate" in desk.screen_text()
