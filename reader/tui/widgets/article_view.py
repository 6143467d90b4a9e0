"""The reading view: an article, what is annotated in it, and the selection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.schema import Schema
from reader.corpus.article import Article
from reader.errors import ReaderError
from reader.text import selection as logical
from reader.text.selection import Edge, Range, Selection, TextUnits, Unit
from reader.tui.widgets import visual_motion as visual
from reader.tui.widgets.article_rows import ArticleRows
from reader.tui.widgets.selectable_article import SelectableArticle
from reader.tui.widgets.shown_spans import ShownSpan, shown_spans

Step = Literal[-1, 1]


class ArticleView(SelectableArticle):
    """Shows an article with its annotations; something in it is always selected.

    All offsets are code points of the article's text, in logical order. Motions
    that find nothing further leave the selection where it is.

    Args:
        text_width: Most columns of a row of text.
    """

    def show(
        self,
        article: Article,
        annotations: AnnotationSet,
        schema: Schema,
        sentences: Callable[[], Sequence[Range]],
    ) -> None:
        """Show an article from its beginning, with the first word that is no furniture selected.

        Args:
            article: The article.
            annotations: Its records, and the shared ones.
            schema: Types and their colours.
            sentences: Gives the sentences; called when one is first selected.
        """
        rows = ArticleRows(article.text, article.direction == "rtl", self.frame.text_width)
        self._units = TextUnits(article.text, sentences, rows.paragraphs)
        self._forget_motions()
        self._pins = False
        told = (part.start for part in article.roles if part.role != "boilerplate")
        selection = Selection(*self._units.over("word", min(told, default=0)))
        self.set_article(article, rows, annotations, schema, selection)
        self.bring(selection.start, centre=True)

    def update_annotations(
        self, annotations: AnnotationSet, article: Article | None = None
    ) -> None:
        """Show other annotations, or other parts, of the article.

        Rows that look the same stay as drawn; sentences end where parts do.
        """
        if article is not None and self._article and article.roles != self._article.roles:
            self._units.forget_sentences()
        super().update_annotations(annotations, article)
        self._visited = None

    def repeat(self, motion: Callable[[ArticleView], object], times: int) -> None:
        """Do a motion several times, and show where that leads; stop where it leads no further.

        Raises:
            ReaderError: If the first one does.
        """
        before, self._focus, self._quiet = self._selection, -1, True
        try:
            for done in range(times):
                if not self._moves(motion, first=not done):
                    break
        finally:
            self._quiet = False
            after, self._selection = self._selection, before
            self.set_selection(after)
        if self._focus >= 0:
            self.bring(self._focus)

    def _moves(self, motion: Callable[[ArticleView], object], first: bool) -> bool:
        """Do a motion; tell whether it led anywhere."""
        before = self._selection, self._top, self._visited
        try:
            motion(self)
        except ReaderError:
            if first:
                raise
            return False
        return (self._selection, self._top, self._visited) != before

    def base_of(self, offset: int) -> int:
        """Return the base level of the paragraph of a code point, 0 or 1."""
        return self._rows.base(max(0, bisect_right(self._rows.starts, offset) - 1))

    @property
    def extent(self) -> str:
        """What is selected, in a word: a unit of the text, several, or what has own borders."""
        if not logical.is_whole(self._units, self._selection):
            return "own borders"
        unit = "letter" if self._selection.unit == "cluster" else self._selection.unit
        return f"{unit}s" if logical.is_several(self._units, self._selection) else unit

    def head_of(self, offset: int) -> int:
        """Return where the paragraph of a code point starts."""
        return self._rows.head(offset)

    def set_bases(self, bases: Mapping[int, int | None]) -> None:
        """Lay paragraphs out with other base levels; the others stay as they are.

        Args:
            bases: 0 or 1 by the start of the paragraph, None for the text's own.
        """
        for head, base in bases.items():
            self._rows.set_base(head, base)
        self.lay_out_again()

    def spans_shown(self) -> list[ShownSpan]:
        """Return the annotated spans on the screen, each where its first cell on it stands."""
        if self._painter is None:
            return []
        return shown_spans(self._rows, self.shown_places(), self._painter.spans, self.frame)

    def move_visual(self, step: Step) -> None:
        """Select the word (or letter) that stands on the right (1) or left (-1)."""
        self._go_to(visual.sideways(self._rows, self._units, self._selection, step))

    def move_row(self, step: Step) -> None:
        """Select what stands a row below (1) or above (-1), in the same column."""
        self._go_rows(step)

    def move_page(self, step: Step) -> None:
        """Scroll a page down (1) or up (-1), and take the selection along."""
        rows = step * max(1, self.page - 1)
        self.scroll_rows(rows)
        self._go_rows(rows)

    def move_unit(self, unit: Unit, step: Step) -> None:
        """Select the logically next (1) or previous (-1) unit."""
        self._move_to(logical.move(self._units, self._selection, unit, step))

    def move_row_edge(self, step: Step) -> None:
        """Select the logical beginning (-1) or end (1) of the row."""
        self._go_to(visual.row_edge(self._rows, self._units, self._selection, step))

    def move_article_edge(self, step: Step) -> None:
        """Select the first (-1) or last (1) word of the article."""
        end = len(self._units.text)
        unit: Unit = "cluster" if self._selection.unit == "cluster" else "word"
        find = self._units.last if step > 0 else self._units.first
        self._go_to(find(unit, "end", end if step > 0 else 0))

    def grow(self, edge: Edge, unit: Unit, step: Step) -> None:
        """Make the selection longer (1) or shorter (-1) at one of its edges, by a unit."""
        changed = logical.grow(self._units, self._selection, edge, unit, step)
        self._change(changed, changed.end - 1 if edge == "end" else changed.start)

    def show_hit(self, start: int, end: int) -> None:
        """Select a range that was looked for; one that is not on the screen comes to its middle.

        Pinned fragments stay, as with any motion.
        """
        if not self.shows(start):
            self.bring(start, centre=True)
        self._move_to(replace(self._selection, start=start, end=end, unit="word"))

    def put_back(self, selection: Selection, position: int) -> None:
        """Select again what was selected, and scroll to where one was.

        Args:
            selection: As `selection` gave it.
            position: As `position()` gave it.
        """
        self._change(selection)
        self.go_to(position)

    def widen(self) -> None:
        """Select the next larger unit around the selection."""
        narrower = [*self._narrower, self._selection]
        self._change(logical.widen(self._units, self._selection))
        if self._selection != narrower[-1]:
            self._narrower = narrower

    def narrow(self) -> None:
        """Undo a widening, or select the first smaller unit in the selection."""
        if not self._narrower:
            self._change(logical.narrow(self._units, self._selection))
            return
        *self._narrower, narrower = self._narrower
        left = self._narrower
        self._change(replace(narrower, kept=self._selection.kept))
        self._narrower = left

    def next_annotation(self, step: Step) -> Placed | None:
        """Select the next (1) or previous (-1) annotated span, all its pieces; None when there
        is none."""
        placed = self._painter.placed if self._painter is not None else ()
        index = self._beside(placed, step) if self._visited is None else self._visited + step
        if not 0 <= index < len(placed):
            return None
        found = placed[index]
        (start, end), *others = found.span.fragments
        kept = tuple(others)
        self._pins = False
        self._change(replace(self._selection, start=start, end=end, unit="word", kept=kept))
        self._visited = index
        return found

    def _beside(self, placed: Sequence[Placed], step: Step) -> int:
        """Index of the span before the selection, or of the first one that starts in it or after.

        What is selected to the letter counts as visited.
        """
        index = bisect_left(placed, self._selection.start, key=lambda each: each.span.start)
        if step < 0:
            return index - 1
        ranges = self._selection.ranges
        same = [i for i, each in enumerate(placed) if each.span.fragments == ranges]
        return same[-1] + 1 if same else index

    def _go_rows(self, step: int) -> None:
        """Select what stands some rows away, in the column that a series of steps began in."""
        column = self._column
        if column is None:
            column = visual.column_of(self._rows, self._selection)
        self._go_to(visual.vertical(self._rows, self._units, self._selection, step, column))
        self._column = column
