"""The library as it is looked at: sorted, filtered, counted, and left for what comes next."""

from __future__ import annotations

from contextlib import closing

import pytest

from reader.annotation.assignments import tag_of
from reader.annotation.model import StatusValue
from reader.session import Session
from reader.store.library import Library
from reader.tui.screens.reading import ReadingScreen
from reader.work.assigning import assign, assignee
from tests.tui.screens.conftest import Desk, Shelf

BODY = "\n\nHe said on Monday that no money of the ministry was paid to anybody at all.\n"
ARABIC_BODY = "\n\nقالت الوزارة يوم الاثنين إنها لم تدفع أي أموال لأحد في هذا العام.\n"
ZEBRA, ALPHA, CLAIM = "Zebra crossing closed", "“Alpha” bank opens", "The minister’s 2016 claim"
FIRST, SECOND = "إعلان إفلاس الشركة", "الوزيرة تنفي التقرير"
SHAPED = {"ﺔﻛﺮﺸﻟﺍ": FIRST, "ﺮﻳﺮﻘﺘﻟﺍ": SECOND}
"""The last word of each Arabic title as the terminal shows it: shaped, from left to right."""


@pytest.fixture
def five(shelf: Shelf) -> dict[str, str]:
    """Five articles; their ids by title."""
    titles = (ZEBRA, FIRST, ALPHA, SECOND, CLAIM)
    ids = shelf.add(*(t + (ARABIC_BODY if t in (FIRST, SECOND) else BODY) for t in titles))
    return dict(zip(titles, ids, strict=True))


def set_status(shelf: Shelf, article: str, value: StatusValue, annotator: str = "sam") -> None:
    session = Session.open(shelf.path, annotator)
    session.open_article(article)
    session.marking.set_status(value)
    session.close()


def titles(desk: Desk) -> list[str]:
    """The titles on the screen, from the top."""
    known = {ZEBRA: ZEBRA, ALPHA: ALPHA, CLAIM: CLAIM, **SHAPED}
    rows = desk.rows()
    head = next((i for i, row in enumerate(rows) if row.startswith(" Title  ")), len(rows))
    found = [[title for seen, title in known.items() if seen in row[:45]] for row in rows[head:]]
    return [title for row in found for title in row]


def marked(desk: Desk) -> str:
    """The row under the cursor."""
    return next(row for row in desk.rows() if row.startswith("▸"))


def is_open(desk: Desk, article: str) -> bool:
    screen = desk.app.screen
    return isinstance(screen, ReadingScreen) and screen.article.id == article


async def test_a_key_sorts_by_one_thing_after_the_other_and_the_row_stays(
    shelf: Shelf, five: dict[str, str]
) -> None:
    set_status(shelf, five[ALPHA], "in progress")
    set_status(shelf, five[ZEBRA], "skipped")
    with_tag = shelf.session(five[CLAIM])
    with_tag.marking.tag([(4, 12)], "PER")
    with_tag.close()
    async with shelf.desk() as desk:
        assert "sorted by day added" in desk.rows()[1]
        assert titles(desk) == [ZEBRA, FIRST, ALPHA, SECOND, CLAIM]
        await desk.press("down", "down", "s")
        assert "sorted by title" in desk.rows()[1] and ALPHA in marked(desk)
        assert titles(desk) == [ALPHA, CLAIM, ZEBRA, FIRST, SECOND]
        await desk.press("s")
        assert "sorted by language" in desk.rows()[1] and ALPHA in marked(desk)
        assert titles(desk) == [FIRST, SECOND, ZEBRA, ALPHA, CLAIM]
        await desk.press("s")
        assert "sorted by status" in desk.rows()[1]
        assert titles(desk) == [ALPHA, CLAIM, FIRST, SECOND, ZEBRA]
        await desk.press("s")
        assert "sorted by annotations" in desk.rows()[1]
        assert titles(desk)[0] == CLAIM
        await desk.press("s")
        assert titles(desk) == [ZEBRA, FIRST, ALPHA, SECOND, CLAIM]


async def test_titles_are_filtered_while_they_are_typed(shelf: Shelf, five: dict[str, str]) -> None:
    async with shelf.desk() as desk:
        await desk.press("f", "type:minister's")
        assert titles(desk) == [CLAIM]
        assert desk.rows()[2].startswith(" 1 of 5 shown: title “minister's”")
        assert desk.rows()[-1].startswith(" Enter keep")
        await desk.press("ctrl+u", "type:اعلان افلاس")
        assert titles(desk) == [FIRST]
        await desk.press("enter")
        assert titles(desk) == [FIRST] and "1 of 5 shown" in desk.rows()[2]
        # The list takes commands again, and the filter stays until Escape.
        await desk.press("s")
        assert "sorted by title" in desk.rows()[1] and titles(desk) == [FIRST]
        await desk.press("escape")
        assert len(titles(desk)) == 5 and "shown" not in desk.screen_text()
        await desk.press("escape")
        assert "This is the library." in desk.screen_text()


async def test_escape_while_typing_shows_all_titles_and_nothing_found_says_so(
    shelf: Shelf, five: dict[str, str]
) -> None:
    async with shelf.desk() as desk:
        await desk.press("f", "type:zzzz")
        assert titles(desk) == [] and "0 of 5 shown" in desk.rows()[2]
        assert "No article is like that. Esc shows more." in desk.screen_text()
        await desk.press("down", "enter", "enter")
        assert "No article is like that." in desk.screen_text()
        await desk.press("f", "escape")
        assert len(titles(desk)) == 5 and "shown" not in desk.screen_text()


async def test_a_pasted_part_of_a_title_filters(shelf: Shelf, five: dict[str, str]) -> None:
    from textual import events

    async with shelf.desk() as desk:
        await desk.press("f")
        desk.app.screen.post_message(events.Paste("التقرير"))
        await desk.pilot.pause()
        await desk.pilot.pause()
        assert titles(desk) == [SECOND]
        await desk.press("down", "enter", "enter")
        assert is_open(desk, five[SECOND])


async def test_languages_are_chosen_from_those_that_are_there(
    shelf: Shelf, five: dict[str, str]
) -> None:
    async with shelf.desk() as desk:
        await desk.press("l")
        assert any("en" in row and row.rstrip().endswith("3") for row in desk.rows())
        await desk.press("2")
        assert titles(desk) == [FIRST, SECOND]
        assert desk.rows()[2].startswith(" 2 of 5 shown: language ar")
        await desk.press("h", "f", "type:تقرير")
        assert "1 of 5 shown: status unfinished, language ar, title “" in desk.rows()[2]
        await desk.press("enter", "l", "a")
        assert "1 of 5 shown: status unfinished, title “" in desk.rows()[2]


async def test_progress_and_unfinished_are_each_annotators_own(
    shelf: Shelf, five: dict[str, str]
) -> None:
    set_status(shelf, five[ZEBRA], "done")
    set_status(shelf, five[SECOND], "skipped")
    set_status(shelf, five[ALPHA], "in progress", "bob")
    set_status(shelf, five[CLAIM], "reviewed", "bob")
    async with shelf.desk() as desk:
        assert desk.rows()[1].startswith(" 1 done, 1 skipped, 0 in progress · ")
        await desk.press("h")
        assert titles(desk) == [FIRST, ALPHA, CLAIM]
        assert "3 of 5 shown: status unfinished" in desk.rows()[2]
        await desk.press("h")
        assert len(titles(desk)) == 5
    async with shelf.desk(annotator="bob") as desk:
        assert desk.rows()[1].startswith(" 0 done, 1 reviewed, 0 skipped, 1 in progress · ")
        await desk.press("h")
        assert titles(desk) == [ZEBRA, FIRST, ALPHA, SECOND]


async def test_the_next_unfinished_article_opens_from_the_list_and_from_inside_one(
    shelf: Shelf, five: dict[str, str]
) -> None:
    set_status(shelf, five[ZEBRA], "done")
    set_status(shelf, five[ALPHA], "skipped")
    set_status(shelf, five[FIRST], "done", "bob")
    async with shelf.desk() as desk:
        await desk.press("W")
        assert is_open(desk, five[FIRST])
        await desk.press("W")
        assert is_open(desk, five[SECOND])
        await desk.press("tab", "W")
        assert is_open(desk, five[CLAIM])
        await desk.press("Y", "W")
        assert is_open(desk, five[FIRST])
        await desk.press("Y", "W", "Y", "W")
        assert is_open(desk, five[SECOND])
        assert "No other unfinished article is left." in desk.screen_text()
        await desk.press("escape")
        assert desk.rows()[1].startswith(" 4 done, 1 skipped, 0 in progress")
        assert any(title in marked(desk) for title, t in SHAPED.items() if t == SECOND)
        await desk.press("W")
        assert "No unfinished article is left." in desk.screen_text()


async def test_next_follows_the_list_as_it_is_sorted_and_filtered(
    shelf: Shelf, five: dict[str, str]
) -> None:
    async with shelf.desk() as desk:
        await desk.press("s", "l", "1", "home", "W")
        assert is_open(desk, five[ALPHA])
        await desk.press("Y", "W")
        assert is_open(desk, five[CLAIM])
        await desk.press("Y", "W", "Y", "W")
        text = desk.screen_text()
        assert "No other unfinished article is left among those shown in the library." in text


async def test_the_view_is_remembered_and_what_is_finished_leaves_its_row_to_the_next(
    shelf: Shelf, five: dict[str, str]
) -> None:
    async with shelf.desk(article=five[ZEBRA]) as desk:
        await desk.press("escape", "s", "h", "home", "down")
        assert titles(desk) == [ALPHA, CLAIM, ZEBRA, FIRST, SECOND] and CLAIM in marked(desk)
        await desk.press("enter", "Y", "escape")
        assert titles(desk) == [ALPHA, ZEBRA, FIRST, SECOND] and ZEBRA in marked(desk)
        assert "sorted by title" in desk.rows()[1]


async def test_an_article_left_for_the_next_opens_where_it_was_left(
    shelf: Shelf, five: dict[str, str]
) -> None:
    async with shelf.desk(article=five[ZEBRA]) as desk:
        await desk.press("w", "W", "escape", "home", "enter")
        assert is_open(desk, five[ZEBRA]) and "“crossing”" in desk.screen_text()


async def test_what_is_ones_own_is_told_from_what_others_have_marked(
    shelf: Shelf, five: dict[str, str]
) -> None:
    def counted(desk: Desk) -> tuple[list[str], list[str]]:
        """The heads of the columns after the status, and what stands there for the article."""
        (head,) = (row for row in desk.rows() if row.startswith(" Title  "))
        (row,) = (row for row in desk.rows() if ALPHA[:8] in row)
        return head.split("Your status")[1].split(), row[head.index("Your status") :].split()

    def mark(name: str, *ranges: tuple[int, int]) -> None:
        with closing(Session.open(shelf.path, name)) as session:
            session.open_article(five[ALPHA])
            session.marking.tag_all([[each] for each in ranges], "PER")

    mark("sam", (0, 1))
    async with shelf.desk() as desk:
        assert counted(desk) == (["Tags", "Claims", "Notes"], ["◐", "in", "progress", *"100"])
    mark("kim", (2, 3), (3, 4))
    mark("noor", (4, 5))
    async with shelf.desk((100, 24), annotator="new") as desk:
        heads = ["tags", "claims", "notes", "Others’", "Team"]
        assert counted(desk) == (heads, ["○", "new", *"0004", "0/3"])
    async with shelf.desk((100, 24)) as desk:
        assert counted(desk) == (heads, ["◐", "in", "progress", *"1003", "0/3"])
        # What is hidden does not count, and with nothing else to see there is no column for it.
        await desk.press("ctrl+o")
        (kim,) = (i for i, row in enumerate(desk.rows()) if " kim " in row)
        (under,) = (i for i, row in enumerate(desk.rows()) if "▸" in row and " sam " in row)
        await desk.press(*["down"] * (kim - under), "space", "escape")
        assert counted(desk)[1][-2] == "1"
        await desk.press("ctrl+o", "m", "escape")
        assert counted(desk) == (["Tags", "Claims", "Notes", "Team"], [*counted(desk)[1]])
        assert counted(desk)[1][3:6] == ["1", "0", "0"]
    async with shelf.desk((80, 24)) as desk:
        # A title can be told from others by its first words.
        assert counted(desk) == (["tags", "Others’", "Team"], ["◐", "in", "progress", *"13", "0/3"])
        (head,) = (row for row in desk.rows() if row.startswith(" Title  "))
        assert head.index("Lang") > 36
    async with shelf.desk((60, 24)) as desk:
        (head,) = (row for row in desk.rows() if row.startswith(" Title  "))
        assert head.split()[-1] == "Yours"


async def test_who_works_on_an_article_is_shown_where_several_do(
    shelf: Shelf, five: dict[str, str]
) -> None:
    async with shelf.desk() as desk:
        assert "Team" not in desk.screen_text(), "who works alone needs no column for it"
    with closing(Session.open(shelf.path, "نور")) as noor:
        noor.open_article(five[ALPHA])
        noor.marking.set_status("done")
    with closing(Session.open(shelf.path, "lead")) as lead:
        people = [assignee(lead, name) for name in ("نور", "sam", "new one")]
        assign(lead, [lead.library.articles.read(five[ALPHA])], people)
    async with shelf.desk(size=(130, 24)) as desk:
        (row,) = (row for row in desk.rows() if "@1/3" in row)
        assert "Assigned to" in desk.screen_text() and "@sam" in row and ALPHA[:8] in row
        # What is assigned comes first.
        await desk.press("W", "P")
        text = "\n".join(" ".join(row.split()) for row in desk.rows())
        assert "People ﺭﻮﻧ: done, assigned" in text, text
        assert "new one: not begun, assigned" in text
        assert "sam: not begun, assigned" in text
        assert "@ﺭﻮﻧ" in text or "ﺭﻮﻧ@" in text
        # Saving what is as it was changes nothing, and a name that is typed becomes its id.
        await desk.press("enter")
        await desk.press("P", "tab", *["down"] * 5, "end", "type:, @sam", "enter")
    with Library(shelf.path) as library:
        ids = {who.name: who.id for who in library.people.all()}
        assert tag_of(ids["نور"]) in library.articles.read(five[ALPHA]).tags
    async with shelf.desk(size=(60, 20)) as desk:
        assert "@1/3" in desk.screen_text()
