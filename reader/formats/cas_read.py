"""From the feature structures of a CAS to records of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any, get_args, get_type_hints

from reader.annotation.ids import derived_id
from reader.annotation.model import (
    Attribution,
    Claim,
    ClaimMention,
    Mention,
    Record,
    Relation,
    ref_to,
)
from reader.annotation.spans import Range, Span
from reader.errors import FormatError
from reader.formats import cas_types as types
from reader.formats.cas_rows import META_DATA, Row, at, is_text, label_of, language_of, rows_of
from reader.formats.catalogue import Catalogue
from reader.formats.document import Document
from reader.formats.format import ImportOptions, Read, Unresolved
from reader.formats.json_values import mapping, offset, parse_json
from reader.formats.labels import Labels
from reader.formats.landing import Landing, land
from reader.formats.linked import LinkedEntities, link_to
from reader.formats.offsets import UTF_16, Mark, Ruler, place
from reader.formats.places import placed
from reader.formats.source import Part

_SEGMENTS = (types.SENTENCE, types.TOKEN, types.DOCUMENT, types.SOFA)
_ENDS = (("@Governor", "@Dependent"), ("@source", "@target"))


class Above:
    """What stands above the texts of all files: types, entities, claims.

    Args:
        options: What whoever imports has said.
    """

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
        self.labels = Labels(options.schema, options.labels)
        self.linked = LinkedEntities("cas", options)
        self._made: set[str] = set()
        self._fresh: list[Claim] = []

    def claim(self, text: str, language: str) -> str:
        """Return the id of a claim, which is made the first time."""
        id = derived_id("cas", "claim", text, language)
        if id not in self._made:
            self._made.add(id)
            who, moment = self.options.annotator.id, self.options.moment
            self._fresh.append(Claim(id, text, language, moment, who, moment, who))
        return id

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims that were made since this was asked last."""
        found = tuple(self._fresh)
        self._fresh.clear()
        return found


class CasReader:
    """Reads one file.

    Args:
        part: The file.
        articles: The articles that are known.
        above: What stands above the texts.
    """

    def __init__(self, part: Part, articles: Catalogue, above: Above) -> None:
        self._part, self._articles, self._above = part, articles, above

    def reads(self) -> Iterator[Read]:
        """Give what each text of the file says.

        Raises:
            FormatError: Naming the file and the place.
        """
        with self._part.placed():
            rows = rows_of(mapping(parse_json(self._part.text()), "top"))
            sofas = {id: row for id, row in rows.items() if is_text(row)}
            if not sofas:
                raise FormatError("there is no text in it (a Sofa with a sofaString).")
            _check_texts(rows)
            found = [self._read(id, rows, len(sofas) == 1) for id in sofas]
        yield from found

    def _read(self, sofa: int, rows: Mapping[int, Row], is_alone: bool) -> Read:
        own = {id: row for id, row in rows.items() if row.get("@sofa") == sofa}
        name = self._part.name if is_alone else f"{self._part.name}#{sofa}"
        text = rows[sofa]["sofaString"]
        language = next(filter(None, map(language_of, own.values())), None)
        landing = land(self._articles, text, name, language)
        reading = _Reading(landing, rows, own, self._above)
        return replace(reading.read(), shown=self._part.shown)


def _check_texts(rows: Mapping[int, Row]) -> None:
    """Refuse an annotation on a text that the file does not have."""
    for id, row in rows.items():
        on = row.get("@sofa")
        named = rows.get(on) if isinstance(on, int) else None
        if on is not None and (named is None or named["%TYPE"] != types.SOFA):
            raise FormatError(f"{at(id)}.@sofa: there is no text {on!r} in the file; repair it.")


class _Reading:
    """The records of one text."""

    def __init__(
        self,
        landing: Landing,
        rows: Mapping[int, Row],
        own: Mapping[int, Row],
        above: Above,
    ) -> None:
        self._landing, self._rows, self._own, self._above = landing, rows, own, above
        self._labels, self._options = above.labels, above.options
        self._home = landing.article.id
        moment = self._options.moment
        self._by: dict[str, Any] = {"annotator": self._options.annotator.id}
        self._by |= {"created": moment, "updated": moment}
        self._unresolved: list[Unresolved] = []
        self._records: dict[int, Record] = {}
        self._places = self._placed()
        self._entities = {
            row["identifier"]: row
            for row in own.values()
            if row["%TYPE"] == types.ENTITY and isinstance(row.get("identifier"), str)
        }

    def read(self) -> Read:
        """Return all that is said of the text."""
        passed: Counter[str] = Counter()
        joined = self._joined()
        later = {id for ids in joined.values() for id in ids}
        for id, row in self._own.items():
            if id in self._places and id not in later:
                self._take(id, row, [id, *joined.get(id, ())], passed)
        for id, row in self._own.items():
            if row["%TYPE"] == types.ATTRIBUTION and id in self._places:
                self._attribution(id, row)
        relations = {ref_to(each): each for each in self._relations(passed)}
        return self._finished(relations.values(), passed)

    def _finished(self, relations: Iterable[Relation], passed: Mapping[str, int]) -> Read:
        records = {ref_to(each): each for each in self._records.values()}.values()
        article = replace(
            self._landing.article,
            mentions=tuple(each for each in records if isinstance(each, Mention)),
            claim_mentions=tuple(each for each in records if isinstance(each, ClaimMention)),
            attributions=tuple(each for each in records if isinstance(each, Attribution)),
        )
        document = Document(
            self._labels.schema,
            (self._options.annotator,),
            (article,),
            self._above.linked.fresh(),
            self._above.claims(),
            tuple(relations),
        )
        layers = ", ".join(f"{count} of {name}" for name, count in sorted(passed.items()))
        told = (f"annotations of other layers were passed over: {layers}.",) if layers else ()
        return Read(document=document, unresolved=tuple(self._unresolved), notices=told)

    def _placed(self) -> dict[int, Range]:
        """Return the places of the annotations; one that cuts a character is an error."""
        marks: dict[int, Mark] = {}
        for id, row in self._own.items():
            ends = [row.get(name, row.get(f"^{name}")) for name in ("begin", "end")]
            if row["%TYPE"] != types.SOFA and ends != [None, None]:
                start, end = (offset(each, f"{at(id)}.begin, end") for each in ends)
                marks[id] = Mark(start, end)
        unit = self._options.offsets or UTF_16
        found: dict[int, Range] = {}
        for id, each in zip(marks, place(self._landing.text, marks.values(), unit), strict=True):
            if not isinstance(each, str):
                found[id] = each
            elif self._is_empty(marks[id]) or self._options.offsets is not None:
                self._lose(id, each)
            else:
                raise FormatError(
                    f"{at(id)}: {marks[id].start}-{marks[id].end} leaves the text or cuts a "
                    "character in two (offsets of a CAS count UTF-16); if it was written with "
                    "others, say --offsets code-points."
                )
        return found

    def _is_empty(self, mark: Mark) -> bool:
        ruler = Ruler(self._landing.text, UTF_16)
        # A range of nothing is one in UIMA, if it stands between two characters.
        at = mark.start
        is_there = at == 0 or ruler.range(0, at) is not None
        return mark.start == mark.end and is_there

    def _joined(self) -> dict[int, list[int]]:
        """Return the further stretches of marks with gaps, by the first."""
        following = {
            row["@Governor"]: row["@Dependent"]
            for row in self._own.values()
            if row.get("label") == types.CONTINUES
            and row["%TYPE"] == types.RELATION
            and self._is_mark(row.get("@Governor"))
            and self._is_mark(row.get("@Dependent"))
        }
        found: dict[int, list[int]] = {}
        for first in following.keys() - set(following.values()):
            found[first] = [following[first]]
            # One that comes round to itself is followed once.
            while (last := following.get(found[first][-1], first)) not in (first, *found[first]):
                found[first].append(last)
        return found

    def _is_mark(self, id: object) -> bool:
        return isinstance(id, int) and id in self._places

    def _take(self, id: int, row: Row, stretches: list[int], passed: Counter[str]) -> None:
        type = row["%TYPE"]
        is_named = type.startswith((types.NAMED, *types.CUSTOM))
        if type in _SEGMENTS or type.endswith(META_DATA) or self._ends(row):
            return
        if type in (types.PART, types.ATTRIBUTION):
            return
        if not is_named:
            passed[type.rpartition(".")[2]] += 1
            return
        (span,) = self._landing.spans([[self._places[each] for each in stretches]])
        is_claim = type == types.CLAIM
        self._records[id] = (self._claim_mention if is_claim else self._mention)(id, row, span)

    def _claim_mention(self, id: int, row: Row, span: Span) -> ClaimMention:
        made = derived_id("cas", self._home, "claim mention", str(span.fragments), str(id))
        said: dict[str, Any] = self._fields(ClaimMention, types.CLAIM_FIELDS, row, id)
        said |= {"claim": self._claim(row), "claimant": self._entity(row, "claimant", "", "")}
        return ClaimMention(made, span, **self._by, origin="imported", **said)

    def _mention(self, id: int, row: Row, span: Span) -> Mention:
        with placed(at(id)):
            label = self._labels.entity_type(label_of(row))
        made = derived_id("cas", self._home, "mention", str(span.fragments), label, str(id))
        entity = self._entity(row, "identifier", label, span.quote.strip())
        return Mention(made, span, label, **self._by, entity=entity, origin="imported")

    def _entity(self, row: Row, name: str, type: str, quote: str) -> str | None:
        """Return the entity that an identifier names, or None."""
        identifier = row.get(name)
        if not isinstance(identifier, str) or not identifier.strip():
            return None
        known = self._entities.get(identifier, {})
        called, of_type = known.get("name") or quote, known.get("entityType") or type
        is_own = identifier.startswith(types.OWN)
        if not isinstance(called, str) or not isinstance(of_type, str) or not of_type:
            return None
        if not called.strip() or (is_own and not known):
            return None
        link = None if is_own else link_to(identifier, "web")
        wanted = of_type
        with placed(at(row["%ID"])):
            of_type = self._labels.entity_type(wanted)
        return self._above.linked.id_of(of_type, called, link)

    def _claim(self, row: Row) -> str | None:
        text, language = (row.get(name) for name in ("claim", "language"))
        if not isinstance(text, str) or not text.strip():
            return None
        language = language if isinstance(language, str) and language else "und"
        return self._above.claim(text, language)

    def _fields(
        self, cls: type[Any], names: Mapping[str, str], row: Row, id: int
    ) -> dict[str, str]:
        hints = get_type_hints(cls)
        defaults = {field.name: field.default for field in fields_of(cls)}
        found = {}
        for name, field in names.items():
            value = row.get(name, defaults[field])
            if value not in get_args(hints[field]):
                known = ", ".join(get_args(hints[field]))
                raise FormatError(f"{at(id)}.{name}: {value!r:.40} is not one of {known}.")
            found[field] = value
        return found

    def _attribution(self, id: int, row: Row) -> None:
        parts: dict[str, list[Range]] = {}
        claims: dict[int, ClaimMention] = {}
        for role, target in self._links(row, "@parts"):
            record = self._records.get(target)
            if role == "Claim" and isinstance(record, ClaimMention):
                claims[target] = record
            elif role in types.ROLES and target in self._places:
                parts.setdefault(types.ROLES[role], []).append(self._places[target])
        if not parts:
            self._lose(id, "an attribution without a source, a cue or a content")
            return
        spans: dict[str, Span] = dict(zip(parts, self._landing.spans(parts.values()), strict=True))
        said = self._fields(Attribution, types.ATTRIBUTION_FIELDS, row, id)
        made = derived_id("cas", self._home, "attribution", str(id))
        source = self._entity(row, "source", "", "")
        own: dict[str, Any] = {**self._by, "origin": "imported", **said, **spans}
        self._records[id] = Attribution(made, self._home, source_entity=source, **own)
        self._records |= {n: replace(each, attribution=made) for n, each in claims.items()}

    def _links(self, row: Row, name: str) -> Iterator[tuple[str, int]]:
        """Give role and target of each link that a feature holds."""
        id = row.get(name)
        array = self._rows.get(id, {}) if isinstance(id, int) else {}
        elements = array.get("%ELEMENTS")
        for each in elements if isinstance(elements, list) else ():
            link = self._rows.get(each, {}) if isinstance(each, int) else {}
            role, target = link.get("role"), link.get("@target")
            if isinstance(target, int):
                yield role if isinstance(role, str) else "", target

    def _ends(self, row: Row) -> tuple[int, int] | None:
        for one, two in _ENDS:
            source, target = row.get(one), row.get(two)
            if isinstance(source, int) and isinstance(target, int):
                return source, target
        return None

    def _relations(self, passed: Counter[str]) -> Iterator[Relation]:
        for id, row in self._own.items():
            ends = self._ends(row)
            if ends is None:
                yield from self._slots(id, row)
            elif row.get("label") == types.CONTINUES:
                continue
            elif all(end in self._records for end in ends):
                yield self._relation(id, label_of(row), *ends)
            elif row["%TYPE"].startswith(types.CUSTOM):
                self._lose(id, "an end of it is not there, or found no place")
            else:
                passed[row["%TYPE"].rpartition(".")[2]] += 1

    def _slots(self, id: int, row: Row) -> Iterator[Relation]:
        """Give the links that a mark of another layer has to others."""
        if id not in self._records or row["%TYPE"] == types.ATTRIBUTION:
            return
        for name in row:
            for role, target in self._links(row, name) if name.startswith("@") else ():
                if target in self._records:
                    yield self._relation(id, role or name[1:], id, target)

    def _relation(self, id: int, label: str, one: int, two: int) -> Relation:
        source, target = ref_to(self._records[one]), ref_to(self._records[two])
        with placed(at(id)):
            type = self._labels.relation_type(label, source.kind, target.kind)
        made = derived_id("cas", self._home, type, source.id, target.id, str(id))
        return Relation(made, type, source, target, **self._by)

    def _lose(self, id: int, reason: str) -> None:
        item = self._rows[id]["%TYPE"].rpartition(".")[2]
        self._unresolved.append(Unresolved(at(id), item, reason))
