"""Embeddings, overrides and isolates: UAX #9, BD9, BD13 and rules X1 to X10."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from reader.values import dataclass

_MAX_DEPTH = 125
_REMOVED = frozenset("xyuvzb")
_INITIATORS = frozenset("lrf")
_STRONG = frozenset("LRA")
# Direction of each embedding or override, and the class an override forces.
_EMBEDDINGS = {"x": (0, ""), "y": (1, ""), "u": (0, "L"), "v": (1, "R")}


@dataclass(frozen=True, slots=True)
class IsolatingRun:
    """An isolating run sequence (BD13).

    Attributes:
        indices: Its code points, in logical order.
        codes: Their class letters, overrides applied.
        level: Their embedding level.
        before: `L` or `R`: sos.
        after: `L` or `R`: eos.
    """

    indices: list[int]
    codes: str
    level: int
    before: str
    after: str


def isolating_runs(classes: str, base: int) -> Iterator[IsolatingRun]:
    """Cut one paragraph into its isolating run sequences.

    Args:
        classes: Bidi class letters of the paragraph.
        base: Its base level.
    """
    matches = _matching_isolates(classes)
    levels, codes = _explicit_levels(classes, base, matches)
    kept = [index for index, code in enumerate(classes) if code not in _REMOVED]
    place = {index: order for order, index in enumerate(kept)}
    for indices in _sequences(kept, levels, matches):
        first, last = indices[0], indices[-1]
        level = levels[first]
        previous = levels[kept[place[first] - 1]] if place[first] else base
        following = levels[kept[place[last] + 1]] if place[last] + 1 < len(kept) else base
        if classes[last] in _INITIATORS and last not in matches:
            following = base
        yield IsolatingRun(
            indices,
            "".join(map(codes.__getitem__, indices)),
            level,
            "R" if max(level, previous) & 1 else "L",
            "R" if max(level, following) & 1 else "L",
        )


def _matching_isolates(classes: str) -> dict[int, int]:
    """Index of the matching PDI of each isolate initiator that has one (BD9)."""
    matches: dict[int, int] = {}
    open_isolates: list[int] = []
    for index, code in enumerate(classes):
        if code in _INITIATORS:
            open_isolates.append(index)
        elif code == "p" and open_isolates:
            matches[open_isolates.pop()] = index
    return matches


def _sequences(kept: list[int], levels: list[int], matches: dict[int, int]) -> Iterator[list[int]]:
    """Level runs, joined where an isolate interrupts them (BD13)."""
    started: list[list[int]] = []
    waiting: dict[int, list[int]] = {}
    for _, stretch in groupby(kept, key=levels.__getitem__):
        run = list(stretch)
        sequence = waiting.pop(run[0], None)
        if sequence is None:
            sequence = []
            started.append(sequence)
        sequence += run
        if run[-1] in matches:
            waiting[matches[run[-1]]] = sequence
    yield from started


class _Status(NamedTuple):
    """An entry of the directional status stack (X1)."""

    level: int
    override: str
    isolate: bool


class _StatusStack:
    """The directional status stack and its three counters (X1)."""

    def __init__(self, base: int) -> None:
        self._entries = [_Status(base, "", False)]
        self._overflow_isolates = 0
        self._overflow_embeddings = 0
        self._valid_isolates = 0

    @property
    def top(self) -> _Status:
        return self._entries[-1]

    def embed(self, direction: int, override: str) -> None:
        """Rules X2 to X5."""
        level = self._next_level(direction)
        if level <= _MAX_DEPTH and not self._overflow_isolates and not self._overflow_embeddings:
            self._entries.append(_Status(level, override, False))
        elif not self._overflow_isolates:
            self._overflow_embeddings += 1

    def isolate(self, direction: int) -> None:
        """Rules X5a to X5c."""
        level = self._next_level(direction)
        if level <= _MAX_DEPTH and not self._overflow_isolates and not self._overflow_embeddings:
            self._valid_isolates += 1
            self._entries.append(_Status(level, "", True))
        else:
            self._overflow_isolates += 1

    def end_isolate(self) -> None:
        """Rule X6a."""
        if self._overflow_isolates:
            self._overflow_isolates -= 1
        elif self._valid_isolates:
            self._overflow_embeddings = 0
            while not self.top.isolate:
                self._entries.pop()
            self._entries.pop()
            self._valid_isolates -= 1

    def end_embedding(self) -> None:
        """Rule X7."""
        if self._overflow_isolates:
            return
        if self._overflow_embeddings:
            self._overflow_embeddings -= 1
        elif not self.top.isolate and len(self._entries) > 1:
            self._entries.pop()

    def _next_level(self, direction: int) -> int:
        """The least level above the current one with that direction's parity."""
        level = self.top.level + 1
        return level if level & 1 == direction else level + 1


def _explicit_levels(
    classes: str, base: int, matches: dict[int, int]
) -> tuple[list[int], list[str]]:
    """Rules X1 to X8: level of each code point, and its class with overrides applied."""
    stack = _StatusStack(base)
    levels: list[int] = []
    codes = list(classes)
    for index, code in enumerate(classes):
        if code == "p":
            stack.end_isolate()
        level, override, _ = stack.top
        levels.append(base if code == "B" else level)
        if override and code not in "Bb":
            codes[index] = override
        if code in _INITIATORS:
            stack.isolate(_isolate_direction(classes, index, matches))
        elif code in _EMBEDDINGS:
            stack.embed(*_EMBEDDINGS[code])
        elif code == "z":
            stack.end_embedding()
    return levels, codes


def _isolate_direction(classes: str, index: int, matches: dict[int, int]) -> int:
    """Direction of an isolate: for FSI its first strong character's (X5c)."""
    if classes[index] != "f":
        return int(classes[index] == "r")
    end = matches.get(index, len(classes))
    at = index + 1
    while at < end:
        if classes[at] in _STRONG:
            return int(classes[at] != "L")
        at = matches.get(at, end) if classes[at] in _INITIATORS else at + 1
    return 0
