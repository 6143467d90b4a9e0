"""What an annotator does in one go, one deed after the other, in a process that may be killed.

Run as a program, `python -m tests.store.deeds LIBRARY COUNT` prints a line with the id of each
action after it is committed; `... deeds kill LIBRARY COUNT SEED` kills who does them.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Entity, Mention, Ref
from reader.session import Session
from reader.store.library import Library
from tests.records import make_article

TEXT = "word " * 1200
ARTICLE = make_article(TEXT)


def do(session: Session, step: int) -> None:
    """Do one thing: every way of changing something comes round, and what it needs is there."""
    place = [(step * 5, step * 5 + 4)]
    mentions = [r for r in session.annotations if isinstance(r, Mention)]
    entities = [r for r in session.annotations if isinstance(r, Entity)]
    match step % 10:
        case 4 if mentions:
            session.marking.create_entity(f"name {step}", "PER", mentions[-1])
        case 5 if mentions and entities:
            session.marking.link(mentions[-1], entities[0])
        case 6:
            session.marking.mark_claim(place, ClaimForm(statement=f"claim {step}"))
        case 7:
            session.marking.note(Ref("article", ARTICLE.id), f"note {step}")
        case 8 if mentions:
            session.marking.delete(mentions[0])
        case 9:
            session.undo()
        case _:
            session.marking.tag(place, "PER")


def last_action(session: Session) -> str:
    """The id of the action that was made last."""
    return session.library.past.entries(limit=1)[0].id


def opened(path: Path) -> Session:
    """Open a library with its one article."""
    session = Session.open(path, "ann")
    session.open_article(ARTICLE.id)
    return session


def work(path: Path, first: int, last: int, tell: Callable[[str], object]) -> None:
    """Do what is between two numbers, and tell the action of each when it is done."""
    session = opened(path)
    for step in range(first, last):
        do(session, step)
        tell(last_action(session))
    session.close()


def killed(path: Path, first: int, last: int, after: int, pause: float) -> list[str]:
    """Work in a process that is killed a moment after some actions; return what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(path, first, last, lambda id: os.write(writing, f"{id}\n".encode()))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="ascii") as pipe:
        told = [pipe.readline() for _ in range(min(after, last - first))]
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told += pipe.readlines()
    return [line.strip() for line in told if line.endswith("\n")]


def actions_of(path: Path) -> list[str]:
    """The ids of all actions of a library, the oldest first."""
    with Library(path) as library:
        return [entry.id for entry in library.history()]


def kill_again_and_again(path: Path, actions: int, seed: int) -> None:
    """Work until so many actions are told; print a line of JSON about each who was killed."""
    chance, step, known = random.Random(seed), 0, actions_of(path)
    while step < actions:
        told = killed(path, step, actions, chance.randrange(5, 70), chance.uniform(0, 0.01))
        if not told:
            raise SystemExit(f"Nothing was done from step {step} on.")
        before, known = known, actions_of(path)
        # What was done and not told any more is not done again: its place is taken.
        step += max(len(told), len(known) - len(before))
        with Library(path) as library:
            print(json.dumps([told, known, library.problems()]), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "kill":
        kill_again_and_again(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        work(Path(sys.argv[1]), 0, int(sys.argv[2]), lambda id: print(id, flush=True))
