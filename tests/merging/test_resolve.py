from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.merging.resolve import resolve
from reader.merging.steps import Step
from tests.merging.replicas import FIELDS, Replica, edited, edits, entity, play


def two(*aliases: str) -> tuple[Replica, Replica]:
    """Two libraries that know of one entity."""
    left, right = Replica("L"), Replica("R")
    left.put("E1", entity("Nix", *aliases))
    right.hear(left)
    return left, right


def both(left: Replica, right: Replica) -> Replica:
    left.hear(right)
    right.hear(left)
    assert left.state("E1") == right.state("E1")
    return left


def test_what_was_done_one_after_the_other_is_as_it_was_last() -> None:
    left, right = two()
    left.put("E1", entity("Alexander Nix"))
    right.hear(left)
    right.put("E1", entity("Alexander Nix", "Nix"))
    state = both(left, right).state("E1")
    assert state.after == entity("Alexander Nix", "Nix")
    assert state.conflicts == ()


def test_changes_of_different_fields_are_both_there() -> None:
    left, right = two()
    left.put("E1", entity("Alexander Nix"))
    right.put("E1", entity("Nix", note="نيكس"))
    state = both(left, right).state("E1")
    assert state.after == entity("Alexander Nix", note="نيكس")
    assert state.conflicts == ()


def test_different_values_of_one_field_are_all_kept() -> None:
    left, right = two()
    one = left.put("E1", entity("Alexander Nix"))
    other = right.put("E1", entity("A. Nix"))
    state = both(left, right).state("E1")
    assert state.after == entity("A. Nix")
    (conflict,) = state.conflicts
    assert conflict.field == "name"
    assert [(v.step, v.annotator, v.value) for v in conflict.versions] == [
        (other.id, "R", "A. Nix"),
        (one.id, "L", "Alexander Nix"),
    ]


def test_the_same_value_given_twice_is_no_conflict() -> None:
    left, right = two()
    left.put("E1", entity("Alexander Nix", updated="1", updated_by="L"))
    right.put("E1", entity("Alexander Nix", updated="2", updated_by="R"))
    state = both(left, right).state("E1")
    assert state.conflicts == ()
    assert state.after == entity("Alexander Nix", updated="2", updated_by="R")


def test_aliases_are_a_set() -> None:
    left, right = two("a", "b")
    left.put("E1", entity("Nix", "b", "c"))
    right.put("E1", entity("Nix", "a", "b", "d"))
    state = both(left, right).state("E1")
    assert state.after == entity("Nix", "b", "c", "d")
    assert state.conflicts == ()


def test_a_conflict_stays_when_something_else_is_changed() -> None:
    left, right = two()
    left.put("E1", entity("Alexander Nix"))
    right.put("E1", entity("A. Nix"))
    both(left, right)
    left.put("E1", entity("A. Nix", note="seen"))
    (conflict,) = both(left, right).state("E1").conflicts
    assert conflict.field == "name"


@pytest.mark.parametrize("name", ["Alexander Nix", "A. Nix", "Nix, Alexander"])
def test_a_conflict_is_settled_by_choosing(name: str) -> None:
    left, right = two()
    left.put("E1", entity("Alexander Nix"))
    right.put("E1", entity("A. Nix"))
    both(left, right)
    left.put("E1", entity(name), settled=("name",))
    state = both(left, right).state("E1")
    assert state.after == entity(name)
    assert state.conflicts == ()


def test_two_who_settle_differently_make_it_a_conflict_again() -> None:
    left, right = two()
    left.put("E1", entity("Alexander Nix"))
    right.put("E1", entity("A. Nix"))
    both(left, right)
    left.put("E1", entity("A. Nix"), settled=("name",))
    right.put("E1", entity("Alexander Nix"), settled=("name",))
    (conflict,) = both(left, right).state("E1").conflicts
    assert {version.annotator for version in conflict.versions} == {"L", "R"}


def apart(one: Any, other: Any) -> tuple[Replica, Replica]:
    """Two libraries that changed an entity each on their own, and told each other."""
    left, right = two()
    left.put("E1", one)
    right.put("E1", other)
    both(left, right)
    return left, right


@pytest.mark.parametrize(
    ("other", "chosen", "field"),
    [
        (entity("A. Nix"), entity("A. Nix"), "name"),
        (entity("A. Nix"), entity("Alexander Nix"), "name"),
        (entity("A. Nix"), entity("Nix, Alexander"), "name"),
        (None, entity("Alexander Nix"), "deleted"),
        (None, None, "deleted"),
    ],
)
def test_who_undoes_what_settled_a_conflict_has_it_again(
    other: Any, chosen: Any, field: str
) -> None:
    left, right = apart(entity("Alexander Nix"), other)
    before = left.state("E1")
    (conflict,) = before.conflicts
    assert conflict.field == field
    done = left.put("E1", chosen, settled=(field,))
    assert left.state("E1").conflicts == ()
    left.undo(done)
    after = both(left, right).state("E1")
    assert (after.after, after.conflicts) == (before.after, before.conflicts)
    # Forth and back once more.
    again = left.redo(done)
    assert (left.state("E1").after, left.state("E1").conflicts) == (chosen, ())
    left.undo(again)
    after = both(left, right).state("E1")
    assert (after.after, after.conflicts) == (before.after, before.conflicts)
    right.put("E1", chosen, settled=(field,))
    after = both(left, right).state("E1")
    assert (after.after, after.conflicts) == (chosen, ())


def test_what_was_undone_beside_another_change_is_undone() -> None:
    left, right = apart(entity("Alexander Nix"), entity("A. Nix"))
    (conflict,) = left.state("E1").conflicts
    done = left.put("E1", entity("Nix, A."), settled=("name",))
    both(left, right)
    right.put("E1", entity("Nix, A.", note="seen"))
    left.undo(done)
    state = both(left, right).state("E1")
    assert state.after == entity("A. Nix", note="seen")
    assert state.conflicts == (conflict,)


def test_a_third_value_joins_a_conflict_that_is_there_again() -> None:
    left, right = apart(entity("Alexander Nix"), entity("A. Nix"))
    done = left.put("E1", entity("A. Nix"), settled=("name",))
    right.put("E1", entity("Nix the third"), settled=("name",))
    left.undo(done)
    (conflict,) = both(left, right).state("E1").conflicts
    values = {version.value for version in conflict.versions}
    assert values == {"Alexander Nix", "A. Nix", "Nix the third"}


def test_one_step_after_another_is_undone_to_the_conflict() -> None:
    left, right = apart(entity("Alexander Nix"), None)
    before = left.state("E1")
    first = left.put("E1", entity("Alexander Nix"), settled=("deleted",))
    second = left.put("E1", entity("Alexander Nix", note="n"))
    left.undo(second)
    assert left.state("E1").conflicts == ()
    left.undo(first)
    after = both(left, right).state("E1")
    assert (after.after, after.conflicts) == (before.after, before.conflicts)


@given(edits(), edits(), st.sampled_from([*FIELDS, "alias", "drop", "delete"]))
@settings(max_examples=150, deadline=None)
def test_undo_brings_back_all_that_there_was(
    script: list[tuple[str, str, str]], meanwhile: list[tuple[str, str, str]], what: str
) -> None:
    libraries = play(script)
    own = libraries["A"]
    for name in "BC":
        own.hear(libraries[name])
    before = own.state("E1")
    data = entity("again") if before.after is None else before.after
    after = None if what == "delete" else edited(data, what, "Z")
    fields = tuple(conflict.settled for conflict in before.conflicts)
    own.undo(own.put("E1", after, settled=fields))
    undone = own.state("E1")
    assert (undone.after, undone.conflicts) == (before.after, before.conflicts)
    # Whatever others did who did not know of it: all come to one state.
    play(meanwhile, libraries)
    states = []
    for order in permutations("ABC"):
        last = Replica("Z")
        for name in order:
            last.hear(libraries[name])
        states.append(last.state("E1"))
    assert all(state == states[0] for state in states)


def test_what_one_changes_while_another_deletes_it_stays() -> None:
    left, right = two()
    gone = left.put("E1", None)
    kept = right.put("E1", entity("Alexander Nix"))
    state = both(left, right).state("E1")
    assert state.after == entity("Alexander Nix")
    (conflict,) = state.conflicts
    assert conflict.field == "deleted"
    assert [version.step for version in conflict.versions] == [kept.id, gone.id]


def test_what_was_done_before_it_was_deleted_is_not_lost() -> None:
    left, right = two()
    left.put("E1", entity("Nix", note="a note"))
    left.put("E1", None)
    right.put("E1", entity("Alexander Nix"))
    assert both(left, right).state("E1").after == entity("Alexander Nix", note="a note")


def test_deleted_by_both_is_deleted() -> None:
    left, right = two()
    left.put("E1", None)
    right.put("E1", None)
    state = both(left, right).state("E1")
    assert (state.after, state.conflicts) == (None, ())
    assert state.last == entity("Nix")


def test_brought_back_it_is_as_it_was_brought_back() -> None:
    left, right = two("a")
    left.put("E1", None)
    left.put("E1", entity("Nix"))
    right.put("E1", entity("Nix", "a", note="n"))
    state = both(left, right).state("E1")
    assert state.after == entity("Nix", note="n")


def test_a_step_without_its_parent_is_refused() -> None:
    with pytest.raises(ValueError, match="before one of its parents"):
        resolve([Step("2", "a", 2, "A", "entity", "E1", ("1",), entity())])


@given(edits())
@settings(max_examples=200, deadline=None)
def test_a_library_shows_what_its_steps_say(script: list[tuple[str, str, str]]) -> None:
    for library in play(script).values():
        assert library.state("E1").after == library.shown["E1"]


@given(edits())
@settings(max_examples=100, deadline=None)
def test_all_orders_of_hearing_lead_to_one_state(script: list[tuple[str, str, str]]) -> None:
    reached = []
    for order in permutations("ABC"):
        libraries = play(script)
        last = Replica("Z")
        for name in order:
            last.hear(libraries[name])
            last.hear(libraries[name])
        reached.append(last.state("E1"))
    assert all(state == reached[0] for state in reached)


@given(edits())
@settings(max_examples=100, deadline=None)
def test_what_each_changed_alone_is_shown_or_to_be_settled(
    script: list[tuple[str, str, str]],
) -> None:
    apart = [(who, what, value) for who, what, value in script if what not in ("hear", "delete")]
    libraries = play(apart)
    everything = Replica("Z")
    for library in libraries.values():
        everything.hear(library)
    state = everything.state("E1")
    assert state.after is not None
    for library in libraries.values():
        for field in ("name", "note", "type"):
            own = library.shown["E1"][field]
            offered = [v.value for c in state.conflicts if c.field == field for v in c.versions]
            assert own in (entity()[field], state.after[field], *offered)
        for alias in library.shown["E1"]["aliases"]:
            assert alias in state.after["aliases"]


def test_an_edit_changes_what_it_says() -> None:
    assert edited(entity("Nix", "a"), "drop", "a") == entity("Nix")
