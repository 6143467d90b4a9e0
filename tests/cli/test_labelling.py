from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotation.schema import DEFAULT_SCHEMA, EntityType, read_toml
from reader.store.library import Library
from tests.cli.run import assert_one_line, run

SMALL = '[[entity_types]]\nname = "WHO"\ntitle = "من"\nkey = "1"\n'


def test_it_is_printed_as_toml(folder: Path) -> None:
    done = run(folder, "schema")
    assert done.err == ""
    assert read_toml(done.out, "x") == DEFAULT_SCHEMA


def test_without_a_library_the_types_a_new_one_begins_with(tmp_path: Path) -> None:
    assert read_toml(run(tmp_path, "schema").out, "x") == DEFAULT_SCHEMA
    assert list(tmp_path.iterdir()) == []


def test_it_is_applied_and_types_in_use_are_kept_as_retired(folder: Path) -> None:
    (folder / "types.toml").write_text(SMALL)
    done = run(folder, "schema", "types.toml")
    assert_one_line(
        done,
        "the schema of annotations.db was changed",
        "in use and kept as retired: ORG, OTHER, PER, refutes.",
        code=0,
    )
    with Library(folder / "annotations.db") as library:
        schema = library.schema()
    assert schema.entity_types[0] == EntityType("WHO", "من", "1")
    assert [(kind.name, kind.key, kind.retired) for kind in schema.entity_types[1:]] == [
        *(("PER", "", True), ("ORG", "", True), ("OTHER", "", True)),
    ]


def test_printed_and_applied_again_changes_no_byte(folder: Path) -> None:
    before = (folder / "annotations.db").read_bytes()
    printed = run(folder, "schema").out
    done = run(folder, "schema", "-", stdin=printed.encode())
    assert_one_line(done, "annotations.db has this schema already", code=0)
    assert (folder / "annotations.db").read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "there is no entity type in it"),
        (b"[[entity_types]\n", "not TOML"),
        (b"\xff", "not UTF-8 at byte 0"),
        (b'[[entity_types]]\nname = "A"\ncolor = "#000000"\n', "did you mean 'colour'?"),
        (b'[[entity_types]]\nname = "A"\nkey = "1"\n' * 2, "'A' stands twice"),
    ],
)
def test_a_wrong_file_is_refused(folder: Path, data: bytes, words: str) -> None:
    before = (folder / "annotations.db").read_bytes()
    (folder / "types.toml").write_bytes(data)
    assert_one_line(run(folder, "schema", "types.toml"), "types.toml: ", words)
    assert (folder / "annotations.db").read_bytes() == before


def test_a_file_that_is_not_there(folder: Path) -> None:
    assert_one_line(run(folder, "schema", "gone.toml"), "gone.toml: cannot be read", "No such file")
