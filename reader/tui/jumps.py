"""Where one was before a jump, over articles, and the way back and forth between these places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.values import dataclass

if TYPE_CHECKING:
    from reader.annotation.statistics import StatisticsView

_MOST = 100
"""Places that are remembered."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of reading.

    Attributes:
        article: Id of the article.
        start: First code point of the selection.
        end: One past its last code point.
        top: First code point of the row at the top of the screen.
    """

    article: str
    start: int
    end: int
    top: int

    def same_as(self, other: Place) -> bool:
        """Tell whether the same is selected, wherever it stands on the screen."""
        if not isinstance(other, Spot):
            return False
        return (self.article, self.start, self.end) == (other.article, other.start, other.end)


@dataclass(frozen=True, slots=True)
class ClaimSpot:
    """A place in a claim that is open on the board.

    Attributes:
        claim: Id of the claim.
        row: The row under the cursor.
    """

    claim: str
    row: int

    def same_as(self, other: Place) -> bool:
        """Tell whether it is the same row of the same claim."""
        return self == other


@dataclass(frozen=True, slots=True)
class EntitySpot:
    """A place in an entity that is open.

    Attributes:
        entity: Id of the entity.
        mention: Id of the mention under the cursor, or None.
    """

    entity: str
    mention: str | None

    def same_as(self, other: Place) -> bool:
        """Tell whether it is the same mention of the same entity."""
        return self == other


@dataclass(frozen=True, slots=True)
class StatisticsSpot:
    """A place in the statistics.

    Attributes:
        view: What is counted.
        home: What was counted when they were opened.
        here: Id of the article one comes from, or "".
        row: Kind and key of the row under the cursor.
    """

    view: StatisticsView
    home: StatisticsView
    here: str
    row: tuple[str, str] = ("", "")

    def same_as(self, other: Place) -> bool:
        """Tell whether it is the same row of the same charts."""
        return self == other


@dataclass(frozen=True, slots=True)
class AgreementSpot:
    """A place in the agreement of annotators.

    Attributes:
        pair: Ids of the two who are compared; None for the first two.
        article: Id of the article that is looked at alone, or "".
        row: What the row under the cursor stands for.
    """

    pair: tuple[str, str] | None = None
    article: str = ""
    row: object = None

    def same_as(self, other: Place) -> bool:
        """Tell whether it is the same row of the same comparison."""
        return self == other


@dataclass(frozen=True, slots=True)
class ConflictSpot:
    """A place in the list of conflicts.

    Attributes:
        number: Which of them, from 0.
    """

    number: int

    def same_as(self, other: Place) -> bool:
        """Tell whether it is the same one."""
        return self == other


Place = Spot | ClaimSpot | EntitySpot | StatisticsSpot | AgreementSpot | ConflictSpot
"""What one can jump away from, and come back to."""


class JumpList:
    """Places one has jumped away from: like the pages of a browser."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, spot: Place) -> None:
        """Remember the place that a jump leaves; the way forward is forgotten."""
        self._ahead.clear()
        if not self._behind or not self._behind[-1].same_as(spot):
            self._behind.append(spot)
        del self._behind[:-_MOST]

    def back(self, now: Place | None) -> Place | None:
        """Return the place before the last jump; None when there is none.

        Args:
            now: Where one is; None when that is in no article.
        """
        return _go(self._behind, self._ahead, now)

    def forward(self, now: Place | None) -> Place | None:
        """Return the place that was left by going back; None when there is none."""
        return _go(self._ahead, self._behind, now)


def _go(source: list[Place], target: list[Place], now: Place | None) -> Place | None:
    """Take the last of one list that is not where one is; keep that on the other list."""
    while source:
        spot = source.pop()
        if now is None:
            return spot
        if not spot.same_as(now):
            target.append(now)
            return spot
    return None
