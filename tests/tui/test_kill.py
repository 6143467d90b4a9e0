"""`kill -9` at random moments loses at most the key being pressed."""

from __future__ import annotations

import random
import re
import threading
from pathlib import Path

from reader.annotation.model import Mention
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.store.library import Library
from tests.terminal import Terminal, make_seed_library

KILLS = 6
_STATUS_ROWS = slice(20, 23)


def test_every_tag_that_was_shown_is_there_after_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    make_seed_library(path)
    chance = random.Random(20261122)
    acted = 0
    for run in range(KILLS):
        type = DEFAULT_SCHEMA.entity_types[run].name
        shown = tag_until_killed(path, type, chance, tmp_path / f"state-{run}")
        acted += len(shown)
        with Library(path) as library:
            assert library.problems() == ()
            tags = [r for r in library.records.all() if isinstance(r, Mention) and r.type == type]
            assert set(shown) <= {f"{tag.span.start}–{tag.span.end}" for tag in tags}
            # The last key of each run may have been stored before it was shown.
            assert acted <= len(library.history()) <= acted + run + 1
    assert acted >= KILLS


def tag_until_killed(path: Path, type: str, chance: random.Random, state: Path) -> list[str]:
    """Tag one word after the other until a timer kills the program; return what was shown.

    The timer runs from when some are tagged, so that it strikes while the program works.
    """
    digit = next(kind.key for kind in DEFAULT_SCHEMA.entity_types if kind.name == type)
    shown: list[str] = []
    first = chance.randrange(1, 4)
    arguments = ["--db", str(path), "--annotator", "ann", "open", "2"]
    with Terminal(arguments, environment={"XDG_STATE_HOME": str(state)}) as terminal:
        terminal.wait_for("Scrutiny")
        timer = threading.Timer(chance.uniform(0, 0.15), terminal.kill)
        try:
            while True:
                terminal.press("w")
                terminal.wait(lambda rows: not tagged(rows, type), "an untagged word")
                if len(shown) == first:
                    timer.start()
                terminal.press(digit)
                terminal.wait(lambda rows: tagged(rows, type), f"a tag {type}")
                shown.append(offsets(terminal.rows))
        except (EOFError, OSError):
            # The timer struck: the program is gone, and its terminal with it.
            timer.join()
    return shown


def tagged(rows: list[str], type: str) -> bool:
    return any(row.strip().startswith(f"{type} “") for row in rows[_STATUS_ROWS])


def offsets(rows: list[str]) -> str:
    """The bounds of the selection as the status line has them."""
    found = re.search(r"\d+–\d+", "\n".join(rows[_STATUS_ROWS]))
    assert found
    return found[0]
