"""The JSON of the commands for keepers of rulesets as types: changes of the law, remarks."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from dxrules.keeper.attribution import Cause, Effect
from dxrules.keeper.lint.remark import Check, Weight
from dxrules.keeper.proof import VerdictEffect
from dxrules.keeper.rule_diff import Status
from dxrules.keeper.rule_sources import State
from dxrules.reference import SourceKind, Verification
from dxrules.report.json_parts import (
    AnyValue,
    Citation,
    Day,
    Finding,
    Place,
    RuleSource,
    Tool,
    WholeRule,
    Words,
)
from dxrules.rules import Outcome
from dxrules.rules.implication import Direction
from dxrules.rules.models import ParameterType


class Side(TypedDict):
    """One side of a comparison of two laws."""

    name: str
    day: Day | None
    commit: str | None


class _List(TypedDict):
    list: str


class ReferenceChange(_List):
    """An entry of a reference list that came, went or changed."""

    change: Literal["reference"]
    id: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    fields: list[str]
    gained: list[str]
    lost: list[str]
    source: Citation | None
    rules: list[str]


class KnowledgeChange(TypedDict):
    """A day up to which something is known."""

    change: Literal["knowledge"]
    of: str
    old: Day | None
    new: Day | None
    rules: list[str]


class Field(TypedDict):
    """A field of a rule before and after."""

    old: Any
    new: Any


class Witness(TypedDict):
    """A fact that the two rules judge otherwise."""

    fact: dict[str, AnyValue]
    before: Outcome
    after: Outcome
    days: list[Day]


class Keys(TypedDict):
    """Keys of the subject that came or went."""

    added: list[str]
    removed: list[str]


class Asked(TypedDict):
    """Whether more or less is asked."""

    direction: Direction
    tightened: Witness | None
    loosened: Witness | None
    neutral: Witness | None
    conditions: bool
    parameters: list[str]
    keys: Keys


class Bound(TypedDict):
    """Whose plans come under a rule: the code of a prefecture, or null for the nation."""

    old: str | None
    new: str | None


class RuleChange(TypedDict):
    """A rule that came, went or changed."""

    change: Literal["rule"]
    id: str
    what: list[str]
    was: Status | None
    now: Status | None
    old: WholeRule | None
    new: WholeRule | None
    fields: dict[str, Field]
    asked: Asked | None
    binds: Bound | None
    source: RuleSource


_From = TypedDict("_From", {"from": Day | None})


class DatedValue(_From):
    """A value of a parameter."""

    until: Day | None
    value: str | int | list[str]


class ValueChange(TypedDict):
    """A value of a parameter before and after."""

    since: Day | None
    old: DatedValue | None
    new: DatedValue | None
    source: Citation | None


class ParameterChange(TypedDict):
    """A parameter whose values changed."""

    change: Literal["parameter"]
    name: str
    ruleset: str
    type: ParameterType
    values: list[ValueChange]
    rules: list[str]


LawChange = ReferenceChange | KnowledgeChange | RuleChange | ParameterChange


class ProofExample(TypedDict):
    """A fact that comes out otherwise, and the line of it for the examples of the rule."""

    before: Outcome
    after: Outcome
    line: str | None


class Proof(TypedDict):
    """What an edit of a rule does to verdicts; `case` is one of a test file."""

    rule: str
    effect: VerdictEffect
    examples: list[ProofExample]
    case: dict[str, Any] | None


class RulesDiff(TypedDict):
    """`rules diff --format json`."""

    format: Literal["dxrules/rules-diff/1"]
    tool: Tool
    old: Side
    new: Side
    reference: list[ReferenceChange]
    knowledge: list[KnowledgeChange]
    rules: list[RuleChange]
    parameters: list[ParameterChange]
    proofs: NotRequired[list[Proof]]


class Municipality(TypedDict):
    """A municipality."""

    code: str
    name: Words


class Shift(TypedDict):
    """What happened to a verdict, and what did it."""

    effect: Effect
    causes: list[Cause]
    before: Finding | None
    after: Finding | None
    changes: list[LawChange]


class Town(TypedDict):
    """What a change does to a municipality."""

    municipality: Municipality
    before: str | None
    after: str | None
    unread: NotRequired[Words]
    counts: dict[Effect, int]
    shifts: list[Shift]


class Bounds(TypedDict):
    """At least so many, and at most."""

    at_least: int
    at_most: int


class RuleBounds(TypedDict):
    """In how many plans a rule fails before and after a change, and in how many newly."""

    rule: str
    plans: int
    before: Bounds
    after: Bounds
    newly: Bounds


class GroupBounds(TypedDict):
    """A group of plans: how many newly fail any rule, and each rule."""

    name: Words
    plans: int
    newly: Bounds
    rules: list[RuleBounds]


class NarrowingQuestion(TypedDict):
    """A question, the rules that it tells of, and in how many plans it is open."""

    question: Words
    rules: list[str]
    plans: int


class PlanToAsk(TypedDict):
    """A plan in which rules that the change touches cannot be told."""

    code: str
    file: str
    rules: list[str]
    duties: int


class ImpactBounds(TypedDict):
    """What a change does to all plans, to those of each prefecture, and of each kind."""

    all: GroupBounds
    prefectures: list[GroupBounds]
    kinds: list[GroupBounds]
    evidence: list[NarrowingQuestion]
    to_ask: list[PlanToAsk]


class RulesImpact(TypedDict):
    """`rules impact --format json`."""

    format: Literal["dxrules/rules-impact/1"]
    tool: Tool
    old: Side
    new: Side
    doubts: NotRequired[list[Words]]
    days: list[Day]
    engines: list[str]
    bounds: NotRequired[ImpactBounds]
    plans: list[Town]


class Remark(TypedDict):
    """A remark on a ruleset."""

    check: Check
    severity: Weight
    place: Place
    message: Words
    hint: Words | None


class Lint(TypedDict):
    """`rules lint --format json`."""

    format: Literal["dxrules/lint/1"]
    counts: dict[Weight, int]
    remarks: list[Remark]


class SourceEvent(TypedDict):
    """A change of a source."""

    on: Day
    what: Words


class CitedPlace(TypedDict):
    """A paragraph that is cited, and how it compares."""

    path: str
    state: State
    rules: list[str]
    found: list[str]
    file: str | None


class SourceReport(TypedDict):
    """A source, and how it compares."""

    ruleset: str
    key: str
    title: Words
    kind: SourceKind
    verified: Verification
    law_id: str | None
    revision: str | None
    read_on: Day | None
    url: str | None
    rules: list[str]
    changes: list[SourceEvent]
    places: list[CitedPlace]


class Sources(TypedDict):
    """`rules sources --format json`."""

    format: Literal["dxrules/sources/1"]
    sources: list[SourceReport]
