"""Where the text-bound lines of a brat document stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from reader.annotation.spans import Range, Span
from reader.formats import brat_names as names
from reader.formats.brat_lines import Line, Textbound
from reader.formats.landing import Landing
from reader.formats.offsets import CODE_POINTS, UTF_16, Mark, Ruler, Unit, place, settle_unit

UNITS = (CODE_POINTS, UTF_16, Unit(lf=True), Unit("utf-16", lf=True))
"""What the offsets may count: brat's server code points, its pages UTF-16; CRLF as it is read."""

_LINE_END = re.compile("\r\n|" + names.LINE_ENDS.pattern.removesuffix("+"))

Lose = Callable[[Line, str], None]


def spans_of_lines(
    landing: Landing,
    lines: Sequence[Textbound],
    parted: Collection[str],
    unit: Unit | None,
    ahead: int,
    lose: Lose,
) -> dict[str, Span]:
    """Return the span of each line that has a place, by the line's id.

    Stretches with nothing but line ends between them become one, as a text
    column cannot hold a line end.

    Args:
        landing: The text.
        lines: What stands on it.
        parted: Ids of lines whose stretches stay apart.
        unit: What offsets count, if it was said.
        ahead: What they count before the text begins.
        lose: Told each line without a place, and why.

    Raises:
        FormatError: If the unit cannot be settled.
    """
    text = landing.text
    bounds = [line for line in lines if all(start < end for start, end in line.ranges)]
    for line in lines:
        if line not in bounds:
            lose(line, "it is empty: it ends where it begins")
    marks = [_marks(line, ahead) for line in bounds]
    everything = [mark for some in marks for mark in some]
    unit = unit or settle_unit([(text, everything)], UNITS, same_column)
    placed = iter(place(text, everything, unit, same_column))
    found: dict[str, list[Range]] = {}
    for line, some in zip(bounds, marks, strict=True):
        ranges = [next(placed) for _ in some]
        wrong = next((each for each in ranges if isinstance(each, str)), None)
        if wrong is not None:
            lose(line, wrong)
        else:
            kept = [each for each in ranges if not isinstance(each, str)]
            found[line.id] = kept if line.id in parted else _joined(text, kept)
    return dict(zip(found, landing.spans(found.values()), strict=True))


def same_column(stands: str, words: str) -> bool:
    """Tell whether a text column says what stands in the text, blanks in place of line ends."""
    return stands == words or _LINE_END.sub(" ", stands) == _LINE_END.sub(" ", words)


def _marks(line: Textbound, ahead: int) -> list[Mark]:
    columns = _columns(line)
    return [
        Mark(start - ahead, end - ahead, words)
        for (start, end), words in zip(line.ranges, columns, strict=True)
    ]


def _columns(line: Textbound) -> Sequence[str | None]:
    """Return the part of the text column that belongs to each stretch."""
    if line.words is None:
        return [None] * len(line.ranges)
    words = line.words
    if len(words) > line.size and words[line.size].isspace():
        words = words[: line.size]
    if len(line.ranges) > 1:
        for unit in (CODE_POINTS, UTF_16):
            found = _parts(words, line.ranges, Ruler(words, unit))
            if found is not None:
                return found
    # Where the column cannot be cut, all of it is looked for, and missed.
    return [words] * len(line.ranges)


def _parts(words: str, ranges: Sequence[Range], ruler: Ruler) -> list[str] | None:
    """Cut a text column into its parts, with a blank between two; None if they do not fill it."""
    found, at = [], 0
    for start, end in ranges:
        part = ruler.range(at, at + end - start)
        if part is None:
            return None
        found.append(words[slice(*part)])
        at += end - start + 1
    return found if at - 1 == ruler.offset(len(words)) else None


def _joined(text: str, ranges: Sequence[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and names.LINE_ENDS.fullmatch(text, joined[-1][1], start):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def written_ranges(text: str, span: Span) -> list[Range] | None:
    """Cut the fragments of a span at line ends; None where one begins or ends with a line end."""
    found: list[Range] = []
    for start, end in span.fragments:
        at = start
        for gap in names.LINE_ENDS.finditer(text, start, end):
            found.append((at, gap.start()))
            at = gap.end()
        found.append((at, end))
    return found if all(start < end for start, end in found) else None


def is_parted(text: str, span: Span) -> bool:
    """Tell whether two fragments of a span have nothing but line ends between them."""
    gaps: Mapping[int, int] = {
        before[1]: after[0]
        for before, after in zip(span.fragments, span.fragments[1:], strict=False)
    }
    return any(names.LINE_ENDS.fullmatch(text, start, end) for start, end in gaps.items())
