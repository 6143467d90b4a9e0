"""The reading view in a running app: rows, styles, motions, mouse, and what is drawn again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.scrollbar import ScrollTo

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Record
from reader.corpus.article import RoleRange
from reader.text.directions import paragraph_base
from reader.text.layout import layout_paragraph
from reader.text.paragraphs import paragraphs
from reader.text.selection import Selection
from reader.tui.themes import LIGHT
from reader.tui.widgets.article_view import ArticleView, Step
from tests.tui.widgets.support import ViewApp, article, claim, mention, note

SEED = (Path(__file__).parents[3] / "seeds" / "002_70828c8592e70463.txt").read_text("utf-8")
# A clitic, a lam-alef, brackets, digits, Latin: "and-by-the-reform (iOS 12) for Trump".
HARD = "وبالإصلاح (iOS 12) لترامب، قال كَلام لا"


def all_rows(text: str, width: int) -> list[str]:
    """The rows of an Arabic article, laid out all at once."""
    rows = []
    for start, end, _ in paragraphs(text):
        part = text[start:end]
        for line in layout_paragraph(part, width, paragraph_base(part, True)).lines:
            rows.append(" " * line.indent + "".join(cell.text for cell in line.cells))
    return [row.rstrip() for row in rows]


def text_rows(app: ViewApp) -> list[str]:
    """The rows of the screen without their margin, which stands on the right here."""
    frame = app.view.frame
    texts = [app.view.render_line(y).text for y in range(app.view.size.height)]
    # Marks take no column, so the margin is cut off from the right.
    cut = frame.width - frame.text - frame.text_width
    return [text[frame.text : len(text) - cut].rstrip() for text in texts]


class Recorded(ArticleView):
    """Remembers which rows of the screen were asked to be drawn again."""

    def __init__(self) -> None:
        super().__init__()
        self.again: list[int] = []

    def refresh_row(self, index: int) -> None:
        self.again.append(index)
        super().refresh_row(index)


async def test_a_highlight_changes_no_glyph() -> None:
    spans = [(start, end) for start in range(len(HARD)) for end in (start + 1, len(HARD))]
    app = ViewApp(article(HARD))
    async with app.run_test(size=(60, 4)) as pilot:
        await pilot.pause()
        plain = text_rows(app)
        assert plain == (all_rows(HARD, app.view.frame.text_width) + [""] * 4)[:4]
        for start, end in spans:
            app.view.update_annotations(
                AnnotationSet.of([mention(HARD, "PER", (start, end)), claim(HARD, (0, end))])
            )
            app.view.select(start, end)
            assert text_rows(app) == plain


async def test_a_mention_has_a_letter_beside_its_row_and_a_background_in_it() -> None:
    at = SEED.index("دونالد ترامب")
    tagged = mention(SEED, "PER", (at, at + 12))
    app = ViewApp(article(SEED), [tagged, claim(SEED, (at - 7, at + 90)), note(tagged)])
    async with app.run_test(size=(80, 24)):
        view = app.view
        labels = [view.render_line(y).text[-6:].strip() for y in range(24)]
        assert labels[7] == "*Pc"  # read from the right, as the text is
        assert labels[8] == "c"
        assert not any(label for y, label in enumerate(labels) if y not in (7, 8))
        row = view.render_line(7)
        found = row.text.index("ﺪﻟﺎﻧﻭﺩ")
        inside, outside = app.style_of(7, found + 2), app.style_of(7, found - 20)
        assert inside.bgcolor != app.style_of(0, 0).bgcolor
        assert outside.bgcolor == app.style_of(0, 0).bgcolor
        first = app.style_of(7, found + 5)  # the letter the mention begins with
        assert first.bold and not inside.bold


@pytest.mark.parametrize("theme", ["reader-dark", LIGHT])
async def test_titles_are_bold_and_boilerplate_is_dim(theme: str) -> None:
    text = "Headline\nbody\nComments"
    roles = (RoleRange(0, 8, "title"), RoleRange(9, 13, "body"), RoleRange(14, 22, "boilerplate"))
    app = ViewApp(article(text, "ltr", roles), theme=theme)
    async with app.run_test(size=(40, 5)):
        app.view.move_unit("paragraph", 1)
        column = app.view.frame.text
        assert app.style_of(0, column).bold
        assert app.style_of(2, column).color != app.style_of(0, column).color


async def test_without_colours_the_selection_is_reversed_and_a_mention_bold() -> None:
    text = "one two three"
    app = ViewApp(article(text, "ltr"), [mention(text, "PER", (4, 7))])
    app.no_color = True
    async with app.run_test(size=(40, 5)):
        x = app.view.frame.text
        assert app.style_of(0, x).reverse
        assert app.style_of(0, x + 5).bold and not app.style_of(0, x + 5).reverse
        assert app.style_of(0, x + 4).underline
        colours = {segment.style.bgcolor for segment in app.view.render_line(0) if segment.style}
        assert len(colours) == 1


async def test_user_text_is_no_markup_and_its_controls_stay_out() -> None:
    text = "[b]bold[/] \x1b[31mred\x1b[0m \x00 \u200fx [/ and [b c \u202eabc"
    app = ViewApp(article(text, "ltr"))
    async with app.run_test(size=(60, 4)):
        shown = "".join(app.rows())
        assert "[b]bold[/]" in shown and "[/ and [b c" in shown
        assert not re.search("[\x00-\x1f\u200f\u202e]", shown)


async def test_resizing_keeps_the_selection_and_the_place() -> None:
    app = ViewApp(article(SEED))
    async with app.run_test(size=(80, 20)) as pilot:
        view = app.view
        view.go_to(SEED.index("من جانبه نفى"))
        word = SEED.index("أوكزكوفسكي وجود")
        view.select(word, word + 10)
        await pilot.pause()
        place, top = view.position(), text_rows(app)[0]
        for width in (40, 120, 23, 80):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert view.position() == place
            assert view.selection == Selection(word, word + 10)
            assert text_rows(app)[0].split()[-1] == top.split()[-1]
        assert text_rows(app)[0] == top


@pytest.mark.parametrize("size", [(20, 5), (4, 2), (1, 1)])
async def test_a_tiny_terminal_shows_what_it_can(size: tuple[int, int]) -> None:
    app = ViewApp(article(SEED), [mention(SEED, "PER", (0, 7))])
    async with app.run_test(size=size) as pilot:
        app.view.move_page(1)
        app.view.move_row(1)
        await pilot.pause()
        assert all(strip.cell_length <= size[0] for strip in map(app.view.render_line, range(5)))


async def test_scrolling_through_rows_nobody_has_seen_never_jumps() -> None:
    text = SEED * 3
    app = ViewApp(article(text))
    async with app.run_test(size=(50, 12)) as pilot:
        view = app.view
        rows = all_rows(text, view.frame.text_width)
        view.move_article_edge(1)
        await pilot.pause()
        assert text_rows(app) == rows[-12:]
        for top in range(len(rows) - 13, len(rows) - 120, -1):
            view.scroll_rows(-1)
            assert text_rows(app) == rows[top : top + 12]
            assert view.scroll_offset.y + 12 <= view.virtual_size.height
        view.move_article_edge(-1)
        for top in range(1, 120):
            view.scroll_rows(1)
            assert text_rows(app) == rows[top : top + 12]
        view.scroll_to(y=view.max_scroll_y, animate=False)
        await pilot.pause()
        assert text_rows(app) == rows[-12:]
        assert view.scroll_offset.y == view.max_scroll_y


async def test_the_scroll_bar_reaches_the_middle_and_the_end_of_rows_nobody_has_seen() -> None:
    text = "قصير\n" * 200 + ("طويل جدا " * 8 + "\n") * 200
    app = ViewApp(article(text))
    async with app.run_test(size=(50, 12)) as pilot:
        view = app.view
        rows = all_rows(text, view.frame.text_width)
        view.post_message(ScrollTo(y=view.max_scroll_y))
        await pilot.pause()
        assert text_rows(app) == rows[-12:]
        assert view.scroll_offset.y == view.max_scroll_y
        view.post_message(ScrollTo(y=100))
        await pilot.pause()
        assert text_rows(app) == rows[100:112]


async def test_only_rows_whose_look_changes_are_drawn_again() -> None:
    app = ViewApp(article(SEED))
    app.view = view = Recorded()
    async with app.run_test(size=(80, 24)) as pilot:
        view.move_row(1)
        await pilot.pause()
        app.rows()

        async def again() -> list[int]:
            rows, view.again = sorted(set(view.again)), []
            await pilot.pause()
            app.rows()
            return rows

        await again()
        view.move_visual(-1)
        assert await again() == [2]
        view.move_row(1)
        assert await again() == [2, 3]
        at = SEED.index("دونالد ترامب")
        first: list[Record] = [mention(SEED, "PER", (at, at + 12), id="one")]
        view.update_annotations(AnnotationSet.of(first))
        assert await again() == [7]
        more = [*first, claim(SEED, (at, at + 100), id="two"), note(first[0])]
        view.update_annotations(AnnotationSet.of(more))
        assert await again() == [7, 8]
        view.update_annotations(AnnotationSet.of(more))
        assert await again() == []
        view.keep_fragment()
        view.move_visual(-1)
        assert await again() == [3, 5]
        view.select(SEED.index("كشفت"), SEED.index("وأكدت الوكالة"))
        await again()
        view.grow("end", "word", 1)
        assert await again() == [15]


async def test_the_selection_follows_the_motions_and_is_told() -> None:
    text = "قال Donald Trump أمس.\nثم عاد إلى «فيسبوك».\n"
    app = ViewApp(article(text))
    async with app.run_test(size=(60, 6)) as pilot:
        view = app.view
        seen = [app.selected()]
        motions: tuple[Callable[[], object], ...] = (
            lambda: view.move_visual(-1),
            lambda: view.move_unit("word", 1),
            lambda: view.grow("start", "word", 1),
            lambda: view.grow("end", "cluster", -1),
            lambda: view.move_row(1),
            lambda: view.move_row_edge(-1),
            lambda: view.move_row_edge(1),
            lambda: view.widen(),
            lambda: view.narrow(),
            lambda: view.narrow(),
            lambda: view.move_visual(-1),
            lambda: view.move_article_edge(-1),
        )
        for motion in motions:
            motion()
            seen.append(app.selected())
        assert seen == [
            "قال",
            "Trump",
            "أمس",
            "Trump أمس",
            "Trump أم",
            "فيسبوك",
            "ثم",
            "فيسبوك",
            "ثم عاد إلى «فيسبوك».",
            "فيسبوك",
            "ف",
            "ي",
            "ق",
        ]
        await pilot.pause()
        assert app.selections[-1] == view.selection


async def test_fragments_are_kept_until_they_are_dropped() -> None:
    text = "one two three four"
    app = ViewApp(article(text, "ltr"))
    async with app.run_test(size=(60, 6)):
        view = app.view
        view.keep_fragment()
        view.move_unit("word", 1)
        view.move_unit("word", 1)
        assert app.selected() == "one … three"
        kept, plain = app.style_of(0, view.frame.text), app.style_of(0, view.frame.text + 4)
        assert kept.bgcolor != plain.bgcolor and kept.underline
        view.drop_fragments()
        assert app.selected() == "three"


async def test_a_motion_leaves_the_pieces_of_an_annotation_but_takes_pins_along() -> None:
    text = "aa bb cc dd ee"
    app = ViewApp(article(text, "ltr"), [mention(text, "LOC", (3, 5), (12, 14))])
    async with app.run_test(size=(60, 6)):
        view = app.view
        view.next_annotation(1)
        assert (app.selected(), view.pinned) == ("bb … ee", 0)
        view.grow("end", "word", 1)
        assert app.selected() == "bb cc … ee"
        view.move_unit("word", 1)
        assert app.selected() == "dd"
        view.next_annotation(-1)
        view.keep_fragment()
        view.move_visual(1)
        assert (app.selected(), view.pinned) == ("bb … cc … ee", 2)
        view.release_fragments()
        assert (app.selected(), view.pinned) == ("bb … cc … ee", 0)
        view.move_article_edge(-1)
        assert app.selected() == "aa"


async def test_annotations_are_gone_through_in_reading_order() -> None:
    text = "aa bb cc dd ee"
    records: list[Record] = [
        claim(text, (3, 11), id="outer"),
        mention(text, "PER", (3, 5), id="inner"),
        mention(text, "LOC", (6, 8), (12, 14), id="pieces"),
    ]
    app = ViewApp(article(text, "ltr"), records)
    async with app.run_test(size=(60, 6)):
        view = app.view
        found = [view.next_annotation(1) for _ in range(4)]
        assert [each and each.record.id for each in found] == ["outer", "inner", "pieces", None]
        assert app.selected() == "cc … ee"
        assert {each.record.id for each in view.annotations_at_caret()} == {"pieces", "outer"}
        back = [view.next_annotation(-1) for _ in range(3)]
        assert [each and each.record.id for each in back] == ["inner", "outer", None]
        view.move_article_edge(1)
        last = view.next_annotation(-1)
        assert last is not None and last.record.id == "pieces"
        view.select(3, 4)
        outer = view.next_annotation(1)  # it begins where the selection does
        assert outer is not None and outer.record.id == "outer"
        view.select(3, 5)
        pieces = view.next_annotation(1)  # "inner" is selected already
        assert pieces is not None and pieces.record.id == "pieces"
        view.select(3, 5)
        assert {each.record.id for each in view.annotations_at_caret()} == {"inner", "outer"}


async def test_a_click_selects_a_word_and_a_drag_the_logical_interval() -> None:
    text = "قال Donald Trump أمس"
    app = ViewApp(article(text))
    async with app.run_test(size=(60, 6)) as pilot:
        row = app.rows()[0]
        qal, trump, donald = row.index("ﻝﺎﻗ"), row.index("Trump"), row.index("Donald")
        await pilot.click(offset=(trump + 1, 0))
        assert app.selected() == "Trump"
        # From the q of qal, its rightmost cell, into Donald: the Latin run is in between.
        await pilot.mouse_down(offset=(qal + 2, 0))
        await pilot.hover(offset=(donald + 2, 0))
        assert app.selected() == "قال Don"
        await pilot.mouse_up(offset=(donald + 2, 0))
        pieces = [x for x in range(row.index("Donald"), 59) if _is_selected(app, x)]
        assert pieces == [*range(donald, donald + 3), *range(qal - 1, qal + 3)]
        await pilot.hover(offset=(trump, 0))
        assert app.selected() == "قال Don"
        await pilot.click(offset=(5, 0))  # beside the text: the nearest word
        assert app.selected() == "أمس"


async def test_a_second_click_keeps_the_word_and_a_third_selects_the_sentence() -> None:
    text = "قال Donald Trump أمس. ثم عاد Trump إلى البيت."
    app = ViewApp(article(text))
    async with app.run_test(size=(70, 6)) as pilot:
        row = app.rows()[0]
        trump = row.index("Trump أ") if "Trump أ" in row else row.rindex("Trump")
        found = []
        for _ in range(4):
            await pilot.click(offset=(trump + 1, 0))
            found.append(app.selected())
        sentence = "قال Donald Trump أمس."
        assert found == ["Trump", "Trump", sentence, "Trump"]
        await pilot.click(offset=(trump + 2, 0))
        assert app.selected() == "Trump"


async def test_a_drag_after_a_second_click_goes_by_words_as_seen_in_pieces() -> None:
    text = "قال Donald Trump أمس"
    app = ViewApp(article(text))
    async with app.run_test(size=(60, 6)) as pilot:
        row = app.rows()[0]
        qal, trump, donald = row.index("ﻝﺎﻗ"), row.index("Trump"), row.index("Donald")
        await pilot.click(offset=(donald + 3, 0))
        await pilot.mouse_down(offset=(donald + 3, 0))
        await pilot.hover(offset=(donald + 4, 0))
        assert app.selected() == "Donald"
        await pilot.hover(offset=(qal + 1, 0))
        assert app.selected() == "قال Donald"
        shown = [x for x in range(1, 59) if _is_selected(app, x)]
        assert shown == [*range(donald, donald + 6), *range(qal - 1, qal + 3)]
        await pilot.hover(offset=(trump + 1, 0))
        assert app.selected() == "Donald Trump"
        await pilot.mouse_up(offset=(trump + 1, 0))
        await pilot.hover(offset=(qal, 0))
        assert app.selected() == "Donald Trump"


async def test_a_drag_after_a_third_click_goes_by_sentences() -> None:
    text = "One is here. Two is there.\nThree is gone. Four."
    app = ViewApp(article(text, "ltr"))
    async with app.run_test(size=(60, 6)) as pilot:
        left = app.rows()[0].index("One")
        for _ in range(2):
            await pilot.click(offset=(left + 1, 0))
        await pilot.mouse_down(offset=(left + 1, 0))
        assert app.selected() == "One is here."
        await pilot.hover(offset=(left + 2, 1))
        assert app.selected() == "One is here. Two is there.\nThree is gone."
        await pilot.mouse_up(offset=(left + 2, 1))


def _is_selected(app: ViewApp, x: int) -> bool:
    return app.style_of(0, x).bgcolor == app.style_of(1, 1).color


async def test_a_long_selection_and_a_far_one_are_brought_into_view() -> None:
    app = ViewApp(article(SEED))
    async with app.run_test(size=(60, 10)) as pilot:
        view = app.view
        word = SEED.index("1999")
        view.select(word, word + 4, centre=True)
        await pilot.pause()
        numbers = [y for y in range(10) if _has_selection(app, y)]
        assert numbers == [5]
        for _ in range(3):
            view.widen()
        assert _has_selection(app, 0) or view.position() <= view.selection.start


def _has_selection(app: ViewApp, y: int) -> bool:
    ground = app.view.rich_style.color
    return any(s.style is not None and s.style.bgcolor == ground for s in app.view.render_line(y))


@pytest.mark.parametrize("text", ["", "\n\n", " ", "\u0301", "...", "\u202e"])
async def test_a_text_with_hardly_anything_in_it_can_be_moved_about_in(text: str) -> None:
    app = ViewApp(article(text))
    async with app.run_test(size=(30, 5)) as pilot:
        view = app.view
        steps: tuple[Step, ...] = (-1, 1)
        for step in steps:
            view.move_visual(step)
            view.move_row(step)
            view.move_page(step)
            view.move_row_edge(step)
            view.move_article_edge(step)
            view.next_annotation(step)
        view.widen()
        view.narrow()
        await pilot.click(offset=(3, 0))
        assert 0 <= view.selection.start <= view.selection.end <= len(text)
