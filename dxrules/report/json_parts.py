"""Types of the parts that the JSON of all commands shares: texts, dates, rules, findings.

They declare what `json_values` writes. Annotations are not postponed, as pydantic reads them.
"""

from typing import Annotated, Literal, NotRequired, Union

from pydantic import WithJsonSchema
from typing_extensions import TypeAliasType, TypedDict

from dxrules.assessment.finding import AdjustedBy
from dxrules.assessment.outcome_changes import Cause
from dxrules.derivation.declaration import By
from dxrules.reference import SourceKind, Verification
from dxrules.rules import Outcome
from dxrules.rules.refinement import Conditions, Weight
from dxrules.rules.rule import About, Severity, Strength

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


class Words(TypedDict):
    """A text in both languages."""

    ja: str
    en: str


class Date(TypedDict):
    """A day as it is written, and the first and last that it can mean."""

    text: str
    earliest: Day | None
    latest: Day | None
    approximate: bool


class Number(TypedDict):
    """A whole number, or the range in which it lies."""

    lo: int | None
    hi: int | None
    approximate: bool


class Missing(TypedDict):
    """No value: the document is silent, or it cannot be told, and why."""

    absent: Literal["silent", "unknown"]
    because: Words | None


AnyValue = Date | Number | Missing | Words | bool | str


class Place(TypedDict):
    """A place in a file."""

    file: str
    line: int
    column: int
    sheet: NotRequired[str]


class Tool(TypedDict):
    """What made the report."""

    name: Literal["dxrules"]
    version: str


class Subject(TypedDict):
    """What a finding is about."""

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
    """The source of a rule."""

    clause: Words | None


_From = TypedDict("_From", {"from": Day})


class Rule(_From):
    """What identifies a rule, and when it holds."""

    id: str
    ruleset: str
    title: Words
    about: About
    strength: Strength
    draft: bool
    announced: Day
    until: Day | None


class KindAndKeys(TypedDict):
    """The subject of a rule."""

    kind: str
    keys: list[str]


class WholeRule(Rule):
    """A rule with its source and its texts."""

    severity: Severity
    subject: KindAndKeys
    source: RuleSource
    message: Words
    remedy: Words
    question: Words | None
    formerly: list[str]
    refines: str | None


class ComingRule(Rule):
    """A rule that begins later, within the plan's period."""

    source: RuleSource
    remedy: Words


class Refinement(TypedDict):
    """Which rule is refined, and whether the refining one is stricter."""

    refines: str
    conditions: Conditions
    strength: Weight
    due_days_earlier: int | None


class Leaf(TypedDict):
    """A comparison with its value and truth."""

    attribute: str
    label: Words
    operator: str
    operand: Date | bool | int | str | list[str]
    value: AnyValue | None
    truth: bool | None


class All(TypedDict):
    """Conditions that all have to hold."""

    all: list["Tree"]
    truth: bool | None


class AnyOf(TypedDict):
    """Conditions of which one has to hold."""

    any: list["Tree"]
    truth: bool | None


Not = TypedDict("Not", {"not": list["Tree"], "truth": bool | None})
Tree = TypeAliasType("Tree", Union[Leaf, All, AnyOf, Not])  # noqa: UP007  (`|` takes no such type)


class Because(TypedDict):
    """The conditions of a rule, each with its truth."""

    applies: Tree | None
    require: Tree


_Origin = TypedDict("_Origin", {"from": Literal["plan", "town", "secondary"]})


class Proof(_Origin):
    """What shows a value."""

    section: str | None
    page: int | None
    text: str | None
    place: Place


_Since = TypedDict("_Since", {"from": Date})


class Waiver(_Since):
    """A waiver."""

    reason: str
    authority: str
    document: str | None
    until: Date


class Adjustment(TypedDict):
    """Why an outcome is not what its conditions come to."""

    by: AdjustedBy
    before: Outcome
    after: Outcome
    reason: Words


class Finding(TypedDict):
    """What was found of one subject by one rule."""

    rule: Rule
    subject: Subject
    outcome: Outcome
    severity: Severity
    message: Words
    because: Because | None
    places: list[Place]
    evidence: list[Proof]
    source: RuleSource
    remedy: Words
    question: Words | None
    due: Date | None
    days_left: int | None
    known: bool
    setback: NotRequired[Severity]
    refinement: Refinement | None
    waiver: Waiver | None
    adjustments: NotRequired[list[Adjustment]]


class Named(TypedDict):
    """A finding by its rule and subject."""

    rule: str
    kind: str
    key: str


class Question(TypedDict):
    """What somebody has to look up, and what hangs on it."""

    question: Words
    strength: Strength
    draft: bool
    due: Date | None
    days_left: int | None
    settles: list[Named]
    touches: list[Named]
    keys: list[str]
    places: list[Place]


class Step(TypedDict):
    """A value to reach; none where any will do."""

    attribute: str
    label: Words
    by: By
    values: list[AnyValue]
    within: AnyValue | None


class ToPassChange(TypedDict):
    """Steps that together make a failure pass."""

    text: Words
    steps: list[Step]


class ToPass(TypedDict):
    """What makes a failure pass."""

    text: Words
    too_late: Day | None
    changes: list[ToPassChange]


class FindingToPass(Finding):
    """A finding, with what makes it pass where it is a failure."""

    to_pass: ToPass | None


class AboutPlan(TypedDict):
    """What identifies a plan, and how far it was read."""

    code: str
    name: Words
    title: str
    file: str
    sha256: str
    recorded: Date
    unread: list[str]


class AboutLawbook(TypedDict):
    """What identifies the law of a day."""

    id: str
    sha256: str
    known_until: Day


class Verdict(TypedDict):
    """An outcome in words."""

    outcome: Outcome
    severity: Severity
    message: Words


class OutcomeChange(TypedDict):
    """An outcome that changes, and why."""

    rule: Rule
    subject: Subject
    before: Verdict | None
    after: Verdict | None
    cause: Cause
    why: Words
