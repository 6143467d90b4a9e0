"""From lines of doccano to records of articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reader.annotation.ids import derived_id
from reader.annotation.model import ClaimMention, Mention, Note, Ref, Relation
from reader.annotation.spans import Range
from reader.errors import FormatError, UsageError
from reader.formats.catalogue import Catalogue
from reader.formats.document import Document
from reader.formats.format import ImportOptions, Read, Unresolved
from reader.formats.json_stream import stream
from reader.formats.json_values import dump_line, in_order, items, mapping, offset, string
from reader.formats.labels import Labels
from reader.formats.landing import Landing, land
from reader.formats.offsets import CODE_POINTS, UTF_16, Mark, Unit, place, settle_unit, unit_named
from reader.formats.places import placed
from reader.formats.source import Part
from reader.values import dataclass

CLAIM = "Claim"
"""The label of claim mentions."""

KEPT = "[doccano] "
"""What the note begins with that holds the other columns of a line."""

UNIT = "offset_unit"
"""The column that says what offsets count."""

RESERVED = frozenset(
    ("id", "text", "data", "label", "labels", "entities", "relations", "Comments", UNIT)
)
UNITS = (UTF_16, CODE_POINTS)
"""What offsets may count: doccano's pages UTF-16, what other programs put in code points."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of a line, as it stands there."""

    where: str
    id: int | str | None
    mark: Mark
    label: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with a text.

    Attributes:
        where: Its place.
        row: All of it.
        text: The text.
        labels: Its labels that can be taken.
        refused: The others, with why.
    """

    where: str
    row: Mapping[str, Any]
    text: str
    labels: tuple[_Label, ...]
    refused: tuple[Unresolved, ...]

    @property
    def unit(self) -> Unit | None:
        """What it says itself of its offsets."""
        said = self.row.get(UNIT)
        try:
            return unit_named(said) if isinstance(said, str) else None
        except UsageError:
            return None

    @property
    def marks(self) -> list[Mark]:
        return [label.mark for label in self.labels]


class DoccanoReader:
    """Reads one file.

    Args:
        part: The file.
        articles: The articles that are known.
        options: What whoever imports has said.
    """

    def __init__(self, part: Part, articles: Catalogue, options: ImportOptions) -> None:
        self._part, self._articles, self._options = part, articles, options
        self._labels = Labels(options.schema, options.labels)
        moment = options.moment
        self._own: dict[str, Any] = {"annotator": options.annotator.id}
        self._own |= {"created": moment, "updated": moment}

    def reads(self) -> Iterator[Read]:
        """Read the file twice: what its offsets count, then what it says.

        Raises:
            FormatError: Naming the file and the place.
        """
        with self._part.placed():
            marks = ((line.text, line.marks) for line in self._lines() if line.unit is None)
            unit = self._options.offsets or settle_unit(marks, UNITS)
        lines, empty = self._lines(), True
        while True:
            with self._part.placed():
                line = next(lines, None)
                read = None if line is None else self._read(line, unit)
            if read is None:
                break
            empty = False
            yield replace(read, shown=self._part.shown)
        if empty:
            raise FormatError(
                f"{self._part.shown}: there is no text in it; name a file of doccano."
            )

    def _lines(self) -> Iterator[_Line]:
        for where, value in stream(self._part):
            row = mapping(value, where)
            name = "text" if "text" in row else "data"
            text = row.get(name)
            if text is not None and not isinstance(text, str):
                raise FormatError(f"{where}.{name}: should be text.")
            labels, refused = _labels(row, where) if (text or "").strip() else ([], [])
            yield _Line(where, row, text or "", tuple(labels), tuple(refused))

    def _read(self, line: _Line, unit: Unit) -> Read:
        if not line.text.strip():
            lost = Unresolved(line.where, "a line", "it has no text")
            return Read(document=Document(self._labels.schema), unresolved=(lost,))
        name = f"{self._part.name}#{line.where.removeprefix('line ')}"
        landing = land(self._articles, line.text, name)
        return _Reading(line, landing, self._labels, self._own).read(
            line.unit or unit if self._options.offsets is None else unit, self._options
        )


class _Reading:
    """The records of one line."""

    def __init__(
        self, line: _Line, landing: Landing, labels: Labels, own: Mapping[str, Any]
    ) -> None:
        self._line, self._landing, self._labels, self._own = line, landing, labels, own
        self._home = landing.article.id
        self._unresolved = list(line.refused)
        self._refs: dict[int | str, Ref] = {}
        self._mentions: list[Mention] = []
        self._claims: list[ClaimMention] = []
        self._twice = 0

    def read(self, unit: Unit, options: ImportOptions) -> Read:
        self._mark(unit)
        relations = tuple(self._relations())
        article = replace(
            self._landing.article,
            mentions=tuple(self._mentions),
            claim_mentions=tuple(self._claims),
            notes=tuple(self._notes()),
        )
        people = (options.annotator,)
        document = Document(self._labels.schema, people, (article,), relations=relations)
        many = "1 label stands" if self._twice == 1 else f"{self._twice} labels stand"
        told = (f"{self._line.where}: {many} twice.",) if self._twice else ()
        return Read(document=document, unresolved=tuple(self._unresolved), notices=told)

    def _mark(self, unit: Unit) -> None:
        """Make a record of each label."""
        seen: set[tuple[object, str]] = set()
        placed = place(self._line.text, self._line.marks, unit)
        for i, (label, found) in enumerate(zip(self._line.labels, placed, strict=True)):
            if isinstance(found, str):
                self._lose(label.where, label.label, found)
                continue
            if label.id is not None and label.id in self._refs:
                raise FormatError(f"{label.where}.id: {label.id!r} stands twice; number it anew.")
            ref = self._record(label, found, str(i))
            self._twice += (found, label.label) in seen
            seen.add((found, label.label))
            if label.id is not None:
                self._refs[label.id] = ref

    def _record(self, label: _Label, found: Range, number: str) -> Ref:
        (span,) = self._landing.spans([[found]])
        is_claim = label.label == CLAIM and self._labels.schema.entity_type(CLAIM) is None
        kind = "claim_mention" if is_claim else "mention"
        id = derived_id("doccano", self._home, kind, str(span.fragments), label.label, number)
        if is_claim:
            self._claims.append(ClaimMention(id, span, **self._own, origin="imported"))
        else:
            with placed(label.where):
                type = self._labels.entity_type(label.label)
            self._mentions.append(Mention(id, span, type, **self._own, origin="imported"))
        return Ref(kind, id)

    def _relations(self) -> Iterator[Relation]:
        rows = self._line.row.get("relations")
        for i, value in enumerate(items([] if rows is None else rows, self._at("relations"))):
            where = self._at(f"relations[{i}]")
            row = mapping(value, where)
            type = string(row.get("type"), f"{where}.type")
            names = [row.get("from_id"), row.get("to_id")]
            ends = [self._refs.get(name) for name in names if isinstance(name, int | str)]
            if len(ends) != 2 or ends[0] is None or ends[1] is None:
                self._lose(where, type, "an end of it is not there, or found no place")
                continue
            source, target = ends[0], ends[1]
            made = derived_id("doccano", self._home, type, source.id, target.id, str(i))
            with placed(where):
                type = self._labels.relation_type(type, source.kind, target.kind)
            yield Relation(made, type, source, target, **self._own)

    def _notes(self) -> Iterator[Note]:
        on = Ref("article", self._home)
        found = self._line.row.get("Comments")
        for i, each in enumerate(items([] if found is None else found, self._at("Comments"))):
            text = each.get("text") if isinstance(each, dict) else each
            words = string(text, self._at(f"Comments[{i}]"))
            if words.strip():
                made = derived_id("doccano", self._home, "comment", words, str(i))
                yield Note(made, on, words, **self._own, article=self._home)
        kept = {name: row for name, row in self._line.row.items() if name not in RESERVED}
        if kept:
            text = KEPT + dump_line(in_order(kept))
            made = derived_id("doccano", self._home, "kept", text)
            yield Note(made, on, text, **self._own, article=self._home)

    def _at(self, name: str) -> str:
        return f"{self._line.where}.{name}"

    def _lose(self, where: str, item: str, reason: str) -> None:
        self._unresolved.append(Unresolved(where, item, reason))


def _labels(row: Mapping[str, Any], where: str) -> tuple[list[_Label], list[Unresolved]]:
    """Return the labels of a line in any of doccano's shapes, and those that doccano refuses."""
    found: list[_Label] = []
    refused: list[Unresolved] = []
    for name in ("label", "labels", "entities"):
        rows = row.get(name)
        for i, value in enumerate(items([] if rows is None else rows, f"{where}.{name}")):
            place = f"{where}.{name}[{i}]"
            if isinstance(value, str):
                refused.append(Unresolved(place, value, "it is said of the text, not of a place"))
                continue
            label = _label(value, place)
            wrong = _wrong(label)
            if wrong is None:
                found.append(label)
            else:
                refused.append(Unresolved(place, label.label, wrong))
    return found, refused


def _label(value: Any, where: str) -> _Label:
    id = None
    if isinstance(value, list) and len(value) == 3:
        start, end, label = value
    else:
        row = mapping(value, where)
        start, end, label = (row.get(name) for name in ("start_offset", "end_offset", "label"))
        given = row.get("id")
        id = given if isinstance(given, int | str) and not isinstance(given, bool) else None
    first, last = offset(start, f"{where} (start)"), offset(end, f"{where} (end)")
    return _Label(where, id, Mark(first, last), string(label, f"{where} (label)"))


def _wrong(label: _Label) -> str | None:
    if not label.label.strip():
        return "it has no label"
    if label.mark.start >= label.mark.end:
        return f"{label.mark.start}-{label.mark.end} is no range"
    return None
