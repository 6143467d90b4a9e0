from __future__ import annotations

import json
from pathlib import Path

from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.libraries import id_of


def test_on_a_pipe_lines_of_data_with_tabs(folder: Path) -> None:
    rows = [line.split("\t") for line in run(folder, "entities").out.splitlines()]
    assert rows[0][:2] == [id_of("obama"), "PER"]
    assert len({len(row) for row in rows}) == 1 and len(rows[0]) == 9
    assert id_of("merged") not in [row[0] for row in rows]


def test_a_type_or_a_name_in_another_script_chooses(folder: Path) -> None:
    for options in (["--type", "PER"], ["--search", "obama"], ["--search", "أوباما"]):
        done = run(folder, "entities", *options)
        assert [line.split("\t")[0] for line in done.out.splitlines()] == [id_of("obama")], options
    assert_one_line(run(folder, "entities", "--search", "zeppelin"), "no entity is like that")


def test_as_json_with_what_is_counted(folder: Path) -> None:
    found = json.loads(run(folder, "entities", "--json", "--type", "PER").out)
    assert [entity["id"] for entity in found] == [id_of("obama")]
    assert found[0]["mentions"] >= found[0]["articles"] >= 1
    assert set(found[0]["languages"]) <= {"en", "ar"} and "aliases" in found[0]


def test_on_a_terminal_a_table(folder: Path) -> None:
    head, first, *_ = run_on_terminal(folder, "entities", columns=76).out.split("\n")
    assert "languages" in head and "PER" in first


def test_a_library_without_entities_says_how_they_come_into_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The minister said on Monday that it would take a week.")
    run(tmp_path, "add", "a.txt")
    done = run(tmp_path, "entities")
    assert done.code == 0 and "has no entities yet" in done.err
