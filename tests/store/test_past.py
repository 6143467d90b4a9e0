"""Back to any state that a library has had, also after others were merged into it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation import actions, entity_actions
from reader.annotation.changes import Action
from reader.annotation.codec import encode_record
from reader.annotation.ids import new_id, now
from reader.annotation.model import Ref, kind_of
from reader.annotation.spans import make_span
from tests.merging.libraries import ARTICLE, Desk, act, scripts
from tests.records import ENGLISH

State = list[tuple[str, str, Any]]


def state(desk: Desk) -> State:
    """Return all records of a library."""
    records = desk.library.records.all()
    return sorted((kind_of(each), each.id, encode_record(each)) for each in records)


def last(desk: Desk) -> str | None:
    """Return the action that came into a library last."""
    with_rowid = "SELECT id FROM action ORDER BY rowid DESC LIMIT 1"
    row = desk.library._access.connection.execute(with_rowid).fetchone()
    return None if row is None else str(row["id"])


def go_back(desk: Desk, action: str, article: str | None = None) -> None:
    changes = desk.library.past.way_back(action, article)
    if changes:
        desk.do(Action(new_id(), desk.annotator.id, "back", changes, now()))


@given(scripts, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_every_state_that_a_library_had_can_be_gone_back_to(
    script: list[tuple[int, str, int]], random: Any
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desks = [Desk(Path(folder), name) for name in ("ann", "bob", "cid")]
        for desk in desks:
            desk.add()
        seen: list[dict[str, State]] = [{}, {}, {}]
        for who, verb, number in script:
            act(desks, who, verb, number)
            action = last(desks[who])
            if action is not None:
                seen[who][action] = state(desks[who])
        for desk, states in zip(desks, seen, strict=True):
            for action in random.sample(sorted(states), len(states)):
                go_back(desk, action)
                assert state(desk) == states[action]
        for desk in desks:
            assert desk.library.problems() == ()
            desk.library.close()


def test_what_another_did_meanwhile_was_not_here(tmp_path: Path) -> None:
    ann, bob = Desk(tmp_path, "ann"), Desk(tmp_path, "bob")
    for desk in (bob, ann):
        desk.add()
        desk.do(actions.tag(desk.author, make_span(ARTICLE.id, ENGLISH, [(0, 13)]), "PER"))
    before, then = state(ann), last(ann)
    ann.do(entity_actions.create(ann.author, "Nix", "PER"))
    ann.hear(bob)
    assert len(state(ann)) == len(before) + 3
    assert then is not None
    go_back(ann, then)
    assert state(ann) == before
    ann.library.undo(ann.annotator)
    assert len(state(ann)) == len(before) + 3


def test_two_that_are_the_same_come_back_as_they_were(tmp_path: Path) -> None:
    """Somebody who works on two machines may tag the same name on both."""
    here, there = Desk(tmp_path, "here"), Desk(tmp_path, "there")
    there.annotator = here.annotator
    for desk in (here, there):
        desk.add()
        desk.do(actions.tag(desk.author, make_span(ARTICLE.id, ENGLISH, [(0, 13)]), "PER"))
    here.hear(there)
    both, then = state(here), last(here)
    here.do(actions.delete(here.author, here.mentions()[0]))
    assert len(here.mentions()) == 1
    assert then is not None
    go_back(here, then)
    assert state(here) == both
    here.library.undo(here.annotator)
    here.library.redo(here.annotator)
    assert state(here) == both
    assert Ref("mention", here.mentions()[0].id) in here.library.records.refs()


def test_what_stands_in_an_article_brings_back_what_it_refers_to(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "ann")
    desk.add()
    desk.do(actions.tag(desk.author, make_span(ARTICLE.id, ENGLISH, [(0, 13)]), "PER"))
    desk.do(actions.create_entity(desk.author, "Nix", "PER", desk.mentions(), "en"))
    linked, then = state(desk), last(desk)
    desk.do(actions.delete(desk.author, desk.mentions()[0]))
    desk.do(entity_actions.delete(desk.author, desk.entities()[0]))
    desk.do(entity_actions.create(desk.author, "Unconcerned", "PER"))
    assert then is not None
    go_back(desk, then, ARTICLE.id)
    assert [entity.name for entity in desk.entities()] == ["Nix", "Unconcerned"]
    assert [each for each in state(desk) if each in linked] == linked
