"""Frozen data classes that take a quarter of the time to make.

Python writes and compiles seven methods for a frozen data class of its own,
0.7 ms each; forty of them would be a tenth of the start. Here `__init__` alone
is compiled; the other methods ask one getter for all fields. Type checkers see
the standard decorator, and `replace`, `fields` and `match` work as with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type], type]:
        """Make a class a frozen data class with slots, which compares by its fields.

        Raises:
            TypeError: If it is to be anything else.
        """
        if not (frozen and slots):
            raise TypeError("These data classes are frozen and have slots.")
        return lambda cls: _made(cls, kw_only)


__all__ = ["dataclass"]


def _made(cls: type, kw_only: bool) -> Any:
    make = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    made: Any = make(cls)
    names = tuple(made.__dataclass_fields__)
    values = _getter(names)

    def equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    made.__init__ = _initialiser(made, kw_only)
    made.__eq__ = equal
    made.__hash__ = lambda self: hash(values(self))
    made.__repr__ = _repr
    made.__setattr__ = made.__delattr__ = _refuse
    # Without it copies would be filled by attribute, which is refused.
    if kw_only:
        made.__reduce__ = lambda self: (_again, (made, values(self)))
    else:
        made.__reduce__ = lambda self: (made, values(self))
    return made


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of all fields, as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _initialiser(cls: Any, kw_only: bool) -> Any:
    """Compile `__init__`: each field an argument, with its default."""
    known: dict[str, Any] = {"_set": object.__setattr__}
    arguments = ["self", "*"] if kw_only else ["self"]
    body = []
    for name, field in cls.__dataclass_fields__.items():
        if field.default_factory is not MISSING:
            raise TypeError(f"{cls.__name__}.{name}: a default that is made is not known here.")
        known[f"_{name}"] = field.default
        arguments.append(name if field.default is MISSING else f"{name}=_{name}")
        body.append(f"_set(self, {name!r}, {name})")
    exec(f"def __init__({', '.join(arguments)}):\n " + "\n ".join(body or ["pass"]), known)
    return known["__init__"]


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, *value: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _again(cls: Any, values: tuple[Any, ...]) -> Any:
    return cls(**dict(zip(cls.__dataclass_fields__, values, strict=True)))
