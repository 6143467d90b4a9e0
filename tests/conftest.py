"""No test sees, or changes, what belongs to whoever runs the tests."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_NUMBERS = count()
_MEMORY = Path("/dev/shm")
_ROOM = 2 << 30
"""Bytes: many times what a run of all tests leaves there."""
LONGEST = 300
"""Seconds that a test may take: many times what any takes on a busy machine."""

# A busy machine is no fault of what is tested.
settings.register_profile(
    "reader", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("reader")


# What a shell, a terminal and a build server tell of themselves. Textual and Rich look when
# they are imported, and so does every program that a test starts.
_TOLD = re.compile(
    "READER_|TEXTUAL|NO_COLOR|FORCE_COLOR|CLICOLOR|COLUMNS$|LINES$|TMUX|STY$|ZELLIJ|TERM_|LC_|"
    "LANG|KONSOLE|KITTY|VTE_|WEZTERM|WT_|ALACRITTY|GHOSTTY|MLTERM|XTERM|DISPLAY$|WAYLAND|"
    "PYTHONIOENCODING|PYTHONUTF8|PYTHONDONTWRITEBYTECODE"
)
for _name in filter(_TOLD.match, list(os.environ)):
    del os.environ[_name]
os.environ |= {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def pytest_configure() -> None:
    """Keep the tests' files in memory where that can be.

    Every action on a library waits for the disk, and a disk may take its time.
    """
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and _takes_programs(_MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(_MEMORY)


def _takes_programs(folder: Path) -> bool:
    """Whether there is room in a folder, also for files that are executed."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    may_not = os.statvfs(folder).f_flag & os.ST_NOEXEC
    return not may_not and shutil.disk_usage(folder).free > _ROOM


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Let what a test needs come to an end."""
    with _limited(item.nodeid):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let a test come to an end, whatever it waits for."""
    with _limited(item.nodeid):
        yield


@contextmanager
def _limited(name: str) -> Iterator[None]:
    """Fail what hangs, with a traceback that shows where."""

    def fail(_number: int, _frame: object) -> None:
        pytest.fail(f"{name} goes on for more than {LONGEST} seconds: it hangs, or loops")

    before = signal.signal(signal.SIGALRM, fail)
    # Once more, for what waits for a process when it is left.
    signal.setitimer(signal.ITIMER_REAL, LONGEST, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a user's folders of its own, which are made when something is kept."""
    folder = tmp_path_factory.getbasetemp() / f"user-{next(_NUMBERS)}"
    for name in ("state", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(folder / name))
