"""Can what somebody typed about an article be right?

Each function returns what is to be stored, trimmed, and refuses the rest with
one line that says what would do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from reprlib import repr as short_repr
from urllib.parse import urlsplit

from reader.corpus.article import UNDETERMINED, Direction
from reader.errors import DetailsError

_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# ISO 639-1; languages without a code of two letters have one of three (ISO 639-3).
_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*://")
# Marks and overrides of direction are no part of an address, and make it look like another.
_SPACE = re.compile(r"[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIRECTIONS: dict[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}
_TAG_LENGTH = 64


def is_url(source: str) -> bool:
    """Tell whether a source is a web address, not the path of a file."""
    return _SCHEME.match(source) is not None


def checked_line(typed: str, name: str) -> str:
    """Return a line of text, trimmed.

    Raises:
        DetailsError: If it has a hard line break or a control character in it.
    """
    line = typed.strip()
    if any(ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u2028\u2029" for char in line):
        raise DetailsError(f"The {name} has a line break or control character in it; leave it out.")
    return line


def checked_published(typed: str) -> str:
    """Return a date of publication, or "" for none.

    Raises:
        DetailsError: If it is no year, month or day in the form of ISO 8601.
    """
    text = typed.strip()
    if text and not _is_date(text):
        raise DetailsError(
            f"{short_repr(text)} is no date; write one like 2016-11-08, 2016-11 or 2016."
        )
    return text


def _is_date(text: str) -> bool:
    if not text.isascii():
        return False
    month = _MONTH.fullmatch(text)
    try:
        if month:
            date(int(month[1]), int(month[2] or 1), 1)
        else:
            datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(month or _DAY.fullmatch(text))


def checked_url(typed: str) -> str:
    """Return a web address, or "" for none.

    Raises:
        DetailsError: If it is not well formed.
    """
    url = typed.strip()
    if url and not _is_well_formed(url):
        raise DetailsError(
            f"{short_repr(url)} is no web address; write one like https://example.org/news/1."
        )
    return checked_line(url, "URL")


def _is_well_formed(url: str) -> bool:
    if _SPACE.search(url):
        return False
    try:
        parts = urlsplit(url)
        # A port that is no number is found when it is asked for.
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def checked_language(typed: str) -> str:
    """Return a BCP 47 code, the language in small letters; "" stands for `und`.

    Raises:
        DetailsError: If it is not well formed, or no code of ISO 639.
    """
    code = typed.strip().replace("_", "-") or UNDETERMINED
    primary, dash, rest = code.partition("-")
    primary = primary.lower()
    known = _LANGUAGE.fullmatch(code) and (len(primary) == 3 or primary in _TWO_LETTERS.split())
    if not known:
        raise DetailsError(
            f"{short_repr(typed.strip())} is no language code; write one like ar, fa, en-GB or "
            f"ckb, or {UNDETERMINED} when it is not known."
        )
    return primary + dash + rest


def checked_direction(typed: str) -> Direction:
    """Return a base direction.

    Raises:
        DetailsError: If it is neither `ltr` nor `rtl`.
    """
    found = _DIRECTIONS.get(typed.strip().lower())
    if found is None:
        raise DetailsError(f"{short_repr(typed)} is no direction; it is ltr or rtl.")
    return found


def checked_tags(typed: Iterable[str]) -> tuple[str, ...]:
    """Return collection tags, trimmed, each once, in the order in which they were typed.

    Raises:
        DetailsError: If one has a comma or a line break in it, or is too long.
    """
    tags = tuple(dict.fromkeys(tag for one in typed if (tag := checked_line(one, "tag"))))
    for tag in tags:
        if tag == "@":
            raise DetailsError("The tag '@' names nobody; @ann assigns the article to ann.")
        if "," in tag or "،" in tag:
            raise DetailsError(f"The tag {short_repr(tag)} has a comma in it; commas part tags.")
        if len(tag) > _TAG_LENGTH:
            raise DetailsError(
                f"The tag {short_repr(tag)} has more than {_TAG_LENGTH} characters; shorten it."
            )
    return tags
