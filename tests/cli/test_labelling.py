"""`reader schema`: shown, checked, tried and applied."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotation.model import Mention
from reader.annotation.schema import DEFAULT_SCHEMA, EntityType
from reader.annotation.schema_toml import read_toml
from reader.store.library import Library
from tests.cli.run import assert_one_line, run

SMALL = '[[entity_types]]\nname = "WHO"\ntitle = "من"\nkey = "1"\n'


def printed(folder: Path) -> str:
    return run(folder, "schema").out


def test_it_is_printed_as_toml(folder: Path) -> None:
    done = run(folder, "schema")
    assert done.err == ""
    assert read_toml(done.out, "x").schema == DEFAULT_SCHEMA
    assert run(folder, "schema", "show") == done


def test_without_a_library_the_types_a_new_one_begins_with(tmp_path: Path) -> None:
    assert read_toml(printed(tmp_path), "x").schema == DEFAULT_SCHEMA
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_use_cannot_vanish(folder: Path) -> None:
    (folder / "types.toml").write_text(SMALL)
    before = (folder / "annotations.db").read_bytes()
    tried = run(folder, "schema", "apply", "--dry-run", "types.toml")
    assert tried.out.splitlines()[:2] == [
        "add entity type “WHO”",
        "remove entity type “LOC”, which is not in use",
    ]
    done = run(folder, "schema", "apply", "types.toml")
    assert (done.code, tried.code) == (1, 1)
    assert (done.out, done.err) == ("", tried.err)
    reasons = done.err.splitlines()
    assert {reason[-24:] for reason in reasons} == {" The schema is unchanged."[-24:]}
    assert [reason[:-25] for reason in reasons] == [
        "reader: types.toml: the entity type “PER” is in use (2 entities, 5 mentions) and cannot "
        'vanish: keep it with retired = true, or rename it with was = "PER".',
        "reader: types.toml: the entity type “ORG” is in use (1 entity, 1 mention) and cannot "
        'vanish: keep it with retired = true, or rename it with was = "ORG".',
        "reader: types.toml: the entity type “OTHER” is in use (5 mentions) and cannot vanish: "
        'keep it with retired = true, or rename it with was = "OTHER".',
        "reader: types.toml: the relation “refutes” is in use (1 relation) and cannot vanish: "
        'keep it with retired = true, or rename it with was = "refutes".',
    ]
    assert (folder / "annotations.db").read_bytes() == before


def test_it_is_tried_applied_and_applied_again(folder: Path) -> None:
    library = folder / "annotations.db"
    changed = printed(folder).replace('"OTHER"\n', '"MISC"\nwas = "OTHER"\n', 1)
    changed = changed.replace('name = "refutes"', 'name = "denies"\nwas = "refutes"')
    changed += '[[attributes]]\nname = "sure"\nvalues = ["yes", "no"]\n'
    (folder / "types.toml").write_text(changed)
    before = library.read_bytes()
    steps = [
        "rename entity type “OTHER” to “MISC” (5 mentions)",
        "rename relation “refutes” to “denies” (1 relation)",
        "add attribute “sure”",
    ]
    tried = run(folder, "schema", "apply", "--dry-run", "types.toml")
    assert (tried.code, tried.out.splitlines()) == (0, steps)
    assert "nothing was changed in annotations.db" in tried.err
    assert library.read_bytes() == before
    done = run(folder, "schema", "apply", "types.toml")
    assert (done.code, done.out.splitlines()) == (0, steps)
    assert done.err == "reader: the schema of annotations.db was changed.\n"
    with Library(library) as opened:
        types = [r.type for r in opened.records.all() if isinstance(r, Mention)]
        assert types.count("MISC") == 5 and "OTHER" not in types
        assert opened.schema().meaning("denies") == "contradicts"
    again = run(folder, "schema", "apply", "types.toml")
    assert_one_line(again, "annotations.db has this schema already", code=0)


def test_printed_and_applied_again_changes_no_byte(folder: Path) -> None:
    before = (folder / "annotations.db").read_bytes()
    done = run(folder, "schema", "apply", "-", stdin=printed(folder).encode())
    assert_one_line(done, "annotations.db has this schema already", code=0)
    assert (folder / "annotations.db").read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "types.toml: there is no entity type in it"),
        (b"[[entity_types]\n", "types.toml, line 1: not TOML"),
        (b"\xff", "types.toml: not UTF-8 at byte 0"),
        (b'[[entity_types]]\nname = "A"\ncolor = "#000000"\n', "line 3: unknown field 'color'"),
        (b'[[entity_types]]\nname = "A"\nwas = "B"\n', "types.toml: there is no entity type “B”"),
    ],
)
def test_a_wrong_file_is_refused(folder: Path, data: bytes, words: str) -> None:
    before = (folder / "annotations.db").read_bytes()
    (folder / "types.toml").write_bytes(data)
    done = run(folder, "schema", "apply", "types.toml")
    assert done.code == 1
    assert words in done.err.splitlines()[0]
    assert (folder / "annotations.db").read_bytes() == before


def test_all_mistakes_are_found_without_a_library(tmp_path: Path) -> None:
    file = tmp_path / "types.toml"
    file.write_text(SMALL + 'colour = "red"\nretired = 1\n')
    done = run(tmp_path, "schema", "check", "types.toml")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "reader: types.toml, line 5: the colour 'red' is not #rrggbb.",
        "reader: types.toml, line 6: retired should be true or false, not a number.",
    ]
    file.write_text(SMALL)
    done = run(tmp_path, "schema", "check", "types.toml")
    assert_one_line(done, "types.toml: no mistake was found.", code=0)
    assert read_toml(SMALL, "x").schema.entity_types == (EntityType("WHO", "من", "1"),)
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_not_there(folder: Path) -> None:
    done = run(folder, "schema", "apply", "gone.toml")
    assert_one_line(done, "gone.toml: cannot be read", "No such file")
