"""Which encoding bytes are in, among UTF-8, UTF-16, windows-1256 and windows-1252.

The order is that of certainty: a byte-order mark; strict UTF-8 without an
unlikely share of control bytes; UTF-16 by the places of its zero bytes; then
the two single-byte code pages, by which of them gives plausible words. Where
none convinces there is no answer, because a wrong guess is stored for good.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Literal

from reader.values import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How much of a long file is looked at where every byte need not be.
_SAMPLE = 65_536
_CONTROL_BYTES = bytes(c for c in (*range(32), 127) if c not in b"\a\b\t\n\v\f\r\x1b")
_UNDEFINED_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
#: Half of the letters of Arabic, and nearly so of Persian and Urdu.
_COMMON_ARABIC = re.compile("[\u0627\u0644\u0645\u0646\u0648\u0649\u064a\u06cc]")
#: Neither ASCII nor Arabic nor the punctuation that all languages share.
_NOT_ARABIC = re.compile("[^\x00-\x7f\u00a0\u00ab\u00bb\u0600-\u06ff\u2000-\u203a\u20ac]")
#: A sign that belongs in no word: another code page has a letter at its place.
_SIGN_IN_WORD = re.compile("(?<=[^\\W\\d_])[„‚ˆ†‡‰¢-¨ª¬¯-´¶¸-º¼-¿×÷](?=[^\\W\\d_])")
_ASCII_LETTER = re.compile("[A-Za-z]")
_CESU = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The encoding, or what stands in its way.

    Attributes:
        encoding: Its name, or None.
        problem: What is wrong when there is none: UTF-8 with surrogate halves,
            UTF-8 that is damaged in places, or nothing that could be told.
        offset: The first byte that is not UTF-8.
    """

    encoding: str | None
    problem: Literal["", "surrogates", "damaged", "unknown"] = ""
    offset: int = 0


def detect_encoding(data: bytes) -> Verdict:
    """Find out the encoding of a text's bytes."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Verdict(name)
    offset = _first_fault(data)
    if offset is None and not _has_many_controls(data):
        return Verdict("utf-8")
    if utf16 := _utf16_by_zero_bytes(data):
        return Verdict(utf16)
    if offset is None:
        # Valid, but full of control bytes: the decoder refuses it as binary.
        return Verdict("utf-8")
    return _damaged_utf8(data, offset) or _code_page(data, offset)


def _first_fault(data: bytes) -> int | None:
    """Offset of the first byte that is not UTF-8, or None."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _has_many_controls(data: bytes) -> bool:
    count = len(data) - len(data.translate(None, _CONTROL_BYTES))
    return count * 100 > len(data) and (count > 8 or count * 4 > len(data))


def _utf16_by_zero_bytes(data: bytes) -> str | None:
    """UTF-16 without a mark: zero bytes at one parity only, few distinct high bytes.

    The high bytes of a text in one alphabet are nearly all the same two or
    three values, and spaces and digits make some of them zero.
    """
    if len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    for high, low, name in (
        (sample[1::2], sample[::2], "utf-16-le"),
        (sample[::2], sample[1::2], "utf-16-be"),
    ):
        if _are_high_bytes(high, low) and not _has_many_controls(_as_utf8(sample, name)):
            return name
    return None


def _as_utf8(data: bytes, encoding: str) -> bytes:
    return data.decode(encoding, "replace").encode("utf-8")


def _are_high_bytes(high: bytes, low: bytes) -> bool:
    zeros = high.count(0)
    usual = sum(count for _, count in Counter(high).most_common(4))
    return zeros * 25 >= len(high) and low.count(0) * 50 <= zeros and usual * 100 >= 95 * len(high)


def _damaged_utf8(data: bytes, offset: int) -> Verdict | None:
    """UTF-8 all the same, if most of what is not ASCII is valid in it."""
    surrogate = _CESU.search(data)
    if surrogate and _is_cesu(data):
        return Verdict(None, "surrogates", surrogate.start())
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    valid = len(text) - len(text.encode("ascii", "ignore")) - faults
    return Verdict(None, "damaged", offset) if valid >= max(4 * faults, 2) else None


def _is_cesu(data: bytes) -> bool:
    """UTF-8 but for surrogate halves that are written as if they were characters."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _code_page(data: bytes, offset: int) -> Verdict:
    """Windows-1256 or windows-1252, if one of them gives plausible words.

    Arabic in 1256 makes words of Arabic letters only; Latin text read as 1256
    makes words that mix both scripts. Latin text in 1252 has its letters above
    ASCII beside ASCII letters; other alphabets read as 1252 make words without
    any ASCII letter.
    """
    if _has_many_controls(data):
        return Verdict(None, "unknown", offset)
    sample = _sample_of(data)
    if _is_arabic(sample.decode("cp1256")):
        return Verdict("windows-1256")
    if not _UNDEFINED_1252.search(data) and _is_latin(sample.decode("cp1252", "replace")):
        return Verdict("windows-1252")
    return Verdict(None, "unknown", offset)


def _sample_of(data: bytes) -> bytes:
    """The start, and what surrounds the bytes above ASCII of a long file."""
    if len(data) <= 4 * _SAMPLE:
        return data
    pieces = re.finditer(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*", data)
    return b" ".join(piece.group() for piece, _ in zip(pieces, range(_SAMPLE), strict=False))


def _is_arabic(text: str) -> bool:
    pure = mixed = 0
    for word in _WORD.findall(text):
        if _ARABIC_LETTER.search(word):
            if _LATIN_LETTER.search(word):
                mixed += 1
            elif len(word) > 1:
                pure += 1
    # Cyrillic and Chinese code pages give such words too, but of other letters and signs.
    arabic = len(_ARABIC_LETTER.findall(text))
    is_usual = len(_COMMON_ARABIC.findall(text)) * 5 >= arabic
    return pure > 3 * mixed and is_usual and len(_NOT_ARABIC.findall(text)) * 3 <= arabic


def _is_latin(text: str) -> bool:
    accented = foreign = 0
    for word in _WORD.findall(text):
        if not word.isascii():
            accented += 1
            foreign += len(word) > 1 and not _ASCII_LETTER.search(word)
    broken = len(_SIGN_IN_WORD.findall(text))
    return foreign * 4 <= accented and broken * 10 <= accented and not _is_turkish(text)


def _is_turkish(text: str) -> bool:
    """Windows-1254 read as 1252: no language writes thorn or eth beside u umlaut and cedilla."""
    icelandic, turkish = (sum(map(text.count, letters)) for letters in ("þðÞÐ", "üçÜÇ"))
    return icelandic > 0 and turkish * 3 >= icelandic
