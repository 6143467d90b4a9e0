"""The records of an annotated library, as frozen values.

Spans live in articles; entities and claims live above them. What a claimant
believes (`epistemic`), what the sentence says (`polarity`, `mode`) and what is
true (`verdict`) are three fields, never one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from reader.annotation.attributes import NO_ATTRIBUTES, Attributes
from reader.annotation.schema import AttributeType, EntityType, RelationType, Schema
from reader.annotation.spans import Range, Span
from reader.corpus.article import Article, Direction, LanguageMethod, RoleRange
from reader.values import dataclass

Origin = Literal["manual", "propagated", "suggested", "imported"]
MentionKind = Literal["name", "nominal", "pronoun"]
SourceKind = Literal["named", "unnamed", "journalist", "document", "none"]
Directness = Literal["direct", "indirect", "mixed"]
Epistemic = Literal["true-certain", "true-uncertain", "false-certain", "false-uncertain", "unknown"]
Polarity = Literal["affirm", "refute"]
Mode = Literal["asserted", "denied", "questioned", "hypothetical"]
CheckWorthy = Literal["yes", "no", "undecided"]
ClaimType = Literal["event", "numerical", "quote", "causal", "position"]
Verdict = Literal["unchecked", "supported", "refuted", "conflicting", "not enough evidence"]
LinkStatus = Literal["proposed", "confirmed", "none", "ambiguous"]
StatusValue = Literal["new", "in progress", "done", "reviewed", "skipped"]
EvidenceStance = Literal["supports", "refutes", "context"]


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody who annotates: an id that holds across libraries, and a name.

    A record for the history's sake: the name can change, and nobody is ever removed.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """Points at any record: its kind (`mention`, `claim`, ...) and its id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A way to write an entity's name, in a language ("" when unknown)."""

    text: str
    language: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeLink:
    """A link into a knowledge base, for example `wikidata`, `Q22686`."""

    base: str
    id: str
    status: LinkStatus = "proposed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for or against a claim: a span of an article or a web address."""

    stance: EvidenceStance
    span: Span | None = None
    url: str = ""
    accessed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """What is known about an article and can be changed: all but its text and where it came from.

    The fields are those of `reader.corpus.article.Article`.
    """

    id: str
    language: str
    direction: Direction
    title: Range | None = None
    heading: str = ""
    publisher: str | None = None
    published: str | None = None
    sources: tuple[str, ...] = ()
    language_confidence: float = 0.0
    language_method: LanguageMethod = "none"
    roles: tuple[RoleRange, ...] = ()
    tags: tuple[str, ...] = ()
    replaces: str | None = None
    removed: bool = False
    updated: str | None = None
    updated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an entity is named; `entity` is its id, or None while not linked."""

    id: str
    span: Span
    type: str
    annotator: str
    created: str
    updated: str
    kind: MentionKind = "name"
    entity: str | None = None
    origin: Origin = "manual"
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement the article gives to somebody: source, cue and content spans (PolNeAR)."""

    id: str
    article: str
    annotator: str
    created: str
    updated: str
    source: Span | None = None
    cue: Span | None = None
    content: Span | None = None
    source_entity: str | None = None
    source_kind: SourceKind = "named"
    directness: Directness = "indirect"
    origin: Origin = "manual"
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class ClaimMention:
    """A place where a claim is made, with what its claimant and the sentence do with it."""

    id: str
    span: Span
    annotator: str
    created: str
    updated: str
    claim: str | None = None
    attribution: str | None = None
    claimant: str | None = None
    epistemic: Epistemic = "unknown"
    polarity: Polarity = "affirm"
    mode: Mode = "asserted"
    check_worthy: CheckWorthy = "undecided"
    origin: Origin = "manual"
    affiliation: str | None = None
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, over all articles and spellings."""

    id: str
    type: str
    name: str
    created: str
    created_by: str
    updated: str
    updated_by: str
    aliases: tuple[Alias, ...] = ()
    links: tuple[KnowledgeLink, ...] = ()
    note: str = ""
    merged_into: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A normalised statement, over all articles and languages."""

    id: str
    text: str
    language: str
    created: str
    created_by: str
    updated: str
    updated_by: str
    gloss: str = ""
    gloss_language: str = ""
    topic: str = ""
    type: ClaimType = "event"
    verdict: Verdict = "unchecked"
    justification: str = ""
    evidence: tuple[Evidence, ...] = ()
    time: str = ""
    place: str | None = None
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link between two records; types and ends come from the schema."""

    id: str
    type: str
    source: Ref
    target: Ref
    annotator: str
    created: str
    updated: str
    confidence: float | None = None
    rationale: str = ""
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Note:
    """Free text on any record or on an article."""

    id: str
    on: Ref
    text: str
    annotator: str
    created: str
    updated: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place where a mention of a type was proposed and refused, so that it does not come back."""

    id: str
    span: Span
    type: str
    annotator: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mention that a model proposes, until somebody takes it.

    Attributes:
        model: What the model is called.
        score: What it gave the mention, from 0 to 1, or None.
        entity: Id of the entity it proposes, or None.
    """

    id: str
    span: Span
    type: str
    annotator: str
    created: str
    updated: str
    model: str
    score: float | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How far one annotator is with one article; its id is `article:annotator`."""

    id: str
    article: str
    annotator: str
    value: StatusValue
    updated: str


@dataclass(frozen=True, slots=True)
class SchemaRecord:
    """The schema of a library, of which there is one: a record for the history's sake.

    Its rows are fields of their own, so that two people can change different ones.
    """

    id: str
    entity_types: tuple[EntityType, ...]
    relation_types: tuple[RelationType, ...]
    attribute_types: tuple[AttributeType, ...] = ()

    @property
    def schema(self) -> Schema:
        """The schema."""
        return Schema(self.entity_types, self.relation_types, self.attribute_types)


Record = (
    ArticleDetails
    | Mention
    | Attribution
    | ClaimMention
    | Entity
    | Claim
    | Relation
    | Note
    | Refusal
    | Suggestion
    | Status
    | SchemaRecord
    | Annotator
)
Attributed = Mention | Claim | ClaimMention | Attribution | Relation
"""What attributes of the schema can be said of."""

KINDS: dict[str, type[Record]] = {
    "article": ArticleDetails,
    "entity": Entity,
    "claim": Claim,
    "mention": Mention,
    "attribution": Attribution,
    "claim_mention": ClaimMention,
    "relation": Relation,
    "note": Note,
    "refusal": Refusal,
    "suggestion": Suggestion,
    "status": Status,
}
"""Record classes by kind, what others refer to first; of these there may be many."""

_CLASSES: dict[str, type[Record]] = {**KINDS, "schema": SchemaRecord, "annotator": Annotator}
IN_HISTORY = tuple(_CLASSES)
"""Kinds of which the history has steps: also the schema, and what annotators are called."""
_NAMES: dict[type, str] = {cls: kind for kind, cls in _CLASSES.items()}


_DETAILS = ArticleDetails.__match_args__


def details_of(article: Article) -> ArticleDetails:
    """Return what can be changed about an article."""
    return ArticleDetails(**{name: getattr(article, name) for name in _DETAILS})


def with_details(article: Article, details: ArticleDetails) -> Article:
    """Return the article with the details in place of its own."""
    return replace(article, **{name: getattr(details, name) for name in _DETAILS})


def kind_of(record: Record) -> str:
    """Return the kind of a record, as `Ref.kind` and the history name it."""
    return _NAMES[type(record)]


def class_of(kind: str) -> type[Record]:
    """Return the class of the records of a kind.

    Raises:
        KeyError: If there is no such kind.
    """
    return _CLASSES[kind]


def schema_record(schema: Schema) -> SchemaRecord:
    """Return the schema of a library as the record that it is."""
    rows = schema.entity_types, schema.relation_types, schema.attributes
    return SchemaRecord("schema", *rows)


def ref_to(record: Record) -> Ref:
    """Return a reference to a record."""
    return Ref(kind_of(record), record.id)


def spans_of(record: Record) -> tuple[Span, ...]:
    """Return the spans a record stands on, in reading order of the fields."""
    if isinstance(record, Mention | ClaimMention | Refusal | Suggestion):
        return (record.span,)
    if isinstance(record, Attribution):
        return tuple(span for span in (record.source, record.cue, record.content) if span)
    return ()


def article_of(record: Record) -> str | None:
    """Return the id of the article a record belongs to, or None for shared records."""
    if isinstance(record, Mention | ClaimMention | Refusal | Suggestion):
        return record.span.article
    if isinstance(record, Attribution | Status | Note):
        return record.article
    if isinstance(record, ArticleDetails):
        return record.id
    return None


def status_id(article: str, annotator: str) -> str:
    """Return the id of the status of an annotator on an article."""
    return f"{article}:{annotator}"
