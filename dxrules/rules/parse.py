"""From the text of a ruleset file to conditions and values, checked against the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dxrules.dates import Range, parse_date, parse_day
from dxrules.derivation import SILENT, UNKNOWN, Attribute, Code, Kind, Value
from dxrules.errors import DateError, Problem
from dxrules.rules.condition import OPERATORS, All, AnyOf, Condition, Constant, Leaf, Not, Param
from dxrules.rules.ruleset_models import Parameter
from dxrules.source import Document, Path, did_you_mean
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, same, shorten

_GROUPS: Mapping[str, type[All | AnyOf]] = {"all": All, "any": AnyOf}
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}
_NUMBERS = re.compile(r"^(-?\d{1,12})(?:\.\.(-?\d{1,12}))?$")


class Faults:
    """Collects the problems of a document, each at its path."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Problem] = []

    def add(self, path: Path, message: Text, hint: Text | None = None) -> None:
        """Add a problem at a path."""
        place = self.document.place(path, key=True)
        self.found.append(Problem(place, dotted(path), message, hint))

    def unknown(self, path: Path, word: str, what: Text, known: Iterable[str]) -> None:
        """Add that a word is not among those known."""
        said = shorten(word)
        message = Text(
            f"「{said}」という{what.ja}はありません。", f'There is no {what.en} "{said}".'
        )
        self.add(path, message, did_you_mean(word, known))


class ConditionParser:
    """Reads the conditions of rules about one kind of fact.

    Where not all parameters could be read (`whole`), one that is missing is no fault of the
    condition, which is not read either.
    """

    def __init__(
        self,
        faults: Faults,
        kind: Kind,
        parameters: Mapping[str, Parameter],
        *,
        whole: bool = True,
    ) -> None:
        self.faults = faults
        self.kind = kind
        self.parameters = parameters
        self.whole = whole

    def parse(self, raw: Any, path: Path) -> Condition | None:
        """Return the condition; None, with its problems noted, if anything in it is wrong."""
        if not isinstance(raw, dict) or not raw:
            self.faults.add(
                path,
                Text("条件が空です。", "The condition is empty."),
                Text("例: {status: {is: in-place}}", "For example {status: {is: in-place}}."),
            )
            return None
        parts = [self._entry(word, inner, (*path, word)) for word, inner in raw.items()]
        return _group(All, parts)

    def _entry(self, word: str, raw: Any, path: Path) -> Condition | None:
        if word in _GROUPS:
            if not isinstance(raw, list) or not raw:
                self.faults.add(
                    path, Text("条件の並びを書いてください。", "A list of conditions is expected.")
                )
                return None
            parts = [self.parse(each, (*path, index)) for index, each in enumerate(raw)]
            return _group(_GROUPS[word], parts)
        if word == "not":
            part = self.parse(raw, path)
            return None if part is None else Not(part)
        attribute = self.kind.attributes.get(word)
        if attribute is None:
            self.faults.unknown(path, word, Text("属性", "attribute"), self.kind.attributes)
            return None
        return self._leaves(attribute, raw, path)

    def _leaves(self, attribute: Attribute, raw: Any, path: Path) -> Condition | None:
        if not isinstance(raw, dict) or not raw:
            self.faults.add(
                path,
                Text("演算子と値を書いてください。", "An operator with its value is expected."),
                Text(
                    f"使えるのは: {'、'.join(_fitting(attribute))}。",
                    f"Known here: {', '.join(_fitting(attribute))}.",
                ),
            )
            return None
        parts = [self._leaf(attribute, name, operand, path) for name, operand in raw.items()]
        return _group(All, parts)

    def _leaf(
        self,
        attribute: Attribute,
        name: str,
        raw: Any,
        path: Path,
    ) -> Condition | None:
        inner = (*path, name)
        if name not in _fitting(attribute):
            self.faults.unknown(inner, name, Text("演算子", "operator"), _fitting(attribute))
            return None
        operand = self._operand(attribute, name, raw, inner)
        place = self.faults.document.place(inner, key=True)
        return None if operand is None else Leaf(attribute.name, name, operand, place)

    def _operand(
        self,
        attribute: Attribute,
        name: str,
        raw: Any,
        path: Path,
    ) -> Constant | Param | None:
        if name == "known":
            return self._truth(raw, path)
        if isinstance(raw, str) and raw.startswith("$"):
            return self._parameter(attribute, name, raw[1:], path)
        if name in ("in", "not_in"):
            codes = raw if isinstance(raw, list) else [raw]
            known = [self._code(attribute, code, path) for code in codes]
            return None if None in known else tuple(code for code in known if code is not None)
        if attribute.type == "date":
            return full_day(self.faults, raw, path)
        return self._constant(attribute, raw, path)

    def _constant(self, attribute: Attribute, raw: Any, path: Path) -> Constant | None:
        match attribute.type:
            case "number":
                return self._number(raw, path)
            case "truth":
                return self._truth(raw, path)
            case _:
                return self._code(attribute, raw, path)

    def _parameter(
        self, attribute: Attribute, operator: str, name: str, path: Path
    ) -> Param | None:
        parameter = self.parameters.get(name)
        if parameter is None:
            if self.whole:
                self.faults.unknown(path, name, Text("パラメータ", "parameter"), self.parameters)
            return None
        wanted = "codes" if operator in ("in", "not_in") else attribute.type
        if parameter.type != wanted:
            self.faults.add(
                path,
                Text(
                    f"${name} の型は {parameter.type} で、ここに合いません。",
                    f"${name} is of type {parameter.type}, which does not fit here.",
                ),
            )
            return None
        if wanted == "codes":
            codes = [code for dated in parameter.values for code in dated.codes]
            if None in [self._code(attribute, code, path) for code in dict.fromkeys(codes)]:
                return None
        return Param(name)

    def _truth(self, raw: Any, path: Path) -> bool | None:
        if isinstance(raw, str) and raw in _TRUTHS:
            return _TRUTHS[raw]
        self.faults.unknown(path, str(raw), Text("真偽値", "truth value"), ("yes", "no"))
        return None

    def _code(self, attribute: Attribute, raw: Any, path: Path) -> str | None:
        if isinstance(raw, str) and raw in attribute.codes:
            return raw
        self.faults.unknown(path, str(raw), Text("値", "value"), attribute.codes)
        return None

    def _number(self, raw: Any, path: Path) -> int | None:
        if isinstance(raw, str) and re.fullmatch(r"-?\d{1,12}", raw):
            return int(raw)
        self.faults.add(path, Text("整数を書いてください。", "A whole number is expected."))
        return None

    def value(self, attribute: Attribute, raw: Any, path: Path) -> Value | None:
        """Read the value of an attribute in an example."""
        if raw in ("silent", "unknown"):
            return SILENT if raw == "silent" else UNKNOWN
        match attribute.type:
            case "date":
                return self._date_value(raw, path)
            case "number":
                return self._number_value(raw, path)
            case "truth":
                return self._truth(raw, path)
            case "text":
                return same(str(raw))
            case _:
                return self._code_value(attribute, raw, path)

    def _code_value(self, attribute: Attribute, raw: Any, path: Path) -> Value | None:
        code = self._code(attribute, raw, path)
        return None if code is None else Code(code)

    def _number_value(self, raw: Any, path: Path) -> Value | None:
        found = _NUMBERS.match(str(raw))
        if found is None:
            self._number(raw, path)
            return None
        lo, hi = int(found[1]), int(found[2] or found[1])
        if lo > hi:
            self.faults.add(path, Text("範囲の端が逆です。", "The range ends before it starts."))
            return None
        return Range(lo, hi)

    def _date_value(self, raw: Any, path: Path) -> Value | None:
        try:
            return parse_date(str(raw)).range
        except DateError as error:
            self.faults.add(path, error.text)
            return None


def full_day(faults: Faults, raw: Any, path: Path) -> int | None:
    """Return the one day with which dates are compared; a month is refused with both readings."""
    try:
        return parse_day(str(raw)).toordinal()
    except DateError as error:
        faults.add(path, error.text)
        return None


def _fitting(attribute: Attribute) -> list[str]:
    return [name for name, operator in OPERATORS.items() if attribute.type in operator.types]


def _group(group: type[All | AnyOf], parts: list[Condition | None]) -> Condition | None:
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return known[0] if len(known) == 1 else group(known)
