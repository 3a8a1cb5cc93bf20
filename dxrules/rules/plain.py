"""A law as plain data, and back: what JSON can hold, and nothing that could run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dxrules.rules.ruleset import Law

_LEAVES = (str, int, bool, type(None))
_NESTED = (list, dict)
_TUPLE, _DATE = "tuple", "date"


def to_plain(law: Law) -> Any:
    """Return a law as lists, mappings, texts and numbers: the classes in it, and the whole.

    In the whole, a list begins with the position of the class that is made of the rest. Raises
    TypeError for anything but value objects, tuples, mappings, days, and what JSON has.
    """
    classes: dict[type[Any] | str, int] = {_TUPLE: 0, _DATE: 1}

    def plain(value: Any) -> Any:
        if type(value) in _LEAVES:
            return value
        match value:
            case tuple():
                return [classes[_TUPLE], *map(plain, value)]
            case date():
                return [classes[_DATE], value.toordinal()]
            case Mapping():
                return {name: plain(inner) for name, inner in value.items()}
        number = classes.setdefault(type(value), len(classes))
        return [number, *(plain(getattr(value, name)) for name in _names(type(value)))]

    whole = plain(law)
    return [[each if isinstance(each, str) else _called(each) for each in classes], whole]


def from_plain(data: Any) -> Law:
    """Return the law that `to_plain` was given."""
    called, whole = data
    makers = [_maker(each) for each in called]

    def made(value: Any) -> Any:
        if type(value) is list:
            number, *parts = value
            return makers[number]([made(part) if type(part) in _NESTED else part for part in parts])
        if type(value) is dict:
            return {name: made(inner) for name, inner in value.items()}
        return value

    return cast("Law", made(whole))


def _called(each: type[Any]) -> str:
    return f"{each.__module__}:{each.__name__}"


def _names(each: type[Any]) -> list[str]:
    if issubclass(each, BaseModel):
        return list(each.model_fields)
    if is_dataclass(each):
        return [field.name for field in fields(each)]
    raise TypeError(f"{each.__name__} is nothing that a law is made of")


def _maker(called: str) -> Callable[[Sequence[Any]], object]:
    """Return what makes an object of its parts; a model's were validated before."""
    if called == _TUPLE:
        return tuple
    if called == _DATE:
        return lambda parts: date.fromordinal(*parts)
    module, _, name = called.partition(":")
    if not module.startswith("dxrules."):
        raise TypeError(f"{called} is nothing that a law is made of")
    each: type[Any] = getattr(import_module(module), name)
    names = _names(each)
    if issubclass(each, BaseModel):
        construct = each.model_construct
        return lambda parts: construct(**dict(zip(names, parts, strict=True)))
    return lambda parts: each(*parts)
