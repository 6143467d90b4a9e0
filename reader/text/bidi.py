"""Levels and visual order of a paragraph: the Unicode Bidirectional Algorithm.

The classes of a paragraph are a string of one-letter codes (see
`reader.text.properties`), and most rules are substitutions over it. A paragraph
without embeddings, overrides and isolates is one isolating run sequence;
`reader.text.explicit` cuts the others into theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from reader.patterns import pattern
from reader.text.properties import bidi_classes

# Where python-bidi's answer is not the one wanted: separators, at which it stops
# looking, lone surrogates, which it refuses, and code points of which a newer
# version of Unicode than our tables' may say something else. One version of the
# data has to serve all rules.
_UNSETTLED = pattern(
    "[\n\r\x1c-\x1e\x85\u0897\u2029\u2065\u2427-\u2429\u2ffc-\u2fff\u31e4-\u31ef"
    "\ud800-\udfff\ufdd0-\ufdef\ufff0-\ufff8\ufffe-\U0010ffff]"
)
_BEGINNING = 32
_EXPLICIT = pattern("[xyuvzlrfp]")
_RIGHT_TO_LEFT = pattern("[RAHxyuvzlrfp]")
_STRONG_OR_ISOLATE = pattern("[LRAlrfp]")
_SPACES = "Wlrfpxyuvzb"
_SEPARATOR_TRAIL = pattern(f"(?<![{_SPACES}])[{_SPACES}]*+[SB]")


def resolve_levels(text: str, base: int | None = None) -> tuple[int, list[int]]:
    """Embedding levels after rule I2; L1 is a matter of each line (`line_levels`).

    A text with paragraph separators (class B) inside is several paragraphs
    (UAX #9, P1): each is resolved on its own, with its own base level when
    `base` is None, and the first one's base level is returned.

    Args:
        text: One paragraph.
        base: 0 or 1 for a given base direction, None for the first strong
            character's, 0 if there is none (P2, P3).

    Returns:
        The base level, and a level for each code point. A code point that rule
        X9 removes has the level of the one before it, the base level at the start.
    """
    if text.isascii() and not base:
        return 0, [0] * len(text)
    return levels_of(text, bidi_classes(text), base)


def levels_of(text: str, classes: str, base: int | None) -> tuple[int, list[int]]:
    """As `resolve_levels`, for a text whose class letters are known."""
    if "B" in classes[:-1]:
        return _several_paragraphs(text, classes, base)
    level = base_level(text) if base is None else base
    return level, _paragraph_levels(text, classes, level)


def resolve_classes(classes: str, base: int | None = None) -> tuple[int, list[int]]:
    """As `resolve_levels`, for one paragraph of class letters without brackets."""
    level = (first_strong(classes) or 0) if base is None else base
    return level, _paragraph_levels("", classes, level)


def base_level(text: str) -> int:
    """Base level by the first strong character outside isolates (UAX #9, P2, P3)."""
    if text[:1].isascii() and text[:1].isalpha():
        return 0
    if len(text) > _BEGINNING and base_level(text[:_BEGINNING]):
        return 1  # No need to show python-bidi, which looks at all it gets, the rest.
    if not text or _UNSETTLED.search(text):
        return first_strong(bidi_classes(text)) or 0
    from bidi import get_base_level

    return int(get_base_level(text))


def first_strong(classes: str) -> int | None:
    """Level of the first strong class outside isolates; None without one (P2)."""
    depth = 0
    for found in _STRONG_OR_ISOLATE.finditer(classes):
        code = found[0]
        if code in "lrf":
            depth += 1
        elif code == "p":
            depth = max(0, depth - 1)
        elif not depth:
            return 0 if code == "L" else 1
    return None


def line_levels(levels: Sequence[int], classes: str, base: int) -> list[int]:
    """Levels of one line after rule L1.

    Args:
        levels: Resolved levels of the line's code points.
        classes: Their class letters before any rule.
        base: Base level of the paragraph.
    """
    result = list(levels)
    for start, end in base_level_spans(classes):
        result[start:end] = [base] * (end - start)
    return result


def base_level_spans(classes: str) -> list[tuple[int, int]]:
    """What goes back to the base level in a line of these class letters (L1).

    Separators, and white space and isolate controls before a separator or at
    the end of the line.
    """
    spans: list[tuple[int, int]] = []
    if "S" in classes or "B" in classes:
        spans = [found.span() for found in _SEPARATOR_TRAIL.finditer(classes)]
    end = len(classes.rstrip(_SPACES))
    return [*spans, (end, len(classes))] if end < len(classes) else spans


def visual_order(levels: Sequence[int]) -> list[int]:
    """Indices of a line's items from left to right (UAX #9, L2)."""
    if levels and min(levels) == max(levels):
        return list(range(len(levels)))[:: -1 if levels[0] & 1 else 1]
    runs: list[tuple[int, range]] = []
    start = 0
    for level, items in groupby(levels):
        end = start + len(list(items))
        runs.append((level, range(start, end)))
        start = end
    odd = [level for level, _ in runs if level & 1]
    if odd:
        for threshold in range(max(level for level, _ in runs), min(odd) - 1, -1):
            _reverse_from(runs, threshold)
    order: list[int] = []
    for level, run in runs:
        order.extend(reversed(run) if level & 1 else run)
    return order


def _reverse_from(runs: list[tuple[int, range]], threshold: int) -> None:
    """Reverse each stretch of runs at `threshold` or above."""
    start = 0
    for above, stretch in groupby(list(runs), key=lambda run: run[0] >= threshold):
        part = list(stretch)
        if above:
            runs[start : start + len(part)] = reversed(part)
        start += len(part)


def _several_paragraphs(text: str, classes: str, base: int | None) -> tuple[int, list[int]]:
    first = None
    levels: list[int] = []
    for found in re.finditer("[^B]*B|[^B]+$", classes):
        start, end = found.span()
        level, part = resolve_levels(text[start:end], base)
        first = level if first is None else first
        levels += part
    return first or 0, levels


def _paragraph_levels(text: str, classes: str, base: int) -> list[int]:
    if base == 0 and not _RIGHT_TO_LEFT.search(classes):
        return [0] * len(classes)
    if _EXPLICIT.search(classes):
        return _explicit_levels(text, classes, base)
    if "b" in classes:
        return _sparse_levels(text, classes, base)
    from reader.text.weak import resolve_sequence

    edge = "R" if base else "L"
    return list(resolve_sequence(classes, base, edge, edge, text))


def _sparse_levels(text: str, classes: str, base: int) -> list[int]:
    """Levels of a paragraph with boundary neutrals, which take no part (X9)."""
    from reader.text.weak import resolve_sequence

    edge = "R" if base else "L"
    kept = [
        (code, char) for code, char in zip(classes, text or classes, strict=True) if code != "b"
    ]
    codes = "".join(code for code, _ in kept)
    chars = "".join(char for _, char in kept) if text else ""
    resolved = iter(resolve_sequence(codes, base, edge, edge, chars))
    levels: list[int] = []
    level = base
    for code in classes:
        if code != "b":
            level = next(resolved)
        levels.append(level)
    return levels


def _explicit_levels(text: str, classes: str, base: int) -> list[int]:
    levels: list[int | None] = [None] * len(classes)
    # Few texts have such codes, and the start is quicker without their rules.
    from reader.text.explicit import isolating_runs
    from reader.text.weak import resolve_sequence

    for run in isolating_runs(classes, base):
        chars = "".join(map(text.__getitem__, run.indices)) if text else ""
        resolved = resolve_sequence(run.codes, run.level, run.before, run.after, chars)
        for index, level in zip(run.indices, resolved, strict=True):
            levels[index] = level
    return _filled(levels, base)


def _filled(levels: Sequence[int | None], base: int) -> list[int]:
    """Give each removed code point the level before it."""
    result: list[int] = []
    last = base
    for level in levels:
        last = last if level is None else level
        result.append(last)
    return result
