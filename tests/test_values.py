"""Our data classes behave as the standard library's do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from inspect import signature
from typing import Any

import pytest

from reader import values
from reader.patterns import pattern


def _define(dataclass: Callable[..., Any]) -> tuple[Any, ...]:
    @dataclass(frozen=True, slots=True)
    class Pair:
        """Two."""

        left: int
        right: str = "r"

        @property
        def both(self) -> str:
            return f"{self.left}{self.right}"

    @dataclass(frozen=True, slots=True)
    class Single:
        only: tuple[int, ...] = ()

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        first: int
        second: int = 2

    @dataclass(frozen=True, slots=True)
    class Triple(Pair):
        third: bool = True

    return Pair, Single, Named, Triple


OURS = _define(values.dataclass)
THEIRS = _define(dataclasses.dataclass)


@values.dataclass(frozen=True, slots=True)
class Kept:
    """Where pickle finds it."""

    a: int
    b: tuple[str, ...] = ()


@pytest.mark.parametrize(("ours", "theirs"), list(zip(OURS, THEIRS, strict=True)))
def test_the_same_can_be_asked_of_both(ours: Any, theirs: Any) -> None:
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__slots__ == theirs.__slots__
    arguments = [list(signature(each).parameters.values()) for each in (ours, theirs)]
    assert len({tuple((each.name, each.kind, each.default) for each in a) for a in arguments}) == 1
    assert ours.__doc__.split("(")[0] == theirs.__doc__.split("(")[0]
    for one, other in zip(dataclasses.fields(ours), dataclasses.fields(theirs), strict=True):
        assert (one.name, one.type, one.default) == (other.name, other.type, other.default)


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_values_are_compared_shown_and_replaced(kinds: Any) -> None:
    pair, single, named, triple = kinds
    assert pair(1, "b") == pair(left=1, right="b") != pair(1)
    assert hash(pair(1, "b")) == hash(pair(1, "b"))
    assert pair(1).both == "1r"
    assert repr(pair(1)).endswith("Pair(left=1, right='r')")
    assert dataclasses.replace(pair(1), left=2) == pair(2)
    assert dataclasses.asdict(named(first=3)) == {"first": 3, "second": 2}
    assert single((1,)) == single((1,)) != single()
    assert single((1,)) != ((1,),)
    assert pair(1) != named(first=1)
    assert triple(1, third=False) == triple(1, "r", False) != triple(1) != pair(1)
    assert triple(2).both == "2r" and pair(2).both == "2r"
    assert dataclasses.replace(triple(1), left=2, third=False) == triple(2, "r", False)


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_what_is_wrong_is_refused(kinds: Any) -> None:
    pair, _, named, _ = kinds
    with pytest.raises(FrozenInstanceError):
        pair(1).left = 2
    with pytest.raises(FrozenInstanceError):
        del pair(1).left
    with pytest.raises(TypeError):
        pair()
    with pytest.raises(TypeError):
        pair(1, "b", 3)
    with pytest.raises(TypeError):
        named(1)
    with pytest.raises((AttributeError, TypeError)):
        pair(1).other = 2


@pytest.mark.parametrize("dataclass", [values.dataclass, dataclasses.dataclass])
def test_each_new_value_is_checked(dataclass: Any) -> None:
    @dataclass(frozen=True, slots=True)
    class Even:
        number: int = 0

        def __post_init__(self) -> None:
            if self.number % 2:
                raise ValueError("odd")

    @dataclass(frozen=True, slots=True)
    class Named(Even):
        name: str = ""

    for _ in range(2):  # The first value is made in another way than those after it.
        for kind in (Even, Named):
            with pytest.raises(ValueError, match="odd"):
                kind(3)
            assert kind(2).number == 2
    with pytest.raises(ValueError, match="odd"):
        dataclasses.replace(Named(2), number=5)


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_the_class_is_named_where_arguments_are_wrong(kinds: Any) -> None:
    for kind, arguments in ((kinds[0], {}), (kinds[3], {"left": 1, "fourth": 4})):
        with pytest.raises(TypeError, match=rf"{kind.__name__}\.__init__\(\)"):
            kind(**arguments)


def test_copies_are_equal() -> None:
    kept = Kept(1, ("b",))
    assert copy.copy(kept) == copy.deepcopy(kept) == pickle.loads(pickle.dumps(kept)) == kept


def test_only_frozen_classes_are_made() -> None:
    make: Any = values.dataclass
    with pytest.raises(TypeError, match="frozen"):
        make(frozen=False, slots=True)


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    found = pattern("(?P<first>[a-z])[0-9]", re.IGNORECASE)
    assert vars(found).keys() == {"_source", "_flags"}
    match = found.fullmatch("B1")
    assert match is not None and match["first"] == "B" and found.sub("-", "xa1") == "x-"
    assert found.pattern.startswith("(?P<first>") and found.flags & re.IGNORECASE
    other = pattern("a")
    for each in (copy.copy(other), copy.deepcopy(other), pickle.loads(pickle.dumps(other))):
        assert each.fullmatch("a")
    with pytest.raises(AttributeError):
        _ = found.missing  # type: ignore[attr-defined]


def test_a_default_that_is_made_is_refused() -> None:
    with pytest.raises(TypeError, match="names"):

        @values.dataclass(frozen=True, slots=True)
        class Wrong:
            names: list[str] = dataclasses.field(default_factory=list)
