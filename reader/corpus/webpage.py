"""Web pages: the main text of an HTML file, with what the page says of itself.

trafilatura finds the main text: it is the field's own extractor, kept by people
who build corpora, and knows the furniture of pages in many languages. The page
is read from its bytes alone; nothing it points at is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.corpus.article import Direction
from reader.corpus.decoding import Decoded, decode
from reader.corpus.manuscript import (
    Manuscript,
    date_of,
    digest_of,
    language_of,
    one_line,
    url_of,
)
from reader.errors import ArticleError, UsageError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMED = rb"\s*=\s*[\"']?\s*([\w.:-]{2,40})"
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset" + _NAMED, re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding" + _NAMED, re.IGNORECASE)
#: As browsers look for it.
_META_WITHIN = 4_096
#: What browsers take these names for.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "utf-16": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
}
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BREAKS = re.compile(r"[ \t\r\f\v]*\n\s*")
_BLANKS = re.compile(r"[ \t\r\f\v\n]+")
_BLOCKS = frozenset(("p", "head", "quote", "code", "ab", "fw", "div", "figDesc"))
_INLINE = frozenset(("a", "abbr", "b", "bdi", "bdo", "em", "i", "q", "small", "span", "strong"))
_DIRECTIONS: dict[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}


def read_page(data: bytes, source: str, encoding: str | None = None) -> Manuscript:
    """Read the main text of a page.

    The stored text is the headline and the paragraphs, with a blank line
    between them.

    Args:
        data: All bytes.
        source: Its name, for messages.
        encoding: Any encoding Python knows; None to find it.

    Raises:
        ArticleError: If it cannot be decoded or has no text.
        UsageError: If there is no such encoding.
    """
    decoded = _decoded(data, source, encoding)
    tree = _parsed(decoded.text, source)
    # The extractor changes the tree.
    root, canonical, spellings = _root(tree), _canonical(tree), _spellings(tree)
    found = _extracted(tree, source)
    title = _spelt(found.title or "", spellings) if found else ""
    paragraphs, doubts = _text_of(found, decoded.text, source)
    if title and not _begins(paragraphs, title):
        paragraphs.insert(0, title)
    text = "\n\n".join(paragraphs) + "\n"
    manuscript = Manuscript(
        text, decoded.encoding, decoded.bom, digest_of(data), title=title, doubts=doubts
    )
    return replace(
        manuscript,
        title_span=(0, len(paragraphs[0])) if title else None,
        published=date_of((found.date or "") if found else ""),
        publisher=_spelt((found.sitename or "") if found else "", spellings),
        url=canonical or url_of((found.url or "") if found else ""),
        declared=language_of(root.get("lang") or root.get("xml:lang") or ""),
        direction=_DIRECTIONS.get((root.get("dir") or "").strip().lower()),
    )


def _text_of(found: Any, page: str, source: str) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs of the main text, or else of the whole page, which is told."""
    paragraphs = list(_paragraphs(found.body)) if found is not None else []
    if paragraphs:
        return paragraphs, ()
    paragraphs = _all_text(_parsed(page, source))
    if not paragraphs:
        raise ArticleError(
            f"{source}: no text in this page, or nested too deep to find; save it as plain text"
        )
    return paragraphs, ("no main text was found in the page, so all of its text was taken",)


def _begins(paragraphs: list[str], title: str) -> bool:
    """Whether the headline is the first paragraph; a kicker or date before it goes after it."""
    for place, paragraph in enumerate(paragraphs[:3]):
        if _bare(paragraph) == _bare(title):
            paragraphs.insert(0, paragraphs.pop(place))
            return True
    return False


def _decoded(data: bytes, source: str, encoding: str | None) -> Decoded:
    """Decode by the option, the byte-order mark, UTF-8, the page's own word, or detection."""
    declared = None if encoding else _declared(data)
    if declared is None:
        return decode(data, source, encoding)
    try:
        return replace(decode(data, source, declared), detected=True)
    except (ArticleError, UsageError):
        return decode(data, source)


def _declared(data: bytes) -> str | None:
    """What the head of the page names; not asked where the bytes themselves tell."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    head = data[:_META_WITHIN]
    named = _XML_ENCODING.match(head) or _META_CHARSET.search(head)
    if named is None:
        return None
    try:
        # Browsers save pages as UTF-8 and leave the old name in them.
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        name = named[1].decode("ascii").lower()
        return _MEANT.get(name, name)


def _parsed(text: str, source: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # Comments and instructions are no text; a page may not load anything.
    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    page = _BAD.sub("", _DECLARATION.sub("", text, count=1))
    try:
        return document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ArticleError(
            f"{source}: cannot be read as a web page ({one_line(str(error))[:80]}); "
            "save it again, or as plain text"
        ) from None


def _root(tree: HtmlElement) -> dict[str, str]:
    """The language and direction that the page names outermost."""
    body = tree.find("body")
    found: dict[str, str] = {}
    for element in (tree, body, *tree.xpath("//article")[:1]):
        if element is not None:
            for name in ("lang", "xml:lang", "dir"):
                if element.get(name):
                    found[name] = element.get(name)
    return found


def _canonical(tree: HtmlElement) -> str:
    """The page's own address, if it names one that is more than its site's."""
    named = [
        *tree.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
    ]
    found = (url_of(str(each)) for each in named)
    return next((url for url in found if url.split("://", 1)[-1].partition("/")[2]), "")


def _spellings(tree: HtmlElement) -> dict[str, str]:
    """Headlines and names that the page has, by what is left of them without marks."""
    named = [
        *(element.text_content() for element in tree.xpath("//h1 | //title")),
        *tree.xpath("//meta[@property='og:title' or @property='og:site_name']/@content"),
    ]
    return {_bare(str(each)): one_line(str(each)) for each in reversed(named)}


def _spelt(text: str, spellings: dict[str, str]) -> str:
    """A headline or name as the page has it: the extractor drops joiners and direction marks."""
    return spellings.get(_bare(text)) or one_line(text)


def _bare(text: str) -> str:
    return "".join(_MARKS.sub("", text).split()).casefold()


def _extracted(tree: HtmlElement, source: str) -> Any:
    import logging

    from trafilatura import bare_extraction

    # What it says there is for its developers.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (RecursionError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise ArticleError(
            f"{source}: its main text cannot be found ({type(error).__name__}); "
            "save the page as plain text"
        ) from None


def _paragraphs(body: Any) -> Iterator[str]:
    """The blocks of what was extracted, each with its words in order."""
    for element in body:
        if element.tag == "list":
            items = (_words(item) for item in element.iter("item"))
            yield from filter(None, ["\n".join(filter(None, items))])
        elif element.tag == "table":
            rows = (_row(row) for row in element.iter("row"))
            yield from filter(None, ["\n".join(filter(None, rows))])
        elif element.tag in _BLOCKS and any(child.tag in _BLOCKS for child in element):
            yield from filter(None, [_BLANKS.sub(" ", element.text or "").strip()])
            yield from _paragraphs(element)
        elif words := _words(element):
            yield words
        if tail := _BLANKS.sub(" ", element.tail or "").strip():
            yield tail


def _row(row: Any) -> str:
    cells = [_BLANKS.sub(" ", _words(cell)) for cell in row.iter("cell")]
    return "\t".join(cells) if any(cells) else ""


def _words(element: Any) -> str:
    """The text of an element on one line, but for the breaks that the page has."""
    pieces = [_BLANKS.sub(" ", element.text or "")]
    for child in element:
        inner = "\n" if child.tag == "lb" else _words(child)
        pieces += [inner, _BLANKS.sub(" ", child.tail or "")]
    return _BREAKS.sub("\n", "".join(pieces)).strip()


def _all_text(tree: HtmlElement) -> list[str]:
    """Every text of a page, block by block, where there is no main one."""
    for element in tree.xpath("//script | //style | //noscript | //template | //head"):
        element.drop_tree()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(_in_order(tree)).split("\n"))
    return [line for line in lines if line]


def _in_order(element: Any) -> Iterator[str]:
    edge = "" if element.tag in _INLINE else "\n"
    yield edge + _BLANKS.sub(" ", element.text or "")
    for child in element:
        yield from _in_order(child)
        yield _BLANKS.sub(" ", child.tail or "")
    yield edge
