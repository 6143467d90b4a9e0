"""Which record each id of a brat document is, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from reader.annotation.ids import derived_id
from reader.annotation.model import Ref
from reader.formats import brat_names as names
from reader.formats.brat_lines import Arc, Attribute, Event, Line, Parsed, Textbound
from reader.formats.brat_places import spans_of_lines
from reader.formats.format import Unresolved
from reader.formats.landing import Landing
from reader.formats.offsets import Unit, short

Of = TypeVar("Of", bound=Line)


class Named:
    """The lines of a document, with the records that their ids are.

    Args:
        landing: The text.
        parsed: The lines.
        unit: What offsets count, if it was said.
        ahead: What they count before the text begins.

    Attributes:
        home: Id of the article.
        unresolved: Lines that found no place, or refer to what is not there.
        spans: The spans of text-bound lines by their ids.
        bounds: The text-bound lines by their ids.
        refs: The records by the ids of the lines.
        played: What plays which part, for each event that is an attribution.

    Raises:
        FormatError: If offsets cannot be settled.
    """

    def __init__(self, landing: Landing, parsed: Parsed, unit: Unit | None, ahead: int) -> None:
        self.home = landing.article.id
        self.unresolved: list[Unresolved] = []
        self._lines: dict[type[Line], list[Any]] = defaultdict(list)
        for line in parsed.lines:
            self._lines[type(line)].append(line)
        self.bounds = {line.id: line for line in self.of(Textbound)}
        parted = {line.target for line in self.of(Attribute) if line.name == names.GAP}
        bounds = self.of(Textbound)
        self.spans = spans_of_lines(landing, bounds, parted, unit, ahead, self.lose)
        self.refs: dict[str, Ref] = {}
        self.played: dict[str, dict[str, str]] = {}
        self._name_all()

    def of(self, kind: type[Of]) -> list[Of]:
        """Return the lines of a kind."""
        return self._lines[kind]

    def lose(self, line: Line, reason: str) -> None:
        """Tell that a line is left out."""
        self.unresolved.append(Unresolved(line.where, _shown(line), reason))

    def to(self, line: Line, id: str) -> Ref | None:
        """Return the record that a line refers to; if there is none, the line is left out."""
        ref = self.refs.get(id)
        if ref is None:
            self.lose(line, f"there is no {id} that found a place")
        return ref

    def made(self, kind: str, line: Line, *more: str) -> str:
        """Return an id for a record of a line: the same file gives the same."""
        span = self.spans.get(line.id)
        fragments = "" if span is None else str(span.fragments)
        label = getattr(line, "label", "")
        return derived_id("brat", self.home, kind, fragments, label, line.id, *more)

    def _name_all(self) -> None:
        parts: dict[str, Ref] = {}
        for event in self.of(Event):
            if event.label.startswith(names.ATTRIBUTION):
                self._name_attribution(event, parts)
        for line in self.of(Textbound):
            if line.id not in self.spans:
                continue
            if line.id in parts and _is_part(line):
                self.refs[line.id] = parts[line.id]
            else:
                kind = "claim_mention" if line.label == names.CLAIM else "mention"
                self.refs[line.id] = Ref(kind, self.made(kind, line))
        for event in self.of(Event):
            if event.id not in self.refs and event.trigger in self.refs:
                self.refs[event.id] = self.refs[event.trigger]
        for arc in self.of(Arc):
            self.refs[arc.id] = Ref("relation", self.made("relation", arc))

    def _name_attribution(self, event: Event, parts: dict[str, Ref]) -> None:
        played = {names.PARTS[role]: id for role, id in event.arguments if role in names.PARTS}
        played = {field: id for field, id in played.items() if id in self.spans}
        if not played and event.trigger in self.spans:
            played = {"cue": event.trigger}
        if played:
            ref = self.refs[event.id] = Ref("attribution", self.made("attribution", event))
            self.played[event.id] = played
            for id in (*played.values(), event.trigger):
                parts.setdefault(id, ref)


def _is_part(line: Textbound) -> bool:
    """Tell whether a line is there for an attribution alone."""
    return line.label in names.PARTS or line.label.startswith(names.ATTRIBUTION)


def _shown(line: Line) -> str:
    """Return what an item of the file is called in messages."""
    label = getattr(line, "label", None) or getattr(line, "name", None) or ""
    words = getattr(line, "words", None) or getattr(line, "text", None)
    quoted = f" “{short(words)}”" if words else ""
    return f"{line.id or '*'} {label}".rstrip() + quoted
