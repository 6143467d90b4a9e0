"""From tasks of Label Studio to records of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.ids import derived_id, is_id
from reader.annotation.model import (
    Annotator,
    CheckWorthy,
    ClaimMention,
    Epistemic,
    Mention,
    MentionKind,
    Mode,
    Note,
    Polarity,
    Ref,
    Relation,
    Suggestion,
)
from reader.annotation.spans import Span
from reader.formats.document import Document
from reader.formats.format import ImportOptions, Read, Unresolved
from reader.formats.json_values import dump_line, in_order
from reader.formats.label_studio_tasks import Link, Region, Said, Sheet, Task, said_of
from reader.formats.labels import Labels
from reader.formats.landing import Landing
from reader.formats.offsets import Unit, place, short
from reader.formats.places import placed

CLAIM = "Claim"
"""The label of claim mentions."""

KEPT = "[label-studio] "
"""What the notes begin with that hold what is said of a text, and other fields of its data."""

NOTES = "notes"
"""The control of notes on a text."""

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "mention": {"kind": get_args(MentionKind)},
    "claim_mention": {
        "epistemic": get_args(Epistemic),
        "polarity": get_args(Polarity),
        "mode": get_args(Mode),
        "check_worthy": get_args(CheckWorthy),
    },
}
"""Controls that stand for fields of a kind of record, with what can be chosen."""


class Shapes:
    """What the controls of a file are, from all that they say in it.

    Args:
        tasks: All tasks of the file.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._several: set[str] = set()
        self._words: dict[str, set[str]] = {}
        for task in tasks:
            for sheet in task.sheets:
                for said in (said for region in sheet.regions for said in region.said):
                    self._add(said)

    def _add(self, said: Said) -> None:
        if isinstance(said.value, tuple):
            self._words.setdefault(said.name, set()).update(said.value)
            if len(said.value) != 1:
                self._several.add(said.name)

    def value(self, said: Said) -> AttributeValue | None:
        """Return what is said as the value of an attribute; None where nothing is chosen."""
        if not isinstance(said.value, tuple):
            return said.value
        if said.name in self._several:
            return tuple(dict.fromkeys(said.value)) or None
        (word,) = said.value
        return word == "yes" if self._words[said.name] <= {"yes", "no"} else word


def same_words(stands: str, quote: str) -> bool:
    """Tell whether a quote is what stands in the text, with line ends written as they may be."""
    stands, quote = stands.replace("\r\n", "\n"), quote.replace("\r\n", "\n")
    return stands in (quote, quote.replace("\\n", "\n"))


class TaskReader:
    """The records of one task.

    Args:
        task: The task.
        landing: Its text.
        labels: The types.
        options: What whoever imports has said.
        shapes: What the controls of the file are.
        taken: Ids that records of the file have already.
    """

    def __init__(
        self,
        task: Task,
        landing: Landing,
        labels: Labels,
        options: ImportOptions,
        shapes: Shapes,
        taken: set[str],
    ) -> None:
        self._task, self._landing, self._labels = task, landing, labels
        self._options, self._shapes, self._taken = options, shapes, taken
        self._home = landing.article.id
        self._unresolved: list[Unresolved] = []
        self._notices: list[str] = []
        self._people = {options.annotator.id: options.annotator}
        self._lists: dict[str, list[Any]] = {
            name: [] for name in ("mentions", "claim_mentions", "suggestions", "notes")
        }
        self._relations: list[Relation] = []

    def read(self, unit: Unit) -> Read:
        """Return the records.

        Args:
            unit: What offsets count.

        Raises:
            FormatError: If a label can be no name, or an attribute not be said.
        """
        for sheet in self._task.sheets:
            self._take(sheet, unit)
        for sheet in self._task.predictions:
            self._predict(sheet, unit)
        self._keep_data()
        lists: dict[str, Any] = {name: tuple(rows) for name, rows in self._lists.items()}
        article = replace(self._landing.article, **lists)
        people = tuple(self._people.values())
        relations = tuple(self._relations)
        document = Document(self._labels.schema, people, (article,), relations=relations)
        return Read(
            document=document,
            unresolved=tuple(self._unresolved),
            notices=tuple(self._told()),
            ids="kept",
        )

    def _told(self) -> Iterator[str]:
        where = self._task.where
        if self._task.cancelled:
            many = f"{self._task.cancelled} cancelled annotation"
            yield f"{where}: {many}{'s' * (self._task.cancelled > 1)} left out."
        for sheet in (*self._task.sheets, *self._task.predictions):
            if sheet.passed:
                yield f"{sheet.where}: controls that are not read: {', '.join(sheet.passed)}."
        yield from self._notices

    def _own(self, sheet: Sheet) -> dict[str, Any]:
        """Return who and when; who annotated is known by name alone."""
        moment, who = self._options.moment, self._options.annotator
        if sheet.who and sheet not in self._task.predictions:
            who = Annotator(derived_id("annotator", sheet.who), sheet.who)
        self._people.setdefault(who.id, who)
        return {"annotator": who.id, "created": moment, "updated": moment}

    def _id(self, given: str, *parts: str) -> str:
        """Return the id of a record: its own, where it was one of ours when it left."""
        if is_id(given) and given not in self._taken:
            self._taken.add(given)
            return given
        return derived_id("label-studio", self._home, given, *parts)

    def _placed(self, sheet: Sheet, unit: Unit) -> Iterator[tuple[Region, Span]]:
        standing: list[Region] = []
        for region in sheet.regions:
            if self._task.is_elsewhere(region):
                self._lose(region, f"it stands on “{region.on}”, another text of the task")
            elif region.mark is not None:
                standing.append(region)
            else:
                self._lose(
                    region, "its place is a path or a paragraph, without offsets of the text"
                )
        marks = [region.mark for region in standing if region.mark is not None]
        for region, found in zip(
            standing, place(self._task.text, marks, unit, same_words), strict=True
        ):
            if isinstance(found, str):
                self._lose(region, found)
            elif not region.labels:
                self._lose(region, "it has no label")
            else:
                yield region, self._landing.spans([[found]])[0]

    def _lose(self, region: Region, reason: str) -> None:
        words = "" if region.mark is None or not region.mark.quote else region.mark.quote
        item = (
            f"{', '.join(region.labels) or 'a region'} “{short(words)}”"
            if words
            else (", ".join(region.labels) or "a region")
        )
        self._unresolved.append(Unresolved(region.where, item, reason))

    def _take(self, sheet: Sheet, unit: Unit) -> None:
        own = self._own(sheet)
        refs: dict[str, Ref] = {}
        for region, span in self._placed(sheet, unit):
            for number, label in enumerate(region.labels):
                ref = self._mark(region, span, label, number, own)
                refs.setdefault(region.id, ref)
            for i, text in enumerate(region.notes):
                made = derived_id("label-studio", refs[region.id].id, "note", text, str(i))
                note = Note(made, refs[region.id], text, **own, article=self._home)
                self._lists["notes"].append(note)
        for i, link in enumerate(sheet.links):
            self._relations += self._linked(link, refs, own, i)
        for row in sheet.whole:
            self._say_of_text(sheet, row, own)

    def _mark(
        self, region: Region, span: Span, label: str, number: int, own: Mapping[str, Any]
    ) -> Ref:
        is_claim = label == CLAIM and self._labels.schema.entity_type(CLAIM) is None
        kind = "claim_mention" if is_claim else "mention"
        given = region.id if number == 0 else ""
        id = self._id(given, kind, str(span.fragments), label, own["annotator"], region.where)
        if is_claim:
            fields = self._fields(region, kind, "")
            made = ClaimMention(id, span, **own, origin="imported", **fields)
            self._lists["claim_mentions"].append(made)
        else:
            with placed(region.where):
                type = self._labels.entity_type(label)
            fields = self._fields(region, kind, type)
            mention = Mention(id, span, type, **own, origin="imported", **fields)
            self._lists["mentions"].append(mention)
        return Ref(kind, id)

    def _fields(self, region: Region, kind: str, type: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        attributes: dict[str, AttributeValue] = {}
        for said in region.said:
            word = said.value[0] if isinstance(said.value, tuple) and said.value else None
            value = self._shapes.value(said)
            if word in FIELDS[kind].get(said.name, ()):
                found[said.name] = word
            elif value is not None and value != "":
                attributes |= self._attribute(region, said, value, kind, type)
        return found | ({"attributes": Attributes.of(attributes)} if attributes else {})

    def _attribute(
        self, region: Region, said: Said, value: AttributeValue, kind: str, type: str
    ) -> Attributes:
        pair = ((said.name, value),)
        with placed(region.where):
            return self._labels.attributes(pair, kind, type, chosen=said.chosen)

    def _linked(
        self, link: Link, refs: Mapping[str, Ref], own: Mapping[str, Any], number: int
    ) -> Iterator[Relation]:
        ends = refs.get(link.source), refs.get(link.target)
        source, target = ends[::-1] if link.direction == "left" else ends
        for label in link.labels or ("related",):
            if source is None or target is None:
                reason = "an end of it is not there, or found no place"
                self._unresolved.append(Unresolved(link.where, label, reason))
                continue
            yield self._relation(link, label, source, target, own, number)
            kind = self._labels.schema.relation_type(label)
            if link.direction == "bi" and not (kind and kind.symmetric):
                yield self._relation(link, label, target, source, own, number)

    def _relation(
        self, link: Link, label: str, source: Ref, target: Ref, own: Mapping[str, Any], number: int
    ) -> Relation:
        with placed(link.where):
            type = self._labels.relation_type(label, source.kind, target.kind)
        id = derived_id("label-studio", self._home, type, source.id, target.id, str(number))
        return Relation(id, type, source, target, **own)

    def _say_of_text(self, sheet: Sheet, row: Mapping[str, Any], own: Mapping[str, Any]) -> None:
        """Keep what is said of the whole text, as a note."""
        said = said_of(row, sheet.where)
        if row.get("from_name") == NOTES and said is not None and isinstance(said.value, str):
            text = said.value
        else:
            names = ("from_name", "to_name", "type", "value")
            kept = {name: in_order(row.get(name)) for name in names}
            text = KEPT + dump_line({"result": kept})
        self._note(str(row.get("id") or ""), text, own)

    def _note(self, given: str, text: str, own: Mapping[str, Any]) -> None:
        if text.strip():
            on = Ref("article", self._home)
            id = self._id(given, "note", text, own["annotator"])
            self._lists["notes"].append(Note(id, on, text, **own, article=self._home))

    def _keep_data(self) -> None:
        if self._task.data:
            moment, who = self._options.moment, self._options.annotator.id
            own = {"annotator": who, "created": moment, "updated": moment}
            self._note("", KEPT + dump_line({"data": in_order(dict(self._task.data))}), own)

    def _predict(self, sheet: Sheet, unit: Unit) -> None:
        own = self._own(sheet)
        if sheet.links or any(region.said for region in sheet.regions):
            self._notices.append(f"{sheet.where}: of what is predicted, labels alone are read.")
        for region, span in self._placed(sheet, unit):
            for number, label in enumerate(region.labels):
                given = region.id if number == 0 else ""
                self._propose(sheet, given, span, label, region, own)

    def _propose(
        self,
        sheet: Sheet,
        given: str,
        span: Span,
        label: str,
        region: Region,
        own: Mapping[str, Any],
    ) -> None:
        with placed(region.where):
            type = self._labels.entity_type(label)
        id = self._id(given, "suggestion", str(span.fragments), type, sheet.who, region.where)
        score = sheet.score if region.score is None else region.score
        made = Suggestion(id, span, type, **own, model=sheet.who, score=score)
        self._lists["suggestions"].append(made)


def all_marks(tasks: Sequence[Task]) -> Iterator[tuple[str, list[Any]]]:
    """Give each text with the places of its regions."""
    return ((task.text, task.marks) for task in tasks)
