"""From the lines of a brat document to records of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.ids import derived_id
from reader.annotation.model import Attribution, ClaimMention, Mention, Note, Ref, Relation
from reader.formats import brat_names as names
from reader.formats.brat_ids import Named
from reader.formats.brat_lines import (
    Arc,
    Attribute,
    Comment,
    Equiv,
    Event,
    Kept,
    Line,
    Reference,
    Textbound,
)
from reader.formats.brat_shared import Shared
from reader.formats.document import ArticleData, Document
from reader.formats.format import ImportOptions
from reader.formats.labels import Labels
from reader.formats.offsets import short
from reader.formats.places import placed

_ENDS = ("mention", "claim_mention", "attribution")
"""What a relation of brat can join."""


class BratDocument:
    """The records of one document.

    Args:
        named: Its lines.
        options: What whoever imports has said.
        labels: The types.
        spoken: Names of types by what brat calls them.
        shared: The entities and claims of all documents.
    """

    def __init__(
        self,
        named: Named,
        options: ImportOptions,
        labels: Labels,
        spoken: Mapping[str, str],
        shared: Shared,
    ) -> None:
        self._named, self._labels = named, labels
        self._spoken, self._shared = spoken, shared
        moment, self._annotator = options.moment, options.annotator
        self._own: dict[str, Any] = {"annotator": options.annotator.id}
        self._own |= {"created": moment, "updated": moment}
        self._said: dict[Ref, dict[str, Attribute]] = defaultdict(dict)
        self._linked: dict[Ref, str] = {}
        self._claimed: dict[Ref, str | None] = {}

    def document(self, article: ArticleData) -> Document:
        """Return the records, in the article and above it.

        Raises:
            FormatError: If a label can be no name, or an attribute not be said.
        """
        self._say_all()
        self._link_all()
        full = replace(
            article,
            mentions=tuple(self._mentions()),
            attributions=tuple(self._attributions()),
            claim_mentions=tuple(self._claim_mentions()),
        )
        relations = tuple(self._relations())
        notes = (*self._notes(), *self._kept())
        full = replace(full, notes=tuple(note for note in notes if note.article))
        above = tuple(note for note in notes if not note.article)
        entities, claims = self._shared.fresh()
        people = (self._annotator,)
        return Document(self._labels.schema, people, (full,), entities, claims, relations, above)

    def _say_all(self) -> None:
        for line in self._named.of(Attribute):
            if line.name == names.GAP and line.target in self._named.spans:
                continue
            ref = self._named.to(line, line.target)
            if ref is not None:
                self._said[ref][line.name] = line

    def _link_all(self) -> None:
        """Say which entity each record is, from references and from what is said to be one."""
        references: dict[str, list[Reference]] = defaultdict(list)
        for line in self._named.of(Reference):
            if self._named.to(line, line.target) is not None:
                references[line.target].append(line)
        # A mention says of what type an entity is.
        for target in sorted(references, key=lambda id: self._named.refs[id].kind != "mention"):
            self._link(target, references[target])
        for equiv in self._named.of(Equiv):
            if equiv.label == names.EQUIV:
                self._equate(equiv)

    def _link(self, target: str, lines: list[Reference]) -> None:
        ref, span = self._named.refs[target], self._named.spans.get(target)
        claims = [line for line in lines if line.base == names.CLAIMS]
        others = [line for line in lines if line.base != names.CLAIMS]
        if claims and ref.kind == "claim_mention":
            self._claimed[ref] = self._shared.claim(claims[0])
        if others and ref.kind not in _ENDS:
            self._named.lose(others[0], f"a {ref.kind} is no entity")
        elif others:
            bound = self._named.bounds.get(target)
            type = self._type(bound) if bound and ref.kind == "mention" else None
            words = others[0].key if span is None else span.quote
            self._linked.setdefault(ref, self._shared.entity(others, type, words))

    def _equate(self, line: Equiv) -> None:
        found = {id: self._named.to(line, id) for id in line.ids}
        refs = {id: ref for id, ref in found.items() if ref is not None and ref.kind == "mention"}
        bounds = [self._named.bounds[id] for id in refs if id in self._named.bounds]
        if not bounds:
            return
        entity = next((self._linked[ref] for ref in refs.values() if ref in self._linked), None)
        if entity is None:
            made = derived_id("brat", self._named.home, "equiv", *sorted(line.ids))
            name = short(self._named.spans[bounds[0].id].quote, 200)
            entity = self._shared.named(made, self._type(bounds[0]), name)
        for ref in refs.values():
            self._linked.setdefault(ref, entity)

    def _type(self, line: Textbound) -> str:
        label = self._spoken.get(line.label, line.label)
        with placed(line.where):
            return self._labels.entity_type(label)

    def _fields(self, ref: Ref, type: str = "") -> dict[str, Any]:
        """Return the fields that attributes say, and the other attributes."""
        said = dict(self._said.get(ref, {}))
        found: dict[str, Any] = {}
        for name, (field, values) in names.fields_of(ref.kind).items():
            if name in said and said[name].value in values:
                found[field] = said.pop(name).value
        attributes: dict[str, AttributeValue] = {}
        for line in said.values():
            attributes |= self._attribute(line, ref.kind, type)
        return found | ({"attributes": Attributes.of(attributes)} if attributes else {})

    def _attribute(self, line: Attribute, kind: str, type: str) -> Attributes:
        said = ((line.name, True if line.value is None else line.value),)
        with placed(line.where):
            return self._labels.attributes(said, kind, type, chosen=True)

    def _bounds(self, kind: str) -> Iterator[tuple[Ref, Textbound]]:
        for line in self._named.of(Textbound):
            ref = self._named.refs.get(line.id)
            if ref is not None and ref.kind == kind:
                yield ref, line

    def _mentions(self) -> Iterator[Mention]:
        for ref, line in self._bounds("mention"):
            span, type = self._named.spans[line.id], self._type(line)
            fields = {"entity": self._linked.get(ref), **self._fields(ref, type)}
            yield Mention(ref.id, span, type, **self._own, origin="imported", **fields)

    def _attributions(self) -> Iterator[Attribution]:
        for event in self._named.of(Event):
            if event.id not in self._named.played:
                continue
            ref = self._named.refs[event.id]
            played = self._named.played[event.id].items()
            fields: dict[str, Any] = {field: self._named.spans[id] for field, id in played}
            if event.label != names.ATTRIBUTION:
                fields["source_kind"] = "none"
            fields |= {"source_entity": self._linked.get(ref), **self._fields(ref)}
            home = self._named.home
            yield Attribution(ref.id, home, **self._own, origin="imported", **fields)

    def _claim_mentions(self) -> Iterator[ClaimMention]:
        homes = {
            id: self._named.refs[event.id].id
            for event in self._named.of(Event)
            if event.id in self._named.played
            for role, id in event.arguments
            if role == names.CLAIM
        }
        for ref, line in self._bounds("claim_mention"):
            fields = self._fields(ref) | {
                "claim": self._claimed.get(ref),
                "attribution": homes.get(line.id),
                "claimant": self._linked.get(ref),
            }
            span = self._named.spans[line.id]
            yield ClaimMention(ref.id, span, **self._own, origin="imported", **fields)

    def _relations(self) -> Iterator[Relation]:
        for arc in self._named.of(Arc):
            found = self._relation(arc, arc.label, arc.source, arc.target)
            if found is None:
                # What is said of it is said of nothing.
                del self._named.refs[arc.id]
            else:
                yield replace(found, id=self._named.refs[arc.id].id)
        for event in self._named.of(Event):
            yield from self._roles(event)
        for line in self._named.of(Equiv):
            yield from self._alike(line)

    def _alike(self, line: Equiv) -> Iterator[Relation]:
        """Give what is alike in another way than that it is one, as relations from the first."""
        first, *others = line.ids
        for id in others if line.label != names.EQUIV else ():
            found = self._relation(line, line.label, first, id)
            if found is not None:
                yield replace(found, id=self._named.made("relation", line, first, id))

    def _roles(self, event: Event) -> Iterator[Relation]:
        """Give what plays a part in an event, as relations from its trigger."""
        if event.id not in self._named.refs:
            self._named.lose(event, f"there is no {event.trigger} that found a place")
            return
        own = {*names.PARTS, names.CLAIM} if event.id in self._named.played else set()
        for i, (role, id) in enumerate(event.arguments):
            found = None if role in own else self._relation(event, role, event.id, id)
            if found is not None:
                yield replace(found, id=self._named.made("relation", event, role, str(i), id))

    def _relation(self, line: Line, label: str, source: str, target: str) -> Relation | None:
        ends = [self._named.to(line, id) for id in (source, target)]
        first, last = ends
        if first is None or last is None:
            return None
        if first.kind not in _ENDS or last.kind not in _ENDS:
            self._named.lose(line, "it joins relations or notes")
            return None
        name = self._spoken.get(label, label)
        with placed(line.where):
            type = self._labels.relation_type(name, first.kind, last.kind)
        fields = self._fields(self._named.refs[line.id]) if isinstance(line, Arc) else {}
        return Relation("", type, first, last, **self._own, **fields)

    def _notes(self) -> Iterator[Note]:
        home, refs = self._named.home, self._named.refs
        refs.setdefault(names.DOCUMENT, Ref("article", home))
        comments = {line.id: line for line in self._named.of(Comment) if line.text.strip()}
        for line in comments.values():
            refs[line.id] = Ref("note", self._named.made("note", line, line.target, line.text))
        for line in comments.values():
            on = self._named.to(line, line.target)
            if on is not None:
                root = refs.get(_root(line, comments))
                inside = None if root is not None and root.kind == "relation" else home
                text = names.unescaped(line.text) if line.label == names.LINES else line.text
                yield Note(refs[line.id].id, on, text, **self._own, article=inside)

    def _kept(self) -> Iterator[Note]:
        home = self._named.home
        for line in self._named.of(Kept):
            made = derived_id("brat", home, "kept", line.line)
            on = Ref("article", home)
            yield Note(made, on, names.KEPT + line.line, **self._own, article=home)


def _root(line: Comment, comments: Mapping[str, Comment]) -> str:
    """Return what a note stands on at last, where notes stand on notes."""
    seen: set[str] = set()
    while line.target in comments and line.target not in seen:
        seen.add(line.target)
        line = comments[line.target]
    return line.target
