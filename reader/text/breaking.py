"""Boundaries of grapheme clusters, words, sentences and lines (UAX #29, UAX #14).

ICU's rules without a locale, except for clusters, which wcwidth cuts. ICU counts
UTF-16 units; they are converted here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.text.plain import graphemes

_LOCALE = "root"


def clusters(text: str) -> list[tuple[int, int]]:
    """Start and end of each grapheme cluster, as code points."""
    spans = []
    start = 0
    for cluster in graphemes(text):
        end = start + len(cluster)
        spans.append((start, end))
        start = end
    return spans


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word: segments with a letter or a digit in them."""
    from icu4py.breakers import WordBreaker

    spans = _code_points(text, WordBreaker(text, _LOCALE).segments())
    return [span for span in spans if any(map(str.isalnum, text[slice(*span)]))]


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, its trailing space included; they cover the text."""
    from icu4py.breakers import SentenceBreaker

    return _code_points(text, SentenceBreaker(text, _LOCALE).segments())


def line_breaks(text: str) -> list[int]:
    """Offsets after which a line may break (UAX #14), the end of the text included.

    A soft hyphen is no opportunity: nothing shows it, and a word cut there
    without a hyphen would read as two.
    """
    from icu4py.breakers import LineBreaker

    spans = _code_points(text, LineBreaker(text, _LOCALE).segments())
    return [end for _, end in spans if text[end - 1] != "\u00ad"]


def _code_points(text: str, segments: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in UTF-16 units as spans in code points."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return list(segments)
    points: list[int] = []
    for index, char in enumerate(text):
        points += (index, index) if char > "\uffff" else (index,)
    points.append(len(text))
    return [(points[start], points[end]) for start, end in segments]
