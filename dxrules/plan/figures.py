"""Figures of indicators as plans write them: with a unit, in 万, about, or at least."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dxrules.frozen import frozen
from dxrules.source.strict import Refusal
from dxrules.texts import Text, shorten, unspaced

_FIGURE = re.compile(
    r"(?:約|およそ|おおよそ|概ね|ほぼ)?(?P<number>[-−]?[0-9][0-9,]*(?:\.[0-9]+)?)"
    r"(?P<times>百|千|百?万|千万|億)?(?P<unit>.*?)(?:以上|以下|以内|未満|超|程度|前後)?"
)
_TIMES = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8}
_COUNTED = (("cumulative", r"\(?累計\)?|\(?累積\)?"), ("yearly", "/年度?|毎年度?|年間"))
_LONGEST = 20
_LISTS = ("targets", "results")
"""The lists of an indicator whose entries have a figure."""


@frozen
class Amount:
    """A figure that was written with its unit; `counted` where the text says how it is counted."""

    number: str
    unit: str
    counted: str | None


def amount(text: str) -> Amount | None:
    """Take a figure and its unit apart; None where the text is not one figure with a unit.

    >>> amount("約1,200人"), amount("300万件").number, amount("85")
    (Amount(number='1200', unit='人', counted=None), '3000000', None)
    """
    said = unspaced(text)
    match = _FIGURE.fullmatch(said)
    if match is None or said == match["number"] or len(said) > _LONGEST:
        return None
    unit, counted = match["unit"], None
    for name, words in _COUNTED:
        if re.search(words, unit):
            unit, counted = re.sub(words, "", unit), name
    if re.search("[0-9.,~→=:]", unit):
        return None
    number = Decimal(match["number"].replace(",", "").replace("−", "-"))
    return Amount(f"{number * _TIMES.get(match['times'], 1):f}", unit, counted)


def with_units_apart(data: Any) -> Any:
    """Return the data of an indicator with each figure and its unit apart: 85% is 85 and "%".

    Raises Refusal where two figures have different units, or another than the indicator.
    """
    if not isinstance(data, dict):
        return data
    found = [
        (parent, said)
        for parent in _parents(data)
        if isinstance(text := parent.get("value"), str) and (said := amount(text))
    ]
    units = {said.unit: text for parent, said in found if (text := parent["value"]) and said.unit}
    own = data.get("unit")
    given = {unspaced(own): own} if isinstance(own, str) else {}
    for unit, text in units.items():
        known = next(iter(given or units))
        if unit != known:
            raise _other_unit(text, own or known)
    figures = {id(parent): said for parent, said in found}
    taken = {"unit": next(iter(units), None)}
    taken["counted"] = next((said.counted for _, said in found if said.counted), None)
    result = {
        **data,
        **{key: said for key, said in taken.items() if said and data.get(key) is None},
    }
    if isinstance(baseline := data.get("baseline"), dict):
        result["baseline"] = _apart(baseline, figures)
    for key in _LISTS:
        if isinstance(listed := data.get(key), list):
            result[key] = [_apart(each, figures) for each in listed]
    return result


def _parents(data: dict[Any, Any]) -> Iterator[dict[Any, Any]]:
    lists = (data.get(key) for key in _LISTS)
    listed = (each for entries in lists if isinstance(entries, list) for each in entries)
    for each in (data.get("baseline"), *listed):
        if isinstance(each, dict):
            yield each


def _apart(parent: Any, figures: dict[int, Amount]) -> Any:
    said = figures.get(id(parent))
    return parent if said is None else {**parent, "value": said.number}


def _other_unit(text: str, unit: object) -> Refusal:
    said, own = shorten(text), shorten(str(unit))
    return Refusal(
        Text(
            f"「{said}」の単位が、この指標の単位「{own}」と違います。",
            f'The unit of "{said}" is not that of the indicator, "{own}".',
        ),
        Text(
            'value には数だけを書き(例: 85)、単位は unit に一つ書いてください(例: "%")。'
            "単位が違うなら指標を分けてください。",
            'Write the number alone under value, as in 85, and one unit under unit, as in "%". '
            "Where units differ, make two indicators of it.",
        ),
    )
