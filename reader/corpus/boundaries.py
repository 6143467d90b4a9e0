"""Sentence boundaries from ICU, in code points."""

from __future__ import annotations


def sentence_boundaries(text: str) -> list[tuple[int, int]]:
    """Return ICU's sentences of one hard line (UAX #29, root locale).

    ICU counts UTF-16 units; the ranges here are code points, and join up.
    """
    from icu4py.breakers import SentenceBreaker

    segments = list(SentenceBreaker(text, "root").segments())
    if not segments or segments[-1][1] == len(text):
        return segments
    return _in_code_points(text, segments)


def _in_code_points(text: str, segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The segments less the second halves of surrogate pairs before them."""
    ranges = []
    start = units = 0
    for _, unit_end in segments:
        end = start
        while units < unit_end:
            units += 2 if ord(text[end]) > 0xFFFF else 1
            end += 1
        ranges.append((start, end))
        start = end
    return ranges
