"""Type-to-search: which entities and claims somebody means by what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Alias, Claim, ClaimMention, Entity, Mention
from reader.text.fold import fold
from reader.text.skeleton import sounds_like

_EXACT, _START, _WORD, _INSIDE, _SOUND = 5.0, 4.0, 3.0, 2.0, 1.0


class Proposal(NamedTuple):
    """An entity that somebody may mean, and why.

    Attributes:
        entity: The entity.
        match: How well it matches: above 1 it is written so, up to 1 it only sounds so, 0 is none.
        wording: The name or alias that matches; None when none does.
        here: How often the open article mentions it.
    """

    entity: Entity
    match: float
    wording: Alias | None
    here: int

    @property
    def sounds(self) -> bool:
        """Whether it only sounds like what was typed."""
        return 0 < self.match <= _SOUND


def find_entities(
    records: AnnotationSet, query: str, mention: Mention | None = None, limit: int = 50
) -> tuple[Entity, ...]:
    """Propose entities, best first; see `propose`."""
    return tuple(proposal.entity for proposal in propose(records, query, mention, limit))


def propose(
    records: AnnotationSet, query: str, mention: Mention | None = None, limit: int = 50
) -> tuple[Proposal, ...]:
    """Propose entities, best first; merged and retired ones never.

    Ranked by how a name or alias matches the folded query, last those that only
    sound like it, perhaps in another script; then by the type of the mention, by
    how often the article mentions them, and by how recently they were mentioned
    there or changed. With nothing typed, the mention's wording is the query and
    the entities that do not match it follow.

    Args:
        records: The open article's records and the shared ones.
        query: What was typed, perhaps nothing.
        mention: What is to be linked, if anything.
        limit: How many to return at most.
    """
    wanted = fold(query)
    typed = query if wanted or mention is None else mention.span.quote
    used, latest = _uses(records)

    def rank(found: Proposal) -> tuple[float, bool, int, str, str]:
        entity = found.entity
        same_type = mention is not None and mention.type == entity.type
        recent = max(entity.updated, latest.get(entity.id, ""))
        return found.match, same_type, found.here, recent, entity.id

    live = [e for e in records.all(Entity) if not (e.merged_into or e.retired)]
    found = list(_matches(live, typed, used, limit))
    ranked = sorted(found, key=rank, reverse=True)[:limit]
    if wanted or len(ranked) == limit:
        return tuple(ranked)
    known = {proposal.entity.id for proposal in found}
    others = (Proposal(e, 0.0, None, used[e.id]) for e in live if e.id not in known)
    return (*ranked, *sorted(others, key=rank, reverse=True)[: limit - len(ranked)])


def _uses(records: AnnotationSet) -> tuple[Counter[str], dict[str, str]]:
    """Count the mentions of each entity in the article, and find when it was linked last."""
    used, latest = Counter[str](), dict[str, str]()
    for mention in records.all(Mention):
        entity = records.entity(mention.entity)
        if entity is not None:
            used[entity.id] += 1
            latest[entity.id] = max(mention.updated, latest.get(entity.id, ""))
    return used, latest


def _matches(
    entities: Iterable[Entity], typed: str, used: Counter[str], limit: int
) -> Iterator[Proposal]:
    """Yield those that are written so; unless these are enough, also those that sound so."""
    wanted = fold(typed)
    if not wanted:
        return
    left, written = [], 0
    for entity in entities:
        match, wording = max(
            ((_written(wanted, alias.text), alias) for alias in _names(entity)), key=_by_match
        )
        if match:
            written += 1
            yield Proposal(entity, match, wording, used[entity.id])
        else:
            left.append(entity)
    for entity in left if written < limit else ():
        match, wording = max(
            ((_SOUND * sounds_like(typed, alias.text), alias) for alias in _names(entity)),
            key=_by_match,
        )
        if match:
            yield Proposal(entity, match, wording, used[entity.id])


def _by_match(pair: tuple[float, Alias]) -> float:
    return pair[0]


def find_claims(records: AnnotationSet, query: str, limit: int = 50) -> tuple[Claim, ...]:
    """Propose claims whose statement, gloss or topic has every word typed, most used first."""
    words = fold(query).split()
    used = Counter(m.claim for m in records.all(ClaimMention))
    found = [
        claim
        for claim in records.all(Claim)
        if all(word in fold(f"{claim.text} {claim.gloss} {claim.topic}") for word in words)
    ]
    found.sort(key=lambda claim: (used[claim.id], claim.updated, claim.id), reverse=True)
    return tuple(found[:limit])


def _names(entity: Entity) -> Iterator[Alias]:
    yield Alias(entity.name)
    yield from entity.aliases


def _written(wanted: str, name: str) -> float:
    folded = fold(name)
    if folded == wanted:
        return _EXACT
    if folded.startswith(wanted):
        return _START
    if f" {wanted}" in folded:
        return _WORD
    return _INSIDE if wanted in folded else 0.0
