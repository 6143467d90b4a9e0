"""The counting of what is annotated: what is marked is given, in as many portions as one likes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import get_args

from reader.annotation.model import Annotator, Epistemic, Mode, Polarity, StatusValue
from reader.annotation.statistics import (
    AttributeUse,
    ClaimantCount,
    ClaimUse,
    EntityCount,
    EntityName,
    Mentioned,
    Progress,
    Statistics,
    StatusUse,
    Tally,
)


class Counting:
    """Takes what is marked in some articles, portion by portion, and counts it.

    Args:
        articles: Language codes of the articles by id, in their order; what is
            in others does not count.
        entities: All entities, by id.
        value_types: Names of the types of values.
        annotator: Id of the only annotator whose marks count; "" for all.
    """

    def __init__(
        self,
        articles: Mapping[str, str],
        entities: Mapping[str, EntityName],
        value_types: Set[str],
        annotator: str = "",
    ) -> None:
        self._articles = articles
        self._entities = entities
        self._value_types = value_types
        self._annotator = annotator
        self._kept = {id: _kept(id, entities) for id, entity in entities.items() if entity.into}
        # Plain dictionaries: half the time of counters, and there may be very many mentions.
        self._types: dict[str, dict[str, int]] = {id: {} for id in articles}
        self._linked = dict.fromkeys(articles, 0)
        self._values = dict.fromkeys(articles, 0)
        self._places: dict[str, dict[str, int]] = {}
        self._mentions_by: dict[str, int] = {}
        self._claims: list[ClaimUse] = []
        self._statuses: dict[str, list[str]] = {}
        self._said: dict[str, Counter[str]] = {}

    def add_mentions(self, uses: Iterable[Mentioned]) -> None:
        """Count mentions."""
        all_types, kept, everybody = self._types, self._kept, not self._annotator
        value_types = self._value_types
        for article, type, entity, annotator in uses:
            types = all_types.get(article)
            if types is None or not (everybody or annotator == self._annotator):
                continue
            types[type] = types.get(type, 0) + 1
            self._mentions_by[annotator] = self._mentions_by.get(annotator, 0) + 1
            if entity is not None:
                self._linked[article] += 1
                places = self._places.setdefault(kept.get(entity, entity), {})
                places[article] = places.get(article, 0) + 1
            elif type in value_types:
                self._values[article] += 1

    def add_claims(self, uses: Iterable[ClaimUse]) -> None:
        """Count claim mentions."""
        for use in uses:
            if use.article in self._articles and self._annotator in ("", use.annotator):
                meant = self._kept.get(use.claimant or "", use.claimant)
                self._claims.append(use._replace(claimant=meant))

    def add_attributes(self, uses: Iterable[AttributeUse]) -> None:
        """Count what attributes say."""
        for use in uses:
            if use.article in self._articles and self._annotator in ("", use.annotator):
                self._said.setdefault(use.name, Counter()).update(use.values)

    def add_statuses(self, uses: Iterable[StatusUse]) -> None:
        """Count how far annotators are."""
        for article, annotator, value in uses:
            if article in self._articles and self._annotator in ("", annotator):
                self._statuses.setdefault(annotator, []).append(value)

    def result(self, people: Iterable[Annotator]) -> Statistics:
        """Return what has been counted.

        Args:
            people: Annotators, of whom some may have done nothing here.
        """
        claims = self._claims
        articles = self._by_article()
        languages = self._by_language(articles)
        return Statistics(
            total=_together(languages.values()),
            languages=languages,
            articles=articles,
            entities=self._mentioned(),
            claims=len({use.claim for use in claims} - {None}),
            claimants=self._claiming(),
            unclaimed=sum(use.claimant is None for use in claims),
            polarity=_by_value((use.polarity for use in claims), get_args(Polarity)),
            mode=_by_value((use.mode for use in claims), get_args(Mode)),
            epistemic=_by_value((use.epistemic for use in claims), get_args(Epistemic)),
            attributes={name: _ranked(said) for name, said in sorted(self._said.items())},
            annotators=self._progress(people),
        )

    def _by_article(self) -> dict[str, Tally]:
        claims = Counter(use.article for use in self._claims)
        return {
            id: _tally(types, self._linked[id], self._values[id], claims.get(id, 0))
            for id, types in self._types.items()
        }

    def _by_language(self, articles: Mapping[str, Tally]) -> dict[str, Tally]:
        grouped: dict[str, list[Tally]] = {}
        for id, tally in articles.items():
            grouped.setdefault(self._articles[id], []).append(tally)
        found = {language: _together(tallies) for language, tallies in grouped.items()}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1].mentions, pair[0])))

    def _mentioned(self) -> tuple[EntityCount, ...]:
        found = []
        for id, places in self._places.items():
            known = self._named(id)
            where = len(places), self._languages(places)
            count = sum(places.values())
            found.append(EntityCount(id, known.name, known.type, count, *where))
        return tuple(sorted(found, key=lambda one: (-one.count, -one.articles, one.name, one.id)))

    def _claiming(self) -> tuple[ClaimantCount, ...]:
        grouped: dict[str, list[ClaimUse]] = {}
        for use in self._claims:
            if use.claimant is not None:
                grouped.setdefault(use.claimant, []).append(use)
        found = [self._claimant(id, uses) for id, uses in grouped.items()]
        return tuple(sorted(found, key=lambda one: (-one.claims, -one.count, one.name, one.id)))

    def _claimant(self, id: str, uses: list[ClaimUse]) -> ClaimantCount:
        claims = {use.claim for use in uses} - {None}
        places = {use.article for use in uses}
        known = self._named(id)
        where = len(places), self._languages(places)
        return ClaimantCount(id, known.name, known.type, len(claims), len(uses), *where)

    def _named(self, id: str) -> EntityName:
        return self._entities.get(id, EntityName("", "", None))

    def _languages(self, articles: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self._articles[article] for article in articles}))

    def _progress(self, people: Iterable[Annotator]) -> tuple[Progress, ...]:
        claims = Counter(use.annotator for use in self._claims)
        busy = self._mentions_by.keys() | claims.keys() | self._statuses.keys()
        return tuple(
            Progress(
                annotator=who.id,
                name=who.name,
                mentions=self._mentions_by.get(who.id, 0),
                claim_mentions=claims[who.id],
                statuses=self._states(who.id),
            )
            for who in people
            if who.id in busy
        )

    def _states(self, annotator: str) -> dict[str, int]:
        known = self._statuses.get(annotator, [])
        untouched = ["new"] * (len(self._articles) - len(known))
        return _by_value([*known, *untouched], get_args(StatusValue))


def _kept(id: str, entities: Mapping[str, EntityName]) -> str:
    """Return the id of the entity that one was merged into in the end."""
    passed = set[str]()
    while id not in passed and id in entities:
        passed.add(id)
        into = entities[id].into
        if into is None or into not in entities:
            return id
        id = into
    return id


def _tally(types: Mapping[str, int], linked: int, values: int, claim_mentions: int) -> Tally:
    mentions = sum(types.values())
    return Tally(
        articles=1,
        mentions=mentions,
        linked=linked,
        unlinked=mentions - linked - values,
        values=values,
        claim_mentions=claim_mentions,
        types=_ranked(types),
    )


def _together(tallies: Iterable[Tally]) -> Tally:
    parts = tuple(tallies)
    types: dict[str, int] = {}
    for part in parts:
        for type, count in part.types.items():
            types[type] = types.get(type, 0) + count
    return Tally(
        articles=sum(part.articles for part in parts),
        mentions=sum(part.mentions for part in parts),
        linked=sum(part.linked for part in parts),
        unlinked=sum(part.unlinked for part in parts),
        values=sum(part.values for part in parts),
        claim_mentions=sum(part.claim_mentions for part in parts),
        types=_ranked(types),
    )


def _by_value(values: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    counted = Counter(values)
    return {value: counted.pop(value, 0) for value in order} | dict(sorted(counted.items()))


def _ranked(counted: Mapping[str, int]) -> dict[str, int]:
    if len(counted) < 2:
        return dict(counted)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
