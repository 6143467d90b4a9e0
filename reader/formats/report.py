"""What reports call the records of an export, and where each claim and entity stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from reader.annotation.attributes import Attributes
from reader.annotation.codec import encode
from reader.annotation.model import Claim, Entity, Note, Ref, Relation
from reader.annotation.schema import Schema
from reader.corpus.article import display_title
from reader.formats.document import ArticleData, to_article
from reader.formats.outgoing import Outgoing
from reader.values import dataclass

_LANGUAGES = {
    "ar": "Arabic",
    "ckb": "Central Kurdish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "ku": "Kurdish",
    "ms": "Malay",
    "nl": "Dutch",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ru": "Russian",
    "sw": "Swahili",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yi": "Yiddish",
    "zh": "Chinese",
}


class Known:
    """What records are called that others name.

    Args:
        outgoing: What is written.

    Attributes:
        schema: The types.
        people: Number and name of each annotator, by id.
        entities: Entities by id, merged ones included.
        listed: Number of each entity that a list shows, by id.
        claims: Claims by id.
        numbers: Number of each claim, by id.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self.schema: Schema = outgoing.schema
        self.people = {person.id: (n, person.name) for n, person in enumerate(outgoing.annotators)}
        self.entities = {entity.id: entity for entity in outgoing.entities}
        own = (entity for entity in outgoing.entities if not entity.merged_into)
        ordered = sorted(own, key=lambda each: (self._rank(each.type), each.name.casefold()))
        self.listed = {entity.id: number for number, entity in enumerate(ordered, 1)}
        self.claims = {claim.id: claim for claim in outgoing.claims}
        topics = sorted(outgoing.claims, key=lambda each: (not each.topic, each.topic.casefold()))
        self.numbers = {claim.id: number for number, claim in enumerate(topics, 1)}
        self._relations = _by_end(outgoing.relations)
        self._notes = _by_subject(outgoing.notes)

    def _rank(self, type: str) -> int:
        names = [kind.name for kind in self.schema.entity_types]
        return names.index(type) if type in names else len(names)

    def person(self, id: str) -> str:
        """Return the name of an annotator."""
        return self.people[id][1] if id in self.people else id

    def entity(self, id: str | None) -> Entity | None:
        """Return an entity, for one that was merged the one it became."""
        found, seen = self.entities.get(id or ""), set[str]()
        while found is not None and found.merged_into and found.id not in seen:
            seen.add(found.id)
            found = self.entities.get(found.merged_into)
        return found

    def claim(self, id: str | None) -> Claim | None:
        """Return a claim."""
        return self.claims.get(id or "")

    def merged(self, entity: Entity) -> Iterator[Entity]:
        """Give the entities that became this one."""
        for each in self.entities.values():
            if each.merged_into and self.entity(each.id) is entity:
                yield each

    def relations(self, ref: Ref) -> tuple[Relation, ...]:
        """Return the relations of a record, in both directions."""
        return tuple(self._relations.get(ref, ()))

    def notes(self, ref: Ref) -> tuple[Note, ...]:
        """Return the notes on a record above the articles."""
        return tuple(self._notes.get(ref, ()))

    def relation_title(self, type: str) -> str:
        """Return what a type of relation is called."""
        found = self.schema.relation_type(type)
        return type if found is None or not found.title else found.title

    def is_symmetric(self, type: str) -> bool:
        """Tell whether a type of relation says the same in both directions."""
        found = self.schema.relation_type(type)
        return found is not None and found.symmetric


def _by_end(relations: Iterable[Relation]) -> dict[Ref, list[Relation]]:
    found: dict[Ref, list[Relation]] = {}
    for relation in relations:
        for end in dict.fromkeys((relation.source, relation.target)):
            found.setdefault(end, []).append(relation)
    return found


def _by_subject(notes: Iterable[Note]) -> dict[Ref, list[Note]]:
    found: dict[Ref, list[Note]] = {}
    for note in notes:
        found.setdefault(note.on, []).append(note)
    return found


@dataclass(frozen=True, slots=True)
class Heading:
    """What an article is listed by.

    Attributes:
        title: Its headline, or its first words and an ellipsis.
        language: Its language.
        about: Publisher and date, as far as they are known.
    """

    title: str
    language: str
    about: tuple[str, ...]


def heading(data: ArticleData) -> Heading:
    """Return what an article is listed by."""
    title, opening = display_title(to_article(data))
    about = tuple(part for part in (data.publisher, data.published) if part)
    return Heading(f"{title}…" if opening else title, data.language, about)


def language_name(code: str) -> str:
    """Return what a language is called in English; an unknown one by its code."""
    name = _LANGUAGES.get(code.partition("-")[0])
    return "unknown language" if code in ("", "und") else f"{name} ({code})" if name else code


def attributes_told(attributes: Attributes) -> str:
    """Return attributes in words: `certain: yes, sense: a + b`."""
    return ", ".join(f"{name}: {_value(value)}" for name, value in attributes)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " + ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(encode(value))
