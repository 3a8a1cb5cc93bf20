"""Conditions, values and facts as a ruleset file holds them: what `parse` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

from dxrules.dates import Range
from dxrules.derivation import VOCABULARY, Absent, Attribute, Code, Value, date_of
from dxrules.rules.condition import OPERATORS, All, AnyOf, Condition, Constant, Leaf, Not, Param

_BARE = re.compile(r"[\w.-]+", re.ASCII)


def write_condition(condition: Condition) -> str:
    """Return a condition in YAML's flow style.

    >>> write_condition(Not(Leaf("done_on", "by", 739706)))
    '{not: {done_on: {by: 2026-03-31}}}'
    """
    match condition:
        case Leaf(attribute, operator, operand):
            return f"{{{attribute}: {{{operator}: {write_constant(operator, operand)}}}}}"
        case Not(part):
            return f"{{not: {write_condition(part)}}}"
        case All(parts):
            word = "all"
        case AnyOf(parts):
            word = "any"
    return f"{{{word}: [{', '.join(map(write_condition, parts))}]}}"


def write_constant(operator: str, operand: Constant | Param) -> str:
    """Return what an operator compares with."""
    match operand:
        case Param(name):
            return f"${name}"
        case tuple():
            return f"[{', '.join(operand)}]"
        case bool():
            return _truth(operand)
        case int() if "date" in OPERATORS[operator].types:
            return date.fromordinal(operand).isoformat()
        case _:
            return str(operand)


def write_fact(kind: str, values: Mapping[str, Value]) -> str | None:
    """Return the fact of an example; what is unknown is left out.

    None if the examples of a ruleset have no words for one of its values: a number with an open
    end, or one that is approximate.
    """
    attributes = VOCABULARY[kind].attributes
    written = {
        name: _value(attributes[name], value)
        for name, value in values.items()
        if not isinstance(value, Absent) or value.silent
    }
    if None in written.values():
        return None
    return f"{{{', '.join(f'{name}: {value}' for name, value in written.items())}}}"


def _value(attribute: Attribute, value: Value) -> str | None:
    match value:
        case Absent():
            return "silent"
        case Code(code):
            return code
        case bool():
            return _truth(value)
        case Range():
            return (
                _quoted(date_of(value).canonical()) if attribute.type == "date" else _number(value)
            )
        case _:
            return _quoted(value.ja)


def _number(value: Range) -> str | None:
    if value.lo is None or value.hi is None or value.approximate:
        return None
    return str(value.lo) if value.lo == value.hi else f"{value.lo}..{value.hi}"


def _truth(value: bool) -> str:  # noqa: FBT001  (the value itself, no option)
    return "yes" if value else "no"


def _quoted(text: str) -> str:
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
