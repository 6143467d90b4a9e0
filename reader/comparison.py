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
from reader.annotation.spans import Range
from reader.store.library import Library
from reader.values import dataclass

_FINISHED = ("done", "reviewed")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with what each of its annotators marked in it.

    Attributes:
        article: Id of the article.
        layers: By id of the annotator: of everybody who marked something or called it done.
        tokens: Its words that are there to be annotated.
        records: Its records and all that stand above it.
    """

    article: str
    layers: Mapping[str, Layer]
    tokens: tuple[Range, ...]
    records: AnnotationSet


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

    @cached_property
    def people(self) -> Mapping[str, Annotator]:
        """Everybody who annotated one of the articles, by id, oldest first."""
        here = {id for each in self.annotated for id in each.layers}
        return {who.id: who for who in self._library.annotators() if who.id in here}

    @cached_property
    def annotated(self) -> tuple[Annotated, ...]:
        """The articles that anybody annotated, in the order of the list."""
        return tuple(self._read())

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The annotators, two by two, who have an article in common."""
        return tuple(pair for pair in combinations(self.people, 2) if any(self._both(pair)))

    def compared(self, left: str, right: str) -> Mapping[str, Compared]:
        """Compare two annotators in each article that both annotated, by its id."""
        return {
            each.article: compare(each.layers[left], each.layers[right], each.tokens, each.records)
            for each in self._both((left, right))
        }

    def together(self) -> Counter[Any]:
        """Count the labels of all annotators of each article, for Fleiss' kappa and alpha."""
        return several(
            (tuple(each.layers.values()), each.tokens)
            for each in self.annotated
            if len(each.layers) > 1
        )

    def disagreements(self, left: str, right: str) -> Iterator[Disagreement]:
        """Give where two annotators differ, article after article."""
        for each in self._both((left, right)):
            yield from disagreements(
                each.article, each.layers[left], each.layers[right], each.records
            )

    def _both(self, pair: tuple[str, str]) -> Iterator[Annotated]:
        return (each for each in self.annotated if each.layers.keys() >= set(pair))

    def _read(self) -> Iterator[Annotated]:
        with self._library.steady():
            shared = self._library.shared_records()
            ids = self._wanted or [entry.id for entry in self._library.list_articles("")]
            for id in ids:
                own = self._library.own_records(id)
                found = self._layers(AnnotationSet.of(own), id)
                if found:
                    article = self._library.article(id)
                    records = AnnotationSet.of((*shared, *own))
                    yield Annotated(id, found, tokens(article), records)

    def _layers(self, records: AnnotationSet, article: str) -> Mapping[str, Layer]:
        """Return the layers of an article; one that is empty counts when it is called done."""
        found = dict(layers(records, article))
        done = {s.annotator for s in records.all(Status) if s.value in _FINISHED}
        found |= {id: layer(id) for id in done - found.keys()}
        kept = sorted(found.keys() & done if self._finished else found)
        return {id: found[id] for id in kept}


def total(compared: Iterable[Compared]) -> Compared | None:
    """Add up what was compared; None for nothing."""
    found: Compared | None = None
    for each in compared:
        found = each if found is None else found + each
    return found
