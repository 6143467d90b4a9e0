"""What a reader of some format hands over: a text, and what the source says about it."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from reader.corpus.article import Direction, RoleRange
from reader.values import dataclass

_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/.-])")
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?")
_ISO_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_WRITTEN = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%Y%m%d")
#: What a user may name as a language.
LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text with what its source says about it; "" where it says nothing.

    Attributes:
        text: What will be stored, code point for code point.
        encoding: Of the bytes it came from.
        bom: Whether a byte-order mark was removed.
        digest: SHA-256 of the bytes of the source, or of the row of a table.
        part: What names it within its file, as the fragment of a URL, for example
            `#id=7`, or "" for the whole file.
        title: The headline.
        title_span: Where in the text the headline stands, if it does.
        published: When, ISO 8601.
        publisher: By whom.
        url: Its web address.
        language: BCP 47 code that the source is sure of.
        declared: BCP 47 code that it only claims, as web pages do.
        direction: What the source claims its base direction to be, or None.
        tags: Collections.
        parts: Ranges that are known to be something, in order.
        doubts: What the user is told about it.
        tracked: Whether the same part of the same file is the same article, changed or not.
    """

    text: str
    encoding: str
    bom: bool
    digest: str
    part: str = ""
    title: str = ""
    title_span: tuple[int, int] | None = None
    published: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    declared: str = ""
    direction: Direction | None = None
    tags: tuple[str, ...] = ()
    parts: tuple[RoleRange, ...] = ()
    doubts: tuple[str, ...] = ()
    tracked: bool = True


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def one_line(text: str) -> str:
    """Return a value on one line, without what would steer a terminal."""
    return " ".join(_CONTROL.sub(" ", text).split())


def date_of(text: str) -> str:
    """Return a date as ISO 8601, or "" for one that is not understood for certain.

    Understood are ISO 8601 in its usual forms, also with slashes or stops, the
    dates of mail and feeds, and English names of months. Days and months
    written as two numbers may be either, and are not guessed.
    """
    line = one_line(text)
    if not line:
        return ""
    whole = _ISO_TIME.fullmatch(line)
    try:
        if whole:
            datetime.fromisoformat(line)
            return line
        if day := _ISO_DAY.match(line):
            return date(*map(int, day.groups())).isoformat()
        if month := _ISO_MONTH.fullmatch(line):
            date(int(month[1]), int(month[2] or 1), 1)
            return line
    except ValueError:
        return ""
    return _mailed(line) or _written(line)


def _mailed(line: str) -> str:
    try:
        return parsedate_to_datetime(line).isoformat(timespec="seconds")
    except (TypeError, ValueError, IndexError):
        return ""


def _written(line: str) -> str:
    for form in _WRITTEN:
        try:
            return datetime.strptime(line, form).date().isoformat()
        except ValueError:
            continue
    return ""


def language_of(text: str) -> str:
    """Return a BCP 47 code, the language in small letters, or "" if it is none."""
    code = one_line(text)
    if not _LANGUAGE.fullmatch(code):
        return ""
    primary, dash, rest = code.replace("_", "-").partition("-")
    return primary.lower() + dash + rest


def url_of(text: str) -> str:
    """Return a web address, or "" if it is none."""
    line = text.strip()
    return line if _URL.fullmatch(line) else ""


def place_of_title(text: str, title: str) -> tuple[int, int] | None:
    """Return where a text begins with its headline on a line of its own, if it does."""
    start = len(text) - len(text.lstrip())
    end = start + len(title)
    if title and text.startswith(title, start) and text[end : end + 1] in ("", "\n", "\r"):
        return start, end
    return None
