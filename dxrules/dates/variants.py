"""All that an ambiguous text can mean, each written so that it means one thing.

R7 may be the year or the fiscal year, 24年度 may be counted from 2000 or in an era, and R8-12 may
be a month or two years. A date that can mean several days is read as all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from dxrules.dates.date_words import ERA_YEAR
from dxrules.dates.era import ERAS

FIRST, LAST = 1989, 2050
"""Years in which a year without its era may lie: plans on digital matters name no others."""
NEAR = 10
"""Years between the day that a plan speaks for and a year that it names without its era."""
_COUNTED_ON = 36
"""The last year of 平成 that plans named before it ended."""

_NO_UNIT = re.compile(
    rf"(?P<before>.*(?:^|[^0-9A-Z./]))?(?P<year>{ERA_YEAR}|(?<![0-9./])[0-9]{{4}}"
    r"|(?<=[~])[0-9]{1,2})(?P<after>(?:[^0-9年月日./~-].*|[~-].*)?)",
    re.IGNORECASE,
)
_NO_ERA = re.compile(
    r"(?P<before>[^0-9]*(?<![明治大正昭和平成元A-Za-z]))(?P<nth>[0-9]{1,2})(?P<after>(?:[~-][0-9]{1,4})?年(?!間).*)"
)
_MONTH_OR_YEARS = re.compile(rf"({ERA_YEAR})-([0-9]{{1,2}})(?![0-9-])(.*)", re.IGNORECASE)
_DECADE = re.compile(r"([0-9]{3})0年代(前半|半ば|後半)?(.*)")
_OR = re.compile(
    r"(?P<one>[^()~]+?)(?:又は|または|若しくは|もしくは|ないし|乃至|か(?![らヶ月年所]))(?P<other>[^()~]+)"
)
_TWO_UNITS = re.compile(
    rf"(?P<outer>{ERA_YEAR}|[0-9]{{4}})(?P<unit>年度?)"
    rf"\((?P<inner>{ERA_YEAR}|[0-9]{{4}})(?P<inner_unit>年度?)?\)(?P<late>年度?)?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"(?P<core>[^()]+)\((?P<inner>[^()]+)\)(?P<rest>.*)")


def variants(text: str, near: date | None) -> Iterator[str]:
    """Yield what a plain `text` that is none of the forms can mean, less ambiguous than it.

    `near` is a day near which a year without its era lies.

    >>> [*variants("R7末", None)], [*variants("24年度", None)]
    (['R7年末', 'R7年度末'], ['令和24年度', '2024年度', '平成24年度'])
    """
    for pattern, meanings in _KINDS:
        if match := pattern.fullmatch(text):
            yield from meanings(match, near)
            break
    else:
        yield from _of_two_units(text)
    match = _IN_BRACKETS.fullmatch(text)
    if match and not re.match("[0-9]+(?![0-9月日])", match["inner"]):
        yield f"{match['core']}{match['inner']}{match['rest']}"


def _of_decade(match: re.Match[str], _: date | None) -> Iterator[str]:
    first, last = {"前半": (0, 4), "後半": (5, 9)}.get(match[2] or "", (0, 9))
    yield f"{match[1]}{first}年~{match[1]}{last}年{match[3]}"


def _of_month_or_years(match: re.Match[str], _: date | None) -> Iterator[str]:
    era = re.sub("元|[0-9]+", "", match[1])
    yield f"{match[1]}.{match[2]}{match[3]}"
    yield f"{match[1]}~{era}{match[2]}{match[3]}"


def _of_no_era(match: re.Match[str], near: date | None) -> Iterator[str]:
    for era in _eras(int(match["nth"]), near):
        yield f"{match['before']}{era}{match['after']}"


def _of_no_unit(match: re.Match[str], _: date | None) -> Iterator[str]:
    for unit in ("年", "年度"):
        yield f"{match['before'] or ''}{match['year']}{unit}{match['after']}"


def _of_either(match: re.Match[str], _: date | None) -> Iterator[str]:
    """Yield each of 令和8年又は9年, in full."""
    one, other = match["one"], match["other"]
    unit = re.match("(?:[^0-9]*)(?:元|[0-9]+)(年度?)", other)
    era = re.match("[^0-9元]+(?=元|[0-9])", one)
    yield one + unit[1] if unit and re.fullmatch(f"{ERA_YEAR}|[0-9]{{4}}", one) else one
    bare = re.match("[0-9]{1,2}(?=年)", other)
    yield f"{era[0]}{other}" if era and bare else other


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Iterator[str]]], ...]
_KINDS = (
    (_DECADE, _of_decade),
    (_MONTH_OR_YEARS, _of_month_or_years),
    (_OR, _of_either),
    (_NO_ERA, _of_no_era),
    (_NO_UNIT, _of_no_unit),
)


def _of_two_units(text: str) -> Iterator[str]:
    """Yield both meanings of 令和8年(2026年度); 令和8年度(2026年) means the fiscal year alone."""
    for match in _TWO_UNITS.finditer(text):
        others = [unit for unit in (match["inner_unit"], match["late"]) if unit]
        if match["unit"] == "年" and "年度" in others:
            for unit in ("年", "年度"):
                both = f"{match['outer']}({match['inner']}){unit}"
                yield text[: match.start()] + both + text[match.end() :]
            return


def _eras(nth: int, near: date | None) -> list[str]:
    """Return how the year of an era, or of a century, can be written in full."""
    present, former = ERAS[-1], ERAS[-2]
    years = {
        f"{present.name}{nth}": present.gregorian(nth),
        f"20{nth:02}": 2000 + nth,
        **({f"{former.name}{nth}": former.gregorian(nth)} if nth <= _COUNTED_ON else {}),
    }
    possible = {text: year for text, year in years.items() if nth and FIRST <= year <= LAST}
    if near is None:
        return [*possible]
    return [text for text, year in possible.items() if abs(year - near.year) <= NEAR] or [*possible]
