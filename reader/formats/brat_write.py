"""From records of an article to the lines of a brat document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any
from urllib.parse import quote

from reader.annotation.attributes import Attributes
from reader.annotation.model import (
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Ref,
    Relation,
    kind_of,
    ref_to,
)
from reader.annotation.spans import Range, Span
from reader.formats import brat_names as names
from reader.formats.brat_places import is_parted, written_ranges
from reader.formats.document import ArticleData
from reader.formats.outgoing import Outgoing

_KINDS = "TERAN#"
_REFERENCE = re.compile(r"[^\s:]+:\S+")


class Above:
    """What stands above the articles, at hand for each of them.

    Args:
        outgoing: What is written.
        types: What brat calls each type.
    """

    def __init__(self, outgoing: Outgoing, types: Mapping[str, str]) -> None:
        self.types = types
        self.entities = {entity.id: entity for entity in outgoing.entities}
        self.claims = {claim.id: claim for claim in outgoing.claims}
        self.relations: dict[Ref, list[Relation]] = defaultdict(list)
        for relation in outgoing.relations:
            self.relations[relation.source].append(relation)
        self.notes: dict[Ref, list[Note]] = defaultdict(list)
        for note in outgoing.notes:
            self.notes[note.on].append(note)
        self.attributes: dict[str, set[str]] = defaultdict(set)


class BratWriter:
    """The lines of one article.

    Args:
        article: The article.
        above: What stands above it; learns which attributes are in use.
    """

    def __init__(self, article: ArticleData, above: Above) -> None:
        self._article, self._above = article, above
        self._numbers: Counter[str] = Counter()
        self._lines: dict[str, list[str]] = {kind: [] for kind in _KINDS}
        self._ids: dict[Ref, str] = {}

    def lines(self) -> Iterator[str]:
        """Give the lines, each with its line end."""
        marked: list[Mention | ClaimMention] = [*self._article.mentions]
        marked += self._article.claim_mentions
        for record in sorted(marked, key=lambda each: (each.span.fragments, each.id)):
            self._take_marked(record)
        for attribution in self._article.attributions:
            self._take_attribution(attribution)
        ids = tuple(self._ids)
        for relation in chain.from_iterable(self._above.relations.get(ref, ()) for ref in ids):
            self._take_relation(relation)
        self._take_notes()
        yield from (f"{line}\n" for line in chain.from_iterable(self._lines.values()))
        for text in sorted(note.text for note in self._article.notes if _is_kept(note)):
            yield text.removeprefix(names.KEPT) + "\n"

    def _add(self, kind: str, data: str, words: str | None = None) -> str:
        self._numbers[kind] += 1
        id = f"{kind}{self._numbers[kind]}"
        self._lines[kind].append("\t".join((id, data) if words is None else (id, data, words)))
        return id

    def _bound(self, label: str, span: Span, ranges: list[Range]) -> str:
        text = self._article.text
        places = ";".join(f"{start} {end}" for start, end in ranges)
        words = " ".join(text[start:end] for start, end in ranges)
        id = self._add("T", f"{label} {places}", words)
        if is_parted(text, span):
            self._add("A", f"{names.GAP} {id}")
        return id

    def _take_marked(self, record: Mention | ClaimMention) -> None:
        ranges = written_ranges(self._article.text, record.span)
        if ranges is None:
            return
        label = self._above.types[record.type] if isinstance(record, Mention) else names.CLAIM
        id = self._ids[ref_to(record)] = self._bound(label, record.span, ranges)
        self._say(record, id)
        if isinstance(record, Mention):
            self._refer(id, record.entity, record.type)
        else:
            self._refer(id, record.claimant, None)
            self._refer_to_claim(id, record.claim)

    def _take_attribution(self, record: Attribution) -> None:
        text = self._article.text
        spans = {role: getattr(record, field) for role, field in names.PARTS.items()}
        found = {role: (span, written_ranges(text, span)) for role, span in spans.items() if span}
        whole = {role: (span, ranges) for role, (span, ranges) in found.items() if ranges}
        if not whole or len(whole) < len(found):
            return
        ids = {role: self._bound(role, *place) for role, place in whole.items()}
        trigger = next(whole[role] for role in ("Cue", "Source", "Content") if role in whole)
        arguments = [*ids.items(), *self._claims_of(record)]
        played = " ".join(f"{role}:{id}" for role, id in arguments)
        on = self._bound(names.ATTRIBUTION, *trigger)
        id = self._add("E", f"{names.ATTRIBUTION}:{on} {played}")
        self._ids[ref_to(record)] = id
        self._say(record, id)
        self._refer(id, record.source_entity, None)

    def _claims_of(self, record: Attribution) -> Iterator[tuple[str, str]]:
        claims = (each for each in self._article.claim_mentions if each.attribution == record.id)
        written = (self._ids[ref] for ref in map(ref_to, claims) if ref in self._ids)
        for number, id in enumerate(written, 1):
            yield names.CLAIM + (str(number) if number > 1 else ""), id

    def _say(self, record: Any, id: str) -> None:
        """Write the fields and attributes of a record as attributes."""
        for name, (field, values) in names.fields_of(kind_of(record)).items():
            value = getattr(record, field)
            if value != type(record).__dataclass_fields__[field].default:
                self._above.attributes[name] |= set(values)
                self._add("A", f"{name} {id} {value}")
        self._say_attributes(record.attributes, id, names.fields_of(kind_of(record)))

    def _say_attributes(self, said: Attributes, id: str, taken: Iterable[str]) -> None:
        for name, value in said:
            if not name or name in (names.GAP, *taken) or any(map(str.isspace, name)):
                continue
            if value is True:
                self._above.attributes[name] |= set()
                self._add("A", f"{name} {id}")
            elif isinstance(value, str) and names.is_line(value) and value.strip() == value:
                self._above.attributes[name].add(value)
                self._add("A", f"{name} {id} {value}")

    def _refer(self, id: str, entity: str | None, type: str | None) -> None:
        found = self._above.entities.get(entity or "")
        if found is None or not names.is_line(found.name):
            return
        for base, key in _links(found):
            self._add("N", f"Reference {id} {base}:{key}", found.name)
        said = "" if found.type == type else f"/{quote(found.type, safe='')}"
        self._add("N", f"Reference {id} {names.LOCAL}:{found.id}{said}", found.name)

    def _refer_to_claim(self, id: str, claim: str | None) -> None:
        found: Claim | None = self._above.claims.get(claim or "")
        if found is not None and names.is_line(found.text):
            key = f"{found.id}/{quote(found.language, safe='')}"
            self._add("N", f"Reference {id} {names.CLAIMS}:{key}", found.text)

    def _take_relation(self, record: Relation) -> None:
        source, target = self._ids.get(record.source), self._ids.get(record.target)
        if source and target:
            label = self._above.types[record.type]
            id = self._add("R", f"{label} Arg1:{source} Arg2:{target}", "")
            self._ids[ref_to(record)] = id
            self._say_attributes(record.attributes, id, ())

    def _take_notes(self) -> None:
        self._ids[Ref("article", self._article.id)] = names.DOCUMENT
        waiting: dict[Ref, list[Note]] = defaultdict(list)
        for note in self._article.notes:
            if not _is_kept(note):
                waiting[note.on].append(note)
        reached = list(self._ids)
        for ref in reached:
            for note in (*waiting.get(ref, ()), *self._above.notes.get(ref, ())):
                self._take_note(note, self._ids[ref])
                # A note on a note follows it.
                reached.append(ref_to(note))

    def _take_note(self, note: Note, on: str) -> None:
        is_plain = names.is_line(note.text)
        label = names.NOTE if is_plain else names.LINES
        words = note.text if is_plain else names.escaped(note.text)
        self._ids[ref_to(note)] = self._add("#", f"{label} {on}", words)


def _is_kept(note: Note) -> bool:
    """Tell whether a note holds a line as it stood in a file."""
    is_line = note.text.startswith(names.KEPT) and "\n" not in note.text
    return is_line and note.on.kind == "article"


def _links(entity: Entity) -> Iterator[tuple[str, str]]:
    """Give the links that are sure and can be written, the base as brat's users call it."""
    for link in entity.links:
        base = names.WIKIDATA if link.base == "wikidata" else link.base
        reserved = link.base in (names.WIKIDATA, names.LOCAL, names.CLAIMS)
        if (
            link.status == "confirmed"
            and not reserved
            and _REFERENCE.fullmatch(f"{base}:{link.id}")
        ):
            yield base, link.id
