"""Steps: what an action did to one record, with the steps it was made upon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reader.values import dataclass

Json = Any


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one record, as the history keeps it.

    Attributes:
        id: ULID.
        action: Id of the action it belongs to.
        clock: The action's logical clock (Lamport's): above those of all steps known then.
        annotator: Id of who did it.
        kind: Kind of the record, as `Ref.kind` names it.
        record: Id of the record.
        parents: Ids of the steps that were the newest of this record then: none when it
            was made, one as a rule, several after a merge.
        after: The record as JSON (see `reader.annotation.codec`), None when it was deleted.
        settled: Names of fields with several values of which this step chose the one it has.
        mode: What kind of action it belongs to, as `Deed.mode` says.
        target: Id of the action that its action takes back, or brings back.
    """

    id: str
    action: str
    clock: int
    annotator: str
    kind: str
    record: str
    parents: tuple[str, ...]
    after: Json | None
    settled: tuple[str, ...] = ()
    mode: str = "do"
    target: str | None = None

    @property
    def order(self) -> tuple[int, str]:
        """Where it comes in an order that is the same everywhere, parents before children."""
        return self.clock, self.id


def newest(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps of a record that no other was made upon, in their order."""
    known = tuple(steps)
    upon = {parent for step in known for parent in step.parents}
    return tuple(sorted((s for s in known if s.id not in upon), key=lambda step: step.order))


def ancestors(steps: Iterable[Step], ids: Iterable[str]) -> tuple[Step, ...]:
    """Return some steps with all that they were made upon."""
    known = {step.id: step for step in steps}
    found: dict[str, Step] = {}
    waiting = [*ids]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found[id] = known[id]
            waiting += known[id].parents
    return tuple(found.values())


def is_line(steps: tuple[Step, ...]) -> bool:
    """Tell whether steps, in their order, each were made upon the one before."""
    parents = ((), *((step.id,) for step in steps))
    return all(step.parents == parent for step, parent in zip(steps, parents, strict=False))
