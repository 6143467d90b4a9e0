"""What brat's files call things, for the writing and the reading of them.

A name in brat has no blanks. A type whose name has some, or is one of those
that stand for something else here, is written in another way, and
`visual.conf` tells both to brat and to the reading back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import get_args

from reader.annotation.model import (
    CheckWorthy,
    Directness,
    Epistemic,
    MentionKind,
    Mode,
    Polarity,
    SourceKind,
)

EQUIV = "Equiv"
CLAIM = "Claim"
ATTRIBUTION = "Attribution"
PARTS = {"Source": "source", "Cue": "cue", "Content": "content"}
"""Roles of an attribution, and the types of what plays them, by field."""

NOTE, LINES = "AnnotatorNotes", "AnnotatorLines"
"""Labels of notes: on one line, and on several, with the line ends written as `\\n`."""

DOCUMENT = "Document"
"""What a note on a whole article stands on."""

KEPT = "[brat] "
"""What the notes begin with that hold lines of a file which could not be read."""

GAP = "Discontinuous"
"""Says that stretches with nothing but line ends between them are not one."""

WIKIDATA, LOCAL, CLAIMS = "Wikidata", "local", "claim"
"""Knowledge bases: Wikidata, entities of the library, claims of the library."""

_FIELDS: Mapping[str, Mapping[str, tuple[str, object]]] = {
    "mention": {"Kind": ("kind", MentionKind)},
    "claim_mention": {
        "Epistemic": ("epistemic", Epistemic),
        "Polarity": ("polarity", Polarity),
        "Mode": ("mode", Mode),
        "CheckWorthy": ("check_worthy", CheckWorthy),
    },
    "attribution": {
        "SourceKind": ("source_kind", SourceKind),
        "Directness": ("directness", Directness),
    },
}
_LINE_END = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
LINE_ENDS = re.compile(f"[{_LINE_END}]+")
"""What ends a line for brat or for tools that read its files; no text column has any."""

_ESCAPED = re.compile(rf"[\\{_LINE_END}]")
_ESCAPE = re.compile(r"\\(?:n|\\|x[0-9a-f]{4})")


def fields_of(kind: str) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Return the attributes that stand for fields of a kind of record, with their values."""
    found = _FIELDS.get(kind, {})
    return {name: (field, get_args(values)) for name, (field, values) in found.items()}


def is_line(words: str) -> bool:
    """Tell whether words can stand in a column: on one line, and not nothing."""
    return bool(words.strip()) and not LINE_ENDS.search(words) and not words.startswith("\t")


def escaped(text: str) -> str:
    """Write a text of several lines on one."""
    return _ESCAPED.sub(lambda found: _escape(found[0]), text)


def unescaped(line: str) -> str:
    """Return the text that was written on one line."""
    return _ESCAPE.sub(lambda found: _meant(found[0][1:]), line)


def _escape(char: str) -> str:
    return {"\n": "\\n", "\\": "\\\\"}.get(char) or f"\\x{ord(char):04x}"


def _meant(code: str) -> str:
    return {"n": "\n", "\\": "\\"}.get(code) or chr(int(code[1:], 16))


def written_types(names: Iterable[str]) -> dict[str, str]:
    """Return the name in brat of each type."""
    taken = {CLAIM, ATTRIBUTION, *PARTS}
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda name: " " in name):
        written = name.replace(" ", "_")
        while written in taken:
            written += "_"
        taken.add(written)
        found[name] = written
    return found


def spoken_types(visual: str) -> dict[str, str]:
    """Return the types that `visual.conf` shows with blanks, or as what brat may not call them.

    Any other label there is for people, and no name.
    """
    found = {}
    for line in visual.split("\n"):
        name, bar, label = (cell.strip() for cell in line.partition("|"))
        label = label.partition("|")[0].strip()
        if bar and label and name.rstrip("_") == label.replace(" ", "_").rstrip("_"):
            found[name] = label
    return found
