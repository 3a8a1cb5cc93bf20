"""How a fact looks to durable_rules; nothing else knows.

A range is two integers, a truth value two booleans, a code itself or `?`, and whether a value is
stated two booleans. What is unknown is the widest, so no rule asks whether a field exists.
Names of kinds and fields are ours (`k0`, `a0`), so that no word of the vocabulary can collide
with a keyword or, by its hash, with another word: durable_rules compares names by hash alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dxrules.dates import Range
from dxrules.derivation import Absent, Code, is_known
from dxrules.engine.limits import MAX_FIELDS, MAX_TEXT_BYTES
from dxrules.errors import EnvelopeError
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from dxrules.derivation import Fact, Value
    from dxrules.engine.formula import Aspect, Atom, Field, Formula, Scalar

LEAST, MOST = -(10**15), 10**15
"""The ends of an open range. Every constant lies strictly between, so a value beyond them
compares with any constant as they do. durable_rules reads integers of this size exactly."""

NO_CODE = "?"
"""The code that stands for none; no rule or fact may use it."""

_TYPES: Mapping[Aspect, str] = {
    "lo": "number or date",
    "hi": "number or date",
    "true": "truth",
    "false": "truth",
    "code": "code",
}

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Rules and facts are written alike, since durable_rules compares the texts of strings raw."""


def check_constant(value: Scalar) -> None:
    """Refuse a constant of a rule that no fact could be compared with safely.

    Raises EnvelopeError.
    """
    if isinstance(value, str):
        if value == NO_CODE:
            raise EnvelopeError(_reserved())
        _check_text(value)
    elif not LEAST + 1 < value < MOST - 1:
        raise EnvelopeError(
            Text(
                f"数値 {value} は大きすぎます({LEAST} と {MOST} の間)。",
                f"the number {value} is too large; it must lie between {LEAST} and {MOST}.",
            )
        )


def check_types(fields: Collection[Field]) -> None:
    """Refuse an attribute that is read as two types: durable_rules would compare `5` with `"5"`.

    Raises EnvelopeError.
    """
    seen: dict[str, str] = {}
    for attribute, aspect in sorted(fields):
        read_as = _TYPES.get(aspect)
        if read_as and seen.setdefault(attribute, read_as) != read_as:
            raise EnvelopeError(
                Text(
                    f"属性 {attribute} が二つの型で読まれています({seen[attribute]}、{read_as})。",
                    f"the attribute {attribute} is read both as {seen[attribute]} and as {read_as}.",
                )
            )


class KindEncoder:
    """Writes the facts of one kind, with the fields that rules of that kind read."""

    def __init__(self, name: str, fields: Collection[Field]) -> None:
        """Take the kind's name in the network.

        Raises EnvelopeError if there are more fields than a fact may have.
        """
        if len(fields) > MAX_FIELDS:
            raise EnvelopeError(
                Text(
                    f"一つの種類の事実から読む項目が多すぎます({len(fields)}、上限 {MAX_FIELDS})。",
                    f"rules read {len(fields)} fields of one kind; a fact holds {MAX_FIELDS}.",
                )
            )
        self._kind = name
        self._names = {field: f"a{n}" for n, field in enumerate(sorted(fields))}
        pairs = "".join(f',"{name}":%s' for name in self._names.values())
        self._template = f'"kind":"{name}"{pairs}}}'
        self._keyed = any(field.aspect == "key" for field in fields)
        self._readers = [(f.attribute, _READERS[f.aspect]) for f in self._names if f.aspect != "key"]
        if self._keyed:
            # The key is no attribute: it is read from the fact itself, and comes first.
            self._names = dict(sorted(self._names.items(), key=lambda item: item[0].aspect != "key"))
