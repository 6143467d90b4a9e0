"""Reading by keys: text alone, width, spacing, direction, leaping, counts, back and forward."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotation.model import Mention
from reader.user.state import State
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

LONG = "\n".join(
    f"Paragraph {number} has some words in it that go on until the row is full and longer."
    for number in range(60)
)


def text_of(desk: Desk) -> list[str]:
    """The rows of the screen without the scroll bar."""
    return [row[:-1].strip() for row in desk.rows()]


async def test_zen_shows_nothing_but_the_text_and_keys_do_what_they_did(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("1")
        before = text_of(desk)[:20]
        await desk.press("Z")
        rows = text_of(desk)
        assert rows[:20] == before
        assert not any(hint in desk.screen_text() for hint in ("· word", "1 PER", "entity"))
        assert "Paragraph 10" in rows[20] and "Paragraph 11" in rows[22]
        await desk.press("w", "3")
        assert "tag LOC “0”" in desk.rows()[23]
        await desk.press("w", "w")
        assert "tag LOC" not in desk.screen_text()
        await desk.press("/", "type:some", "enter", "enter")
        assert "Entity of “some”" in desk.screen_text()
        await desk.press("escape", "c")
        assert "New claim" in desk.screen_text() and "· word" in desk.screen_text()
        await desk.press("escape")
        assert "· word" not in desk.screen_text()
        await desk.press("escape")
        assert "· word" in desk.screen_text()
        assert "PER  2 ORG" in desk.screen_text()
        await desk.press("Z", "Z")
        assert "· word" in desk.screen_text()
    kinds = {mention.type for mention in shelf.session(article).annotations.all(Mention)}
    assert kinds == {"PER", "LOC"}


async def test_zen_lasts_to_the_next_article_and_ends_with_the_inspector(shelf: Shelf) -> None:
    first, _ = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk((160, 45), article=first) as desk:
        await desk.press("1")
        assert "Entities" in desk.screen_text()
        await desk.press("Z")
        assert "Entities" not in desk.screen_text()
        await desk.press("W")
        assert "· word" not in desk.screen_text()
        await desk.press("B", "tab")
        assert "Entities" in desk.screen_text() and "· word" in desk.screen_text()


async def test_a_hit_is_not_hidden_by_the_line_that_it_is_typed_in(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("Z", "/", "type:Paragraph 11")
        row = next(y for y, row in enumerate(desk.rows()) if "Paragraph 11" in row)
        assert row < 20


async def test_rows_get_shorter_and_longer_and_stay_so(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(LONG)
    folder = tmp_path / "state"
    async with shelf.desk(article=article, state=State(folder)) as desk:
        assert "Rows of 70 columns" not in desk.screen_text()
        await desk.press("[")
        assert "Rows of 70 columns" in desk.screen_text()
        for _ in range(9):
            await desk.press("[")
        assert "as short as can be: 30" in desk.screen_text()
        shown = desk.rows()[:15]
        assert text_of(desk)[:3] == [
            "Paragraph 0 has some words in",
            "it that go on until the row is",
            "full and longer.",
        ]
    async with shelf.desk(article=article, state=State(folder)) as desk:
        assert desk.rows()[:15] == shown
        for _ in range(9):
            await desk.press("]")
        assert "Rows of 73 columns" in desk.screen_text()
        await desk.press("]")
        assert "as long as the terminal has room for: 73" in desk.screen_text()


async def test_in_a_wide_terminal_the_inspector_makes_room(shelf: Shelf) -> None:
    (article,) = shelf.add(" ".join(LONG.split()))
    async with shelf.desk((160, 45), article=article) as desk:
        for width in range(85, 120, 5):
            await desk.press("]")
            assert f"Rows of {width} columns" in desk.screen_text()
            await desk.pilot.pause()
            assert desk.app.screen.view.frame.text_width == width  # type: ignore[attr-defined]
        await desk.press("]", "]")
        assert "as long as the terminal has room for: 119" in desk.screen_text()
        assert "Nothing marked here" in desk.screen_text()


async def test_rows_can_stand_apart(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        close = text_of(desk)[:10]
        await desk.press("|")
        assert text_of(desk)[:20:2] == close and not any(
            row[:70].strip() for row in desk.rows()[1:20:2]
        )
        await desk.press("j", "j", "|")
        assert text_of(desk)[:10] == close


async def test_the_rest_is_dimmed_and_that_is_remembered(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ENGLISH)
    folder = tmp_path / "state"
    for key in ("*", ""):
        async with shelf.desk(article=article, state=State(folder)) as desk:
            await desk.press(*key)
            assert desk.app.screen.view.dims  # type: ignore[attr-defined]


async def test_a_paragraph_is_turned_and_that_is_remembered(shelf: Shelf, tmp_path: Path) -> None:
    (article,) = shelf.add(ARABIC)
    folder = tmp_path / "state"
    async with shelf.desk(article=article, state=State(folder)) as desk:
        right, other = desk.rows()[0], desk.rows()[2:6]
        await desk.press("R")
        assert "Direction of the paragraph: right to left." in desk.screen_text()
        assert "· ¶ right to left ·" in desk.screen_text()
        await desk.press("R")
        assert "· ¶ left to right ·" in desk.screen_text()
        turned = desk.rows()[0]
        assert turned.split() == right.split()
        assert len(turned) - len(turned.lstrip()) < 3 < len(right) - len(right.lstrip())
        assert desk.rows()[2:6] == other
        await desk.press("}")
        assert "¶" not in desk.screen_text()
    async with shelf.desk(article=article, state=State(folder)) as desk:
        assert desk.rows()[0] == turned
        await desk.press("g", "R")
        assert "its own, right to left." in desk.screen_text()
        assert desk.rows()[0] == right
    async with shelf.desk(article=article, state=State(folder)) as desk:
        assert desk.rows()[0] == right


def tag(shelf: Shelf, article: str, *ranges: tuple[int, int]) -> None:
    session = shelf.session(article)
    for each in ranges:
        session.marking.tag([each], "PER")
    session.close()


async def test_letters_at_annotations_take_one_there(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    anna, karim = ENGLISH.index("Anna Berg"), ENGLISH.index("Karim Haddad")
    tag(shelf, article, (anna, anna + 9), (anna, anna + 4), (karim, karim + 12))
    async with shelf.desk(article=article) as desk:
        plain = desk.rows()[:10]
        await desk.press("L")
        rows = desk.rows()
        at = plain[2].index("Anna")
        assert rows[2] == plain[2][:at] + "ansa" + plain[2][at + 4 :]
        assert rows[3] == plain[3].replace("Karim", "darim")
        assert "Leap: type the letters" in desk.screen_text()
        assert [len(row) for row in rows[:10]] == [len(row) for row in plain]
        await desk.press("d")
        assert "“Karim Haddad”" in desk.screen_text()
        assert desk.rows()[:10] == plain
        await desk.press("L", "s")
        assert "“Anna”" in desk.screen_text()
        await desk.press("L", "w")
        assert "“Anna”" in desk.screen_text() and "Leap" not in desk.screen_text()
        await desk.press("L", "escape", "w")
        assert "“Berg”" in desk.screen_text()
        await desk.press("L", "ش")
        assert "“Anna Berg”" in desk.screen_text()
        await desk.press("B")
        assert "“Berg”" in desk.screen_text()


async def test_many_annotations_are_all_reached_with_two_letters(shelf: Shelf) -> None:
    text = " ".join(f"w{number:02}" for number in range(60))
    (article,) = shelf.add(text)
    ranges = [(4 * number, 4 * number + 3) for number in range(60)]
    tag(shelf, article, *ranges, *[(start, 4 * 59 + 3) for start, _ in ranges[:10]])
    from reader.tui.leap import leap_labels

    labels = leap_labels(70)
    async with shelf.desk(article=article) as desk:
        chosen = set()
        for label in labels:
            await desk.press("L", *label)
            chosen.add(desk.app.screen.view.selection.ranges)  # type: ignore[attr-defined]
        assert len(chosen) == 70
        await desk.press("L", "x")
        shown = desk.rows()[:4]
        assert "Leap" in desk.screen_text()
        assert sum(row.count("w") for row in shown) >= 45


async def test_without_annotations_there_is_nowhere_to_leap_to(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("L")
        assert "Nothing on the screen is marked." in desk.screen_text()
        await desk.press("w")
        assert "“denies”" in desk.screen_text()


async def test_a_count_repeats_the_next_motion(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("#", "1")
        assert "Count: 1, now a motion" in desk.screen_text()
        await desk.press("2", "w")
        assert "“row”" in desk.screen_text()
        await desk.press("#", "3", "f")
        assert "“row is full and”" in desk.screen_text()
        await desk.press("#", "٢", "ص")  # 2 and w on an Arabic keyboard
        assert "“Paragraph”" in desk.screen_text()
        await desk.press("#", "9", "9", "9", "9", "9", "9", "9", "9", "9")
        assert "Count: 999 (the most), now a motion" in desk.screen_text()
        await desk.press("}")
        assert "“Paragraph 59 has" in desk.screen_text()
        await desk.press("#", "5", "escape", "b")
        assert "“59”" not in desk.screen_text()
        before = desk.rows()[20]
        await desk.press("#", "5", "Q")
        assert "A count goes before a motion" in desk.screen_text()
        assert desk.rows()[20] == before
        await desk.press("#", "1", "2", "backspace")
        assert "Count: 1, now a motion" in desk.screen_text()
        await desk.press("b", "#", "9", "n")
        assert "Nothing is marked after this place." in desk.screen_text()
        await desk.press("w")
        assert "Nothing is marked" not in desk.screen_text()


async def test_letters_in_zen_are_not_hidden_by_a_notice(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    last = LONG.index("Paragraph 11") + len("Paragraph 11 has some words in it that go on until ")
    tag(shelf, article, (last, last + 3))
    async with shelf.desk(article=article) as desk:
        await desk.press("Z")
        row = next(y for y, row in enumerate(desk.rows()) if "until the row" in row and y > 21)
        await desk.press("L")
        assert "until ahe row" in desk.rows()[row]
        assert "Leap" not in desk.screen_text()


async def test_a_count_is_shown_in_zen_too(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("Z", "#", "4")
        assert "Count: 4, now a motion" in desk.rows()[-1]
        await desk.press("w")
        assert "Count" not in desk.screen_text()


async def test_back_and_forward_over_jumps_and_articles(shelf: Shelf) -> None:
    first, _ = shelf.add(LONG, ENGLISH)
    async with shelf.desk(article=first) as desk:
        await desk.press("B")
        assert "You have not jumped from anywhere yet." in desk.screen_text()
        await desk.press("w", "/", "type:Paragraph 40", "enter")
        there = desk.rows()
        assert "“Paragraph 40”" in desk.screen_text()
        await desk.press("G", "W")
        assert "“Minister”" in desk.screen_text()
        await desk.press("w", "B")
        assert "“longer”" in desk.screen_text()
        await desk.press("B")
        assert desk.rows()[:20] == there[:20] and "“Paragraph 40”" in desk.screen_text()
        await desk.press("B")
        assert "“0”" in desk.screen_text()
        await desk.press("B")
        assert "You have not jumped" in desk.screen_text()
        await desk.press('"', '"', '"')
        assert "“denies”" in desk.screen_text()
        await desk.press('"')
        assert "Only after B" in desk.screen_text()
        await desk.press("escape", "enter", "B")
        assert "“longer”" in desk.screen_text()
        await desk.press("escape", "B")
        assert "“longer”" in desk.screen_text()
        await desk.press("tab", "B")
        assert "“longer”" not in desk.screen_text()


async def test_undo_elsewhere_is_a_jump(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("1", "#", "9", "9", "w")
        assert "“full”" in desk.screen_text()
        await desk.press("u")
        assert "“Paragraph”" in desk.screen_text()
        await desk.press("B")
        assert "“full”" in desk.screen_text()


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (40, 10)])
async def test_what_keys_are_for_fits_the_screen(shelf: Shelf, size: tuple[int, int]) -> None:
    (article,) = shelf.add(ENGLISH)
    tag(shelf, article, (0, 8))
    async with shelf.desk(size, article) as desk:
        for keys in (("L",), ("escape", "#", "1"), ("escape", "R")):
            await desk.press(*keys)
            assert all(len(row) == size[0] for row in desk.rows())


async def test_a_claim_stays_in_sight_above_its_form(shelf: Shelf) -> None:
    (article,) = shelf.add(LONG)
    async with shelf.desk(article=article) as desk:
        await desk.press("}", "}", "}", "}", "}", "}", "c")
        assert any("Paragraph 6" in row for row in desk.rows()[:12])
        assert "1 PER" not in desk.screen_text()  # digits tag nothing here
        assert "Source is" in desk.screen_text()
        await desk.press("escape")
        assert "1 PER" in desk.screen_text()


async def test_a_narrow_terminal_quotes_what_is_selected(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk((40, 12), article) as desk:
        await desk.press("v", "w")
        assert any("“Minis" in row and "0–8, 9–15" in row for row in desk.rows())
        await desk.press("V")
        assert any("“denies”" in row and "9–15" in row for row in desk.rows())
