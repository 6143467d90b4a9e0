"""An article in which something is always selected: with the mouse, or by whoever asks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from textual import events

from reader.annotation.annotation_set import Placed
from reader.text.selection import Range, Selection, TextUnits, Unit
from reader.tui.widgets import visual_motion as visual
from reader.tui.widgets.article_canvas import ArticleCanvas
from reader.tui.widgets.article_rows import Place
from reader.tui.widgets.clicks import Clicks

_DRAGGED: dict[int, Unit] = {1: "cluster", 2: "word", 3: "sentence"}
"""What a drag goes by after so many clicks in a row."""


class SelectableArticle(ArticleCanvas):
    """The rows of an article, the selection in them, and what stands there.

    Fragments are pinned by the user, who goes on to select others, or they are
    those of an annotation in several pieces: the next motion leaves these.

    Args:
        text_width: Most columns of a row of text.
    """

    def __init__(self, *, text_width: int = 80, id: str | None = None) -> None:
        super().__init__(text_width=text_width, id=id)
        self._units = TextUnits("")
        self._column: int | None = None
        self._narrower: list[Selection] = []
        self._visited: int | None = None
        self._pins = False
        self._drag: Range | None = None
        self._drag_began = False
        self._drag_unit: Unit = "cluster"
        self._clicks = Clicks()
        self._dims = False
        self._focus = 0

    @property
    def dims(self) -> bool:
        """Whether all but the sentence of the selection is dimmed."""
        return self._dims

    @dims.setter
    def dims(self, dims: bool) -> None:
        self._dims = dims
        self._light_again()

    def _light(self, selection: Selection) -> Range | None:
        """The sentences of the selection."""
        if not self._dims:
            return None
        first, last = selection.start, max(selection.start, selection.end - 1)
        return min(first, self._read_at(first)[0]), max(selection.end, self._read_at(last)[1])

    def _read_at(self, offset: int) -> Range:
        """The sentence over a code point; its paragraph where there is none."""
        start, end = self._units.over("sentence", offset)
        return (start, end) if start <= offset < end else self._units.over("paragraph", offset)

    @property
    def pinned(self) -> int:
        """How many fragments the user has pinned."""
        return len(self._selection.kept) if self._pins else 0

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
            kept: The other fragments of what is selected; the next motion leaves them.
            centre: Bring it to the middle of the view.
        """
        self._forget_motions()
        self._pins = False
        self.set_selection(Selection(start, end, unit or self._selection.unit, kept))
        self.bring(start, centre)

    def keep_fragment(self) -> None:
        """Pin the selection as a fragment of a span in several pieces."""
        self._pins = True
        self.set_selection(self._selection.keep())

    def release_fragments(self) -> None:
        """Take the pins off: the fragments stay selected until the next motion."""
        self._pins = False
        self.post_message(self.SelectionChanged(self, self._selection))

    def drop_fragments(self) -> None:
        """Forget the fragments, pinned or not."""
        self._pins = False
        self.set_selection(self._selection.drop())

    def annotations_at_caret(self) -> tuple[Placed, ...]:
        """Return the spans that share a code point with the selection, in no order."""
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
        return tuple(found.values())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select the word under the pointer, with the third click in a row its sentence.

        A drag from here selects to where it goes: by letters, after a second click
        by words, after a third by sentences.
        """
        place, column = self._under(event)
        if event.button != 1 or place is None:
            return
        self._drag_unit = _DRAGGED[self._clicks.count(event)]
        self._drag, self._drag_began = self._cell(place, column), False
        self.capture_mouse()
        if self._drag is None:
            return
        found = self._clicked(place, column, self._drag[0])
        if self._drag_unit == "sentence":
            found = self._units.over("sentence", self._drag[0] if found is None else found[0])
            self._go_to(found, "sentence")
        else:
            self._go_to(found, "word")
        if self._drag_unit != "cluster" and found is not None:
            self._drag = found

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select the logical interval between the two cells of a drag."""
        if self._drag is None:
            return
        if not 0 <= event.y < self.size.height:
            self.scroll_rows(-1 if event.y < 0 else 1)
        place, column = self._under(event)
        cell = self._cell(place, column) if place is not None else None
        if cell is not None and self._drag_unit != "cluster":
            cell = self._units.over(self._drag_unit, cell[0])
        if cell is None or (cell == self._drag and not self._drag_began):
            return
        self._drag_began = True
        start, end = min(self._drag[0], cell[0]), max(self._drag[1], cell[1])
        self._forget_motions()
        kept = self._selection.kept if self._pins else ()
        unit: Unit = "sentence" if self._drag_unit == "sentence" else "word"
        self.set_selection(Selection(start, end, unit, kept))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def _under(self, event: events.MouseEvent) -> tuple[Place | None, int]:
        """The row under the pointer or nearest to it, and the column of the text."""
        return self.nearest_place(event.y), event.x - self.frame.text

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
        self._focus = selection.start if focus is None else focus
        if not self._quiet:
            self.bring(self._focus)

    def _go_to(self, found: Range | None, unit: Unit | None = None) -> None:
        """Select what a motion by words or letters found."""
        if found is not None:
            kind: Unit = "cluster" if self._selection.unit == "cluster" else "word"
            start, end = found
            self._move_to(replace(self._selection, start=start, end=end, unit=unit or kind))

    def _move_to(self, selection: Selection) -> None:
        """Select something else, and leave the pieces of an annotation behind."""
        self._change(selection if self._pins else selection.drop())
