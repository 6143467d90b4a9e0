"""UIMA CAS JSON 0.4, which INCEpTION exports and imports.

Each article is a file: its text (Sofa), sentences, tokens that end where a mark does, mentions as
named entities with value and identifier, and layers of our own: claims, attributions with their
parts, relations, entities. A mark with gaps is several annotations, joined by relations. Offsets
count UTF-16 units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from reader.annotation.model import (
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Record,
    Ref,
    Relation,
    ref_to,
    spans_of,
)
from reader.annotation.spans import Range
from reader.annotation.wikidata import confirmed
from reader.formats import cas_types as types
from reader.formats.cas_read import Above, CasReader
from reader.formats.document import ArticleData
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.json_values import dump_line
from reader.formats.linked import named_entities
from reader.formats.offsets import UTF_16, Ruler
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source
from reader.formats.tokens import borders_of, sentences_around, tokens_of

_WHO = "a file is one annotator's, and does not say whose, and when"

FORMAT = Format(
    name="cas",
    title="UIMA CAS JSON 0.4 (INCEpTION)",
    suffixes=(".json",),
    media="application/json",
    offsets="UTF-16",
    per_article=True,
    lacks=(
        ("note", "there is no layer for notes"),
        ("suggestion", "there is no layer for proposals"),
        ("refusal", "there is no layer for proposals"),
        ("status", "a file does not say how far somebody is"),
        ("annotator", _WHO),
        ("*.id", "annotations are numbered in each file"),
        ("*.annotator", _WHO),
        ("*.created", _WHO),
        ("*.updated", _WHO),
        ("*.created_by", _WHO),
        ("*.updated_by", _WHO),
        ("*.origin", _WHO),
        ("*.attributes", "the layers have no attributes"),
        ("attribute", "the layers have no attributes"),
        ("mention.kind", "a named entity has a value and an identifier"),
        ("relation.confidence", "a relation has a label and two ends"),
        ("relation.rationale", "a relation has a label and two ends"),
        ("claim_mention.affiliation", "there is one entity to a claim mention"),
    ),
    partly=(
        ("article", "the file holds the text, and its language for a text that is new"),
        ("mention.entity", "only an entity that its name or item tells from others is written"),
        ("entity", "an entity is written where a text names it: name, type, item in Wikidata"),
        ("claim", "a claim is written where a text makes it: its words and their language"),
        ("attribution", "an attribution needs a part in the text, and entities that are written"),
        ("claim_mention", "only entities that are written are claimants"),
        ("relation", "only what is marked in one article is related"),
        ("entity_type", "types come back by their names, where they are in use"),
        ("relation_type", "types come back by their names, where they are in use"),
    ),
    notes="INCEpTION wants the layers Claim, Attribution, AttributionPart, Relation, Entity.",
)
_BEGIN = re.compile(r'\A\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|HEADER|VIEWS)"\s*:')


def recognises(part: Part) -> bool:
    """Tell whether a file begins as a CAS does."""
    return _BEGIN.match(part.peek()) is not None


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file, view by view."""
    above = Above(options)
    for part in source.parts:
        yield from CasReader(part, source.articles, above).reads()


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write a file for each article."""
    above = _Known(outgoing)
    for article in outgoing.articles:
        yield File(f"{article.id}.json", _Writer(article, above).portions())


class _Known:
    """What stands above the articles, at hand for each of them."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.claims = {claim.id: claim for claim in outgoing.claims}
        self.entities: dict[str, Entity] = {}
        self.identifiers: dict[str, str] = {}
        taken: set[str] = set()
        for id, entity in named_entities(outgoing.entities).items():
            item = confirmed(entity)
            identifier = f"{types.WIKIDATA}{item}" if item else types.OWN + id
            identifier = types.OWN + id if identifier in taken else identifier
            taken.add(identifier)
            self.entities[id], self.identifiers[id] = entity, identifier
        self.relations: dict[Ref, list[Relation]] = {}
        for relation in outgoing.relations:
            self.relations.setdefault(relation.source, []).append(relation)


class _Writer:
    """The feature structures of one article."""

    def __init__(self, article: ArticleData, above: _Known) -> None:
        self._article, self._above = article, above
        self._ruler = Ruler(article.text, UTF_16)
        self._rows: list[dict[str, Any]] = []
        self._members: list[int] = []
        self._ids: dict[Ref, int] = {}
        self._used: dict[str, None] = {}

    def portions(self) -> Iterator[str]:
        """Give the file, a line for each structure."""
        self._fill()
        yield '{"%TYPES": {\n'
        yield ",\n".join(
            f"{dump_line(name)}: {dump_line(row)}" for name, row in types.TYPES.items()
        )
        yield '\n},\n"%FEATURE_STRUCTURES": [\n'
        yield ",\n".join(map(dump_line, self._rows))
        view = {types.VIEW: {"%SOFA": 1, "%MEMBERS": self._members}}
        yield f'\n],\n"%VIEWS": {dump_line(view)}}}\n'

    def _fill(self) -> None:
        article = self._article
        sofa = {"sofaNum": 1, "sofaID": types.VIEW, "mimeType": "text", "sofaString": article.text}
        self._add(types.SOFA, sofa, is_member=False)
        language = "x-unspecified" if article.language == "und" else article.language
        self._span(types.DOCUMENT, (0, len(article.text)), {"language": language})
        self._segments()
        for mention in article.mentions:
            named = {"value": mention.type} | self._identified("identifier", mention.entity)
            self._marked(types.NAMED_ENTITY, mention, named)
        for claim in article.claim_mentions:
            fields = _fields(claim, types.CLAIM_FIELDS) | self._claimed(claim)
            self._marked(types.CLAIM, claim, fields)
        for attribution in article.attributions:
            self._attribution(attribution)
        self._relations()
        for id in self._used:
            entity = self._above.entities[id]
            known = {"identifier": self._above.identifiers[id], "name": entity.name}
            self._add(types.ENTITY, {"@sofa": 1, **known, "entityType": entity.type})

    def _segments(self) -> None:
        text, article = self._article.text, self._article
        records: tuple[Record, ...]
        records = (*article.mentions, *article.claim_mentions, *article.attributions)
        spans = tuple(chain.from_iterable(map(spans_of, records)))
        sentences = sentences_around(text, article.language, spans)
        for place in sentences:
            self._span(types.SENTENCE, place)
        for place in tokens_of(text, borders_of(spans) | set(chain.from_iterable(sentences))):
            self._span(types.TOKEN, place)

    def _add(self, type: str, said: Mapping[str, Any], *, is_member: bool = True) -> int:
        id = len(self._rows) + 1
        self._rows.append({"%ID": id, "%TYPE": type, **said})
        if is_member:
            self._members.append(id)
        return id

    def _span(self, type: str, place: Range, said: Mapping[str, Any] | None = None) -> int:
        begin, end = self._ruler.offsets(*place)
        return self._add(type, {"@sofa": 1, "begin": begin, "end": end, **(said or {})})

    def _marked(self, type: str, record: Mention | ClaimMention, said: Mapping[str, str]) -> None:
        """Write a mark, and what joins its stretches."""
        more = {"value": said["value"]} if "value" in said else {}
        places = record.span.fragments
        ids = [self._span(type, place, more if i else said) for i, place in enumerate(places)]
        for (one, two), place in zip(pairwise(ids), places[1:], strict=True):
            ends = {"@Governor": one, "@Dependent": two}
            self._span(types.RELATION, place, {"label": types.CONTINUES, **ends})
        self._ids[ref_to(record)] = ids[0]

    def _identified(self, name: str, entity: str | None) -> dict[str, str]:
        if entity is None or entity not in self._above.identifiers:
            return {}
        self._used[entity] = None
        return {name: self._above.identifiers[entity]}

    def _claimed(self, record: ClaimMention) -> dict[str, str]:
        claim: Claim | None = self._above.claims.get(record.claim or "")
        said = {} if claim is None else {"claim": claim.text, "language": claim.language}
        return said | self._identified("claimant", record.claimant)

    def _attribution(self, record: Attribution) -> None:
        spans = {role: getattr(record, field) for role, field in types.ROLES.items()}
        places = [(role, each) for role, span in spans.items() if span for each in span.fragments]
        if not places:
            return
        made = [(role, self._span(types.PART, place, {"part": role})) for role, place in places]
        claims = (each for each in self._article.claim_mentions if each.attribution == record.id)
        made += [("Claim", self._ids[ref_to(each)]) for each in claims]
        links = [
            self._add(types.LINK, {"role": role, "@target": id}, is_member=False)
            for role, id in made
        ]
        parts = self._add(f"{types.LINK}[]", {"%ELEMENTS": links}, is_member=False)
        anchor = next((place for role, place in places if role == "Cue"), places[0][1])
        said = _fields(record, types.ATTRIBUTION_FIELDS)
        said |= self._identified("source", record.source_entity)
        self._ids[ref_to(record)] = self._span(types.ATTRIBUTION, anchor, {**said, "@parts": parts})

    def _relations(self) -> None:
        found: Iterable[Relation] = chain.from_iterable(
            self._above.relations.get(ref, ()) for ref in tuple(self._ids)
        )
        for relation in found:
            if relation.target in self._ids:
                one, two = self._ids[relation.source], self._ids[relation.target]
                begin, end = (self._rows[two - 1][name] for name in ("begin", "end"))
                said = {"@sofa": 1, "begin": begin, "end": end, "label": relation.type}
                self._add(types.RELATION, {**said, "@Governor": one, "@Dependent": two})


def _fields(record: Any, names: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that say something, under their names in the file."""
    defaults = type(record).__dataclass_fields__
    return {
        name: getattr(record, field)
        for name, field in names.items()
        if getattr(record, field) != defaults[field].default
    }
