"""Whose marks are looked at: each annotator's are a layer of their own over the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from string import ascii_lowercase

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.model import Annotator, Note, Record
from reader.annotation.spans import Range
from reader.values import dataclass

LAYERED = ("mention", "attribution", "claim_mention", "relation", "note", "status")
"""Kinds of record that are an annotator's own; entities and claims are everybody's."""

DECIDED = "settled: "
"""What the note begins with that a decision between two annotators leaves."""

_SMALL = dict(
    zip("abcdefghijklmnoprstuvwxyz0123456789", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)
)


@dataclass(frozen=True, slots=True)
class Layers:
    """What is hidden of what others have marked.

    Attributes:
        hidden: Ids of the annotators whose layers are hidden.
        alone: Whether one's own layer alone is shown.
        blind: Whether nothing of what others do is shown, anywhere.
    """

    hidden: frozenset[str] = frozenset()
    alone: bool = False
    blind: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return not (self.hidden or self.alone or self.blind)

    @property
    def words(self) -> str:
        """Say in a word or two that something is hidden; "" when nothing is."""
        if self.blind or self.alone:
            return "blind" if self.blind else "only yours"
        count = len(self.hidden)
        return f"{count} layer{'s' * (count != 1)} hidden" if count else ""

    def hides(self, annotator: str, me: str) -> bool:
        """Tell whether the layer of an annotator is hidden from one; one's own can be, too."""
        if annotator == me:
            return me in self.hidden and not (self.alone or self.blind)
        return self.alone or self.blind or annotator in self.hidden

    def by(self, old: str, new: str) -> Layers:
        """Return what is hidden from one who is known by another id from now on."""
        others = self.hidden - {old, new}
        return replace(self, hidden=others | {new} if old in self.hidden else others)

    def seen(self, records: AnnotationSet, me: str) -> AnnotationSet:
        """Return what is shown of some records; the same set where that is all of them."""
        if self.whole:
            return records
        kept = {
            kind: self._kept(group, me) if kind in LAYERED else group
            for kind, group in records.records.items()
        }
        return AnnotationSet(kept)

    def _kept(self, group: Mapping[str, Record], me: str) -> dict[str, Record]:
        return {id: each for id, each in group.items() if not self.hides(owner(each), me)}


def owner(record: Record) -> str:
    """Return the id of the annotator whose own a record is, "" for what is everybody's."""
    return str(getattr(record, "annotator", ""))


def foremost(found: Iterable[Placed], chosen: tuple[Range, ...], me: str) -> tuple[Placed, ...]:
    """Put what may be meant by a selection into order: what every command takes first.

    What is selected to the letter comes before what is only touched; in both, one's own
    comes before what others have marked; then the innermost, then what was made last.

    Args:
        found: What the selection touches.
        chosen: The fragments of the selection (code points).
        me: Id of who has selected it.
    """
    latest = sorted(found, key=lambda p: (p.record.created, p.record.id), reverse=True)
    return tuple(
        sorted(
            latest,
            key=lambda p: (
                p.span.fragments != chosen,
                p.record.annotator != me,
                p.span.length,
                p.role != "mention",
            ),
        )
    )


def decision_in(note: Note) -> str:
    """Return what a note says was decided, for example `takes ann`; "" when it is any other."""
    return note.text.removeprefix(DECIDED) if note.text.startswith(DECIDED) else ""


def marked_by(records: AnnotationSet, article: str) -> dict[str, int]:
    """Count the mentions, claims and attributions of each annotator in an article, by id."""
    found: dict[str, int] = {}
    for record in {id(p.record): p.record for p in records.placed(article)}.values():
        found[record.annotator] = found.get(record.annotator, 0) + 1
    return found


def signs(people: Iterable[Annotator]) -> dict[str, str]:
    """Return one small raised letter for each annotator, by id, all different while they last.

    The first letter of the name that nobody before has taken, else any letter or digit.
    """
    found: dict[str, str] = {}
    free = set(_SMALL)
    for each in people:
        wanted = (*each.name.lower(), *sorted(ascii_lowercase), *"0123456789")
        letter = next((char for char in wanted if char in free), "")
        free.discard(letter)
        found[each.id] = _SMALL.get(letter, "ˣ")
    return found
