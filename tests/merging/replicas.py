"""Libraries in miniature that change records on their own and take in each other's steps."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from reader.annotation.codec import encode_record
from reader.annotation.model import Alias, Entity
from reader.merging.resolve import Resolved, resolve
from reader.merging.steps import Step, ancestors

FIELDS = ("name", "note", "type")


def entity(name: str = "Nix", *aliases: str, id: str = "E1", **fields: Any) -> dict[str, Any]:
    """Return an entity as the history keeps it."""
    names = tuple(Alias(alias, "en") for alias in aliases)
    signed = {"created": "c", "created_by": "A", "updated": "c", "updated_by": "A"}
    given: dict[str, Any] = {"type": "PER", **signed, **fields}
    return encode_record(Entity(id=id, name=name, aliases=names, **given))


class Replica:
    """One library: what it has heard of, and what it shows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: dict[str, Step] = {}
        self.shown: dict[str, Any] = {}
        self._made = 0

    def state(self, record: str) -> Resolved:
        return resolve([step for step in self.steps.values() if step.record == record])

    def put(
        self,
        record: str,
        after: Any,
        settled: tuple[str, ...] = (),
        mode: str = "do",
        target: str | None = None,
    ) -> Step:
        """Change a record as the store does: upon the newest steps, above all clocks."""
        known = any(step.record == record for step in self.steps.values())
        self._made += 1
        step = Step(
            id=f"{self.name}{self._made:04}",
            action=f"{self.name}-a{self._made}",
            clock=max((step.clock for step in self.steps.values()), default=0) + 1,
            annotator=self.name,
            kind="entity",
            record=record,
            parents=self.state(record).heads if known else (),
            after=after,
            settled=settled,
            mode=mode,
            target=target,
        )
        self.steps[step.id] = step
        self.shown[record] = after
        return step

    def undo(self, done: Step) -> Step:
        """Take back a step, as the store does: to what was shown before it."""
        before = resolve(ancestors(self.steps.values(), done.parents)).after
        return self.put(done.record, before, mode="undo", target=done.target or done.action)

    def redo(self, done: Step) -> Step:
        return self.put(done.record, done.after, done.settled, "redo", done.action)

    def hear(self, other: Replica) -> None:
        """Take in what another library knows."""
        self.steps |= other.steps
        for record in {step.record for step in self.steps.values()}:
            self.shown[record] = self.state(record).after


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, str, str]]:
    """What happens to three libraries: (which, what, with what)."""
    who = st.sampled_from("ABC")
    what = st.sampled_from([*FIELDS, "alias", "drop", "delete", "hear", "hear"])
    value = st.sampled_from("ABC123")
    return draw(st.lists(st.tuples(who, what, value), max_size=14))


def edited(data: Any, what: str, value: str) -> Any:
    """Return a record after an edit."""
    if what in FIELDS:
        return {**data, what: value, "updated": f"{what}{value}"}
    aliases = [alias for alias in data["aliases"] if alias["text"] != value]
    if what == "alias":
        aliases = [{"text": value, "language": "", "script": ""}, *aliases]
    return {**data, "aliases": aliases}


def play(
    script: list[tuple[str, str, str]], known: dict[str, Replica] | None = None
) -> dict[str, Replica]:
    """Let three libraries, known ones or such that begin with one entity, do what a script says."""
    libraries = known or {name: Replica(name) for name in "ABC"}
    if known is None:
        first = Replica("0")
        first.put("E1", entity())
        for library in libraries.values():
            library.hear(first)
    for who, what, value in script:
        library = libraries[who]
        data = library.shown["E1"]
        if what == "hear":
            if value in libraries:
                library.hear(libraries[value])
        elif what == "delete":
            if data is not None:
                library.put("E1", None)
        else:
            before = entity(f"again{value}") if data is None else data
            library.put("E1", edited(before, what, value))
    return libraries


__all__ = ["Replica", "edited", "edits", "entity", "play"]
