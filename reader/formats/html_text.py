"""The text of an article as markup: paragraphs, and in them what is marked.

The text content of the element is the stored text, character by character. An
element stands around each piece of a mark; marks that cross are cut where they
do, so that elements nest. Nothing but these elements is put into a line, and they
have no width of their own: the letters of a word go on joining, and the order of
the line is that of its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from reader.annotation.spans import Range, Span
from reader.corpus.article import RoleRange
from reader.formats.document import ArticleData
from reader.formats.html_markup import attribute, stored
from reader.text.directions import paragraph_base
from reader.text.joining import ALEFS, LAM
from reader.text.paragraphs import Paragraph, paragraphs
from reader.text.plain import graphemes
from reader.text.properties import bidi_classes

_LAM_ALEF = re.compile(f"{LAM}[\u064b-\u065f\u0670\u06d6-\u06ed]*[{ALEFS}]")
_DIRECTIONS = ("ltr", "rtl")
_NEUTRAL = ("", "W", "S", "B", "N")
_IN_NUMBERS = ("c", "s", "t")


class Mark(NamedTuple):
    """Something that is marked in an article.

    Attributes:
        span: Where.
        id: The id of its first piece in the page, which links lead to.
        kinds: Names of classes: what it is, and what it belongs to.
        tip: The attribute that tells about it, as markup.
        target: The id in the page that it leads to, or "".
        label: The words that stand after it, or "".
    """

    span: Span
    id: str
    kinds: str
    tip: str
    target: str = ""
    label: str = ""


class _Piece(NamedTuple):
    """A stretch of a paragraph that is marked, widened to what is drawn as one."""

    start: int
    end: int
    mark: Mark
    is_last: bool
    is_partly: bool
    order: int


class _Element:
    """An element that is being filled; without a piece, the line itself."""

    def __init__(self, piece: _Piece | None) -> None:
        self.piece = piece
        self.end = 0 if piece is None else piece.end
        self.parts: list[str] = []
        self.is_leaf = True


def article_text(data: ArticleData, marks: Sequence[Mark]) -> Iterator[str]:
    """Give the paragraphs of an article as markup.

    Args:
        data: The article.
        marks: What is marked in it, of those in one place the outer first.
    """
    fragments = sorted(_fragments(marks), key=lambda each: each[0])
    starts = [start for (start, _), *_ in fragments]
    longest = max((end - start for (start, end), *_ in fragments), default=0)
    opened: set[str] = set()
    for paragraph in paragraphs(data.text):
        first = bisect_left(starts, paragraph.start - longest)
        last = bisect_right(starts, paragraph.end)
        line = data.text[paragraph.start : paragraph.end]
        pieces = list(_pieces(line, paragraph.start, fragments[first:last]))
        yield _paragraph(data, paragraph, _nested(line, pieces, opened))


def _fragments(marks: Iterable[Mark]) -> Iterator[tuple[Range, Mark, bool]]:
    """Give the fragments of marks, and whether each is the last of its own."""
    for mark in marks:
        for fragment in mark.span.fragments:
            yield fragment, mark, fragment[1] == mark.span.end


def _paragraph(data: ArticleData, paragraph: Paragraph, content: str) -> str:
    text = data.text[paragraph.start : paragraph.end]
    ending = data.text[paragraph.end : paragraph.end_with_break]
    hidden = f"<span hidden>{stored(ending)}</span>" if ending else ""
    if not text:
        return hidden
    direction = _DIRECTIONS[paragraph_base(text, data.direction == "rtl")]
    role = _role(data.roles, paragraph)
    # The line end is in the tag, since between two it would belong to the text.
    return f'<p dir="{direction}"{role}>{content}{hidden}</p\n>'


def _role(roles: Sequence[RoleRange], paragraph: Paragraph) -> str:
    """Return the class of a paragraph that is of one role, if it is not the body."""
    found = {each.role for each in roles if each.start < paragraph.end > paragraph.start < each.end}
    return f' class="{found.pop()}"' if len(found) == 1 and "body" not in found else ""


def _pieces(
    line: str, offset: int, fragments: Iterable[tuple[Range, Mark, bool]]
) -> Iterator[_Piece]:
    """Give what is marked in a line; what is drawn as one is never cut."""
    bounds: list[int] = []
    for order, ((first, last), mark, is_end) in enumerate(fragments):
        start, end = max(first - offset, 0), min(last - offset, len(line))
        if start >= end:
            continue
        bounds = bounds or _bounds(line)
        low, first_whole = _around(bounds, start)
        last_whole, high = _around(bounds, end)
        ends = last - offset if is_end else -1
        for left, right in ((low, first_whole), (first_whole, last_whole), (last_whole, high)):
            if left < right:
                is_partly = left < start or end < right
                is_last = left < ends <= right
                yield _Piece(left, right, mark, is_last, is_partly, order)
            if right == high:
                break


def _around(bounds: Sequence[int], offset: int) -> tuple[int, int]:
    """Return the bounds at both sides of an offset; the offset twice, if it is one."""
    return bounds[bisect_right(bounds, offset) - 1], bounds[bisect_left(bounds, offset)]


def _bounds(line: str) -> list[int]:
    """Return where a line can be cut: between grapheme clusters, but in no lam-alef."""
    found = {0, *accumulate(map(len, graphemes(line)))}
    for ligature in _LAM_ALEF.finditer(line):
        found.difference_update(range(ligature.start() + 1, ligature.end()))
    return sorted(found)


def _nested(line: str, pieces: list[_Piece], opened: set[str]) -> str:
    """Return a line with an element for each piece; where two cross, the inner one is cut."""
    classes = bidi_classes(line) if any(piece.mark.label for piece in pieces) else ""
    stack = [_Element(None)]
    waiting = sorted(pieces, key=lambda piece: piece.start, reverse=True)
    at = 0
    for cut in sorted({bound for each in pieces for bound in (each.start, each.end)} | {len(line)}):
        stack[-1].parts.append(stored(line[at:cut]))
        next_to_open: list[_Piece] = []
        while any(element.end <= cut for element in stack[1:]):
            element = stack.pop()
            if element.piece is not None:
                is_over = element.end <= cut
                stack[-1].parts.append(_closed(element, element.piece, is_over, classes, opened))
                next_to_open += () if is_over else (element.piece,)
        while waiting and waiting[-1].start == cut:
            next_to_open.append(waiting.pop())
        for piece in sorted(next_to_open, key=lambda each: (-each.end, each.start, each.order)):
            stack[-1].is_leaf = False
            stack.append(_Element(piece))
        at = cut
    return "".join(stack[0].parts)


def _closed(element: _Element, piece: _Piece, is_over: bool, classes: str, opened: set[str]) -> str:
    """Return an element as markup; only one without others inside may be a link."""
    mark = piece.mark
    name, link = "span", ""
    if mark.target and element.is_leaf:
        name, link = "a", f' href="#{mark.target}"'
    id = ""
    if mark.id not in opened:
        opened.add(mark.id)
        id = f' id="{mark.id}"'
    label = ""
    if mark.label and piece.is_last and is_over and _may_have_label(classes, piece.end):
        label = f' data-l="{attribute(mark.label)}"'
    kinds = f"{mark.kinds} partly" if piece.is_partly else mark.kinds
    content = "".join(element.parts)
    return f'<{name}{id} class="{kinds}"{link}{mark.tip}{label}>{content}</{name}>'


def _may_have_label(classes: str, end: int) -> bool:
    """Tell whether words of their own direction after an offset change the order of no letter.

    Beside a neutral (UAX #9, NI) they do not: one more there resolves with it (N1, N2).
    """
    following = classes[end : end + 1]
    if following in _NEUTRAL:
        return True
    return following in _IN_NUMBERS and classes[end - 1] in "LRA"
