"""The entities and claims that brat's references name, over all documents of a source."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from reader.annotation.ids import derived_id, is_id
from reader.annotation.model import Claim, Entity, KnowledgeLink
from reader.corpus.article import UNDETERMINED
from reader.formats.brat_lines import Reference
from reader.formats.brat_names import CLAIMS, LOCAL, WIKIDATA
from reader.formats.labels import Labels
from reader.formats.offsets import short

Signed = tuple[str, str, str, str]
"""Created, created by, updated, updated by."""

_NO_TYPE = "OTHER"


def base_of(reference: Reference) -> str:
    """Return the knowledge base of a reference by our name."""
    return "wikidata" if reference.base == WIKIDATA else reference.base


class Shared:
    """Entities and claims by what the files call them; each is given out once.

    Args:
        signed: Who made them and when.
        labels: The types.
    """

    def __init__(self, signed: Signed, labels: Labels) -> None:
        self._signed, self._labels = signed, labels
        self._known: set[str] = set()
        self._linked: dict[tuple[str, str], str] = {}
        self._entities: list[Entity] = []
        self._claims: list[Claim] = []

    def fresh(self) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
        """Return what was named since this was asked last."""
        found = tuple(self._entities), tuple(self._claims)
        self._entities, self._claims = [], []
        return found

    def entity(self, lines: Sequence[Reference], type: str | None, words: str) -> str:
        """Return the id of the entity that references name.

        Args:
            lines: The references of one mention.
            type: The type of the mention, if it has one.
            words: What to call the entity where the references do not say.
        """
        local = next((line for line in lines if line.base == LOCAL), None)
        others = [(base_of(line), line.key) for line in lines if line.base not in (LOCAL, CLAIMS)]
        if local is None:
            link = others[0]
            id = self._linked.get(link) or derived_id("brat", "entity", *link)
        else:
            own, _, said = local.key.partition("/")
            id = own if is_id(own) else derived_id("brat", "entity", LOCAL, own)
            type = self._labels.entity_type(unquote(said)) if said else type
        self._linked |= {link: self._linked.get(link, id) for link in others}
        named = [line.words.strip() and line.words for line in (local, *lines) if line]
        name = next(filter(None, named), short(words, 200))
        links = tuple(KnowledgeLink(*link, "confirmed") for link in dict.fromkeys(others))
        return self.named(id, type, name, links)

    def named(
        self, id: str, type: str | None, name: str, links: tuple[KnowledgeLink, ...] = ()
    ) -> str:
        """Make an entity unless it is there, and return its id."""
        if id not in self._known:
            self._known.add(id)
            type = type or self._labels.entity_type(_NO_TYPE)
            self._entities.append(Entity(id, type, name, *self._signed, links=links))
        return id

    def claim(self, reference: Reference) -> str | None:
        """Return the id of the claim that a reference names, or None without its words."""
        own, _, language = reference.key.partition("/")
        id = own if is_id(own) else derived_id("brat", "claim", own)
        if not reference.words.strip():
            return None
        if id not in self._known:
            self._known.add(id)
            spoken = unquote(language) or UNDETERMINED
            self._claims.append(Claim(id, reference.words, spoken, *self._signed))
        return id
