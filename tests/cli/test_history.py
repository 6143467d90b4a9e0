"""`reader history`: what was done, and back to any state of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reader.annotation.codec import encode_record
from reader.annotation.model import Mention, kind_of
from reader.session import Session
from reader.store.library import Library
from tests.cli.run import ROOT, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped library, in which Noor has tagged, linked, deleted and undone."""
    path = tmp_path / "annotations.db"
    shutil.copy(ROOT / "annotations.db", path)
    session = Session.open(path, "نور")
    session.open_article(session.articles()[0].id)
    mention = session.marking.tag([(0, 4)], "OTHER")
    session.marking.create_entity("New [b]one[/b]", "OTHER", mention)
    (linked,) = [each for each in session.annotations.all(Mention) if each.id == mention.id]
    session.marking.delete(linked)
    session.undo()
    session.close()
    return tmp_path


def records(folder: Path) -> list[tuple[str, str, str]]:
    with Library(folder / "annotations.db") as library:
        assert library.problems() == ()
        return sorted((kind_of(r), r.id, str(encode_record(r))) for r in library.records.all())


def test_the_newest_comes_first(folder: Path) -> None:
    lines = [line.split("\t") for line in run(folder, "history", "--limit", "4").out.splitlines()]
    assert [(line[2], line[3]) for line in lines] == [
        ("نور", "undo"),
        ("نور", "do"),
        ("نور", "do"),
        ("نور", "do"),
    ]
    assert lines[2][4] == "new entity New [b]one[/b]"


def test_of_one_article_or_annotator(folder: Path) -> None:
    assert len(run(folder, "history", "1", "--by", "نور").out.splitlines()) == 4
    assert run(folder, "history", "2", "--by", "نور").out == ""
    done = run(folder, "history", "--by", "nobody")
    assert (done.code, done.out) == (2, "")
    assert "nobody has done nothing here; known are" in done.err


def test_every_change_is_in_the_json(folder: Path) -> None:
    found = json.loads(run(folder, "history", "--json", "--limit", "3").out)
    undone, deleted, created = found
    assert undone["target"] == deleted["id"]
    assert [change["kind"] for change in created["changes"]] == ["entity", "mention"]
    assert created["changes"][0]["before"] is None
    assert deleted["changes"][0]["after"] is None


def test_back_to_before_and_forth_again(folder: Path) -> None:
    now = records(folder)
    ids = [entry["id"] for entry in json.loads(run(folder, "history", "--json").out)]
    before = ids[4]
    dry = run(folder, "history", "--back-to", before, "--dry-run")
    assert "3 records would change." in dry.err
    assert records(folder) == now
    done = run(folder, "history", "--back-to", before[-8:].lower())
    assert done.code == 0, done.err
    with Library(ROOT / "annotations.db") as shipped:
        first = sorted((kind_of(r), r.id, str(encode_record(r))) for r in shipped.records.all())
    assert records(folder) == first
    # To go back was an action like any other.
    run(folder, "history", "--back-to", ids[0])
    assert records(folder) == now
    assert "to change" in run(folder, "history", "--back-to", ids[0]).err


@pytest.mark.parametrize(
    ("end", "line"), [("nothing", "there is no action nothing"), ("", "actions end with")]
)
def test_an_action_that_is_not_known(folder: Path, end: str, line: str) -> None:
    done = run(folder, "history", "--back-to", end)
    assert done.code == 2
    assert line in done.err
