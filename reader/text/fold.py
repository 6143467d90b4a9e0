"""Folding for comparison and search: what a reader would call the same word becomes the same.

Case, diacritics, harakat and tatweel go; the forms of alef, ya, kaf and ta
marbuta, curly quotes and the kinds of space each become one. Each character
folds by itself, so a place in the folded text leads back to one in the text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import overload

Range = tuple[int, int]

VERSION = f"1, Unicode {unicodedata.unidata_version}"
"""Changes whenever some text folds to something else than before."""

_FEW = 64
"""Different characters that fold to others, up to which replacing one after the other is faster."""

_LETTERS = {
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ٱ": "ا",
    "ـ": "",
    "‘": "'",
    "’": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
}


class _Table(dict[int, str]):
    """The fold of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        decomposed = unicodedata.normalize("NFKD", plain)
        kept = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
        folded = "".join(" " if c.isspace() else _LETTERS.get(c, c) for c in kept)
        self[code] = folded
        return folded


# The breaks of paragraphs stay breaks, so that no words are found across one.
_TABLE = _Table(dict.fromkeys(map(ord, "\n\r\x85\u2029"), "\n"))


def fold_text(text: str, chars: Collection[str] | None = None) -> str:
    """Fold each character of a text by itself; a line feed stands for each break.

    Args:
        text: The text.
        chars: Its different characters, if they are known already.
    """
    # Full case folding goes first: it changes no fold, and leaves few characters to replace.
    text = text.casefold()
    present = set(text if chars is None else "".join(chars).casefold())
    changed = [(char, folded) for char in present if (folded := _TABLE[ord(char)]) != char]
    if len(changed) > _FEW:
        return text.translate(_TABLE)
    for char, folded in changed:
        text = text.replace(char, folded)
    return text


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a name or a query for comparison; spaces at its ends go, runs of them become one."""
    return fold_long(text)


def fold_long(text: str) -> str:
    """Fold as `fold` does what is too long to be kept in memory, such as a line of a text."""
    return " ".join(fold_text(text).split())


@lru_cache(maxsize=16)
def _pattern(query: str) -> re.Pattern[str] | None:
    """What finds a query in a folded text; None for one that folds to nothing."""
    words = fold(query).split()
    return re.compile(" +".join(map(re.escape, words))) if words else None


class Hits(Sequence[Range]):
    """Where words were found: start and end of each hit, in order and disjoint.

    A short query has very many of them in a long text, so each is traced back
    to its place in the text when it is asked for.

    Args:
        text: The text.
        found: Starts and ends of the hits in the folded text.
        traced: How its offsets lead back to the text.
    """

    def __init__(self, text: str, found: list[Range], traced: _Trace) -> None:
        self._text, self._found, self._trace = text, found, traced

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> Range: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Range, ...]: ...

    def __getitem__(self, index: int | slice) -> Range | tuple[Range, ...]:
        if isinstance(index, slice):
            return tuple(self._at(found) for found in self._found[index])
        return self._at(self._found[index])

    def __iter__(self) -> Iterator[Range]:
        return map(self._at, self._found) if self._trace.starts else iter(self._found)

    def _at(self, found: Range) -> Range:
        if not self._trace.starts:
            return found
        start, end = self._trace.place(found[0]), self._trace.place(found[1] - 1) + 1
        # Marks on the last letter are part of it.
        while end < len(self._text) and self._text[end] in self._trace.marks:
            end += 1
        return start, end


class _Trace:
    """How offsets of a folded text lead back to the text.

    Attributes:
        starts: Folded offsets from which on a text offset is another number
            away; none when every character folds to one.
        places: The offsets of the text that they lead to.
        joints: Folded offsets inside characters: “ß” folds to “ss”.
        marks: The combining marks of the text.
    """

    def __init__(self, text: str, chars: Collection[str] = ()) -> None:
        lengths = {char: len(_TABLE[ord(char)]) for char in chars}
        odd = "".join(char for char, length in lengths.items() if length != 1)
        self.marks = frozenset(char for char in odd if unicodedata.category(char) == "Mn")
        self.starts, self.places = array("q"), array("q")
        self.joints: set[int] = set()
        if odd:
            self._measure(re.finditer(f"[{re.escape(odd)}]", text), lengths)

    def _measure(self, odd: Iterator[re.Match[str]], lengths: dict[str, int]) -> None:
        self._lead(0, 0)
        shift = 0
        for found in odd:
            at, length = found.start(), lengths[found[0]]
            first = at + shift
            self.joints.update(range(first + 1, first + length))
            for inside in range(length):
                self._lead(first + inside, at)
            self._lead(first + length, at + 1)
            shift += length - 1

    def _lead(self, start: int, place: int) -> None:
        self.starts.append(start)
        self.places.append(place)

    def place(self, offset: int) -> int:
        """Return which character of the text a folded offset comes from.

        Where a character folds to nothing, the one after it is meant: it shows a letter.
        """
        index = bisect_right(self.starts, offset) - 1
        return self.places[index] + offset - self.starts[index]


class FoldedText:
    """A text that is folded once, to look for words in it again and again.

    Args:
        text: Where to look.

    Attributes:
        text: The same.
        folded: The text folded.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        # To gather them is half of the work, so it is done once.
        self._chars = frozenset(text)
        self.folded = fold_text(text, self._chars)

    @cached_property
    def _trace(self) -> _Trace:
        return _Trace(self.text, self._chars)

    def find(self, query: str) -> Hits:
        """Find what a reader would call the same words, in each paragraph by itself.

        Args:
            query: What to look for; one that folds to nothing finds nothing.

        Returns:
            Each hit, as code points of the text.
        """
        wanted = _pattern(query)
        found = [hit.span() for hit in wanted.finditer(self.folded)] if wanted else []
        if found and any(start in self._trace.joints for start, _ in found):
            found = list(self._apart(found))
        return self.trace(found)

    def trace(self, found: list[Range]) -> Hits:
        """Lead ranges of the folded text back to the text; no range may be empty."""
        return Hits(self.text, found, self._trace if found else _NONE)

    def _apart(self, found: list[Range]) -> Iterator[Range]:
        """Leave out hits that begin in the character in which the one before ends."""
        last = -1
        for start, end in found:
            if self._trace.place(start) > last:
                yield start, end
                last = self._trace.place(end - 1)


_NONE = _Trace("")


def find_all(text: str, query: str) -> Hits:
    """Find words in a text that is looked at once: see `FoldedText.find`."""
    return FoldedText(text).find(query)
