"""What is proposed in an article: matches of names that nobody has to look at in vain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Entity, Mention, Refusal, Suggestion
from reader.annotation.spans import Range, merge_ranges
from reader.corpus.article import Article
from reader.suggest.matching import Match
from reader.suggest.names import Name


class Proposal(NamedTuple):
    """A mention that is proposed.

    Attributes:
        start: First code point.
        end: One past the last code point.
        quote: The text in between.
        names: What it may be, the likeliest first.
        records: The models' suggestions that say the same.
    """

    start: int
    end: int
    quote: str
    names: tuple[Name, ...]
    records: tuple[Suggestion, ...] = ()

    @property
    def place(self) -> Range:
        """Where it stands."""
        return self.start, self.end

    @property
    def type(self) -> str:
        """The entity type that is proposed."""
        return self.names[0].type

    @property
    def entity(self) -> str | None:
        """Id of the entity that is proposed; None where there is none, or several."""
        meant = {name.entity for name in self.names if name.type == self.type and name.entity}
        return meant.pop() if len(meant) == 1 else None

    @property
    def score(self) -> float | None:
        """What a model gave it, from 0 to 1; None for what is found by rule."""
        return max((r.score for r in self.records if r.score is not None), default=None)


def names_of(entities: Iterable[Entity]) -> Iterator[Name]:
    """Yield the names and aliases under which entities are to be looked for.

    Those that were merged into another count as that one; retired ones are left out.
    """
    known = {entity.id: entity for entity in entities}
    for entity in known.values():
        meant = _survivor(entity, known)
        if meant.retired:
            continue
        for text in dict.fromkeys((entity.name, *(alias.text for alias in entity.aliases))):
            yield Name(text, meant.type, meant.id)


def _survivor(entity: Entity, known: dict[str, Entity]) -> Entity:
    passed = set[str]()
    while entity.merged_into in known and entity.id not in passed:
        passed.add(entity.id)
        entity = known[entity.merged_into]
    return entity


def names_in(mentions: Iterable[Mention]) -> Iterator[Name]:
    """Yield the wordings of mentions of no entity yet; pronouns and descriptions are no names."""
    for mention in mentions:
        if mention.entity is None and mention.kind == "name" and len(mention.span.fragments) == 1:
            yield Name(mention.span.quote, mention.type)


def barred_in(article: Article) -> tuple[Range, ...]:
    """Return the ranges of an article in which nothing is proposed: its site furniture."""
    return tuple((part.start, part.end) for part in article.roles if part.role == "boilerplate")


class Mine(NamedTuple):
    """What one annotator has said of an article already.

    Attributes:
        taken: Ranges that are tagged, in order and apart: what overlaps one is not proposed.
        refused: Ranges that were refused, each for a type.
        used: Ids of the entities that are linked in it.
    """

    taken: tuple[Range, ...] = ()
    refused: frozenset[tuple[Range, str]] = frozenset()
    used: frozenset[str] = frozenset()

    @classmethod
    def of(cls, mentions: Iterable[Mention], refusals: Iterable[Refusal]) -> Mine:
        """Gather it from the annotator's own records."""
        tagged = tuple(mentions)
        return cls(
            merge_ranges(place for m in tagged for place in m.span.fragments),
            frozenset(((r.span.start, r.span.end), r.type) for r in refusals),
            frozenset(m.entity for m in tagged if m.entity),
        )


def proposals(
    text: str,
    layers: Iterable[Iterable[Match]],
    suggestions: Iterable[Suggestion],
    mine: Mine,
    types: Container[str],
) -> tuple[Proposal, ...]:
    """Return what is to be proposed in an article, in order, none overlapping.

    Args:
        text: Its text.
        layers: Where names stand; what overlaps a match of an earlier layer is left out.
        suggestions: What models propose; they come after the first layer.
        mine: What the annotator has tagged and refused.
        types: Entity types that may be proposed.
    """
    first, *others = layers
    kept: list[Proposal] = []
    for layer in (
        _of_matches(text, first),
        of_models(suggestions),
        *(_of_matches(text, layer) for layer in others),
    ):
        for found in layer:
            left = _left(found, mine, types)
            if left is not None:
                _add(kept, left)
    return tuple(kept)


def _of_matches(text: str, matches: Iterable[Match]) -> Iterator[Proposal]:
    for match in matches:
        yield Proposal(match.start, match.end, text[match.start : match.end], match.names)


def of_models(suggestions: Iterable[Suggestion]) -> Iterator[Proposal]:
    """Yield what models propose, the surest first, as proposals."""
    for record in sorted(suggestions, key=lambda each: (-(each.score or 0), each.id)):
        name = Name(record.span.quote, record.type, record.entity, "model")
        yield Proposal(record.span.start, record.span.end, record.span.quote, (name,), (record,))


def _left(found: Proposal, mine: Mine, types: Container[str]) -> Proposal | None:
    """Return a proposal without the names that are refused; None where nothing is left of it."""
    if _overlapped(mine.taken, found):
        return None
    names = [
        name
        for name in found.names
        if name.type in types and (found.place, name.type) not in mine.refused
    ]
    # Of several people of one name, those that the article speaks of.
    here = [name for name in names if name.entity in mine.used]
    likely = dict.fromkeys((*here, *(n for n in names if not here or n.entity is None)))
    return found._replace(names=tuple(likely)) if likely else None


def _add(kept: list[Proposal], found: Proposal) -> None:
    """Put a proposal among others, in order, or together with one on the same range."""
    at = bisect_left(kept, found.start, key=lambda each: each.start)
    if at < len(kept) and kept[at].place == found.place:
        known = kept[at]
        kept[at] = known._replace(
            names=tuple(dict.fromkeys((*known.names, *found.names))),
            records=(*known.records, *found.records),
        )
    elif (at == 0 or kept[at - 1].end <= found.start) and (
        at == len(kept) or found.end <= kept[at].start
    ):
        kept.insert(at, found)


def _overlapped(busy: Sequence[Range], found: Proposal) -> bool:
    """Tell whether a proposal shares a code point with one of some ranges, in order and apart."""
    after = bisect_left(busy, (found.end, -1))
    return after > 0 and busy[after - 1][1] > found.start


def own_records(records: AnnotationSet, article: str, annotator: str) -> Mine:
    """Gather what an annotator has said of an article."""
    return Mine.of(
        own_mentions(records, article, annotator),
        (r for r in records.all(Refusal) if (r.span.article, r.annotator) == (article, annotator)),
    )


def own_mentions(records: AnnotationSet, article: str, annotator: str) -> list[Mention]:
    """Return an annotator's mentions in an article."""
    mentions = records.all(Mention)
    return [m for m in mentions if (m.span.article, m.annotator) == (article, annotator)]
