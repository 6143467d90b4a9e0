"""doccano's JSONL for sequence labelling, with relations or without.

Each line is an article: its text, `entities` (mentions on one stretch, and claim mentions as
`Claim`), `relations` between them, `Comments` (notes on the article). doccano counts UTF-16 units;
our lines say so in `offset_unit`, which doccano keeps among its other columns. What else a line of
doccano holds is kept as a note on the article that begins with `[doccano] `, and written back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reader.annotation.model import ClaimMention, Mention, Note, Ref, Relation
from reader.formats.doccano_read import CLAIM, KEPT, RESERVED, UNIT, DoccanoReader
from reader.formats.document import ArticleData
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.json_values import dump_line
from reader.formats.offsets import UTF_16, Ruler
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source

_WHO = "doccano's lines do not say who marked what, and when"
_TYPES = "types come back by their names, where they are in use"

FORMAT = Format(
    name="doccano",
    title="doccano JSONL",
    suffixes=(".jsonl", ".json"),
    media="application/jsonl",
    offsets="UTF-16; code points are read too",
    lacks=(
        ("entity", "doccano knows no entities behind mentions"),
        ("claim", "doccano knows no claims above texts"),
        ("attribution", "doccano has no parts with roles"),
        ("suggestion", "doccano's lines hold no proposals"),
        ("refusal", "doccano's lines hold no proposals"),
        ("status", "doccano's lines do not say how far somebody is"),
        ("annotator", _WHO),
        ("*.id", "doccano numbers what is marked"),
        ("*.annotator", _WHO),
        ("*.created", _WHO),
        ("*.updated", _WHO),
        ("*.origin", _WHO),
        ("*.attributes", "a mark of doccano has a label and nothing else"),
        ("mention.kind", "a mark of doccano has a label and nothing else"),
        ("mention.entity", "doccano knows no entities behind mentions"),
        ("claim_mention.*", "a mark of doccano has a label and nothing else"),
        ("relation.confidence", "a relation of doccano has a type and two ends"),
        ("relation.rationale", "a relation of doccano has a type and two ends"),
        ("attribute", "a mark of doccano has a label and nothing else"),
    ),
    partly=(
        ("article", "a line holds the text alone"),
        ("mention", "a mark of doccano is one stretch"),
        ("claim_mention", "a mark of doccano is one stretch"),
        ("relation", "only what is written of one text is related"),
        ("note", "doccano comments on texts as a whole"),
        ("entity_type", _TYPES),
        ("relation_type", _TYPES),
    ),
    notes="Import it as JSONL(Relation), or as JSONL with `entities` as the column of labels.",
)
_OTHERS = ("spans", "_input_hash", "record", "tokens", "format", "@context")
_LABELS = re.compile(r'"(?:labels?|entities)"\s*:\s*\[')
_TEXT = re.compile(r'\A\s*\{.*?"(?:text|data)"\s*:\s*"', re.DOTALL)


def recognises(part: Part) -> bool:
    """Tell whether a file begins with an object that has a text and labels or entities."""
    begin = part.peek()
    if not _TEXT.match(begin):
        return False
    line = begin.lstrip().partition("\n")[0]
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return _LABELS.search(begin) is not None and not any(f'"{k}"' in begin for k in _OTHERS)
    return not any(name in first for name in _OTHERS) and _has_labels(first)


def _has_labels(line: Mapping[str, Any]) -> bool:
    if isinstance(entities := line.get("entities"), list):
        return "relations" in line or not entities or isinstance(entities[0], dict)
    return any(isinstance(line.get(name), list) for name in ("label", "labels"))


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file, line by line; what its offsets count is found out from all of it first."""
    for part in source.parts:
        yield from DoccanoReader(part, source.articles, options).reads()


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one file, a line for each article."""
    relations: dict[Ref, list[Relation]] = {}
    for relation in outgoing.relations:
        relations.setdefault(relation.source, []).append(relation)
    has_claim = outgoing.schema.entity_type(CLAIM) is not None
    lines = (_line(article, relations, has_claim) for article in outgoing.articles)
    yield File("doccano.jsonl", (dump_line(line) + "\n" for line in lines))


def _line(
    article: ArticleData, relations: Mapping[Ref, list[Relation]], has_claim: bool
) -> dict[str, Any]:
    entities, ids = _entities(article, has_claim)
    found = (relation for ref in ids for relation in relations.get(ref, ()))
    joined = [each for each in found if each.target in ids]
    kept: dict[str, Any] = {}
    for note in article.notes:
        kept |= _kept(note)
    return {
        "text": article.text,
        "entities": entities,
        "relations": [
            {"id": i, "from_id": ids[each.source], "to_id": ids[each.target], "type": each.type}
            for i, each in enumerate(joined)
        ],
        "Comments": [
            note.text for note in article.notes if note.on.kind == "article" and not _kept(note)
        ],
        **{name: kept[name] for name in sorted(kept) if name not in RESERVED},
        UNIT: str(UTF_16),
    }


def _entities(article: ArticleData, has_claim: bool) -> tuple[list[dict[str, Any]], dict[Ref, int]]:
    """Return the marks of a line, and their numbers by the records that they are."""
    marked: list[tuple[int, int, str, Ref]] = [
        (each.span.start, each.span.end, label, Ref(kind, each.id))
        for kind, label, each in _labelled(article, has_claim)
        if len(each.span.fragments) == 1
    ]
    ruler = Ruler(article.text, UTF_16)
    made: list[dict[str, Any]] = []
    ids: dict[Ref, int] = {}
    for start, end, label, ref in sorted(marked, key=lambda each: (*each[:3], each[3].id)):
        first, last = ruler.offsets(start, end)
        ids[ref] = len(made)
        made.append({"id": len(made), "start_offset": first, "end_offset": last, "label": label})
    return made, ids


def _labelled(
    article: ArticleData, has_claim: bool
) -> Iterator[tuple[str, str, Mention | ClaimMention]]:
    for mention in article.mentions:
        yield "mention", mention.type, mention
    # Where a type of the library has this name, a mark of it would be taken for a mention.
    for claim in () if has_claim else article.claim_mentions:
        yield "claim_mention", CLAIM, claim


def _kept(note: Note) -> dict[str, Any]:
    """Return what a note holds of the other columns of a line; nothing, if it is a note."""
    if note.on.kind != "article" or not note.text.startswith(KEPT):
        return {}
    try:
        found = json.loads(note.text.removeprefix(KEPT))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
