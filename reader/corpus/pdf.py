"""PDF files, by pdfminer.six, which gives each glyph its place on the page.

A PDF holds drawings of lines, no text. What is drawn from right to left is put
into the order of reading here, columns of such a page from the right, and shapes of
letters become letters; all of it may go wrong where lines mix directions, so the user
is always told.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reader.corpus.article import Direction
from reader.corpus.decoding import refuse_unfit
from reader.corpus.extras import missing
from reader.corpus.manuscript import Manuscript, digest_of, one_line, place_of_title
from reader.corpus.visual_order import letters, logical
from reader.errors import ArticleError
from reader.text.properties import bidi_classes
from reader.values import dataclass

if TYPE_CHECKING:
    from pdfminer.layout import (
        LAParams,
        LTChar,
        LTPage,
        LTTextBox,
        LTTextGroup,
        LTTextLine,
    )

SIGNATURE = b"%PDF-"

_NO_LETTER = re.compile(r"\(cid:\d+\)")
_STRONG = re.compile("[LRA]")
_MARKS = "M"
#: How far up and down counts more than the side, from -1 to 1, in the order of blocks.
_FLOW = 0.5
#: Share of glyphs without a letter that makes a text useless.
_UNKNOWN = 0.2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its glyphs from left to right."""

    glyphs: tuple[str, ...]


def read_pdf(data: bytes, source: str) -> Manuscript:
    """Read the text of a PDF, a paragraph for each block of lines.

    Raises:
        ArticleError: If pdfminer.six is not installed, the file is damaged or
            encrypted, or has no text in it.
    """
    boxes, title = _boxes(data, source)
    plain = "".join(glyph for box in boxes for line in box for glyph in line.glyphs)
    unknown = len(_NO_LETTER.findall(plain))
    if not plain.strip() or unknown * 9 > _UNKNOWN * len(plain):
        raise ArticleError(f"{source}: {_no_text(unknown)}")
    right = _is_right_to_left(plain)
    text = "\n\n".join(filter(None, (_paragraph(box, right) for box in boxes))) + "\n"
    refuse_unfit(text, source)
    direction: Direction = "rtl" if right else "ltr"
    headline = one_line(title)
    span = place_of_title(text, headline)
    return Manuscript(
        text,
        "pdf",
        False,
        digest_of(data),
        title=headline if span else "",
        title_span=span,
        direction=direction,
        doubts=_doubts(plain),
    )


def _no_text(unknown: int) -> str:
    if unknown:
        return (
            "its fonts do not tell which letters they draw; run OCR on it first "
            "(ocrmypdf --force-ocr)"
        )
    return "no text in this PDF, only pictures; run OCR on it first (ocrmypdf)"


def _doubts(plain: str) -> tuple[str, ...]:
    if not re.search("[RA]", bidi_classes(plain)):
        return ()
    return (
        "a PDF keeps drawings, no text: its right-to-left lines were put into the order of "
        "reading, and shapes of letters into letters; look it through before you annotate it",
    )


def _is_right_to_left(text: str) -> bool:
    classes = bidi_classes(text)
    return classes.count("R") + classes.count("A") > classes.count("L")


def _paragraph(box: Sequence[_Line], right: bool) -> str:
    """The lines of a block on one line; a hyphen at a line's end stays as it is."""
    lines = [letters(logical(line.glyphs, right_to_left=_base(line, box, right))) for line in box]
    text = ""
    for line in filter(None, map(one_line, lines)):
        text += line if not text or text.endswith(("-", "\u00ad")) else f" {line}"
    return text


def _base(line: _Line, box: Sequence[_Line], right: bool) -> bool:
    """The direction of a line: its paragraph's, but for one that has no right-to-left letter."""
    own = bidi_classes("".join(line.glyphs))
    if _STRONG.search(own) and not re.search("[RA]", own):
        return False
    all_of_it = "".join(glyph for each in box for glyph in each.glyphs)
    return _is_right_to_left(all_of_it) if _STRONG.search(bidi_classes(all_of_it)) else right


def _boxes(data: bytes, source: str) -> tuple[list[list[_Line]], str]:
    """The blocks of all pages, and the title that the file names."""
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFParser
    except ImportError:
        raise missing(source, "PDF", "pdf") from None
    # What it says there is for its developers.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        info = PDFDocument(PDFParser(BytesIO(data))).info
        pages = [list(_page(page)) for page in extract_pages(BytesIO(data), laparams=_layout())]
    except PDFPasswordIncorrect:
        raise ArticleError(
            f"{source}: encrypted; take its password away first (qpdf --decrypt)"
        ) from None
    except Exception as error:
        # A damaged file makes the library fail in any way.
        why = one_line(str(error))[:80] or type(error).__name__
        raise ArticleError(f"{source}: a damaged PDF ({why}); get it anew") from None
    return [box for page in pages for box in page], _title(info)


def _title(info: Sequence[dict[str, Any]]) -> str:
    from pdfminer.utils import decode_text

    named = next((each["Title"] for each in info if isinstance(each.get("Title"), bytes)), b"")
    return decode_text(named)


def _layout() -> LAParams:
    from pdfminer.layout import LAParams

    return LAParams(boxes_flow=_FLOW)


def _page(page: LTPage) -> Iterator[list[_Line]]:
    """The blocks of a page, in the order of reading: in columns from the side of its direction."""
    from pdfminer.layout import LTTextLine

    right = _is_right_to_left("".join(box.get_text() for box in _blocks(page.groups, False)))
    for box in _blocks(page.groups, right):
        lines = [_line(line) for line in box if isinstance(line, LTTextLine)]
        yield [line for line in lines if line.glyphs]


def _blocks(group: Iterable[LTTextBox | LTTextGroup] | None, right: bool) -> Iterator[LTTextBox]:
    """The blocks of a group of groups, each from top to bottom and from one side to the other.

    The layout that is found is the same for both directions; pdfminer puts the
    parts of a group into the order of left-to-right pages alone.
    """
    from pdfminer.layout import LTTextBox

    def place(part: LTTextBox | LTTextGroup) -> float:
        side = -part.x1 if right else part.x0
        return (1 - _FLOW) * side - (1 + _FLOW) * (part.y0 + part.y1)

    for part in sorted(group or (), key=place):
        if isinstance(part, LTTextBox):
            yield part
        else:
            yield from _blocks(part, right)


def _line(line: LTTextLine) -> _Line:
    """The glyphs of a line by their places, marks on what they stand on, spaces in gaps."""
    from pdfminer.layout import LTChar

    chars = [char for char in line if isinstance(char, LTChar)]
    bases = sorted((char for char in chars if not _is_mark(char)), key=lambda char: char.x0)
    stacks = [[base.get_text()] for base in bases]
    for mark in (char for char in chars if _is_mark(char)):
        centre = (mark.x0 + mark.x1) / 2
        if bases:
            nearest = min(range(len(bases)), key=lambda i: _distance(bases[i], centre))
            stacks[nearest].append(mark.get_text().strip())
    glyphs: list[str] = []
    for place, stack in enumerate(stacks):
        if place and _is_apart(bases[place - 1], bases[place]):
            glyphs.append(" ")
        glyphs.append("".join(stack))
    return _Line(tuple(glyphs))


def _is_mark(char: LTChar) -> bool:
    text = char.get_text().strip()
    return bool(text) and set(bidi_classes(text)) == {_MARKS}


def _distance(char: LTChar, place: float) -> float:
    return max(char.x0 - place, place - char.x1, 0.0)


def _is_apart(left: LTChar, right: LTChar) -> bool:
    """Whether there is a gap as wide as a space, and no space in it."""
    if left.get_text().isspace() or right.get_text().isspace():
        return False
    return bool(right.x0 - left.x1 > 0.2 * max(left.size, right.size))
