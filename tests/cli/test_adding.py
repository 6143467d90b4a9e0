from __future__ import annotations

import io
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reader.session import Session
from reader.store.library import Library
from tests.cli.run import INTERRUPTIBLE, assert_one_line, environment, run, run_on_terminal
from tests.corpus.documents import ARABIC_PAGE, HEADLINE, pdf, word
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
        assert [entry.id for entry in library.articles.listed("")] == [row[0] for row in rows]


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
        entry = library.articles.listed("")[0]
        article = library.articles.read(entry.id)
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
        id = library.articles.listed("")[0].id
        assert library.articles.read(id).sources == ("../news/a.txt",)


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


def test_all_kinds_in_a_folder_and_what_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/z.txt", ENGLISH)
        archive.writestr("../evil.txt", "never")
    rows = f"headline;body;lang\nOne;{ENGLISH.strip()} First.;en\nTwo;{ENGLISH.strip()} Next.;en\n"
    for name, data in {
        "10.txt": ARABIC.encode(),
        "9.html": ARABIC_PAGE.replace("CHARSET", "utf-8").encode(),
        "a.docx": word([("Normal", ENGLISH + "In Word.")]),
        "b.pdf": pdf(["The minister said on Monday in a PDF", "that it would take a week."]),
        "c.csv": rows.encode(),
        "d.zip": packed.getvalue(),
        ".hidden.txt": b"x",
        "e.png": b"x",
        "f.md": b"# In Markdown\n\n" + ENGLISH.encode(),
    }.items():
        (folder / name).write_bytes(data)
    done = run(tmp_path, "add", "in", "--title", "headline")
    assert done.code == 1
    titles = [line.split("\t")[6] for line in done.out.splitlines()]
    assert titles[0] == HEADLINE
    assert titles[-4:] == [
        "One",
        "Two",
        "The minister said on Monday that the review of the",
        "In Markdown",
    ]
    assert len(titles) == 8
    assert done.err.splitlines()[:2] == [
        "reader: left out (hidden): in/.hidden.txt",
        "reader: left out (not an article): in/e.png",
    ]
    assert "d.zip/../evil.txt: its name leaves the archive" in done.err
    assert "taken by the names of the columns: text from 'body', language from 'lang'" in done.err
    with Library(tmp_path / "annotations.db") as library:
        sources = [library.articles.read(entry.id).sources for entry in library.articles.listed("")]
    assert ("in/d.zip/deep/z.txt",) in sources
    assert ("in/9.html", "https://nile.example/news/12") in sources


def test_known_bytes_are_told_before_anything_is_read_from_them(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"{ENGLISH} {number}")
    run(tmp_path, "add", ".")
    code = (
        "import sys; sys.argv[1:] = ['add', '.']\n"
        "from reader.cli.main import main\n"
        "assert main() == 0\n"
        "assert not {'langdetect', 'trafilatura', 'sqlite_utils'} & set(sys.modules)\n"
    )
    again = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, env=environment()
    )
    told = again.stderr.decode().splitlines()
    assert again.returncode == 0, told
    assert [line for line in told if "in the library already, as" in line] == told[:10]
    assert told[10] == "reader: 2 more have their texts in the library already."


def test_a_changed_file_is_a_new_version_with_what_was_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ENGLISH * 2 + "Alexander Nix denied it.\nJulian Collins did not.\n")
    old = run(tmp_path, "add", "a.txt").out.split("\t")[0]
    session = Session.open(tmp_path / "annotations.db", "ann")
    text = session.open_article(old).text
    for name in ("Alexander Nix", "Julian Collins"):
        session.marking.tag([(text.index(name), text.index(name) + len(name))], "PER")
    session.close()
    path.write_text("Updated on Tuesday.\n" + text.replace("Julian Collins", "A lawyer"))
    done = run(tmp_path, "add", "a.txt", "--annotator", "ann")
    new = done.out.split("\t")[0]
    assert done.err == (
        f"reader: a.txt: a new version of {old}; 1 mark carried over, "
        f"1 to be placed by hand (`reader unplaced {new}`).\n"
    )
    listed = run(tmp_path, "unplaced", "1").out.rstrip("\n").split("\t")
    assert listed[:5] == [new, "mention", "PER", "Julian Collins", old]
    assert [line.split("\t")[1] for line in run(tmp_path, "list").out.splitlines()] == [new]
    with Session.open(tmp_path / "annotations.db", "ann").library as library:
        author = library.people.who("ann")
        assert library.undo(author) is not None
    assert run(tmp_path, "list").out.split("\t")[1] == old
    assert run(tmp_path, "add", "a.txt").err == done.err
    assert "as an older version of" in run_with(tmp_path, path, text)
    assert "shares little with" in run_with(tmp_path, path, ARABIC * 3)


def run_with(folder: Path, path: Path, text: str) -> str:
    """What adding a file says when it holds another text."""
    path.write_text(text)
    return run(folder, "add", path.name).err


def test_a_changed_file_of_an_article_that_was_removed_stays_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH * 3)
    run(tmp_path, "add", "a.txt")
    run(tmp_path, "remove", "1")
    assert "is removed; bring it back with" in run_with(tmp_path, tmp_path / "a.txt", ENGLISH * 4)
    assert run(tmp_path, "list").out == ""
    assert run(tmp_path, "add", "a.txt", "--apart").out != ""


def test_an_interrupt_keeps_what_was_added_and_the_same_command_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    # What is printed of so many does not fit into the pipe: the program waits for us.
    for number in range(900):
        (folder / f"{number}.txt").write_text(f"{ENGLISH}{number}")
    with subprocess.Popen(
        [*INTERRUPTIBLE, "add", "in"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED="1"),
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        told = process.stderr.read().decode()
    assert process.returncode == 130
    with Library(tmp_path / "annotations.db") as library:
        count = len(library.articles.listed(""))
        assert library.problems() == ()
    # How many a portion has, hangs on how quick the machine is.
    assert 0 < count < 900
    assert told.splitlines()[-1].startswith(f"reader: stopped; {count} articles were added")
    assert len(run(tmp_path, "add", "in").out.splitlines()) == 900 - count
