"""From records of articles to tasks of Label Studio."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from reader.annotation.attributes import AttributeValue
from reader.annotation.model import (
    ClaimMention,
    Mention,
    Note,
    Ref,
    Relation,
    Suggestion,
    kind_of,
    ref_to,
)
from reader.annotation.spans import Span
from reader.formats.document import ArticleData
from reader.formats.label_studio_config import LABEL, RESERVED, TEXT, is_control
from reader.formats.label_studio_read import CLAIM, FIELDS, KEPT, NOTES
from reader.formats.outgoing import Outgoing

Row = dict[str, Any]


class TaskWriter:
    """Writes tasks, and learns which controls they need.

    Args:
        outgoing: What is written.

    Attributes:
        controls: What is said of texts as a whole: name and type of each control, with
            what was chosen.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self._free = {each.name for each in outgoing.schema.attributes if each.kind == "text"}
        self._has_claim = outgoing.schema.entity_type(CLAIM) is not None
        self._relations: dict[Ref, list[Relation]] = defaultdict(list)
        for relation in outgoing.relations:
            self._relations[relation.source].append(relation)
        self.controls: dict[tuple[str, str], set[str]] = defaultdict(set)

    def task(self, article: ArticleData) -> Row:
        """Return the task of an article: an annotation for each annotator."""
        sheets: dict[str, list[Row]] = defaultdict(list)
        homes: dict[Ref, str] = {}
        notes = _by_end(article)
        for record in self._marked(article):
            if len(record.span.fragments) == 1:
                homes[ref_to(record)] = record.annotator
                sheets[record.annotator] += self._region(record, notes.get(ref_to(record), []))
        for ref, who in homes.items():
            for relation in self._relations.get(ref, ()):
                if homes.get(relation.target) == who:
                    sheets[who].append(_link(relation))
        data: Row = {}
        for note in notes.get(Ref("article", article.id), []):
            kept = _kept(note)
            data |= kept.get("data", {}) if isinstance(kept.get("data"), dict) else {}
            sheets[note.annotator] += self._of_text(note, kept)
        return {
            "data": {TEXT: article.text}
            | {name: data[name] for name in sorted(data) if name != TEXT},
            "annotations": [{"result": sheets[who]} for who in sorted(sheets) if sheets[who]],
            "predictions": list(_predictions(article)),
        }

    def _marked(self, article: ArticleData) -> list[Mention | ClaimMention]:
        # Where a type of the library has this name, a mark of it would be taken for a mention.
        claims = () if self._has_claim else article.claim_mentions
        found: list[Mention | ClaimMention] = [*article.mentions, *claims]
        return sorted(found, key=lambda each: (each.span.fragments, each.id))

    def _region(self, record: Mention | ClaimMention, notes: list[Note]) -> Iterator[Row]:
        """Give a result for the label and one for each other control, all with one id."""
        label = record.type if isinstance(record, Mention) else CLAIM
        meta = {"meta": {"text": [note.text for note in notes]}} if notes else {}
        yield _result(record.id, LABEL, "labels", record.span, {"labels": [label]}) | meta
        for name in FIELDS[kind_of(record)]:
            value = getattr(record, name)
            if value != type(record).__dataclass_fields__[name].default:
                yield _result(record.id, name, "choices", record.span, {"choices": [value]})
        for name, said in record.attributes:
            if name not in RESERVED:
                kind, value = self._said(name, said)
                yield _result(record.id, name, kind, record.span, value)

    def _said(self, name: str, value: AttributeValue) -> tuple[str, Row]:
        """Return the type of the control that says an attribute, and its value."""
        if isinstance(value, bool):
            return "choices", {"choices": ["yes" if value else "no"]}
        if isinstance(value, str):
            is_free = name in self._free
            return ("textarea", {"text": [value]}) if is_free else ("choices", {"choices": [value]})
        if isinstance(value, tuple):
            return "choices", {"choices": list(value)}
        return "number", {"number": value}

    def _of_text(self, note: Note, kept: Row) -> Iterator[Row]:
        base = {"id": note.id, "to_name": TEXT}
        row = kept.get("result")
        if not kept:
            yield base | {"from_name": NOTES, "type": "textarea", "value": {"text": [note.text]}}
        elif isinstance(row, dict) and is_control(row):
            chosen = row["value"].get("choices")
            words = chosen if isinstance(chosen, list) else []
            self.controls[row["from_name"], row["type"]].update(map(str, words))
            yield base | {name: row[name] for name in ("from_name", "type", "value")}


def _by_end(article: ArticleData) -> Mapping[Ref, list[Note]]:
    found: dict[Ref, list[Note]] = defaultdict(list)
    for note in article.notes:
        found[note.on].append(note)
    return found


def _kept(note: Note) -> Row:
    """Return what a note holds of a task; nothing, if it is a note."""
    if not note.text.startswith(KEPT):
        return {}
    try:
        found = json.loads(note.text.removeprefix(KEPT))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _result(id: str, name: str, kind: str, span: Span, value: Row) -> Row:
    place = {"start": span.start, "end": span.end, "text": span.quote}
    return {"id": id, "from_name": name, "to_name": TEXT, "type": kind, "value": place | value}


def _link(relation: Relation) -> Row:
    return {
        "from_id": relation.source.id,
        "to_id": relation.target.id,
        "type": "relation",
        "direction": "right",
        "labels": [relation.type],
    }


def _predictions(article: ArticleData) -> Iterator[Row]:
    models: dict[str, list[Row]] = defaultdict(list)
    for each in sorted(article.suggestions, key=lambda each: (each.span.fragments, each.id)):
        if len(each.span.fragments) == 1:
            row = _result(each.id, LABEL, "labels", each.span, {"labels": [each.type]})
            models[each.model].append(row | _score(each))
    for model, rows in models.items():
        yield {"model_version": model, "result": rows}


def _score(suggestion: Suggestion) -> Row:
    return {} if suggestion.score is None else {"score": suggestion.score}
