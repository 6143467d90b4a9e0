"""Processes that are killed, and power that is cut, at any moment of the work."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.store.library import Library
from tests.records import make_article
from tests.store.deeds import ARTICLE

ACTIONS = 500
_FRAME_HEADER = 24
_LOG_HEADER = 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([ARTICLE])
    return path


@contextmanager
def at_work(path: Path, count: int) -> Iterator[subprocess.Popen[str]]:
    """A process that does one thing after the other, and tells of each."""
    command = [sys.executable, "-m", "tests.store.deeds", str(path), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str], count: int) -> list[str]:
    """Wait until some actions are done; return their ids."""
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


def done(path: Path) -> list[str]:
    """The ids of the actions in a library with which nothing is wrong."""
    with Library(path) as library:
        assert library.problems() == ()
        return [entry.id for entry in library.history()]


def test_what_was_told_as_done_is_there_after_kill_9(path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.deeds", "kill", str(path), str(ACTIONS), "7"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    runs = [json.loads(line) for line in ran.stdout.splitlines()]
    known: list[str] = []
    for told, there, problems in runs:
        assert problems == []
        assert there[: len(known)] == known
        # What was told, and at most the one that was done and not told any more.
        new = there[len(known) :]
        assert new[: len(told)] == told
        assert len(new) <= len(told) + 1
        known = there
    assert len(known) >= ACTIONS
    assert len(runs) > 5


def copies(path: Path, process: subprocess.Popen[str], target: Path) -> Path:
    """Copy the files as a cut of the power would leave them: while nothing moves."""
    os.kill(process.pid, signal.SIGSTOP)
    target.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), target / name)
    os.kill(process.pid, signal.SIGCONT)
    return target / path.name


def frames_end(log: bytes | bytearray) -> int:
    """Where the last frame ends that belongs to the log, by the salt in its header."""
    size = _FRAME_HEADER + int.from_bytes(log[8:12], "big")
    end = _LOG_HEADER
    while log[end + 8 : end + 16] == log[16:24] and end + size <= len(log):
        end += size
    return end


def torn(copy: Path, how: str, chance: random.Random) -> bool:
    """Tear the last page of the log: it is cut off, empty, or anything; False for no page."""
    log = copy.with_name(f"{copy.name}-wal")
    data = bytearray(log.read_bytes())
    end = frames_end(data)
    size = _FRAME_HEADER + int.from_bytes(data[8:12], "big")
    if end == _LOG_HEADER:
        return False
    cut = end - chance.randrange(1, size)
    if how == "cut off":
        del data[cut:]
    elif how == "zeroed":
        data[end - size : end] = bytes(size)
    else:
        data[cut:end] = chance.randbytes(end - cut)
    log.write_bytes(data)
    return True


def test_a_cut_of_the_power_leaves_a_beginning_of_what_was_done(path: Path, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    untouched = path.read_bytes()[100:]
    cuts: list[tuple[Path, list[str]]] = []
    with at_work(path, 600) as process:
        known: list[str] = []
        for number in range(14):
            known += told(process, 3)
            cuts.append((copies(path, process, tmp_path / f"cut-{number}"), [*known]))
    everything = done(path)
    tears = 0
    for number, (copy, known) in enumerate(cuts):
        # While nothing has gone from the log into the file, its last page may be lost.
        if number % 4 and copy.read_bytes()[100:] == untouched:
            tears += torn(copy, ("cut off", "zeroed", "anything")[number % 3], chance)
            known = []
        there = done(copy)
        assert there == everything[: len(there)]
        assert there[: len(known)] == known
        if number % 5 == 0:
            with Library(copy) as library:
                library.add_articles([make_article("more")])
            assert os.listdir(copy.parent) == [copy.name]
            assert done(copy) == there
    assert tears > 3
