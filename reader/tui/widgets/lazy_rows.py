"""Rows that are made when they are looked at: a long list costs what is seen of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

from reader.tui.widgets.rows import Row

T = TypeVar("T")


class LazyRows(Sequence[Row], Generic[T]):
    """One row for each of some things.

    Args:
        things: What the rows are about; it does not change any more.
        make: Makes the row of one of them, equal rows for equal things.
    """

    def __init__(self, things: Sequence[T], make: Callable[[T], Row]) -> None:
        self._things = things
        self._make = make

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> LazyRows[T]: ...

    def __getitem__(self, index: int | slice) -> Row | LazyRows[T]:
        if isinstance(index, slice):
            return LazyRows(self._things[index], self._make)
        return self._make(self._things[index])
