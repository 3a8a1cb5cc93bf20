"""The JSON of each command as a type, from which its JSON Schema is printed.

The name of a document is the one in its `format`: dxrules/assessment/2 is `assessment`. Keys that
are added within a version of a format are no break, so the schemas allow others.
"""

from typing import Any, Literal, NotRequired

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from dxrules.assessment.due_days import Horizon
from dxrules.assessment.history import Topic
from dxrules.report.json_law import Lint, RulesDiff, RulesImpact, Sources
from dxrules.report.json_parts import (
    AboutLawbook,
    AboutPlan,
    Citation,
    ComingRule,
    Date,
    Day,
    Finding,
    FindingToPass,
    Number,
    OutcomeChange,
    Place,
    Question,
    Refinement,
    Rule,
    Tool,
    WholeRule,
    Words,
)
from dxrules.report.json_plans import Comparison, Inquiry, QueryAnswer, Quotations, Update
from dxrules.report.json_rules_test import RulesTest
from dxrules.report.json_watch import RulesWatch
from dxrules.rules import Outcome
from dxrules.rules.rule import Severity, Strength
from dxrules.source.schema import DIALECT
from dxrules.texts import Text


class Counts(TypedDict):
    """How many findings there are of a kind."""

    outcomes: dict[Outcome, int]
    severities: dict[Severity, int]
    strengths: dict[Strength, int]
    open: dict[Strength, int]
    subjects: dict[Outcome, int]


class Plan(TypedDict):
    """A plan with its findings."""

    plan: AboutPlan
    lawbook: AboutLawbook
    engines: NotRequired[list[str]]
    counts: Counts
    findings: list[Finding]
    questions: list[Question]
    coming: list[ComingRule]
    not_in_force: list[Rule]


class Known(TypedDict):
    """An entry of a baseline that nothing meets any more."""

    stale: list[dict[str, Any]]


class Setback(TypedDict):
    """What failed before, and is undetermined now."""

    municipality: str
    rule: str
    kind: str
    key: str
    severity: Severity


class Unreadable(TypedDict):
    """A plan that could not be judged."""

    file: str
    message: Words


class Assessment(TypedDict):
    """`check --format json`."""

    format: Literal["dxrules/assessment/2"]
    as_of: Day
    tool: Tool
    engines: list[str]
    selection: NotRequired[Words]
    plans: list[Plan]
    baseline: NotRequired[Known]
    setbacks: NotRequired[list[Setback]]
    unreadable: NotRequired[list[Unreadable]]


class Later(TypedDict):
    """Work that has to come after."""

    kind: Literal["measure", "area"]
    id: str
    label: Words


class Gap(TypedDict):
    """Findings that are mended together."""

    by: Words
    start_by: Day | None
    later: list[Later]
    findings: list[FindingToPass]


class AreaGaps(TypedDict):
    """The gaps of an area."""

    area: str | None
    label: Words
    gaps: list[Gap]
    unknown: list[Finding]


class Gaps(TypedDict):
    """`gaps --format json`."""

    format: Literal["dxrules/gaps/1"]
    as_of: Day
    selection: NotRequired[Words]
    plan: AboutPlan
    errors: list[Finding]
    first: list[Gap]
    questions: list[Question]
    coming: list[ComingRule]
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
    """What comes before what."""

    first: str
    then: str
    origin: str
    kind: str
    present: bool | None
    overlap_days: Number | None
    source: Citation | None


class Graph(TypedDict):
    """`graph --format json`."""

    format: Literal["dxrules/graph/1"]
    plan: str
    nodes: list[Node]
    edges: list[Edge]
    cycles: list[list[str]]
    critical_path: list[str]
    order: list[str]
    delays: dict[str, int]


class Due(TypedDict):
    """Something that falls due."""

    kind: str
    key: str
    label: Words
    when: Date
    rule: Rule | None
    outcome: Outcome | None


class ForecastDay(TypedDict):
    """A day on which something falls due or changes."""

    day: Day
    days_left: int
    due: list[Due]
    changes: list[OutcomeChange]


class Forecast(TypedDict):
    """`forecast --format json`."""

    format: Literal["dxrules/forecast/1"]
    as_of: Day
    until: Day
    horizon: Horizon
    trusted: bool
    tool: Tool
    engines: list[str]
    selection: NotRequired[Words]
    plan: AboutPlan
    lawbook: AboutLawbook
    days: list[ForecastDay]


class Rests(TypedDict):
    """An outcome that rests on an entry without evidence."""

    rule: str
    kind: str
    key: str
    label: Words
    outcome: Outcome


class Entry(TypedDict):
    """An entry of a plan file without evidence."""

    place: Place
    rests: list[Rests]


class EntriesOfPlan(TypedDict):
    """Those of a plan."""

    plan: AboutPlan
    entries: list[Entry]


class Evidence(TypedDict):
    """`check --evidence --format json`."""

    format: Literal["dxrules/evidence/1"]
    as_of: Day
    plans: list[EntriesOfPlan]


class Moved(TypedDict):
    """An outcome that came out otherwise."""

    code: str
    rule: str
    kind: str
    key: str
    before: Outcome | None
    after: Outcome | None


class Replay(TypedDict):
    """`replay --format json`."""

    format: Literal["dxrules/replay/1"]
    packet: str
    agrees: bool
    causes: list[Words]
    moved: list[Moved]


class HistoryStep(TypedDict):
    """What happened on a day."""

    on: Date
    topic: Topic
    name: Words
    what: Words
    source: Citation


class History(TypedDict):
    """How a rule came about."""

    as_of: Day
    steps: list[HistoryStep]


class FindingOfPlan(FindingToPass):
    """A finding, with the code of the municipality."""

    plan: str


class Explanation(TypedDict):
    """`explain --format json`."""

    format: Literal["dxrules/explanation/1"]
    rule: WholeRule
    refinement: Refinement | None
    refined_by: list[str]
    history: NotRequired[History]
    findings: list[FindingOfPlan]


class Ruleset(TypedDict):
    """A ruleset."""

    id: str
    title: Words
    known_until: Day
    rules: list[WholeRule]


class Rules(TypedDict):
    """`rules list --format json`."""

    format: Literal["dxrules/rules/1"]
    rulesets: list[Ruleset]


class GapsOfPlans(TypedDict):
    """`gaps --format json` of several plans."""

    format: Literal["dxrules/gaps-of-plans/1"]
    reports: list[Gaps]
    unreadable: NotRequired[list[Unreadable]]


class ForecastOfPlans(TypedDict):
    """`forecast --format json` of several plans."""

    format: Literal["dxrules/forecast-of-plans/1"]
    reports: list[Forecast]
    unreadable: NotRequired[list[Unreadable]]


_DOCUMENTS: dict[str, tuple[Any, Text]] = {
    "assessment": (Assessment, Text("判定結果", "assessment")),
    "gaps": (Gaps, Text("不足の一覧", "gaps")),
    "gaps-of-plans": (GapsOfPlans, Text("計画ごとの不足の一覧", "gaps of several plans")),
    "graph": (Graph, Text("前提関係", "dependency graph")),
    "forecast": (Forecast, Text("見通し", "forecast")),
    "forecast-of-plans": (ForecastOfPlans, Text("計画ごとの見通し", "forecasts of several plans")),
    "comparison": (Comparison, Text("比較", "comparison")),
    "evidence": (Evidence, Text("根拠のない記載", "entries without evidence")),
    "replay": (Replay, Text("判定のやり直し", "replay")),
    "explanation": (Explanation, Text("点検項目の説明", "explanation of a rule")),
    "quotations": (Quotations, Text("文書との照合", "quotations looked up in a document")),
    "update": (Update, Text("新しい版との照合", "plan file compared with a new edition")),
    "inquiry": (Inquiry, Text("照会", "inquiry")),
    "rules": (Rules, Text("点検項目の一覧", "rules")),
    "rules-diff": (RulesDiff, Text("点検項目の差分", "difference of rules")),
    "rules-impact": (RulesImpact, Text("点検項目の改正の影響", "impact of a change of rules")),
    "rules-test": (RulesTest, Text("点検項目のテスト結果", "results of tests of rules")),
    "rules-watch": (RulesWatch, Text("法令の改正", "revisions of laws")),
    "lint": (Lint, Text("点検項目への指摘", "remarks on rules")),
    "sources": (Sources, Text("典拠", "sources")),
    "query": (QueryAnswer, Text("データベースへの問い合わせの結果", "answer to a query")),
}

DOCUMENTS = tuple(_DOCUMENTS)
"""The names of all documents, as `schema` takes them."""


def document_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a document; its titles are those of types, and go."""
    document, title = _DOCUMENTS[name]
    schema: dict[str, Any] = _plain(TypeAdapter(document).json_schema())
    return {"$schema": DIALECT, "title": f"dxrules {title.ja} / dxrules {title.en}"} | schema


def _plain(node: Any) -> Any:
    """Return a schema without the titles, and the docstrings in one language."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if not _is_of_python(key, value)}
    return {key: _plain(value) for key, value in kept.items()}


def _is_of_python(key: str, value: object) -> bool:
    return key in ("title", "description") and isinstance(value, str)
