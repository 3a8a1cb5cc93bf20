"""Types of the parts that the JSON of all commands shares, and what they are from: rules, findings.

Annotations are not postponed, as pydantic reads them.
"""

from hashlib import sha256
from typing import Annotated, Any, Literal, NotRequired, Union

from typing_extensions import TypeAliasType, TypedDict

from dxrules.assessment.finding import AdjustedBy
from dxrules.assessment.finding_question import question_of
from dxrules.derivation.declaration import By
from dxrules.reference import SourceKind, Verification
from dxrules.report.json_values import (
    AnyValue,
    Date,
    Day,
    Json,
    because_json,
    tool,
    value_json,
)
from dxrules.report.json_views import Words, as_json, itself, made, of
from dxrules.rules import Outcome
from dxrules.rules.refinement import ComparedStrength, Conditions
from dxrules.rules.rule import RuleAbout, Severity, Strength
from dxrules.source.placed_data import dotted


class Place(TypedDict):
    file: str
    line: int
    column: int
    sheet: NotRequired[Annotated[str, of(lambda place: place.sheet or None)]]


class Tool(TypedDict):
    name: Literal["dxrules"]
    version: str


class Subject(TypedDict):
    kind: str
    key: str
    label: Words
    area: str | None


class Citation(TypedDict):
    """A source, and how it was verified."""

    title: Words
    kind: SourceKind
    decided: Date | None
    verified: Verification
    url: str | None


class RuleSource(Citation):
    clause: Words | None


def rule_source(rule: Any) -> Any:
    """Return the source of a rule, and how it was verified."""
    said = as_json(Citation, rule.source)
    return {"title": said["title"], "kind": said["kind"], "clause": rule.clause} | said


_From = TypedDict("_From", {"from": Annotated[Day, of("in_force.since", before="until")]})


class Rule(_From):
    id: str
    ruleset: str
    title: Words
    about: RuleAbout
    strength: Strength
    draft: bool
    announced: Annotated[Day, of("in_force.announced")]
    until: Annotated[Day | None, of("in_force.until")]


class KindAndKeys(TypedDict):
    kind: str
    keys: list[str]


class WholeRule(Rule):
    severity: Severity
    subject: Annotated[KindAndKeys, of(itself)]
    source: Annotated[RuleSource, made(rule_source)]
    message: Words
    remedy: Annotated[Words, of(lambda rule: rule.remedy_for())]
    question: Words | None
    formerly: list[str]
    refines: str | None


class ComingRule(Rule):
    source: Annotated[RuleSource, made(rule_source)]
    remedy: Annotated[Words, of(lambda rule: rule.remedy_for())]


class Refinement(TypedDict):
    """Which rule is refined, and whether the refining one is stricter."""

    refines: Annotated[str, of("refined.id")]
    conditions: Conditions
    strength: ComparedStrength
    due_days_earlier: Annotated[int | None, of("due_days")]


class Leaf(TypedDict):
    attribute: str
    label: Words
    operator: str
    operand: Date | bool | int | str | list[str]
    value: AnyValue | None
    truth: bool | None


class All(TypedDict):
    all: list["Tree"]
    truth: bool | None


class AnyOf(TypedDict):
    any: list["Tree"]
    truth: bool | None


Not = TypedDict("Not", {"not": list["Tree"], "truth": bool | None})
Tree = TypeAliasType("Tree", Union[Leaf, All, AnyOf, Not])  # noqa: UP007  (`|` takes no such type)


class Because(TypedDict):
    applies: Tree | None
    require: Tree


_Origin = TypedDict(
    "_Origin",
    {"from": Annotated[Literal["plan", "town", "secondary"], of("origin", before="place")]},
)


class Proof(_Origin):
    section: str | None
    page: int | None
    text: str | None
    place: Place


_Since = TypedDict("_Since", {"from": Annotated[Date, of("since", before="until")]})


class Waiver(_Since):
    reason: str
    authority: str
    document: str | None
    until: Date


class Adjustment(TypedDict):
    by: AdjustedBy
    before: Outcome
    after: Outcome
    reason: Words


def _because(finding: Any) -> Json | None:
    why = finding.verdict
    return None if why is None else because_json(finding.kind, why)


def _places(finding: Any) -> Any:
    return dict.fromkeys((finding.place, *(proof.place for proof in finding.proofs)))


def _evidence(finding: Any) -> list[Json]:
    shown = [proof for proof in finding.proofs if proof.text or proof.section]
    days = [{} if proof.told is None else {"told": as_json(Date, proof.told)} for proof in shown]
    return [as_json(Proof, proof) | day for proof, day in zip(shown, days, strict=True)]


Proofs = Annotated[list[Proof], made(_evidence)]
"""What a finding rests on."""


class Finding(TypedDict):
    rule: Rule
    subject: Annotated[Subject, of(itself)]
    outcome: Outcome
    severity: Severity
    message: Words
    because: Annotated[Because | None, made(_because)]
    places: Annotated[list[Place], of(_places)]
    evidence: Proofs
    source: Annotated[RuleSource, made(lambda finding: rule_source(finding.rule))]
    remedy: Words
    question: Annotated[
        Words | None, of(lambda f: question_of(f) if f.outcome == "unknown" else None)
    ]
    due: Date | None
    days_left: int | None
    known: bool
    setback: NotRequired[Severity]
    refinement: Refinement | None
    waiver: Waiver | None
    adjustments: NotRequired[
        Annotated[list[Adjustment], of(lambda finding: finding.adjustments or None)]
    ]


class Named(TypedDict):
    rule: Annotated[str, of("rule.id")]
    kind: str
    key: str


class Question(TypedDict):
    """What somebody has to look up, and what hangs on it: that stands there by its name."""

    question: Annotated[Words, of("text")]
    strength: Strength
    draft: bool
    due: Date | None
    days_left: int | None
    settles: Annotated[list[Named], of("findings")]
    touches: list[Named]
    keys: Annotated[list[str], of(lambda question: [*map(dotted, question.paths)])]
    places: list[Place]


def _values(step: Any) -> list[Json]:
    if step.attribute.type == "text" if step.span is None else not step.span.is_known:
        return []
    return [value_json(step.attribute, value) for value in step.values]


def _within(step: Any) -> Json | None:
    known = step.span is not None and step.span.is_known
    return value_json(step.attribute, step.span) if known else None


class Step(TypedDict):
    """A value to reach; none where any will do."""

    attribute: Annotated[str, of("attribute.name")]
    label: Annotated[Words, of("attribute.label")]
    by: Annotated[By, of("lever.by")]
    values: Annotated[list[AnyValue], made(_values)]
    within: Annotated[AnyValue | None, made(_within)]


class ToPassChange(TypedDict):
    text: Words
    steps: list[Step]


class ToPass(TypedDict):
    text: Words
    too_late: Day | None
    changes: list[ToPassChange]


class FindingToPass(Finding):
    """A finding, with what makes it pass where it is a failure."""

    to_pass: ToPass | None


def to_pass_json(finding: Any, to_pass: Any) -> Any:
    """Return a finding, and what makes it pass where it is a failure."""
    return as_json(Finding, finding) | {"to_pass": as_json(ToPass | None, to_pass)}


class AboutPlan(TypedDict):
    code: Annotated[str, of("file.plan.municipality.code")]
    name: Annotated[Words, of("file.plan.municipality.name.text")]
    title: Annotated[str, of("file.plan.plan.title")]
    file: Annotated[str, of("file.name")]
    sha256: Annotated[str, of(lambda plan: sha256(plan.file.document.content).hexdigest())]
    recorded: Annotated[Date, of("file.plan.recorded")]
    unread: Annotated[list[str], of("file.unread")]


class AboutLawbook(TypedDict):
    id: Annotated[str, of(lambda lawbook: "+".join(lawbook.rulesets))]
    sha256: Annotated[str, of("digest")]
    known_until: Day


ThisTool = Annotated[Tool, made(lambda _: tool())]
"""The tool, where a report names it."""
