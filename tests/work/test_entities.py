"""Entities through session and store: what is stored, counted and refused."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation import claim_actions
from reader.annotation.changes import Action, Change
from reader.annotation.entity_list import EntityView, arranged
from reader.annotation.ids import new_id, now
from reader.annotation.model import Alias, Entity, Mention, Record
from reader.annotation.schema import RelationType
from reader.errors import AnnotationError
from reader.formats.json_import import import_json
from reader.session import Session
from reader.store.library import Library
from reader.work.articles import remove_article, restore_article
from reader.work.entities import Entities, EntityWork
from reader.work.schema import apply_plan, plan_schema
from tests.formats.libraries import export
from tests.records import ANN, ARABIC, ENGLISH, make_article

EN, AR = make_article(ENGLISH), make_article(ARABIC, "ar")
OTHER = make_article("Oczkowski said no. Then Matt Oczkowski left.", "id")


@contextmanager
def working(folder: Path) -> Iterator[EntityWork]:
    """Three articles; Oczkowski is named in two of them, Nix in a third; no article is open."""
    with Library(folder / "library.db") as library:
        library.add_articles([EN, AR, OTHER])
    session = Session.open(folder / "library.db", "ann")
    try:
        session.open_article(EN.id)
        session.marking.create_entity("Alexander Nix", "PER", session.marking.tag([(0, 13)], "PER"))
        session.open_article(AR.id)
        matt = session.marking.create_entity(
            "Matt Oczkowski", "PER", session.marking.tag([(4, 18)], "PER")
        )
        session.open_article(OTHER.id)
        for place in ((0, 9), (24, 38)):
            session.marking.link(session.marking.tag([place], "PER"), matt)
        session.close()
        session = Session.open(folder / "library.db", "ann")
        yield EntityWork(session)
    finally:
        session.close()


@pytest.fixture
def work(tmp_path: Path) -> Iterator[EntityWork]:
    with working(tmp_path) as made:
        yield made


def named(work: EntityWork, name: str) -> Entity:
    return next(e.entity for e in work.now().entries if e.entity.name == name)


def stored(work: EntityWork) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the library but the history."""
    with sqlite3.connect(work.session.path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        kept = ("entity", "mention", "span", "claim", "note", "relation", "status", "article")
        return {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2').fetchall()
            for table in tables
            if table in kept
        }


def test_entities_are_counted_over_all_articles_while_none_is_open(work: EntityWork) -> None:
    found = {entry.entity.name: entry[1:] for entry in work.now().entries}
    assert found == {
        "Matt Oczkowski": (3, 2, ("id", "ar")),
        "Alexander Nix": (1, 1, ("en",)),
    }
    mentions = work.now().mentions(named(work, "Matt Oczkowski"))
    assert [(m.span.article, m.span.quote) for m in mentions] == [
        (AR.id, "مات أوكزكوفسكي"),
        (OTHER.id, "Oczkowski"),
        (OTHER.id, "Matt Oczkowski"),
    ]


def test_mentions_in_removed_articles_do_not_show(work: EntityWork) -> None:
    remove_article(work.session, OTHER)
    assert [entry[1:] for entry in work.now().entries if entry.mentions == 1] == [
        (1, 1, ("en",)),
        (1, 1, ("ar",)),
    ]
    assert len(work.now().mentions(named(work, "Matt Oczkowski"))) == 1
    restore_article(work.session, work.session.library.articles.read(OTHER.id))
    assert len(work.now().mentions(named(work, "Matt Oczkowski"))) == 3


def test_merged_entities_are_counted_and_read_as_one(work: EntityWork) -> None:
    nix, matt = named(work, "Alexander Nix"), named(work, "Matt Oczkowski")
    work.merge(matt, nix)
    (entry,) = work.now().entries
    assert entry[1:] == (4, 3, ("id", "ar", "en"))
    assert [m.span.article for m in work.now().mentions(entry.entity)] == [
        *(EN.id, AR.id, OTHER.id, OTHER.id)
    ]
    (absorbed,) = work.now().absorbed(entry.entity)
    assert absorbed.name == "Alexander Nix" and work.now().standing(nix.id) == entry.entity
    work.part(absorbed)
    assert len(work.now().entries) == 2 and not work.now().absorbed(entry.entity)


def test_an_article_that_names_both_counts_once_when_they_are_merged(work: EntityWork) -> None:
    work.session.open_article(OTHER.id)
    nix = named(work, "Alexander Nix")
    work.session.marking.tag([(24, 28)], "PER", nix.id)
    work.merge(named(work, "Matt Oczkowski"), named(work, "Alexander Nix"))
    (entry,) = work.now().entries
    assert entry[1:] == (5, 3, ("id", "ar", "en"))


def test_the_inspector_counts_the_mentions_of_what_was_merged_too(work: EntityWork) -> None:
    work.merge(named(work, "Matt Oczkowski"), named(work, "Alexander Nix"))
    work.session.open_article(AR.id)
    assert work.session.finding.mentions_elsewhere(named(work, "Matt Oczkowski").id) == (3, 2)


def test_each_verb_is_one_action_that_undo_takes_back_exactly(work: EntityWork) -> None:
    nix, matt = named(work, "Alexander Nix"), named(work, "Matt Oczkowski")
    mention = work.now().mentions(matt)[1]
    verbs: list[Callable[[], object]] = [
        lambda: work.rename(matt, "Matthew Oczkowski"),
        lambda: work.retype(matt, "ORG"),
        lambda: work.add_alias(matt, Alias("أوزكوفسكي", "ar", "Arabic")),
        lambda: work.remove_alias(matt, matt.aliases[0]),
        lambda: work.annotate(matt, "of\nData Propria"),
        lambda: work.identify(matt, "https://www.wikidata.org/wiki/Q1"),
        lambda: work.retire(matt),
        lambda: work.merge(nix, matt),
        lambda: work.split(matt, [mention], "Oczkowski senior"),
        lambda: work.create("Nobody", "PER"),
    ]
    for verb in verbs:
        before = stored(work)
        verb()
        after = stored(work)
        assert after != before
        assert work.session.undo() is not None
        assert stored(work) == before
        assert work.session.redo() is not None
        assert stored(work) == after
        work.session.undo()


def test_a_split_of_merged_entities_keeps_the_wordings_of_the_mentions_that_stay(
    work: EntityWork,
) -> None:
    nix, matt = named(work, "Alexander Nix"), named(work, "Matt Oczkowski")
    work.merge(nix, matt)
    kept = named(work, "Alexander Nix")
    last = work.now().mentions(kept)[-1]
    new = work.split(kept, [last], "Another Matt")
    left = named(work, "Alexander Nix")
    assert {a.text for a in left.aliases} == {"Oczkowski", "مات أوكزكوفسكي"}
    assert [a.text for a in new.aliases] == ["Matt Oczkowski"]
    assert len(work.now().mentions(left)) == 3


def test_only_what_nothing_refers_to_is_deleted(work: EntityWork) -> None:
    matt = named(work, "Matt Oczkowski")
    with pytest.raises(AnnotationError, match="is referred to by 3 mentions, perhaps"):
        work.delete(matt)
    nobody = work.create("Nobody", "PER")
    work.merge(nobody, work.create("Nowhere", "PER"))
    with pytest.raises(AnnotationError, match="by 1 merged entity, perhaps"):
        work.delete(named(work, "Nobody"))
    work.part(work.now().absorbed(named(work, "Nobody"))[0])
    work.delete(named(work, "Nobody"))
    assert "Nobody" not in {entry.entity.name for entry in work.now().entries}
    work.session.undo()
    assert named(work, "Nobody").id == nobody.id


def test_what_the_name_says_is_refused_before_anything_is_written(work: EntityWork) -> None:
    matt = named(work, "Matt Oczkowski")
    with pytest.raises(AnnotationError, match="in use already"):
        work.retire(matt, retired=False)
    with pytest.raises(AnnotationError, match="needs a name"):
        work.create("  ", "PER")


def test_entities_are_read_anew_only_after_a_change(work: EntityWork) -> None:
    now = work.now()
    assert work.now() is now
    work.retire(named(work, "Matt Oczkowski"))
    assert work.now() is not now


def test_what_another_window_does_is_read_and_counted_alone(work: EntityWork) -> None:
    work.now()
    other = Session.open(work.session.path, "bob")
    matt = named(work, "Matt Oczkowski")
    other.open_article(EN.id)
    for act in (
        lambda: other.marking.tag([(19, 25)], "PER", matt.id),
        lambda: other.marking.create_entity("Assange", "PER", other.marking.tag([(26, 33)], "PER")),
        lambda: EntityWork(other).merge(matt, named(work, "Assange")),
        lambda: remove_article(other, EN),
        lambda: EntityWork(other).delete(EntityWork(other).create("Nobody", "PER")),
        lambda: restore_article(other, other.library.articles.read(EN.id)),
    ):
        act()
        _check_anew(work)
    while other.undo() is not None:
        _check_anew(work)
    other.close()


def test_what_comes_in_from_another_library_is_counted(work: EntityWork, tmp_path: Path) -> None:
    """Both link one mention without knowing of each other, to different entities."""
    shutil.copy(work.session.path, tmp_path / "copy.db")
    other = Session.open(tmp_path / "copy.db", "bob")
    nix, matt = named(work, "Alexander Nix"), named(work, "Matt Oczkowski")
    mention = work.now().mentions(matt)[0]
    for session, entity in ((work.session, nix), (other, None)):
        session.open_article(mention.span.article)
        session.marking.link(mention, entity)
    _check_anew(work)
    for linked in (nix, matt):
        _take_in(work, other)
        _check_anew(work)
        other.marking.link(other.annotations.all(Mention)[0], linked)
    _take_in(work, other)
    _check_anew(work)
    other.close()


def _take_in(work: EntityWork, other: Session) -> None:
    here, there = work.session.library.exchange, other.library.exchange
    here.take_in(there.tell(here.known()))


def _check_anew(work: EntityWork) -> None:
    with Library(work.session.path) as library:
        assert work.now().entries == Entities(library).entries


def test_possible_duplicates_of_an_entity_are_found(work: EntityWork) -> None:
    other = work.create("أوزكوفسكي", "PER")
    assert [twin.name for twin in work.twins(other)] == ["Matt Oczkowski"]


def test_that_two_are_two_is_remembered_travels_and_is_undone(
    work: EntityWork, tmp_path: Path
) -> None:
    matt = named(work, "Matt Oczkowski")
    other, third = work.create("أوزكوفسكي", "PER"), work.create("Matt Oczkowsky", "PER")
    pairs = {("Matt Oczkowski", "أوزكوفسكي"), ("Matt Oczkowski", "Matt Oczkowsky")}
    pairs |= {("أوزكوفسكي", "Matt Oczkowsky")}
    assert _pairs(work) <= pairs and ("Matt Oczkowski", "أوزكوفسكي") in _pairs(work)
    before = _pairs(work)
    work.distinguish(other, matt)
    assert _pairs(work) == before - {("Matt Oczkowski", "أوزكوفسكي")}
    assert other not in work.twins(matt)
    with Library(tmp_path / "other.db") as library:
        import_json(library, [("a.json", export(work.session.path))], "sam")
        assert _pairs(EntityWork(Session(library, "sam"))) == _pairs(work)
    # What is merged takes with it what was said of it.
    work.merge(third, matt)
    assert ("Matt Oczkowsky", "أوزكوفسكي") not in _pairs(work)
    work.merge(named(work, "Matt Oczkowsky"), other)
    assert _pairs(work) == set() and work.now().distinctions == ()
    for _ in range(3):
        work.session.undo()
    assert _pairs(work) == before


def test_that_it_is_not_another_one_keeps_no_entity_from_being_deleted(work: EntityWork) -> None:
    other = work.create("أوزكوفسكي", "PER")
    work.distinguish(other, named(work, "Matt Oczkowski"))
    work.delete(other)
    assert work.now().distinctions == ()
    work.session.undo()
    assert len(work.now().distinctions) == 1


def _pairs(work: EntityWork) -> set[tuple[str, str]]:
    """The possible duplicates by their names, the older entity first."""
    listed = work.table().arranged(EntityView(duplicates=True))
    found = {row.twin.pair for row in listed if row.twin is not None}
    return {(work.now().all[one].name, work.now().all[other].name) for one, other in found}


def test_merged_and_retired_entities_survive_the_way_out_and_in_as_json(
    work: EntityWork, tmp_path: Path
) -> None:
    work.merge(named(work, "Matt Oczkowski"), named(work, "Alexander Nix"))
    work.retire(work.create("Nobody", "ORG"))
    data = export(work.session.path)
    with Library(tmp_path / "other.db") as other:
        import_json(other, [("a.json", data)], "somebody")
        assert set(other.entities.all()) == set(work.session.library.entities.all())
        assert Entities(other).entries == work.now().entries
    assert export(tmp_path / "other.db") == data


def many(path: Path, entities: int) -> Session:
    """A library with very many entities, and one mention of the first of them."""
    with Library(path) as library:
        library.add_articles([EN])
        made = [
            Entity(new_id(), "PER", f"Name{i} Surname{i}", now(), ANN.id, now(), ANN.id)
            for i in range(entities)
        ]
        session = Session(library, "ann")
        session.open_article(EN.id)
        span = session.span([(0, 13)])
        mention = Mention(new_id(), span, "PER", ANN.id, now(), now(), entity=made[0].id)
        records: list[Record] = [*made, mention]
        changes = tuple(Change(None, record) for record in records)
        library.take_in([ANN], [], ANN, Action(new_id(), ANN.id, "import", changes, now()))
    return Session.open(path, "ann")


def test_as_many_queries_are_made_for_10_000_entities_as_for_ten(tmp_path: Path) -> None:
    asked: list[int] = []
    for entities in (10, 10_000):
        session = many(tmp_path / f"{entities}.db", entities)
        queries: list[str] = []
        session.library._access.connection.set_trace_callback(queries.append)
        work = EntityWork(session)
        listed = arranged(work.now().entries, EntityView(text="surname9"))
        assert listed[0].entry.entity.name == "Name9 Surname9"
        assert len(work.now().mentions(work.now().entries[0].entity)) == 1
        asked.append(len([query for query in queries if "data_version" not in query]))
        session.close()
    assert asked[0] == asked[1] < 10


_PICKS = st.lists(st.integers(0, 5), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None)
@given(_PICKS, st.data())
def test_merges_and_splits_in_any_order_are_undone_to_the_very_rows(
    picks: list[int], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder, working(Path(folder)) as work:
        work.create("Third", "PER")
        states = [stored(work)]
        total = sum(entry.mentions for entry in work.now().entries)
        for pick in picks:
            if _act(work, pick, data):
                states.append(stored(work))
                # Only what has changed was read; it is what a library read anew has.
                assert work.now().entries == Entities(work.session.library).entries
                assert sum(entry.mentions for entry in work.now().entries) == total
        for state in reversed(states[:-1]):
            work.session.undo()
            assert stored(work) == state


def _act(work: EntityWork, pick: int, data: st.DataObject) -> bool:
    """Merge, split or part something; False when there is nothing to do."""
    live = [entry.entity for entry in work.now().entries]
    one = data.draw(st.sampled_from(live), label="entity")
    mentions = work.now().mentions(one)
    absorbed = work.now().absorbed(one)
    if pick < 3 and len(live) > 1:
        work.merge(one, data.draw(st.sampled_from([e for e in live if e.id != one.id])))
    elif pick < 5 and mentions:
        work.split(one, data.draw(st.lists(st.sampled_from(mentions), min_size=1)), "Part")
    elif absorbed:
        work.part(data.draw(st.sampled_from(absorbed)))
    else:
        return False
    return True


def test_an_entity_keeps_the_type_that_its_relations_need(work: EntityWork) -> None:
    session = work.session
    leads = RelationType("leads", "leads", "entity", "entity", source_types=("PER",))
    new = replace(session.library.schema(), relation_types=(leads,))
    apply_plan(session.library, "somebody", plan_schema(session.library, new))
    session.schema = session.library.schema()
    matt, other = (entry.entity for entry in work.now().entries[:2])
    if matt.type != "PER":
        matt, other = other, matt
    session.apply(claim_actions.relate(session.author, "leads", matt, other))
    with pytest.raises(AnnotationError, match="“leads” goes from PER, not from WORK"):
        work.retype(matt, "WORK")
    work.retype(other, "WORK")
