"""Contenders take turns, so that a busy moment of the machine strikes all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence

Contenders = Mapping[str, Callable[[], object]]


def rounds(contenders: Contenders, count: int) -> dict[str, list[float]]:
    """Seconds of the processor in each run of each contender."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(count):
        for name, run in contenders.items():
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    return times


def best(contenders: Contenders, count: int) -> dict[str, float]:
    """Seconds of the best run of each."""
    return {name: min(times) for name, times in rounds(contenders, count).items()}


def median(contenders: Mapping[str, Callable[[], float]], count: int) -> dict[str, float]:
    """Median of what each contender measures of itself, in turns; a first turn does not count."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(count + 1):
        for name, run in contenders.items():
            seconds = run()
            if turn:
                found[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def steady(rounds: Sequence[Sequence[float]]) -> float:
    """Mean over the steps of some rounds, of each step its best: other programs slow some down."""
    return statistics.fmean(map(min, zip(*rounds, strict=True)))


def report(name: str, ratio: float, bar: str) -> None:
    """Print one ratio beside the bar it is held to."""
    print(f"{name:48} {ratio:6.2f}   ({bar})")
