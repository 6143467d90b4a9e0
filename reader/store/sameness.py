"""Whether an action that comes from elsewhere is the one that is known under its id.

Steps are never changed, so under one id there is one content. Where a file was
edited by hand, or by another program, there are two: then none is taken in
place of the other, for which of them is right a library cannot know.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from reader.errors import FormatError
from reader.merging.knowledge import Deed
from reader.merging.steps import Step
from reader.store import rows

_ACTIONS = "SELECT id, clock, annotator, mode, target, what, article, start, end, created"
_STEPS = "SELECT action, id, kind, record, parents, settled, ifnull(after, '')"
_HEADER = ("clock", "annotator", "mode", "target", "what", "place", "created")
_STEP = ("kind", "record", "parents", "settled")


class DifferingError(FormatError):
    """An action that is known here comes with another content.

    Attributes:
        action: Its id.
        step: Id of the step that differs, "" when it is what is said of the action itself.
    """

    def __init__(self, action: str, step: str, what: str) -> None:
        self.action, self.step = action, step
        super().__init__(what)


def prints(connection: sqlite3.Connection) -> dict[str, str]:
    """Return a digest of each action of a library, by its id.

    It is of what stands in the tables, for none of it has to be taken apart then:
    equal digests are equal actions, and different ones may be.
    """
    steps = connection.execute(f"{_STEPS} FROM history ORDER BY action, id")
    by_action = {id: list(found) for id, found in groupby(steps, key=lambda row: str(row[0]))}
    return {
        str(row[0]): _print(tuple(row), (tuple(step)[1:] for step in by_action.get(row[0], ())))
        for row in connection.execute(f"{_ACTIONS} FROM action")
    }


def print_of(deed: Deed) -> str:
    """Return the digest of an action as a library that has it would."""
    place = deed.place
    where = (place.article, place.start, place.end) if place else (None, None, None)
    header = (deed.id, deed.clock, deed.annotator, deed.mode, deed.target, deed.what, *where)
    steps = (
        (
            *(step.id, step.kind, step.record, rows.dump(step.parents), rows.dump(step.settled)),
            "" if step.after is None else rows.dump(step.after),
        )
        for step in _ordered(deed)
    )
    return _print((*header, deed.created), steps)


def _print(header: tuple[Any, ...], steps: Iterable[tuple[str, ...]]) -> str:
    # Ids and JSON hold no control characters, so that these keep them apart.
    parts = (repr(header), *("\x1f".join(step) for step in steps))
    return hashlib.blake2b("\x1e".join(parts).encode(), digest_size=16).hexdigest()


def refuse_differing(ours: Mapping[str, Deed], told: Iterable[Deed]) -> None:
    """Make sure that actions are what they are here, as far as they are told.

    Args:
        ours: The actions as this library has them, by id.
        told: The same actions as another tells them; of some only a part of the steps.

    Raises:
        DifferingError: Naming the action and what differs.
    """
    for deed in told:
        for step, what in _differences(ours[deed.id], deed):
            who = f"action {deed.id} (“{_cut(ours[deed.id].what)}”, {ours[deed.id].created})"
            raise DifferingError(deed.id, step, f"{who} is another one here: {what}.")


def _differences(ours: Deed, told: Deed) -> Iterator[tuple[str, str]]:
    """Give what differs, with the id of the step."""
    for name in _HEADER:
        yield from _unequal("", name, getattr(told, name), getattr(ours, name))
    known = {step.id: step for step in ours.steps}
    for step in _ordered(told):
        own = known.get(step.id)
        if own is None:
            yield step.id, f"it has no step {step.id}"
        else:
            yield from _step_differences(own, step)


def _step_differences(ours: Step, told: Step) -> Iterator[tuple[str, str]]:
    of = f" of {ours.kind.replace('_', ' ')} {ours.record}"
    for name in _STEP:
        yield from _unequal(told.id, name + of, getattr(told, name), getattr(ours, name))
    here, there = ours.after, told.after
    if isinstance(here, dict) and isinstance(there, dict):
        for name in sorted(here.keys() | there.keys()):
            yield from _unequal(told.id, name + of, there.get(name), here.get(name))
    else:
        yield from _unequal(told.id, "what became" + of, there, here)


def _unequal(step: str, name: str, there: Any, here: Any) -> Iterator[tuple[str, str]]:
    if there != here:
        yield step, f"{name} is {_shown(there)} there and {_shown(here)} here"


def _shown(value: Any) -> str:
    return _cut(json.dumps(value, ensure_ascii=False, default=str))


def _cut(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


def _ordered(deed: Deed) -> list[Step]:
    return sorted(deed.steps, key=lambda step: step.id)
