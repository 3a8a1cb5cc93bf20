"""Percentages in cells: 82.9% is a figure and its unit."""

from __future__ import annotations

import re

from dxrules.plan.workbook.cell_words import folded

PERCENT = "%"
_SHARE = re.compile(r"(-?[0-9][0-9,.]*) ?%")
_PERCENTS = (PERCENT, "パーセント", "percent", "per cent")


def share_in(text: str) -> str:
    """Return the figure of a percentage; nothing if a text is none.

    >>> share_in("25%"), share_in("８２．９％"), share_in("約25%"), share_in("25")
    ('25', '82.9', '', '')
    """
    found = _SHARE.fullmatch(folded(text))
    return found[1] if found else ""


def is_percent(unit: str) -> bool:
    """Tell whether a unit is that of percentages.

    >>> is_percent("％"), is_percent("パーセント"), is_percent("件")
    (True, True, False)
    """
    return any(word in folded(unit) for word in _PERCENTS)
