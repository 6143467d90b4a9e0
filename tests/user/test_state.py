"""What is remembered comes back, whatever happened to its files meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from reader.user.state import MOST_ARTICLES, Position, State


def kept(folder: Path) -> State:
    """Remember something of each kind."""
    state = State(folder)
    state.keep_position("aa", Position(3, 9, 1))
    state.keep_bases("aa", {120: 1, 0: 0})
    state.keep_look("theme", "nord")
    state.keep_look("text_width", 60)
    state.keep_tour_seen()
    state.flush()
    return state


def test_everything_comes_back(tmp_path: Path) -> None:
    kept(tmp_path / "deep" / "state")
    state = State(tmp_path / "deep" / "state")
    assert state.position("aa") == Position(3, 9, 1)
    assert state.bases("aa") == {120: 1, 0: 0}
    assert state.looks() == {"theme": "nord", "text_width": 60}
    assert state.tour_seen
    assert state.position("bb") is None and state.bases("bb") == {}
    assert state.take_warning() == ""


def test_what_is_read_or_kept_the_same_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    state = State(folder)
    assert state.position("aa") is None and not state.tour_seen and not state.pending
    state.flush()
    assert not folder.exists()
    kept(folder)
    state = State(folder)
    state.keep_position("aa", Position(3, 9, 1))
    assert not state.pending


def test_without_a_folder_it_holds_for_the_run() -> None:
    state = State()
    state.keep_position("aa", Position(3, 9, 1))
    state.flush()
    assert state.position("aa") == Position(3, 9, 1) and not state.lasts


def test_keeping_one_thing_of_an_article_leaves_the_other(tmp_path: Path) -> None:
    kept(tmp_path)
    state = State(tmp_path)
    state.keep_position("aa", Position(5, 6, 0))
    state.flush()
    assert State(tmp_path).bases("aa") == {120: 1, 0: 0}


BROKEN = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"position": [3, 9]}',
    b'{"position": [9, 3, 0]}',
    b'{"position": [true, 3, 0]}',
    b'{"position": [-1, 3, 0]}',
    b'{"position": {"start": 1}}',
    b'{"bases": {"x": 1}}',
    b'{"bases": {"3": 2}}',
    b'{"bases": [1]}',
    b"\xff\xfe{}",
    b"[" * 100_000,
    b'{"bases": {"%s": 1}}' % (b"9" * 10_000),
)


@pytest.mark.parametrize("data", BROKEN)
def test_a_damaged_file_is_kept_aside_and_told_once(tmp_path: Path, data: bytes) -> None:
    kept(tmp_path)
    (tmp_path / "articles" / "aa.json").write_bytes(data)
    (tmp_path / "looks" / "dim.json").write_bytes(data)
    state = State(tmp_path)
    assert state.position("aa") is None and state.bases("aa") == {}
    assert state.looks() == {"theme": "nord", "text_width": 60}
    assert "aa.json: it was damaged; it is now aa.broken" in state.take_warning()
    assert state.take_warning() == ""
    assert (tmp_path / "articles" / "aa.broken").read_bytes() == data
    state.keep_position("aa", Position(1, 2, 0))
    state.flush()
    assert State(tmp_path).position("aa") == Position(1, 2, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "3"),
        ("text_width", "7"),
        ("text_width", "true"),
        ("dim", "1"),
        ("inspector", "{}"),
    ],
)
def test_a_look_that_cannot_be_is_not_taken(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "looks").mkdir()
    (tmp_path / "looks" / f"{name}.json").write_text(f'{{"value": {value}}}')
    state = State(tmp_path)
    assert state.looks() == {}
    assert f"{name}.broken" in state.take_warning()


def test_a_folder_that_cannot_be_made_is_told_once_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    state = State(tmp_path / "file" / "state")
    assert state.position("aa") is None
    for end in (1, 2):
        state.keep_position("aa", Position(0, end, 0))
        state.flush()
    assert "are not remembered" in state.take_warning()
    assert state.take_warning() == ""
    assert state.position("aa") == Position(0, 2, 0)


def test_only_the_user_may_read_what_was_read(tmp_path: Path) -> None:
    kept(tmp_path / "state")
    assert stat.S_IMODE((tmp_path / "state" / "articles").stat().st_mode) == 0o700


@pytest.mark.parametrize("id", ["../../evil", "a/b", "", "ش", "a" * 300])
def test_an_id_leads_nowhere_else(tmp_path: Path, id: str) -> None:
    folder = tmp_path / "state"
    state = State(folder)
    state.keep_position(id, Position(1, 2, 0))
    state.flush()
    assert [path.parent for path in tmp_path.rglob("*.json")] == [folder / "articles"]
    assert State(folder).position(id) == Position(1, 2, 0)


def test_the_articles_left_longest_ago_are_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(MOST_ARTICLES):
        path = folder / f"{number}.json"
        path.write_text('{"position": [1, 2, 0]}')
        os.utime(path, (number, number))
    state = State(tmp_path)
    state.keep_position("new", Position(1, 2, 0))
    state.flush()
    left = State(tmp_path)
    assert len(list(folder.iterdir())) <= MOST_ARTICLES
    assert left.position("new") and left.position(f"{MOST_ARTICLES - 1}")
    assert left.position("0") is None


def write_many(folder: Path, prefix: str, look: str) -> None:
    """What a window does: keep its own articles, one that all have open, and a look."""
    state = State(folder)
    for number in range(150):
        state.keep_position(f"{prefix}{number}", Position(number, number + 1, 0))
        state.keep_position("shared", Position(number, number, number))
        state.keep_look(look, number % 2 == 0)
        state.flush()


def test_windows_do_not_lose_what_another_keeps(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    windows = [
        context.Process(target=write_many, args=(tmp_path, prefix, look))
        for prefix, look in (("a", "dim"), ("b", "inspector"))
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert [window.exitcode for window in windows] == [0, 0]
    state = State(tmp_path)
    for prefix in "ab":
        for number in range(150):
            assert state.position(f"{prefix}{number}") == Position(number, number + 1, 0)
    assert state.position("shared") == Position(149, 149, 149)
    assert state.looks() == {"dim": False, "inspector": False}
    assert state.take_warning() == ""
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".json"}
