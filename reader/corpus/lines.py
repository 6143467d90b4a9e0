"""Hard lines of an article and their shape: the measures structure is told by."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from reader.text.fold import fold_long
from reader.text.paragraphs import paragraphs
from reader.values import dataclass

_CLOSERS = "\"'”’»)]}›」』】）"
_FULL_STOPS = (".", "。", "．", "।", "۔", "։", "።")
_ENDS = (*_FULL_STOPS, "!", "?", "؟", "！", "？", "…")
#: A line this long is prose even when its full stop got lost.
_PROSE_LENGTH = 200
_PROSE_WORDS = 4
#: Code points of a line that words are counted in.
_COUNTED = 1_000
#: Scripts without spaces between words, about three letters each.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A hard line without the white space around it.

    Attributes:
        start: First code point in the text.
        end: One past the last.
        text: What stands there.
        words: Number of words, of a very long line those it starts with.
        apart: Whether a blank line, or the end of the text, follows.
    """

    start: int
    end: int
    text: str
    words: int
    apart: bool

    @property
    def is_closed(self) -> bool:
        """Whether it ends in one full stop, quotes and brackets after it aside."""
        bare = self.text.rstrip(_CLOSERS)
        return bare.endswith(_FULL_STOPS) and not bare.endswith("..")

    @property
    def is_punctuated(self) -> bool:
        """Whether it ends in any mark that ends a sentence."""
        return self.text.rstrip(_CLOSERS).endswith(_ENDS)

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence or more, by its end or by its length."""
        if len(self.text) >= _PROSE_LENGTH:
            return True
        return self.is_punctuated and self.words >= _PROSE_WORDS

    @property
    def key(self) -> str:
        """The text for comparing: case, marks and kinds of space put aside."""
        return _folded(self.text)


@lru_cache(maxsize=128)
def _folded(text: str) -> str:
    """A line is asked for it several times, while its article is looked at."""
    return fold_long(text)


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the hard lines of a text that hold more than white space."""
    lines = []
    parts = paragraphs(text)
    for part, following in zip_longest(parts, parts[1:]):
        whole = text[part.start : part.end]
        if content := whole.strip():
            start = part.start + whole.index(content)
            apart = following is None or not text[following.start : following.end].strip()
            words = _count_words(content)
            lines.append(Line(start, start + len(content), content, words, apart))
    return tuple(lines)


def _count_words(text: str) -> int:
    counted = text[:_COUNTED]
    return len(counted.split()) + len(_UNSPACED.findall(counted)) // 3
