"""Tables read line by line: what is known of a file after one look, and its text once more.

A table that is valid UTF-8 needs no more memory than its longest rows, however
long it is. Any other file is read as a whole, by which its encoding is told.
"""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import IO, TextIO

from reader.corpus.decoding import Decoded, has_controls
from reader.values import dataclass

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Lines:
    """A text that can be read from its beginning again and again.

    Attributes:
        encoding: Name of the encoding of its bytes.
        bom: Whether a byte-order mark was removed.
        open: Opens it at the beginning. What ends a line is told as to the `open` of
            Python; nothing is translated.
    """

    encoding: str
    bom: bool
    open: Callable[[str], TextIO]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A file that was looked through.

    Attributes:
        digest: SHA-256 of its bytes, in hexadecimal digits.
        head: Its first bytes.
        lines: Its text.
    """

    digest: str
    head: bytes
    lines: Lines


def lines_of(decoded: Decoded) -> Lines:
    """Return a text that is in memory."""

    def opened(newline: str) -> TextIO:
        return io.StringIO(decoded.text, newline=newline)

    return Lines(decoded.encoding, decoded.bom, opened)


def survey(opening: Callable[[], IO[bytes]]) -> Surveyed | None:
    """Look through a file once, without keeping it.

    Args:
        opening: Opens it.

    Returns:
        What it is, if that is text in UTF-8 beyond doubt; else None.

    Raises:
        OSError: If it cannot be read.
    """
    with opening() as file:
        head = file.read(_CHUNK)
        digest = _digest_of_text(chain((head,), iter(partial(file.read, _CHUNK), b"")))
    if digest is None:
        return None
    has_mark = head.startswith(codecs.BOM_UTF8)

    def opened(newline: str) -> TextIO:
        encoding = "utf-8-sig" if has_mark else "utf-8"
        return io.TextIOWrapper(opening(), encoding=encoding, newline=newline)

    return Surveyed(digest, head, Lines("utf-8", has_mark, opened))


def _digest_of_text(chunks: Iterable[bytes]) -> str | None:
    """Return the digest of bytes; None if they may be anything but a text in UTF-8."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    is_blank = True
    try:
        for chunk in chunks:
            digest.update(chunk)
            text = decoder.decode(chunk)
            if has_controls(text):
                return None
            is_blank = is_blank and not text.strip()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return None if is_blank else digest.hexdigest()
