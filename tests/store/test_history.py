"""Undo and redo: which action is next, beside a stack kept by hand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from reader.annotation import actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.ids import now
from reader.annotation.model import Annotator
from reader.store import database, history
from reader.store.migrations import migrate
from tests.records import ANN, BOB


def do(connection: sqlite3.Connection, who: Annotator) -> str:
    action = actions.create_entity(Author(who, AnnotationSet()), "x", "PER")
    return history.perform(connection, who, action).id


def turn(connection: sqlite3.Connection, who: Annotator, mode: history.ActionMode) -> str | None:
    """Undo or redo; return the id of the action that it was about."""
    find = history.last_done if mode == "undo" else history.last_undone
    target = find(connection, who.id)
    if target is not None:
        made = history.read_action(connection, target).inverse(now())
        made = made if mode == "undo" else made.inverse(now())
        history.perform(connection, who, made, mode, target)
    return target


STEPS = st.lists(
    st.tuples(st.sampled_from([ANN, BOB]), st.sampled_from(["do", "do", "undo", "undo", "redo"])),
    max_size=40,
)


@given(STEPS)
@example([(ANN, step) for step in ("do", "undo", "do", "undo", "redo", "redo")])
@example([(ANN, step) for step in ("do", "do", "undo", "do", "undo", "undo", "redo", "redo")])
def test_undo_and_redo_are_two_stacks_for_each_annotator(
    steps: list[tuple[Annotator, history.ActionMode]],
) -> None:
    connection = database.open_reading(Path("/nonexistent/library.db"), migrate)
    done: dict[str, list[str]] = {ANN.id: [], BOB.id: []}
    undone: dict[str, list[str]] = {ANN.id: [], BOB.id: []}
    for who, step in steps:
        mine, back = done[who.id], undone[who.id]
        if step == "do":
            mine.append(do(connection, who))
            back.clear()
            continue
        here, there = (mine, back) if step == "undo" else (back, mine)
        expected = here.pop() if here else None
        assert turn(connection, who, step) == expected
        if expected:
            there.append(expected)
    connection.close()


def test_what_to_undo_is_found_without_looking_through_what_is_undone() -> None:
    connection = database.open_reading(Path("/nonexistent/library.db"), migrate)
    for _ in range(300):
        do(connection, ANN)
    turns: tuple[tuple[history.ActionMode, int], ...] = (("undo", 250), ("redo", 240))
    for mode, times in turns:
        for _ in range(times):
            turn(connection, ANN, mode)
        find = history.last_done if mode == "undo" else history.last_undone
        steps = 0

        def count() -> None:
            nonlocal steps
            steps += 1

        connection.set_progress_handler(count, 10)
        assert find(connection, ANN.id) is not None
        connection.set_progress_handler(None, 10)
        # SQLite counts its virtual machine's steps: about 100 here, thousands when it scans.
        assert steps < 50
    connection.close()
