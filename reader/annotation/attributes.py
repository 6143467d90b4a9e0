"""What the attributes of a schema say about a record: a name and a value for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reader.values import dataclass

AttributeValue = str | bool | int | float | tuple[str, ...]
"""One of several values, some of them (a tuple), true or false, a number, or free text."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of one record, by name; one that is not there says nothing.

    Attributes:
        items: Names and values, sorted by name, each name once.
    """

    items: tuple[tuple[str, AttributeValue], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, AttributeValue]) -> Attributes:
        """Make attributes of names and values, in any order."""
        return cls(tuple(sorted(values.items(), key=lambda item: item[0])))

    def __bool__(self) -> bool:
        return bool(self.items)

    def __iter__(self) -> Iterator[tuple[str, AttributeValue]]:
        return iter(self.items)

    def get(self, name: str) -> AttributeValue | None:
        """Return the value of an attribute, or None where it says nothing."""
        return next((value for known, value in self.items if known == name), None)

    def having(self, name: str, value: AttributeValue | None) -> Attributes:
        """Return these attributes with another value for one; None takes it away."""
        left = {known: kept for known, kept in self.items if known != name}
        return Attributes.of(left if value is None else left | {name: value})


NO_ATTRIBUTES = Attributes()
