from __future__ import annotations

from pathlib import Path

import pytest

from reader.store.library import Library
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.corpus.seeds import FOLDER

ARABIC = "قال المتحدث باسم الحكومة إن الوزارة بدأت مراجعة شاملة للملف في المدينة.\n"
ENGLISH = "The minister said on Monday that the review of the file would take a week.\n"


def test_a_folder_of_articles(tmp_path: Path) -> None:
    done = run(tmp_path, "add", FOLDER)
    assert done.code == 0
    left_out = f"{FOLDER}/reference.json"
    assert done.err == f"reader: left out (not an article): {left_out}\n"
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[1] for row in rows] == ["id", "en", "ar"]
    assert all(float(row[2]) > 0.9 and row[3] == "langdetect" for row in rows)
    assert [row[4:6] for row in rows] == [["utf-8", "detected"]] * 3
    assert rows[2][6] == (
        "رغم إعلان إفلاسها.. «كامبريدج أناليتيكا» تعود للظهور في حملة إعادة انتخاب ترامب"
    )
    with Library(tmp_path / "annotations.db") as library:
        assert [entry.id for entry in library.list_articles("")] == [row[0] for row in rows]


def test_the_same_text_twice_adds_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.txt").write_text(ENGLISH)
    first = run(tmp_path, "add", "a.txt")
    before = (tmp_path / "annotations.db").read_bytes()
    again = run(tmp_path, "add", "b.txt")
    assert again.code == 0
    assert again.out == ""
    id = first.out.split("\t")[0]
    assert again.err == f"reader: b.txt: its text is in the library already, as {id}.\n"
    assert (tmp_path / "annotations.db").read_bytes() == before


def test_the_same_text_twice_in_one_command_is_added_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ENGLISH)
    done = run(tmp_path, "add", "a.txt", "b.txt")
    assert len(done.out.splitlines()) == 1
    assert_one_line(done, "b.txt: its text is in the library already", code=0)


def test_standard_input(tmp_path: Path) -> None:
    done = run(tmp_path, "add", "-", stdin=ARABIC.encode())
    assert done.out.split("\t")[1] == "ar"
    with Library(tmp_path / "annotations.db") as library:
        entry = library.list_articles("")[0]
        article = library.article(entry.id)
    assert article.text == ARABIC
    assert article.sources == ("standard input",)


def test_what_is_given_is_not_detected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARABIC.encode("cp1256"))
    done = run(tmp_path, "add", "a.txt", "--encoding", "windows-1256", "--language", "fa")
    assert done.out.split("\t")[1:6] == ["fa", "1.00", "given", "windows-1256", "given"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_encodings_are_detected_and_shown(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes((ARABIC * 5).encode(encoding))
    done = run(tmp_path, "add", "a.txt")
    shown = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "cp1256": "windows-1256"}[encoding]
    assert done.out.split("\t")[4:6] == [shown, "detected"]


def test_sources_are_paths_as_seen_from_the_library(tmp_path: Path) -> None:
    for name in ("news", "work"):
        (tmp_path / name).mkdir()
    (tmp_path / "news" / "a.txt").write_text(ENGLISH)
    run(tmp_path, "--db", "work/my.db", "add", "news")
    with Library(tmp_path / "work" / "my.db") as library:
        id = library.list_articles("")[0].id
        assert library.article(id).sources == ("../news/a.txt",)


def test_a_bad_file_among_good_ones_is_told_and_the_good_ones_are_added(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(ARABIC)
    done = run(tmp_path, "add", "a.txt", "b.txt", "gone.txt", "c.txt")
    assert done.code == 1
    assert [line.split("\t")[1] for line in done.out.splitlines()] == ["en", "ar"]
    names = {line.split(":")[1].strip() for line in done.err.splitlines()}
    assert names == {"b.txt", "gone.txt"}


def test_the_library_is_named_by_option_variable_or_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    run(tmp_path, "add", "a.txt", "--db", "after.db")
    run(tmp_path, "add", "a.txt", READER_DB="variable.db")
    run(tmp_path, "add", "a.txt")
    assert sorted(path.name for path in tmp_path.glob("*.db")) == [
        *("after.db", "annotations.db", "variable.db"),
    ]


def test_on_a_terminal_the_title_is_set_from_right_to_left(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("رغم إفلاسها تعود\n\n" + ARABIC * 3)
    done = run_on_terminal(tmp_path, "add", "a.txt", columns=100)
    assert done.code == 0
    row = done.out.splitlines()[0]
    assert row.startswith("\x1b[8l\x1b[K")
    assert row.endswith("ﺩﻮﻌﺗ ﺎﻬﺳﻼﻓﺇ ﻢﻏﺭ")
    assert done.out.endswith("\x1b[8h")


def test_no_path_is_refused(tmp_path: Path) -> None:
    assert_one_line(run(tmp_path, "add"), "Missing argument", "reader add --help", code=2)


def test_an_empty_path_is_not_this_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    assert_one_line(run(tmp_path, "add", "a.txt", ""), "a PATH is empty; name a file", code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
