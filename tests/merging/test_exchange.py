from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from reader.annotation import actions, entity_actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attribute_actions import say
from reader.annotation.schema import AttributeChoice, AttributeType, EntityType, Schema
from reader.annotation.schema_changes import renamed_schema
from reader.annotation.schema_reading import Rename
from reader.annotation.spans import make_span
from reader.errors import ConflictError, FormatError
from reader.merging.knowledge import Knowledge
from reader.session import Session
from reader.store.library import Library
from reader.work.schema import apply_plan, plan_schema
from reader.work.settling import questions, settle_question
from tests.merging.libraries import ARTICLE, Desk, act, scripts
from tests.records import ENGLISH, make_article

Desks = list[Desk]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Ann and Bob, who both have the article and an entity that Ann made."""
    made = [Desk(tmp_path, "ann"), Desk(tmp_path, "bob")]
    ann, bob = made
    ann.add()
    span = make_span(ARTICLE.id, ENGLISH, [(0, 13)])
    ann.do(actions.tag(ann.author, span, "PER", None))
    ann.do(actions.create_entity(ann.author, "Alexander Nix", "PER", ann.mentions(), "en"))
    bob.hear(ann)
    yield made
    for desk in made:
        desk.library.close()


def together(desks: Desks) -> dict[str, Any]:
    """Let everybody hear everybody, in every order; return what all of them say then."""
    for hearer, teller in permutations(desks, 2):
        hearer.hear(teller)
    for hearer, teller in permutations(desks, 2):
        hearer.hear(teller)
    dumps = [desk.dump() for desk in desks]
    assert all(dump == dumps[0] for dump in dumps)
    assert dumps[0]["problems"] == ()
    return dumps[0]


def test_a_library_that_heard_all_is_equal(desks: Desks) -> None:
    ann, bob = desks
    assert bob.dump() == ann.dump()
    assert together(desks)["conflicts"] == ()


def test_hearing_again_changes_no_byte(desks: Desks, tmp_path: Path) -> None:
    ann, bob = desks
    bob.library.close()
    before = (tmp_path / "bob.db").read_bytes()
    bob.library = Library(tmp_path / "bob.db")
    bob.hear(ann)
    bob.library.close()
    assert (tmp_path / "bob.db").read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("bob*")) == ["bob.db"]
    bob.library = Library(tmp_path / "bob.db")


def test_each_undoes_their_own_after_it(desks: Desks) -> None:
    ann, bob = desks
    bob.do(entity_actions.rename(bob.author, bob.entities()[0], "A. Nix"))
    ann.hear(bob)
    with pytest.raises(ConflictError, match="changed meanwhile by somebody"):
        ann.library.undo(ann.annotator)
    bob.library.undo(bob.annotator)
    ann.hear(bob)
    ann.library.undo(ann.annotator)
    assert ann.entities() == []
    assert together(desks)["conflicts"] == ()


def test_an_entity_deleted_while_another_links_to_it_is_there_for_both(desks: Desks) -> None:
    ann, bob = desks
    ann.do(entity_actions.create(ann.author, "Nobody", "PER"))
    bob.hear(ann)
    nobody = next(entity for entity in ann.entities() if entity.name == "Nobody")
    ann.do(entity_actions.delete(ann.author, nobody))
    bob.do(actions.link(bob.author, bob.mentions()[0], nobody.id))
    said = together(desks)
    assert [entity.name for entity in ann.entities()] == ["Alexander Nix", "Nobody"]
    (conflict,) = said["conflicts"]
    assert (conflict.record, conflict.field) == (nobody.id, "deleted")
    # It goes with the last mention that needed it.
    bob.do(actions.delete(bob.author, bob.mentions()[0]))
    assert [entity.name for entity in bob.entities()] == ["Alexander Nix"]
    assert together(desks)["conflicts"] == ()


def undo_gives_it_back(desks: Desks) -> None:
    """Let Ann settle what there is with each value, and take that back."""
    ann, bob = desks
    before = together(desks)
    (question,) = questions(ann.library)
    for number in range(len(question.answers)):
        session = Session(ann.library, "ann")
        settle_question(session, question, number)
        if number % 2:
            together(desks)
        settled = ann.dump()
        assert settled["conflicts"] == ()
        ann.library.undo(ann.annotator)
        after = together(desks)
        assert after["records"] == before["records"]
        assert after["conflicts"] == before["conflicts"]
        # What was redone is settled, and what was settled can be taken back again.
        ann.library.redo(ann.annotator)
        assert together(desks)["records"] == settled["records"]
        assert bob.dump()["conflicts"] == ()
        ann.library.undo(ann.annotator)
        assert together(desks)["conflicts"] == before["conflicts"]


def test_who_takes_back_what_settled_two_names_has_both_again(desks: Desks) -> None:
    for desk in desks:
        desk.do(entity_actions.rename(desk.author, desk.entities()[0], f"Nix of {desk.name}"))
    undo_gives_it_back(desks)


def test_who_takes_back_what_settled_a_deletion_is_asked_again(desks: Desks) -> None:
    ann, bob = desks
    ann.do(actions.delete(ann.author, ann.mentions()[0]))
    bob.do(actions.link(bob.author, bob.mentions()[0], None))
    undo_gives_it_back(desks)


def test_who_takes_back_that_something_referred_to_stays_is_asked_again(desks: Desks) -> None:
    ann, bob = desks
    ann.do(entity_actions.create(ann.author, "Nobody", "PER"))
    bob.hear(ann)
    nobody = next(entity for entity in ann.entities() if entity.name == "Nobody")
    ann.do(entity_actions.delete(ann.author, nobody))
    bob.do(actions.link(bob.author, bob.mentions()[0], nobody.id))
    before = together(desks)
    (question,) = questions(ann.library)
    settle_question(Session(ann.library, "ann"), question, 0)
    assert together(desks)["conflicts"] == ()
    ann.library.undo(ann.annotator)
    after = together(desks)
    assert after["records"] == before["records"]
    (conflict,) = after["conflicts"]
    assert (conflict.record, conflict.field) == (nobody.id, "deleted")
    # It still goes with the last mention that needs it.
    bob.do(actions.delete(bob.author, bob.mentions()[0]))
    assert [entity.name for entity in ann.entities()] == ["Alexander Nix", "Nobody"]
    assert together(desks)["conflicts"] == ()
    assert [entity.name for entity in ann.entities()] == ["Alexander Nix"]


def test_who_takes_back_what_opened_a_circle_is_asked_again(desks: Desks) -> None:
    ann, bob = desks
    ann.do(entity_actions.create(ann.author, "Nix", "PER"))
    bob.hear(ann)
    one, two = ann.entities()
    ann.do(entity_actions.merge(ann.author, one, two))
    bob.do(entity_actions.merge(bob.author, two, one))
    before = together(desks)
    circle = next(each for each in questions(ann.library) if each.field == "merged_into")
    for number in range(len(circle.answers)):
        settle_question(Session(ann.library, "ann"), circle, number)
        fields = [conflict.field for conflict in together(desks)["conflicts"]]
        assert "merged_into" not in fields
        ann.library.undo(ann.annotator)
        after = together(desks)
        assert (after["records"], after["conflicts"]) == (before["records"], before["conflicts"])


def test_two_merged_into_each_other_are_one(desks: Desks) -> None:
    ann, bob = desks
    ann.do(entity_actions.create(ann.author, "Nix", "PER"))
    bob.hear(ann)
    one, two = ann.entities()
    ann.do(entity_actions.merge(ann.author, one, two))
    bob.do(entity_actions.merge(bob.author, two, one))
    conflicts = together(desks)["conflicts"]
    assert len(ann.entities()) == len(bob.entities()) == 1
    assert "merged_into" in [conflict.field for conflict in conflicts]


def test_an_article_that_both_added_is_one(tmp_path: Path) -> None:
    ann, bob = Desk(tmp_path, "ann"), Desk(tmp_path, "bob")
    ann.add()
    other = replace(ARTICLE, sources=("b.txt",), tags=("x",), added="2025-01-01T00:00:00Z")
    bob.library.add_articles([other])
    together([ann, bob])
    article = ann.library.articles.read(ARTICLE.id)
    assert set(article.sources) == {"a.txt", "b.txt"}
    assert (article.tags, article.added) == (("x",), "2025-01-01T00:00:00Z")


def test_articles_are_listed_as_they_were_added(tmp_path: Path) -> None:
    ann, bob = Desk(tmp_path, "ann"), Desk(tmp_path, "bob")
    made = [make_article(f"Text {n}.", sources=(f"news/{n}.txt",)) for n in range(8, 13)]
    ann.library.add_articles(made)
    bob.hear(ann)
    ids = [entry.id for entry in bob.library.articles.listed("")]
    assert ids == [article.id for article in made]
    for desk in (ann, bob):
        desk.library.close()


def test_what_is_incomplete_changes_nothing(desks: Desks, tmp_path: Path) -> None:
    ann, bob = desks
    ann.do(entity_actions.rename(ann.author, ann.entities()[0], "A"))
    ann.do(entity_actions.rename(ann.author, ann.entities()[0], "B"))
    told = ann.library.exchange.tell(bob.library.exchange.known())
    before = bob.dump()
    with pytest.raises(FormatError, match=r"it builds on step .* neither here nor there"):
        bob.library.exchange.take_in(Knowledge(told.annotators, {}, (), told.deeds[1:]))
    assert bob.dump() == before
    third = Desk(tmp_path, "cid")
    with pytest.raises(FormatError, match="it builds on"):
        third.library.exchange.take_in(Knowledge(told.annotators, {}, (), told.deeds))


def test_an_older_library_knows_what_its_steps_were_made_upon(desks: Desks, tmp_path: Path) -> None:
    ann, _ = desks
    ann.do(entity_actions.rename(ann.author, ann.entities()[0], "A"))
    expected = ann.dump()
    ann.library.close()
    aged = tmp_path / "aged.db"
    shutil.copy(tmp_path / "ann.db", aged)
    with sqlite3.connect(aged) as connection:
        parents = connection.execute("SELECT id, parents FROM history ORDER BY id").fetchall()
        for statement in (
            "DROP INDEX idx_history_record",
            "DROP TABLE arrival",
            "DROP TABLE unsettled",
            "ALTER TABLE history DROP COLUMN parents",
            "ALTER TABLE history DROP COLUMN settled",
            "DROP INDEX idx_action_clock",
            "CREATE UNIQUE INDEX idx_action_clock ON action (clock)",
            "DELETE FROM _sqlite_migrations WHERE name = 'm006_ancestry'",
        ):
            connection.execute(statement)
    connection.close()
    with Library(aged) as old:
        assert old.problems() == ()
        old.add_articles([])
    with sqlite3.connect(aged) as connection:
        found = connection.execute("SELECT id, parents FROM history ORDER BY id").fetchall()
    connection.close()
    assert found == parents
    ann.library = Library(aged)
    assert ann.dump() == expected


@given(scripts)
@settings(max_examples=25, deadline=None)
def test_libraries_that_told_each_other_all_are_equal(
    script: list[tuple[int, str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desks = [Desk(Path(folder), name) for name in ("ann", "bob", "cid")]
        desks[0].add()
        desks[1].add()
        for who, verb, number in script:
            act(desks, who, verb, number)
        together(desks)
        fresh = Desk(Path(folder), "dan")
        fresh.hear(desks[2])
        assert fresh.dump() == desks[0].dump()
        for desk in (*desks, fresh):
            desk.library.close()


def apply(desk: Desk, change: Callable[[Schema], Schema], *renames: Rename) -> None:
    apply_plan(
        desk.library, desk.name, plan_schema(desk.library, change(desk.library.schema()), renames)
    )


def test_schemas_are_joined_row_by_row_and_no_record_loses_its_type(desks: Desks) -> None:
    ann, bob = desks
    law, tax = EntityType("LAW", "Law", "9", value="other"), EntityType("TAX", "Tax")
    names = Rename("entity_types", "PER", "PERSON"), Rename("entity_types", "DATE", "WHEN")
    apply(ann, lambda s: renamed_schema(s, names), *names)
    apply(ann, lambda s: replace(s, entity_types=(law, *s.entity_types[:-1])))
    bob.do(actions.tag(bob.author, make_span(ARTICLE.id, ENGLISH, [(19, 33)]), "PER"))
    apply(bob, lambda s: replace(s, entity_types=(*s.entity_types, tax)))
    together(desks)
    schemas = [desk.library.schema() for desk in desks]
    assert schemas[0] == schemas[1]
    kinds = {kind.name: kind for kind in schemas[0].entity_types}
    assert {"PERSON", "PER", "LAW", "TAX", "OTHER"} <= kinds.keys()
    used = {type for _, type in ann.library.records.used_labels().types}
    assert used == {"PER", "PERSON"}
    assert schemas[0].values == {"DATE", "WHEN", "MONEY", "NUMBER", "LAW"}
    keys = [kind.key for kind in kinds.values() if kind.key]
    assert len(keys) == len(set(keys))
    # What another changed meanwhile stands in the way of an undo; nothing else does.
    apply(bob, lambda s: replace(s, relation_types=s.relation_types[1:]))
    assert bob.library.undo(bob.annotator) is not None
    assert bob.library.schema() == schemas[1]


def test_a_type_that_one_renamed_and_another_used_goes_into_the_new_one(desks: Desks) -> None:
    ann, bob = desks
    person = Rename("entity_types", "PER", "PERSON")
    apply(ann, lambda s: renamed_schema(s, [person]), person)
    bob.do(actions.tag(bob.author, make_span(ARTICLE.id, ENGLISH, [(19, 33)]), "PER"))
    together(desks)
    apply(ann, lambda s: renamed_schema(s, [person]), person)
    together(desks)
    for desk in desks:
        assert {mention.type for mention in desk.mentions()} == {"PERSON"}
        assert "PER" not in {kind.name for kind in desk.library.schema().entity_types}
        assert desk.library.problems() == ()
    assert ann.library.undo(ann.annotator) is not None
    assert {mention.type for mention in ann.mentions()} == {"PER", "PERSON"}


def test_a_change_of_the_schema_that_was_heard_can_be_taken_back(desks: Desks) -> None:
    ann, bob = desks
    before = ann.library.schema()
    apply(ann, lambda s: replace(s, entity_types=s.entity_types[:-1]))
    bob.hear(ann)
    assert bob.library.schema() == ann.library.schema()
    assert bob.library.undo(ann.annotator) is not None
    assert bob.library.schema() == before


def test_a_value_that_one_renamed_and_another_said_stays_known(desks: Desks) -> None:
    ann, bob = desks
    values = (AttributeChoice("likely", "Likely"), AttributeChoice("sure", "Sure"))
    how = AttributeType("how", "How", values=values)
    apply(ann, lambda s: replace(s, attributes=(how,)))
    bob.hear(ann)
    renamed = Rename("values", "likely", "probable", "how")
    apply(ann, lambda s: renamed_schema(s, [renamed]), renamed)
    (mention,) = bob.mentions()
    author = Author(bob.annotator, AnnotationSet.of([mention]), bob.library.schema())
    action = say(author, mention, "how", "likely")
    assert action is not None
    bob.do(action)
    together(desks)
    for desk in desks:
        (row,) = desk.library.schema().attributes
        assert [(v.name, v.retired) for v in row.values] == [
            *(("probable", False), ("sure", False), ("likely", True)),
        ]
