"""`reader backup` and `reader restore --from`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reader.store.library import Library
from tests.cli.run import ROOT, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "annotations.db", tmp_path / "annotations.db")
    return tmp_path


def titles(folder: Path) -> list[str]:
    return [line.split("\t")[-1] for line in run(folder, "list").out.splitlines()]


def test_there_and_back(folder: Path) -> None:
    before = titles(folder)
    library = folder / "annotations.db"
    whole = library.read_bytes()
    assert run(folder, "backup").code == 0
    assert library.read_bytes() == whole
    run(folder, "remove", "1")
    assert len(titles(folder)) == len(before) - 1
    done = run(folder, "restore", "--from", "1")
    assert done.code == 0, done.err
    assert "what it was before." in done.err
    assert titles(folder) == before
    assert [path.name for path in folder.iterdir()] == ["annotations.db"]
    # What it was can be had again too.
    run(folder, "restore", "--from", "1")
    assert len(titles(folder)) == len(before) - 1
    found = json.loads(run(folder, "backup", "--json").out)
    assert [each["why"] for each in found] == ["before-restore", "before-restore", "by-hand"]


def test_a_copy_at_a_place_of_ones_own(folder: Path) -> None:
    done = run(folder, "backup", "-o", "copy.db")
    assert (done.code, done.err) == (0, "reader: copy.db: the library is copied.\n")
    with Library(folder / "copy.db") as library:
        assert library.problems() == ()
    again = run(folder, "backup", "-o", "copy.db")
    assert again.code == 1
    assert "it is there already" in again.err


def test_a_merge_keeps_what_was(folder: Path) -> None:
    run(folder, "add", "-", "--db", "other.db", stdin=b"Another article of some words.\n")
    run(folder, "merge", "other.db")
    (kept,) = json.loads(run(folder, "backup", "--json").out)
    assert kept["why"] == "merge"
    with Library(Path(kept["file"])) as library:
        assert len(library.articles.listed("")) == 3
    assert len(titles(folder)) == 4


def test_a_library_that_is_gone_is_brought_back(folder: Path) -> None:
    before = titles(folder)
    assert run(folder, "backup").code == 0
    (folder / "annotations.db").unlink()
    done = run(folder, "list")
    assert done.code == 1
    assert "there is no library here; bring back the copy of 2" in done.err
    assert "with `reader restore --from 1`, or make one" in done.err
    assert run(folder, "restore", "--from", "1").code == 0
    assert titles(folder) == before


@pytest.mark.parametrize("command", [["list"], ["add", "-"], ["serve"]])
def test_a_library_needs_its_folder(folder: Path, command: list[str]) -> None:
    done = run(folder, "--db", "nowhere/a.db", *command)
    assert done.code == 1
    assert done.err.startswith("reader: nowhere/a.db: there is no ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["restore"], 2, "name either articles or, with --from, a backup."),
        (["restore", "--from", "7"], 2, "there is no backup 7"),
        (["restore", "--from", "none.db"], 1, "there is no backup of this name"),
        (["restore", "--from", "text.db"], 1, "it is not a library"),
        (["restore", "--from", "empty.db"], 1, "it is not a library"),
        (["restore", "--from", "annotations.db"], 2, "it is the library itself"),
        (["backup", "--db", "none.db"], 1, "there is no library here"),
    ],
)
def test_what_cannot_be_restored(folder: Path, arguments: list[str], code: int, line: str) -> None:
    (folder / "empty.db").touch()
    (folder / "text.db").write_text("no library, though it is longer than nothing at all")
    before = (folder / "annotations.db").read_bytes()
    done = run(folder, *arguments)
    assert done.code == code
    assert line in done.err
    assert done.err.count("\n") == 1
    assert (folder / "annotations.db").read_bytes() == before
