from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotation import entity_actions as entities
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action
from reader.annotation.model import (
    Alias,
    Entity,
    KnowledgeLink,
    LinkStatus,
    Mention,
    Record,
    Relation,
    SchemaRecord,
)
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.annotation.spans import make_span
from reader.errors import AnnotationError
from tests.records import ANN, BOB

TEXT = "Trump and Donald Trump and Trump Jr."


def entity(id: str, name: str, *aliases: Alias, **fields: object) -> Entity:
    made = Entity(id, "PER", name, "t", BOB.id, "t", BOB.id, aliases=aliases)
    return replace(made, **fields)  # type: ignore[arg-type]


def mention(id: str, start: int, end: int, entity: str) -> Mention:
    span = make_span("A", TEXT, [(start, end)])
    return Mention(id, span, "PER", ANN.id, "t", "t", entity=entity)


def item(id: str, status: str = "confirmed") -> KnowledgeLink:
    return KnowledgeLink("wikidata", id, status)  # type: ignore[arg-type]


def by(*records: Record) -> Author:
    return Author(ANN, AnnotationSet.of(records))


def after(author: Author, action: Action) -> AnnotationSet:
    """The records after an action, which its inverse takes back."""
    done = author.records.apply(action.changes)
    assert set(done.apply(action.inverse("").changes)) == set(author.records)
    return done


def changed(author: Author, action: Action, id: str) -> Entity:
    found = after(author, action).records["entity"][id]
    assert isinstance(found, Entity)
    return found


MATT = entity("1", "Matt Oczkowski", Alias("أوكزكوفسكي", "ar"))
AUTHOR = by(MATT)


def test_a_renamed_entity_keeps_its_old_name_as_an_alias() -> None:
    renamed = changed(AUTHOR, entities.rename(AUTHOR, MATT, " Matthew  Oczkowski "), "1")
    assert renamed.name == "Matthew Oczkowski"
    assert [alias.text for alias in renamed.aliases] == ["Matt Oczkowski", "أوكزكوفسكي"]
    assert (renamed.created_by, renamed.updated_by) == (BOB.id, ANN.id)


def test_a_name_that_was_an_alias_keeps_its_language_there_and_back() -> None:
    there = changed(AUTHOR, entities.rename(AUTHOR, MATT, "أوكزكوفسكي"), "1")
    assert isinstance(there, Entity) and there.name == "أوكزكوفسكي"
    assert there.aliases == (Alias("Matt Oczkowski"), Alias("أوكزكوفسكي", "ar"))
    back = changed(by(there), entities.rename(by(there), there, "Matt Oczkowski"), "1")
    assert back.aliases == (Alias("أوكزكوفسكي", "ar"),)
    # What is merged in may know the language of the name that stays.
    other = entity("2", "Oczkowski", Alias("Matt Oczkowski", "en"))
    both = by(MATT, other)
    kept = changed(both, entities.merge(both, MATT, other), "1")
    assert Alias("Matt Oczkowski", "en") in kept.aliases


@pytest.mark.parametrize("name", ["", "  ", "Matt Oczkowski"])
def test_an_empty_name_or_the_same_is_refused(name: str) -> None:
    with pytest.raises(AnnotationError):
        entities.rename(AUTHOR, MATT, name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("\u200f\u2067", "needs a name"),
        ("\u3164", "needs a name"),
        ("\x00", "needs a name"),
        ("Tr\x00ump", "control character"),
        ("\x1b[31mTrump", "control character"),
        ("x" * 1001, "1,000 characters at most"),
    ],
)
def test_a_name_can_be_seen_and_printed(name: str, why: str) -> None:
    trump = entity("E1", "Trump")
    with pytest.raises(AnnotationError, match=why):
        entities.create(by(), name, "PER")
    with pytest.raises(AnnotationError, match=why):
        entities.rename(by(trump), trump, name)
    with pytest.raises(AnnotationError, match=why):
        entities.add_alias(by(trump), trump, Alias(name))


def test_a_name_may_have_format_characters_and_signs_of_markup() -> None:
    for name in ("[b]x[/b]", "می\u200cخواهم", "x" * 1000):
        (change,) = entities.create(by(), name, "PER").changes
        assert isinstance(change.after, Entity) and change.after.name == name


def test_the_name_itself_is_no_alias() -> None:
    trump = entity("E1", "Trump")
    with pytest.raises(AnnotationError, match="is its name already"):
        entities.add_alias(by(trump), trump, Alias(" Trump ", "en"))


def test_aliases_are_learnt_once_and_can_be_taken_away() -> None:
    variant = Alias("أوزكوفسكي", "ar")
    learnt = changed(AUTHOR, entities.add_alias(AUTHOR, MATT, variant), "1")
    assert learnt.aliases == (*MATT.aliases, variant)
    with pytest.raises(AnnotationError, match="has the alias"):
        entities.add_alias(by(learnt), learnt, variant)
    without = changed(by(learnt), entities.remove_alias(by(learnt), learnt, variant), "1")
    assert without.aliases == MATT.aliases


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Q22686", "Q22686"),
        (" q22686 ", "Q22686"),
        ("https://www.wikidata.org/wiki/Q22686", "Q22686"),
        ("http://www.wikidata.org/entity/Q1/", "Q1"),
    ],
)
def test_a_wikidata_id_is_taken_as_typed_or_from_its_address(typed: str, id: str) -> None:
    identified = changed(AUTHOR, entities.identify(AUTHOR, MATT, typed), "1")
    assert identified.links == (item(id),)
    assert (
        changed(by(identified), entities.identify(by(identified), identified, ""), "1").links == ()
    )


@pytest.mark.parametrize("typed", ["Trump", "Q", "Q0", "Q12x", "P31", "22686", "Q1 x", "Q٢"])
def test_what_has_not_the_form_of_a_wikidata_id_is_refused(typed: str) -> None:
    with pytest.raises(AnnotationError, match="is no Wikidata id"):
        entities.identify(AUTHOR, MATT, typed)


@pytest.mark.parametrize(
    ("typed", "status", "links"),
    [
        ("Q1", "proposed", [("Q1", "proposed")]),
        ("", "none", [("", "none")]),
        ("", "ambiguous", [("", "ambiguous")]),
        ("Q1, Q2", "ambiguous", [("Q1", "ambiguous"), ("Q2", "ambiguous")]),
        ("Q1", None, []),
    ],
)
def test_it_can_be_said_how_sure_an_item_is(
    typed: str, status: LinkStatus | None, links: list[tuple[str, str]]
) -> None:
    other = KnowledgeLink("viaf", "123")
    before = replace(MATT, links=(other, item("Q9")))
    author = by(before)
    after = changed(author, entities.identify(author, before, typed, status), "1").links
    assert [(link.id, link.status) for link in after[1:]] == links and after[0] == other


@pytest.mark.parametrize(
    ("typed", "status", "error"),
    [
        ("Q1", "none", "Q1 is said to be no item"),
        ("", "proposed", "is no Wikidata id"),
        ("Q1 Q2", "confirmed", "Two different Wikidata items"),
    ],
)
def test_an_id_and_how_sure_it_is_have_to_go_together(
    typed: str, status: LinkStatus, error: str
) -> None:
    with pytest.raises(AnnotationError, match=error):
        entities.identify(AUTHOR, MATT, typed, status)


def test_an_item_of_one_counts_more_than_that_the_other_has_none() -> None:
    one, other = replace(MATT, links=(item("", "none"),)), entity("2", "x", links=(item("Q5"),))
    author = by(one, other)
    assert changed(author, entities.merge(author, one, other), "1").links == (item("Q5"),)


def test_merging_keeps_all_that_is_known_and_points_from_one_to_the_other() -> None:
    other = entity("2", "أوزكوفسكي", Alias("أوكزكوفسكي"), note="CEO", links=(item("Q5"),))
    proposed = replace(MATT, note="Data Propria", links=(item("Q4", "proposed"),))
    author = by(proposed, other)
    done = after(author, entities.merge(author, proposed, other))
    kept, gone = done.entity("1"), done.records["entity"]["2"]
    assert kept is not None and isinstance(gone, Entity)
    assert kept.aliases == (Alias("أوكزكوفسكي", "ar"), Alias("أوزكوفسكي"))
    assert (kept.note, kept.links) == ("Data Propria\nCEO", (item("Q5"),))
    assert replace(gone, merged_into=None, updated="t", updated_by=BOB.id) == other
    assert done.entity("2") == kept


def test_what_is_one_already_is_not_merged_and_neither_is_what_is_confirmed_to_differ() -> None:
    one, other = (replace(MATT, links=(item("Q4"),)), entity("2", "x", links=(item("Q5"),)))
    with pytest.raises(AnnotationError, match=r"confirmed to be different \(Q4, Q5\)"):
        entities.merge(by(one, other), one, other)
    with pytest.raises(AnnotationError, match="one entity already"):
        entities.merge(AUTHOR, MATT, MATT)
    merged = entity("3", "y", merged_into="1")
    with pytest.raises(AnnotationError, match="one entity already"):
        entities.merge(by(MATT, merged), MATT, merged)


def test_a_merged_entity_can_be_parted_again() -> None:
    merged = entity("3", "y", merged_into="1")
    author = by(MATT, merged)
    assert changed(author, entities.part(author, merged), "3").merged_into is None
    with pytest.raises(AnnotationError, match="is not merged"):
        entities.part(author, MATT)


def test_entities_that_were_merged_in_a_circle_end_somewhere() -> None:
    circle = by(entity("1", "a", merged_into="2"), entity("2", "b", merged_into="1"))
    assert circle.records.entity("1") is not None


def test_splitting_moves_mentions_and_the_wordings_that_only_they_have() -> None:
    one = entity("1", "Donald Trump", Alias("Trump", "en"), Alias("Trump Jr.", "en"))
    first, second, third = (
        mention("a", 0, 5, "1"),
        mention("b", 10, 22, "1"),
        mention("c", 27, 36, "1"),
    )
    author = by(one, first, second, third)
    done = after(author, entities.split(author, one, [third], "Donald Trump Jr."))
    (new,) = (e for e in done.all(Entity) if e.id != "1")
    left = done.entity("1")
    assert left is not None and left.aliases == (Alias("Trump", "en"),)
    assert (new.name, new.aliases) == ("Donald Trump Jr.", (Alias("Trump Jr.", "en"),))
    assert [m.entity for m in done.all(Mention)] == ["1", "1", new.id]


def test_a_split_needs_mentions_and_a_name() -> None:
    with pytest.raises(AnnotationError, match="Choose the mentions"):
        entities.split(AUTHOR, MATT, [], "x")
    with pytest.raises(AnnotationError, match="needs a name"):
        entities.split(AUTHOR, MATT, [mention("a", 0, 5, "1")], " ")


_ALIASES = st.lists(
    st.builds(Alias, st.sampled_from("abc"), st.sampled_from(["", "en", "ar"])), max_size=4
).map(tuple)
_ENTITIES = st.builds(entity, st.just("1"), st.sampled_from("abcd")).flatmap(
    lambda made: _ALIASES.map(lambda aliases: replace(made, aliases=aliases))
)
_MENTIONS = st.lists(st.sampled_from(["1", "2"]), max_size=6).map(
    lambda owners: [mention(str(i), i, i + 3, owner) for i, owner in enumerate(owners)]
)


@given(_ENTITIES, _ENTITIES.map(lambda made: replace(made, id="2")), _MENTIONS)
def test_merge_and_undo_is_identity_and_no_mention_or_wording_is_lost(
    kept: Entity, absorbed: Entity, mentions: list[Mention]
) -> None:
    author = by(kept, absorbed, *mentions)
    done = after(author, entities.merge(author, kept, absorbed))
    one = done.entity("1")
    assert one is not None
    assert {done.entity(m.entity) for m in mentions} <= {one}
    assert set(mentions) == set(done.all(Mention))
    assert _wordings(kept) | _wordings(absorbed) == _wordings(one)


@given(_ENTITIES, _MENTIONS, st.data())
def test_split_and_undo_is_identity_and_no_mention_is_lost(
    one: Entity, mentions: list[Mention], data: st.DataObject
) -> None:
    mine = [m for m in mentions if m.entity == "1"]
    moved = data.draw(st.lists(st.sampled_from(mine), min_size=1, unique_by=id)) if mine else []
    author = by(one, entity("2", "other"), *mentions)
    if not moved:
        return
    done = after(author, entities.split(author, one, moved, "new"))
    counted = [m for m in done.all(Mention) if m.entity not in ("1", "2")]
    assert {m.id for m in counted} == {m.id for m in moved}
    assert {m.id for m in done.all(Mention)} == {m.id for m in mentions}
    assert {m.span for m in done.all(Mention)} == {m.span for m in mentions}


def _wordings(entity: Entity) -> set[str]:
    return {entity.name, *(alias.text for alias in entity.aliases)}


@pytest.mark.parametrize("known", [False, True])
def test_two_that_are_two_need_a_relation_that_says_so(known: bool) -> None:
    one, other = entity("1", "Trump"), entity("2", "Trump Jr.")
    types = tuple(t for t in DEFAULT_SCHEMA.relation_types if t.name != entities.DIFFERENT.name)
    types += (entities.DIFFERENT,) if known else ()
    schema = replace(DEFAULT_SCHEMA, relation_types=types)
    action = entities.distinguish(replace(by(one, other), schema=schema), one, other)
    widened = [c.after for c in action.changes if isinstance(c.after, SchemaRecord)]
    assert [each.schema.relation_types for each in widened] == (
        [] if known else [(*types, entities.DIFFERENT)]
    )
    (relation,) = [c.after for c in action.changes if isinstance(c.after, Relation)]
    assert (relation.source.id, relation.target.id) == ("1", "2")
