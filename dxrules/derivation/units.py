"""Units of indicators: what a figure with one can be."""

from __future__ import annotations

import re

from dxrules.texts import unspaced

_PERCENT = re.compile(r"(?:割合|比率|率)?\(?(?:%|パーセント|percent)\)?", re.IGNORECASE)
_THINGS = frozenset({"件", "人", "名", "回", "台", "箇所", "か所", "世帯", "手続", "業務", "施設"})
_NO_WHOLE = ("前年", "前回", "前期", "基準", "目標", "計画値")
_RATES = ("前年比", "前年度比", "対前年", "前期比", "伸び率", "増加率", "増減率", "変化率")
"""Words for what a percentage can exceed, a value of another time; and for a ratio to it."""


def is_percentage(unit: str | None) -> bool:
    """Tell whether a unit is that of a percentage, however it is written.

    >>> is_percentage("％"), is_percentage("割合(%)"), is_percentage("%ポイント")
    (True, True, False)
    """
    return unit is not None and _PERCENT.fullmatch(unspaced(unit)) is not None


def is_of_things(unit: str | None) -> bool:
    """Tell whether a unit counts things, of which there are none or more."""
    return unit is not None and unspaced(unit) in _THINGS


def is_whole(denominator: str | None) -> bool:
    """Tell whether a denominator is a whole, and no value of another time."""
    return bool(denominator) and not any(word in str(denominator) for word in _NO_WHOLE)


def is_rate(name: str) -> bool:
    """Tell whether a name is that of a ratio to a value of another time."""
    return any(rate in name for rate in _RATES)
