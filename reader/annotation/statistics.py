"""What is annotated, in numbers: by type, article and language, of entities, claims and people.

Counting alone: the records and the sentences of the articles are given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import (
    Annotator,
    Attribution,
    ClaimMention,
    Epistemic,
    Mention,
    Mode,
    Polarity,
    Record,
    Status,
    StatusValue,
    article_of,
    spans_of,
)
from reader.annotation.spans import Range, Span
from reader.values import dataclass

_Marked = Mention | ClaimMention | Attribution


@dataclass(frozen=True, slots=True)
class Body:
    """What of an article is counted against.

    Attributes:
        article: Id of the article.
        language: BCP 47 code, `und` when unknown.
        sentences: Of its body: code points of the text, in order, apart.
    """

    article: str
    language: str
    sentences: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What one article has, or several together.

    Attributes:
        articles: How many articles these are.
        mentions: Mentions of entities.
        claim_mentions: Places where a claim is made.
        sentences: Sentences of the body.
        annotated: Those of them in which at least one code point is in a
            mention, a claim mention or a part of an attribution.
        types: Mentions by type, most frequent first.
    """

    articles: int
    mentions: int
    claim_mentions: int
    sentences: int
    annotated: int
    types: Mapping[str, int]

    @property
    def coverage(self) -> float:
        """Share of the sentences that are annotated, from 0 to 1; 0 when there are none."""
        return self.annotated / self.sentences if self.sentences else 0.0


@dataclass(frozen=True, slots=True)
class EntityCount:
    """How often an entity is mentioned, or is the claimant.

    Attributes:
        id: Of the entity; of the one it was merged into, if it was.
        name: Its canonical name.
        type: Its type.
        count: How often.
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
    """A library, or some articles of it, in numbers.

    Attributes:
        total: All of it.
        languages: By language, the one with most mentions first.
        articles: By id of the article, in the order given.
        entities: Mentioned ones, most mentioned first.
        unlinked: Mentions that are linked to no entity.
        claimants: Entities whose claims are reported, most frequent first.
        unclaimed: Claim mentions without a claimant.
        polarity: Claim mentions by what the sentence says; each value, also with 0.
        mode: Claim mentions by mode; likewise.
        epistemic: Claim mentions by what the claimant believes; likewise.
        annotators: Those with an annotation or a status here, in the order given.
    """

    total: Tally
    languages: Mapping[str, Tally]
    articles: Mapping[str, Tally]
    entities: tuple[EntityCount, ...]
    unlinked: int
    claimants: tuple[EntityCount, ...]
    unclaimed: int
    polarity: Mapping[str, int]
    mode: Mapping[str, int]
    epistemic: Mapping[str, int]
    annotators: tuple[Progress, ...]


def count_annotations(
    records: AnnotationSet, bodies: Sequence[Body], people: Iterable[Annotator]
) -> Statistics:
    """Count what the records of some articles hold.

    Args:
        records: Records of these articles, and the entities they name; those
            of other articles do not count.
        bodies: The articles.
        people: Annotators, of whom some may have done nothing here.
    """
    languages = {body.article: body.language for body in bodies}
    here = [record for record in records if article_of(record) in languages]
    articles = _by_article(here, bodies)
    mentions = [record for record in here if isinstance(record, Mention)]
    claims = [record for record in here if isinstance(record, ClaimMention)]
    named = [(mention.entity, mention.span.article) for mention in mentions]
    claiming = [(claim.claimant, claim.span.article) for claim in claims]
    return Statistics(
        total=_together(articles.values()),
        languages=_by_language(articles, languages),
        articles=articles,
        entities=_entities(named, records, languages),
        unlinked=sum(entity is None for entity, _ in named),
        claimants=_entities(claiming, records, languages),
        unclaimed=sum(entity is None for entity, _ in claiming),
        polarity=_by_value((claim.polarity for claim in claims), get_args(Polarity)),
        mode=_by_value((claim.mode for claim in claims), get_args(Mode)),
        epistemic=_by_value((claim.epistemic for claim in claims), get_args(Epistemic)),
        annotators=_progress(here, len(bodies), people),
    )


def _by_article(here: Iterable[Record], bodies: Iterable[Body]) -> dict[str, Tally]:
    grouped: dict[str, list[_Marked]] = {body.article: [] for body in bodies}
    for record in here:
        if isinstance(record, _Marked):
            grouped[article_of(record) or ""].append(record)
    return {body.article: _tally(body, grouped[body.article]) for body in bodies}


def _tally(body: Body, marked: Sequence[_Marked]) -> Tally:
    types = Counter(record.type for record in marked if isinstance(record, Mention))
    spans = [span for record in marked for span in spans_of(record)]
    return Tally(
        articles=1,
        mentions=types.total(),
        claim_mentions=sum(isinstance(record, ClaimMention) for record in marked),
        sentences=len(body.sentences),
        annotated=_annotated(body.sentences, spans),
        types=_ranked(types),
    )


def _annotated(sentences: Sequence[Range], spans: Iterable[Span]) -> int:
    """Count the sentences that share a code point with a span."""
    ends = [end for _, end in sentences]
    touched: set[int] = set()
    for start, end in (fragment for span in spans for fragment in span.fragments):
        index = bisect_right(ends, start)
        while index < len(sentences) and sentences[index][0] < end:
            touched.add(index)
            index += 1
    return len(touched)


def _by_language(articles: Mapping[str, Tally], languages: Mapping[str, str]) -> dict[str, Tally]:
    grouped: dict[str, list[Tally]] = {}
    for id, tally in articles.items():
        grouped.setdefault(languages[id], []).append(tally)
    found = {language: _together(tallies) for language, tallies in grouped.items()}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].mentions, pair[0])))


def _together(tallies: Iterable[Tally]) -> Tally:
    parts = tuple(tallies)
    types: Counter[str] = Counter()
    for part in parts:
        types.update(part.types)
    return Tally(
        articles=sum(part.articles for part in parts),
        mentions=sum(part.mentions for part in parts),
        claim_mentions=sum(part.claim_mentions for part in parts),
        sentences=sum(part.sentences for part in parts),
        annotated=sum(part.annotated for part in parts),
        types=_ranked(types),
    )


def _entities(
    uses: Iterable[tuple[str | None, str]], records: AnnotationSet, languages: Mapping[str, str]
) -> tuple[EntityCount, ...]:
    """Count pairs of an entity and the article that names it."""
    places: dict[str, Counter[str]] = {}
    for entity, article in uses:
        if entity is not None:
            meant = records.entity(entity)
            places.setdefault(meant.id if meant else entity, Counter())[article] += 1
    found = [_entity(id, where, records, languages) for id, where in places.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, -one.articles, one.name, one.id)))


def _entity(
    id: str, where: Counter[str], records: AnnotationSet, languages: Mapping[str, str]
) -> EntityCount:
    entity = records.entity(id)
    return EntityCount(
        id=id,
        name=entity.name if entity else "",
        type=entity.type if entity else "",
        count=where.total(),
        articles=len(where),
        languages=tuple(sorted({languages[article] for article in where})),
    )


def _progress(
    here: Sequence[Record], articles: int, people: Iterable[Annotator]
) -> tuple[Progress, ...]:
    grouped: dict[str, list[_Marked | Status]] = {}
    for record in here:
        if isinstance(record, _Marked | Status):
            grouped.setdefault(record.annotator, []).append(record)
    return tuple(_of_one(who, grouped[who.id], articles) for who in people if who.id in grouped)


def _of_one(who: Annotator, theirs: Sequence[_Marked | Status], articles: int) -> Progress:
    statuses = [record.value for record in theirs if isinstance(record, Status)]
    untouched: list[StatusValue] = ["new"] * (articles - len(statuses))
    return Progress(
        annotator=who.id,
        name=who.name,
        mentions=sum(isinstance(record, Mention) for record in theirs),
        claim_mentions=sum(isinstance(record, ClaimMention) for record in theirs),
        statuses=_by_value([*statuses, *untouched], get_args(StatusValue)),
    )


def _by_value(values: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    counted = Counter(values)
    return {value: counted[value] for value in order}


def _ranked(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
