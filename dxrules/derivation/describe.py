"""How a value reads."""

from __future__ import annotations

from datetime import date

from dxrules.dates import PartialDate, Range
from dxrules.derivation.declaration import Attribute
from dxrules.derivation.values import Absent, Code, Value
from dxrules.texts import Text, same

YES, NO = Text("はい", "yes"), Text("いいえ", "no")
NOT_SAID = Text("記載なし", "not stated")
NOT_TOLD = Text("要確認", "undetermined")


def describe(attribute: Attribute, value: Value) -> Text:
    """Return a value of an attribute for people, in both languages."""
    match value:
        case Absent():
            return NOT_SAID if value.silent else value.because or NOT_TOLD
        case Text():
            return value
        case Code():
            return attribute.codes.get(value.code, same(value.code))
        case bool():
            return YES if value else NO
        case Range():
            return describe_range(attribute, value)


def describe_range(attribute: Attribute, value: Range) -> Text:
    """Return a range of days or numbers for people."""
    if attribute.type == "date":
        return date_of(value).describe()
    lo, hi = value.lo, value.hi
    if hi is None and lo in (None, attribute.least):
        return NOT_TOLD
    unit = Text(attribute.unit.ja, f" {attribute.unit.en}") if attribute.unit else same("")
    if lo == hi:
        shown = same(str(lo)) + unit
    elif hi is None:
        shown = Text(f"{lo}{unit.ja}以上", f"at least {lo}{unit.en}")
    elif lo is None:
        shown = Text(f"{hi}{unit.ja}以下", f"at most {hi}{unit.en}")
    else:
        shown = Text(f"{lo}～{hi}", f"{lo} to {hi}") + unit
    return Text("概ね", "about ") + shown if value.approximate else shown


def date_of(value: Range) -> PartialDate:
    """Return the date that a range of ordinals stands for."""
    return PartialDate(
        None if value.lo is None else date.fromordinal(value.lo),
        None if value.hi is None else date.fromordinal(value.hi),
        value.approximate,
    )
