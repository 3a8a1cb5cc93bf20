"""How a fact looks to durable_rules; nothing else knows.

A range is two integers, a truth value two booleans, a code itself or `?`, and whether a value is
stated two booleans. What is unknown is the widest, so no rule asks whether a field exists. So is
what the interpreter had no need to read: where that would matter, the two answers differ.
Names of kinds and fields are ours (`k0`, `a0`), so that no word of the vocabulary can collide
with a keyword or, by its hash, with another word: durable_rules compares names by hash alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import groupby
from typing import NoReturn

from dxrules.dates import Range
from dxrules.derivation import UNKNOWN, Absent, Code, Fact, Value, is_known
from dxrules.engine.formula import And, Aspect, Atom, Field, Formula, Scalar, conjuncts
from dxrules.engine.limits import MAX_BYTES, MAX_FIELDS
from dxrules.errors import EnvelopeError
from dxrules.frozen import frozen
from dxrules.texts import Text, same

LEAST, MOST = -(10**15), 10**15
"""The ends of an open range. Every constant lies strictly between, so a value beyond them
compares with any constant as they do. durable_rules keeps integers of this size exactly."""

NO_CODE = "?"
"""The code that stands for none; no rule or fact may use it."""

KEY = Field("", "key")
"""The key of a fact, which is no attribute; its empty name puts it before all others."""

_TYPES: Mapping[Aspect, Text] = {
    "lo": Text("数値・日付", "a number or date"),
    "hi": Text("数値・日付", "a number or date"),
    "true": Text("真偽", "a truth value"),
    "false": Text("真偽", "a truth value"),
    "code": Text("コード", "a code"),
}

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Rules and facts are written alike, since durable_rules compares the raw texts of strings."""


_Way = Callable[[Value], str]
"""How fields of an attribute are written, whatever its value."""


def check_constant(value: Scalar) -> None:
    """Refuse a constant of a rule that no fact could be compared with safely.

    Raises EnvelopeError.
    """
    if isinstance(value, str):
        _check_size(to_json(value))
    elif not LEAST + 1 < value < MOST - 1:  # an opposite is one further
        raise EnvelopeError(
            Text(
                f"数値 {value} は大きすぎます(絶対値の上限は {MOST - 2})。",
                f"the number {value} is too far from zero (the limit is {MOST - 2}).",
            )
        )


def check_code(code: str) -> None:
    """Refuse the code that means "unknown" here.

    Raises EnvelopeError.
    """
    if code == NO_CODE:
        raise EnvelopeError(
            Text(
                f"コード {NO_CODE} は「不明」を表すため使えません。",
                f"the code {NO_CODE} stands for an unknown one and cannot be used.",
            )
        )


def check_types(fields: Iterable[Field], known: Mapping[str, Aspect]) -> dict[str, Aspect]:
    """Return what each attribute is read as, after `fields` of one more rule of its kind.

    Raises EnvelopeError if it is read as two types: durable_rules takes `5` and `"5"` for equal.
    """
    types = dict(known)
    for attribute, aspect in sorted(fields):
        if aspect not in _TYPES:
            continue
        earlier = _TYPES[types.setdefault(attribute, aspect)]
        if earlier != _TYPES[aspect]:
            raise EnvelopeError(
                Text(
                    "属性 {name} が {one} としても {two} としても読まれています。",
                    "the attribute {name} is read both as {one} and as {two}.",
                ).format(name=attribute, one=earlier, two=_TYPES[aspect])
            )
    return types


@frozen
class _Written:
    """Writes what is read of facts: of each attribute in its way, and then what is not read."""

    fields: tuple[tuple[str, _Way], ...]
    unread: str

    def text(self, values: Mapping[str, Value]) -> str:
        """Return the fields of a fact."""
        written = [write(values.get(attribute, UNKNOWN)) for attribute, write in self.fields]
        return "".join(written) + self.unread


class KindEncoder:
    """Writes the facts of one kind, with the fields that rules of that kind read."""

    def __init__(self, name: str, fields: Mapping[str | None, AbstractSet[Field]]) -> None:
        """Take the kind's name in the network, and what its rules read.

        That is by the key that they are about; under None what they read of every fact. All facts
        get all fields, and what no rule reads of one is written as unknown.
        """
        ordered = sorted(set().union(*fields.values()))
        self.names = {field: f"a{number}" for number, field in enumerate(ordered)}
        self._kind = name
        self._key = f',"{self.names[KEY]}":' if KEY in self.names else None
        each = fields.get(None, frozenset())
        self._of = {key: self._written(own | each) for key, own in fields.items()}

    def _written(self, read: AbstractSet[Field]) -> _Written:
        """Return what writes a fact of which some fields are read."""
        attributes = {field.attribute for field in read}
        fields, unread = [], ""
        for attribute, own in groupby(self.names, lambda field: field.attribute):
            if attribute == KEY.attribute:
                continue
            for way in _ways({field.aspect: self.names[field] for field in own}):
                if attribute in attributes:
                    fields.append((attribute, way))
                else:
                    unread += way(UNKNOWN)
        return _Written(tuple(fields), unread)

    def asks(self, key: str) -> bool:
        """Tell whether any rule is about the fact with a key."""
        return key in self._of or None in self._of

    def fact(self, fact: Fact) -> str:
        """Write a fact that is asked about as JSON, from its kind on.

        The id and the session come before that.

        Raises EnvelopeError if durable_rules could not be trusted with it.
        """
        written = self._of.get(fact.key) or self._of[None]
        try:
            key = "" if self._key is None else self._key + to_json(fact.key)
            text = f'"kind":"{self._kind}"{key}{written.text(fact.values)}}}'
            _check_size(text)
        except ValueError:
            reason = Text("整数でない数値があります。", "a number is no integer.")
            raise _about(fact, reason) from None
        except EnvelopeError as error:
            raise _about(fact, error.text) from None
        return text

    def rule(self, formula: Formula) -> dict[str, object]:
        """Write a formula in the language of durable_rules; the kind is tested first."""
        return {"$and": [{"kind": self._kind}, *map(self._pattern, conjuncts(formula))]}

    def _pattern(self, formula: Formula) -> dict[str, object]:
        if isinstance(formula, Atom):
            test: dict[str, object] = {self.names[formula.field]: formula.value}
            return test if formula.relation == "eq" else {f"${formula.relation}": test}
        word = "$and" if isinstance(formula, And) else "$or"
        return {word: [self._pattern(part) for part in formula.parts]}


def too_many_fields(fields: int) -> EnvelopeError:
    """Say that rules read more of one kind than a fact can hold."""
    return EnvelopeError(
        Text(
            f"この種類の事実から読む属性が {fields} になり、上限の {MAX_FIELDS} を超えます。",
            f"with this rule {fields} fields of its kind are read; a fact holds {MAX_FIELDS}.",
        )
    )


def _ways(names: Mapping[Aspect, str]) -> Iterator[_Way]:
    """Yield what writes the fields of one attribute, which have these names.

    Most are read from both sides, and one call for both takes half the time of two.
    """
    left = dict(names)
    for one, other, way in _BOTH_SIDES:
        if one in left and other in left:
            yield way(left.pop(one), left.pop(other))
    for aspect, name in left.items():
        yield _of_one_side(f',"{name}":', _READERS[aspect])


def _of_one_side(before: str, read: _Way) -> _Way:
    return lambda value: before + read(value)


def _of_ends(lo: str, hi: str) -> _Way:
    before, between = f',"{lo}":', f',"{hi}":'
    widest = f"{before}{LEAST}{between}{MOST}"

    def write(value: Value) -> str:
        if not isinstance(value, Range):
            return widest if isinstance(value, Absent) else _mistyped(value, "lo")
        least, most = value.lo, value.hi
        if least is None or value.approximate:
            least = LEAST
        if most is None:
            most = MOST
        if least >= LEAST and most <= MOST:
            return f"{before}{least:d}{between}{most:d}"
        return f"{before}{_integer(least)}{between}{_integer(most)}"

    return write


def _of_truth(true: str, false: str) -> _Way:
    yes, no, open_ = _two_sides(true, false)

    def write(value: Value) -> str:
        if value is True:
            return yes
        if value is False:
            return no
        return open_ if isinstance(value, Absent) else _mistyped(value, "true")

    return write


def _of_presence(stated: str, silent: str) -> _Way:
    yes, no, open_ = _two_sides(stated, silent)

    def write(value: Value) -> str:
        if not isinstance(value, Absent):
            return yes
        return no if value.silent else open_

    return write


def _two_sides(one: str, other: str) -> tuple[str, str, str]:
    """Return the fields of a question with two answers: the one, the other, and neither."""
    return (
        f',"{one}":true,"{other}":false',
        f',"{one}":false,"{other}":true',
        f',"{one}":false,"{other}":false',
    )


_BOTH_SIDES: tuple[tuple[Aspect, Aspect, Callable[[str, str], _Way]], ...] = (
    ("lo", "hi", _of_ends),
    ("true", "false", _of_truth),
    ("stated", "silent", _of_presence),
)


def _lo(value: Value) -> str:
    if isinstance(value, Range):
        end, _ = value.bounds
        return _integer(LEAST if end is None else end)
    return str(LEAST) if isinstance(value, Absent) else _mistyped(value, "lo")


def _hi(value: Value) -> str:
    if isinstance(value, Range):
        end = value.hi
        return _integer(MOST if end is None else end)
    return str(MOST) if isinstance(value, Absent) else _mistyped(value, "hi")


def _integer(end: int) -> str:
    """Write an end, cut to the bounds; by its value, for True is an int and would be a boolean."""
    return f"{end if LEAST < end < MOST else max(LEAST, min(end, MOST)):d}"


def _true(value: Value) -> str:
    if value is True:
        return "true"
    return "false" if value is False or isinstance(value, Absent) else _mistyped(value, "true")


def _false(value: Value) -> str:
    if value is False:
        return "true"
    return "false" if value is True or isinstance(value, Absent) else _mistyped(value, "false")


def _code(value: Value) -> str:
    if isinstance(value, Code):
        return _code_text(value.code)
    return f'"{NO_CODE}"' if isinstance(value, Absent) else _mistyped(value, "code")


@lru_cache(maxsize=1_024)  # the codes of a vocabulary are few
def _code_text(code: str) -> str:
    check_code(code)
    return to_json(code)


def _stated(value: Value) -> str:
    return "true" if is_known(value) is True else "false"


def _silent(value: Value) -> str:
    return "true" if is_known(value) is False else "false"


_READERS: Mapping[Aspect, _Way] = {
    "lo": _lo,
    "hi": _hi,
    "true": _true,
    "false": _false,
    "code": _code,
    "stated": _stated,
    "silent": _silent,
}


def _mistyped(value: Value, aspect: Aspect) -> NoReturn:
    reason = Text("値 {value} が {type} ではありません。", "the value {value} is not {type}.")
    raise EnvelopeError(reason.format(value=repr(value), type=_TYPES[aspect]))


def _check_size(text: str) -> None:
    """Refuse what is too long to be kept, or no text at all (half of a surrogate pair)."""
    try:
        size = len(text) if text.isascii() else len(text.encode())
    except UnicodeEncodeError:
        raise EnvelopeError(
            Text("文字として成り立たない符号があります。", "a text holds half of a surrogate pair.")
        ) from None
    if size >= MAX_BYTES:
        raise EnvelopeError(
            Text(
                f"長すぎます({size} バイト、上限 {MAX_BYTES})。",
                f"it is too long ({size} bytes; the limit is {MAX_BYTES}).",
            )
        )


def _about(fact: Fact, reason: Text) -> EnvelopeError:
    key = fact.key[:60].encode(errors="replace").decode()
    return EnvelopeError(same(f"{fact.place}: {fact.kind} {key}: ") + reason)
