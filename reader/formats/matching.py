"""Records without ids of their own, compared by what they say with what a library has.

A file of another tool may have been imported before, or be an export that came
back. What it says and the library has already is left out; what it adds to a
record becomes a change of that record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from functools import cached_property
from typing import Any

from reader.annotation.attributes import Attributes
from reader.annotation.model import (
    Annotator,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    KnowledgeLink,
    Mention,
    Note,
    Record,
    Ref,
    Refusal,
    Relation,
    Status,
    Suggestion,
    kind_of,
    ref_to,
)
from reader.annotation.references import map_refs
from reader.annotation.references import people as people_of
from reader.formats.document import ArticleData, Document, located
from reader.formats.format import Ids
from reader.store.library import Library

_OF_THE_RECORD = frozenset(
    (
        *("id", "article", "annotator", "origin"),
        *("created", "created_by", "updated", "updated_by"),
    )
)
"""Fields that say how a record came about, and are left as they are."""

_IN_ARTICLES = (
    "mentions",
    "attributions",
    "claim_mentions",
    "refusals",
    "suggestions",
    "notes",
)


class Matching:
    """What one import brings, beside what a library has.

    Annotators are known by name, entities by a link into a knowledge base or by
    type and name, claims by their words, all else by its place and label.

    Args:
        library: What is there; in a steady state.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept = False
        self._found: dict[Ref, str] = {}
        self._people: dict[str, str] = {}

    def match(self, document: Document, ids: Ids = "derived") -> Document:
        """Return a document with the ids of the library, without what says nothing new.

        Args:
            document: What comes in.
            ids: What the ids of its records are; see `reader.formats.format.Read`.
        """
        if ids == "exact":
            return document
        self._kept = ids == "kept"
        people = tuple(filter(self._is_new_person, document.annotators))
        # What others refer to comes before them.
        entities = self._matched(document.entities, self._entities)
        claims = self._matched(document.claims, self._shared)
        articles = tuple(map(self._article, document.articles))
        relations = self._matched(document.relations, self._shared)
        notes = self._matched(document.notes, self._shared)
        found = Document(document.schema, (), articles, entities, claims, relations, notes)
        named = {id for place in located(found) for _, id in people_of(place.record)}
        return replace(found, annotators=tuple(who for who in people if who.id in named))

    def _is_new_person(self, person: Annotator) -> bool:
        known = next((who for who in self._library.people.all() if who.name == person.name), None)
        if known is not None:
            self._people[person.id] = known.id
        return known is None

    def _article(self, data: ArticleData) -> ArticleData:
        there: dict[Hashable, list[Record]] = {}
        # In an article that is new there is nothing to look for.
        is_there = self._library.articles.has(data.id)
        for record in self._library.records.within(data.id) if is_there else ():
            there.setdefault(key_of(record), []).append(record)
        status = tuple(
            replace(item, annotator=self._people.get(item.annotator, item.annotator))
            for item in data.status
        )
        lists: dict[str, Any] = {
            name: self._matched(getattr(data, name), there) for name in _IN_ARTICLES
        }
        known = {each.annotator for rows in there.values() for each in rows if type(each) is Status}
        return replace(data, status=tuple(s for s in status if s.annotator not in known), **lists)

    def _matched(
        self, rows: Iterable[Any], there: Mapping[Hashable, Sequence[Record]]
    ) -> tuple[Any, ...]:
        kept: list[Record] = []
        used: set[str] = set()
        for row in rows:
            record = map_refs(row, self._ref, self._person)
            same = self._with_id(ref_to(record)) if self._kept else None
            known = same or _known(record, there, used)
            if known is not None:
                used.add(known.id)
                if known.id != row.id:
                    self._found[ref_to(row)] = known.id
                record = _merged(known, record, whole=same is not None)
            if record != known and (known is not None or not self._is_there(record.id)):
                kept.append(record)
        return tuple(kept)

    def _with_id(self, ref: Ref) -> Record | None:
        return self._library.records.get(ref)

    def _is_there(self, id: str) -> bool:
        return self._library.records.kind(id) is not None

    def _ref(self, ref: Ref) -> Ref:
        return Ref(ref.kind, self._found.get(ref, ref.id))

    def _person(self, id: str) -> str:
        return self._people.get(id, id)

    @cached_property
    def _shared(self) -> Mapping[Hashable, Sequence[Record]]:
        return {key_of(record): (record,) for record in self._records}

    @cached_property
    def _entities(self) -> Mapping[Hashable, Sequence[Record]]:
        """Entities by each of their keys, unless several share it."""
        found: dict[Hashable, Record] = {}
        shared: set[Hashable] = set()
        for record in self._records:
            if isinstance(record, Entity) and record.merged_into is None:
                for key in keys_of(record):
                    shared |= {key} & found.keys()
                    found[key] = record
        return {key: (found[key],) for key in found.keys() - shared}

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        return self._library.records.shared()


def _known(
    record: Record, there: Mapping[Hashable, Sequence[Record]], used: Collection[str]
) -> Record | None:
    """Return the record that is there already.

    Of several alike, it is one to which nothing is added, and which no other is yet.
    """
    alike = [each for key in keys_of(record) for each in there.get(key, ())]
    whole = [each for each in alike if _merged(each, record, whole=False) == each]
    fresh = (each for each in whole if each.id not in used)
    return next(fresh, next(iter(whole or alike), None))


def keys_of(record: Record) -> tuple[Hashable, ...]:
    """Return what tells that two records are one, the surest first."""
    if isinstance(record, Entity):
        links = ((link.base, link.id) for link in record.links if link.status != "ambiguous")
        return (*(("link", *link) for link in links), ("entity", record.type, record.name))
    return (key_of(record),)


def key_of(record: Record) -> Hashable:
    """Return what tells that two records of an article, or above articles, are one."""
    return kind_of(record), *_KEYS.get(type(record), _by_id)(record)


def _by_id(record: Any) -> tuple[Hashable, ...]:
    return (record.id,)


_KEYS: Mapping[type, Callable[[Any], tuple[Hashable, ...]]] = {
    Entity: lambda record: (record.type, record.name),
    Claim: lambda record: (record.text, record.language),
    Mention: lambda record: (record.span.fragments, record.type),
    Refusal: lambda record: (record.span.fragments, record.type),
    Suggestion: lambda record: (record.span.fragments, record.type, record.model),
    ClaimMention: lambda record: (record.span.fragments,),
    Attribution: lambda record: tuple(
        part and part.fragments for part in (record.source, record.cue, record.content)
    ),
    Relation: lambda record: (record.type, record.source, record.target),
    Note: lambda record: (record.on, record.text),
}


def _merged(known: Record, new: Record, *, whole: bool) -> Record:
    """Return a record with all that a new form of it says and does not leave open.

    Args:
        known: The record.
        new: Its new form.
        whole: Whether that says also where it stands and what it is.
    """
    changed: dict[str, Any] = {}
    for field in fields(known):
        there, said = getattr(known, field.name), getattr(new, field.name)
        needed = field.default is MISSING
        if field.name in _OF_THE_RECORD or (said == field.default if not needed else not whole):
            continue
        both = said if needed else _both(there, said)
        if both != there:
            changed[field.name] = both
    return replace(known, **changed) if changed else known


def _both(there: Any, said: Any) -> Any:
    """Return a new value, or, where there can be several, those that are there and the new."""
    if isinstance(there, Attributes):
        return Attributes.of(dict(there) | dict(said))
    if isinstance(there, tuple):
        sure = {_item_of(each): each for each in said if _is_confirmed(each)}
        kept = tuple(sure.get(_item_of(each), each) for each in there)
        items = set(map(_item_of, there))
        return (*kept, *(each for each in said if _item_of(each) not in items))
    return said


def _item_of(value: Any) -> Any:
    """What a link leads to, however sure that is; any other value is itself."""
    return (value.base, value.id) if isinstance(value, KnowledgeLink) else value


def _is_confirmed(value: Any) -> bool:
    return isinstance(value, KnowledgeLink) and value.status == "confirmed"
