"""JSON of `rules diff`, `rules impact` and `rules lint`, as types, and what they are from."""

from typing import Annotated, Any, Literal, NamedTuple, NotRequired, get_args

from pydantic import BaseModel
from typing_extensions import TypedDict

from dxrules.dates import PartialDate, Range
from dxrules.derivation import VOCABULARY, date_of
from dxrules.keeper.attribution import Effect, ShiftCause
from dxrules.keeper.impact_bounds import bounds_of
from dxrules.keeper.lint.remark import Check, RemarkSeverity
from dxrules.keeper.parameter_diff import ParameterChange as OfParameter
from dxrules.keeper.proof import VerdictEffect
from dxrules.keeper.reference_diff import KnowledgeChange as OfKnowledge
from dxrules.keeper.reference_diff import ReferenceChange as OfReference
from dxrules.keeper.rule_diff import RuleChange as OfRule
from dxrules.keeper.rule_diff import Status
from dxrules.report.json_parts import (
    Citation,
    Finding,
    Place,
    RuleSource,
    ThisTool,
    WholeRule,
    rule_source,
)
from dxrules.report.json_rules import Bounds
from dxrules.report.json_values import AnyValue, Date, Day, Json, taken, value_json
from dxrules.report.json_views import Words, as_json, itself, made, of
from dxrules.rules import Outcome
from dxrules.rules.condition import Param
from dxrules.rules.implication import Direction
from dxrules.rules.rule import InForce
from dxrules.rules.ruleset_models import ParameterType


def plain(value: Any) -> Any:
    """Return what a field of an entry or of a rule holds."""
    match value:
        case PartialDate():
            return as_json(Date, value)
        case Param(name):
            return f"${name}"
        case InForce(since=since):
            rest = taken(value, "until", "until_announced")
            source = as_json(Citation | None, value.until_source)
            return {"announced": value.announced, "from": since, **rest, "until_source": source}
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value


def _commit(side: Any) -> str | None:
    return None if side.revision is None else side.revision.commit


class Side(TypedDict):
    name: str
    day: Day | None
    commit: Annotated[str | None, of(_commit)]


class _List(TypedDict):
    list: Annotated[str, of("list", before="id")]


class ReferenceChange(_List):
    change: Literal["reference"]
    id: str
    old: Annotated[dict[str, Any] | None, made(lambda change: plain(change.old))]
    new: Annotated[dict[str, Any] | None, made(lambda change: plain(change.new))]
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
    old: Any
    new: Any


class Witness(TypedDict):
    fact: dict[str, AnyValue]
    before: Outcome
    after: Outcome
    days: list[Day]


class Keys(TypedDict):
    """Keys of the subject that came or went."""

    added: list[str]
    removed: list[str]


def _witness(change: Any, way: str) -> Json | None:
    witness = getattr(change.asked, way)
    if witness is None:
        return None
    attributes = VOCABULARY[change.rule.kind].attributes
    fact = {name: value_json(attributes[name], value) for name, value in witness.values.items()}
    return {"fact": fact} | taken(witness, "before", "after", "days")


def _pair(names: tuple[str, str], values: Any) -> Json:
    return dict(zip(names, values, strict=True))


class Asked(TypedDict):
    """Whether more or less is asked."""

    direction: Annotated[Direction, of("asked.direction")]
    tightened: Annotated[Witness | None, made(lambda change: _witness(change, "tightened"))]
    loosened: Annotated[Witness | None, made(lambda change: _witness(change, "loosened"))]
    neutral: Annotated[Witness | None, made(lambda change: _witness(change, "neutral"))]
    conditions: Annotated[bool, of("asked.own")]
    parameters: Annotated[list[str], of("asked.parameters")]
    keys: Annotated[Keys, made(lambda change: _pair(("added", "removed"), change.asked.keys))]


class Bound(TypedDict):
    """Whose plans come under a rule: the code of a prefecture, or null for the nation."""

    old: str | None
    new: str | None


def _fields(change: Any) -> Json:
    pairs = {name: (getattr(change.old, name), getattr(change.new, name)) for name in change.fields}
    return {name: _pair(("old", "new"), map(plain, pair)) for name, pair in pairs.items()}


class RuleChange(TypedDict):
    change: Literal["rule"]
    id: Annotated[str, of("rule.id")]
    what: Annotated[list[str], of("heads")]
    was: Status | None
    now: Status | None
    old: WholeRule | None
    new: WholeRule | None
    fields: Annotated[dict[str, Field], made(_fields)]
    asked: Annotated[Asked | None, of(lambda change: change if change.asked else None)]
    binds: Annotated[
        Bound | None, made(lambda told: told.binds and _pair(("old", "new"), told.binds))
    ]
    source: Annotated[RuleSource, made(lambda change: rule_source(change.rule))]


_From = TypedDict("_From", {"from": Day | None})


class DatedValue(_From):
    until: Day | None
    value: str | int | list[str]


class _OfType(NamedTuple):
    """A change of a value, and the type of its parameter."""

    value: Any
    type: ParameterType


def _entry(entry: Any, kind: ParameterType) -> Json | None:
    if entry is None:
        return None
    value = entry.value
    if kind == "date" and isinstance(value, int):
        value = date_of(Range.point(value)).canonical()
    return {"from": entry.since, "until": entry.until, "value": value}


class ValueChange(TypedDict):
    """A value of a parameter before and after."""

    since: Annotated[Day | None, of("value.since")]
    old: Annotated[DatedValue | None, made(lambda of: _entry(of.value.old, of.type))]
    new: Annotated[DatedValue | None, made(lambda of: _entry(of.value.new, of.type))]
    source: Annotated[Citation | None, of("value.source")]


class ParameterChange(TypedDict):
    change: Literal["parameter"]
    name: str
    ruleset: str
    type: ParameterType
    values: Annotated[
        list[ValueChange], of(lambda told: [_OfType(each, told.type) for each in told.values])
    ]
    rules: list[str]


LawChange = ReferenceChange | KnowledgeChange | RuleChange | ParameterChange
_SHAPES = {
    OfReference: ReferenceChange,
    OfKnowledge: KnowledgeChange,
    OfRule: RuleChange,
    OfParameter: ParameterChange,
}


class ProofExample(TypedDict):
    """A fact that comes out otherwise, and the line of it for the examples of the rule."""

    before: Outcome
    after: Outcome
    line: str | None


class Proof(TypedDict):
    """What an edit of a rule does to verdicts; `case` is one of a test file."""

    rule: Annotated[str, of("change.rule.id")]
    effect: VerdictEffect
    examples: list[ProofExample]
    case: dict[str, Any] | None


class RulesDiff(TypedDict):
    """`rules diff --format json`."""

    format: Literal["dxrules/rules-diff/1"]
    tool: ThisTool
    old: Side
    new: Side
    reference: list[ReferenceChange]
    knowledge: list[KnowledgeChange]
    rules: list[RuleChange]
    parameters: list[ParameterChange]
    proofs: NotRequired[list[Proof]]


class Municipality(TypedDict):
    code: str
    name: Annotated[Words, of("name.text")]


def _changes(shift: Any) -> list[Json]:
    return [as_json(_SHAPES[type(change)], change) for change in shift.changes]


class Shift(TypedDict):
    """What happened to a verdict, and what did it."""

    effect: Effect
    causes: list[ShiftCause]
    before: Finding | None
    after: Finding | None
    changes: Annotated[list[LawChange], made(_changes)]


class Town(TypedDict):
    municipality: Annotated[Municipality, of("file.plan.municipality")]
    before: Annotated[str | None, of(lambda town: town.before and town.before.name)]
    after: Annotated[str | None, of(lambda town: town.after and town.after.name)]
    unread: NotRequired[Words]
    counts: dict[Effect, int]
    shifts: list[Shift]


class RuleBounds(TypedDict):
    """In how many plans a rule fails before and after a change, and in how many newly."""

    rule: Annotated[str, of("rule.id")]
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


def _ids(asked: Any) -> list[str]:
    return [rule.id for rule in asked.rules]


class NarrowingQuestion(TypedDict):
    """A question, the rules that it tells of, and in how many plans it is open."""

    question: Words
    rules: Annotated[list[str], of(_ids)]
    plans: int


class PlanToAsk(TypedDict):
    """A plan in which rules that the change touches cannot be told."""

    code: Annotated[str, of("town.file.plan.municipality.code")]
    file: Annotated[str, of("town.file.name")]
    rules: Annotated[list[str], of(_ids)]
    duties: int


class ImpactBounds(TypedDict):
    """What a change does to all plans, to those of each prefecture, and of each kind."""

    all: GroupBounds
    prefectures: list[GroupBounds]
    kinds: list[GroupBounds]
    evidence: Annotated[list[NarrowingQuestion], of("questions")]
    to_ask: list[PlanToAsk]


class RulesImpact(TypedDict):
    """`rules impact --format json`."""

    format: Literal["dxrules/rules-impact/1"]
    tool: ThisTool
    old: Annotated[Side, of("diff.old")]
    new: Annotated[Side, of("diff.new")]
    doubts: NotRequired[Annotated[list[Words], of(lambda impact: impact.doubts or None)]]
    days: list[Day]
    engines: list[str]
    bounds: NotRequired[Annotated[ImpactBounds, of(bounds_of)]]
    plans: Annotated[list[Town], of("towns")]


class Remark(TypedDict):
    check: Check
    severity: RemarkSeverity
    place: Place
    message: Words
    hint: Words | None


def _by_weight(remarks: Any) -> dict[RemarkSeverity, int]:
    return {
        each: sum(remark.severity == each for remark in remarks)
        for each in get_args(RemarkSeverity)
    }


class Lint(TypedDict):
    """`rules lint --format json`."""

    format: Literal["dxrules/lint/1"]
    counts: Annotated[dict[RemarkSeverity, int], of(_by_weight)]
    remarks: Annotated[list[Remark], of(itself)]
