"""What kind of file bytes are: by what they begin with, then by the end of the name."""

from __future__ import annotations

import json
import re
from typing import Literal, get_args

from reader.errors import ArticleError

Kind = Literal["text", "markdown", "html", "csv", "jsonl", "docx", "pdf"]
KINDS: tuple[Kind, ...] = get_args(Kind)

TABLES: frozenset[Kind] = frozenset(("csv", "jsonl"))
"""Kinds that hold an article in each row."""

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".docx": "docx",
    ".pdf": "pdf",
}
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
#: What other programs' files begin with, and what to do about them.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word file (.doc), or one with a password",
        "save it as .docx without one",
    ),
    (b"{\\rtf", "an RTF file", "save it as .docx or as plain text"),
    (b"\x1f\x8b", "packed with gzip", "unpack it first (gunzip)"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"SQLite format 3\0", "a database", "name it with --db, or export its texts"),
)
_HEAD = 2_048


def kind_of(data: bytes, name: str) -> Kind:
    """Tell the kind of a file.

    Args:
        data: All bytes.
        name: Its name; of standard input one without a suffix.

    Raises:
        ArticleError: If it is of a kind that is not read here.
    """
    for start, what, cure in _FOREIGN:
        if data.startswith(start):
            raise ArticleError(f"{name}: {what}; {cure}")
    if data.startswith(_PDF):
        return "pdf"
    if data.startswith(_ZIP):
        return _packed(data, name)
    if _is_page(data):
        return "html"
    known = kind_by_name(name)
    if known is None:
        return "jsonl" if _is_json_line(data) else "text"
    if known in ("docx", "pdf"):
        raise ArticleError(f"{name}: no {known.upper()} file, though it is named so; look into it")
    return known


def kind_by_name(name: str) -> Kind | None:
    """Tell what kind of file a name says, by its end; None where it says nothing."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return _SUFFIXES.get(suffix)


def _packed(data: bytes, name: str) -> Kind:
    from reader.corpus.archives import members
    from reader.corpus.word import BODY

    try:
        names = {member.name for member in members(data)}
    except ArticleError as error:
        raise ArticleError(f"{name}: {error.message}") from None
    if BODY in names:
        return "docx"
    what = "an office document or book" if "mimetype" in names else "a packed document"
    raise ArticleError(f"{name}: {what} that is not read here; save it as .docx or as plain text")


def _is_page(data: bytes) -> bool:
    head = data[:_HEAD]
    if b"\0" in head:
        # UTF-16: what tells a page is ASCII.
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def _is_json_line(data: bytes) -> bool:
    """Whether the first line is a JSON object, as in JSON Lines without a name."""
    line = data.removeprefix(b"\xef\xbb\xbf").lstrip()[: 1 << 20].partition(b"\n")[0]
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
