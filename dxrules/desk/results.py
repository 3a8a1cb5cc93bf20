"""Answers of the calls of the desk, as types, from which their JSON Schema is printed.

Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from dxrules.desk.entry_results import (
    ChoiceGiven,
    Drawing,
    EntryForms,
    Facts,
    KeyPathGiven,
    LeafShown,
    Overview,
    QuotedInDocument,
    Spots,
)
from dxrules.report.json_parts import Adjustment, Proof
from dxrules.report.json_values import Date
from dxrules.report.json_views import Words

SubjectGiven = list[str]
"""A finding by rule, kind and key."""
Amount = int | float


class AboutOpenPlan(TypedDict):
    """An open plan: whose it is, how it came out, and what can be done with it."""

    plan: str
    file: str
    form: str
    origin: Literal["file", "draft", "blank"]
    code: str
    name: Words
    title: str
    recorded: Date
    period: Words | None
    changed: bool
    saves: bool
    undo: int
    redo: int
    original: bool
    outcomes: dict[str, int]
    remarks: list[Words]


class Hello(TypedDict):
    """What a desk is and can do."""

    format: str
    version: str
    day: str
    known_until: str
    engines: list[str]
    saves: bool
    calls: list[str]
    plans: list[AboutOpenPlan]


class TownFound(TypedDict):
    """A municipality that somebody may mean."""

    code: str
    name: Words


class Towns(TypedDict):
    """The municipalities that somebody may mean."""

    towns: list[TownFound]


class OpenPlans(TypedDict):
    """The plans that are open."""

    plans: list[AboutOpenPlan]


class Opened(TypedDict):
    """A plan that was opened or made."""

    plan: AboutOpenPlan


class Attached(TypedDict):
    """A plan with the document that stands beside it now."""

    plan: AboutOpenPlan
    original: Overview


class Counted(TypedDict):
    """How many there are of a kind."""

    label: Words
    count: int


class FindingRow(TypedDict):
    """A finding as a line."""

    finding: SubjectGiven
    rule: str
    title: Words
    label: Words
    kind: Words | None
    outcome: str
    outcome_label: Words
    severity: str
    severity_label: Words | None
    strength: Words
    draft: bool
    message: Words
    due: Words
    area: str | None
    path: KeyPathGiven
    place: Words
    about: str


class ToMend(FindingRow):
    """One thing to mend: why, how and by when."""

    subjects: list[SubjectGiven]
    reason: Words
    by: Words
    remedy: Words
    ways: list[Words]
    before: Words | None


class ToConfirm(TypedDict):
    """One thing to look up."""

    question: Words
    strength: Words
    duty: bool
    due: Words
    rules: Words
    findings: list[SubjectGiven]
    paths: list[KeyPathGiven]
    first: FindingRow


class VerdictsInBrief(TypedDict):
    """The verdicts in brief; after a change, with `what` it was."""

    plan: AboutOpenPlan
    counts: dict[str, Counted]
    severities: dict[str, Counted]
    headline: Words
    one_engine: Words | None
    day: str
    known_until: str
    is_known: bool
    trusted: bool
    errors: list[FindingRow]
    mend_first: list[ToMend]
    confirm_first: list[ToConfirm]
    questions: int
    what: NotRequired[Words]
    taken: NotRequired[int]
    open: NotRequired[int]


class FindingRows(TypedDict):
    """All findings."""

    findings: list[FindingRow]


class ReasonGiven(TypedDict):
    """A part of a condition in words."""

    depth: int
    truth: Literal["yes", "no", "unknown"]
    sign: Words
    asks: Words
    value: Words | None
    title: Words | None


class ExplainedFinding(FindingRow):
    """A finding with its reasons."""

    reasons: list[ReasonGiven]
    evidence: list[Proof]
    source: Words
    url: str | None
    remedy: Words
    question: Words | None
    paths: list[KeyPathGiven]
    adjustments: list[Adjustment]
    due_on: Date | None


class AlikeRow(TypedDict):
    """One of several entries of which the same is in doubt."""

    path: KeyPathGiven
    label: Words
    value: Words
    stands: bool
    because: str


class ToSettle(TypedDict):
    """Something that a person can settle: doubts, a section, or what the town can tell."""

    id: str
    kind: Literal["doubt", "alike", "close", "town"]
    section: str
    path: KeyPathGiven
    text: Words
    duties: Amount
    settles: Amount
    tried: bool
    keys: NotRequired[list[str]]
    rows: NotRequired[list[AlikeRow]]
    value: NotRequired[Words]
    because: NotRequired[str]
    candidates: NotRequired[list[ChoiceGiven]]
    key: NotRequired[Words]
    asked: NotRequired[Words]
    about: NotRequired[list[str]]
    choices: NotRequired[list[ChoiceGiven]]
    number: NotRequired[bool]
    day: NotRequired[Words | None]
    why: NotRequired[Words]
    hangs: NotRequired[Words]


class ToSettleAll(TypedDict):
    """What can be settled, in order."""

    questions: list[ToSettle]
    pending: int
    unknown: int


class AreaShown(TypedDict):
    """The gaps of an area."""

    area: str | None
    label: Words
    gaps: list[ToMend]
    unknown: list[FindingRow]


class Areas(TypedDict):
    """The gaps by area."""

    areas: list[AreaShown]


class FileMade(TypedDict):
    """A file: its name, and its bytes in base64."""

    name: str
    content: str


class Saved(TypedDict):
    """What a plan was saved as."""

    name: str
    plan: AboutOpenPlan


RESULTS: Final[dict[str, Any]] = {
    "hello": Hello,
    "towns": Towns,
    "plans": OpenPlans,
    "open": Opened,
    "draft": Opened,
    "blank": Opened,
    "close": OpenPlans,
    "attach": Attached,
    "verdicts": VerdictsInBrief,
    "findings": FindingRows,
    "explain": ExplainedFinding,
    "questions": ToSettleAll,
    "facts": Facts,
    "shape": EntryForms,
    "edit": VerdictsInBrief,
    "confirm": VerdictsInBrief,
    "confirm-alike": VerdictsInBrief,
    "close-section": VerdictsInBrief,
    "answer": VerdictsInBrief,
    "take-in": VerdictsInBrief,
    "undo": VerdictsInBrief,
    "redo": VerdictsInBrief,
    "original": Overview,
    "leaf": LeafShown,
    "spots": Spots,
    "quotations": QuotedInDocument,
    "gaps": Areas,
    "drawing": Drawing,
    "write": FileMade,
    "save": Saved,
}
"""The result of each call."""
