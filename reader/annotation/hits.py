"""Hits of a search in a text: which one comes next, and which ones are to be tagged together.

Offsets are code points of the text, end exclusive.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter

from reader.annotation.model import Mention
from reader.annotation.spans import Range
from reader.text.breaking import words
from reader.text.fold import FoldedText
from reader.values import dataclass

_JOINING = "\u00ad\u200c\u200d"
"""Soft hyphen, ZWNJ and ZWJ: they stand inside words, as letters do."""


@lru_cache(maxsize=2)
def _folded(text: str) -> FoldedText:
    return FoldedText(text)


@lru_cache(maxsize=4)
def hits_in(text: str, query: str) -> Sequence[Range]:
    """Return all hits of a query, in order; asked again for each step to the next one."""
    return _folded(text).find(query)


def first_from(hits: Sequence[Range], offset: int) -> int:
    """Return the index of the first hit at or after an offset, else 0: the search wraps."""
    index = bisect_left(hits, (offset, 0))
    return index if index < len(hits) else 0


def beside(hits: Sequence[Range], offset: int, step: int) -> tuple[int, bool]:
    """Return the next (`step` 1) or previous (-1) hit of at least one.

    Args:
        hits: In order.
        offset: Where one is: a hit that starts here is passed.
        step: 1 or -1.

    Returns:
        Its index, and whether the search wrapped at an end of the text.
    """
    find = bisect_right if step > 0 else bisect_left
    index = find(hits, offset, key=itemgetter(0)) - int(step < 0)
    return index % len(hits), not 0 <= index < len(hits)


@dataclass(frozen=True, slots=True)
class Taggable:
    """Hits that can be tagged with a type, and how many were left out, by reason.

    Attributes:
        hits: What is left, in order.
        in_words: Hits inside longer words.
        barred: Hits in stretches that are not to be tagged.
        tagged: Hits inside mentions of the type by the same annotator.
    """

    hits: tuple[Range, ...]
    in_words: int = 0
    barred: int = 0
    tagged: int = 0


def taggable(
    text: str,
    hits: Iterable[Range],
    barred: Sequence[Range],
    mentions: Iterable[Mention],
    stands_alone: Callable[[str, int, int], bool],
) -> Taggable:
    """Sort out the hits that are to be tagged together.

    Args:
        text: The text of the article.
        hits: All hits.
        barred: Ranges that are not to be tagged, such as site furniture.
        mentions: The annotator's own ones of the type in this article.
        stands_alone: Tells whether a range of a text is a word, or words, of its own.
    """
    taken = [fragment for mention in mentions for fragment in mention.span.fragments]
    left: list[Range] = []
    in_words = in_barred = tagged = 0
    for start, end in hits:
        if not stands_alone(text, start, end):
            in_words += 1
        elif any(first < end and start < last for first, last in barred):
            in_barred += 1
        elif any(first <= start and end <= last for first, last in taken):
            tagged += 1
        else:
            left.append((start, end))
    return Taggable(tuple(left), in_words, in_barred, tagged)


def to_link(mention: Mention, hits: Container[Range]) -> bool:
    """Tell whether a mention is one of some hits, and has no entity yet."""
    fragments = mention.span.fragments
    return mention.entity is None and len(fragments) == 1 and fragments[0] in hits


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a range neither begins nor ends inside a word.

    Next to what is no part of a word it does not; in scripts without spaces
    the boundaries of words decide (UAX #29). An Arabic particle that is written
    together with the next word makes a longer word of it.
    """
    open_before = start > 0 and _in_word(text[start - 1]) and _in_word(text[start])
    open_after = end < len(text) and _in_word(text[end]) and _in_word(text[end - 1])
    if not open_before and not open_after:
        return True
    first = max(text.rfind(blank, 0, start) for blank in " \n") + 1
    found = words(text[first:end] + _to_blank(text, end))
    starts, ends = {first + a for a, _ in found}, {first + b for _, b in found}
    return (not open_before or start in starts) and (not open_after or end in ends)


def _to_blank(text: str, start: int) -> str:
    found = (text.find(blank, start) for blank in " \n")
    return text[start : min((end for end in found if end >= 0), default=len(text))]


def _in_word(char: str) -> bool:
    return char.isalnum() or char in _JOINING or unicodedata.category(char).startswith("M")


def excerpt(text: str, within: Range, hit: Range, lead: int = 24) -> str:
    """Return a sentence on one line, begun so late that a hit in it can be seen.

    Args:
        text: The text.
        within: The sentence.
        hit: The range that must show.
        lead: Code points before the hit that are kept, to the next whole word.
    """
    start = within[0]
    if hit[0] - start > lead:
        space = text.find(" ", hit[0] - lead, hit[0])
        start = space + 1 if space >= 0 else hit[0] - lead
    line = " ".join(text[start : max(within[1], hit[1])].split())
    return line if start == within[0] else f"… {line}"
