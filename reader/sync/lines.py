"""Steps of the history as lines of text: one step a line, with what its action says.

Lines are sorted by clock and id, and their keys always come in one order, so a
file only grows at its end and a difference of two versions can be read. Each ends
with a digest of what it says: what was changed by a hand or a tool is not taken in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from reprlib import repr as short_repr
from typing import Any

from reader.annotation.changes import Place
from reader.annotation.codec import decode_record
from reader.annotation.model import IN_HISTORY, KINDS, Annotator
from reader.errors import FormatError
from reader.formats.json_values import dump_line, parse_json
from reader.merging.knowledge import MODES, Deed
from reader.merging.steps import Step
from reader.values import dataclass

CURE = "delete the file and sync again: it is written anew by the libraries that know what it said."
"""What to do about a file that is not as it should be."""

SHARED = "shared"
"""The home of steps that belong to no article."""

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,127}")
_AT_LINE = re.compile(r"\bline \d")
_MERGE_MARK = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
"""What git writes between the lines of two sides that it could not merge."""
_CLOCKS = range(1, 2**50)
_KEYS = (
    *("clock", "step", "action", "steps", "mode", "target", "what", "created", "place"),
    *("kind", "record", "parents", "settled", "after"),
)
_HEAD = _KEYS[:9]
_DIGEST = "digest"
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_NOT_AS_WRITTEN = "it is not as it was written"


@dataclass(frozen=True, slots=True)
class Line:
    """A step with what its action says.

    Attributes:
        deed: The action, without its steps.
        size: How many steps it has.
        step: The step; None for an action that changed nothing.
        number: Where it stands in the file it was read from, from 1; 0 elsewhere.
        sealed: Whether it was read with a digest, which was right.
    """

    deed: Deed
    size: int
    step: Step | None
    number: int = 0
    sealed: bool = True

    @property
    def order(self) -> tuple[int, str]:
        """Where it stands in a file."""
        return self.deed.clock, self.deed.id if self.step is None else self.step.id


def lines_of(deed: Deed, homes: Mapping[str, str]) -> Iterator[tuple[str, Line]]:
    """Give an action as lines, each with its home.

    Args:
        deed: The action.
        homes: Ids of the articles that records belong to, by the ids of the records.
    """
    bare = replace(deed, steps=())
    for step in deed.steps:
        yield homes.get(step.record, SHARED), Line(bare, len(deed.steps), step)
    if not deed.steps:
        yield SHARED, Line(bare, 0, None)


def write_line(line: Line) -> str:
    """Write a line, without its end."""
    deed, step = line.deed, line.step
    place = deed.place and [deed.place.article, deed.place.start, deed.place.end]
    values: tuple[Any, ...] = (
        *(deed.clock, step and step.id, deed.id, line.size, deed.mode, deed.target, deed.what),
        *(deed.created, place),
    )
    if step is not None:
        values += (step.kind, step.record, list(step.parents), list(step.settled), step.after)
    data = dict(zip(_KEYS, values, strict=False))
    return dump_line({**data, _DIGEST: digest(deed.annotator, data)})


def digest(whose: str, data: Any) -> str:
    """Return what tells whether a line, or a file, says what it said when it was written.

    It does not depend on the order of fields, on spaces or on escapes. It is no
    signature: who wants to can compute it anew.

    Args:
        whose: Id of the annotator in whose file it stands.
        data: What it says, as JSON.
    """
    return hashlib.blake2b(_CANONICAL.encode([whose, data]).encode(), digest_size=8).hexdigest()


def unsealed(data: Any, whose: str) -> bool:
    """Take the digest out of what was read, and tell whether there was none.

    Files of the first version of the format have none.

    Raises:
        FormatError: If it is not the digest of the rest.
    """
    if not isinstance(data, dict) or _DIGEST not in data:
        return True
    if data.pop(_DIGEST) != digest(whose, data):
        raise FormatError(f"{_NOT_AS_WRITTEN}; {CURE}")
    return False


def read_lines(text: str, annotator: str) -> tuple[Line, ...]:
    """Read the lines of one annotator's file.

    Raises:
        FormatError: Naming the line, what is wrong and what to do.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(_read(line, number, annotator))
            except FormatError as error:
                start = "" if _AT_LINE.search(error.message) else f"line {number}: "
                end = "" if error.message.endswith(CURE) else f" To mend it, {CURE}"
                raise FormatError(start + error.message + end) from error
    return tuple(found)


def _read(text: str, number: int, annotator: str) -> Line:
    if _MERGE_MARK.match(text):
        raise FormatError(
            "git left a merge unfinished here; take out its marks and keep the lines of both "
            f"sides, or {CURE}"
        )
    data = parse_json(text, line=number, cure=CURE)
    bare = unsealed(data, annotator)
    return replace(_line(data, annotator), number=number, sealed=not bare)


def gathered(lines: Iterable[Line]) -> tuple[tuple[Deed, ...], tuple[Deed, ...]]:
    """Put actions together.

    Returns:
        The whole actions, parents first, and those of which steps are missing.

    Raises:
        FormatError: If two lines say different things under one id.
    """
    steps: dict[str, dict[str, Step]] = {}
    heads: dict[str, Line] = {}
    for line in lines:
        id = line.deed.id
        known = heads.setdefault(id, line)
        if (known.deed, known.size) != (line.deed, line.size):
            raise FormatError(f"action {id} is told in two ways; keep the file of who did it.")
        if line.step is not None:
            same = steps.setdefault(id, {}).setdefault(line.step.id, line.step)
            if same != line.step:
                raise FormatError(
                    f"step {line.step.id} is told in two ways; keep the file of who did it."
                )
    whole, parts = list[Deed](), list[Deed]()
    for id, line in heads.items():
        told = steps.get(id, {})
        deed = replace(line.deed, steps=_in_order(told.values()))
        (whole if len(told) == line.size else parts).append(deed)
    whole.sort(key=lambda deed: (deed.clock, deed.id))
    return tuple(whole), tuple(parts)


def _in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda step: step.id))


def is_id(text: Any) -> bool:
    """Tell whether something has the form of an id."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def _line(data: Any, annotator: str) -> Line:
    if not isinstance(data, dict) or not set(_HEAD) <= data.keys() <= set(_KEYS):
        raise FormatError(f"should be an object with the fields {', '.join(_KEYS)}.")
    deed = Deed(
        id=_checked(data, "action", is_id(data["action"])),
        clock=_checked(data, "clock", _is_number(data["clock"], _CLOCKS)),
        annotator=annotator,
        mode=_checked(data, "mode", data["mode"] in MODES),
        target=_checked(data, "target", data["target"] is None or is_id(data["target"])),
        what=_checked(data, "what", isinstance(data["what"], str)),
        place=_place(data["place"]),
        created=_checked(data, "created", isinstance(data["created"], str)),
        steps=(),
    )
    size = _checked(data, "steps", _is_number(data["steps"], range(10**7)))
    return Line(deed, size, None if data["step"] is None else _step(data, deed))


def _step(data: dict[str, Any], deed: Deed) -> Step:
    if data.keys() != set(_KEYS):
        raise FormatError(f"a step has the fields {', '.join(_KEYS)}.")
    kind, record, after = data["kind"], data["record"], data["after"]
    _checked(data, "kind", kind in IN_HISTORY)
    _check_after(kind, record, after)
    return Step(
        id=_checked(data, "step", is_id(data["step"])),
        action=deed.id,
        clock=deed.clock,
        annotator=deed.annotator,
        kind=kind,
        record=_checked(data, "record", is_id(record)),
        parents=_texts(data, "parents", is_id),
        after=after,
        settled=_texts(data, "settled", lambda text: isinstance(text, str)),
        mode=deed.mode,
        target=deed.target,
    )


def _check_after(kind: str, id: Any, data: Any) -> None:
    """Make sure that a line tells what became of its record."""
    if data is None:
        if kind not in KINDS:
            raise FormatError(f"after: {kind} {short_repr(id)} cannot be removed.")
        return
    record = decode_record(kind, data, "after")
    if record.id != id:
        raise FormatError("after: it should be the record of which the line tells.")
    if isinstance(record, Annotator) and not record.name.strip():
        raise FormatError("after.name: it is empty, and somebody's name.")


def _place(data: Any) -> Place | None:
    if data is None:
        return None
    sizes = range(2**31)
    if (
        not isinstance(data, list)
        or len(data) != 3
        or not is_id(data[0])
        or not all(_is_number(number, sizes) for number in data[1:])
    ):
        raise FormatError("place: should be an article, a start and an end, or null.")
    return Place(*data)


def _texts(data: dict[str, Any], name: str, is_right: Callable[[Any], bool]) -> tuple[str, ...]:
    found = data[name]
    _checked(data, name, isinstance(found, list) and all(map(is_right, found)))
    return tuple(found)


def _checked(data: dict[str, Any], name: str, is_right: bool) -> Any:
    if not is_right:
        raise FormatError(f"{name}: {short_repr(data[name])} cannot stand here.")
    return data[name]


def _is_number(value: Any, allowed: range) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in allowed
