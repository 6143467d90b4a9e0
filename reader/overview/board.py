"""The board of claims: which say the same, which contradict each other, filtered and sorted.

All of it is computed from the claims that a library lists; nothing here reads a library.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from reader.text.fold import fold
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.store.claims import ClaimEntry, Claims, MadeHere

Sort = Literal["mentions", "topic", "statement", "verdict", "changed"]
SORTS: tuple[Sort, ...] = get_args(Sort)
Place = Literal["alone", "first", "middle", "last"]

_VERDICTS = ("conflicting", "refuted", "supported", "not enough evidence", "unchecked")
_OF_MENTION = ("claimant", "language", "epistemic", "polarity", "mode", "check_worthy")
_OF_CLAIM = ("topic", "verdict")


@dataclass(frozen=True, slots=True)
class BoardView:
    """Which claims are looked at, and in which order. "" leaves nothing out.

    Attributes:
        sort: What they are sorted by.
        text: Words that statement, gloss or topic have, folded, in any order.
        topic: What they are about.
        verdict: What a check has found.
        claimant: Id of an entity. This and what follows holds for one of the mentions.
        language: Code of the language of an article that makes the claim.
        epistemic: What the claimant believes.
        polarity: Whether the sentence affirms or refutes it.
        mode: Asserted, denied, questioned, hypothetical.
        check_worthy: Whether it is worth a check.
        contested: Whether only claims that are contradicted are shown.
    """

    sort: Sort = "mentions"
    text: str = ""
    topic: str = ""
    verdict: str = ""
    claimant: str = ""
    language: str = ""
    epistemic: str = ""
    polarity: str = ""
    mode: str = ""
    check_worthy: str = ""
    contested: bool = False

    @property
    def filtered(self) -> bool:
        """Whether some claims may be left out."""
        fields = (*_OF_CLAIM, *_OF_MENTION)
        return bool(fold(self.text) or self.contested or any(getattr(self, n) for n in fields))

    def sorted_next(self) -> BoardView:
        """Sort by the next of `SORTS`, after the last one by the first."""
        return replace(self, sort=SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    def cleared(self) -> BoardView:
        """Leave nothing out; the order stays."""
        return BoardView(self.sort)


class ShownClaim(NamedTuple):
    """A claim on the board.

    Attributes:
        entry: The claim.
        cluster: How many claims say the same, with this one.
        place: Where it stands among those of them that are shown.
        contested: Whether something contradicts it.
    """

    entry: ClaimEntry
    cluster: int
    place: Place
    contested: bool


class Board:
    """Claims, and how they stand to each other.

    Args:
        claims: What a library lists.
        before: An earlier board; what was made of the claims that are the same is kept.
    """

    def __init__(self, claims: Claims, before: Board | None = None) -> None:
        self.entries = claims.entries
        self.names = claims.names
        self._roots = _joined(claims)
        self._sizes = Counter(self._roots[entry.id] for entry in self.entries)
        self._contested = self._find_contested(claims)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._ordered: dict[Sort, list[ClaimEntry]] = {}
        self._arranged: tuple[BoardView, tuple[ShownClaim, ...]] | None = None
        self._folded: dict[str, str] = {}
        if before is not None:
            there = self._by_id.items()
            same = {id for id, each in there if before._by_id.get(id) is each}
            self._folded = {id: text for id, text in before._folded.items() if id in same}

    @cached_property
    def _alone(self) -> dict[str, ShownClaim]:
        """The claims that say the same as no other, as they are shown wherever they stand."""
        roots, contested = self._roots, self._contested
        return {
            id: ShownClaim(entry, 1, "alone", roots[id] in contested)
            for id, entry in self._by_id.items()
            if self._sizes[roots[id]] == 1
        }

    @cached_property
    def mentions(self) -> int:
        """How often claims are made."""
        return sum(len(entry.made) for entry in self.entries)

    @cached_property
    def contradicted(self) -> int:
        """How many claims are contradicted."""
        return sum(self.contested(entry.id) for entry in self.entries)

    def preparing(self) -> Iterator[None]:
        """Make ready in steps what finds by words; what is asked earlier does the rest."""
        if len(self._folded) == len(self.entries):
            return
        for entry in self.entries:
            if entry.id not in self._folded:
                self._folded[entry.id] = fold(f"{entry.text}\n{entry.gloss}\n{entry.topic}")
                yield

    def _find_contested(self, claims: Claims) -> frozenset[str]:
        """Return the clusters that are contradicted: by a claim, or by one of their mentions."""
        sides: dict[str, set[int]] = defaultdict(set)
        for entry in self.entries:
            sides[self._roots[entry.id]] |= {side_of(made) for made in entry.made}
        found = {root for root, taken in sides.items() if taken >= {1, -1}}
        for link in claims.links:
            if link.meaning == "contradicts":
                found |= {self._roots[link.source], self._roots[link.target]}
        return frozenset(found)

    def contested(self, claim: str) -> bool:
        """Tell whether something contradicts a claim, or one that says the same."""
        return self._roots[claim] in self._contested

    def cluster(self, claim: str) -> tuple[ClaimEntry, ...]:
        """Return the claims that say the same as one, with that one."""
        root = self._roots[claim]
        return tuple(entry for entry in self.entries if self._roots[entry.id] == root)

    def arranged(self, view: BoardView) -> tuple[ShownClaim, ...]:
        """Return the claims of a view; those that say the same stand together."""
        if self._arranged is None or self._arranged[0] != view:
            self._arranged = view, tuple(self._arrange(view))
        return self._arranged[1]

    def _arrange(self, view: BoardView) -> Iterator[ShownClaim]:
        alone, shown = self._alone, self._shown(view)
        groups: dict[str, list[ClaimEntry]] = {}
        for entry in shown:
            if entry.id not in alone:
                groups.setdefault(self._roots[entry.id], []).append(entry)
        for entry in shown:
            if entry.id in alone:
                yield alone[entry.id]
            else:
                yield from self._together(groups.pop(self._roots[entry.id], []))

    def _together(self, entries: Sequence[ClaimEntry]) -> Iterator[ShownClaim]:
        """Show the claims of a cluster that are not left out, where the first of them stands."""
        for number, entry in enumerate(entries):
            root = self._roots[entry.id]
            place = _place(number, len(entries))
            yield ShownClaim(entry, self._sizes[root], place, root in self._contested)

    def _shown(self, view: BoardView) -> list[ClaimEntry]:
        """Return the claims of a view, each by itself."""
        if view.sort not in self._ordered:
            self._ordered[view.sort] = sorted(self.entries, key=_KEYS[view.sort])
        shown = self._ordered[view.sort]
        words = fold(view.text).split()
        if words:
            for _ in self.preparing():
                pass
        folded = self._folded
        for word in words:
            shown = [entry for entry in shown if word in folded[entry.id]]
        fits = self._filter(view)
        return shown if fits is None else list(filter(fits, shown))

    def _filter(self, view: BoardView) -> Callable[[ClaimEntry], bool] | None:
        wanted = [(name, value) for name in _OF_CLAIM if (value := getattr(view, name))]
        made = [(name, value) for name in _OF_MENTION if (value := getattr(view, name))]

        def shown(entry: ClaimEntry) -> bool:
            if any(getattr(entry, name) != value for name, value in wanted):
                return False
            if view.contested and self._roots[entry.id] not in self._contested:
                return False
            return not made or any(_is_so(mention, made) for mention in entry.made)

        return shown if wanted or made or view.contested else None

    def counts(self, name: str) -> tuple[tuple[str, int], ...]:
        """Return the values of a field of `BoardView` with the claims that have them, most first.

        Args:
            name: `topic`, `verdict`, or a field of the mentions.
        """
        count: Counter[str] = Counter()
        for entry in self.entries:
            things: Iterable[Any] = (entry,) if name in _OF_CLAIM else entry.made
            count.update({getattr(thing, name) for thing in things} - {""})
        return tuple(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


def side_of(made: MadeHere) -> int:
    """Return 1 for a mention that affirms its claim, -1 for one that contradicts it, else 0."""
    if made.polarity == "refute" or made.mode == "denied":
        return -1
    return int(made.mode == "asserted")


def claimants(entry: ClaimEntry) -> tuple[str, ...]:
    """Return the ids of those who claim it, most often first."""
    count = Counter(made.claimant for made in entry.made if made.claimant)
    return tuple(id for id, _ in count.most_common())


def languages(entry: ClaimEntry) -> tuple[str, ...]:
    """Return the languages of the articles that make a claim."""
    return tuple(sorted({made.language for made in entry.made}))


def articles(entry: ClaimEntry) -> int:
    """Count the articles that make a claim."""
    return len({made.article for made in entry.made})


def _is_so(made: MadeHere, wanted: Iterable[tuple[str, str]]) -> bool:
    return all(getattr(made, name) == value for name, value in wanted)


def _joined(claims: Claims) -> dict[str, str]:
    """Return one claim for all that say the same, by each of them."""
    roots = {entry.id: entry.id for entry in claims.entries}

    def root(id: str) -> str:
        while roots[id] != id:
            roots[id] = roots[roots[id]]
            id = roots[id]
        return id

    for link in claims.links:
        if link.meaning == "same":
            roots[root(link.source)] = root(link.target)
    return {id: root(id) for id in roots}


def _place(number: int, count: int) -> Place:
    if count == 1:
        return "alone"
    if number == 0:
        return "first"
    return "last" if number == count - 1 else "middle"


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return fold(text)


_KEYS: dict[Sort, Callable[[ClaimEntry], Any]] = {
    "mentions": lambda entry: (-len(entry.made), not entry.topic, _folded(entry.topic), entry.id),
    "topic": lambda entry: (not entry.topic, _folded(entry.topic), entry.id),
    "statement": lambda entry: (_folded(entry.text), entry.id),
    "verdict": lambda entry: (_VERDICTS.index(entry.verdict), -len(entry.made), entry.id),
    "changed": lambda entry: (_backwards(entry.updated), entry.id),
}


def _backwards(time: str) -> tuple[int, ...]:
    """Return a key that sorts later times first."""
    return tuple(-ord(char) for char in time)
