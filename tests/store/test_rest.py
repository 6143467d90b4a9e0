"""A library at rest is one file with a rollback journal, in whatever order its users leave."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import termios
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotation import actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.errors import LibraryError
from reader.store.library import Library
from tests.cli.run import NOT_BOUND, Run, run
from tests.records import ANN, ENGLISH, make_article
from tests.store.test_database import without_privileges

ARTICLE = make_article(ENGLISH)
STEPS = {"W": ("open", "write", "close"), "R": ("open", "close"), "S": ("open", "close")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE])
    return path


def orders(left: dict[str, int]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every order of the steps; R opens before S, which does the same."""
    if not any(left.values()):
        yield ()
    for name, count in left.items():
        step = STEPS[name][-count] if count else ""
        if not step or (name == "S" and step == "open" and left["R"] == len(STEPS["R"])):
            continue
        for rest in orders(left | {name: count - 1}):
            yield ((name, step), *rest)


def is_at_rest(path: Path) -> bool:
    return os.listdir(path.parent) == [path.name] and path.read_bytes()[18:20] == b"\x01\x01"


def test_a_writer_and_two_readers_leave_in_any_order(path: Path) -> None:
    tried = 0
    for order in orders({name: len(steps) for name, steps in STEPS.items()}):
        opened: dict[str, Library] = {}
        for name, step in order:
            if step == "open":
                opened[name] = Library(path)
            elif step == "write":
                opened[name].perform(
                    ANN, actions.create_entity(Author(ANN, AnnotationSet()), "x", "PER")
                )
            else:
                opened.pop(name).close()
        assert is_at_rest(path), order
        tried += 1
    assert tried == 105


@pytest.mark.parametrize("first", ["reader", "latest"])
def test_who_reads_while_the_last_writer_leaves_puts_it_to_rest(path: Path, first: str) -> None:
    writer = Library(path)
    writer.add_articles([make_article("second")])
    users = {"reader": Library(path)}
    # What is being read cannot go from the log into the file.
    with users["reader"].steady():
        assert len(users["reader"].articles.listed("")) == 2
        writer.close()
        users["latest"] = Library(path)
        assert len(users["latest"].articles.listed("")) == 2
    users.pop(first).close()
    assert not is_at_rest(path)
    users.popitem()[1].close()
    assert is_at_rest(path)


LEAVING = """
import os, sys
from pathlib import Path
from reader.store.backups import back_up
from reader.store.library import Library
from tests.records import make_article

path, copy, who = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
for number in sys.stdin:
    library = Library(path)
    if who != "reader":
        library.add_articles([make_article(f"{who} {number}")])
    library.articles.listed("")
    print("open", flush=True)
    sys.stdin.readline()
    library.close()
    if who == "first":
        back_up(path, "daily", copy)
    print("closed", flush=True)
"""


def test_all_that_leave_at_one_moment_leave_it_at_rest(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("copies") / "copy.db"
    users = [
        subprocess.Popen(
            [sys.executable, "-c", LEAVING, str(path), str(copy), who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in ("first", "second", "reader")
    ]
    for number in range(40):
        for said in ("open", "closed"):
            for user in users:
                assert user.stdin is not None
                user.stdin.write(f"{number}\n")
                user.stdin.flush()
            for user in users:
                assert user.stdout is not None
                assert user.stdout.readline() == f"{said}\n"
        assert is_at_rest(path), number
    for user in users:
        user.communicate()
    with Library(path) as library:
        assert len(library.articles.listed("")) == 81


# A job in the background, or under `nohup`, inherits that some are ignored.
TOLD = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from reader.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_told_to_end_puts_it_to_rest(path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", TOLD, "--db", str(path), "import", "-"]
    with Library(path) as library:
        library.add_articles([make_article("second")])
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdin is not None
        os.write(process.stdin.fileno(), b"{")
        while waiting_in(process.stdin.fileno()):
            assert process.poll() is None
    assert not is_at_rest(path)
    process.send_signal(number)
    # Before its input ends.
    assert process.wait(60) == 128 + number
    assert process.communicate()[1].strip() == b""
    assert is_at_rest(path)


def waiting_in(pipe: int) -> int:
    """Bytes in a pipe that nobody has read yet."""
    counted = array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, counted)
    return counted[0]


def killed(path: Path, code: str) -> None:
    """Run code with a library, in a process that is killed at the end of it."""
    lines = (
        "import os, signal, sys",
        "from pathlib import Path",
        "from reader.store.library import Library",
        "from tests.records import make_article",
        "path = Path(sys.argv[1])",
        code,
        "os.kill(os.getpid(), signal.SIGKILL)",
    )
    ran = subprocess.run([sys.executable, "-c", "\n".join(lines), str(path)], check=False)
    assert ran.returncode == -signal.SIGKILL


UNFINISHED = "library = Library(path); library.add_articles([make_article('crash')])"


@pytest.fixture
def crashed(path: Path) -> Path:
    """A library whose writer was killed: a second article is in the log only."""
    killed(path, UNFINISHED)
    assert (path.parent / "annotations.db-wal").stat().st_size
    return path


def bound(folder: Path, *arguments: str) -> Run:
    done = run(folder, *arguments, bound=True)
    if done.code == NOT_BOUND:
        pytest.skip("root cannot give up its powers here")
    return done


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and times of all files but the index of the log, which every reader makes anew."""
    found = [path for path in folder.iterdir() if not path.name.endswith("-shm")]
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


@pytest.mark.parametrize("sealed", [False, True], ids=["writable", "read-only"])
@pytest.mark.parametrize(
    ("gone", "articles"),
    [((), 2), (("-shm",), 2), (("-wal",), 1), (("-wal", "-shm"), 1)],
    ids=["all there", "without index", "without log", "file alone"],
)
def test_what_a_crash_left_is_read_and_not_touched(
    crashed: Path, gone: tuple[str, ...], articles: int, sealed: bool
) -> None:
    folder = crashed.parent
    for suffix in gone:
        (folder / f"annotations.db{suffix}").unlink()
    if sealed:
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555)
    before = contents(folder)
    done = bound(folder, "list")
    exported = bound(folder, "export")
    after = contents(folder)
    folder.chmod(0o755)
    assert (done.code, done.err, done.out.count("\n")) == (0, "", articles)
    assert exported.out.count('"sha256"') == articles
    assert after == before


def test_a_writer_puts_to_rest_what_a_crash_left(crashed: Path) -> None:
    with Library(crashed) as library:
        assert library.add_articles([make_article("third")]) == (True,)
        assert len(library.articles.listed("")) == 3
    assert is_at_rest(crashed)


def test_a_crash_of_a_writer_with_a_rollback_journal_is_read_around(path: Path) -> None:
    live = sqlite3.connect(path, isolation_level=None)
    live.execute("PRAGMA cache_size = 1")
    live.execute("BEGIN IMMEDIATE")
    live.execute("UPDATE article SET text = ?", ("x" * 500_000,))
    torn = path.parent / "torn"
    torn.mkdir()
    for name in ("annotations.db", "annotations.db-journal"):
        shutil.copy(path.with_name(name), torn / name)
    live.execute("ROLLBACK")
    live.close()
    before = contents(torn)
    with Library(torn / "annotations.db") as library:
        assert library.articles.read(ARTICLE.id) == ARTICLE
    assert contents(torn) == before
    with Library(torn / "annotations.db") as library:
        library.add_articles([make_article("more")])
        assert library.articles.read(ARTICLE.id) == ARTICLE
    assert is_at_rest(torn / "annotations.db")


def leave_its_place(path: Path, what: str) -> Path:
    """Move, delete or replace a library; return where it was moved to."""
    away = path.with_name("away.db")
    copy = shutil.copy(path, path.with_name("copy.db"))
    path.rename(away)
    if what == "deleted":
        away.unlink()
    elif what == "replaced":
        shutil.copy(copy, path)
    return away


@pytest.mark.parametrize("what", ["moved", "deleted", "replaced"])
def test_nothing_is_written_to_a_library_that_is_no_longer_there(path: Path, what: str) -> None:
    with Library(path) as library:
        leave_its_place(path, what)
        with pytest.raises(LibraryError, match="moved, deleted or replaced while it was open"):
            library.add_articles([make_article("lost")])
    assert path.exists() == (what == "replaced")


@pytest.mark.parametrize("what", ["moved", "replaced"])
def test_what_was_written_to_a_library_that_is_moved_is_there_when_it_is_back(
    path: Path, what: str
) -> None:
    library = Library(path)
    library.add_articles([make_article("first")])
    away = leave_its_place(path, what)
    for act in (lambda: library.add_articles([make_article("lost")]), library.close):
        with pytest.raises(LibraryError, match=r"put it back beside annotations\.db-wal"):
            act()
    away.rename(path)
    with Library(path) as library:
        assert len(library.articles.listed("")) == 2
        assert library.problems() == ()


def test_a_library_that_is_damaged_while_it_is_open_is_called_so_to_the_end(path: Path) -> None:
    library = Library(path)
    library.add_articles([make_article("first")])
    os.truncate(path, 9000)
    with pytest.raises(LibraryError, match="it is damaged"):
        library.records.all()
    with pytest.raises(LibraryError, match="it is damaged"):
        library.close()


SEALED = """
import os, sys
from pathlib import Path
from reader.errors import LibraryError
from reader.store.library import Library
from tests.records import make_article
path = Path(sys.argv[1])
library = Library(path)
library.add_articles([make_article("first")])
path.parent.chmod(0o555)
library.add_articles([make_article("second")])
try:
    library.close()
except LibraryError as error:
    print(error.message)
"""


def test_a_folder_that_becomes_read_only_loses_nothing(path: Path) -> None:
    command = [*without_privileges(), sys.executable, "-c", SEALED, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    path.parent.chmod(0o755)
    assert ran.stderr == ""
    assert ran.stdout.startswith(f"{path}: everything is saved, but in part in annotations.db-wal")
    with Library(path) as library:
        assert len(library.articles.listed("")) == 3
        library.add_articles([make_article("third")])
    assert is_at_rest(path)


def test_a_library_that_another_process_makes_appears_in_the_list(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db") as looking:
        assert looking.articles.listed("") == ()
        with Library(tmp_path / "a.db") as adding:
            adding.add_articles([ARTICLE])
        assert [entry.id for entry in looking.articles.listed("")] == [ARTICLE.id]
    assert is_at_rest(tmp_path / "a.db")
