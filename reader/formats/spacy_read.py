"""From tasks of Prodigy and documents of spaCy to records of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reader.annotation.ids import derived_id
from reader.annotation.model import ClaimMention, Mention, Note, Ref, Relation
from reader.annotation.spans import Range
from reader.errors import FormatError
from reader.formats.catalogue import Catalogue
from reader.formats.document import Document
from reader.formats.format import ImportOptions, Read, Unresolved
from reader.formats.json_stream import stream
from reader.formats.json_values import dump_line, items, mapping, offset, string
from reader.formats.labels import Labels
from reader.formats.landing import Landing, land
from reader.formats.linked import LinkedEntities, link_to
from reader.formats.offsets import CODE_POINTS, UTF_16, Mark, Unit, place, settle_unit
from reader.formats.places import placed
from reader.formats.source import Part
from reader.values import dataclass

CLAIM = "Claim"
"""The label of claim mentions."""

KEPT = "[spacy] "
"""What the note begins with that holds the meta of a task."""

UNITS = (CODE_POINTS, UTF_16)
"""What offsets may count: code points; UTF-16 where pages in a browser wrote a file."""

_LEFT_OUT = ("reject", "ignore")
_Key = tuple[int, int, str, int | None]
"""Start, end, label, and the number of the span where it has one."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A span of a task, as it stands there."""

    where: str
    mark: Mark
    label: str
    tokens: Range | None
    item: str
    name: str
    type: str
    number: int | None

    @property
    def key(self) -> _Key:
        return self.mark.start, self.mark.end, self.label, self.number


@dataclass(frozen=True, slots=True)
class _Task:
    """A text with its spans.

    Attributes:
        where: Its place in the file.
        row: All of it.
        text: The text.
        spans: Its spans.
        marks: Places of the spans, and of tokens that say their words.
        is_sure: Whether spaCy wrote it, which counts code points.
    """

    where: str
    row: Mapping[str, Any]
    text: str
    spans: tuple[_Span, ...]
    marks: tuple[Mark, ...]
    is_sure: bool


def read_part(part: Part, articles: Catalogue, options: ImportOptions) -> Iterator[Read]:
    """Read a file twice: what its offsets count, then what it says.

    Raises:
        FormatError: Naming the file and the place.
    """
    answers: Counter[str] = Counter()
    with part.placed():
        marks = ((task.text, task.marks) for task in _tasks(part, answers) if not task.is_sure)
        unit = options.offsets or settle_unit(marks, UNITS)
    told = [_told(answers)] if answers else []
    labels = Labels(options.schema, options.labels)
    linked = LinkedEntities("spacy", options)
    empty = True
    tasks = _tasks(part, Counter())
    while True:
        with part.placed():
            task = next(tasks, None)
            if task is None:
                break
            name = f"{part.name}#{task.where.removeprefix('line ')}"
            landing = land(articles, task.text, name)
            counts = CODE_POINTS if task.is_sure and options.offsets is None else unit
            read = _Reading(task, landing, labels, linked, options).read(counts)
        yield replace(read, notices=(*told, *read.notices), shown=part.shown)
        empty, told = False, []
    if told:
        yield Read(document=Document(labels.schema), notices=tuple(told), shown=part.shown)
    elif empty:
        raise FormatError(f"{part.shown}: there is no text in it; name a file of tasks.")


def _told(answers: Mapping[str, int]) -> str:
    left = " and ".join(f"{answers[name]} of “{name}”" for name in _LEFT_OUT if answers[name])
    return f"tasks with an answer other than “accept” were left out: {left}."


def _tasks(part: Part, answers: Counter[str]) -> Iterator[_Task]:
    """Give the tasks that are accepted, or not answered; count the others."""
    text: tuple[str, str] | None = None
    for where, value in stream(part):
        if isinstance(value, str):
            # A pair of text and entities that is all of the file.
            text = where, value
            continue
        if text is not None and isinstance(value, dict):
            where, value, text = text[0], [text[1], value], None
        row = _of_pair(value, where) if isinstance(value, list) else _of_object(value, where)
        answer = row.get("answer", "accept")
        if answer in _LEFT_OUT:
            answers[answer] += 1
        elif answer not in ("accept", None):
            raise FormatError(f"{where}.answer: {answer!r} should be accept, reject or ignore.")
        else:
            yield _task(row, where)


def _of_pair(value: list[Any], where: str) -> Mapping[str, Any]:
    """Return a pair of text and entities, as spaCy 2 was trained with, as a task."""
    if len(value) != 2 or not isinstance(value[0], str):
        raise FormatError(f"{where}: should be an object, or a list of a text and its entities.")
    said = mapping(value[1], f"{where}[1]").get("entities", [])
    return {"text": value[0], "spans": list(_of_triples(said, f"{where}[1].entities"))}


def _of_object(value: Any, where: str) -> Mapping[str, Any]:
    """Return a task, or a text with entities as in a pair, as a task."""
    row = mapping(value, where)
    if row.keys() & {"spans", "ents", "tokens"}:
        return row
    if isinstance(row.get("label"), list):
        raise FormatError(
            f"{where}.label: spaCy and Prodigy have spans; if doccano wrote it, say --format "
            "doccano."
        )
    if isinstance(row.get("entities"), list):
        return {**row, "spans": list(_of_triples(row["entities"], f"{where}.entities"))}
    return row


def _of_triples(said: Any, where: str) -> Iterator[dict[str, Any]]:
    for i, each in enumerate(items(said, where)):
        triple = items(each, f"{where}[{i}]")
        if len(triple) not in (3, 4):
            raise FormatError(f"{where}[{i}]: should be start, end and label.")
        more = {"kb_id": triple[3]} if len(triple) == 4 else {}
        yield {"start": triple[0], "end": triple[1], "label": triple[2]} | more


def _task(row: Mapping[str, Any], where: str) -> _Task:
    text = string(row.get("text"), f"{where}.text")
    if not text.strip():
        raise FormatError(f"{where}.text: is empty; an article needs a text.")
    spans = tuple(_chosen(row, where, _unique(_spans(row, where))))
    marks = (*(span.mark for span in spans), *_token_marks(row, where))
    is_sure = "ents" in row or isinstance(row.get("spans"), dict)
    return _Task(where, row, text, spans, marks, is_sure)


def _token_marks(row: Mapping[str, Any], where: str) -> Iterator[Mark]:
    rows = items(row.get("tokens") or [], f"{where}.tokens")
    for i, value in enumerate(rows):
        token = mapping(value, f"{where}.tokens[{i}]")
        if isinstance(token.get("text"), str) and token["text"]:
            yield _mark(token, f"{where}.tokens[{i}]")


def _mark(row: Mapping[str, Any], where: str) -> Mark:
    start, end = (offset(row.get(name), f"{where}.{name}") for name in ("start", "end"))
    words = row.get("text")
    return Mark(start, end, words if isinstance(words, str) else None)


def _spans(row: Mapping[str, Any], where: str) -> Iterator[_Span]:
    groups = row.get("spans") or []
    named = {"": groups} if isinstance(groups, list) else mapping(groups, f"{where}.spans")
    for name, group in (("ents", row.get("ents") or []), *named.items()):
        at = "ents" if name == "ents" and group is row.get("ents") else "spans"
        at += f".{name}" if name and at == "spans" else ""
        for i, value in enumerate(items(group, f"{where}.{at}")):
            yield _span(mapping(value, f"{where}.{at}[{i}]"), f"{where}.{at}[{i}]")


def _span(row: Mapping[str, Any], where: str) -> _Span:
    label = string(row.get("label") or "", f"{where}.label")
    said = [row.get(name) or "" for name in ("kb_id", "entity", "entity_type")]
    item, name, type = (each if isinstance(each, str) else "" for each in said)
    number = row["id"] if isinstance(row.get("id"), int) else None
    tokens = _token_range(row)
    return _Span(where, _mark(row, where), label, tokens, item.strip(), name, type, number)


def _token_range(row: Mapping[str, Any]) -> Range | None:
    first, last = row.get("token_start"), row.get("token_end")
    return (first, last) if isinstance(first, int) and isinstance(last, int) else None


def _unique(spans: Iterator[_Span]) -> list[_Span]:
    """Return spans without those of a Doc's groups that repeat one of its ents.

    The one that knows its item in the knowledge base stands for both.
    """
    found: list[_Span] = []
    of_doc: dict[object, int] = {}
    for span in spans:
        at = of_doc.get(span.key[:3])
        if ".ents[" in span.where:
            of_doc[span.key[:3]] = len(found)
        elif at is not None:
            found[at] = found[at] if found[at].item else span
            continue
        found.append(span)
    return found


def _chosen(row: Mapping[str, Any], where: str, spans: list[_Span]) -> list[_Span]:
    """Give the only span the item that was chosen for it among options."""
    if "options" not in row or len(spans) != 1 or spans[0].item:
        return spans
    chosen = items(row.get("accept") or [], f"{where}.accept")
    known = [each for each in chosen if isinstance(each, str) and not each.startswith("NIL")]
    return [replace(spans[0], item=known[0])] if len(known) == 1 else spans


class _Reading:
    """The records of one task."""

    def __init__(
        self,
        task: _Task,
        landing: Landing,
        labels: Labels,
        linked: LinkedEntities,
        options: ImportOptions,
    ) -> None:
        self._task, self._landing, self._labels = task, landing, labels
        self._linked, self._options = linked, options
        self._home = landing.article.id
        moment = options.moment
        self._own: dict[str, Any] = {"annotator": options.annotator.id}
        self._own |= {"created": moment, "updated": moment}
        self._unresolved: list[Unresolved] = []
        self._refs: dict[_Key, Ref] = {}
        self._mentions: list[Mention] = []
        self._claims: list[ClaimMention] = []

    def read(self, unit: Unit) -> Read:
        """Return all that the task says."""
        spans = self._task.spans
        placed = place(self._task.text, [span.mark for span in spans], unit)
        for i, (span, found) in enumerate(zip(spans, placed, strict=True)):
            if isinstance(found, str):
                self._lose(span.where, span.label, found)
            elif not span.label.strip():
                self._lose(span.where, "a span", "it has no label")
            else:
                ref = self._record(span, found, str(i))
                self._refs.setdefault(span.key, ref)
                self._refs.setdefault((*span.key[:3], None), ref)
        relations = tuple(self._relations())
        article = replace(
            self._landing.article,
            mentions=tuple(self._mentions),
            claim_mentions=tuple(self._claims),
            notes=tuple(self._notes()),
        )
        people = (self._options.annotator,)
        entities = self._linked.fresh()
        document = Document(self._labels.schema, people, (article,), entities, (), relations)
        return Read(document=document, unresolved=tuple(self._unresolved))

    def _record(self, span: _Span, found: Range, number: str) -> Ref:
        (made,) = self._landing.spans([[found]])
        is_claim = span.label == CLAIM and self._labels.schema.entity_type(CLAIM) is None
        kind = "claim_mention" if is_claim else "mention"
        id = derived_id("spacy", self._home, kind, str(made.fragments), span.label, number)
        if is_claim:
            self._claims.append(ClaimMention(id, made, **self._own, origin="imported"))
        else:
            with placed(span.where):
                type = self._labels.entity_type(span.label)
            entity = self._entity(span, type, made.quote.strip())
            mention = Mention(id, made, type, **self._own, entity=entity, origin="imported")
            self._mentions.append(mention)
        return Ref(kind, id)

    def _entity(self, span: _Span, type: str, quote: str) -> str | None:
        is_item = bool(span.item) and not span.item.startswith("NIL")
        name = span.name or (quote or span.item if is_item else "")
        if not name.strip():
            return None
        if span.type:
            with placed(span.where):
                type = self._labels.entity_type(span.type)
        return self._linked.id_of(type, name, link_to(span.item) if is_item else None)

    def _relations(self) -> Iterator[Relation]:
        where = f"{self._task.where}.relations"
        for i, value in enumerate(items(self._task.row.get("relations") or [], where)):
            at = f"{where}[{i}]"
            row = mapping(value, at)
            label = string(row.get("label") or "related", f"{at}.label")
            source, target = (self._end(row, name, at) for name in ("head", "child"))
            if source is None or target is None:
                self._lose(at, label, "an end of it is no span, or found no place")
                continue
            made = derived_id("spacy", self._home, label, source.id, target.id, str(i))
            with placed(at):
                type = self._labels.relation_type(label, source.kind, target.kind)
            yield Relation(made, type, source, target, **self._own)

    def _end(self, row: Mapping[str, Any], name: str, where: str) -> Ref | None:
        """Return the span at an end of a relation: the one that is said, or the one of a token."""
        said = row.get(f"{name}_span")
        if isinstance(said, dict):
            key = _span(said, f"{where}.{name}_span").key
            return self._refs.get(key) or self._refs.get((*key[:3], None))
        token = row.get(name)
        around = [
            (span.tokens[1] - span.tokens[0], span.key)
            for span in self._task.spans
            if span.tokens and isinstance(token, int) and span.tokens[0] <= token <= span.tokens[1]
        ]
        return self._refs.get(min(around)[1]) if around else None

    def _notes(self) -> Iterator[Note]:
        meta = self._task.row.get("meta")
        if isinstance(meta, dict) and meta:
            text = KEPT + dump_line(dict(sorted(meta.items())))
            made = derived_id("spacy", self._home, "meta", text)
            yield Note(made, Ref("article", self._home), text, **self._own, article=self._home)

    def _lose(self, where: str, item: str, reason: str) -> None:
        self._unresolved.append(Unresolved(where, item, reason))
