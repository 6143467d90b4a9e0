"""The statistics on the screen: what the bars say, where they lead, and the way back."""

from __future__ import annotations

import pytest

from reader.annotation.claim_marking import ClaimForm
from reader.tui.screens.board import BoardScreen
from reader.tui.screens.entities import EntitiesScreen
from reader.tui.screens.entity_sheet import EntityScreen
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.statistics import StatisticsScreen
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf


def fill(shelf: Shelf) -> tuple[str, str]:
    """Anna Berg three times in two languages, Karim once in Arabic; two claims of hers."""
    english, arabic = shelf.add(ENGLISH, ARABIC)
    session = shelf.session(english)
    first = ENGLISH.index("Anna")
    anna = session.marking.create_entity(
        "Anna Berg", "PER", session.marking.tag([(first, first + 9)], "PER")
    )
    second = ENGLISH.rindex("Anna")
    session.marking.tag([(second, second + 9)], "PER", anna.id)
    day = ENGLISH.index("Monday")
    session.marking.tag([(day, day + 6)], "DATE")
    paid = ENGLISH.index("no money was paid")
    form = ClaimForm(statement="Money flowed.", claimant=anna.id, polarity="refute")
    session.marking.mark_claim([(paid, paid + 17)], form)
    session.open_article(arabic)
    name = ARABIC.index("آنا بيرغ")
    session.marking.tag([(name, name + 8)], "PER", anna.id)
    name = ARABIC.index("كريم حداد")
    karim = session.marking.tag([(name, name + 9)], "PER")
    session.marking.create_entity("كريم حداد", "PER", karim)
    wrong = ARABIC.index("التقرير غير صحيح")
    form = ClaimForm(statement="التقرير غير صحيح.", claimant=anna.id)
    session.marking.mark_claim([(wrong, wrong + 16)], form)
    session.close()
    return english, arabic


def screen_of(desk: Desk) -> StatisticsScreen:
    assert isinstance(desk.app.screen, StatisticsScreen), desk.screen_text()
    return desk.app.screen


async def go_to(desk: Desk, kind: str, name: str = "") -> None:
    """Put the cursor on a bar."""
    screen = screen_of(desk)
    places = [
        i
        for i, line in enumerate(screen.lines)
        if line.bar is not None and line.bar.kind == kind and name in line.bar.name
    ]
    screen.rows.move_to(places[0])
    await desk.pilot.pause()


def row_with(desk: Desk, words: str) -> str:
    return next(row for row in desk.rows() if words in row)


async def test_bars_counts_and_shares_worked_out_by_hand(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk(size=(80, 60)) as desk:
        await desk.press("S")
        await desk.until(lambda: screen_of(desk).census.whole)
        await desk.pilot.pause()
        head, shown, *_ = desk.rows()
        assert head.strip() == "2 articles · 5 mentions · 2 claims · 2 claim mentions"
        assert shown.strip() == "all articles"
        # Two sentences in each body: the first of each has a name; the English claim stands in
        # the first, the Arabic one in the second, with a name.
        assert "Of 4 sentences of the bodies" in desk.screen_text()
        assert row_with(desk, "with a mention").split()[-2:] == ["4", "100%"]
        assert row_with(desk, "with a claim").split()[-3:] == ["████████", "2", "50%"]
        assert row_with(desk, " DATE ").split() == ["DATE", "████", "1"]
        assert row_with(desk, " PER     ").split() == ["PER", "█" * 16, "4"]
        assert "Entities by mentions (0 not linked, 1 value)" in desk.screen_text()
        assert row_with(desk, "3 2 art. 2 lang.").split()[:3] == ["Anna", "Berg", "█" * 16]
        # The Arabic name stands at the right of its column, next to its bar, in visual order.
        karim = row_with(desk, "1 art. 1 lang.  PER")
        assert karim.index("ﺩﺍﺪﺣ ﻢﻳﺮﻛ") + len("ﺩﺍﺪﺣ ﻢﻳﺮﻛ") + 1 == karim.index("█")
        assert row_with(desk, "2 art. 2 lang.  PER  2×").split()[:2] == ["Anna", "Berg"]


async def test_rows_lead_to_what_they_count_and_one_key_leads_back(shelf: Shelf) -> None:
    _, arabic = fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("S")
        for kind, name, screen in (
            ("entity", "Anna", EntityScreen),
            ("claimant", "Anna", BoardScreen),
            ("type", "PER", EntitiesScreen),
            ("polarity", "refute", BoardScreen),
        ):
            await go_to(desk, kind, name)
            await desk.press("enter")
            assert isinstance(desk.app.screen, screen), kind
            if kind == "polarity":
                assert "1 of 2 shown: polarity refute" in desk.screen_text()
            await desk.press("escape")
            bar = screen_of(desk).current
            assert bar is not None and (bar.kind, name in bar.name) == (kind, True)
        await go_to(desk, "type", "DATE")
        await desk.press("enter")
        assert "they are values and need none" in desk.screen_text()
        await go_to(desk, "article", "الوزيرة")
        await desk.press("enter")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert desk.app.screen.article.id == arabic
        await desk.press("B")
        bar = screen_of(desk).current
        assert bar is not None and bar.key == arabic
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, LibraryScreen)
        # What the board and the list of entities show is what it was before.
        await desk.press("O")
        assert "sorted by mentions" in desk.rows()[1] and "of 2 shown" not in desk.rows()[1]


async def test_it_is_narrowed_to_an_article_a_language_an_annotator(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk(annotator="kim") as desk:
        await desk.press("enter", "ctrl+g")
        assert "only “Minister denies the report”" in desk.rows()[1]
        assert desk.rows()[0].strip() == "1 article · 3 mentions · 1 claim · 1 claim mention"
        await desk.press("a")
        assert desk.rows()[1].strip() == "all articles"
        await desk.press("l", "2")
        assert desk.rows()[1].strip().startswith("language ")
        assert desk.rows()[0].strip().startswith("1 article · ")
        await desk.press("l", "a", "b", "2")
        assert "marked by sam" in desk.rows()[1]
        assert "5 mentions" in desk.rows()[0]
        await desk.press("escape")
        assert "only “Minister denies the report”" in desk.rows()[1]
        await go_to(desk, "language")
        await desk.press("enter")
        assert "language en" in desk.rows()[1]
        await go_to(desk, "claimant")
        await desk.press("enter")
        assert "what all annotators marked in all articles" in " ".join(desk.screen_text().split())
        assert "claimant Anna Berg, language en" in desk.rows()[1].replace("\u2068", "")
        await desk.press("escape")
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, ReadingScreen)


async def test_it_counts_anew_when_annotations_change(shelf: Shelf) -> None:
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("enter", "ctrl+g", "escape", "3", "ctrl+g")
        await desk.until(lambda: "4 mentions" in desk.rows()[0])
        await go_to(desk, "entity", "Anna")
        await desk.press("u")
        await desk.until(lambda: "3 mentions" in desk.rows()[0])
        bar = screen_of(desk).current
        assert bar is not None and bar.name == "Anna Berg"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_it_fits_any_size_and_long_charts_unfold(shelf: Shelf, size: tuple[int, int]) -> None:
    (english,) = shelf.add(ENGLISH)
    session = shelf.session(english)
    for number in range(13):
        start = 30 + 3 * number
        mention = session.marking.tag([(start, start + 2)], "PER")
        session.marking.create_entity(f"عنوان {number}", "PER", mention)
    session.close()
    async with shelf.desk(size=size) as desk:
        await desk.press("S", "tab", "tab", "tab", "tab")
        bar = screen_of(desk).current
        assert bar is not None and bar.kind == "entity"
        rows = desk.rows()
        assert {len(row) for row in rows} == {size[0]}
        drawn = [row for row in rows if "ﻥﺍﻮﻨﻋ" in row]
        # Names end where their bars begin, whatever stands in them.
        assert len({row.index("█") for row in drawn}) == 1
        assert all(row[row.index("█") - 2] != " " for row in drawn)
        await desk.press(*["down"] * 10)
        assert "▸… 3 more" in desk.screen_text()
        await desk.press("enter")
        assert "… 3 more" not in desk.screen_text()
        await desk.press("p", "n", *["down"] * 13)
        assert "▸… fewer" in desk.screen_text()
        await desk.press("enter")
        assert len([line for line in screen_of(desk).lines if line.key[0] == "entity"]) == 12


async def test_an_empty_library_has_nothing_to_count(shelf: Shelf) -> None:
    async with shelf.desk(size=(40, 12)) as desk:
        await desk.press("S")
        assert "There is nothing to count" in desk.screen_text()
        await desk.press("enter", "tab", "a", "p", "down", "escape")
        assert isinstance(desk.app.screen, LibraryScreen)


async def test_without_colour_the_cursor_shows_by_its_sign(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    fill(shelf)
    async with shelf.desk() as desk:
        await desk.press("S", "tab")
        assert row_with(desk, "▸PER").split()[:2] == ["▸PER", "█" * 16]
