"""What is kept of names finds what a look at each name by itself finds."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation.duplicates import DuplicateIndex, duplicates
from reader.annotation.model import Alias, Entity, KnowledgeLink
from reader.annotation.name_index import NameIndex, wordings, written
from reader.text.fold import fold
from reader.text.skeleton import sounds_like

_SYLLABLES = ("ka", "par", "scale", "tru", "mp", "o", "ny", "sh", "ti", "بار", "سكيل", "ال", "مات")
WORDS = st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=3).map("".join)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join) | st.text(max_size=6)


def made(
    id: str, names: list[str], type: str = "PER", item: str = "", gone: bool = False
) -> Entity:
    links = (KnowledgeLink("wikidata", item, "confirmed"),) if item else ()
    aliases = tuple(map(Alias, names[1:]))
    when = ("t", "a", "t", "a")
    return Entity(id, type, names[0], *when, aliases=aliases, links=links, retired=gone)


ENTITIES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(
        st.lists(NAMES, min_size=1, max_size=3),
        st.sampled_from(("PER", "ORG")),
        st.sampled_from(("", "", "Q1", "Q2")),
        st.sampled_from((False, False, False, True)),
    ),
).map(lambda found: {id: made(id, *fields) for id, fields in found.items()})


def scanned(entities: Mapping[str, Entity], typed: str) -> dict[str, float]:
    """How much each entity sounds like what is typed, looked at one by one."""
    best = {
        id: max(sounds_like(typed, name) for name in wordings(entity))
        for id, entity in entities.items()
    }
    return {id: alike for id, alike in best.items() if alike}


@settings(max_examples=50, deadline=None)
@given(st.lists(ENTITIES, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=4))
def test_the_index_finds_what_a_look_at_each_name_finds(
    states: list[dict[str, Entity]], queries: list[str]
) -> None:
    index = NameIndex()
    for entities in states:
        index.follow(entities)
        for typed in queries:
            wanted, words = fold(typed), fold(typed).split()
            assert index.sounding(typed) == scanned(entities, typed)
            folded = {id: [fold(name) for name in wordings(e)] for id, e in entities.items()}
            assert index.containing(words) == {
                id for id, names in folded.items() if any(all(w in n for w in words) for n in names)
            }
            if wanted:
                best = {id: max(written(wanted, n) for n in names) for id, names in folded.items()}
                assert index.written(wanted) == {id: match for id, match in best.items() if match}


@settings(max_examples=50, deadline=None)
@given(st.lists(ENTITIES, min_size=1, max_size=4))
def test_duplicates_that_are_kept_are_those_that_are_found_anew(
    states: list[dict[str, Entity]],
) -> None:
    index = DuplicateIndex()
    for entities in states:
        index.follow(entities)
        assert index.pairs() == duplicates(entities.values())


def test_what_was_begun_in_steps_and_left_is_finished_by_the_next_question() -> None:
    entities = {f"{i:03}": made(f"{i:03}", [f"Name{i} Parscale"]) for i in range(250)}
    index = NameIndex()
    next(index.following(entities))
    changed = entities | {"007": made("007", ["بارسكيل"])}
    del changed["008"]
    index.follow(changed)
    assert len(index.sounding("Parscale")) == 249
    assert index.containing(["name7 "]) == set() and "008" not in index.sounding("Parscale")
