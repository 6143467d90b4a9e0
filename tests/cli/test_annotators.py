from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id
from reader.annotation.model import Annotator, Note, Ref
from reader.store.library import Library
from reader.store.people import newcomer_words
from reader.work.renaming import rename
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.records import make_article
from tests.terminal import Terminal

NOW = ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")


def test_who_annotates_and_how_much(folder: Path) -> None:
    people = json.loads(run(folder, "annotators", "--json").out)
    lines = [line.split("\t") for line in run(folder, "annotators").out.splitlines()]
    assert [(row[0], row[-1], int(row[3])) for row in lines] == [
        (each["id"], each["name"], each["mentions"]) for each in people
    ]
    assert sum(each["mentions"] for each in people) > 0
    assert not any(each["you"] for each in people)
    first = people[0]
    told = json.loads(run(folder, "annotators", "--json", "--annotator", first["name"]).out)
    assert [each["id"] for each in told if each["you"]] == [first["id"]]
    head, *rows = run_on_terminal(folder, "annotators", columns=76).out.splitlines()
    assert "claims" in head
    assert "Kim" in "".join(rows)


def test_somebody_takes_another_name(folder: Path) -> None:
    before = run(folder, "annotators").out
    assert_one_line(
        run(folder, "annotators", "--rename", "Kim", "Kim Berg"), "'Kim' is somebody else", code=2
    )
    assert_one_line(
        run(folder, "annotators", "--json", "--rename", "Kim", "Kim Berg"), "leave one out", code=2
    )
    assert run(folder, "annotators").out == before
    done = run(folder, "annotators", "--annotator", "Kim", "--rename", "Kim", "كيم")
    assert (done.code, done.out) == (0, "")
    assert "'Kim' is called 'كيم' here from now on; undo takes it back." in done.err
    assert (
        run(folder, "annotators").out.replace("كيم", "Kim").splitlines()[0].split("\t")[:1]
        == before.splitlines()[0].split("\t")[:1]
    )
    assert run(folder, "history", "--limit", "1").out.split("\t")[2:4] == ["كيم", "do"]
    assert "rename annotator “Kim” to “كيم”" in run(folder, "history", "--limit", "1").out
    again = run(folder, "annotators", "--annotator", "Kim", "--rename", "Kim", "كيم")
    assert "is the name already" in again.err
    assert run(folder, "doctor").code == 0


def test_who_begins_under_a_name_that_is_nearly_somebodys_is_told_so(folder: Path) -> None:
    told = "is somebody new in this library, and “Kim” has worked in it"
    cure = "if that is you: --annotator Kim."
    assert run(folder, "list", "--annotator", "KIM").err == ""
    done = run(folder, "edit", "1", "--publisher", "A", "--annotator", "ｋｉｍ ")
    assert done.code == 0 and f"“ｋｉｍ” {told}" in done.err and cure in done.err
    # Once somebody has acted here under that name it is known, and nothing is said any more.
    again = run(folder, "edit", "1", "--publisher", "B", "--annotator", "ｋｉｍ")
    assert again.code == 0 and "somebody new" not in again.err
    for name in ("Kimberly", "Kím", "Ki", "Kim"):
        said = run(folder, "edit", "1", "--publisher", name, "--annotator", name).err
        assert "somebody new" not in said
    with Terminal(["--db", str(folder / "annotations.db"), "--annotator", "KiM"]) as terminal:
        terminal.wait_for("is somebody new in this library")
        terminal.wait_for("--annotator")
        terminal.press("q")


def test_a_name_that_somebody_had_before_is_told_too(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        library.add_articles([make_article("A text.", "en")])
        ann = Annotator(new_id(), "Ann")
        note = Note(new_id(), Ref("article", make_article("A text.", "en").id), "x", ann.id, *NOW)
        library.perform(ann, Action(new_id(), ann.id, "note", (Change(None, note),), NOW[0]))
        rename(library, ann.id, ann.id, "Ann Berg")
    with Library(tmp_path / "library.db") as library:
        greeted: list[str] = []
        library.greet = lambda who, other: greeted.append(newcomer_words(who, other))
        new = library.people.who(" ann".strip())
        assert new.id != ann.id
        other = Note(new_id(), note.on, "y", new.id, *NOW)
        library.perform(new, Action(new_id(), new.id, "note", (Change(None, other),), NOW[0]))
        (said,) = greeted
        assert (
            "“Ann Berg” has had this name in it before" in said and "--annotator 'Ann Berg'" in said
        )
        another = replace(other, id=new_id())
        library.perform(new, Action(new_id(), new.id, "note", (Change(None, another),), NOW[0]))
        assert len(greeted) == 1


def test_an_id_of_nobody_is_refused(folder: Path) -> None:
    nobody = "01K5A8QWERTYASDFGHZXCVB124"
    assert_one_line(
        run(folder, "list", "--annotator", nobody), "no annotator has this id here", code=2
    )


def test_a_library_in_which_nobody_has_annotated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The minister said on Monday that it would take a week.")
    run(tmp_path, "add", "a.txt")
    assert "nobody has annotated" in run(tmp_path, "annotators").err
