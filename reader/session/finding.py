"""Entities and claims found by what somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.annotation import lookup
from reader.annotation.lookup import Proposal
from reader.annotation.model import Claim, Entity, Mention
from reader.annotation.name_index import NameIndex

if TYPE_CHECKING:
    from reader.session.session import Session


class Finding:
    """Proposals among what a session knows.

    Args:
        session: Which one.

    Attributes:
        names: The names of the entities.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.names = NameIndex()

    def preparing_names(self) -> Iterator[None]:
        """Make `names` ready in steps for the entities that are known now."""
        yield from self.names.following(self._session.annotations.records.get("entity", {}))

    def propose(self, query: str, mention: Mention | None = None) -> tuple[Proposal, ...]:
        """Propose entities for what was typed; for nothing typed, by the mention's wording."""
        # In blind mode it is not counted how often others have named it.
        records = self._session.seen if self._session.layers.blind else self._session.annotations
        return lookup.propose(records, query, mention, names=self.names)

    def find_entities(self, query: str, mention: Mention | None = None) -> tuple[Entity, ...]:
        """Propose entities, best first; see `propose`."""
        return tuple(proposal.entity for proposal in self.propose(query, mention))

    def find_claims(self, query: str, limit: int = 50) -> tuple[Claim, ...]:
        """Propose claims for what was typed."""
        return lookup.find_claims(self._session.annotations, query, limit)

    def mentions_elsewhere(self, entity: str) -> tuple[int, int]:
        """Count an entity's mentions in other articles, and how many articles these are."""
        ids = self._session.annotations.merged(entity)
        return self._session.shown.entities.elsewhere(ids, self._session.opened().id)
