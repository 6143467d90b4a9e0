"""One action and its undo in a library with a long history, beside one with a short history.

    python -m benchmarks.undo

The clock is the processor's; each tag and each undo is a transaction of its
own, as it is for the user.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import report
from reader.annotation import actions
from reader.annotation.actions import Author
from reader.session import Session

SHIPPED = Path(__file__).parent.parent / "annotations.db"
SHORT, LONG = 10, 10_000
ROUNDS = 30


def opened(folder: Path, count: int) -> Session:
    """A session on a copy of the shipped library, after some actions more, each undone by hand."""
    session = Session.open(Path(shutil.copy(SHIPPED, folder / f"{count}.db")), "benchmark")
    article = session.open_article(session.articles()[1].id)
    words = [found.span() for found in re.finditer(r"\w{6,}", article.text)]
    for number in range(count // 2):
        mention = session.marking.tag([words[number % len(words)]], "OTHER")
        author = Author(session.annotator, session.annotations)
        session.apply(actions.delete(author, mention))
    return session


def seconds(act: Callable[[], object]) -> float:
    """How long one act takes the processor."""
    start = time.process_time()
    act()
    return time.process_time() - start


def main() -> None:
    """Print each ratio."""
    with tempfile.TemporaryDirectory() as folder:
        sessions = {count: opened(Path(folder), count) for count in (SHORT, LONG)}
        tags: dict[int, list[float]] = {SHORT: [], LONG: []}
        undos: dict[int, list[float]] = {SHORT: [], LONG: []}
        for number in range(ROUNDS):
            for count, session in sessions.items():
                place = [(100 + number, 103 + number)]
                tags[count].append(seconds(lambda: session.marking.tag(place, "WORK")))  # noqa: B023
                undos[count].append(seconds(session.undo))
        for session in sessions.values():
            session.close()
    for name, found in (("a tag", tags), ("its undo", undos)):
        ratio = min(found[LONG]) / min(found[SHORT])
        report(f"{name}, {LONG:,} / {SHORT} actions before it", ratio, "at most 1.3")


if __name__ == "__main__":
    main()
