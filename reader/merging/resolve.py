"""The state of one record after all steps that are known of it.

It depends on the set of the steps alone, so it does not matter in which order,
by which ways or how often they came. Each register has the value that was set
last along every line of steps; where lines that did not know of each other set
different values, all are kept: the latest is shown, and the rest make a conflict.
What one deleted and another changed meanwhile stays. An undo gives a register that
had several values all of them again: a conflict that was settled is there as before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reader.merging.registers import Key, gather, is_element, label, spread, taken
from reader.merging.steps import Json, Step, is_line, newest
from reader.values import dataclass

DELETED = ("deleted",)
"""The register of a conflict about whether a record is there."""

_ABSENT: Json = object()


@dataclass(frozen=True, slots=True)
class Version:
    """A value that somebody gave; None when it was taken away or is as by default."""

    step: str
    annotator: str
    value: Json


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that were given to one register by people who did not know of each other.

    Attributes:
        kind: Kind of the record.
        record: Id of the record.
        key: The register: a field, a group of fields, or an element of one.
        versions: The values, the one that is shown first.
    """

    kind: str
    record: str
    key: Key
    versions: tuple[Version, ...]

    @property
    def field(self) -> str:
        """Name of the field, or of the group of fields."""
        return self.key[0]

    @property
    def settled(self) -> str:
        """How a step names what it settles."""
        return label(self.key)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a record is now.

    Attributes:
        kind: Its kind.
        record: Its id.
        after: The record as JSON, or None when it is deleted.
        last: The record as JSON, as it was last if it is deleted.
        heads: Ids of the newest steps: the parents of the next one.
        conflicts: What is to be settled.
    """

    kind: str
    record: str
    after: Json | None
    last: Json
    heads: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()


def resolve(steps: Collection[Step]) -> Resolved:
    """Return the state of a record.

    Args:
        steps: All that are known of this record, with all their parents.

    Raises:
        ValueError: If there are none, or a parent is not among them.
    """
    ordered = tuple(sorted(steps, key=lambda step: step.order))
    if not ordered:
        raise ValueError("a record has at least one step")
    kind, record = ordered[0].kind, ordered[0].record
    if is_line(ordered):
        last = next(step.after for step in reversed(ordered) if step.after is not None)
        return Resolved(kind, record, ordered[-1].after, last, (ordered[-1].id,))
    lines = _Lines()
    for step in ordered:
        lines.add(step)
    return lines.resolved(newest(ordered))


class _Lines:
    """The steps of a record in their order, each with what had been set where it stood."""

    def __init__(self) -> None:
        self._steps: dict[str, Step] = {}
        self._before: dict[str, int] = {}
        self._spread: dict[str, dict[Key, Json]] = {}
        self._setters: dict[str, Mapping[Key, frozenset[str]]] = {}
        self._of: dict[str, list[Step]] = {}
        self._again: dict[tuple[str, Key], frozenset[str]] = {}
        self._stands_for: dict[str, frozenset[str]] = {}

    def add(self, step: Step) -> None:
        """Work out what a step set, from what its parents show together."""
        if not self._before.keys() >= set(step.parents):
            raise ValueError(f"step {step.id} comes before one of its parents")
        self._steps[step.id] = step
        self._spread[step.id] = {} if step.after is None else spread(step.kind, step.after)
        mask = 1 << len(self._before)
        for parent in step.parents:
            mask |= self._before[parent]
        self._before[step.id] = mask
        inherited = self._join(step.parents)
        undone = self._undone(step)
        self._stands_for[step.id] = self._as_before(step, undone)
        if step.after is not None:
            changed = self._changed(step, inherited) | self._reopened(step, inherited, undone)
            inherited = {**inherited, **dict.fromkeys(changed, frozenset((step.id,)))}
        self._setters[step.id] = inherited
        if step.mode != "undo":
            of = step.target if step.mode == "redo" and step.target else step.action
            self._of.setdefault(of, []).append(step)

    def _undone(self, step: Step) -> tuple[Step, ...]:
        """Return the steps that a step takes back, as they were done or redone last."""
        known = self._of.get(step.target or "", ()) if step.mode == "undo" else ()
        before = self._before[step.id]
        found = [each for each in known if before >> self._number(each.id) & 1]
        return tuple(each for each in found if each.action == found[-1].action)

    def _reopened(
        self, step: Step, inherited: Mapping[Key, frozenset[str]], undone: tuple[Step, ...]
    ) -> set[Key]:
        """Return the registers that an undo gives all the values again that they had."""
        if not undone:
            return set()
        own, before = {each.id for each in undone}, self._join(undone[0].parents)
        none: frozenset[str] = frozenset()
        for key, ids in inherited.items():
            if own & ids:
                setters = self._outermost({*(ids - own), *before.get(key, none)})
                value = self._spread[step.id].get(key, _ABSENT)
                if setters and self._is_open(step.kind, key, setters, value):
                    self._again[step.id, key] = self._sources(key, setters)
        return {key for id, key in self._again if id == step.id}

    def _is_open(self, kind: str, key: Key, setters: frozenset[str], value: Json) -> bool:
        """Tell whether setters gave different values, of which one is the one shown."""
        several = len(self._versions(kind, key, setters)) > 1 and taken(kind, key) is None
        return several and self._shown(kind, key, setters) == value

    def _sources(self, key: Key, ids: Iterable[str]) -> frozenset[str]:
        """Return the steps whose values setters have: of an undo, those from before."""
        one = (self._again.get((id, key), (id,)) for id in ids)
        return frozenset(source for sources in one for source in sources)

    def _as_before(self, step: Step, undone: tuple[Step, ...]) -> frozenset[str]:
        """Return the steps that say whether the record is there: of an undo, those before it."""
        own = {each.id for each in undone}
        parents = self._standing(step.parents)
        if own & parents:
            earlier = {*(parents - own), *self._standing(undone[0].parents)}
            found = self._outermost(earlier)
            there = any(self._steps[id].after is not None for id in found)
            if found and there is (step.after is not None):
                return found
        return frozenset((step.id,))

    def _standing(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(each for id in ids for each in self._stands_for[id])

    def resolved(self, heads: tuple[Step, ...]) -> Resolved:
        """Return what the newest steps make together."""
        first = heads[0]
        alive = [step for step in heads if step.after is not None]
        setters = self._join(step.id for step in heads)
        last = self._gathered(first.kind, setters) if len(heads) > 1 or not alive else first.after
        conflicts = tuple(self._conflicts(setters)) if alive else ()
        present, gone = self._presence(heads)
        if present and gone:
            versions = tuple(self._version(step, DELETED) for step in (*present[-1:], *gone))
            conflicts += (Conflict(first.kind, first.record, DELETED, versions),)
        ids = tuple(step.id for step in heads)
        return Resolved(first.kind, first.record, last if alive else None, last, ids, conflicts)

    def _presence(self, heads: tuple[Step, ...]) -> tuple[list[Step], list[Step]]:
        """Return the newest steps that have the record, and those that deleted it."""
        standing = sorted(
            (self._steps[id] for head in heads for id in self._as_different(head)),
            key=lambda step: step.order,
        )
        present = [step for step in standing if step.after is not None]
        return present, [step for step in standing if step.after is None]

    def _as_different(self, head: Step) -> frozenset[str]:
        """Return what an undo stands for where that is at odds, else the step itself."""
        found = self._stands_for[head.id]
        several = len({self._steps[id].after is None for id in found}) > 1
        return found if several else frozenset((head.id,))

    def _join(self, ids: Iterable[str]) -> Mapping[Key, frozenset[str]]:
        """Return who set each register last, along the lines that end in some steps."""
        lines = [self._setters[id] for id in ids]
        if len(lines) < 2:
            return lines[0] if lines else {}
        keys = {key for line in lines for key in line}
        none: frozenset[str] = frozenset()
        return {
            key: self._outermost({*none.union(*(x.get(key, none) for x in lines))}) for key in keys
        }

    def _outermost(self, ids: set[str]) -> frozenset[str]:
        """Leave out the steps that another one of them was made upon."""
        if len(ids) < 2:
            return frozenset(ids)
        own = {id: self._number(id) for id in ids}
        return frozenset(
            id
            for id in ids
            if not any(id != other and self._before[other] >> own[id] & 1 for other in ids)
        )

    def _number(self, id: str) -> int:
        return self._before[id].bit_length() - 1

    def _changed(self, step: Step, inherited: Mapping[Key, frozenset[str]]) -> set[Key]:
        """Return the registers that a step set: in which it differs from what was shown."""
        now = self._spread[step.id]
        keys = now.keys() | inherited.keys()
        seen = {key: self._shown(step.kind, key, ids) for key, ids in inherited.items()}
        settled = {key for key in keys if label(key) in step.settled}
        return settled | {key for key in keys if now.get(key, _ABSENT) != seen.get(key, _ABSENT)}

    def _ranked(self, kind: str, key: Key, ids: Iterable[str]) -> list[tuple[Step, Json]]:
        """Return the setters of a register with their values, the one that is shown first."""
        sources = self._sources(key, ids)
        steps = sorted((self._steps[id] for id in sources), key=lambda step: step.order)
        if taken(kind, key) != 0:
            steps.reverse()
        found = [(step, self._spread[step.id].get(key, _ABSENT)) for step in steps]
        if is_element(key):
            found.sort(key=lambda pair: pair[1] is _ABSENT)
        return found

    def _shown(self, kind: str, key: Key, ids: Iterable[str]) -> Json:
        return self._ranked(kind, key, ids)[0][1]

    def _gathered(self, kind: str, setters: Mapping[Key, frozenset[str]]) -> Json:
        """Put the record together; elements of lists by when, and where in it, they were set."""
        found = []
        for key, ids in setters.items():
            step, value = self._ranked(kind, key, ids)[0]
            if value is not _ABSENT:
                place = list(self._spread[step.id]).index(key)
                found.append((step.order, place, key, value))
        found.sort(key=lambda item: item[:3])
        return gather(kind, ((key, value) for _, _, key, value in found))

    def _conflicts(self, setters: Mapping[Key, frozenset[str]]) -> Iterable[Conflict]:
        for key in sorted(setters):
            step = next(iter(self._steps.values()))
            if len(self._sources(key, setters[key])) > 1 and taken(step.kind, key) is None:
                versions = self._versions(step.kind, key, setters[key])
                if len(versions) > 1:
                    yield Conflict(step.kind, step.record, key, versions)

    def _versions(self, kind: str, key: Key, ids: Iterable[str]) -> tuple[Version, ...]:
        """Return the different values of a register; an element is there as soon as one has it."""
        found: list[tuple[Json, Version]] = []
        for step, value in self._ranked(kind, key, ids):
            if is_element(key) and value is _ABSENT:
                continue
            if all(value != known for known, _ in found):
                found.append((value, self._version(step, key)))
        return tuple(version for _, version in found)

    def _version(self, step: Step, key: Key) -> Version:
        value = self._spread[step.id].get(key)
        return Version(step.id, step.annotator, step.after if key == DELETED else value)
