"""W3C Web Annotation (JSON-LD): https://www.w3.org/TR/annotation-model/.

A mention, and a place where a claim is made, is an annotation whose target is the text: by
position (code points, as the standard says), by quote with what stands before and
after it, and by the digest of the text. Fragments are several targets. An entity or a
claim is described by an annotation whose target is the entity or claim itself. A
relation links two annotations, a note comments on one.

The standard has no words for a few fields. A body with the purpose `classifying`
says these as `field: value`; a linking annotation whose body says `role: claimant`
names an entity in that role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reader.annotation.detail_checks import is_url
from reader.annotation.model import (
    Annotator,
    Claim,
    ClaimMention,
    Entity,
    Evidence,
    Mention,
    Note,
    Ref,
    Relation,
    ref_to,
)
from reader.annotation.spans import Span
from reader.formats.document import ArticleData
from reader.formats.format import ExportOptions, File, Format
from reader.formats.json_values import dump_line
from reader.formats.outgoing import Outgoing
from reader.formats.w3c_read import read, recognises
from reader.formats.w3c_terms import (
    CONTEXT,
    PURPOSES,
    ROLES,
    digest_iri,
    iri,
    link_iri,
    said_bodies,
    text_body,
)
from reader.text.bidi import base_level

__all__ = ["FORMAT", "read", "recognises", "write"]

_STANDING = frozenset(("article", "entity", "claim", "mention", "claim_mention"))
_SIGNER = "an annotation names who made it, not who changed it"
_TYPES = "an annotation carries the name of its type alone"
FORMAT = Format(
    name="w3c",
    title="Web Annotation of the W3C (JSON-LD)",
    suffixes=(".jsonld",),
    media='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    offsets="code points; UTF-16 is read too",
    lacks=(
        ("attribution", "the standard has no parts with roles in one annotation"),
        ("claim_mention.attribution", "attributions are not held"),
        ("status", "how far somebody is with a text is no annotation"),
        ("suggestion", "the standard has no proposals"),
        ("refusal", "the standard has no proposals"),
        ("entity_type", _TYPES),
        ("relation_type", _TYPES),
        ("*.origin", "the standard has no word for how an annotation came about"),
        ("entity.updated_by", _SIGNER),
        ("claim.updated_by", _SIGNER),
        ("article.text", "texts are named by address and digest, not repeated"),
        ("article.*", "of a text, address, digest, language and direction are told, not kept"),
    ),
    partly=(
        ("article", "a text with no annotation is not named"),
        ("annotator", "only who made an annotation is named"),
        ("attribute", "attributes come back by their names, where they are in use"),
        ("note", "what it is about is not held"),
        ("relation", "what it is about is not held"),
        ("entity.aliases", "language and script are one tag"),
    ),
    notes="Texts have to be in the library; they are found by digest, id or address.",
)


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one page of annotations, one on each line."""
    yield File("annotations.jsonld", _page(_Writing(outgoing).annotations()))


def _page(annotations: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield f'{{"@context": "{CONTEXT}",\n"id": "urn:bidi-reader:annotations",\n'
    yield '"type": "AnnotationPage",\n"items": ['
    comma = "\n"
    for annotation in annotations:
        yield comma + dump_line(annotation)
        comma = ",\n"
    yield "\n]}\n"


class _Writing:
    """The annotations of an export.

    Args:
        outgoing: What is written.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing
        self._people = {person.id: person for person in outgoing.annotators}
        # What relations and notes may be about; what stands on its own is always held.
        self._held: set[Ref] = set()

    def annotations(self) -> Iterator[dict[str, Any]]:
        """Give them: on entities and claims, article by article, then what binds them."""
        out = self._outgoing
        for entity in out.entities:
            yield from self._about(entity, "identifying", _entity_bodies(entity))
        for claim in out.claims:
            yield from self._about(claim, "describing", _claim_bodies(claim))
        for claim in out.claims:
            yield from self._evidence(claim)
        for article in out.articles:
            yield from self._in(article)
        for relation in out.relations:
            if self._holds(relation.source) and self._holds(relation.target):
                self._held.add(ref_to(relation))
                yield self._relation(relation)
        yield from self._notes(out.notes, None)

    def _in(self, article: ArticleData) -> Iterator[dict[str, Any]]:
        for mention in article.mentions:
            bodies = [text_body(mention.type, "tagging"), *_reference("entity", mention.entity)]
            yield self._on_text(mention, "tagging", bodies, article)
        for place in article.claim_mentions:
            bodies = [text_body("record: claim mention", "classifying")]
            bodies += _reference("claim", place.claim)
            yield self._on_text(place, "describing", bodies, article)
            yield from self._roles(place)
        yield from self._notes(article.notes, article)

    def _on_text(
        self,
        record: Mention | ClaimMention,
        motivation: str,
        bodies: list[dict[str, Any]],
        article: ArticleData,
    ) -> dict[str, Any]:
        bodies += said_bodies(record)
        return self._made(record, motivation, bodies, _targets(record.span, article))

    def _about(
        self, record: Entity | Claim, motivation: str, bodies: Iterable[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        """Describe what stands above the texts."""
        about = [*bodies, *said_bodies(record)]
        made = self._made(record, motivation, about, iri(ref_to(record)))
        yield made | {"id": f"{made['id']}#about"}
        yield from self._roles(record)

    def _roles(self, record: ClaimMention | Claim | Entity) -> Iterator[dict[str, Any]]:
        for role, kind in ROLES[type(record)]:
            id: str | None = getattr(record, role)
            if id is not None:
                body = [text_body(f"role: {role}", "classifying")]
                ends = [iri(ref_to(record)), iri(Ref(kind, id))]
                made = self._made(record, "linking", body, ends)
                yield made | {"id": f"{made['id']}#{role}"}

    def _evidence(self, claim: Claim) -> Iterator[dict[str, Any]]:
        for number, item in enumerate(claim.evidence):
            made = self._made(claim, "assessing", _evidence_bodies(claim, item), self._basis(item))
            target = {} if made["target"] else {"target": made["id"]}
            yield made | target | {"id": f"{made['id']}#evidence-{number}"}

    def _basis(self, item: Evidence) -> list[dict[str, Any]] | str:
        if item.span is None:
            return item.url if is_url(item.url) else ""
        article = self._outgoing.articles.get(item.span.article)
        return [] if article is None else _targets(item.span, article)

    def _relation(self, relation: Relation) -> dict[str, Any]:
        bodies = [text_body(relation.type, "tagging"), *said_bodies(relation)]
        if relation.rationale:
            bodies.append(_comment(relation.rationale))
        return self._made(
            relation, "linking", bodies, [*map(iri, (relation.source, relation.target))]
        )

    def _notes(
        self, notes: Iterable[Note], article: ArticleData | None
    ) -> Iterator[dict[str, Any]]:
        waiting = list(notes)
        while ready := [note for note in waiting if self._holds(note.on)]:
            waiting = [note for note in waiting if not self._holds(note.on)]
            for note in ready:
                self._held.add(ref_to(note))
                on_article = article if note.on.kind == "article" else None
                target: Any = _source(on_article) if on_article else iri(note.on)
                motivation = "replying" if note.on.kind == "note" else "commenting"
                yield self._made(note, motivation, [_comment(note.text)], target)

    def _holds(self, ref: Ref) -> bool:
        return ref.kind in _STANDING or ref in self._held

    def _made(self, record: Any, motivation: str, bodies: list[Any], target: Any) -> dict[str, Any]:
        owner = record.created_by if isinstance(record, Entity | Claim) else record.annotator
        return {
            "id": iri(ref_to(record)),
            "type": "Annotation",
            "motivation": motivation,
            "creator": self._creator(owner),
            "created": record.created,
            "modified": record.updated,
            "body": bodies,
            "target": target,
        }

    def _creator(self, id: str) -> dict[str, str]:
        person = self._people.get(id, Annotator(id, id))
        return {"id": iri(Ref("annotator", id)), "type": "Person", "name": person.name}


def _reference(kind: str, id: str | None) -> list[dict[str, Any]]:
    """Return the body that says which entity or claim is meant."""
    if id is None:
        return []
    source = iri(Ref(kind, id))
    return [{"type": "SpecificResource", "source": source, "purpose": "identifying"}]


def _entity_bodies(entity: Entity) -> Iterator[dict[str, Any]]:
    yield text_body(entity.type, "tagging")
    yield text_body(entity.name, "identifying")
    for alias in entity.aliases:
        tag = f"{alias.language or 'und'}-{alias.script}" if alias.script else alias.language
        yield text_body(alias.text, "identifying", tag or "und")
    for link in entity.links:
        purpose = PURPOSES[link.status]
        yield {"type": "SpecificResource", "source": link_iri(link), "purpose": purpose}
    if entity.note:
        yield _comment(entity.note)


def _claim_bodies(claim: Claim) -> Iterator[dict[str, Any]]:
    yield text_body(claim.text, "describing", claim.language)
    if claim.gloss or claim.gloss_language:
        yield text_body(claim.gloss, "editing", claim.gloss_language)
    if claim.topic:
        yield text_body(claim.topic, "tagging")
    if claim.justification:
        yield text_body(claim.justification, "assessing", "", _direction(claim.justification))


def _evidence_bodies(claim: Claim, item: Evidence) -> list[dict[str, Any]]:
    source = iri(ref_to(claim))
    bodies: list[dict[str, Any]] = [
        {"type": "SpecificResource", "source": source, "purpose": "assessing"},
        text_body(f"stance: {item.stance}", "classifying"),
    ]
    if item.accessed:
        bodies.append(text_body(f"accessed: {item.accessed}", "classifying"))
    if item.url and (item.span is not None or not is_url(item.url)):
        bodies.append(text_body(f"url: {item.url}", "classifying"))
    return [*bodies, *([_comment(item.note)] if item.note else [])]


def _comment(text: str) -> dict[str, Any]:
    return text_body(text, "commenting", "", _direction(text))


def _direction(text: str) -> str:
    return "rtl" if base_level(text) else "ltr"


def _targets(span: Span, article: ArticleData) -> list[dict[str, Any]]:
    """Return a target for each fragment."""
    return [
        _source(article) | {"selector": _selectors(article.text, start, end)}
        for start, end in span.fragments
    ]


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", "exact": text[start:end]}
    around = {"prefix": text[max(0, start - 32) : start], "suffix": text[end : end + 32]}
    return [{"type": "TextPositionSelector", "start": start, "end": end}, quote | around]


def _source(article: ArticleData) -> dict[str, Any]:
    """Return an article as what a target is in, or is."""
    address = next(filter(is_url, article.sources), iri(Ref("article", article.id)))
    source = {
        "id": address,
        "type": "Text",
        "format": "text/plain",
        "language": article.language,
        "textDirection": article.direction,
    }
    state = {"type": "TimeState", "cached": digest_iri(article.sha256)}
    return {"type": "SpecificResource", "source": source, "state": state}
