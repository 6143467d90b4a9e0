"""Frozen data classes that take a tenth of the time to make.

Python writes and compiles seven methods for a frozen data class of its own,
0.7 ms each; seventy of them would be a tenth of the start. Here `__init__` alone
is compiled, when the first value is made; the other methods ask one getter for
all fields, and `fields` finds them when it first asks. Type checkers see the
standard decorator, and `replace`, `fields` and `match` work as with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError
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

_FIELDS = "__dataclass_fields__"
"""Where the standard library looks for the fields of a data class."""

_PLAN = "__plan__"
"""Where a data class that takes over the fields of another finds them."""

_CHECK = "__post_init__"
"""What a class has that checks each new value."""


class _Plan:
    """What fields a class has, with what defaults."""

    def __init__(
        self, cls: type, kinds: Mapping[str, Any], defaults: Mapping[str, object], kw_only: bool
    ) -> None:
        self.kinds, self.defaults, self.kw_only = kinds, defaults, kw_only
        self.names = tuple(kinds)
        self._called = f"{cls.__qualname__}.__init__"
        self._checks = hasattr(cls, _CHECK)

    def initialiser(self) -> Callable[..., None]:
        """Compile `__init__`: each field an argument, with its default; then what is checked."""
        names, defaults = self.names, self.defaults
        known: dict[str, Any] = {f"_{name}": default for name, default in defaults.items()}
        known["_set"] = object.__setattr__
        arguments = [f"{name}=_{name}" if name in defaults else name for name in names]
        body = [f"_set(self, {name!r}, {name})" for name in names]
        body.append(f"self.{_CHECK}()" if self._checks else "pass")
        start = ["self", "*"] if self.kw_only else ["self"]
        exec(f"def __init__({', '.join(start + arguments)}):\n " + "\n ".join(body), known)
        found: Callable[..., None] = known["__init__"]
        found.__qualname__ = self._called
        return found


def _made(cls: type, kw_only: bool) -> Any:
    kinds = cls.__annotations__
    own = {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__")}
    defaults = {name: own.pop(name) for name in kinds if name in own}
    plan = _planned(cls, kinds, defaults, kw_only)
    own |= {
        **_methods(plan),
        "__slots__": tuple(kinds),
        "__match_args__": () if kw_only else plan.names,
        "__doc__": cls.__doc__ or cls.__name__,
        "__init__": _first_time(plan),
        "__signature__": _Signature(plan),
        _FIELDS: _Fields(plan),
        _PLAN: plan,
    }
    made = type(cls)(cls.__name__, cls.__bases__, own)
    made.__qualname__ = cls.__qualname__
    return made


def _planned(
    cls: type, kinds: Mapping[str, Any], defaults: Mapping[str, object], kw_only: bool
) -> _Plan:
    """Put the fields of a class after those of the class that it extends."""
    for name, default in defaults.items():
        if isinstance(default, dataclasses.Field):
            raise TypeError(f"{cls.__name__}.{name}: a default that is made is not known here.")
    extended = getattr(cls, _PLAN, None)
    if not isinstance(extended, _Plan):
        return _Plan(cls, kinds, defaults, kw_only)
    return _Plan(cls, {**extended.kinds, **kinds}, {**extended.defaults, **defaults}, kw_only)


def _methods(plan: _Plan) -> dict[str, Callable[..., Any]]:
    """What a value can do, but for its making."""
    names, kw_only = plan.names, plan.kw_only
    values = _getter(names)

    def equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def show(self: Any) -> str:
        shown = map("{}={!r}".format, names, values(self))
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def again(self: Any) -> tuple[Any, ...]:
        if kw_only:
            return _again, (type(self), names, values(self))
        return type(self), values(self)

    return {
        "__eq__": equal,
        "__hash__": lambda self: hash(values(self)),
        "__repr__": show,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        # Without it copies would be filled by attribute, which is refused.
        "__reduce__": again,
    }


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of all fields, as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _first_time(plan: _Plan) -> Callable[..., None]:
    """An `__init__` that puts the compiled one in its own place, and calls that."""

    def first(self: Any, *values: Any, **named: Any) -> None:
        compiled = plan.initialiser()
        _replace(type(self), "__init__", first, compiled)
        compiled(self, *values, **named)

    return first


class _Signature:
    """How a value is made, as `inspect.signature` gives it."""

    def __init__(self, plan: _Plan) -> None:
        self._plan = plan

    def __get__(self, value: object, cls: type) -> Any:
        from inspect import signature

        found = signature(self._plan.initialiser())
        return found.replace(parameters=list(found.parameters.values())[1:])


class _Fields:
    """The fields as the standard library describes them, found when somebody asks."""

    def __init__(self, plan: _Plan) -> None:
        self._plan = plan

    def __get__(self, value: object, cls: type) -> Any:
        plan = self._plan
        # With a docstring, for the standard library would make one, which takes long.
        own = {"__annotations__": plan.kinds, "__doc__": cls.__name__, **plan.defaults}
        make = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=plan.kw_only)
        found = getattr(make(type(cls.__name__, (), own)), _FIELDS)
        _replace(cls, _FIELDS, self, found)
        return found


def _replace(cls: type, name: str, old: object, new: object) -> None:
    """Put something else where a class, or one that it extends, has an attribute."""
    for owner in cls.__mro__:
        if vars(owner).get(name) is old:
            setattr(owner, name, new)


def _refuse(self: Any, name: str, *value: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _again(cls: Any, names: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    return cls(**dict(zip(names, values, strict=True)))
