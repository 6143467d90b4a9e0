"""An article as rows for a plain terminal, with its annotations highlighted.

A highlight changes the look of cells, never the cells: the same letters stand
in the same places with and without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reader.annotation.annotation_set import Placed
from reader.annotation.model import Mention
from reader.annotation.schema import Schema
from reader.cli.terminal import Output, background
from reader.corpus.article import Article
from reader.text.cells import Cell
from reader.text.directions import paragraph_base
from reader.text.emit import safe_text
from reader.text.layout import Line, layout_paragraph
from reader.text.paragraphs import Paragraph, paragraphs

_BOLD, _DIM, _UNDERLINE, _REVERSE = "1", "2", "4", "7"


class Page:
    """One article to be printed.

    Args:
        article: The article.
        marks: Its annotations.
        schema: Gives the colours.
        output: Where it goes.
    """

    def __init__(
        self, article: Article, marks: Sequence[Placed], schema: Schema, output: Output
    ) -> None:
        self._article = article
        self._marks = marks
        self._schema = schema
        self._output = output

    def rows(self, width: int) -> Iterator[str]:
        """Give the rows of the text for a width in columns."""
        for paragraph in paragraphs(self._article.text):
            yield from self._paragraph(paragraph, width)

    def _paragraph(self, paragraph: Paragraph, width: int) -> Iterator[str]:
        start, end = paragraph.start, paragraph.end
        text = self._article.text[start:end]
        if not self._output.visual:
            yield safe_text(text)
            return
        here = [mark for mark in self._marks if mark.span.start < end and start < mark.span.end]
        look = self._role_look(start, end)
        ligatures = self._output.profile.ligatures
        base = paragraph_base(text, self._article.direction == "rtl")
        for line in layout_paragraph(text, width, base, ligatures=ligatures).lines:
            yield self._row(line, start, here, look)

    def _row(self, line: Line, offset: int, marks: Sequence[Placed], look: str) -> str:
        """Return one row; cells that look the same share one run of codes."""
        looks = ((cell, self._look(cell, offset, marks) or look) for cell in line.cells)
        runs = groupby(looks, key=lambda pair: pair[1])
        styled = (
            self._output.styled("".join(cell.text for cell, _ in run), codes) for codes, run in runs
        )
        return " " * line.indent + "".join(styled)

    def _look(self, cell: Cell, offset: int, marks: Sequence[Placed]) -> str:
        """Return the codes of the innermost annotation over a cell."""
        start, end = offset + cell.start, offset + cell.end
        over = [mark for mark in marks if mark.span.overlaps(start, end)]
        if not over:
            return ""
        inner = min(over, key=lambda mark: mark.span.length)
        second = None if cell.second is None else offset + cell.second
        if second is not None and inner.span.covers(start) != inner.span.covers(second):
            # One letter of a lam-alef: the cell is marked partly.
            return _UNDERLINE
        return self._codes(inner)

    def _codes(self, mark: Placed) -> str:
        if not isinstance(mark.record, Mention):
            return _UNDERLINE
        if not self._output.colour:
            return _REVERSE
        kind = self._schema.entity_type(mark.record.type)
        return background(kind.colour) if kind else _REVERSE

    def _role_look(self, start: int, end: int) -> str:
        """Return the codes of a paragraph that is a title or boilerplate."""
        for part in self._article.roles:
            if part.start < end and start < part.end:
                return {"title": _BOLD, "boilerplate": _DIM}.get(part.role, "")
        return ""
