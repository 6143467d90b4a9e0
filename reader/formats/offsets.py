"""What the offsets of other tools count, and how they become code points.

Inside the program an offset counts code points of the stored text, from 0, end
exclusive. Other tools count UTF-16 units or bytes, read CRLF as one line end,
or name the last character instead of the one after it. All of that is
converted here and nowhere else.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, product
from typing import Literal, NamedTuple, get_args

from reader.annotation.spans import Range
from reader.errors import FormatError, UsageError
from reader.values import dataclass

Counted = Literal["code-points", "utf-16", "utf-8"]
_BLANKS = re.compile(r"[\s\x00-\x1f]+")
_LINE_END = re.compile("\r\n")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Unit:
    """What an offset counts.

    Attributes:
        counts: Code points, UTF-16 code units, or bytes of UTF-8.
        lf: Whether CRLF counts as one line end.
        inclusive: Whether an end names the last character of a range.
    """

    counts: Counted = "code-points"
    lf: bool = False
    inclusive: bool = False

    def __str__(self) -> str:
        return self.counts + ("/lf" if self.lf else "") + ("/inclusive" if self.inclusive else "")


CODE_POINTS = Unit()
UTF_16 = Unit("utf-16")
UTF_8 = Unit("utf-8")
UNITS: tuple[Unit, ...] = tuple(
    Unit(counts, lf, inclusive)
    for inclusive, lf, counts in product((False, True), (False, True), get_args(Counted))
)
"""Every unit there is, the usual ones first."""


def unit_named(name: str) -> Unit:
    """Return the unit that `--offsets` names.

    Raises:
        UsageError: If there is none.
    """
    for unit in UNITS:
        if str(unit) == name:
            return unit
    raise UsageError(
        f"{name!r} is no unit of offsets; say code-points, utf-16 or utf-8, with /lf after it "
        "where CRLF counts as one and /inclusive where the end is the last character."
    )


class Mark(NamedTuple):
    """A range that a file gives, in the file's own unit, and the words that should stand there.

    Attributes:
        start: First offset.
        end: Last offset.
        quote: The words, or None where the file does not repeat them.
    """

    start: int
    end: int
    quote: str | None = None


class Ruler:
    """The offsets of one text in one unit.

    Args:
        text: The stored text.
        unit: What the other side counts.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self._size = len(text)
        self._inclusive = 1 if unit.inclusive else 0
        self._at = None if _counts_alike(text, unit) else _offsets(text, unit)

    def range(self, start: int, end: int) -> Range | None:
        """Return a range of the other side in code points.

        Returns:
            The range, or None when it is none, leaves the text, or cuts a character.
        """
        first, last = self._code_point(start), self._code_point(end + self._inclusive)
        if first is None or last is None or first >= last:
            return None
        return first, last

    def offset(self, at: int) -> int:
        """Return where a code point begins, in the unit of the other side."""
        return at if self._at is None else self._at[at]

    def offsets(self, start: int, end: int) -> Range:
        """Return a range of code points in the unit of the other side."""
        return self.offset(start), self.offset(end) - self._inclusive

    def _code_point(self, offset: int) -> int | None:
        if self._at is None:
            return offset if 0 <= offset <= self._size else None
        at = bisect_left(self._at, offset)
        return at if at <= self._size and self._at[at] == offset else None


def _counts_alike(text: str, unit: Unit) -> bool:
    """Tell whether the unit counts every character of the text as one."""
    if unit.lf and "\r\n" in text:
        return False
    if unit.counts == "utf-8":
        return text.isascii()
    return unit.counts == "code-points" or not _ASTRAL.search(text)


def _offsets(text: str, unit: Unit) -> array[int]:
    """Return the offset of every code point, and of the end of the text."""
    widths: Iterable[int] = map(_WIDTHS[unit.counts], text)
    if unit.lf:
        widths = list(widths)
        for found in _LINE_END.finditer(text):
            widths[found.start()] = 0
    return array("Q", accumulate(widths, initial=0))


def _in_bytes(char: str) -> int:
    code = ord(char)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


_WIDTHS: dict[Counted, Callable[[str], int]] = {
    "code-points": lambda char: 1,
    "utf-16": lambda char: 1 + (char > "\uffff"),
    "utf-8": _in_bytes,
}


def same_words(stands: str, quote: str) -> bool:
    """Tell whether a quote is what stands in the text, CRLF or LF."""
    return stands == quote or ("\r\n" in stands and stands.replace("\r\n", "\n") == quote)


Same = Callable[[str, str], bool]
"""Compares what stands in the text with a quote of the file, in this order."""


def settle_unit(
    parts: Iterable[tuple[str, Sequence[Mark]]],
    candidates: Sequence[Unit],
    same: Same = same_words,
) -> Unit:
    """Find the unit in which a file counts, from all of its marks at once; nothing is guessed.

    Args:
        parts: Each text with the marks of the file on it.
        candidates: The units to try, that which the format documents first.
        same: Compares a quote with the text.

    Returns:
        The one in which all quotes match (several may, and put every mark in
        the same place); without quotes, the documented one where all agree.

    Raises:
        FormatError: If none fits, or several that differ; it names `--offsets`.
    """
    tried = [_Trial(unit) for unit in candidates]
    quotes = 0
    for text, marks in parts:
        quotes += sum(mark.quote is not None for mark in marks)
        for trial in tried:
            trial.look(text, marks, same)
    fitting = [trial for trial in tried if trial.fits]
    if not fitting:
        raise FormatError(_none_fits(tried, quotes))
    if any(trial.ranges != fitting[0].ranges for trial in fitting):
        units = " and ".join(str(trial.unit) for trial in fitting)
        raise FormatError(
            f"its offsets can be read as {units}, which are different places in these texts; "
            f"say which with --offsets {fitting[0].unit}."
        )
    return fitting[0].unit


class _Trial:
    """How well a unit fits the marks seen so far."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.ranges: list[Range | None] = []
        self.matching = 0
        self.fits = True

    def look(self, text: str, marks: Sequence[Mark], same: Same) -> None:
        ruler = Ruler(text, self.unit)
        for mark in marks:
            found = ruler.range(mark.start, mark.end)
            self.ranges.append(found)
            if found is None:
                self.fits = False
            elif mark.quote is not None:
                matches = same(text[slice(*found)], mark.quote)
                self.matching += matches
                self.fits = self.fits and matches


def _none_fits(tried: Sequence[_Trial], quotes: int) -> str:
    cure = "say with --offsets what they count, then those that fit are taken and the others named."
    if not quotes:
        return f"its offsets leave the texts, whatever they count; {cure}"
    found = ", ".join(f"{trial.matching} as {trial.unit}" for trial in tried)
    return f"of its {quotes} quotes not all stand at their offsets ({found}); {cure}"


def place(
    text: str, marks: Iterable[Mark], unit: Unit, same: Same = same_words
) -> list[Range | str]:
    """Give each mark its range in code points, or say why it has none.

    Args:
        text: The stored text.
        marks: What the file says.
        unit: What its offsets count.
        same: Compares a quote with the text.
    """
    ruler = Ruler(text, unit)
    return [_placed(text, mark, ruler.range(mark.start, mark.end), same) for mark in marks]


def _placed(text: str, mark: Mark, found: Range | None, same: Same) -> Range | str:
    if found is None:
        return f"{mark.start}-{mark.end} is no range of the text"
    stands = text[slice(*found)]
    if mark.quote is not None and not same(stands, mark.quote):
        return f"{mark.start}-{mark.end} reads “{short(stands)}”, not “{short(mark.quote)}”"
    return found


def short(words: str, size: int = 40) -> str:
    """Return words on one line, cut where they are long."""
    line = _BLANKS.sub(" ", words)
    return line if len(line) <= size else line[: size - 1] + "…"
