"""Text for a web page: nothing that anybody wrote becomes markup, and nothing hides.

Control characters, which HTML cannot hold or which a terminal would obey, are
replaced by a sign; `data-c` of the element around it has the code point, so the
text can be read back exactly. Characters that turn the direction of text stay in
an article, where they count (UAX #9), with a mark; in a list they are replaced.
"""

from __future__ import annotations

import re

_SIGNIFICANT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_DIRECTING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SEPARATORS = "\r\u2028\u2029"
_IN_TEXT = re.compile(f"[&<>\"'{_SEPARATORS}{_CONTROLS}{_DIRECTING}]")
_LANGUAGE = re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_WIKIDATA = re.compile("Q[1-9][0-9]*")


def stored(text: str) -> str:
    """Return a passage of an article as markup, with every character that it has."""
    return _IN_TEXT.sub(_kept, text)


def words(text: str) -> str:
    """Return words for a list as markup, which direct nothing but themselves."""
    return _IN_TEXT.sub(_shown, text)


def isolated(text: str, language: str = "") -> str:
    """Return words as markup that keeps their order to itself (UAX #9, isolates)."""
    return f'<bdi dir="auto"{lang(language)}>{words(text)}</bdi>'


def attribute(text: str) -> str:
    """Return the value of an attribute, between its quotes."""
    return _IN_TEXT.sub(_named, text)


def tip(*parts: str) -> str:
    """Return an attribute that tells, in one line, what is said of a place."""
    told = " · ".join(f"\u2068{attribute(part)}\u2069" for part in parts if part)
    return f' title="{told}"'


def lang(language: str) -> str:
    """Return the attribute for a language; of one that is not known, that it is not."""
    if not language:
        return ""
    known = language != "und" and _LANGUAGE.fullmatch(language)
    return f' lang="{language if known else ""}"'


def link(address: str) -> str:
    """Return a web address as a link; any other address as words."""
    if not _ADDRESS.fullmatch(address):
        return isolated(address)
    target = f'href="{attribute(address)}" rel="noopener noreferrer"'
    return f"<a {target}>{isolated(address)}</a>"


def wikidata(id: str) -> str:
    """Return the id of an item as a link to it; what is no such id as words."""
    if not _WIKIDATA.fullmatch(id):
        return isolated(id)
    address = f"https://www.wikidata.org/wiki/{id}"
    return f'<a href="{address}" rel="noopener noreferrer">{id}</a>'


def _kept(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SIGNIFICANT:
        return _SIGNIFICANT[char]
    if char in "\r\u2028\u2029":
        return f"&#{ord(char)};"
    if re.match(f"[{_DIRECTING}]", char):
        return f'<span class="b" title="{_name(char)}">&#{ord(char)};</span>'
    return _sign(char)


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SIGNIFICANT:
        return _SIGNIFICANT[char]
    # Marks of direction are part of a spelling, and reach no further than their word.
    if char in "\u061c\u200e\u200f":
        return f"&#{ord(char)};"
    return " " if char in "\r\u2028\u2029" else _sign(char)


def _named(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SIGNIFICANT:
        return _SIGNIFICANT[char]
    return " " if char in "\r\u2028\u2029" else picture(char)


def _sign(char: str) -> str:
    return f'<bdi class="c" data-c="{ord(char):x}" title="{_name(char)}">{picture(char)}</bdi>'


def picture(char: str) -> str:
    """Return the sign for a control character."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _name(char)


def _name(char: str) -> str:
    return f"U+{ord(char):04X}"
