from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotation import actions, claim_actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id
from reader.annotation.model import Annotator, Claim, Entity, Mention, Ref, ref_to
from reader.annotation.schema import DEFAULT_SCHEMA, EntityType, Schema
from reader.annotation.spans import make_span
from reader.errors import AnnotationError, ConflictError, LibraryError
from reader.store.articles import Shown, list_articles
from reader.store.library import Library
from tests.records import ANN, ARABIC, BOB, ENGLISH, make_article, set_schema

ARTICLE = make_article(ARABIC, "ar")
OTHER = make_article(ENGLISH)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE, OTHER])
    yield path


def tag(start: int, end: int, type: str = "PER") -> Action:
    span = make_span(ARTICLE.id, ARABIC, [(start, end)])
    return actions.tag(Author(ANN, AnnotationSet()), span, type)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_articles_come_back_as_they_were(path: Path) -> None:
    with Library(path) as library:
        assert library.articles.read(ARTICLE.id) == ARTICLE
        assert [entry.id for entry in library.articles.listed(ANN.id)] == [ARTICLE.id, OTHER.id]


def test_any_text_comes_back_to_the_code_point(path: Path) -> None:
    hostile = make_article("a\x00b\r\n\u202e\x1b[31m[/red] \u00a0\U0001f468\u200d\U0001f469 \ufdd0")
    with Library(path) as library:
        assert library.add_articles([hostile]) == (True,)
    with Library(path) as library:
        assert library.articles.read(hostile.id).text == hostile.text
        assert library.problems() == ()


def test_the_same_text_twice_adds_nothing(path: Path) -> None:
    with Library(path) as library:
        assert library.add_articles([ARTICLE, make_article("new")]) == (False, True)
        assert len(library.articles.listed(ANN.id)) == 3


def test_the_list_is_read_anew_after_a_change_here_and_elsewhere(path: Path) -> None:
    with Library(path) as library, Library(path) as other:
        before = library.articles.listed(ANN.id)
        assert library.articles.listed(ANN.id) is before
        other.add_articles([make_article("elsewhere")])
        assert len(library.articles.listed(ANN.id)) == len(before) + 1
        library.add_articles([make_article("here")])
        assert len(library.articles.listed(ANN.id)) == len(before) + 2
        assert len(other.articles.listed(ANN.id)) == len(before) + 2
        library.perform(ANN, tag(0, 5))
        assert sum(entry.mentions for entry in library.articles.listed("")) == 1
        assert library.articles.listed("", "removed") == ()


def test_reading_changes_no_byte_and_leaves_no_file(path: Path) -> None:
    before = digest(path), path.stat().st_mtime_ns
    with Library(path) as library:
        library.articles.listed(ANN.id)
        library.records.around(ARTICLE.id)
        library.records.all()
        assert library.problems() == ()
    assert (digest(path), path.stat().st_mtime_ns) == before
    assert os.listdir(path.parent) == [path.name]


def test_looking_at_a_library_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with Library(tmp_path / "none.db") as library:
        assert library.articles.listed(ANN.id) == ()
        assert library.schema().entity_type("PER") is not None
    assert os.listdir(tmp_path) == []


def test_undoing_nothing_writes_nothing(tmp_path: Path, path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    with Library(path) as library, Library(tmp_path / "none.db") as missing:
        for turn in (library.undo, library.redo, missing.undo, missing.redo):
            assert turn(ANN) is None
        assert os.listdir(path.parent) == [path.name]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_library_at_rest_is_one_file_with_a_rollback_journal(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        assert path.with_name("annotations.db-wal").exists()
    assert os.listdir(path.parent) == [path.name]
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_the_last_of_two_writers_puts_the_library_to_rest(path: Path) -> None:
    first, second = Library(path), Library(path)
    first.perform(ANN, tag(4, 7))
    second.perform(BOB, actions.set_status(Author(BOB, AnnotationSet()), OTHER.id, "done"))
    first.close()
    assert path.read_bytes()[18:20] == b"\x02\x02"
    second.close()
    assert os.listdir(path.parent) == [path.name]
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_a_reader_that_outlives_the_writer_puts_the_library_to_rest(path: Path) -> None:
    looking = Library(path)
    with Library(path) as writing:
        writing.perform(ANN, tag(4, 7))
        assert len(looking.records.around(ARTICLE.id)) == 2
    looking.close()
    assert os.listdir(path.parent) == [path.name]
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_undo_and_redo_hold_over_restarts(path: Path) -> None:
    for start in (4, 8, 19):
        with Library(path) as library:
            library.perform(ANN, tag(start, start + 3))
    undone = []
    for _ in range(4):
        with Library(path) as library:
            undone.append(library.undo(ANN))
    assert [action.place.start if action and action.place else None for action in undone] == [
        *(19, 8, 4),
        None,
    ]
    with Library(path) as library:
        assert library.records.around(ARTICLE.id) == ()
        assert library.redo(ANN) is not None
        assert [record.span.start for record in mentions(library)] == [4]
        library.perform(ANN, tag(30, 33))
        assert library.redo(ANN) is None
        assert library.undo(ANN) is not None
        assert library.undo(ANN) is not None
        assert mentions(library) == []


def mentions(library: Library) -> list[Mention]:
    return [record for record in library.records.all() if isinstance(record, Mention)]


def test_undo_takes_back_ones_own_work_only(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        assert library.undo(BOB) is None
        assert len(mentions(library)) == 1


def test_undo_refuses_when_another_has_changed_the_record_since(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        mention = mentions(library)[0]
        edit = actions.edit_mention(
            Author(BOB, AnnotationSet.of([mention])), mention, type="ORG", kind="nominal"
        )
        library.perform(BOB, edit)
        with pytest.raises(ConflictError, match="changed meanwhile"):
            library.undo(ANN)
        assert [record.type for record in mentions(library)] == ["ORG"]
        library.undo(BOB)
        library.undo(ANN)
        assert mentions(library) == []


def test_a_stale_change_is_refused_and_changes_nothing(path: Path) -> None:
    with Library(path) as library, Library(path) as rival:
        library.perform(ANN, tag(4, 7))
        mention = mentions(library)[0]
        author = Author(BOB, AnnotationSet.of([mention]))
        rival.perform(BOB, actions.delete(author, mention))
        with pytest.raises(ConflictError, match="was deleted meanwhile"):
            library.perform(ANN, actions.edit_mention(author, mention, type="ORG"))
        assert [entry.what for entry in library.history()] == [
            "tag PER “مات”",
            "delete PER “مات”",
        ]


def test_an_entity_that_others_link_to_cannot_be_undone_away(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        alone = Author(ANN, AnnotationSet())
        library.perform(ANN, actions.create_entity(alone, "Matt", "PER"))
        entity = next(r for r in library.records.all() if isinstance(r, Entity))
        mention = mentions(library)[0]
        author = Author(BOB, AnnotationSet.of([entity, mention]))
        library.perform(BOB, actions.link(author, mention, entity.id))
        with pytest.raises(ConflictError, match="Something else refers to this"):
            library.undo(ANN)
        assert library.records.get(ref_to(entity)) == entity
        assert library.problems() == ()


def test_nothing_is_left_to_point_at_what_is_deleted(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        mention = mentions(library)[0]
        alone = Author(BOB, AnnotationSet())
        claims = [Claim(new_id(), "It rains.", "en", *("", BOB.id) * 2) for _ in range(2)]
        library.perform(
            BOB, Author(BOB, AnnotationSet()).action("", (Change(None, c) for c in claims))
        )
        library.perform(BOB, claim_actions.relate(alone, "same as", claims[0], claims[1]))
        library.perform(BOB, actions.add_note(alone, ref_to(mention), "Who?", ARTICLE.id))
        before = library.records.all()
        for gone in (mention, claims[0], claims[1]):
            deletion = Author(ANN, AnnotationSet()).action("", [Change(gone, None)])
            with pytest.raises(ConflictError, match="Something else refers to this"):
                library.perform(ANN, deletion)
        for lost in (Ref("mention", "gone"), Ref("article", "gone"), Ref("claim", mention.id)):
            with pytest.raises(ConflictError, match="it refers to what is gone"):
                library.perform(BOB, actions.add_note(alone, lost, "Hm.", None))
        assert library.records.all() == before


def test_half_a_surrogate_pair_is_refused_in_one_line(path: Path) -> None:
    author = Author(ANN, AnnotationSet())
    with Library(path) as library:
        with pytest.raises(AnnotationError, match="half of a surrogate pair"):
            library.perform(ANN, actions.create_entity(author, "a\ud800", "PER"))
        assert library.records.all() == ()
        assert library.history() == ()


def test_the_history_keeps_who_what_where_before_and_after(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        library.undo(ANN)
        done, undone = library.history()
    assert (done.mode, done.annotator, done.what) == ("do", ANN.id, "tag PER “مات”")
    assert done.place is not None
    assert (done.place.start, done.place.end) == (4, 7)
    assert (undone.mode, undone.target, undone.clock) == ("undo", done.id, 2)
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT kind, before IS NULL, after IS NULL FROM history ORDER BY id"
    ).fetchall()
    connection.close()
    assert rows == [("mention", 1, 0), ("status", 1, 0), ("status", 0, 1), ("mention", 0, 1)]


def test_an_annotator_keeps_the_id_of_the_name(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
    with Library(path) as library:
        assert library.people.who("ann") == ANN
        assert library.people.who("bob").id != BOB.id
        assert library.people.all() == (ANN,)


def test_the_schema_is_kept_and_the_types_in_use_are_known(path: Path) -> None:
    own = EntityType("شخص", "شخص [x]", "1")
    schema = Schema((own, EntityType("PER", "Person", retired=True)), ())
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        assert library.records.used_labels().types == {("mention", "PER"): 1}
        with pytest.raises(ConflictError, match="The schema has no “PER” any more"):
            set_schema(library, Schema((own,), ()))
        assert library.schema() == DEFAULT_SCHEMA
        set_schema(library, schema)
    with Library(path) as library:
        assert library.schema() == schema
        with pytest.raises(ConflictError, match="The schema has no “ORG” any more"):
            library.perform(ANN, tag(4, 9, "ORG"))
        library.undo(ANN)
        assert library.schema() == DEFAULT_SCHEMA


def test_an_article_that_is_not_there_is_named(path: Path) -> None:
    with Library(path) as library, pytest.raises(LibraryError, match="there is no article nope"):
        library.articles.read("nope")


def test_problems_are_found(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE span SET quote = 'مار'")
    connection.execute("UPDATE article SET text = text || '!' WHERE id = ?", (OTHER.id,))
    connection.execute("UPDATE mention SET entity = 'gone'")
    connection.commit()
    connection.close()
    with Library(path) as library:
        found = "\n".join(library.problems())
    assert "4-7 is not its quote" in found
    assert f"article {OTHER.id}: its text is not the one that was added" in found
    assert "mention: row 1 refers to a missing entity" in found


def test_a_name_that_another_window_just_took_is_not_doubled(path: Path) -> None:
    with Library(path) as library:
        library.perform(ANN, tag(4, 7))
        twin = Annotator(new_id(), ANN.name)
        with pytest.raises(ConflictError, match="ann began to annotate in another window"):
            library.perform(twin, actions.set_status(Author(twin, AnnotationSet()), "x", "done"))
        assert library.people.all() == (ANN,)


def test_the_list_is_made_without_going_through_the_texts(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        kinds: tuple[Shown, ...] = ("present", "removed", "all")
        for shown in kinds:
            asked: list[str] = []
            connection.set_trace_callback(asked.append)
            list_articles(connection, ANN.id, shown)
            connection.set_trace_callback(None)
            plans = [connection.execute(f"EXPLAIN QUERY PLAN {q}").fetchall() for q in asked]
            steps = [step[3] for plan in plans for step in plan]
            assert [s for s in steps if "article_listed" in s] == [
                "SCAN article USING COVERING INDEX article_listed"
            ]
            assert "SCAN article" not in steps
