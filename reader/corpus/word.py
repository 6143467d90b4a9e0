"""Word files (.docx), by python-docx: the paragraphs of the body and its tables, in order.

Headers, footers, footnotes, comments and text boxes are left out, and so is
what tracked changes delete. An XML file with a document type in it is refused:
Word writes none, and its entities could unfold without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from reader.corpus.article import Direction
from reader.corpus.decoding import refuse_unfit
from reader.corpus.extras import missing
from reader.corpus.manuscript import Manuscript, digest_of, language_of, one_line, place_of_title
from reader.errors import ArticleError
from reader.values import dataclass

#: The part that every Word file has.
BODY = "word/document.xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    (
        *(f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "instrText", "pPr", "rPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
_WRITTEN = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_HEADLINES = ("title", "heading 1", "titel", "judul")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph: its words, the name of its style, and whether it runs from right to left."""

    text: str
    style: str
    right: bool


def read_word(data: bytes, source: str) -> Manuscript:
    """Read the text of a Word file, a blank line between its paragraphs.

    Raises:
        ArticleError: If python-docx is not installed, or the file is damaged,
            unsafe, or has no text in it.
    """
    _refuse_unsafe(data, source)
    document = _document(data, source)
    paragraphs = [each for each in _paragraphs(document) if each.text]
    text = "\n\n".join(each.text for each in paragraphs) + "\n"
    refuse_unfit(text, source)
    span = _headline(paragraphs)
    properties = document.core_properties
    named = one_line(properties.title or "")
    span = span or place_of_title(text, named)
    right = sum(each.right for each in paragraphs)
    direction: Direction = "rtl" if right * 2 > len(paragraphs) else "ltr"
    return Manuscript(
        text,
        "docx",
        False,
        digest_of(data),
        title=text[slice(*span)] if span else "",
        title_span=span,
        declared=language_of(properties.language or ""),
        direction=direction if right else None,
    )


def _headline(paragraphs: Sequence[_Paragraph]) -> tuple[int, int] | None:
    """Where the first paragraph stands that is styled as the headline, near the start."""
    start = 0
    for paragraph in paragraphs[:5]:
        if paragraph.style.casefold() in _HEADLINES and "\n" not in paragraph.text:
            return start, start + len(paragraph.text)
        start += len(paragraph.text) + 2
    return None


def _refuse_unsafe(data: bytes, source: str) -> None:
    """Look at every part before a parser does."""
    from reader.corpus.archives import members

    try:
        for member in members(data):
            if member.problem or member.name.endswith((".xml", ".rels")):
                part = member.read()
                wide = b"<\0!\0D\0O\0C\0T\0Y\0P\0E\0"
                if b"<!DOCTYPE" in part or wide in part or b"\0" + wide[:-1] in part:
                    raise ArticleError(
                        "it declares entities, which Word never does; do not trust it"
                    )
    except ArticleError as error:
        raise ArticleError(f"{source}: {error.message}") from None


def _document(data: bytes, source: str) -> Any:
    try:
        from docx import Document
    except ImportError:
        raise missing(source, "Word", "docx") from None
    try:
        return Document(BytesIO(data))
    except Exception as error:
        # A damaged file makes the library fail in any way.
        why = one_line(str(error))[:80] or type(error).__name__
        raise ArticleError(f"{source}: a damaged Word file ({why}); save it again") from None


def _paragraphs(document: Any) -> Iterator[_Paragraph]:
    """The paragraphs in order, those in tables among them, a table's row on a line."""
    styles = {style.style_id: style.name or "" for style in document.styles}
    for element in document.element.body.iterchildren():
        if element.tag == f"{_W}p":
            yield _paragraph(element, styles)
        elif element.tag == f"{_W}tbl":
            rows = ("\t".join(_cells(row)) for row in element.iter(f"{_W}tr"))
            yield _Paragraph("\n".join(row for row in rows if row.strip()), "", False)
        elif element.tag == f"{_W}sdt":
            for inner in element.iter(f"{_W}p"):
                yield _paragraph(inner, styles)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iterchildren(f"{_W}tc"):
        yield one_line(" ".join(_words(paragraph) for paragraph in cell.iter(f"{_W}p")))


def _paragraph(element: Any, styles: dict[str, str]) -> _Paragraph:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    right = element.find(f"{_W}pPr/{_W}bidi")
    is_right = right is not None and right.get(f"{_W}val") not in ("0", "false", "off")
    name = "" if style is None else styles.get(style.get(f"{_W}val"), "")
    return _Paragraph(_words(element).strip(), name, is_right)


def _words(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif child.tag not in _SKIPPED:
            yield from _pieces(child)
