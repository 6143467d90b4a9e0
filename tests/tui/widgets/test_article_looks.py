"""Width, spacing, direction, dimming, repeated motions and signs of the reading view."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Record
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.row_signs import Sign
from tests.tui.widgets.support import ViewApp, article, claim, mention
from tests.tui.widgets.test_article_view import SEED, Recorded, all_rows, text_rows


def row_of_selection(app: ViewApp) -> int:
    """The line of the screen that the selection begins in."""
    view = app.view
    return next(y for y in range(view.size.height) if view.place_at(y) == view._rows.place(at(app)))


def at(app: ViewApp) -> int:
    return app.view.selection.start


async def test_the_row_of_the_selection_stays_in_place_when_the_width_changes() -> None:
    app = ViewApp(article(SEED))
    async with app.run_test(size=(100, 20)) as pilot:
        view = app.view
        word = SEED.index("أوكزكوفسكي وجود")
        view.select(word, word + 10, centre=True)
        await pilot.pause()
        line = row_of_selection(app)
        for width in (75, 40, 30, 55, 80):
            view.set_look(width, 0, word)
            await pilot.pause()
            assert row_of_selection(app) == line
            assert view.frame.text_width == width
            shown = [row.strip() for row in text_rows(app)]
            every = [row.strip() for row in all_rows(SEED, width)]
            assert any(every[i : i + 20] == shown for i in range(len(every)))


async def test_blank_rows_stand_between_rows_of_text() -> None:
    app = ViewApp(article(SEED))
    async with app.run_test(size=(80, 15)) as pilot:
        view = app.view
        view.set_look(70, 1, 0)
        await pilot.pause()
        rows = all_rows(SEED, 70)
        assert text_rows(app) == [row for text in rows[:8] for row in (text, "")][:15]
        view.move_article_edge(1)
        await pilot.pause()
        assert text_rows(app)[::2] == rows[-8:]
        assert not any(text_rows(app)[1::2])
        assert view.scroll_offset.y == view.max_scroll_y
        for top in range(len(rows) - 9, len(rows) - 60, -1):
            view.scroll_rows(-1)
            assert text_rows(app)[::2] == rows[top : top + 8]


async def test_mouse_and_wheel_mind_the_blank_rows() -> None:
    text = "\n".join(f"row {number} with words" for number in range(40))
    app = ViewApp(article(text, "ltr"))
    async with app.run_test(size=(60, 10)) as pilot:
        view = app.view
        view.set_look(50, 1, 0)
        await pilot.pause()
        column = view.frame.text
        await pilot.click(offset=(column + 4, 4))
        assert app.selected() == "2" and at(app) == text.index("row 2") + 4
        await pilot.click(offset=(column, 7))  # the blank row below row 3
        assert at(app) == text.index("row 3")
        from textual import events

        def wheel(kind: type[events.MouseScrollDown | events.MouseScrollUp]) -> None:
            view.post_message(kind(view, 5, 5, 0, 0, 0, False, False, False))

        wheel(events.MouseScrollDown)
        await pilot.pause()
        assert text_rows(app)[0] == "row 2 with words"
        wheel(events.MouseScrollUp)
        await pilot.pause()
        assert text_rows(app)[0] == "row 0 with words"


async def test_only_rows_whose_look_changes_are_drawn_again_with_blank_rows_too() -> None:
    app = ViewApp(article(SEED))
    app.view = view = Recorded()
    async with app.run_test(size=(80, 24)) as pilot:
        view.set_look(70, 1, 0)
        await pilot.pause()
        app.rows()
        view.again.clear()
        view.move_row(1)
        assert view.again == [0, 2]


async def test_a_paragraph_can_be_turned_by_itself() -> None:
    text = "قال Donald\nقال أمس"
    app = ViewApp(article(text))
    async with app.run_test(size=(40, 4)) as pilot:
        view = app.view
        before = text_rows(app)
        assert before[0].endswith("Donald ﻝﺎﻗ") and before[0].startswith(" ")
        view.set_bases({0: 0})
        await pilot.pause()
        assert text_rows(app)[0] == "ﻝﺎﻗ Donald"
        assert text_rows(app)[1] == before[1]
        assert (view.base_of(3), view.base_of(12)) == (0, 1)
        view.set_bases({0: None})
        assert text_rows(app) == before


async def test_a_paragraph_of_several_chunks_is_turned_whole() -> None:
    text = "كلمة " * 15000 + "\nسطر"
    app = ViewApp(article(text))
    async with app.run_test(size=(60, 5)):
        view = app.view
        last = len(text) - 5
        head = view.head_of(last - 4)
        assert (head, view.base_of(70000)) == (0, 1)
        view.set_bases({head: 0})
        assert view.base_of(70000) == 0 and view.base_of(len(text) - 1) == 1


async def test_all_but_the_sentence_of_the_selection_is_dimmed() -> None:
    text = "One here. Two there. Three beyond."
    app = ViewApp(article(text, "ltr"), [mention(text, "PER", (25, 30))])
    app.view = view = Recorded()
    async with app.run_test(size=(60, 4)) as pilot:
        x = view.frame.text
        plain, tagged = app.style_of(0, x + 12), app.style_of(0, x + 26)
        row = app.rows()[0]
        view.dims = True
        assert app.rows()[0] == row
        assert app.style_of(0, x + 5) == plain
        assert app.style_of(0, x + 12).color != plain.color
        aside = app.style_of(0, x + 26)
        assert aside.bgcolor not in (tagged.bgcolor, plain.bgcolor)
        await pilot.pause()
        view.again.clear()
        view.move_unit("word", 1)
        assert view.again == [0]
        view.move_unit("sentence", 1)
        assert app.style_of(0, x + 5).color != plain.color
        view.move_unit("sentence", 1)
        assert app.style_of(0, x + 5).color != plain.color
        view.dims = False
        assert app.style_of(0, x + 5) == plain


async def test_dimming_draws_only_the_rows_of_two_sentences_again() -> None:
    app = ViewApp(article(SEED))
    app.view = view = Recorded()
    async with app.run_test(size=(80, 24)) as pilot:
        view.dims = True
        start = SEED.index("كشفت")
        view.select(start, start + 4)
        await pilot.pause()
        app.rows()
        view.again.clear()
        view.move_unit("word", 1)
        assert len(set(view.again)) == 1
        view.again.clear()
        view.move_unit("sentence", 1)
        assert 1 < len(set(view.again)) < 12


async def test_without_colours_what_is_put_aside_is_dim() -> None:
    text = "One here. Two there."
    app = ViewApp(article(text, "ltr"))
    app.no_color = True
    async with app.run_test(size=(60, 4)):
        app.view.dims = True
        assert app.style_of(0, app.view.frame.text + 12).dim
        assert not app.style_of(0, app.view.frame.text + 5).dim


@pytest.mark.parametrize("times", [1, 3, 999])
async def test_a_repeated_motion_is_that_motion_several_times(times: int) -> None:
    one, other = ViewApp(article(SEED)), ViewApp(article(SEED))
    async with one.run_test(size=(80, 24)), other.run_test(size=(80, 24)) as pilot:
        motions: tuple[Callable[[ArticleView], None], ...] = (
            lambda view: view.move_unit("word", 1),
            lambda view: view.move_row(1),
            lambda view: view.move_row(-1),
            lambda view: view.grow("end", "word", 1),
            lambda view: view.move_visual(-1),
            lambda view: view.move_unit("paragraph", -1),
        )
        for motion in motions:
            one.view.repeat(motion, times)
            for _ in range(times):
                motion(other.view)
            assert one.view.selection == other.view.selection
            assert one.view.position() == other.view.position()
        await pilot.pause()
        assert len(one.selections) <= len(motions) + 1


async def test_repeating_goes_through_annotations_over_the_same_words() -> None:
    text = "aa bb cc"
    records: list[Record] = [mention(text, kind, (3, 5)) for kind in ("PER", "ORG", "LOC")]
    app = ViewApp(article(text, "ltr"), [*records, claim(text, (6, 8))])
    async with app.run_test(size=(40, 4)):
        app.view.repeat(lambda view: view.next_annotation(1), 4)
        assert app.selected() == "cc"


async def test_signs_cover_cells_and_move_none() -> None:
    text = "قال دونالد ترامب أمس"
    app = ViewApp(article(text), [mention(text, "PER", (4, 16))])
    async with app.run_test(size=(40, 4)):
        view = app.view
        (span,) = view.spans_shown()
        before = view.render_line(0)
        view.show_signs({span.place: [Sign(span.column - 1, "as")]})
        after = view.render_line(0)
        assert after.cell_length == before.cell_length == view.size.width - 1
        assert span.rtl and before.text.replace("ﺪﻟﺎﻧﻭﺩ", "ﺪﻟﺎﻧas") == after.text
        view.show_signs({})
        assert view.render_line(0) == before


async def test_a_sign_over_half_of_a_wide_cell_leaves_the_rest_in_place() -> None:
    text = "日本語 and more"
    app = ViewApp(article(text, "ltr"), [mention(text, "LOC", (1, 3))])
    async with app.run_test(size=(40, 4)):
        view = app.view
        (span,) = view.spans_shown()
        before = view.render_line(0).text
        view.show_signs({span.place: [Sign(span.column, "a")]})
        assert view.render_line(0).text == before.replace("本語", "a 語")


async def test_every_span_on_the_screen_is_found_once_where_it_is_read_first() -> None:
    text = "one two three\n" + "four " * 30 + "\nfar away"
    records: list[Record] = [
        mention(text, "PER", (4, 7)),
        mention(text, "ORG", (4, 7), id="same"),
        claim(text, (0, 20)),
        claim(text, (4, 13), (20, 30)),
        mention(text, "LOC", (len(text) - 4, len(text))),
    ]
    app = ViewApp(article(text, "ltr"), records)
    async with app.run_test(size=(60, 3)):
        view = app.view
        found = [(span.fragments, tuple(span.place)) for span in view.spans_shown()]
        assert found == [
            (((0, 20),), (0, 0)),
            (((4, 13), (20, 30)), (0, 0)),
            (((4, 7),), (0, 0)),
        ]
        view.scroll_rows(1)
        assert [span.fragments[0] for span in view.spans_shown()] == [(0, 20), (4, 13)]


async def test_what_is_asked_for_before_there_is_a_size_is_shown_then() -> None:
    word = SEED.index("1999")
    app = ViewApp(article(SEED))
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.remove()
        app.view = ArticleView()
        app.view.show(app.article, AnnotationSet(), DEFAULT_SCHEMA, app.sentences)
        app.view.select(word, word + 4, centre=True)
        await app.mount(app.view)
        await pilot.pause()
        assert row_of_selection(app) == 5
        assert app.selected() == "1999"
