from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from reader.errors import AnnotationError, LibraryError
from reader.store import database, versions
from reader.store.library import Library
from reader.store.migrations import LIBRARY, m001_library, migrate
from reader.store.resting import leave
from tests.records import ANN, ENGLISH, make_article

ARTICLE = make_article(ENGLISH)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE])
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_names_that_reading_knows_are_the_migrations() -> None:
    assert tuple(migration.name for migration in LIBRARY._migrations) == versions.MIGRATION_NAMES


def next_version(monkeypatch: pytest.MonkeyPatch, fail: bool = False) -> database.Migrate:
    """Pretend that this program is one version ahead of the library."""
    ahead = Migrations(versions.MIGRATION_SET)
    ahead()(m001_library)

    @ahead()
    def m002_mood(db: Database) -> None:
        db.execute("CREATE TABLE mood (id TEXT)")
        if fail:
            raise sqlite3.OperationalError("no mood")

    monkeypatch.setattr(versions, "MIGRATION_NAMES", (*versions.MIGRATION_NAMES, "m002_mood"))
    return lambda connection: migrate(connection, ahead)


def test_who_is_interrupted_while_making_a_library_leaves_none(tmp_path: Path) -> None:
    def interrupted(connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    fresh, empty = tmp_path / "fresh.db", tmp_path / "empty.db"
    empty.touch()
    for path in (fresh, empty):
        with pytest.raises(KeyboardInterrupt):
            database.open_writing(path, interrupted)
    assert os.listdir(tmp_path) == [empty.name]


def test_what_goes_while_it_is_opened_is_not_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the first of two who make a library does, who is interrupted.
    monkeypatch.setattr(database, "check_ours", lambda connection, path: path.unlink())
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        database.open_writing(path, migrate)
    assert os.listdir(path.parent) == []


def test_an_older_library_is_read_through_a_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(path)
    connection = database.open_reading(path, next_version(monkeypatch))
    assert connection.execute("SELECT count(*) FROM mood").fetchone()[0] == 0
    assert connection.execute("SELECT id FROM article").fetchone()[0] == ARTICLE.id
    connection.close()
    assert digest(path) == before
    assert os.listdir(path.parent) == [path.name]


def test_an_older_library_is_copied_and_migrated_by_the_first_write(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(database.open_writing(path, next_version(monkeypatch)), path)
    kept = path.with_name("annotations.db.before-migration")
    assert sorted(os.listdir(path.parent)) == [path.name, kept.name]
    assert tables(path) - tables(kept) == {"mood"}
    monkeypatch.undo()
    with Library(kept) as library:
        assert library.articles.read(ARTICLE.id) == ARTICLE


def test_a_failing_migration_leaves_the_library_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables(path)
    with pytest.raises(LibraryError, match="no mood"):
        database.open_writing(path, next_version(monkeypatch, fail=True))
    monkeypatch.undo()
    assert tables(path) == before
    with Library(path) as library:
        assert library.problems() == ()
        assert library.articles.read(ARTICLE.id) == ARTICLE


def tables(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    return found


def refused(path: Path, match: str) -> None:
    """Both ways in refuse, and the file stays as it is."""
    before = digest(path) if path.is_file() else None
    for enter in (database.open_reading, database.open_writing):
        with pytest.raises(LibraryError, match=match) as caught:
            enter(path, migrate)
        assert str(path) in caught.value.message
        assert "\n" not in caught.value.message
    assert before == (digest(path) if path.is_file() else None)


def test_a_library_of_a_newer_version_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('reader', 'm099_future')"
    )
    connection.commit()
    connection.close()
    refused(path, r"newer version of this program \(m099_future\); update the program")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE note (id)")
    connection.commit()
    connection.close()
    refused(tmp_path / "other.db", "a database of another program")


def test_a_text_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("This is no library. " * 100)
    refused(tmp_path / "a.txt", "it is not a library; name another file with --db")


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    refused(tmp_path, "it is not a file; name a library with --db")


def test_a_truncated_library_is_called_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(LibraryError, match="it is damaged; keep it as it is"), Library(path) as it:
        it.problems()
        it.records.all()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"the folder .*/no does not exist; make it first"):
        database.open_writing(tmp_path / "no" / "a.db", migrate)


def test_a_library_that_another_program_writes_to_is_said_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    rival = sqlite3.connect(path, isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="another program is writing to it"), Library(path) as it:
        it.add_articles([make_article("more")])
    rival.execute("ROLLBACK")
    rival.close()
    with Library(path) as library:
        assert library.add_articles([make_article("more")]) == (True,)


def test_a_first_write_waits_for_another_program_to_end_its_own(path: Path) -> None:
    rival = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    rival.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, rival.execute, ["ROLLBACK"]).start()
    with Library(path) as library:
        assert library.add_articles([make_article("more")]) == (True,)
    rival.close()


def test_the_copy_before_a_migration_is_not_made_of_what_another_just_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = next_version(monkeypatch)
    late = database._connect(path.as_uri())
    leave(database.open_writing(path, ahead), path)
    # What a second writer does that looked before the first one was done.
    database._migrate_file(late, path, ahead)
    late.close()
    assert "mood" not in tables(path.with_name("annotations.db.before-migration"))


def test_a_copy_that_cannot_be_made_stops_the_migration(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.with_name("annotations.db.before-migration").mkdir()
    with pytest.raises(LibraryError, match=r"before-migration: the copy .* cannot be written"):
        database.open_writing(path, next_version(monkeypatch))
    assert "mood" not in tables(path)


HALF_MADE = """
import os, signal, sys
from pathlib import Path
from reader.store import database
def stop(connection):
    from reader.store.migrations import migrate
    migrate(connection)
    os.kill(os.getpid(), signal.SIGKILL)
database.open_writing(Path(sys.argv[1]), stop)
"""


def test_a_library_that_was_never_finished_is_empty_and_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    ran = subprocess.run([sys.executable, "-c", HALF_MADE, str(path)], check=False)
    assert ran.returncode == -9
    for suffix in ("-wal", "-shm"):
        path.with_name(f"a.db{suffix}").unlink()
    before = path.read_bytes()
    assert before
    with Library(path) as library:
        assert library.articles.listed("") == ()
    assert (os.listdir(tmp_path), path.read_bytes()) == (["a.db"], before)
    with Library(path) as library:
        assert library.add_articles([ARTICLE]) == (True,)
    assert os.listdir(tmp_path) == ["a.db"]


PROBE = """
import sys
from pathlib import Path
from reader.errors import LibraryError
from reader.store.library import Library
from tests.records import ANN, make_article
with Library(Path(sys.argv[1])) as library:
    print(len(library.articles.listed(ANN.id)))
    try:
        library.add_articles([make_article("more")])
    except LibraryError as error:
        print(error.message)
"""


def without_privileges() -> list[str]:
    """How to run a program for which permission bits hold, also when root runs the tests."""
    if os.geteuid() != 0:
        return []
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if shutil.which("setpriv") is None or subprocess.run([*command, "true"]).returncode:
        pytest.skip("root may write everywhere, and setpriv cannot change that here")
    return command


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_library_is_read_and_says_why_it_is_not_written(path: Path, what: str) -> None:
    target = path if what == "file" else path.parent
    target.chmod(0o444 if what == "file" else 0o555)
    before = digest(path)
    command = [*without_privileges(), sys.executable, "-c", PROBE, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    target.chmod(0o755)
    assert ran.stderr == ""
    assert ran.stdout == (
        f"1\n{path}: it is read-only; make the file and its folder writable, "
        "or copy it elsewhere.\n"
    )
    assert digest(path) == before
    assert os.listdir(path.parent) == [path.name]


CRASH = """
import os, signal, sys
from pathlib import Path
from reader.annotation import actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.store.library import Library
from tests.records import ANN, ARABIC, make_article
article = make_article(ARABIC, "ar")
library = Library(Path(sys.argv[1]))
library.add_articles([article])
from reader.annotation.spans import make_span
for start in range(int(sys.argv[2])):
    span = make_span(article.id, ARABIC, [(start, start + 3)])
    library.perform(ANN, actions.tag(Author(ANN, AnnotationSet()), span, "PER"))
    print(start, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_committed_survives_kill_9(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CRASH, str(path), "7"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == -9
    assert len(ran.stdout.split()) == 7
    assert path.with_name("annotations.db-wal").exists()
    with Library(path) as library:
        assert len(library.history()) == 7
        assert library.problems() == ()
    with Library(path) as library:
        assert library.undo(library.people.who(ANN.name)) is not None
        assert library.problems() == ()
    assert os.listdir(path.parent) == [path.name]


WORK = """
import sys
from pathlib import Path
from reader.annotation import actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.ids import new_id
from reader.annotation.model import Annotator
from reader.store import database
from reader.store.library import Library
database.BUSY_SECONDS = 60
me = Author(Annotator(new_id(), sys.argv[2]), AnnotationSet())
for number in range(25):
    with Library(Path(sys.argv[1])) as library:
        for part in "ab":
            library.perform(
                me.annotator, actions.create_entity(me, f"{sys.argv[2]}-{number}{part}", "PER")
            )
"""


def test_several_processes_write_at_once_and_lose_nothing(path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", WORK, str(path), f"w{i}"], stderr=subprocess.PIPE)
        for i in range(4)
    ]
    assert [process.communicate()[1] for process in running] == [b""] * 4
    with Library(path) as library:
        names = [record.name for record in library.records.all()]  # type: ignore[union-attr]
        expected = {f"w{i}-{n}{part}" for i in range(4) for n in range(25) for part in "ab"}
        assert (len(names), set(names)) == (200, expected)
        assert [entry.clock for entry in library.history()] == list(range(1, 201))
        assert library.problems() == ()
    assert os.listdir(path.parent) == [path.name]


def test_annotator_of_a_fresh_library_is_new(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db") as library:
        assert library.people.who(ANN.name).id != ANN.id


def test_a_first_write_that_is_refused_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    evil = replace(ARTICLE, id="", text="\ud800")
    with Library(path) as library:
        with pytest.raises(AnnotationError):
            library.add_articles([evil])
        assert list(tmp_path.iterdir()) == []
        assert library.articles.listed("") == ()
        library.add_articles([ARTICLE])
    with Library(path) as library:
        assert [entry.id for entry in library.articles.listed("")] == [ARTICLE.id]
