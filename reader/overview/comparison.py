"""How far the annotators of a library agree, over its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from reader.agreement.comparing import Compared, compare, several
from reader.agreement.disagreements import Disagreement, disagreements
from reader.agreement.layers import Layer, layer, layers, tokens
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Annotator, Status
from reader.annotation.settled import SETTLED
from reader.annotation.spans import Range
from reader.errors import ReaderError
from reader.store.library import Library
from reader.values import dataclass

_FINISHED = ("done", "reviewed")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with what each of its annotators marked in it.

    Attributes:
        article: Id of the article.
        layers: By id of the annotator: of everybody who marked something or called it done.
        tokens: Its words that are there to be annotated, where two can be compared.
        records: What stands above all articles.
    """

    article: str
    layers: Mapping[str, Layer]
    tokens: tuple[Range, ...]
    records: AnnotationSet


@dataclass(frozen=True, slots=True)
class _Found:
    """Two annotators in one article."""

    compared: Compared
    differences: tuple[Disagreement, ...]


class Comparison:
    """Annotators beside each other.

    Args:
        library: What they annotated; it is read when something is asked.
        articles: Ids of the articles to look at; none for all that are not removed.
        finished: Whether only those count who called the article done.
    """

    def __init__(
        self, library: Library, articles: Sequence[str] = (), *, finished: bool = False
    ) -> None:
        self._library = library
        self._wanted = tuple(articles)
        self._finished = finished
        self._annotated: list[Annotated] = []
        self._compared: dict[tuple[str, str, str], _Found] = {}
        self._totals: dict[tuple[str, str], Compared | None] = {}
        self._together: Counter[Any] = Counter()
        self._reading: Iterator[None] | None = None
        self.whole = False
        """Whether all articles have been read."""

    @cached_property
    def people(self) -> Mapping[str, Annotator]:
        """Everybody who annotated one of the articles, by id, oldest first, `settled` last."""
        here = {id for each in self.annotated for id in each.layers}
        known = [who for who in self._library.people.all() if who.id in here]
        return {who.id: who for who in sorted(known, key=lambda who: who.name == SETTLED.name)}

    @cached_property
    def annotated(self) -> tuple[Annotated, ...]:
        """The articles that anybody annotated, in the order of the list."""
        with self._library.steady():
            for _ in self.steps():
                pass
        return tuple(self._annotated)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The annotators, two by two, who have an article in common."""
        return tuple(pair for pair in combinations(self.people, 2) if any(self._both(pair)))

    def pair_of(self, me: str, article: str = "") -> tuple[str, str] | None:
        """Return whom to compare first: oneself with who shares most articles.

        Without an article in common with anybody, the two others who share most; the
        settled layer comes after all people.

        Args:
            me: Id of who looks.
            article: Id of an article; two who share it come first. "" for any.
        """

        def rank(pair: tuple[str, str]) -> tuple[bool, bool, bool, int]:
            shared = [each.article for each in self._both(pair)]
            settled = any(self.people[id].name == SETTLED.name for id in pair)
            return me not in pair, bool(article) and article not in shared, settled, -len(shared)

        best = min(self.pairs, key=rank, default=None)
        return best[::-1] if best and best[1] == me else best

    def compared(self, left: str, right: str) -> Mapping[str, Compared]:
        """Compare two annotators in each article that both annotated, by its id."""
        pair = left, right
        return {each.article: self._find(each, pair).compared for each in self._both(pair)}

    def together(self) -> Counter[Any]:
        """Count the labels of all annotators of each article, for Fleiss' kappa and alpha."""
        assert self.annotated is not None
        return self._together

    def disagreements(self, left: str, right: str) -> Iterator[Disagreement]:
        """Give where two annotators differ, article after article."""
        for each in self._both((left, right)):
            yield from self._find(each, (left, right)).differences

    def steps(self) -> Iterator[None]:
        """Read an article whenever the next value is asked for; begun again, it goes on."""
        if self._reading is None:
            self._reading = self._read()
        try:
            # It outlives whoever asks, who may stop in the middle.
            for _ in self._reading:
                yield
        except ReaderError:
            self._reading = None
            raise

    def steps_between(self, left: str, right: str) -> Iterator[None]:
        """Compare two annotators in one article more whenever the next value is asked for."""
        pair, found = (left, right), None
        if pair in self._totals:
            return
        for each in self._both(pair):
            one = self._find(each, pair).compared
            found = one if found is None else found + one
            yield
        self._totals[pair] = found

    def total(self, left: str, right: str) -> Compared | None:
        """Compare two annotators in all articles that both annotated; None without any."""
        for _ in self.steps_between(left, right):
            pass
        return self._totals[left, right]

    def _find(self, each: Annotated, pair: tuple[str, str]) -> _Found:
        """Compare two annotators in an article, unless that is done already."""
        key = each.article, *pair
        if key not in self._compared:
            left, right = (each.layers[id] for id in pair)
            self._compared[key] = _Found(
                compare(left, right, each.tokens, each.records),
                disagreements(each.article, left, right, each.records),
            )
        return self._compared[key]

    def _both(self, pair: tuple[str, str]) -> Iterator[Annotated]:
        return (each for each in self.annotated if each.layers.keys() >= set(pair))

    def _read(self) -> Iterator[None]:
        self._annotated.clear()
        self._together.clear()
        settled = {who.id for who in self._library.people.all() if who.name == SETTLED.name}
        shared = AnnotationSet.of(self._library.records.shared())
        yield
        ids = self._wanted or [entry.id for entry in self._library.articles.listed("")]
        for id in ids:
            found = self._layers(AnnotationSet.of(self._library.records.within(id)), id)
            if found:
                words = tokens(self._library.articles.read(id)) if len(found) > 1 else ()
                self._annotated.append(Annotated(id, found, words, shared))
            people = [each for who, each in found.items() if who not in settled]
            if len(people) > 1:
                self._together += several([(people, words)])
            yield
        self.whole = True

    def _layers(self, records: AnnotationSet, article: str) -> Mapping[str, Layer]:
        """Return the layers of an article; one that is empty counts when it is called done."""
        found = dict(layers(records, article))
        said = {status.annotator: status.value for status in records.all(Status)}
        # Who reviews looks at the marks of others; to have none is no judgement then.
        found |= {
            id: layer(id) for id, value in said.items() if value == "done" and id not in found
        }
        finished = {id for id, value in said.items() if value in _FINISHED}
        kept = sorted(found.keys() & finished if self._finished else found)
        return {id: found[id] for id in kept}


def total(compared: Iterable[Compared]) -> Compared | None:
    """Add up what was compared; None for nothing."""
    found: Compared | None = None
    for each in compared:
        found = each if found is None else found + each
    return found
