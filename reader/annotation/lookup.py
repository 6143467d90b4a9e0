"""Type-to-search: which entities and claims somebody means by what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Claim, ClaimMention, Entity, Mention
from reader.text.fold import fold
from reader.text.skeleton import sounds_like

_EXACT, _START, _WORD, _INSIDE, _SOUND = 5.0, 4.0, 3.0, 2.0, 1.0


def find_entities(
    records: AnnotationSet, query: str, mention: Mention | None = None, limit: int = 50
) -> tuple[Entity, ...]:
    """Propose entities, best first.

    Ranked by how a name or alias matches the folded query, last those that only
    sound like it, perhaps in another script; then by the type of the mention, by
    how often the article mentions them, and by how recently they were changed.
    With nothing typed, the mention's wording is the query and the entities that
    do not match it follow.

    Args:
        records: The open article's records and the shared ones.
        query: What was typed, perhaps nothing.
        mention: What is to be linked, if anything.
        limit: How many to return at most.
    """
    wanted = fold(query)
    typed = query if wanted or mention is None else mention.span.quote
    used = Counter(m.entity for m in records.all(Mention))

    def rank(entity: Entity) -> tuple[float, bool, int, str, str]:
        match = _best_match(typed, _names(entity))
        same_type = mention is not None and mention.type == entity.type
        return match, same_type, used[entity.id], entity.updated, entity.id

    ranked = ((rank(entity), entity) for entity in records.all(Entity) if not entity.merged_into)
    kept = [(key, entity) for key, entity in ranked if key[0] or not wanted]
    kept.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(entity for _, entity in kept[:limit])


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


def _names(entity: Entity) -> Iterable[str]:
    yield entity.name
    for alias in entity.aliases:
        yield alias.text


def _best_match(typed: str, names: Iterable[str]) -> float:
    wanted = fold(typed)
    return max((_match(wanted, typed, name) for name in names), default=0.0) if wanted else 0.0


def _match(wanted: str, typed: str, name: str) -> float:
    folded = fold(name)
    if folded == wanted:
        return _EXACT
    if folded.startswith(wanted):
        return _START
    if f" {wanted}" in folded:
        return _WORD
    return _INSIDE if wanted in folded else _SOUND * sounds_like(typed, name)
