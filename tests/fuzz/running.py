"""What a fuzz target is, and running one for a while."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

_CPU_SECONDS = 30.0
"""What one case may take; the largest take a tenth of a second."""
_ROUND = 100
"""Cases from one seed."""


@dataclass(frozen=True)
class Target:
    """Something that is given any input.

    Attributes:
        name: What the command line calls it.
        cases: Makes the inputs.
        check: Raises for an input with which something is wrong.
    """

    name: str
    cases: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def run(target: Target, seconds: float, first: int = 0) -> int:
    """Try a target for some time; return how many cases there were.

    Args:
        target: What to try.
        seconds: How long.
        first: The first seed; the same seeds give the same cases.

    Raises:
        AssertionError: Or whatever else a case raised, with the smallest case that does.
    """
    end = time.monotonic() + seconds
    count, found = 0, False

    def once(case: Any) -> None:
        nonlocal count, found
        # A case that was found is made smaller, however long that takes.
        if not found and time.monotonic() > end:
            return
        count += 1
        try:
            with bounded():
                target.check(case)
        except BaseException:
            found = True
            raise

    while time.monotonic() < end:
        seed(first)(_SETTINGS(given(case=target.cases)(once)))()
        first += 1
    return count


_SETTINGS = settings(
    max_examples=_ROUND,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
    print_blob=False,
    report_multiple_bugs=False,
)


@contextmanager
def bounded() -> Iterator[None]:
    """Let nothing run without an end."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise AssertionError(f"it took more than {_CPU_SECONDS:.0f} seconds")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
