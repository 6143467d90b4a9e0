"""An article as rows of cells, laid out where it is looked at.

Rows of paragraphs nobody has looked at are estimated from their length, so that
opening an article costs what its first screen costs. A paragraph that the text
engine would lay out in chunks counts as one paragraph a chunk.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple

from reader.text.directions import paragraph_base
from reader.text.layout import CHUNK, Line, ParagraphLayout, chunks
from reader.text.paragraphs import Paragraph, paragraphs
from reader.tui.typesetting import lay_out
from reader.tui.widgets.row_index import RowIndex

_KEPT_LAYOUTS = 512


class Place(NamedTuple):
    """A row: the number of its paragraph, and its own number there."""

    paragraph: int
    row: int


START = Place(0, 0)


class ArticleRows:
    """The rows of a text at a width.

    Args:
        text: The text.
        rtl: Whether the article runs from right to left.
        width: Columns of a row, at least 1.
    """

    most: int = CHUNK
    """Code points that are laid out together."""

    def __init__(self, text: str, rtl: bool, width: int) -> None:
        self.text = text
        self.rtl = rtl
        self._bases: dict[int, int] = {}
        self._heads: dict[int, int] = {}
        self._set: dict[int, int] = {}
        self.paragraphs = self._hard_lines()
        if any(end - start > self.most for start, end, _ in self.paragraphs):
            self.paragraphs = [part for whole in self.paragraphs for part in self._parts(whole)]
        self.starts = [paragraph.start for paragraph in self.paragraphs]
        self.set_width(width)

    def set_width(self, width: int) -> None:
        """Break all rows anew for another width."""
        self.width = width
        self._layouts: OrderedDict[int, ParagraphLayout] = OrderedDict()
        self._known = bytearray(len(self.paragraphs))
        self._index = RowIndex([(end - start) // width + 1 for start, end, _ in self.paragraphs])

    def base(self, paragraph: int) -> int:
        """Return the base level that a paragraph is laid out with."""
        start, end, _ = self.paragraphs[paragraph]
        found = self._set.get(self._heads.get(start, start), self._bases.get(start))
        return paragraph_base(self.text[start:end], self.rtl) if found is None else found

    def head(self, offset: int) -> int:
        """Return where the hard line of a code point starts."""
        start = self.starts[max(0, bisect_right(self.starts, offset) - 1)]
        return self._heads.get(start, start)

    def set_base(self, head: int, base: int | None) -> None:
        """Lay a hard line out with another base level.

        Args:
            head: Where it starts, as `head` gives it.
            base: 0 or 1; None for the text's own.
        """
        if base is None:
            self._set.pop(head, None)
        else:
            self._set[head] = base
        paragraph = bisect_left(self.starts, head)
        while paragraph < len(self.starts) and self.head(self.starts[paragraph]) == head:
            self._layouts.pop(paragraph, None)
            self._known[paragraph] = 0
            paragraph += 1

    @property
    def total(self) -> int:
        """How many rows there are, as far as is known."""
        return self._index.total

    @property
    def last(self) -> Place:
        """The last row."""
        paragraph = len(self.paragraphs) - 1
        return Place(paragraph, self._count(paragraph) - 1)

    def layout(self, paragraph: int) -> ParagraphLayout:
        """Return a paragraph laid out; its estimate of rows is put right."""
        found = self._layouts.get(paragraph)
        if found is not None:
            self._layouts.move_to_end(paragraph)
            return found
        start, end, _ = self.paragraphs[paragraph]
        found = lay_out(self.text[start:end], self.width, self.base(paragraph))
        self._layouts[paragraph] = found
        self._known[paragraph] = 1
        self._index.set_count(paragraph, len(found.lines))
        if len(self._layouts) > _KEPT_LAYOUTS:
            self._layouts.popitem(last=False)
        return found

    def line(self, place: Place) -> Line:
        """Return a row; its offsets count from the start of its paragraph."""
        return self.layout(place.paragraph).lines[place.row]

    def range(self, place: Place) -> tuple[int, int]:
        """Return the code points of the article that a row shows."""
        start, line = self.starts[place.paragraph], self.line(place)
        return start + line.start, start + line.end

    def place(self, offset: int) -> Place:
        """Return the row that shows a code point; a hard break counts to the row before it."""
        paragraph = max(0, bisect_right(self.starts, offset) - 1)
        layout = self.layout(paragraph)
        return Place(paragraph, layout.line_of(offset - self.starts[paragraph]))

    def number(self, place: Place) -> int:
        """Return how many rows stand before one, as far as is known."""
        return self._index.before(place.paragraph) + place.row

    def at(self, number: int) -> Place:
        """Return the row with a number, as far as is known."""
        paragraph, row = self._index.find(number)
        return Place(paragraph, min(row, self._count(paragraph) - 1))

    def moved(self, place: Place, step: int) -> Place:
        """Return the row `step` rows below, or above if negative; at most the first or last."""
        paragraph, row = place.paragraph, place.row + step
        while row < 0 and paragraph > 0:
            paragraph -= 1
            row += self._count(paragraph)
        while row >= self._count(paragraph):
            if paragraph == len(self.paragraphs) - 1:
                return self.last
            row -= self._count(paragraph)
            paragraph += 1
        return Place(paragraph, max(row, 0))

    def window(self, top: Place, height: int) -> list[Place]:
        """Return `height` rows from one on, fewer at the end of the article."""
        places: list[Place] = []
        paragraph, row = top
        while len(places) < height and paragraph < len(self.paragraphs):
            wanted = range(row, self._count(paragraph))[: height - len(places)]
            places += [Place(paragraph, number) for number in wanted]
            paragraph, row = paragraph + 1, 0
        return places

    def _hard_lines(self) -> list[Paragraph]:
        """The paragraphs of the text, at least one."""
        return paragraphs(self.text) or [Paragraph(0, 0, 0)]

    def _parts(self, whole: Paragraph) -> Iterator[Paragraph]:
        """The chunks of a long paragraph; the direction of the first is that of all."""
        start, end, _ = whole
        if end - start <= self.most:
            yield whole
            return
        base = paragraph_base(self.text[start : start + self.most], self.rtl)
        for first, last in chunks(self.text[start:end], self.most):
            self._bases[start + first] = base
            self._heads[start + first] = start
            following = whole.end_with_break if start + last == end else start + last
            yield Paragraph(start + first, start + last, following)

    def _count(self, paragraph: int) -> int:
        """The exact rows of a paragraph."""
        if not self._known[paragraph]:
            self.layout(paragraph)
        return self._index.count(paragraph)
