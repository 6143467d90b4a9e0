from __future__ import annotations

import json
from pathlib import Path

from tests.cli.run import assert_one_line, run, run_on_terminal


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


def test_an_id_of_nobody_is_refused(folder: Path) -> None:
    nobody = "01K5A8QWERTYASDFGHZXCVB124"
    assert_one_line(
        run(folder, "list", "--annotator", nobody), "no annotator has this id here", code=2
    )


def test_a_library_in_which_nobody_has_annotated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The minister said on Monday that it would take a week.")
    run(tmp_path, "add", "a.txt")
    assert "nobody has annotated" in run(tmp_path, "annotators").err
