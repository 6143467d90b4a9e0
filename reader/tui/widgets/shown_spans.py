"""Where the annotated spans on the screen begin there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.text.layout import Line
from reader.tui.widgets.article_rows import ArticleRows, Place
from reader.tui.widgets.frame import Frame
from reader.tui.widgets.overlay import Range, SpanIndex


class ShownSpan(NamedTuple):
    """A span on the screen.

    Attributes:
        fragments: Code points of the article.
        place: The first row on the screen that shows a part of it.
        column: Column of the view: of the cell there that is read first.
        rtl: What follows the cell stands on its left.
    """

    fragments: tuple[Range, ...]
    place: Place
    column: int
    rtl: bool


def shown_spans(
    rows: ArticleRows, places: Iterable[Place], spans: SpanIndex, frame: Frame
) -> list[ShownSpan]:
    """Return the spans on some rows in reading order, longer ones first, each once.

    What covers the same code points counts as one, whatever it is.
    """
    found: dict[tuple[Range, ...], tuple[int, int, ShownSpan]] = {}
    for place in places:
        start, end = rows.range(place)
        line, offset = rows.line(place), rows.starts[place.paragraph]
        for fragment in spans.on(place.paragraph, start, end):
            first = max(start, fragment.start)
            known = found.get(fragment.placed.span.fragments)
            if known is not None and known[0] <= first:
                continue
            column, rtl = _cell_of(line, first - offset)
            span = fragment.placed.span
            shown = ShownSpan(span.fragments, place, frame.text + column, rtl)
            found[span.fragments] = first, -span.length, shown
    return [shown for _, _, shown in sorted(found.values())]


def _cell_of(line: Line, offset: int) -> tuple[int, bool]:
    """The first column of the cell with a code point, and whether it runs right to left."""
    cells: Sequence[tuple[int, int, bool]] = [
        (column, cell.width, bool(cell.level & 1))
        for column, cell in line.columns()
        if cell.start <= offset < cell.end
    ]
    for column, width, rtl in cells:
        return (column + width - 1 if rtl else column), rtl
    return line.indent, False
