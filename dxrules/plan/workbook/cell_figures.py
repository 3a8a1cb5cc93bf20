"""Figures as people type them into a cell that says what it wants: 17業務, P.12, 82.9点."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dxrules.plan.figures import amount
from dxrules.plan.workbook.cell_words import folded
from dxrules.texts import unspaced

if TYPE_CHECKING:
    from dxrules.plan.workbook.layout import KeyColumn

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


_COUNT = re.compile(r"([0-9][0-9,]*)(?:業務|件|個|つ|項目|取組|事業|施策|課|人|名)")
_PAGE = re.compile(r"(?:pp?\.?|頁|ページ)?([0-9]+)(?:頁|ページ|p)?", re.IGNORECASE)
_ALL = re.compile("(?:全|すべて|全て|全部)(?:の)?(?:20)?(?:業務)?|20業務(?:すべて|全て)")


def as_number(column: KeyColumn, text: str) -> str:
    """Return what a cell that asks for a whole number or a figure says, without what is around.

    >>> from dxrules.plan.workbook.layout import sheets
    >>> pages = next(c for s in sheets() for c in s.columns if c.name == "page")
    >>> as_number(pages, "Ｐ.12"), as_number(pages, "12頁"), as_number(pages, "12-13")
    ('12', '12', '12-13')
    """
    said = unspaced(text)
    if column.whole:
        if column.key[-1] == "page":
            found = _PAGE.fullmatch(said)
        elif column.key[-1] == "migrated" and _ALL.fullmatch(said):
            return "all"
        else:
            found = _COUNT.fullmatch(said)
        return found[1] if found else text
    if column.figure and column.key[0] == "text_measure":
        figure = amount(text)
        return figure.number if figure else text
    return text
