"""Bytes to text: which encoding, what is refused, and why.

The text is kept exactly as decoded: no normalisation, no newline conversion,
no stripping. Only a byte-order mark is removed, and that is recorded.
"""

from __future__ import annotations

import codecs
import difflib
import re
from encodings.aliases import aliases

from reader.corpus.detection import Verdict, detect_encoding
from reader.errors import ArticleError, UsageError
from reader.values import dataclass

_BOM = "\ufeff"
#: The names we show for encodings, where Python's own are not the usual ones.
_COMMON_NAMES = {"cp1252": "windows-1252", "cp1256": "windows-1256", "utf-8-sig": "utf-8"}
_KNOWN_NAMES = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "windows-1256"),
    *("windows-1251", "windows-1255", "iso-8859-1", "iso-8859-6"),
    *sorted(name.replace("_", "-") for name in set(aliases.values())),
)
#: Control characters that text files do hold: BEL, BS, TAB, LF, VT, FF, CR, ESC.
_TEXT_CONTROLS = frozenset(b"\a\b\t\n\v\f\r\x1b")
_CONTROLS = re.compile(
    "[" + "".join(chr(c) for c in (*range(32), 127) if c not in _TEXT_CONTROLS) + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read.

    Attributes:
        text: The text without its byte-order mark.
        encoding: Name of the encoding.
        bom: Whether a byte-order mark was removed.
        detected: False when the caller named the encoding.
    """

    text: str
    encoding: str
    bom: bool
    detected: bool


def decode(data: bytes, source: str, encoding: str | None = None) -> Decoded:
    """Turn the bytes of a source into its text.

    Args:
        data: All bytes of the source.
        source: The file's name, for messages.
        encoding: Any encoding Python knows; None to detect it.

    Raises:
        ArticleError: The source is empty, binary or undecodable, holds a lone
            surrogate, or its encoding cannot be told.
        UsageError: There is no such encoding.
    """
    if not data:
        raise _empty(source)
    found = _given(data, encoding) if encoding is not None else detect_encoding(data)
    if found.encoding is None:
        raise _undetected(data, source, found)
    text = _decode_strictly(data, source, found.encoding, named=encoding is not None)
    bom = text.startswith(_BOM)
    text = text[bom:]
    refuse_unfit(text, source)
    return Decoded(text, found.encoding, bom, detected=encoding is None)


def has_controls(text: str) -> bool:
    """Say whether a text holds control characters that files of text do not, NUL among them."""
    return _CONTROLS.search(text) is not None


def is_binary(text: str) -> bool:
    """Say whether control characters show that this never was text.

    A few are allowed, NUL among them, since real texts hold them: a text is
    binary when they are more than 1 % of its characters, and also more than 8
    or more than half of all. What files of text do hold (TAB, line ends, FF,
    BEL, BS, ESC) does not count.
    """
    count = sum(1 for _ in _CONTROLS.finditer(text))
    return count * 100 > len(text) and (count > 8 or count * 2 > len(text))


def refuse_unfit(text: str, source: str) -> None:
    """Refuse what cannot be an article's text.

    Raises:
        ArticleError: It is empty, binary, or has a lone surrogate.
    """
    if not text.strip():
        raise _empty(source)
    if surrogate := _SURROGATE.search(text):
        raise ArticleError(
            f"{source}: lone surrogate U+{ord(surrogate.group()):04X} at character "
            f"{surrogate.start()}; replace it and save the file as UTF-8"
        )
    if is_binary(text):
        place = _CONTROLS.search(text)
        raise _binary(source, f"character {place.start()}" if place else "the start")


def _given(data: bytes, encoding: str) -> Verdict:
    """The encoding the caller named, in its exact form."""
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
        b" ".decode(name, "replace")
    except (LookupError, ValueError):
        raise _unknown_encoding(encoding) from None
    if name in ("utf-16", "utf-32"):
        name = _byte_order(data, name)
    return Verdict(_COMMON_NAMES.get(name, name))


def _byte_order(data: bytes, name: str) -> str:
    """Little-endian, unless the byte-order mark or the zero bytes say otherwise."""
    big_endian_bom = codecs.BOM_UTF16_BE if name == "utf-16" else codecs.BOM_UTF32_BE
    detected = detect_encoding(data).encoding if name == "utf-16" else None
    is_big = data.startswith(big_endian_bom) or detected == "utf-16-be"
    return f"{name}-{'be' if is_big else 'le'}"


def _decode_strictly(data: bytes, source: str, encoding: str, *, named: bool) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, source, encoding, error, named=named) from None
    except UnicodeError as error:
        raise ArticleError(
            f"{source}: not {encoding} ({error}); "
            "name its real encoding (--encoding) or save it as UTF-8"
        ) from None


def _undetected(data: bytes, source: str, verdict: Verdict) -> ArticleError:
    """Why no encoding was found, as the error to raise."""
    if verdict.problem == "surrogates":
        return ArticleError(
            f"{source}: surrogate halves written as UTF-8 (CESU-8) at byte {verdict.offset}; "
            "save the file again as real UTF-8"
        )
    if verdict.problem == "damaged":
        return ArticleError(
            f"{source}: damaged UTF-8 at byte {verdict.offset}; "
            "repair the file, or name its encoding (--encoding)"
        )
    if is_binary(data.decode("latin-1")):
        place = _CONTROLS.search(data.decode("latin-1"))
        return _binary(source, f"byte {place.start()}" if place else "the start")
    return ArticleError(
        f"{source}: cannot tell its encoding (not UTF-8 from byte {verdict.offset} on); "
        "name it (--encoding windows-1251, for example) or save the file as UTF-8"
    )


def _undecodable(
    data: bytes, source: str, encoding: str, error: UnicodeDecodeError, *, named: bool
) -> ArticleError:
    unit = data[error.start : error.start + 2]
    value = int.from_bytes(unit, "big" if encoding.endswith("be") else "little")
    if encoding.startswith("utf-16") and 0xD800 <= value <= 0xDFFF:
        return ArticleError(
            f"{source}: lone surrogate U+{value:04X} at byte {error.start}; "
            "replace it and save the file as UTF-8"
        )
    why = "" if named else " (as its byte-order mark or zero bytes say)"
    return ArticleError(
        f"{source}: not {encoding}{why}: {error.reason} at byte {error.start}; "
        "name its real encoding (--encoding) or save it as UTF-8"
    )


def _empty(source: str) -> ArticleError:
    return ArticleError(f"{source}: empty, nothing but white space; choose a file with text in it")


def _binary(source: str, place: str) -> ArticleError:
    return ArticleError(
        f"{source}: not a text file (control characters from {place} on); "
        "save the article as plain text first"
    )


def _unknown_encoding(encoding: str) -> UsageError:
    near = difflib.get_close_matches(encoding.lower(), _KNOWN_NAMES, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "try utf-8, windows-1256 or windows-1252"
    return UsageError(f"no encoding is called {encoding!r}; {hint}")
