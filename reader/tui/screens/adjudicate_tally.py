"""How much is decided between two annotators, of all that there is to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.work.adjudication import Adjudication


class Tally:
    """Counts, article after article, at how many places something is decided.

    Args:
        work: The two annotators.
    """

    def __init__(self, work: Adjudication) -> None:
        self._work = work
        self._found: dict[str, tuple[int, int]] = {}

    def count(self, article: str) -> None:
        """Count an article anew."""
        self._found[article] = self._work.tally(article)

    def forget(self) -> None:
        """Count all articles anew when they are asked for."""
        self._found.clear()

    def steps(self, articles: Sequence[str]) -> Iterator[None]:
        """Count an article more, of those that are not counted yet, with each next value."""
        for article in articles:
            if article not in self._found:
                self.count(article)
                yield

    def words(self, article: str, articles: Sequence[str]) -> str:
        """Say how much is decided in an article, and in all as soon as these are counted."""
        decided, places = self._found.get(article, (0, 0))
        here = f"decided {decided:,} of {places:,} here"
        if len(articles) == 1 or len(self._found) < len(articles):
            return here
        in_all, of = self._sums()
        return f"{here}, {in_all:,} of {of:,} in all"

    def nothing_words(self, articles: Sequence[str]) -> str:
        """Say that nothing is open."""
        if not articles:
            return "They share no article."
        _, places = self._sums()
        whole = len(self._found) == len(articles) and places > 1
        return f"Nothing is open: all {f'{places:,} places are' if whole else 'is'} decided."

    def _sums(self) -> tuple[int, int]:
        found = self._found.values()
        return sum(decided for decided, _ in found), sum(places for _, places in found)
