"""What the cells of an indicator tell: its name without its unit, figures, aims in words."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import without_notes
from dxrules.draft.figure_numbers import figure_in
from dxrules.draft.figures_in_text import (
    SHARE,
    base_of,
    is_date,
    read_year,
    tokens_of,
    value_in,
    values_of,
)
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.shown import Shown
from dxrules.draft.table_years import TEN_THOUSAND, Cellful, YearFigure, figure_of, fiscal, unit_in


class CellFigure(NamedTuple):
    """What a cell tells: its own year, if it does, and its figure, or an aim in words.

    Without a figure and an aim it tells of a direction alone, as 増加.
    """

    year: str
    figure: Cellful | None = None
    aim: str = ""


def of_value(year: str, figure: Cellful) -> CellFigure:
    """Return what a value of a line or of a card tells."""
    if figure.rest in _NO_FIGURES:
        return CellFigure(year, None, figure.value)
    return CellFigure(year, figure)


def told_in(shown: Shown, reading: Lexicon) -> list[CellFigure]:
    """Return what a cell tells; nothing where it cannot be read.

    Of targets it may tell several: 令和9年度 45%/令和11年度 60%.
    """
    is_target, cell = shown.kind == "target", shown.cell
    if is_target and (aim := _aim(cell, reading)) is not None:
        return [aim]
    said = _SHARE_BEFORE.sub(r"\1", squeezed(_MARK.sub("", cell)))
    said = _PER_BEHIND.sub(r"\2\1", said)
    if (figure := figure_of(said)) is not None and not _BOUND.search(figure.unit):
        return [CellFigure(figure.on, figure)]
    if (told := value_in(said, reading)) is not None and told[2].rest not in _NO_FIGURES:
        return [CellFigure(told[1], told[2])]
    several = values_of(said, reading) if is_target and not _FROM.search(said) else ()
    if several and all(year and figure.rest not in _NO_FIGURES for _, year, figure in several):
        return [CellFigure(fiscal(year), figure) for _, year, figure in several]
    whole = _WITH_NOTE.fullmatch(said)
    figure = figure_in(whole[1]) if whole is not None else None
    if figure is None and len(said) <= _LONGEST_SAYING:
        figure = _only(said, reading)
    return [CellFigure("", figure)] if figure is not None else []


def _only(said: str, reading: Lexicon) -> Cellful | None:
    """Return the one figure of a cell that says a few words of it: 年間120人が受講."""
    tokens = tokens_of(said, reading)
    if [each.kind for each in tokens] != ["figure"] or tokens[0].text[-1].isdigit():
        return None
    rest = said[: tokens[0].start] + said[tokens[0].end :]
    is_other = re.search("[0-9]", rest) or _AROUND.search(rest)
    return None if is_other else figure_in(tokens[0].text)


_LONGEST_SAYING: Final = 16
_AROUND: Final = re.compile("増|減|向上|上昇|低下|比|差|以上|以下|うち|倍|割|△|▲|-")
"""Words beside a figure by which it is another one: 年間5件増."""


_NO_FIGURES: Final = frozenset({"aim", "none"})
_FROM: Final = re.compile("→|>|から|現状|実績|基準")
"""In a cell that tells what is now as well: 2件(R6)→6件(R10)."""
_BOUND: Final = re.compile("以上|以下|以内|未満|程度|超$|維持|継続")
_MARK: Final = re.compile(r"\s*(?:[※＊*†](?:[0-9]|[①-⑳])?|[（(]?注[0-9]?[)）]?|[（(]※[0-9]?[)）])$")
"""The mark of a note after a figure, which may tell another day than the head above it."""
_SHARE_BEFORE: Final = re.compile(rf"^(?:{SHARE}|半減|倍増|半分)\((?=.*[0-9])([^()]{{1,12}})\)$")
"""What is aimed at as a share of what is now, with the figure beside it: 3割減(17分)."""
_PER_BEHIND: Final = re.compile("(以上|以下|以内|未満|程度)(/[^/()0-9]{1,3})$")
_WITH_NOTE: Final = re.compile(r"([^()]*[0-9][^()]*)\([^()]*\)")
_DIRECTION: Final = re.compile(
    "(?:前年度?|現状値?|基準値?|策定時)?(?:から|より|に対して?|を)?(?:の)?"
    "(?:増加?|減少?|維持|向上|拡大|縮減|上昇|低下|改善|増やす|減らす|上回る|下回る|超える)"
    "(?:させる|する)?"
)
"""An aim in words alone, as beside others in figures: 前年度より増."""


def has_mark(cell: str) -> bool:
    """Tell whether the mark of a note stands after a figure."""
    return _MARK.search(cell) is not None


def _aim(cell: str, reading: Lexicon) -> CellFigure | None:
    """Return the target of a cell that compares, as 全国平均以上(R8.3末), if it does."""
    words, _, rest = squeezed(cell).partition("(")
    own = fiscal(read_year(rest.removesuffix(")"))) if rest else ""
    if words in reading.ends("relative-aim") or _SHARE_ALONE.fullmatch(words):
        is_day = is_date(own)
        is_aside = not is_day and re.search("[0-9]", rest) is None
        return CellFigure(own if is_day else "", None, words) if is_day or is_aside else None
    return CellFigure("", None, words) if _DIRECTION.fullmatch(words) and not rest else None


_SHARE_ALONE: Final = re.compile(SHARE)


def title_of(said: str, reading: Lexicon) -> tuple[str, str, list[YearFigure]]:
    """Return a title without the unit that stands in brackets at its end, this, and its values.

    A bracket may tell what is now: 電子申請率(R6:20%).
    """
    said = _MARK.sub("", without_notes(said).strip())
    unit = ""
    values: list[YearFigure] = []
    while found := _BRACKETED.fullmatch(said):
        told = unit_in(found[2], reading)
        base = values_of(squeezed(found[2]), reading) if re.search("[0-9]", found[2]) else ()
        if told and not unit:
            unit = told
        elif len(base) == 1 and base[0][1] and not values:
            values = [*base]
        else:
            break
        said = found[1]
    if not values and (based := base_of(squeezed(said), reading)) is not None:
        name, values = based
        return (*title_of(name, reading)[:2], values)
    return said, unit, values


_BRACKETED: Final = re.compile(r"(.+?)\s*[(（〔\[［【]([^()（）]{1,20})[)）〕\]］】]")


def in_unit(figure: Cellful, unit: str) -> Cellful | None:
    """Return a figure in the unit of an indicator; None of a figure of another one."""
    own = squeezed(unit)
    if not figure.unit or not own or own == figure.unit:
        return figure
    if figure.unit == f"万{own}":
        whole, _, part = figure.value.partition(".")
        if len(part) < len(str(TEN_THOUSAND)):
            value = str(int(f"{whole}{part.ljust(len(str(TEN_THOUSAND)) - 1, '0')}"))
            return Cellful(value, own, figure.on, figure.rest)
    return None
