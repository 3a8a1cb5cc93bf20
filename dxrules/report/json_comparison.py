"""The JSON of towns compared, as types."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from dxrules.report.json_parts import Day, Rule, Words
from dxrules.rules import Outcome
from dxrules.rules.rule import Severity


class Compared(TypedDict):
    """A plan that is compared."""

    code: str
    name: Words
    title: str
    file: str
    counts: dict[Outcome, int]


class ComparedPrefecture(TypedDict):
    """A prefecture, and the places of its plans among those compared."""

    code: str
    name: Words
    plans: list[int]


Totals = dict[str, int]
"""How many plans a rule binds (`bound`), and how many came out in each way."""


class Cell(TypedDict):
    """What came out of a rule for a plan."""

    outcome: Outcome
    severity: Severity | None
    counts: dict[Outcome, int]


class Requirement(Rule):
    """A rule, and what came out of it plan by plan."""

    differs: bool
    totals: Totals
    by_prefecture: dict[str, Totals]
    outcomes: list[Cell | None]


class Comparison(TypedDict):
    """`compare --format json`."""

    format: Literal["dxrules/comparison/1"]
    as_of: Day
    selection: NotRequired[Words]
    plans: list[Compared]
    prefectures: list[ComparedPrefecture]
    requirements: list[Requirement]
