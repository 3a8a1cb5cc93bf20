"""JSON of what to mend and what is to come, as types, and what they are from.

Gaps, the graph of measures, forecasts; entries without evidence, and packets judged again.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, NotRequired

from typing_extensions import TypedDict

from dxrules.assessment.dossier import Dossier
from dxrules.assessment.due_days import Horizon, rules_to_come
from dxrules.assessment.origin_of_evidence import unproven
from dxrules.assessment.outcome_changes import ChangeCause
from dxrules.report.how_to_write import How
from dxrules.report.json_parts import (
    AboutLawbook,
    AboutPlan,
    Citation,
    ComingRule,
    Finding,
    FindingToPass,
    Place,
    Question,
    Rule,
    Subject,
    ThisTool,
    to_pass_json,
)
from dxrules.report.json_report import Unreadable
from dxrules.report.json_values import Date, Day, Json, Number, element, filled, hole
from dxrules.report.json_views import Words, as_json, itself, made, of
from dxrules.report.piecewise import Pieces, Piecewise, Whole
from dxrules.report.several_plans import Several
from dxrules.rules import Outcome
from dxrules.rules.rule import Severity


class Later(TypedDict):
    kind: Literal["measure", "area"]
    id: str
    label: Words


def _mended(gap: Any) -> list[Json]:
    return [*map(to_pass_json, gap.findings, gap.to_pass)]


class Gap(TypedDict):
    """Findings that are mended together."""

    by: Words
    start_by: Day | None
    later: list[Later]
    findings: Annotated[list[FindingToPass], made(_mended)]


class AreaGaps(TypedDict):
    area: str | None
    label: Words
    gaps: list[Gap]
    unknown: list[Finding]


class Gaps(TypedDict):
    """`gaps --format json`."""

    format: Literal["dxrules/gaps/1"]
    as_of: Annotated[Day, of("plan.lawbook.day")]
    selection: NotRequired[Annotated[Words, of("plan.selected")]]
    plan: AboutPlan
    errors: list[Finding]
    first: list[Gap]
    questions: list[Question]
    coming: Annotated[list[ComingRule], of(lambda report: rules_to_come(report.plan))]
    areas: list[AreaGaps]


class Node(TypedDict):
    """A measure, or an area that has none."""

    id: str
    label: Words
    planned: bool
    start: Date | None
    due: Date | None
    status: str | None
    slack_days: int | None
    critical: bool
    late_days: int | None


class Edge(TypedDict):
    first: str
    then: str
    origin: str
    kind: str
    present: bool | None
    overlap_days: Annotated[Number | None, of("overlap")]
    source: Citation | None


class Graph(TypedDict):
    """`graph --format json`."""

    format: Literal["dxrules/graph/1"]
    plan: Annotated[str, of("file.plan.municipality.code")]
    nodes: list[Node]
    edges: list[Edge]
    cycles: list[list[str]]
    critical_path: list[str]
    order: list[str]
    delays: dict[str, int]


class Verdict(TypedDict):
    outcome: Outcome
    severity: Severity
    message: Words


class OutcomeChange(TypedDict):
    rule: Rule
    subject: Annotated[Subject, of("finding")]
    before: Verdict | None
    after: Verdict | None
    cause: ChangeCause
    why: Words


class Due(TypedDict):
    kind: str
    key: str
    label: Words
    when: Date
    rule: Rule | None
    outcome: Outcome | None


class _Day(NamedTuple):
    """A day of a forecast that begins on another."""

    day: Any
    start: Any


class ForecastDay(TypedDict):
    day: Annotated[Day, of("day.day")]
    days_left: Annotated[int, of(lambda of: (of.day.day - of.start).days)]
    due: Annotated[list[Due], of("day.coming")]
    changes: Annotated[list[OutcomeChange], of("day.changes")]


class Forecast(TypedDict):
    """`forecast --format json`."""

    format: Literal["dxrules/forecast/1"]
    as_of: Annotated[Day, of("start")]
    until: Day
    horizon: Horizon
    trusted: bool
    tool: ThisTool
    engines: Annotated[list[str], of("first.engines")]
    selection: NotRequired[Annotated[Words, of("plan.selected")]]
    plan: AboutPlan
    lawbook: Annotated[AboutLawbook, of("plan.lawbook")]
    days: Annotated[
        list[ForecastDay], of(lambda told: [_Day(day, told.start) for day in told.days])
    ]


class Rests(TypedDict):
    """An outcome that rests on an entry without evidence."""

    rule: Annotated[str, of("rule.id")]
    kind: str
    key: str
    label: Words
    outcome: Outcome


class Entry(TypedDict):
    place: Place
    rests: Annotated[list[Rests], of("findings")]


class EntriesOfPlan(TypedDict):
    plan: Annotated[AboutPlan, of(itself)]
    entries: Annotated[list[Entry], of(unproven)]


class Evidence(TypedDict):
    """`check --evidence --format json`."""

    format: Literal["dxrules/evidence/1"]
    as_of: Annotated[Day, of("day")]
    plans: Annotated[list[EntriesOfPlan], made(lambda _: hole("plans"))]


class Moved(TypedDict):
    code: str
    rule: str
    kind: str
    key: str
    before: Outcome | None
    after: Outcome | None


class Replay(TypedDict):
    """`replay --format json`."""

    format: Literal["dxrules/replay/1"]
    packet: Annotated[str, of("name")]
    agrees: Annotated[bool, of("done.agrees")]
    causes: Annotated[list[Words], of("done.causes")]
    moved: Annotated[list[Moved], of("done.moved")]


class GapsOfPlans(TypedDict):
    """`gaps --format json` of several plans."""

    format: Literal["dxrules/gaps-of-plans/1"]
    reports: list[Gaps]
    unreadable: NotRequired[Annotated[list[Unreadable], of(lambda told: told.unreadable or None)]]


class ForecastOfPlans(TypedDict):
    """`forecast --format json` of several plans."""

    format: Literal["dxrules/forecast-of-plans/1"]
    reports: list[Forecast]
    unreadable: NotRequired[Annotated[list[Unreadable], of(lambda told: told.unreadable or None)]]


def gaps_of(reported: Any) -> Any:
    """Return gap reports: one, or several under a format of their own."""
    return as_json(GapsOfPlans if isinstance(reported, Several) else Gaps, reported)


def forecasts_of(reported: Any) -> Any:
    """Return forecasts in the same way."""
    return as_json(ForecastOfPlans if isinstance(reported, Several) else Forecast, reported)


def _entries(dossier: Dossier, how: How) -> bytes:  # noqa: ARG001  (both languages)
    (plan,) = dossier.assessment.plans
    return element(as_json(EntriesOfPlan, plan), 2)


def _evidence(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:  # noqa: ARG001  (as above)
    report = as_json(Evidence, whole)
    return filled(report, {"plans": pieces})


PIECES = Piecewise(_entries, _evidence)
