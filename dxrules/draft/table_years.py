"""Years and figures as the heads and cells of tables write them: R8, 8年度, 1,208件(R6)."""

from __future__ import annotations

import re
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.phrases import read_part
from dxrules.frozen import frozen

YEAR: Final = re.compile(
    r"(?:令和|平成|R|H)?(?:[0-9]{1,4}|元)(?:\([^()]{1,8}\))?年?度?(?:\([^()]{2,8}\))?"
)
FIRST_OF_CENTURY: Final = 21
"""A number of a year that is of no era as short as 令和 is yet."""


def year_of(word: str) -> str:
    """Return the year that a heading names, as it is written; empty if it names none."""
    if (bare := _BARE_FISCAL.fullmatch(word)) is not None:
        return f"{'令和' if int(bare[1]) < FIRST_OF_CENTURY else '平成'}{bare[1]}年度"
    for found in YEAR.finditer(word):
        text = found[0]
        is_span = _SPAN_OF_YEARS.match(word, found.start()) is not None
        if is_span or not re.search("[年度RH令平]|[0-9]{4}", text):
            continue
        part = read_part("date", text)
        if part is not None and part[1] - part[0] > 1:
            return fiscal(_WORDS_BEHIND.sub("", text[part[0] : part[1]]))
    return ""


_SPAN_OF_YEARS: Final = re.compile(
    "[0-9]{1,2}年度?(?:[後前](?![期半])|目(?![標途安指])|間|以内|ごと|おき)"
)
"""A number of years that is no year: 3年後(令和10年度), 2年目."""
_BARE_FISCAL: Final = re.compile("([0-9]{1,2})年度")
"""A fiscal year above a column without its era: 8年度."""
_WORDS_BEHIND: Final = re.compile(r"\([^()0-9元]*\)$")
"""A bracket after a year that tells no other: 令和10年度(目標)."""


_SHORT: Final = re.compile("([RH]|令和|平成)([0-9元]{1,2})")
_ERAS: Final = {"R": "令和", "H": "平成", "令和": "令和", "平成": "平成"}


def fiscal(text: str) -> str:
    """Return a year that a table tells in short as the fiscal year that is meant there.

    >>> fiscal("R8"), fiscal("R8.3末")
    ('令和8年度', 'R8.3末')
    """
    found = _SHORT.fullmatch(text)
    return f"{_ERAS[found[1]]}{found[2]}年度" if found else text


@frozen
class Cellful:
    """What a cell of figures says: a number, its unit, the day that it is of."""

    value: str
    unit: str
    on: str
    rest: str = ""


YearFigure = tuple[str, str, Cellful]
"""What a figure is, `baseline` or `target` or nothing; its year; and the figure."""
NamedFigures = tuple[str, tuple[YearFigure, ...]]
"""The name and the values of an indicator."""

_FIGURE: Final = re.compile(
    r"(?:約|概ね)?([△▲-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?([^0-9()]{0,8})((?:\([^()]{1,20}\))*)"
)


_GREAT: Final = re.compile("(?:約|概ね)?([0-9,]{1,6})億([0-9,]{1,5})万円")
_THOUSANDS: Final = re.compile("(?:約|概ね)?([0-9,]{1,6})万([0-9,]{1,5})(?=[^0-9万億千])")
TEN_THOUSAND: Final = 10_000


def figure_of(cell: str) -> Cellful | None:
    """Return the figure that a cell holds, and nothing else; None if it holds something else.

    >>> figure_of("22.7 (R6)").on, figure_of("1,208件").value, figure_of("全国平均以上")
    ('令和6年度', '1208', None)
    >>> figure_of("3億2,000万円").value, figure_of("1万2,000人").value
    ('320000000', '12000')
    """
    said = squeezed(cell)
    if (great := _GREAT.fullmatch(said)) is not None:
        high, low = (int(each.replace(",", "")) for each in great.groups())
        return Cellful(str(high * 100_000_000 + low * 10_000), "円", "")
    if (great := _THOUSANDS.match(said)) is not None:
        high, low = (int(each.replace(",", "")) for each in great.groups())
        said = f"{high * TEN_THOUSAND + low}{said[great.end() :]}"
    found = _FIGURE.fullmatch(said)
    if found is None:
        return None
    sign, whole, part, unit, notes = found.groups()
    days = [
        note
        for note in re.findall(r"\(([^()]*)\)", notes)
        if read_part("date", note) == (0, len(note))
    ]
    others = [note for note in re.findall(r"\(([^()]*)\)", notes) if note not in days]
    return Cellful(
        ("-" if sign else "") + whole.replace(",", "") + (part or ""),
        unit,
        fiscal(days[-1]) if days else "",
        "".join(others),
    )


SPAN: Final = re.compile(
    r"(令和|平成|R|H|(?=20[0-9]{2}))([0-9元]{1,2}|20[0-9]{2})(?:年度)?[~-]"
    r"(?:令和|平成|R|H)?([0-9]{1,2}|20[0-9]{2})(?:年度)?"
)


def years_in(word: str) -> tuple[str, str]:
    """Return the first and the last year that a heading names: of R11~14 both.

    >>> years_in("R11~14"), years_in("令和8年度")
    (('令和11年度', '令和14年度'), ('令和8年度', '令和8年度'))
    """
    if (span := SPAN.fullmatch(word)) is None:
        year = year_of(word)
        return year, year
    era, first, last = span.groups()
    return fiscal(f"{era}{first}"), fiscal(f"{era}{last}")


def is_empty(cell: str, reading: Lexicon) -> bool:
    """Tell whether a cell holds no value; a dash with a note holds none: ―(令和8年度に調査)."""
    return reading.pattern(_EMPTY).fullmatch(squeezed(cell)) is not None


_EMPTY: Final = r"(?:|→|/|-+|―+|\.{3}|･{3}|\(?<no-figure>\)?)(?:\([^()]*\))?"


def unit_in(text: str, reading: Lexicon) -> str:
    """Return the unit that stands in brackets with what else tells how it is counted, or nothing.

    It may be one of a list for a year, a person or another thing: 件/年, and 人、累計.
    """
    words = re.split("[、,・:]", squeezed(text).removeprefix("単位"))
    units = [each for each in words if reading.pattern(_UNIT).fullmatch(each)]
    others = [each for each in words if each not in units and not is_date_or_count(each, reading)]
    return units[0] if len(units) == 1 and not others else ""


_UNIT: Final = "(?:年間?|月|延べ|累計)?<unit>(?:/(?:年度?|月|日|週|<unit>))?"


def is_date_or_count(word: str, reading: Lexicon) -> bool:
    """Tell whether a word beside a unit tells its year or how it is counted: 累計, 令和6年度."""
    return not word or word in reading.ends("how-counted") or bool(year_of(word))
