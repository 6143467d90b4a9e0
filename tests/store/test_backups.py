"""Backups: whole, rotated, made beside a writer; and back again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

import pytest

from reader.annotation import actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.spans import make_span
from reader.errors import LibraryError
from reader.store import backups, copying
from reader.store.backups import back_up, back_up_daily, backups_folder, backups_of, put_back
from reader.store.library import Library
from tests.records import ANN, ENGLISH, make_article

ARTICLE = make_article(ENGLISH)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with one mention, and a state folder of its own."""
    monkeypatch.setattr(backups, "state_folder", lambda: tmp_path / "state")
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE])
    tag(path, 0, 13)
    return path


def tag(path: Path, start: int, end: int) -> None:
    with Library(path) as library:
        author = Author(ANN, AnnotationSet.of(library.records.around(ARTICLE.id)), library.schema())
        span = make_span(ARTICLE.id, ENGLISH, [(start, end)])
        library.perform(library.people.who("ann", ANN), actions.tag(author, span, "PER"))


@contextmanager
def failing_when_stuck() -> Iterator[None]:
    """Fail what SQLite keeps waiting; to be interrupted it has to listen."""

    def fail(number: int, frame: FrameType | None) -> None:
        pytest.fail("it waits for a lock and hears nothing")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(20)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def mentions(path: Path) -> int:
    with Library(path) as library:
        assert library.problems() == ()
        return library.articles.listed("")[0].mentions


def test_a_copy_made_beside_a_writer_is_whole_and_at_rest(path: Path) -> None:
    with Library(path) as writing:
        writing.add_articles([make_article("Another.")])
        before = path.read_bytes()
        copy = back_up(path, "merge")
        assert path.read_bytes() == before
    assert copy is not None
    assert copy.parent == backups_folder(path)
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
    assert mentions(copy) == 1
    with Library(copy) as library:
        assert len(library.articles.listed("")) == 2


def test_what_it_was_comes_back_and_what_it_is_stays(path: Path) -> None:
    first = back_up(path, "by-hand")
    assert first is not None
    tag(path, 19, 33)
    with Library(path) as open_elsewhere:
        assert open_elsewhere.articles.listed("")[0].mentions == 2
        kept = put_back(path, first)
        assert open_elsewhere.articles.listed("")[0].mentions == 1
    assert kept is not None
    assert (mentions(path), mentions(kept)) == (1, 2)
    assert [each.why for each in backups_of(path)] == ["before-restore", "by-hand"]


def test_a_damaged_library_is_set_aside(path: Path) -> None:
    first = back_up(path, "by-hand")
    assert first is not None
    damaged = path.read_bytes()[:2000] + b"\xff" * 30_000
    path.write_bytes(damaged)
    kept = put_back(path, first)
    assert mentions(path) == 1
    assert kept is not None
    assert kept.name.startswith("annotations.db.damaged-")
    assert kept.read_bytes() == damaged


def test_a_restore_over_a_library_that_another_writes_to_is_one_change_to_it(path: Path) -> None:
    first = back_up(path, "by-hand")
    assert first is not None
    with Library(path) as window:
        author = Author(ANN, AnnotationSet.of(()), window.schema())
        who = window.people.who("ann", ANN)
        for start, end in ((19, 33), (34, 37)):
            span = make_span(ARTICLE.id, ENGLISH, [(start, end)])
            window.perform(who, actions.tag(author, span, "PER"))
            put_back(path, first)
            assert window.articles.listed("")[0].mentions == 1
    assert mentions(path) == 1
    assert sorted(os.listdir(path.parent)) == ["annotations.db", "state"]


def test_a_library_is_left_alone_when_what_it_is_cannot_be_kept(path: Path) -> None:
    first = back_up(path, "by-hand", path.with_name("copy.db"))
    assert first is not None
    tag(path, 19, 33)
    path.with_name("state").write_text("a file where the folder should be")
    with pytest.raises(LibraryError, match="the backup cannot be written"):
        put_back(path, first)
    assert mentions(path) == 2
    assert sorted(os.listdir(path.parent)) == ["annotations.db", "copy.db", "state"]


def test_nothing_waits_for_ever_for_a_library_that_is_locked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = back_up(path, "by-hand")
    assert first is not None
    monkeypatch.setattr(copying, "PATIENCE", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with failing_when_stuck():
            for attempt in (partial(back_up, path, "by-hand"), partial(put_back, path, first)):
                with pytest.raises(LibraryError, match="another program is writing to it"):
                    attempt()
    assert mentions(path) == 1
    assert sorted(os.listdir(path.parent)) == ["annotations.db", "state"]


def test_a_copy_is_as_private_as_the_library(path: Path) -> None:
    path.chmod(0o600)
    copy = back_up(path, "by-hand")
    assert copy is not None
    assert [stat.S_IMODE(each.stat().st_mode) for each in (copy, copy.parent)] == [0o600, 0o700]
    path.unlink()
    put_back(path, copy)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("state", ["gone", "damaged"])
def test_a_link_to_a_library_stays_a_link(path: Path, state: str) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    copy = back_up(link, "by-hand")
    assert copy is not None
    if state == "gone":
        path.unlink()
    else:
        path.write_bytes(b"no library any more, " * 999)
    kept = put_back(link, copy)
    assert link.is_symlink() and not path.is_symlink()
    assert mentions(path) == mentions(link) == 1
    assert kept is None or kept.name.startswith("annotations.db.damaged-")


def test_many_in_an_hour_leave_those_of_the_days_before(path: Path) -> None:
    made = back_up(path, "sync")
    assert made is not None
    now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    times = [now - timedelta(minutes=n) for n in range(30)]
    times += [now - timedelta(days=day, hours=hour) for day in range(1, 15) for hour in (0, 1)]
    for time in times:
        shutil.copyfile(made, made.with_name(f"{time:%Y-%m-%dT%H-%M-%S.%fZ}-sync.db"))
    newest = back_up(path, "sync")
    kept = [each.made for each in backups_of(path)]
    assert newest is not None and len(kept) == 20
    assert kept[2:10] == times[:8]
    assert kept[10:] == [now - timedelta(days=day) for day in range(1, 11)]


def test_what_a_killed_program_left_of_a_copy_goes_when_nobody_can_be_at_it(path: Path) -> None:
    folder = backups_folder(path)
    folder.mkdir(parents=True)
    old, new = folder / ".a.db.1.part", folder / ".b.db.2.part"
    for part in (old, old.with_name(f"{old.name}-journal"), new):
        part.touch()
        if part != new:
            os.utime(part, (0, 0))
    copy = back_up(path, "by-hand")
    assert copy is not None
    assert sorted(folder.iterdir()) == [new, copy]


def test_the_newest_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "KEPT", 3)
    made = [back_up(path, "merge") for _ in range(5)]
    assert {each.path for each in backups_of(path)} <= {*made}
    assert len(backups_of(path)) == 3
    other = backups_folder(path) / "mine.db"
    other.write_bytes(b"")
    back_up(path, "merge")
    assert other.exists()


def test_one_a_day_is_made_by_itself(path: Path) -> None:
    made = back_up_daily(path)
    assert made is not None
    assert back_up_daily(path) is None
    aged = datetime.now(UTC) - timedelta(days=1, minutes=1)
    made.rename(made.with_name(f"{aged:%Y-%m-%dT%H-%M-%S.%fZ}-daily.db"))
    assert back_up_daily(path) is not None


def test_nothing_to_copy(path: Path) -> None:
    assert back_up(path.with_name("none.db"), "merge") is None


def test_a_copy_that_cannot_be_written_leaves_the_library_alone(path: Path) -> None:
    before = path.read_bytes()
    blocked = path.with_name("state")
    blocked.write_text("a file where the folder should be")
    with pytest.raises(LibraryError, match=r"the backup cannot be written \(.*\); make room"):
        back_up(path, "merge")
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == ["annotations.db", "state"]
