from __future__ import annotations

from dataclasses import replace

from reader.annotation.annotation_set import AnnotationSet, standing
from reader.annotation.duplicates import duplicates
from reader.annotation.entity_list import EntityEntry, EntityView, arranged, entry
from reader.annotation.model import Alias, Entity, KnowledgeLink


def entity(id: str, name: str, *aliases: str, type: str = "PER", **fields: object) -> Entity:
    given = tuple(Alias(alias) for alias in aliases)
    made = Entity(id, type, name, "t", "a", fields.pop("updated", "t"), "a", aliases=given)  # type: ignore[arg-type]
    return replace(made, **fields)  # type: ignore[arg-type]


def item(id: str, status: str = "confirmed") -> tuple[KnowledgeLink, ...]:
    return (KnowledgeLink("wikidata", id, status),)  # type: ignore[arg-type]


KNOWN = AnnotationSet.of(
    [
        entity("1", "“Zeit”", type="ORG", updated="2026-01-03"),
        entity("2", "بارسكيل", updated="2026-01-02", links=item("Q1")),
        entity("3", "anna", updated="2026-01-01"),
        entity("4", "Brad P.", merged_into="5"),
        entity("5", "Brad Parscale", type="PER", updated="2026-01-04", links=item("Q2")),
        entity("6", "Parscale, B.", merged_into="4"),
    ]
)
USES = [
    *(("1", "en", 2, 1), ("1", "ar", 3, 1), ("2", "ar", 5, 2)),
    *(("5", "id", 1, 1), ("5", "en", 1, 1)),
]


def entries(known: AnnotationSet, uses: list[tuple[str, str, int, int]]) -> tuple[EntityEntry, ...]:
    live = [each for each in known.all(Entity) if not each.merged_into]
    return tuple(entry(each, [use for use in uses if use[0] == each.id]) for each in live)


ENTRIES = entries(KNOWN, USES)


def ids(**view: object) -> list[str]:
    return [row.entry.entity.id for row in arranged(ENTRIES, EntityView(**view))]  # type: ignore[arg-type]


def test_what_was_merged_counts_for_what_it_was_merged_into_in_the_end() -> None:
    assert standing(KNOWN.records["entity"]) == {"4": "5", "6": "5"}


def test_entries_add_up_mentions_articles_and_languages() -> None:
    assert [entry[1:] for entry in ENTRIES] == [
        (5, 2, ("ar", "en")),
        (5, 2, ("ar",)),
        (0, 0, ()),
        (2, 2, ("en", "id")),
    ]


def test_entities_are_sorted_by_mentions_name_time_and_type() -> None:
    assert ids() == ["1", "2", "5", "3"]
    assert ids(sort="name") == ["3", "5", "1", "2"]
    assert ids(sort="recent") == ["5", "1", "2", "3"]
    assert ids(sort="type") == ["1", "3", "5", "2"]
    view = EntityView()
    assert [view := view.sorted_next() for _ in range(4)][-1] == EntityView()


def test_entities_are_filtered_by_what_is_written_or_sounds_so() -> None:
    assert ids(text="ZEI") == ["1"]
    assert ids(text="parscale") == ["5", "2"]
    assert ids(text="بارسكيل") == ["2", "5"]
    assert ids(text="nobody") == []
    assert ids(text="  ") == ids()


def test_entities_are_filtered_by_type_languages_and_wikidata_id() -> None:
    assert ids(type="ORG") == ["1"]
    assert set(ids(several=True)) == {"1", "5"}
    assert set(ids(unidentified=True)) == {"1", "3"}
    assert EntityView(several=True, sort="name").cleared() == EntityView(sort="name")
    assert not EntityView(sort="name").filtered and EntityView(type="ORG").filtered


def pairs(*entities: Entity) -> list[tuple[str, str, str]]:
    return [(pair.one, pair.other, pair.why) for pair in duplicates(entities)]


def test_the_same_wording_folded_makes_two_entities_of_one_type_possible_duplicates() -> None:
    one, other = entity("1", "Trump", "ترامب"), entity("2", "Donald", "تَرامب")
    assert pairs(one, other) == [("1", "2", "same wording")]
    assert pairs(one, replace(other, type="ORG")) == []
    assert pairs(one, replace(other, retired=True)) == []
    assert pairs(one, replace(other, merged_into="1")) == []


def test_names_that_sound_alike_in_two_scripts_are_possible_duplicates() -> None:
    assert pairs(entity("1", "Oczkowski"), entity("2", "أوزكوفسكي")) == [("1", "2", "sounds alike")]
    assert pairs(entity("1", "Brad Parscale"), entity("2", "براد بارسكيل")) != []
    assert pairs(entity("1", "أوكزكوفسكي"), entity("2", "أوزكوفسكي")) != []


def test_names_in_one_script_that_only_sound_alike_are_not() -> None:
    assert pairs(entity("1", "John Smith"), entity("2", "Jane Smith")) == []
    assert pairs(entity("1", "Root"), entity("2", "رد")) == []


def test_a_wikidata_id_joins_and_two_different_ones_part() -> None:
    one, other = (
        entity("1", "Facebook", links=item("Q380")),
        entity("2", "Meta", links=item("Q380")),
    )
    assert pairs(one, other) == [("1", "2", "same Wikidata id")]
    assert pairs(one, entity("2", "Facebook", links=item("Q355"))) == []
    assert pairs(one, entity("2", "Facebook", links=item("Q355", "proposed"))) != []


def test_a_wording_of_very_many_is_not_compared_each_with_each() -> None:
    many = [entity(f"{i:03}", f"Name{i}", "Smith") for i in range(100)]
    assert len([pair for pair in duplicates(many) if pair.wording == "Smith"]) == 99


def test_possible_duplicates_stand_side_by_side_with_the_reason() -> None:
    found = entries(
        AnnotationSet.of([entity("1", "b"), entity("2", "Parscale"), entity("3", "بارسكيل")]), []
    )
    rows = arranged(found, EntityView(sort="name", duplicates=True))
    assert [row.entry.entity.id for row in rows] == ["2", "3"]
    twin = rows[0].twin
    assert twin is not None and (twin.why, twin.beside("2"), twin.beside("3")) == (
        *("sounds alike", "3"),
        "2",
    )
    assert rows[1].twin == twin


def test_an_entity_that_nothing_mentions_is_listed() -> None:
    assert entry(entity("1", "b")) == EntityEntry(entity("1", "b"))
