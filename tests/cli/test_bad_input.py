"""What goes wrong in the world, and what the command line makes of it: one clear line."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.corpus.article import article_id
from reader.store.library import Library
from tests.cli.run import NOT_BOUND, Run, assert_one_line, run, run_on_terminal
from tests.formats.test_json_write import GOLDEN

ENGLISH = "The minister said on Monday that the review of the file would take a week.\n"


def make_nothing(path: Path) -> None:
    pass


def make_loop(path: Path) -> None:
    path.symlink_to(path.name)


def make_folder_without_texts(path: Path) -> None:
    path.mkdir()
    (path / "a.png").write_text(ENGLISH)


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


BAD_FILES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "missing": (make_nothing, "no such file or folder", "check the path"),
    "empty": (holding(b""), "empty", "choose a file with text"),
    "blank": (holding(b" \n\t\r\n"), "empty", "choose a file with text"),
    "a picture": (
        holding(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
        "not a text file",
        "save the article as plain text",
    ),
    "damaged UTF-8": (
        holding("كتاب جديد في المدينة ".encode() * 20 + b"\xff\xfe\xfa" + b" x" * 20),
        "UTF-8 at byte",
        "--encoding",
    ),
    "half a surrogate pair": (
        holding("\ufeffabc ".encode("utf-16-le") + b"\x00\xd8" + " def".encode("utf-16-le")),
        "lone surrogate U+D800",
        "save the file as UTF-8",
    ),
    "surrogates in UTF-8": (
        holding(b"abc " * 9 + b"\xed\xa0\xbd\xed\xb8\x8a def"),
        "surrogate",
        "save the file again as real UTF-8",
    ),
    "a folder without articles": (make_folder_without_texts, "no articles", "name the files"),
    "a named pipe": (os.mkfifo, "a named pipe", "pipe its text to -"),
    "a link to itself": (make_loop, "cannot be read", "check the path"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_cannot_be_an_article(folder: Path, name: str) -> None:
    make, words, cure = BAD_FILES[name]
    make(folder / "bad")
    before = (folder / "annotations.db").read_bytes()
    done = run(folder, "add", "bad")
    assert_one_line(done, "reader: bad: ", words, cure)
    assert done.out == ""
    assert (folder / "annotations.db").read_bytes() == before


def test_what_cannot_be_an_article_makes_no_library(tmp_path: Path) -> None:
    assert_one_line(run(tmp_path, "add", "-"), "standard input: empty")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--encoding", "utf-9", "no encoding is called 'utf-9'; did you mean utf-8?"),
        ("--encoding", "utf-16", "not utf-16"),
        ("--language", "english!", "is not a language code"),
    ],
)
def test_an_encoding_or_a_language_that_is_not(
    tmp_path: Path, option: str, value: str, words: str
) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    done = run(tmp_path, "add", "a.txt", option, value)
    assert_one_line(done, words, code=1 if words == "not utf-16" else 2)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def bound(folder: Path, *arguments: str) -> Run:
    """Run as somebody for whom permissions count."""
    done = run(folder, *arguments, bound=True)
    if done.code == NOT_BOUND:
        pytest.skip("root cannot give up its powers here")
    return done


def test_a_file_that_one_may_not_read(folder: Path) -> None:
    (folder / "a.txt").write_text(ENGLISH)
    (folder / "a.txt").chmod(0)
    assert_one_line(bound(folder, "add", "a.txt"), "a.txt: no permission to read it", "chmod")


@pytest.fixture
def sealed(folder: Path) -> Iterator[Path]:
    """A folder in which nothing can be written."""
    (folder / "a.txt").write_text(ENGLISH)
    (folder / "in.json").write_bytes(GOLDEN.read_bytes().replace(b'"Kim"', b'"K."'))
    (folder / "annotations.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


WRITING = (
    ("add", "a.txt"),
    ("import", "--on-conflict", "replace", "in.json"),
    ("schema", "apply", "types.toml"),
)
READING = (("list",), ("show", "1"), ("show", "2"), ("export",), ("schema",))


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_a_read_only_library_is_not_written(folder: Path, command: tuple[str, ...]) -> None:
    types = run(folder, "schema").out + '[[entity_types]]\nname = "WHO"\n'
    (folder / "types.toml").write_text(types)
    (folder / "a.txt").write_text(ENGLISH)
    (folder / "in.json").write_bytes(GOLDEN.read_bytes().replace(b'"Kim"', b'"K."'))
    (folder / "annotations.db").chmod(0o444)
    before = (folder / "annotations.db").read_bytes()
    done = bound(folder, *command)
    assert_one_line(done, "annotations.db: it is read-only", "make the file and its folder")
    assert (folder / "annotations.db").read_bytes() == before


@pytest.mark.parametrize("command", WRITING[:2], ids=lambda command: command[0])
def test_in_a_read_only_folder_nothing_is_written(sealed: Path, command: tuple[str, ...]) -> None:
    before = (sealed / "annotations.db").read_bytes()
    assert_one_line(bound(sealed, *command), "annotations.db: it is read-only")
    assert (sealed / "annotations.db").read_bytes() == before


@pytest.mark.parametrize("command", READING, ids=lambda command: "-".join(command))
def test_in_a_read_only_folder_reading_works(sealed: Path, command: tuple[str, ...]) -> None:
    before = {path.name: path.read_bytes() for path in sealed.iterdir()}
    done = bound(sealed, *command)
    assert (done.code, done.err) == (0, "")
    assert done.out
    assert {path.name: path.read_bytes() for path in sealed.iterdir()} == before


def test_an_export_into_a_read_only_folder_is_refused(sealed: Path) -> None:
    done = bound(sealed, "export", "-o", "out.json")
    assert_one_line(done, "out.json: cannot be written (Permission denied)", "-o")


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:8000] = b"\xa5" * 7900
    path.write_bytes(data)


def not_sqlite(path: Path) -> None:
    path.write_bytes(b"This is a letter, not a library.\n" * 99)


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            ("reader", "m999_from_the_future", "2099-01-01"),
        )
    connection.close()


def of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.unlink()
    path.symlink_to(os.devnull)


def a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


BAD_LIBRARIES: dict[str, tuple[Callable[[Path], None], str]] = {
    "overwritten": (overwritten, "it is damaged; keep it as it is"),
    "no library": (not_sqlite, "it is not a library; name another file with --db"),
    "newer": (newer, "it was written by a newer version of this program (m999_from_the_future)"),
    "of another program": (of_another_program, "it is a database of another program"),
    "a folder": (a_folder, "it is not a file; name a library with --db"),
    "a named pipe": (a_pipe, "it is not a file; name a library with --db"),
    "a device": (a_device, "it is not a file; name a library with --db"),
    "a link to itself": (a_loop, "Too many levels of symbolic links; name another file"),
}


@pytest.mark.parametrize("command", [*READING[:2], *READING[3:], WRITING[0]], ids=lambda c: c[0])
@pytest.mark.parametrize("name", BAD_LIBRARIES)
def test_a_library_that_is_none(folder: Path, name: str, command: tuple[str, ...]) -> None:
    spoil, words = BAD_LIBRARIES[name]
    library = folder / "annotations.db"
    (folder / "a.txt").write_text(ENGLISH)
    spoil(library)
    before = library.read_bytes() if library.is_file() else b""
    assert_one_line(run(folder, *command), f"annotations.db: {words}")
    assert (library.read_bytes() if library.is_file() else b"") == before


def test_a_library_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    done = run(tmp_path, "add", "a.txt", "--db", "gone/my.db")
    assert_one_line(done, "gone/my.db: there is no folder gone; make it, or name another")


def test_a_library_linked_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "my.db").symlink_to("gone/my.db")
    done = run(tmp_path, "add", "a.txt", "--db", "my.db")
    assert_one_line(done, "my.db: the folder", "/gone does not exist; make it first")


@pytest.mark.parametrize(
    "name",
    [":memory:", "a?mode=ro.db", "a#b.db", "a%41.db", "a b.db", "file:a.db", "مكتبة.db", "a\nb.db"],
)
def test_a_library_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    assert run(tmp_path, "add", "a.txt", "--db", name).code == 0
    assert ENGLISH[:20] in run(tmp_path, "list", "--db", name).out
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.txt", name])


@pytest.mark.parametrize(
    "command", [WRITING[0], ("import", "in.json", "--on-conflict", "replace")], ids=lambda c: c[0]
)
def test_while_another_process_writes_nothing_is_lost(
    folder: Path, command: tuple[str, ...]
) -> None:
    (folder / "a.txt").write_text(ENGLISH)
    (folder / "in.json").write_bytes(GOLDEN.read_bytes().replace(b'"Kim"', b'"K."'))
    library = folder / "annotations.db"
    with another_process(library) as other:
        before = library.read_bytes()
        done = run(folder, *command)
        assert_one_line(done, "annotations.db: another program is writing to it", "try again")
        assert library.read_bytes() == before
        assert run(folder, "list").code == 0
        other.kill()
    assert run(folder, *command).code == 0


@contextmanager
def another_process(library: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Hold a library as a process that has begun to write.

    It cannot be this process: to open a file anew and close it drops a
    process's locks on it.
    """
    code = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "other.execute('PRAGMA journal_mode = WAL').fetchone()\n"
        "other.execute('BEGIN IMMEDIATE')\n"
        "other.execute('UPDATE annotator SET name = 1')\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout and other.stdout.readline() == b"ready\n"
        yield other


HARD_TEXTS = {
    "markup": "[bold red]Not bold[/] and [/nothing] and [@click=app.quit]quit[/] in a story.",
    "escapes": "A \x1b[31mred\x1b[0m and \x1b]0;title\x07 and \x9b2J and \x1b[8l in the story.",
    "NUL": "A null \x00 stands in the middle of this otherwise ordinary story of today.",
    "overrides": "Some \u202eoverride\u202c and \u2066isolate\u2069 and \u202b stay open here.",
    "one long line": "A line without an end and without a break, " * 2_400,
    "one long word": "x" * 100_000,
    "every space": "A\u00a0story\u2003with\u200bspaces\u3000of\u2028all\u0085kinds\x0bin\x0cit.",
}


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of all hard texts."""
    folder = tmp_path_factory.mktemp("hard")
    (folder / "texts").mkdir()
    for name, text in HARD_TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_bytes(text.encode())
    added = run_on_terminal(folder, "add", "texts", "--encoding", "utf-8")
    assert (added.code, added.err) == (0, "")
    harmless(added.out)
    return folder


def harmless(out: str) -> None:
    # Ours: CSI for the order, the erasing and the style of rows.
    ours = out.replace("\x1b[8l", "").replace("\x1b[8h", "").replace("\x1b[K", "")
    ours = ours.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert not [c for c in ours if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]
    assert not set(out) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")


def test_hard_texts_are_kept(hard: Path) -> None:
    harmless(run_on_terminal(hard, "list").out)
    with Library(hard / "annotations.db") as library:
        stored = {library.articles.read(each.id).text for each in library.articles.listed("")}
    assert stored == set(HARD_TEXTS.values())
    assert run(hard, "export", "-o", "out.json").code == 0
    assert run(hard, "--db", "b.db", "import", "out.json").code == 0
    again = run(hard, "--db", "b.db", "export").out.encode()
    assert again == (hard / "out.json").read_bytes()


@pytest.mark.parametrize("name", HARD_TEXTS)
def test_a_hard_text_harms_no_terminal(hard: Path, name: str) -> None:
    shown = run_on_terminal(hard, "show", article_id(HARD_TEXTS[name]))
    assert shown.code == 0 and len(shown.out) > 40
    harmless(shown.out)
