"""The reading view: an article, what is annotated in it, and the selection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from textual import events

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.schema import Schema
from reader.corpus.article import Article
from reader.text import selection as logical
from reader.text.selection import Edge, Range, Selection, TextUnits, Unit
from reader.tui.widgets import visual_motion as visual
from reader.tui.widgets.article_canvas import ArticleCanvas
from reader.tui.widgets.article_rows import ArticleRows, Place

Step = Literal[-1, 1]


class ArticleView(ArticleCanvas):
    """Shows an article with its annotations; something in it is always selected.

    All offsets are code points of the article's text, in logical order. Motions
    that find nothing further leave the selection where it is.

    Args:
        text_width: Most columns of a row of text.
    """

    def __init__(self, *, text_width: int = 80, id: str | None = None) -> None:
        super().__init__(text_width=text_width, id=id)
        self._units = TextUnits("")
        self._column: int | None = None
        self._narrower: list[Selection] = []
        self._visited: int | None = None
        self._drag: Range | None = None
        self._drag_began = False

    def show(
        self,
        article: Article,
        annotations: AnnotationSet,
        schema: Schema,
        sentences: Callable[[], Sequence[Range]],
    ) -> None:
        """Show an article from its beginning, with its first word selected.

        Args:
            article: The article.
            annotations: Its records, and the shared ones.
            schema: Types and their colours.
            sentences: Gives the sentences; called when one is first selected.
        """
        rows = ArticleRows(article.text, article.direction == "rtl", self.frame.text_width)
        self._units = TextUnits(article.text, sentences, rows.paragraphs)
        self._forget_motions()
        selection = Selection(*self._units.over("word", 0))
        self.set_article(article, rows, annotations, schema, selection)

    def update_annotations(self, annotations: AnnotationSet) -> None:
        """Show other annotations of the article; rows that look the same stay as drawn."""
        super().update_annotations(annotations)
        self._visited = None

    def selected_text(self) -> str:
        """Return the text of the selection; an ellipsis stands between fragments."""
        text = self._units.text
        return " … ".join(text[start:end] for start, end in self._selection.ranges)

    def select(
        self,
        start: int,
        end: int,
        *,
        unit: Unit | None = None,
        kept: tuple[Range, ...] = (),
        centre: bool = False,
    ) -> None:
        """Select a range and scroll it into view.

        Args:
            start: First code point.
            end: One past the last code point.
            unit: What later motions go by; by default as before.
            kept: Fragments pinned beside the range.
            centre: Bring it to the middle of the view.
        """
        self._forget_motions()
        self.set_selection(Selection(start, end, unit or self._selection.unit, kept))
        self.bring(self._rows.place(start), centre)

    def keep_fragment(self) -> None:
        """Pin the selection as a fragment of a span in several pieces."""
        self.set_selection(self._selection.keep())

    def drop_fragments(self) -> None:
        """Forget the pinned fragments."""
        self.set_selection(self._selection.drop())

    def move_visual(self, step: Step) -> None:
        """Select the word (or letter) that stands on the right (1) or left (-1)."""
        self._go_to(visual.sideways(self._rows, self._units, self._selection, step))

    def move_row(self, step: Step) -> None:
        """Select what stands a row below (1) or above (-1), in the same column."""
        self._go_rows(step)

    def move_page(self, step: Step) -> None:
        """Scroll a page down (1) or up (-1), and take the selection along."""
        rows = step * max(1, self.size.height - 1)
        self.scroll_rows(rows)
        self._go_rows(rows)

    def move_unit(self, unit: Unit, step: Step) -> None:
        """Select the logically next (1) or previous (-1) unit."""
        self._change(logical.move(self._units, self._selection, unit, step))

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
        """Select the next (1) or previous (-1) annotated span; None when there is none."""
        placed = self._painter.placed if self._painter is not None else ()
        if self._visited is None:
            find = bisect_right if step > 0 else bisect_left
            index = find(placed, self._selection.start, key=lambda each: each.span.start)
            index -= step < 0
        else:
            index = self._visited + step
        if not 0 <= index < len(placed):
            return None
        found = placed[index]
        start, end = found.span.fragments[0]
        self._change(replace(self._selection, start=start, end=end, unit="word", kept=()))
        self._visited = index
        return found

    def annotations_at_caret(self) -> tuple[Placed, ...]:
        """Return the spans that share a code point with the selection, innermost first."""
        if self._painter is None:
            return ()
        start, end = self._selection.start, self._selection.end
        found: dict[tuple[str, str], Placed] = {}
        paragraph = max(0, bisect_right(self._rows.starts, start) - 1)
        while paragraph < len(self._rows.starts) and self._rows.starts[paragraph] < end:
            for fragment in self._painter.spans.on(paragraph, start, end):
                each = fragment.placed
                found[each.record.id, each.role] = each
            paragraph += 1
        return tuple(sorted(found.values(), key=_innermost_first))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select the word under the pointer; a drag from here selects to where it goes."""
        place, column = self._under(event)
        if event.button != 1 or place is None:
            return
        self._drag, self._drag_began = self._cell(place, column), False
        self.capture_mouse()
        if self._drag is not None:
            self._go_to(self._clicked(place, column, self._drag[0]), "word")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select the logical interval between the two cells of a drag."""
        if self._drag is None:
            return
        if not 0 <= event.y < self.size.height:
            self.scroll_rows(-1 if event.y < 0 else 1)
        place, column = self._under(event)
        cell = self._cell(place, column) if place is not None else None
        if cell is None or (cell == self._drag and not self._drag_began):
            return
        self._drag_began = True
        start, end = min(self._drag[0], cell[0]), max(self._drag[1], cell[1])
        self._forget_motions()
        self.set_selection(replace(self._selection, start=start, end=end, unit="word"))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def _under(self, event: events.MouseEvent) -> tuple[Place | None, int]:
        """The row under the pointer or nearest to it, and the column of the text."""
        y = min(max(event.y, 0), self.size.height - 1)
        places = self.shown_places()
        place = places[min(y, len(places) - 1)] if places else None
        return place, event.x - self.frame.text

    def _cell(self, place: Place, column: int) -> Range | None:
        """The cell in a column or nearest to it; None in an empty row."""
        cell = self._rows.line(place).cell_at(column)
        if cell is None:
            return None
        offset = self._rows.starts[place.paragraph]
        return offset + cell.start, offset + cell.end

    def _clicked(self, place: Place, column: int, offset: int) -> Range | None:
        """What a click selects: the word or mark it hits, else the nearest word of the row."""
        line = self._rows.line(place)
        beside = not line.indent <= column < line.indent + line.width
        if beside or self._units.text[offset].isspace():
            return visual.nearest(self._rows, self._units, place, column, letter=False)
        return self._units.over("word", offset)

    def _forget_motions(self) -> None:
        """What only a series of the same motions needs: column, widenings, annotation."""
        self._column, self._narrower, self._visited = None, [], None

    def _change(self, selection: Selection, focus: int | None = None) -> None:
        """Select, and show the row of `focus` (by default where the selection starts)."""
        self._forget_motions()
        self.set_selection(selection)
        self.bring(self._rows.place(selection.start if focus is None else focus))

    def _go_to(self, found: Range | None, unit: Unit | None = None) -> None:
        """Select what a motion by words or letters found."""
        if found is not None:
            kind: Unit = "cluster" if self._selection.unit == "cluster" else "word"
            start, end = found
            self._change(replace(self._selection, start=start, end=end, unit=unit or kind))

    def _go_rows(self, step: int) -> None:
        """Select what stands some rows away, in the column that a series of steps began in."""
        column = self._column
        if column is None:
            column = visual.column_of(self._rows, self._selection)
        self._go_to(visual.vertical(self._rows, self._units, self._selection, step, column))
        self._column = column


def _innermost_first(placed: Placed) -> tuple[int, bool, str]:
    return (placed.span.length, placed.role != "mention", placed.record.id)
