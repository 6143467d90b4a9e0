"""Naive Bayes over n-grams as langdetect does it, with its profiles, in a fraction of the time.

langdetect draws n-grams of a text at random until one language is all but sure,
seven times over, and gives the mean. So do we, with its frequencies, its
smoothing and its rules of what an n-gram is; but the draws come in handfuls, and
the logarithms of a handful are summed at once. N-grams do not go over the ends
of words, so that of a long text some of the words do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import exp, log
from typing import Protocol

_TRIALS = 7
_HANDFUL = 32
_HANDFULS = 32
"""Of which a trial has at most so many: langdetect gives up after 1,000 draws."""

_SURE = 0.99999
_SMOOTHING = 0.5 / 10_000
_ENOUGH = 1_000
"""Code points of whole words that n-grams are taken from; a trial draws some dozens of these."""

_WORDS = 4_096
"""Words whose n-grams are kept."""

_URL = re.compile(r"https?://[-_.?&~;+=/#0-9A-Za-z]{1,2076}")
_MAIL = re.compile(r"[-_.0-9A-Za-z]{1,64}@[-_.0-9A-Za-z]{1,255}")
#: Between "Z" and "a" are signs that langdetect takes for letters here, and so do we.
_BASIC_LATIN = re.compile("[A-z]")
#: Not Latin: letters from U+0300 on but for those that Vietnamese needs.
_BEYOND_LATIN = re.compile("[\u0300-\u1dff\u1f00-\U0010ffff]")


class Normalizing(Protocol):
    """What langdetect does to letters before it counts them."""

    def normalize(self, ch: str) -> str:
        """Return what stands for a character."""

    def normalize_vi(self, text: str) -> str:
        """Return a text with the marks of Vietnamese on their letters."""


class _Letters(dict[int, str]):
    """What stands for each character, found out when it is first met."""

    def __init__(self, normalize: Callable[[str], str]) -> None:
        self._normalize = normalize

    def __missing__(self, code: int) -> str:
        letter = self[code] = self._normalize(chr(code))
        return letter


class _Evidence(dict[str, tuple[float, ...]]):
    """For each n-gram the logarithms of its chance in each language, made when first met."""

    def __init__(self, chances: Mapping[str, Sequence[float]]) -> None:
        self._chances = chances

    def __missing__(self, gram: str) -> tuple[float, ...]:
        row = self[gram] = tuple(log(_SMOOTHING + chance) for chance in self._chances[gram])
        return row


class Profiles:
    """How frequent n-grams are in some languages.

    Args:
        languages: The languages: `langlist` of a factory of langdetect.
        chances: The share of each n-gram, of all of its length, in each language: its
            `word_lang_prob_map`.
        normalizing: Its class `NGram`.
    """

    def __init__(
        self,
        languages: Sequence[str],
        chances: Mapping[str, Sequence[float]],
        normalizing: Normalizing,
    ) -> None:
        self._languages = tuple(languages)
        self._known = frozenset(chances) - {" "}
        self._evidence = _Evidence(chances)
        self._normalizing = normalizing
        self._letters = _Letters(normalizing.normalize)
        # A third of the words of any text are the same few hundred.
        self._of_known_word = lru_cache(maxsize=_WORDS)(self._of_word)

    def best(self, text: str) -> tuple[str, float] | None:
        """Return the most probable language, and how probable it is.

        The same text gives the same answer; one without a known n-gram gives none.
        """
        grams = self._grams(self._cleaned(text))
        if not grams:
            return None
        draws = random.Random(0)
        trials = [self._trial(grams, draws) for _ in range(_TRIALS)]
        means = [sum(column) / _TRIALS for column in zip(*trials, strict=True)]
        most = max(means)
        return self._languages[means.index(most)], most

    def _cleaned(self, text: str) -> str:
        """Return a text without addresses, and without Latin words where others are many more."""
        text = self._normalizing.normalize_vi(_MAIL.sub(" ", _URL.sub(" ", text)))
        others = _BASIC_LATIN.sub("", text)
        if (len(text) - len(others)) * 2 < len(_BEYOND_LATIN.findall(text)):
            text = others
        return text.translate(self._letters)

    def _grams(self, text: str) -> list[str]:
        """Return the known n-grams of one to three characters of the words, or of some of them."""
        words = text.split(" ")
        step = 1 + sum(map(len, words)) // _ENOUGH
        return [gram for word in words[::step] if word for gram in self._of_known_word(word)]

    def _of_word(self, word: str) -> list[str]:
        padded, known = f" {word} ", self._known
        ends: Iterable[int] = range(len(padded))
        if not (word.islower() or word[1:].islower()):
            # A letter that stands in capitals after another tells nothing.
            ends = [at for at in ends if not (padded[at].isupper() and padded[at - 1].isupper())]
        return [
            gram
            for at in ends
            for gram in (padded[at], padded[at - 1 : at + 1], padded[at - 2 : at + 1])
            if gram in known
        ]

    def _trial(self, grams: Sequence[str], draws: random.Random) -> list[float]:
        """Return how probable each language is by n-grams that are drawn."""
        evidence = self._evidence
        sums = [0.0] * len(self._languages)
        for _ in range(_HANDFULS):
            rows = [evidence[gram] for gram in draws.choices(grams, k=_HANDFUL)]
            sums = list(map(sum, zip(sums, *rows, strict=True)))
            most = max(sums)
            shares = [exp(each - most) for each in sums]
            whole = sum(shares)
            if 1 / whole > _SURE:
                break
        return [share / whole for share in shares]
