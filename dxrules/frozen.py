"""Value objects: what `dataclass(frozen=True, slots=True)` makes, in a third of its time.

That decorator compiles six methods for each class, again in every process; for the sixty classes
that judge one plan it took longer than judging. Here only the constructor is compiled, as it runs
most often, and that of a class of which more than a few objects are made; the other methods read
the fields with an `attrgetter`. It makes all value objects, loaded by a check or not, so that
nobody has to ask which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from itertools import count
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

T = TypeVar("T")

_WORTH_COMPILING = 5
"""Objects: of half of the classes that judge one plan no more are made."""

LATE: Mapping[str, bool] = {"late": True}
"""The metadata of a field whose value may be worked out when it is first read."""


class Late:
    """What stands in late fields until they are read; it has a method for each, of its name."""

    __slots__ = ()

    def value_of(self, name: str, of: object) -> object:  # noqa: ARG002  (for whoever needs it)
        """Return the value of a field of an object in which this stands."""
        return getattr(self, name)()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class of annotated fields a frozen dataclass with slots.

    Fields are given to the constructor in their order or by name; `field` works as it does for
    a dataclass, but for `hash` and `kw_only`, which nothing here needs; `init=False` is for what
    a factory makes.
    """
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` works out a signature, slowly
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    own = fields(made)
    slots = {each.name: getattr(made, each.name) for each in own}
    compared = _reader([each.name for each in own if each.compare])

    few = count(1)

    def construct(self: Any, *given: object, **named: object) -> None:
        said = None if next(few) >= _WORTH_COMPILING else _said(own, given, named)
        if said is None:
            made.__init__ = _constructor(made, own, slots)
            made.__init__(self, *given, **named)
            return
        for name, value in said.items():
            slots[name].__set__(self, value)
        if hasattr(made, "__post_init__"):
            self.__post_init__()

    def equal(self: Any, other: object) -> Any:
        return compared(self) == compared(other) if type(other) is type(self) else NotImplemented

    def hashed(self: Any) -> int:
        return hash(compared(self))

    made.__init__ = construct
    made.__as_given__ = {each.name: slots[each.name].__get__ for each in own if each.init}
    for each in own:
        if LATE.items() <= each.metadata.items():
            setattr(made, each.name, _late(each.name, slots[each.name]))
    made.__eq__, made.__hash__, made.__repr__ = equal, hashed, _repr
    made.__setattr__ = made.__delattr__ = _refuse
    made.__reduce__ = _reduce
    return cast("type[T]", made)


def _said(
    own: tuple[Field[Any], ...], given: tuple[object, ...], named: Mapping[str, object]
) -> dict[str, object] | None:
    """Return the value of each field; None for a call at fault, of which a constructor tells."""
    taken = [each.name for each in own if each.init]
    said = dict(zip(taken, given, strict=False))
    if len(given) > len(taken) or not named.keys() <= set(taken[len(given) :]):
        return None
    said |= named
    for each in own:
        if each.name in said:
            continue
        if each.default_factory is not MISSING:
            said[each.name] = each.default_factory()
        elif each.default is not MISSING:
            said[each.name] = each.default
        else:
            return None
    return said


def _reader(names: list[str]) -> Callable[[object], object]:
    """Return what reads the named fields of an object: of one its value, of more a tuple."""
    return attrgetter(*names) if names else type


def _late(name: str, slot: Any) -> property:
    """Return what reads a late field, and works its value out the first time."""

    def read(self: object) -> Any:
        value = slot.__get__(self)
        if isinstance(value, Late):
            value = value.value_of(name, self)
            slot.__set__(self, value)
        return value

    return property(read)


def replaced(value: T, **changes: object) -> T:
    """Return a value object with some fields changed; what is late stays so."""
    given: Any = type(value)
    kept = {name: read(value) for name, read in given.__as_given__.items() if name not in changes}
    return cast("T", given(**kept, **changes))


def _constructor(made: Any, own: tuple[Field[Any], ...], slots: Mapping[str, Any]) -> object:
    """Return the `__init__` of a class.

    While its fields are set the object is of a class that refuses nothing: to set each of them
    past the `__setattr__` that refuses takes four times as long, and is left to classes derived
    from it, whose layout may be another.
    """
    known: dict[str, object] = {"missing": MISSING, "sealed": made, "set_field": _SET_FIELD}
    known["unsealed"] = type(made.__name__, (made,), {**_AS_OF_ANY, **slots})
    known["set_class"] = vars(object)["__class__"].__set__
    parameters, made_first, opened, derived = ["self"], [], [], []
    for each in own:
        name, value = each.name, each.name
        if each.default_factory is not MISSING:
            known[f"make_{name}"] = each.default_factory
            given = f" if {name} is missing else {name}" if each.init else ""
            made_first.append(f" {name} = make_{name}(){given}")  # it may fail: before all is open
            name += "=missing"
        elif each.default is not MISSING:
            known[f"default_{name}"] = each.default
            name += f"=default_{name}"
        if each.init:
            parameters.append(name)
        opened.append(f"  self.{each.name} = {value}")
        derived.append(f"  set_field(self, '{each.name}', {value})")
    lines = [
        *made_first,
        " if self.__class__ is sealed:",
        *("  set_class(self, unsealed)", *opened, "  self.__class__ = sealed"),
        *([" else:", *derived] if derived else ()),
    ]
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    text = "\n".join([f"def __init__({', '.join(parameters)}):", *lines])
    # Written out field by field: a loop over the fields takes half as long again.
    exec(text, known)  # noqa: S102  (made of names of fields, as dataclasses do)
    return known["__init__"]


_SET_FIELD = object.__setattr__
_AS_OF_ANY: Mapping[str, object] = {
    "__slots__": (),
    "__setattr__": object.__setattr__,
    "__delattr__": object.__delattr__,
}


def _repr(self: Any) -> str:
    named = [each.name for each in fields(self) if each.repr]
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in named)
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} never changes")


def _reduce(self: Any) -> tuple[object, tuple[object, ...]]:
    """Let copy and pickle make the object anew from its fields."""
    return type(self), tuple(getattr(self, each.name) for each in fields(self) if each.init)
