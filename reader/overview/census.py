"""The statistics of a library, counted step by step, so that a front end stays alive meanwhile.

What is marked is counted first, in a moment. The sentences of the bodies have to be
found in the texts, which takes longer; they are kept for the next time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.annotation.counting import Counting
from reader.annotation.coverage import Coverage, CoverageCount, covered
from reader.annotation.spans import Range
from reader.annotation.statistics import Statistics, StatisticsView

if TYPE_CHECKING:
    from reader.store.articles import ArticleEntry
    from reader.store.library import Library

_PORTION = 50
"""Articles whose marks are read together."""


class Numbered(NamedTuple):
    """An article with its number in the list of the library."""

    number: int
    entry: ArticleEntry


class _Sentences(NamedTuple):
    """The sentences of a body, and what they depend on besides the text, which never changes."""

    language: str
    parts: tuple[Range, ...]
    edges: array[int]

    @property
    def ranges(self) -> list[Range]:
        edges = iter(self.edges)
        return list(zip(edges, edges, strict=True))


class Census:
    """Counts a library, or a part of it, and keeps what it has found.

    Args:
        library: The library.
        reader: Id of the annotator for whom articles are listed elsewhere too, so that
            they are listed once; "" for nobody.

    Attributes:
        view: What was counted last.
        articles: The articles of this view, by id, in the order of the library.
        statistics: What is marked in them; None before anything was counted.
        coverage: Their sentences, as far as they have been read.
    """

    def __init__(self, library: Library, reader: str = "") -> None:
        self.view = StatisticsView()
        self.articles: dict[str, Numbered] = {}
        self.statistics: Statistics | None = None
        self.coverage = CoverageCount()
        self._library, self._reader = library, reader
        self._state: object = None
        self._sentences: dict[str, _Sentences] = {}
        self._covered: dict[str, Coverage] = {}
        self._covered_at: object = None

    @property
    def whole(self) -> bool:
        """Whether the sentences of all articles have been read."""
        return self.coverage.total.read == len(self.articles)

    def is_current(self, view: StatisticsView) -> bool:
        """Tell whether this is what was counted last, and nobody has changed the library since."""
        counted = self.statistics is not None and self.view == view
        return counted and self._state == self._library.statistics.state

    def count(self, view: StatisticsView, *, sentences: bool = True) -> Statistics:
        """Count all of it at once, in one state of the library.

        Args:
            view: What is counted.
            sentences: Whether the texts are read too, for the coverage.
        """
        with self._library.steady():
            for _ in self.steps(view) if sentences else self._count(view):
                pass
        assert self.statistics is not None
        return self.statistics

    def steps(self, view: StatisticsView) -> Iterator[None]:
        """Count a little whenever the next value is asked for.

        What was counted before stays until `statistics` and an empty `coverage`
        are put in its place; then `coverage` grows.

        Raises:
            LibraryError: If the library cannot be read.
        """
        if not self.is_current(view):
            yield from self._count(view)
        yield from self._read_sentences(tuple(self.articles))

    def _count(self, view: StatisticsView) -> Iterator[None]:
        stored = self._library.statistics
        state = stored.state
        listed = enumerate(self._library.articles.listed(self._reader), 1)
        articles = {e.id: Numbered(n, e) for n, e in listed if view.shows(e.id, e.language)}
        languages = {id: each.entry.language for id, each in articles.items()}
        values = self._library.schema().values
        counting = Counting(languages, stored.entities(), values, view.annotator)
        for portion in stored.mentions(view.articles):
            counting.add_mentions(portion)
            yield
        for claims in stored.claims():
            counting.add_claims(claims)
            yield
        counting.add_attributes(stored.attributes())
        counting.add_statuses(stored.statuses())
        yield
        found = counting.result(self._library.people.all())
        self.view, self.articles, self._state = view, articles, state
        self.statistics, self.coverage = found, CoverageCount()
        yield

    def _read_sentences(self, articles: Sequence[str]) -> Iterator[None]:
        kept_for = self._state, self.view.annotator
        if self._covered_at != kept_for:
            self._covered, self._covered_at = {}, kept_for
        known = self._covered
        for start in range(self.coverage.total.read, len(articles), _PORTION):
            portion = articles[start : start + _PORTION]
            due = [id for id in portion if id not in known]
            if due:
                yield from self._cover(due, known)
            for id in portion:
                self.coverage.add(id, self.articles[id].entry.language, known[id])
            yield

    def _cover(self, articles: Sequence[str], found: dict[str, Coverage]) -> Iterator[None]:
        stored = self._library.statistics
        bodies, marks = stored.bodies(articles), stored.marks(articles, self.view.annotator)
        for id in articles:
            found[id] = covered(self._sentences_of(id, bodies[id]), marks[id])
            yield

    def _sentences_of(self, id: str, parts: tuple[Range, ...]) -> list[Range]:
        """Return the sentences of a body, found in its text when they are not known."""
        language = self.articles[id].entry.language
        known = self._sentences.get(id)
        if known is None or (known.language, known.parts) != (language, parts):
            edges = array("I", self._found(id, parts, language))
            known = self._sentences[id] = _Sentences(language, parts, edges)
        return known.ranges

    def _found(self, id: str, parts: Sequence[Range], language: str) -> Iterator[int]:
        from reader.corpus.sentences import sentences_between

        stored = self._library.articles.text(id) if parts else None
        text = "" if stored is None else stored.text
        for start, end in parts:
            for sentence in sentences_between(text, start, end, language):
                yield from sentence
