"""Who speaks, by type: what claims tell, before what a schema begins with."""

from __future__ import annotations

from dataclasses import replace

from reader.annotation.schema import DEFAULT_SCHEMA, EntityType, Schema
from reader.annotation.speakers import Spoken, speakers

PARTIES = Schema(
    (
        EntityType("YEAR", "Year", value="date"),
        EntityType("Stadt", "Stadt"),
        EntityType("Partei", "Partei"),
        EntityType("Politikerin", "Politikerin"),
    ),
    (),
)


def test_until_somebody_claims_something_the_first_types_that_are_no_values_speak() -> None:
    assert speakers(DEFAULT_SCHEMA, ()).types == {"PER", "ORG"}
    assert speakers(DEFAULT_SCHEMA, ()).people == {"PER"}
    assert speakers(PARTIES, ()).types == {"Stadt", "Partei"}
    retired = replace(PARTIES.entity_types[1], retired=True)
    left = Schema((PARTIES.entity_types[0], retired, *PARTIES.entity_types[2:]), ())
    assert speakers(left, ()).types == {"Partei", "Politikerin"}
    assert speakers(Schema((), ()), ()).types == frozenset()


def test_claims_tell_who_speaks_and_who_speaks_for_others() -> None:
    spoken = (Spoken("Partei", None, 3), Spoken("Politikerin", "Partei", 2))
    found = speakers(PARTIES, spoken)
    assert found.types == {"Stadt", "Partei", "Politikerin"}
    assert found.people == {"Politikerin"}
    # What is spoken for is nobody who speaks for others, also where it stands first.
    assert speakers(DEFAULT_SCHEMA, (Spoken("ORG", "PER", 1),)).people == {"ORG"}
    assert speakers(DEFAULT_SCHEMA, (Spoken("LOC", None, 9),)).people == {"PER"}
