"""Answers of the calls of the desk, as types, from which their JSON Schema is printed.

Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from dxrules.desk.drawn import Drawing
from dxrules.desk.entry_results import (
    ChoiceGiven,
    EntryForms,
    Facts,
    KeyPathGiven,
    LeafShown,
    Overview,
    QuotedInDocument,
    Spots,
)
from dxrules.desk.verdict_views import (
    AboutOpenPlan,
    Areas,
    ExplainedFinding,
    FindingRows,
    VerdictsInBrief,
)
from dxrules.report.json_views import Words

NumberShown = int | float


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


class AlikeRow(TypedDict):
    """One of several entries of which the same is in doubt."""

    path: KeyPathGiven
    label: Words
    value: Words
    because: str


class ToSettle(TypedDict):
    """Something that a person can settle: doubts, a section, or what the town can tell."""

    id: str
    kind: Literal["doubt", "alike", "close", "town"]
    section: str
    path: KeyPathGiven
    text: Words
    duties: NumberShown
    settles: NumberShown
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
