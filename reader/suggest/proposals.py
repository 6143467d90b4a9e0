"""What is proposed in an article: matches of names that nobody has to look at in vain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.annotation.model import Entity, Mention
from reader.annotation.spans import Range
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
        score: What a model gave it, from 0 to 1; None for what is found by rule.
    """

    start: int
    end: int
    quote: str
    names: tuple[Name, ...]
    score: float | None = None


def names_of(entities: Iterable[Entity]) -> Iterator[Name]:
    """Yield the names and aliases under which entities are to be looked for.

    Those that were merged into another count as that one.
    """
    known = {entity.id: entity for entity in entities}
    for entity in known.values():
        meant = _survivor(entity, known)
        for text in dict.fromkeys((entity.name, *(alias.text for alias in entity.aliases))):
            yield Name(text, meant.type, meant.id)


def _survivor(entity: Entity, known: dict[str, Entity]) -> Entity:
    passed = set[str]()
    while entity.merged_into in known and entity.id not in passed:
        passed.add(entity.id)
        entity = known[entity.merged_into]
    return entity


def barred_in(article: Article) -> tuple[Range, ...]:
    """Return the ranges of an article in which nothing is proposed: its site furniture."""
    return tuple((part.start, part.end) for part in article.roles if part.role == "boilerplate")


def proposals(
    text: str,
    matches: Iterable[Match],
    taken: Iterable[Range],
    refused: Iterable[tuple[Range, str]],
) -> tuple[Proposal, ...]:
    """Return the matches that are to be proposed, in order.

    Args:
        text: The text of the article.
        matches: Where names stand.
        taken: Ranges that are tagged: what overlaps one is not proposed.
        refused: Ranges that were refused, each for a type.
    """
    busy = sorted(set(taken))
    no = set(refused)
    return tuple(
        Proposal(match.start, match.end, text[match.start : match.end], names)
        for match in matches
        if not _overlaps(busy, match)
        and (names := tuple(n for n in match.names if ((match.start, match.end), n.type) not in no))
    )


def fragments_of(mentions: Iterable[Mention]) -> Iterator[Range]:
    """Yield the ranges that mentions cover."""
    for mention in mentions:
        yield from mention.span.fragments


def _overlaps(busy: Sequence[Range], match: Match) -> bool:
    """Tell whether a match shares a code point with one of the sorted ranges."""
    after = bisect_left(busy, (match.end, match.end))
    return any(end > match.start for _, end in busy[:after])
