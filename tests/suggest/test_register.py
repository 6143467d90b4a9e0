"""Which entity a row of a gazetteer means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Alias, Entity, KnowledgeLink
from reader.suggest.names import Listed, Name
from reader.suggest.proposals import Proposal
from reader.suggest.register import Newcomers, Register
from tests.records import ANN


def entity(id: str, name: str, *aliases: str, item: str = "", **fields: object) -> Entity:
    links = (KnowledgeLink("wikidata", item, "confirmed"),) if item else ()
    made = Entity(id, "PER", name, "t", "a", "t", "a", tuple(map(Alias, aliases)), links)
    return replace(made, **fields)  # type: ignore[arg-type]


KNOWN = (
    entity("1", "Donald Trump", "ترامب", item="Q22686"),
    entity("2", "Anna Berg", "Berg"),
    entity("3", "Karl Berg", "Berg"),
    entity("4", "Old Nix", retired=True),
    entity("5", "Nix", merged_into="2"),
    entity("6", "Facebook", type="ORG"),
)


@pytest.mark.parametrize(
    ("listed", "ids"),
    [
        (Listed("The Donald", "PER", (), "Q22686"), ["1"]),
        (Listed("DONALD  trump", "PER"), ["1"]),
        (Listed("x", "PER", ("تَرامب",)), ["1"]),
        (Listed("Donald Trump", "PER", (), "Q3713655"), []),
        (Listed("Berg", "PER"), ["2", "3"]),
        (Listed("Anna Berg", "PER", (), "Q9"), ["2"]),
        (Listed("Old Nix", "PER"), []),
        (Listed("Nix", "PER"), []),
        (Listed("Facebook", "PER"), []),
        (Listed("Facebook", "ORG"), ["6"]),
    ],
)
def test_an_id_goes_before_names_and_types_have_to_agree(listed: Listed, ids: list[str]) -> None:
    assert sorted(each.id for each in Register(KNOWN).find(listed)) == ids


def proposal(*names: Name) -> Proposal:
    return Proposal(0, 4, "Berg", names)


def test_an_entity_is_made_once_and_none_where_several_may_be_meant() -> None:
    newcomers = Newcomers(Author(ANN, AnnotationSet.of(KNOWN)))
    new = Listed("Steve Bannon", "PER", ("Bannon",), "Q1")
    first, second = (newcomers.entity(proposal(name)) for name in new.names)
    (made,) = (change.after for change in newcomers.changes)
    assert isinstance(made, Entity) and first == second == made.id
    assert (made.name, made.type, [a.text for a in made.aliases]) == (
        *("Steve Bannon", "PER"),
        ["Bannon"],
    )
    assert made.links == (KnowledgeLink("wikidata", "Q1", "confirmed"),)
    several = Listed("Berg", "PER")
    assert newcomers.entity(proposal(Name("Berg", "PER", None, "gazetteer", several))) is None
    rivals = [Name("x", "PER", None, "gazetteer", Listed(name, "PER")) for name in "xy"]
    assert newcomers.entity(proposal(*rivals)) is None
    assert newcomers.entity(proposal(Name("Nix", "PER", "5"))) == "2"
    assert newcomers.entity(proposal(Name("Nix", "PER", None, "model"))) is None
    assert len(newcomers.changes) == 1
