"""spaCy's and Prodigy's JSONL: a text, its tokens, spans on them, relations between spans.

Each line is an article. Mentions on one stretch are spans, claim mentions such labelled `Claim`.
The entity of a mention is `kb_id` (its item in Wikidata, where that is sure) and `entity`, its
name. Tokens end where a span begins or ends, also within a word, so that no span is lost to
spaCy. A task's `meta` is kept as a note on the article that begins with `[spacy] `, and written
back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from reader.annotation.model import ClaimMention, Entity, Mention, Note, Ref, Relation
from reader.annotation.spans import Range, Span
from reader.annotation.wikidata import confirmed
from reader.formats.document import ArticleData
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.json_values import dump_line
from reader.formats.linked import named_entities
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source
from reader.formats.spacy_read import CLAIM, KEPT, read_part
from reader.formats.tokens import Grid, borders_of, tokens_of

_WHO = "a task does not say who marked what, and when"
_SPAN = "a span has a label and an entity, and nothing else"
_RELATION = "a relation has a label and two ends"

FORMAT = Format(
    name="spacy",
    title="spaCy and Prodigy JSONL",
    suffixes=(".jsonl", ".json"),
    media="application/jsonl",
    offsets="code points; UTF-16 is read too",
    lacks=(
        ("claim", "there are no claims above texts"),
        ("attribution", "there are no parts with roles"),
        ("suggestion", "a task holds no proposals"),
        ("refusal", "a task holds no proposals"),
        ("status", "a task does not say how far somebody is"),
        ("annotator", _WHO),
        ("*.id", "spans have no ids"),
        ("*.annotator", _WHO),
        ("*.created", _WHO),
        ("*.updated", _WHO),
        ("*.created_by", _WHO),
        ("*.updated_by", _WHO),
        ("*.origin", _WHO),
        ("*.attributes", _SPAN),
        ("mention.kind", _SPAN),
        ("claim_mention.*", _SPAN),
        ("relation.confidence", _RELATION),
        ("relation.rationale", _RELATION),
        ("attribute", _SPAN),
    ),
    partly=(
        ("article", "a line holds the text alone"),
        ("mention", "a span is one stretch"),
        ("mention.entity", "only what is written of the entity joins its mentions"),
        ("entity", "an entity is written where a span names it: its name and its item in Wikidata"),
        ("claim_mention", "a span is one stretch"),
        ("relation", "only spans of one text are related"),
        ("note", "there are no notes but those that hold the meta of a task"),
        ("entity_type", "types come back by their names, where they are in use"),
        ("relation_type", "types come back by their names, where they are in use"),
    ),
    notes="spaCy's Doc.to_json and pairs of text and entities (spaCy 2) are read as well.",
)
_ROWS = ("spans", "tokens", "ents", "_input_hash", "_task_hash")
_OTHERS = ("record", "format", "@context", "%TYPES")
_PAIR = re.compile(r'\A\s*(?:\[\s*)?\[\s*"(?:[^"\\]|\\.)*"\s*,\s*\{\s*"entities"\s*:')
_BEGIN = re.compile(r'\A\s*(?:\[\s*)?\{\s*"')


def recognises(part: Part) -> bool:
    """Tell whether a file begins with a text that has spans, tokens or ents, or with a pair."""
    begin = part.peek()
    if _PAIR.match(begin):
        return True
    if not _BEGIN.match(begin):
        return False
    line = begin.lstrip().partition("\n")[0]
    try:
        first: Any = json.loads(line)
    except (ValueError, RecursionError):
        # An object over many lines, or a very long one.
        names = set(re.findall(r'"(\w+|%TYPES|@context)"\s*:', begin))
        return "text" in names and _is_row(names)
    first = first[0] if isinstance(first, list) and first else first
    return isinstance(first, dict) and isinstance(first.get("text"), str) and _is_row(first)


def _is_row(names: Iterable[str]) -> bool:
    names = set(names)
    return not names.isdisjoint(_ROWS) and names.isdisjoint(_OTHERS)


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file, line by line."""
    for part in source.parts:
        yield from read_part(part, source.articles, options)


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one file, a line for each article."""
    above = _Above(outgoing)
    yield File("spacy.jsonl", (dump_line(above.line(each)) + "\n" for each in outgoing.articles))


class _Above:
    """What stands above the articles, at hand for each of them."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._entities = named_entities(outgoing.entities)
        self._has_claim = outgoing.schema.entity_type(CLAIM) is not None
        self._relations: dict[Ref, list[Relation]] = {}
        for relation in outgoing.relations:
            self._relations.setdefault(relation.source, []).append(relation)

    def line(self, article: ArticleData) -> dict[str, Any]:
        """Return an article as a task."""
        marked = sorted(self._marked(article), key=lambda row: (row[1].span.fragments, row[0].id))
        text = article.text
        grid = Grid(_with_blanks(text, [record.span for _, record in marked]))
        written = {ref: self._span(record, grid, i) for i, (ref, record) in enumerate(marked)}
        found = (each for ref in written for each in self._relations.get(ref, ()))
        return {
            "text": text,
            "tokens": list(_tokens(text, grid.tokens)),
            "spans": list(written.values()),
            "relations": [_relation(each, written) for each in found if each.target in written],
            "meta": _meta(article.notes),
            "answer": "accept",
        }

    def _marked(self, article: ArticleData) -> Iterator[tuple[Ref, Mention | ClaimMention]]:
        # Where a type of the library has the name, a span of it would be taken for a mention.
        claims = () if self._has_claim else article.claim_mentions
        records: tuple[Mention | ClaimMention, ...] = (*article.mentions, *claims)
        for record in records:
            if len(record.span.fragments) == 1:
                kind = "mention" if isinstance(record, Mention) else "claim_mention"
                yield Ref(kind, record.id), record

    def _span(self, record: Mention | ClaimMention, grid: Grid, number: int) -> dict[str, Any]:
        start, end = record.span.start, record.span.end
        covered = grid.covered(start, end)
        first, last = covered or (0, 0)
        label = record.type if isinstance(record, Mention) else CLAIM
        found: dict[str, Any] = {"start": start, "end": end}
        found |= {"token_start": first, "token_end": last, "label": label}
        found |= {"text": record.span.quote, "id": number}
        entity = self._entities.get(record.entity or "") if isinstance(record, Mention) else None
        return found if entity is None else found | _named(entity, label)


def _named(entity: Entity, label: str) -> dict[str, str]:
    item = confirmed(entity)
    found = {"kb_id": item} if item else {}
    found["entity"] = entity.name
    return found if entity.type == label else found | {"entity_type": entity.type}


def _with_blanks(text: str, spans: Sequence[Span]) -> Iterator[Range]:
    """Give the tokens, and as tokens all white space but a single blank after one.

    With the blank after those that have one they are the whole text, as spaCy wants.
    """
    borders = borders_of(spans)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    at = 0
    for start, end in (*tokens_of(text, borders), (len(text), len(text))):
        if 0 < at < start and text[at] == " " and at not in starts and at + 1 not in ends:
            at += 1
        yield from pairwise(sorted({at, start, *(cut for cut in borders if at < cut < start)}))
        if start < end:
            yield start, end
        at = end


def _tokens(text: str, tokens: Iterable[Range]) -> Iterator[dict[str, Any]]:
    pending: dict[str, Any] | None = None
    for number, (start, end) in enumerate(tokens):
        if pending is not None:
            yield pending | {"ws": start > pending["end"]}
        pending = {"text": text[start:end], "start": start, "end": end, "id": number}
    if pending is not None:
        yield pending | {"ws": pending["end"] < len(text)}


def _relation(relation: Relation, written: Mapping[Ref, dict[str, Any]]) -> dict[str, Any]:
    head, child = written[relation.source], written[relation.target]
    names = ("start", "end", "token_start", "token_end", "label", "id")
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "label": relation.type,
        "head_span": {name: head[name] for name in names},
        "child_span": {name: child[name] for name in names},
    }


def _meta(notes: Iterable[Note]) -> dict[str, Any]:
    """Return the meta that notes hold."""
    found: dict[str, Any] = {}
    for note in notes:
        if note.on.kind == "article" and note.text.startswith(KEPT):
            try:
                kept = json.loads(note.text.removeprefix(KEPT))
            except (ValueError, RecursionError):
                continue
            found |= kept if isinstance(kept, dict) else {}
    return dict(sorted(found.items()))
