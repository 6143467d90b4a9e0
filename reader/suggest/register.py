"""Which entity of a library a gazetteer means; else the one to make of what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.annotation.actions import Author, signed
from reader.annotation.changes import Change
from reader.annotation.ids import new_id
from reader.annotation.model import Alias, Entity
from reader.annotation.name_index import wordings
from reader.annotation.wikidata import confirmed, links, links_of
from reader.suggest.names import Listed
from reader.suggest.proposals import Proposal
from reader.text.fold import fold


class Register:
    """The entities of a library, by what a gazetteer may call them.

    Args:
        entities: All of them; merged and retired ones are not meant.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_item: dict[str, list[Entity]] = {}
        self._by_name: dict[tuple[str, str], list[Entity]] = {}
        for entity in entities:
            if entity.merged_into or entity.retired:
                continue
            for link in links_of(entity):
                if link.status in ("confirmed", "proposed"):
                    self._by_item.setdefault(link.id, []).append(entity)
            for name in {fold(text) for text in wordings(entity)}:
                self._by_name.setdefault((entity.type, name), []).append(entity)

    def find(self, listed: Listed) -> tuple[Entity, ...]:
        """Return the entities that may be meant: none, the one, or several.

        A Wikidata id goes before names, which are compared folded; what is
        confirmed to be another item is not meant.
        """
        if listed.wikidata and (found := self._by_item.get(listed.wikidata)):
            return tuple(found)
        names = {fold(text) for text in (listed.name, *listed.aliases)}
        found = [e for name in names for e in self._by_name.get((listed.type, name), ())]
        return tuple(
            {
                each.id: each
                for each in found
                if not listed.wikidata or confirmed(each) in ("", listed.wikidata)
            }.values()
        )


class Newcomers:
    """The entities that are made in one action, each once, of what gazetteers say.

    Args:
        author: Who acts; its records have all entities.
    """

    def __init__(self, author: Author) -> None:
        self._author = author
        self._register: Register | None = None
        self._ids: dict[Listed, str | None] = {}
        self.changes: list[Change] = []
        """What makes them."""

    def entity(self, proposal: Proposal) -> str | None:
        """Return the id of the entity that a proposal is to be linked to; None for none."""
        if proposal.entity is not None:
            meant = self._author.records.entity(proposal.entity)
            return None if meant is None else meant.id
        rows = {n.listed for n in proposal.names if n.type == proposal.type and n.listed}
        if len(rows) != 1 or any(n.entity for n in proposal.names if n.type == proposal.type):
            return None
        (listed,) = rows
        if listed not in self._ids:
            self._ids[listed] = self._id(listed)
        return self._ids[listed]

    def _id(self, listed: Listed) -> str | None:
        if self._register is None:
            self._register = Register(self._author.records.all(Entity))
        found = self._register.find(listed)
        if found:
            return found[0].id if len(found) == 1 else None
        made = _made(self._author, listed)
        self.changes.append(Change(None, made))
        return made.id


def _made(author: Author, listed: Listed) -> Entity:
    others = tuple(Alias(text) for text in dict.fromkeys(listed.aliases) if text != listed.name)
    items: Sequence[str] = (listed.wikidata,) if listed.wikidata else ()
    return Entity(
        *(new_id(), listed.type, listed.name, *signed(author)),
        aliases=others,
        links=links(items, "confirmed") if items else (),
    )
