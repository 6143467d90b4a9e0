"""Type-to-search: which entities and claims somebody means by what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Alias, Claim, ClaimMention, Entity, Mention
from reader.annotation.name_index import SOUND, NameIndex, written
from reader.text.fold import fold
from reader.text.skeleton import sounds_like


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
        return 0 < self.match <= SOUND


def find_entities(
    records: AnnotationSet, query: str, mention: Mention | None = None, limit: int = 50
) -> tuple[Entity, ...]:
    """Propose entities, best first; see `propose`."""
    return tuple(proposal.entity for proposal in propose(records, query, mention, limit))


def propose(
    records: AnnotationSet,
    query: str,
    mention: Mention | None = None,
    limit: int = 50,
    names: NameIndex | None = None,
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
        names: An index that was used before, which makes it fast; None for a new one.
    """
    names = NameIndex() if names is None else names
    names.follow(records.records.get("entity", {}))
    wanted = fold(query)
    typed = query if wanted or mention is None else mention.span.quote
    used, latest = _uses(records)
    live = _live(records)

    def rank(id: str) -> tuple[bool, int, str, str]:
        entity = live[id]
        same_type = mention is not None and mention.type == entity.type
        return same_type, used[id], max(entity.updated, latest.get(id, "")), id

    matches = _matches(names, live, typed, limit)
    best = nlargest(limit, _enough(matches, limit), key=lambda id: (matches[id], *rank(id)))
    found = [_proposal(live[id], matches[id], typed, used[id]) for id in best]
    if not wanted and len(found) < limit:
        others = nlargest(limit - len(found), live.keys() - matches.keys(), key=rank)
        found += [Proposal(live[id], 0.0, None, used[id]) for id in others]
    return tuple(found)


@lru_cache(maxsize=2)
def _live(records: AnnotationSet) -> dict[str, Entity]:
    """Return the entities that may be linked to, by id."""
    return {e.id: e for e in records.all(Entity) if not (e.merged_into or e.retired)}


@lru_cache(maxsize=2)
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
    names: NameIndex, live: Mapping[str, Entity], typed: str, limit: int
) -> dict[str, float]:
    """Return how well those match that are written so; unless these are enough, sound so too."""
    wanted = fold(typed)
    found = names.written(wanted) if wanted else {}
    matches = {id: match for id, match in found.items() if id in live}
    if wanted and len(matches) < limit:
        sounding = names.sounding(typed).items()
        matches = {id: SOUND * alike for id, alike in sounding if id in live} | matches
    return matches


def _enough(matches: Mapping[str, float], limit: int) -> Iterable[str]:
    """Leave out what matches worse than as many as are wanted."""
    if len(matches) <= limit:
        return matches
    least = nlargest(limit, matches.values())[-1]
    return [id for id, match in matches.items() if match >= least]


def _proposal(entity: Entity, match: float, typed: str, here: int) -> Proposal:
    """Return a proposal with the wording that matches best, the name before the aliases."""
    wanted, sounds = fold(typed), match <= SOUND
    wording = max(
        (Alias(entity.name), *entity.aliases),
        key=lambda alias: (
            sounds_like(typed, alias.text) if sounds else written(wanted, fold(alias.text))
        ),
    )
    return Proposal(entity, match, wording, here)


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
