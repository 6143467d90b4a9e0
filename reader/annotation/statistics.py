"""What is annotated, in numbers: by type, article and language, of entities, claims and people.

What is counted and what comes of it; `reader.annotation.counting` counts, and
`reader.annotation.coverage` counts the sentences.

A mention is *linked* when it names an entity. One of a type of values (a date,
an amount: `reader.annotation.schema.Schema.values`) says all by itself and needs
none: without an entity it is a *value*, and only what is neither is *unlinked*.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """What is counted. Empty leaves nothing out.

    Attributes:
        articles: Ids of the only articles.
        language: Code of the language of the articles.
        annotator: Id of the only annotator whose marks count.
    """

    articles: tuple[str, ...] = ()
    language: str = ""
    annotator: str = ""

    def shows(self, article: str, language: str) -> bool:
        """Tell whether an article counts."""
        return (not self.articles or article in self.articles) and self.language in ("", language)


Mentioned = tuple[str, str, str | None, str]
"""A mention: ids of its article, its type, ids of its entity or None, and of its annotator.

A plain tuple, as there may be very many.
"""


class ClaimUse(NamedTuple):
    """A claim mention.

    Attributes:
        article: Id of its article.
        claim: Id of its claim, or None.
        claimant: Id of the claimant's entity, or None.
        annotator: Id of whose it is.
        polarity: What the sentence says.
        mode: How.
        epistemic: What the claimant believes.
    """

    article: str
    claim: str | None
    claimant: str | None
    annotator: str
    polarity: str
    mode: str
    epistemic: str


class StatusUse(NamedTuple):
    """How far an annotator is with an article."""

    article: str
    annotator: str
    value: str


class AttributeUse(NamedTuple):
    """What an attribute says of a mention, claim mention or attribution.

    Attributes:
        article: Id of the article.
        annotator: Id of whose it is.
        name: Of the attribute.
        values: What it says, as people read it; of several values, each.
    """

    article: str
    annotator: str
    name: str
    values: tuple[str, ...]


class EntityName(NamedTuple):
    """What is to be known of an entity here.

    Attributes:
        type: Its type.
        name: Its canonical name.
        into: Id of the entity it was merged into, or None.
    """

    type: str
    name: str
    into: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What one article has, or several together.

    Attributes:
        articles: How many articles these are.
        mentions: Mentions of entities; the next three add up to them.
        linked: Those that name an entity.
        unlinked: Those that should name one, and do not yet.
        values: Dates, amounts and the like that need none, and have none.
        claim_mentions: Places where a claim is made.
        types: Mentions by type, most frequent first.
    """

    articles: int
    mentions: int
    linked: int
    unlinked: int
    values: int
    claim_mentions: int
    types: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EntityCount:
    """How often an entity is mentioned.

    Attributes:
        id: Of the entity; of the one it was merged into, if it was.
        name: Its canonical name.
        type: Its type.
        count: Mentions.
        articles: In how many articles.
        languages: In which languages, by code.
    """

    id: str
    name: str
    type: str
    count: int
    articles: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimantCount:
    """How much an entity claims.

    Attributes:
        id: Of the entity; of the one it was merged into, if it was.
        name: Its canonical name.
        type: Its type.
        claims: Different claims of theirs, however often each is made.
        count: Claim mentions, those without a statement yet included.
        articles: In how many articles.
        languages: In which languages, by code.
    """

    id: str
    name: str
    type: str
    claims: int
    count: int
    articles: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one annotator is.

    Attributes:
        annotator: Id of the annotator.
        name: Name of the annotator.
        mentions: Mentions of theirs.
        claim_mentions: Claim mentions of theirs.
        statuses: Articles by status, in the order of work; `new` has those never touched.
    """

    annotator: str
    name: str
    mentions: int
    claim_mentions: int
    statuses: Mapping[str, int]

    @property
    def finished(self) -> int:
        """Articles that are done or reviewed."""
        return self.statuses["done"] + self.statuses["reviewed"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """A library, or a part of it, in numbers.

    Attributes:
        total: All of it.
        languages: By language, the one with most mentions first.
        articles: By id of the article, in the order given.
        entities: Mentioned ones, most mentioned first.
        claims: Different claims that are made.
        claimants: Entities that claim something, those with most claims first.
        unclaimed: Claim mentions without a claimant.
        polarity: Claim mentions by what the sentence says; each value, also with 0.
        mode: Claim mentions by mode; likewise.
        epistemic: Claim mentions by what the claimant believes; likewise.
        attributes: By attribute and value, of how much in the articles it is said.
        annotators: Those with a mark or a status here, in the order given.
    """

    total: Tally
    languages: Mapping[str, Tally]
    articles: Mapping[str, Tally]
    entities: tuple[EntityCount, ...]
    claims: int
    claimants: tuple[ClaimantCount, ...]
    unclaimed: int
    polarity: Mapping[str, int]
    mode: Mapping[str, int]
    epistemic: Mapping[str, int]
    attributes: Mapping[str, Mapping[str, int]]
    annotators: tuple[Progress, ...]
