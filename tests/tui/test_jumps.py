"""The way back and forth between places one has jumped from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.jumps import JumpList, Spot

spots = st.builds(
    lambda article, start, top: Spot(article, start, start + 1, top),
    st.sampled_from("ab"),
    st.integers(0, 5),
    st.integers(0, 2),
)


def without_repeats(places: list[Spot]) -> list[Spot]:
    found: list[Spot] = []
    for place in places:
        if not found or not found[-1].same_as(place):
            found.append(place)
    return found


def walk(jumps: JumpList, now: Spot, back: bool) -> list[Spot]:
    passed = []
    while (spot := (jumps.back if back else jumps.forward)(now)) is not None:
        assert isinstance(spot, Spot)
        passed.append(spot)
        now = spot
    return passed


def keys(places: list[Spot]) -> list[tuple[str, int]]:
    return [(place.article, place.start) for place in places]


@given(st.lists(spots, max_size=12), spots)
def test_back_and_forward_go_through_the_same_places(left: list[Spot], now: Spot) -> None:
    jumps = JumpList()
    for spot in left:
        jumps.leave(spot)
    path = without_repeats([*left, now])
    behind = walk(jumps, now, back=True)
    assert keys(behind) == keys(path[-2::-1])
    ahead = walk(jumps, behind[-1] if behind else now, back=False)
    assert keys(ahead) == keys(path[1:])


def test_a_new_jump_forgets_the_way_forward() -> None:
    here, there, else_where = (Spot("a", at, at + 1, 0) for at in (0, 5, 9))
    jumps = JumpList()
    jumps.leave(here)
    assert jumps.back(there) == here
    jumps.leave(here)
    assert jumps.forward(else_where) is None
    assert jumps.back(else_where) == here


def test_only_so_many_places_are_kept() -> None:
    jumps = JumpList()
    for at in range(300):
        jumps.leave(Spot("a", at, at + 1, 0))
    assert len(walk(jumps, Spot("b", 0, 1, 0), back=True)) == 100
