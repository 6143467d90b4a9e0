"""`reader merge`, `sync` and `conflicts`: two annotators, each with a library of their own."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from reader.annotation import actions, entity_actions
from reader.annotation.model import Entity
from reader.annotation.spans import make_span
from reader.session import Session
from reader.store.library import Library
from reader.work.settling import questions, settle_question
from tests.cli.run import run
from tests.merging.libraries import ARTICLE, Desk
from tests.records import ENGLISH

VERSION = "Alexander Nix, the head of the firm, told the committee on Monday that he met nobody.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ann's and Bob's libraries: both gave one entity another name."""
    ann, bob = Desk(tmp_path, "ann"), Desk(tmp_path, "bob")
    ann.add()
    span = make_span(ARTICLE.id, ENGLISH, [(0, 13)])
    ann.do(actions.tag(ann.author, span, "PER", None))
    ann.do(actions.create_entity(ann.author, "Nix", "PER", ann.mentions(), "en"))
    bob.hear(ann)
    ann.do(entity_actions.rename(ann.author, ann.entities()[0], "ألكسندر نيكس"))
    bob.do(entity_actions.rename(bob.author, bob.entities()[0], "A. Nix"))
    for desk in (ann, bob):
        desk.library.close()
    return tmp_path


def test_merging_brings_in_what_the_other_has(folder: Path) -> None:
    ann, bob = folder / "ann.db", folder / "bob.db"
    theirs = bob.read_bytes()
    done = run(folder, "merge", "--dry-run", str(bob), "--db", str(ann))
    assert "0 new articles and 1 new action would come in." in done.err
    done = run(folder, "merge", str(bob), "--db", str(ann))
    assert done.code == 0
    assert f"{bob}: 0 new articles and 1 new action came in." in done.err
    assert "1 conflict is to be settled" in done.err
    again = run(folder, "merge", str(bob), "--db", str(ann))
    assert f"{bob}: nothing new." in again.err
    assert bob.read_bytes() == theirs


def test_a_folder_brings_both_together(folder: Path) -> None:
    shared = folder / "shared"
    for name in ("ann", "bob", "ann"):
        done = run(folder, "sync", str(shared), "--db", str(folder / f"{name}.db"))
        assert done.code == 0, done.err
    assert "1 new action came in." in done.err
    done = run(folder, "conflicts", "--db", str(folder / "ann.db"))
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert [line[3] for line in lines] == ["name", "name"]
    assert {(line[6], line[7]) for line in lines} == {
        ("ann", "ألكسندر نيكس"),
        ("bob", "A. Nix"),
    }
    found = run(folder, "conflicts", "--json", "--db", str(folder / "ann.db"))
    (conflict,) = json.loads(found.out)
    assert conflict["kind"] == "entity"
    assert len(conflict["values"]) == 2


def test_settling_is_an_action_that_undo_takes_back(folder: Path) -> None:
    ann = folder / "ann.db"
    run(folder, "merge", str(folder / "bob.db"), "--db", str(ann))
    wrong = run(folder, "conflicts", "--settle", "2", "1", "--db", str(ann))
    assert wrong.code == 2
    assert "there is no conflict 2" in wrong.err
    settle = ("conflicts", "--settle", "1", "2", "--annotator", "ann")
    done = run(folder, *settle, "--db", str(ann))
    assert done.code == 0, done.err
    nothing = run(folder, "conflicts", "--db", str(ann))
    assert (nothing.code, nothing.out) == (1, "")
    assert "there is nothing to settle." in nothing.err
    assert "settle name of entity" in Library(ann).history()[-1].what
    session = Session.open(ann, "ann")
    session.undo()
    session.close()
    again = run(folder, "conflicts", "--db", str(ann))
    assert (again.code, len(again.out.splitlines())) == (0, 2)


def test_what_cannot_be_merged_is_one_line(folder: Path) -> None:
    ann = str(folder / "ann.db")
    (folder / "text.db").write_text("not a library at all, and longer than a header of SQLite")
    (folder / "empty.db").touch()
    for other, line in (
        ("empty.db", "empty.db: it is empty, and no library"),
        ("none.db", "none.db: there is no library of this name"),
        (ann, "it is the library itself"),
        ("text.db", "it is not a library"),
    ):
        before = Path(ann).read_bytes()
        done = run(folder, "merge", other, "--db", ann)
        assert done.code in (1, 2)
        assert line in done.err
        assert done.err.count("\n") == 1
        assert Path(ann).read_bytes() == before


def test_a_circle_can_be_opened_at_either_side(folder: Path) -> None:
    ann, bob = Desk(folder, "cid"), Desk(folder, "dan")
    ann.add()
    for name in ("Nix", "Alexander Nix"):
        ann.do(entity_actions.create(ann.author, name, "PER"))
    bob.hear(ann)
    one, two = ann.entities()
    ann.do(entity_actions.merge(ann.author, one, two))
    bob.do(entity_actions.merge(bob.author, two, one))
    ann.hear(bob)
    session = Session(ann.library, "cid")
    (circle,) = [each for each in questions(ann.library) if each.field == "merged_into"]
    settle_question(session, circle, 1)
    assert [each.field for each in questions(ann.library) if each.field == "merged_into"] == []
    (standing,) = ann.entities()
    assert {one.id, two.id} == {standing.id, circle.ref.id}
    kept = ann.library.records.get(circle.ref)
    assert isinstance(kept, Entity)
    assert kept.merged_into == standing.id
    assert ann.library.problems() == ()


def test_two_that_are_one_item_of_wikidata_are_united(folder: Path) -> None:
    for name, words in (("cid", "Donald Trump"), ("dan", "دونالد ترامب")):
        desk = Desk(folder, name)
        desk.add()
        desk.do(entity_actions.create(desk.author, words, "PER"))
        (made,) = desk.entities()
        author = desk.author.on([made])
        desk.do(entity_actions.identify(author, made, "Q22686", "confirmed"))
        desk.library.close()
    done = run(folder, "merge", "dan.db", "--db", "cid.db")
    assert "دونالد ترامب is Donald Trump: both are confirmed to be one item" in done.err
    with Library(folder / "cid.db") as library:
        found = [each for each in library.records.shared() if isinstance(each, Entity)]
        (standing,) = [each for each in found if each.merged_into is None]
        assert standing.name == "Donald Trump"
        assert [alias.text for alias in standing.aliases] == ["دونالد ترامب"]
        assert library.problems() == ()
    # The other library comes to the same by itself.
    run(folder, "merge", "cid.db", "--db", "dan.db")
    for name in ("cid.db", "dan.db"):
        assert run(folder, "conflicts", "--db", name).code == 1


def test_two_that_somebody_parted_are_not_united_again(folder: Path) -> None:
    for name, words in (("cid", "Donald Trump"), ("dan", "Trump")):
        desk = Desk(folder, name)
        desk.add()
        desk.do(entity_actions.create(desk.author, words, "PER"))
        (made,) = desk.entities()
        desk.do(entity_actions.identify(desk.author.on([made]), made, "Q22686", "confirmed"))
        desk.library.close()
    for name in ("cid", "dan"):
        done = run(folder, "sync", "both", "--db", f"{name}.db", "--annotator", name)
    assert "Trump is Donald Trump: both are confirmed to be one item" in done.err
    # That it was done is in the folder at once, so that nobody does it a second time.
    done = run(folder, "sync", "both", "--db", "cid.db", "--annotator", "cid")
    assert "confirmed to be one item" not in done.err
    session = Session.open(folder / "dan.db", "dan")
    assert session.undo() is not None
    session.close()
    for name in ("dan", "cid"):
        done = run(folder, "sync", "both", "--db", f"{name}.db", "--annotator", name)
        assert "confirmed to be one item" not in done.err
        with Library(folder / f"{name}.db") as library:
            found = [each for each in library.records.shared() if isinstance(each, Entity)]
            assert [each.merged_into for each in found] == [None, None]


def test_a_conflict_over_an_article_names_it_by_its_title(folder: Path) -> None:
    for name in ("cid", "dan"):
        (folder / "a.txt").write_text(VERSION)
        run(folder, "add", "a.txt", "--db", f"{name}.db")
        run(folder, "edit", "1", "--publisher", name, "--db", f"{name}.db", "--annotator", name)
    run(folder, "merge", "dan.db", "--db", "cid.db", "--annotator", "cid")
    done = run(folder, "conflicts", "--db", "cid.db")
    assert "article “Alexander Nix, the head of the firm" in done.out


def test_marks_of_an_old_version_come_to_the_new_one(folder: Path) -> None:
    for name in ("cid", "dan"):
        (folder / "a.txt").write_text(VERSION)
        run(folder, "add", "a.txt", "--db", f"{name}.db")
    (folder / "a.txt").write_text(f"Updated on Tuesday.\n\n{VERSION}")
    run(folder, "add", "a.txt", "--db", "cid.db", "--annotator", "cid")
    session = Session.open(folder / "dan.db", "dan")
    session.open_article(session.articles()[0].id)
    session.marking.tag([(0, 13)], "PER")
    session.close()
    run(folder, "sync", "both", "--db", "dan.db", "--annotator", "dan")
    done = run(folder, "sync", "both", "--db", "cid.db", "--annotator", "cid")
    assert ": 1 carried over that the version before got meanwhile." in done.err
    shown = run(folder, "show", "1", "--db", "cid.db")
    assert "Updated" in shown.out and "PER" in shown.out
    (folder / "a.txt").write_text(f"Corrected on Friday.\n\n{VERSION}")
    run(folder, "add", "a.txt", "--db", "dan.db", "--annotator", "dan")
    done = run(folder, "merge", "dan.db", "--db", "cid.db", "--annotator", "cid")
    assert "each is a new version of " in done.err


def test_another_content_under_a_known_id_is_refused(folder: Path) -> None:
    ann, bob = folder / "ann.db", folder / "bob.db"
    changed = "UPDATE history SET after = json_set(after, '$.name', 'Else') WHERE kind = 'entity'"
    with sqlite3.connect(bob) as connection:
        connection.execute(f"{changed} AND parents = '[]'")
    connection.close()
    before = ann.read_bytes()
    for extra in ((), ("--dry-run",)):
        done = run(folder, "merge", *extra, "bob.db", "--db", "ann.db")
        assert done.code == 1
        assert "bob.db: action " in done.err
        assert "(“new entity Nix”, " in done.err
        assert 'is "Else" there and "Nix" here' in done.err
        assert done.err.count("\n") == 1
        assert ann.read_bytes() == before


@pytest.mark.parametrize("clock", [2**21, 2**63 - 1])
def test_a_clock_that_no_history_leads_to_is_refused(folder: Path, clock: int) -> None:
    """Every action after it would be higher still, till no number is left."""
    ann, bob = folder / "ann.db", folder / "bob.db"
    with sqlite3.connect(bob) as connection:
        connection.execute(
            "UPDATE action SET clock = ? WHERE clock = (SELECT max(clock) FROM action)", (clock,)
        )
    connection.close()
    before = ann.read_bytes()
    done = run(folder, "merge", "bob.db", "--db", "ann.db")
    assert done.code == 1
    assert f"has the clock {clock}, and there are 4 actions in all" in done.err
    assert ann.read_bytes() == before
