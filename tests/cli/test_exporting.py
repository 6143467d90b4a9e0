from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from reader.store.library import Library
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.libraries import arabic_article
from tests.formats.test_json_write import GOLDEN

GOLD = GOLDEN.read_bytes()


def test_to_standard_output(folder: Path) -> None:
    done = run(folder, "export")
    assert done.out.encode() == GOLD
    assert done.err == ""
    assert run(folder, "export", "-o", "-").out == done.out


def test_to_a_file(folder: Path) -> None:
    done = run(folder, "export", "-o", "out.json")
    told = f"reader: out.json: {len(GOLD):,} bytes written.\n"
    assert (done.code, done.out, done.err) == (0, "", told)
    assert (folder / "out.json").read_bytes() == GOLD
    assert sorted(path.name for path in folder.iterdir()) == ["annotations.db", "out.json"]


def test_a_file_is_replaced_with_its_mode_and_through_a_link(folder: Path) -> None:
    (folder / "real.json").write_text("old")
    (folder / "real.json").chmod(0o640)
    (folder / "link.json").symlink_to("real.json")
    assert run(folder, "export", "--output", "link.json").code == 0
    assert (folder / "link.json").is_symlink()
    assert (folder / "real.json").read_bytes() == GOLD
    assert stat.S_IMODE((folder / "real.json").stat().st_mode) == 0o640


def test_chosen_articles(folder: Path) -> None:
    done = run(folder, "export", "2", arabic_article().id)
    articles = json.loads(done.out)["articles"]
    assert [bool(article["mentions"]) for article in articles] == [False, True]


def test_an_encoding_that_has_no_arabic_changes_nothing(folder: Path) -> None:
    done = run(folder, "export", PYTHONIOENCODING="ascii", LC_ALL="C", LANG="C")
    assert done.out.encode() == GOLD


def test_a_device_is_written_to_and_stays_a_device(folder: Path) -> None:
    assert run(folder, "export", "-o", "/dev/null").code == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (".", "it is a folder"),
        ("annotations.db", "it is the library itself"),
        ("annotations.db-wal", "the library keeps changes in a file of this name"),
        ("missing/out.json", "cannot be written (No such file or directory)"),
        ("/dev/full", "cannot be written (No space left on device)"),
    ],
)
def test_a_target_that_cannot_be_written(folder: Path, target: str, words: str) -> None:
    before = (folder / "annotations.db").read_bytes()
    assert_one_line(run(folder, "export", "-o", target), f"{target}: {words}", "-o")
    assert (folder / "annotations.db").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["annotations.db"]


def test_an_article_that_is_not_there_leaves_the_old_file(folder: Path) -> None:
    (folder / "out.json").write_text("old")
    done = run(folder, "export", "9", "-o", "out.json")
    assert_one_line(done, "no article is '9'", code=2)
    assert (folder / "out.json").read_text() == "old"


def test_no_file_is_no_target(folder: Path) -> None:
    assert_one_line(run(folder, "export", "-o", ""), "the FILE of -o is empty", code=2)


def test_without_a_library_nothing_is_exported(tmp_path: Path) -> None:
    assert_one_line(run(tmp_path, "export", "-o", "out.json"), "there is no library here")
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_no_control_character_gets_through(folder: Path) -> None:
    shown = run_on_terminal(folder, "export").out
    assert not [c for c in shown if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]


def test_import_and_export_again(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_bytes(GOLD)
    done = run(tmp_path, "import", "in.json", "--annotator", "Noor")
    assert done.code == 0
    assert done.out == ""
    assert done.err == "reader: imported into annotations.db: 2 new articles, 23 new records.\n"
    assert run(tmp_path, "export").out.encode() == GOLD
    before = (tmp_path / "annotations.db").read_bytes()
    again = run(tmp_path, "import", "-", stdin=GOLD)
    assert_one_line(again, "had all of it already", code=0)
    assert (tmp_path / "annotations.db").read_bytes() == before


def test_what_differs_is_refused_until_somebody_chooses(folder: Path) -> None:
    (folder / "in.json").write_bytes(GOLD.replace(b'"Barack Obama",', b'"B. Obama",'))
    before = (folder / "annotations.db").read_bytes()
    refused = run(folder, "import", "in.json")
    assert_one_line(refused, "in.json: entities[0]", "--on-conflict", "Nothing was imported.")
    kept = run(folder, "import", "--on-conflict", "keep", "in.json")
    assert_one_line(kept, "1 kept as they were", code=0)
    assert (folder / "annotations.db").read_bytes() == before
    replaced = run(folder, "import", "in.json", "--on-conflict", "replace")
    assert_one_line(replaced, "1 replaced", code=0)
    with Library(folder / "annotations.db") as library:
        names = [getattr(record, "name", "") for record in library.records.shared()]
    assert "B. Obama" in names


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty; name a file that"),
        (b'{"articles": []}', "no format is recognised in it"),
        (b"\xff\xfe{", "it is in UTF-16; save it as UTF-8"),
        (GOLD[:-9], "not JSON"),
        (GOLD.replace(b'"start": 2,', b'"start": 3,'), "articles[1].mentions[3]"),
        (GOLD.replace("إلى الاتحاد".encode(), "الى الاتحاد".encode(), 1), "sha256"),
    ],
)
def test_a_wrong_file_is_refused_and_the_library_left_alone(
    folder: Path, data: bytes, words: str
) -> None:
    before = (folder / "annotations.db").read_bytes()
    (folder / "in.json").write_bytes(data)
    done = run(folder, "import", "in.json")
    assert_one_line(done, "in.json: ", words, "Nothing was imported.")
    assert (folder / "annotations.db").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gone.json", "cannot be read (No such file or directory)"),
        (".", "there is no file in it"),
        ("/dev/null", "no file, but a device"),
    ],
)
def test_a_file_that_cannot_be_read(folder: Path, name: str, words: str) -> None:
    done = run(folder, "import", name)
    assert_one_line(done, f"{name}: {words}", "Nothing was imported.")
