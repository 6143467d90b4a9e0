"""Which of very many names sound like what was typed: `sounds_like`, of all of them at once.

Names are known by the skeletons of their words. Those that are like a word
are found among the different skeletons, of which there are far fewer than
names, and most of these are settled by their length and letters alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from reader.text.skeleton import ALIKE, begins, similarity

Parts = tuple[str, ...]
"""The skeletons of the words of a name."""


class Sounds:
    """Skeletons, among which those are found that are like one."""

    def __init__(self) -> None:
        self._groups: dict[int, dict[int, set[str]]] = {}
        """By length, then by the letters that they have."""
        self._sorted: list[str] | None = None
        self._found: dict[str, dict[str, float]] = {}

    def add(self, skeleton: str) -> None:
        """Take in one that is not there yet."""
        group = self._groups.setdefault(len(skeleton), {})
        group.setdefault(_letters(skeleton), set()).add(skeleton)
        self._forget()

    def remove(self, skeleton: str) -> None:
        """Take out one that is there."""
        self._groups[len(skeleton)][_letters(skeleton)].discard(skeleton)
        self._forget()

    def _forget(self) -> None:
        if self._found or self._sorted is not None:
            self._sorted, self._found = None, {}

    def like(self, wanted: str) -> dict[str, float]:
        """Return those that are like one at least by `ALIKE`, with their similarity."""
        found = self._found.get(wanted)
        if found is None:
            each = ((other, similarity(wanted, other)) for other in self._perhaps(wanted))
            found = {other: alike for other, alike in each if alike >= ALIKE}
            self._found[wanted] = found
        return found

    def beginning(self, start: str) -> Iterator[str]:
        """Yield those that begin with one."""
        if self._sorted is None:
            groups = (group for size in self._groups.values() for group in size.values())
            self._sorted = sorted(each for group in groups for each in group)
        for index in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[index].startswith(start):
                return
            yield self._sorted[index]

    def _perhaps(self, wanted: str) -> Iterator[str]:
        """Yield those that may be like one: they have enough of its letters in their order."""
        size, places = len(wanted), _places(wanted)
        for length, groups in self._groups.items():
            least = ALIKE * (size + length) / 2
            if min(size, length) < least:
                continue
            for group in _with_letters(groups, wanted, size - least, length - least):
                for other in group:
                    if _common(places, size, other) >= least:
                        yield other


def _with_letters(
    groups: Mapping[int, set[str]], wanted: str, spared: float, added: float
) -> Iterator[set[str]]:
    """Yield groups of skeletons that have most of the letters of one, and few others.

    Args:
        groups: Skeletons by their letters.
        wanted: The one.
        spared: How many of its letters they may lack.
        added: How many other letters they may have.
    """
    letters, lacking = _letters(wanted), dict[int, int]()
    for others, group in groups.items():
        if (others & ~letters).bit_count() > added:
            continue
        missing = letters & ~others
        if missing not in lacking:
            lacking[missing] = sum(1 << ord(each) - _FIRST & missing > 0 for each in wanted)
        if lacking[missing] <= spared:
            yield group


_FIRST = ord("A")
"""Skeletons are made of capital letters."""


def _letters(skeleton: str) -> int:
    """Return the different letters of a skeleton as bits."""
    letters = 0
    for letter in skeleton:
        letters |= 1 << ord(letter) - _FIRST
    return letters


def _places(text: str) -> dict[str, int]:
    """Return the places of each letter as bits."""
    places: dict[str, int] = {}
    for place, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << place
    return places


def _common(places: dict[str, int], size: int, other: str) -> int:
    """Return the length of the longest common subsequence, which is the most that can match.

    The bits are those of the letters that are not matched yet (Allison and Dix 1986,
    in the form of Hyyrö 2004).
    """
    full = left = (1 << size) - 1
    for letter in other:
        met = left & places.get(letter, 0)
        left = (left + met) | (left - met)
    return size - (left & full).bit_count()


class SoundIndex:
    """Names by their sound.

    Attributes:
        names: Names by the skeletons of their words; the caller's, to know them again.
    """

    def __init__(self) -> None:
        self._uses: dict[Parts, int] = {}
        self._words, self._joined = Sounds(), Sounds()
        self._with: dict[str, set[Parts]] = {}
        self._as_one: dict[str, set[Parts]] = {}

    def add(self, parts: Parts) -> None:
        """Take a name in; several may have the same skeletons."""
        self._uses[parts] = self._uses.get(parts, 0) + 1
        if self._uses[parts] == 1 and parts:
            for word in parts:
                _put(self._with, self._words, word, parts)
            _put(self._as_one, self._joined, "".join(parts), parts)

    def remove(self, parts: Parts) -> None:
        """Take a name out."""
        self._uses[parts] -= 1
        if self._uses[parts] == 0:
            del self._uses[parts]
            for word in set(parts):
                _drop(self._with, self._words, word, parts)
            if parts:
                _drop(self._as_one, self._joined, "".join(parts), parts)

    def like(self, words: Parts) -> dict[Parts, float]:
        """Return the names that sound like some words, with how much, as `sounds_like` says.

        Args:
            words: The skeletons of what was typed.
        """
        if not words:
            return {}
        found = self._by_word([self._matches(word) for word in words[:-1]], words[-1])
        for joined, alike in self._joined.like("".join(words)).items():
            for parts in self._as_one[joined]:
                found[parts] = max(alike, found.get(parts, 0.0))
        return found

    def _by_word(self, first: list[dict[str, float]], last: str) -> dict[Parts, float]:
        matches = [*first, self._matches(last, begun=True)]
        named = [self._with_any(match) for match in matches]
        both = min(named, key=len).intersection(*named)
        return {
            parts: sum(max(match.get(part, 0.0) for part in parts) for match in matches)
            / len(matches)
            for parts in both
        }

    def _matches(self, word: str, *, begun: bool = False) -> dict[str, float]:
        found = self._words.like(word)
        if begun and begins(word, word):
            found = dict.fromkeys(self._words.beginning(word), begins(word, word)) | found
        return found

    def _with_any(self, words: Iterable[str]) -> set[Parts]:
        return set[Parts]().union(*(self._with[word] for word in words))


def _put(index: dict[str, set[Parts]], sounds: Sounds, word: str, parts: Parts) -> None:
    if word not in index:
        index[word] = set()
        sounds.add(word)
    index[word].add(parts)


def _drop(index: dict[str, set[Parts]], sounds: Sounds, word: str, parts: Parts) -> None:
    index[word].discard(parts)
    if not index[word]:
        del index[word]
        sounds.remove(word)
