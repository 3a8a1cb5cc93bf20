"""Eras and fiscal years.

First days: edicts and cabinet orders of each change, `requirements.md` section 7. Both eras
are valid on the days on which 明治 and 大正 ended.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date

from dxrules.dates.partial import PartialDate
from dxrules.errors import DateError
from dxrules.frozen import frozen
from dxrules.texts import Text


@frozen
class Era:
    """An era with its first and its last day; the present one has no last day.

    In an era that is `counted_on` plans still in use name years that it did not reach.
    """

    name: str
    letter: str
    first: date
    last: date | None
    counted_on: bool = False

    def gregorian(self, nth: int) -> int:
        """Return the Gregorian year of the era's year `nth`; 元年 is 1."""
        return self.first.year + nth - 1

    def year_text(self, year: int) -> str:
        """Return the Gregorian `year` counted in this era, as in 令和元年."""
        nth = year - self.first.year + 1
        return f"{self.name}{'元' if nth == 1 else nth}年"

    def touches(self, earliest: date, latest: date) -> bool:
        """Return whether one of the days from `earliest` to `latest` lies in the era."""
        return self.first <= latest and (self.last is None or earliest <= self.last)


ERAS = (
    Era("明治", "M", date(1868, 10, 23), date(1912, 7, 30)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30), counted_on=True),
    Era("令和", "R", date(2019, 5, 1), None),
)

# The first day written in the Gregorian calendar; 明治5年12月2日 was the day before.
GREGORIAN_SINCE = date(1873, 1, 1)

APRIL = 4


def era_named(name: str) -> Era:
    """Return the era of that name or letter; KeyError if there is none."""
    return {key: era for era in ERAS for key in (era.name, era.letter)}[name.upper()]


def era_year_text(when: int | date) -> str:
    """Return the year in the newest era that `when`, a Gregorian year or a day, has part in.

    >>> era_year_text(2019), era_year_text(date(2019, 4, 30)), era_year_text(1867)
    ('令和元年', '平成31年', '1867年')
    """
    day = date(when, 12, 31) if isinstance(when, int) else when
    for era in reversed(ERAS):
        if era.first <= day:
            return era.year_text(day.year)
    return f"{day.year}年"


def fiscal_year(year: int) -> PartialDate:
    """Return the days of a fiscal year, from 1 April to 31 March.

    Raises DateError if its days cannot all be written with years of four digits.

    >>> fiscal_year(2026).describe().ja
    '令和8年度(2026-04-01～2027-03-31)'
    """
    if not MINYEAR <= year < MAXYEAR:
        raise DateError(
            Text(
                f"{year}年度は扱えません。扱えるのは{MINYEAR}年度から{MAXYEAR - 1}年度までです。",
                f"Fiscal year {year} is out of reach: "
                f"fiscal years run from {MINYEAR} to {MAXYEAR - 1}.",
            )
        )
    text = f"{era_year_text(year)}度"
    return PartialDate(date(year, APRIL, 1), date(year + 1, APRIL - 1, 31), text=text)


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year of `day`; that of 2026-03-31 is 2025."""
    return day.year if day.month >= APRIL else day.year - 1


def only_fiscal_year(day: PartialDate | None) -> int | None:
    """Return the fiscal year that a date surely lies in; None where it may be one of two.

    >>> march = date(2026, 3, 1)
    >>> only_fiscal_year(PartialDate(march, march)), only_fiscal_year(PartialDate(march, None))
    (2025, None)
    """
    if day is None or day.earliest is None or day.latest is None or day.approximate:
        return None
    first, last = fiscal_year_of(day.earliest), fiscal_year_of(day.latest)
    return first if first == last else None
