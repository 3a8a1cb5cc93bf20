"""Dates and numbers that are known only within a range, as plans and laws write them."""

from dxrules.dates.effective import DatedValues, ValueSince
from dxrules.dates.era import (
    ERAS,
    Era,
    era_year_text,
    fiscal_year,
    fiscal_year_of,
    only_fiscal_year,
)
from dxrules.dates.judged_day import parse_day_of_law, parse_judged_day
from dxrules.dates.partial import NOT_KNOWN, PartialDate, Period
from dxrules.dates.ranges import ANY, NOTHING, Range
from dxrules.dates.reading import parse_date, parse_dates, parse_day, parse_period
from dxrules.dates.truth import Truth, both, either, negate

__all__ = [
    "ANY",
    "ERAS",
    "NOTHING",
    "NOT_KNOWN",
    "DatedValues",
    "Era",
    "PartialDate",
    "Period",
    "Range",
    "Truth",
    "ValueSince",
    "both",
    "either",
    "era_year_text",
    "fiscal_year",
    "fiscal_year_of",
    "negate",
    "only_fiscal_year",
    "parse_date",
    "parse_dates",
    "parse_day",
    "parse_day_of_law",
    "parse_judged_day",
    "parse_period",
]
