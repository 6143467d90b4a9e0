"""The margin: letters beside a row for the spans that stand on it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from string import ascii_uppercase, digits
from types import MappingProxyType
from typing import NamedTuple

from reader.annotation.schema import Schema
from reader.tui.widgets.overlay import Fragment

CLAIM_SIGN = "c"
ATTRIBUTION_SIGN = "a"
NOTE_SIGN = "*"
MORE_SIGN = "+"
PROPOSED_SIGN = "?"

NO_OTHERS: Mapping[str, str] = MappingProxyType({})

Piece = tuple[str, str, bool]
"""A character of the margin, the entity type whose colour it takes ("" for none),
and whether it is strong: its span begins on the row."""


class Label(NamedTuple):
    """What the margin says of one span.

    Attributes:
        sign: The letter of an entity type, or the sign of a claim or attribution.
        type: Entity type, "" for others.
        opens: The span begins on this row.
        noted: There is a note on the record.
        by: Sign of an annotator who is somebody else, else "".
    """

    sign: str
    type: str
    opens: bool
    noted: bool
    by: str = ""


def type_letters(schema: Schema) -> dict[str, str]:
    """Return one capital for each entity type, all different as long as they last.

    The first letter of the name that no earlier type has taken, then any other.
    """
    letters: dict[str, str] = {}
    taken: set[str] = set()
    for kind in schema.entity_types:
        wanted = [char for char in kind.name.upper() if char in ascii_uppercase]
        free = [char for char in (*wanted, *ascii_uppercase, *digits) if char not in taken]
        letters[kind.name] = free[0] if free else "?"
        taken.add(letters[kind.name])
    return letters


def row_labels(
    fragments: Iterable[Fragment],
    row_start: int,
    letters: dict[str, str],
    noted: Container[str],
    others: Mapping[str, str] = NO_OTHERS,
) -> list[Label]:
    """Return the labels of a row: spans that begin on it first, in reading order.

    Args:
        fragments: Spans on the row.
        row_start: First code point of the row.
        letters: Letter of each entity type.
        noted: Ids of the records that have notes.
        others: Signs of the annotators who are somebody else, by id.
    """
    labels: dict[tuple[str, str], tuple[bool, int, Label]] = {}
    for fragment in fragments:
        record = fragment.placed.record
        opens = fragment.opens and fragment.start >= row_start
        by = others.get(record.annotator, "")
        label = Label(_sign(fragment, letters), fragment.type, opens, record.id in noted, by)
        key = (label.sign, record.id)
        kept = labels.get(key)
        place = (not opens, fragment.start, label)
        labels[key] = place if kept is None else min(kept, place)
    return [label for _, _, label in sorted(labels.values(), key=lambda place: place[:2])]


def proposed_labels(types: Iterable[str]) -> list[Label]:
    """Return the labels of what is proposed on a row, one for each entity type."""
    return [Label(PROPOSED_SIGN, type, False, False) for type in dict.fromkeys(types)]


def margin_pieces(labels: Sequence[Label], width: int) -> list[Piece]:
    """Return at most `width` characters; `+` stands for labels there is no room for."""
    pieces: list[Piece] = []
    ends = [0]
    for label in labels:
        pieces.append((label.sign, label.type, label.opens))
        pieces += [(label.by, "", False)] * bool(label.by)
        ends.append(len(pieces))
        pieces += [(NOTE_SIGN, "", True)] * label.noted
        ends.append(len(pieces))
        if len(pieces) > width:
            # Whose a mark is stands beside it, or not at all.
            kept = max(end for end in ends if end < width)
            return [*pieces[:kept], (MORE_SIGN, "", True)]
    return pieces


def _sign(fragment: Fragment, letters: dict[str, str]) -> str:
    if fragment.placed.role == "mention":
        return letters.get(fragment.type, "?")
    return CLAIM_SIGN if fragment.placed.role == "claim" else ATTRIBUTION_SIGN
