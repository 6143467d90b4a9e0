"""What annotators are called, where libraries that renamed them tell each other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation import actions
from reader.annotation.changes import Action
from reader.annotation.ids import new_id, now
from reader.annotation.model import Annotator
from reader.annotation.spans import make_span
from reader.errors import ConflictError, FormatError
from reader.sync.synchronise import synchronise
from tests.merging.libraries import ARTICLE, PLACES, Desk
from tests.records import ENGLISH

Desks = list[Desk]


def begin(folder: Path) -> Desks:
    """Ann on two machines, the second called otherwise, and Bob; nobody has heard of another."""
    desks = [Desk(folder, name) for name in ("ann", "Ann at home", "bob")]
    desks[1].annotator = Annotator(desks[0].annotator.id, "Ann at home")
    for desk, place in zip(desks, PLACES, strict=True):
        desk.add()
        span = make_span(ARTICLE.id, ENGLISH, [place])
        desk.do(actions.tag(desk.author, span, "PER", None))
    return desks


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = begin(tmp_path)
    yield made
    for desk in made:
        desk.library.close()


def _nothing() -> Action:
    return Action(new_id(), "", "", (), now())


def together(desks: Desks) -> list[str]:
    for hearer, teller in [*permutations(desks, 2)] * 2:
        hearer.hear(teller)
    dumps = [desk.dump() for desk in desks]
    assert all(dump == dumps[0] for dump in dumps)
    assert dumps[0]["problems"] == ()
    assert all(conflict.kind != "annotator" for conflict in dumps[0]["conflicts"])
    return [each.name for each in desks[0].library.people.all()]


def test_the_name_that_was_given_last_counts_not_the_one_that_sorts_first(desks: Desks) -> None:
    ann, home, _ = desks
    assert together(desks) == ["Ann at home", "bob"]
    ann.call(ann.annotator, "Zoe")
    assert together(desks) == ["Zoe", "bob"]
    home.library.undo(ann.annotator)
    assert together(desks) == ["Ann at home", "bob"], "an undo knows it elsewhere, too"
    ann.library.redo(ann.annotator)
    assert together(desks) == ["Zoe", "bob"]


def test_of_two_names_given_at_once_all_choose_the_same_without_a_conflict(desks: Desks) -> None:
    ann, home, bob = desks
    ann.call(ann.annotator, "A. Berg")
    home.call(home.annotator, "Ann B.")
    home.call(home.annotator, "Ann Berg")
    assert together(desks) == ["Ann Berg", "bob"]
    with pytest.raises(ConflictError, match="changed meanwhile"):
        ann.library.undo(ann.annotator)
        ann.library.undo(ann.annotator)
        ann.library.undo(ann.annotator)
    assert together(desks)[1] == "bob"
    bob.call(home.annotator, "Ann")
    assert together(desks) == ["Ann", "bob"]


def test_an_old_name_that_is_heard_again_changes_no_byte(desks: Desks, tmp_path: Path) -> None:
    ann, _, bob = desks
    ann.call(ann.annotator, "Zoe")
    stale = Desk(tmp_path, "dan")
    stale.hear(bob)
    stale.library.take_in((Annotator(ann.annotator.id, "Aa"),), (), stale.annotator, _nothing())
    together(desks)
    before = ann.dump()
    told = stale.library.exchange.tell(ann.library.exchange.known())
    assert not ann.library.exchange.check(replace(told, deeds=()))
    ann.hear(stale)
    assert {**ann.dump(), "actions": ()} == {**before, "actions": ()} | {
        "people": ann.library.people.all()
    }
    assert ann.library.people.all()[0].name == "Zoe"
    stale.hear(ann)
    assert stale.library.people.all() == ann.library.people.all()
    stale.library.close()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(["call", "call", "undo", "redo", "hear", "hear", "sync"]),
            st.integers(0, 3),
        ),
        max_size=14,
    )
)
@settings(max_examples=20, deadline=None)
def test_all_call_everybody_the_same_however_they_heard_of_it(
    script: list[tuple[int, str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        desks, folder = begin(Path(name)), Path(name) / "shared"
        for who, verb, number in script:
            desk = desks[who]
            people = desk.library.people.all()
            try:
                if verb == "call":
                    desk.call(people[number % len(people)], f"{'zaby'[number]}{who}")
                elif verb == "undo":
                    desk.library.undo(desk.annotator)
                elif verb == "redo":
                    desk.library.redo(desk.annotator)
                elif verb == "hear":
                    desk.hear(desks[number % 3])
                else:
                    synchronise(desk.library, folder)
            except (ConflictError, FormatError) as error:
                assert isinstance(error, ConflictError), error
        together(desks)
        fresh = Desk(Path(name), "eve")
        for desk in (*desks, fresh):
            synchronise(desk.library, folder)
        assert fresh.dump() == desks[0].dump()
        assert [synchronise(desk.library, folder).written for desk in (*desks, fresh)] == [0] * 4
        for desk in (*desks, fresh):
            desk.library.close()


def test_a_library_that_removes_somebody_is_refused(desks: Desks) -> None:
    ann, _, bob = desks
    ann.call(ann.annotator, "Zoe")
    told, before = ann.library.exchange.tell(), bob.dump()
    *deeds, last = told.deeds
    steps = (*last.steps[:-1], replace(last.steps[-1], after=None))
    with pytest.raises(FormatError, match=r"removes annotator .*, which stays"):
        bob.library.exchange.take_in(replace(told, deeds=(*deeds, replace(last, steps=steps))))
    assert bob.dump() == before
