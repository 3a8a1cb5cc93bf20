"""JSON of an assessment, alone and in packets, as types, and what they are from.

The same inputs give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple, NotRequired

from typing_extensions import TypedDict

from dxrules.assessment import Assessment as Judged
from dxrules.assessment import PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.dossier import Unreadable as NotRead
from dxrules.assessment.due_days import rules_to_come
from dxrules.assessment.packet_writer import PlanInPacket
from dxrules.assessment.questions import questions
from dxrules.assessment.since import Since
from dxrules.report.how_to_write import How
from dxrules.report.json_parts import (
    AboutLawbook,
    AboutPlan,
    ComingRule,
    Finding,
    Question,
    Rule,
    ThisTool,
)
from dxrules.report.json_values import Day, Json, element, filled, hole, in_utf8
from dxrules.report.json_views import Words, as_json, made, of
from dxrules.report.piecewise import Pieces, Piecewise, Whole, apart, together
from dxrules.rules import Outcome
from dxrules.rules.rule import Severity, Strength
from dxrules.texts import Text


class Counts(TypedDict):
    outcomes: dict[Outcome, int]
    severities: dict[Severity, int]
    strengths: dict[Strength, int]
    open: Annotated[dict[Strength, int], of("duties")]
    subjects: dict[Outcome, int]


class _Told(NamedTuple):
    """A plan, and whether what passes or does not apply is told, too."""

    plan: PlanAssessment
    everything: bool


def _alone(told: _Told) -> list[str] | None:
    return ["interpreter"] if told.plan.alone else None


def _findings(told: _Told) -> Sequence[Any]:
    return told.plan.told(everything=told.everything)


class Plan(TypedDict):
    plan: AboutPlan
    lawbook: Annotated[AboutLawbook, of("plan.lawbook")]
    engines: NotRequired[Annotated[list[str], made(_alone)]]
    counts: Annotated[Counts, of("plan.counts")]
    findings: Annotated[list[Finding], of(_findings, before="coming")]
    questions: Annotated[list[Question], of(lambda told: questions(told.plan))]
    coming: Annotated[list[ComingRule], of(lambda told: rules_to_come(told.plan))]
    not_in_force: Annotated[list[Rule], of("plan.not_in_force")]


def _entries(stale: Any) -> list[Json]:
    from dxrules.assessment.baseline_file import said

    return [*map(said, stale)]


class Known(TypedDict):
    """An entry of a baseline that nothing meets any more."""

    stale: Annotated[list[dict[str, Any]], made(_entries)]


class Setback(TypedDict):
    """What failed before, and is undetermined now."""

    municipality: str
    plan: str
    rule: str
    kind: str
    key: str
    severity: Severity


class Unreadable(TypedDict):
    file: Annotated[str, of("name")]
    message: Words


class _Report(NamedTuple):
    """An assessment as it is told: its plans, or what stands for them."""

    judged: Judged
    selected: Text | None
    plans: Any
    since: Since
    unread: Sequence[NotRead] = ()


class Assessment(TypedDict):
    """`check --format json`."""

    format: Literal["dxrules/assessment/2"]
    as_of: Annotated[Day, of("judged.day")]
    tool: ThisTool
    engines: Annotated[list[str], of("judged.engines")]
    selection: NotRequired[Annotated[Words, of("selected")]]
    plans: Annotated[list[Plan], made(lambda report: report.plans)]
    baseline: NotRequired[Annotated[Known, of("since.stale")]]
    setbacks: NotRequired[
        Annotated[list[Setback], of(lambda report: report.since.setbacks or None)]
    ]
    unreadable: NotRequired[Annotated[list[Unreadable], of(lambda report: report.unread or None)]]


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    return element(as_json(Plan, _Told(plan, how.everything)), _DEPTH)


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:  # noqa: ARG001  (both languages)
    dossier, plans = whole.dossier, hole("plans")
    about = dossier.assessment, whole.selected, plans, dossier.since, whole.unreadable
    return filled(as_json(Assessment, _Report(*about)), {"plans": pieces})


_DEPTH = 2
"""Of a plan in the report."""
PIECES = Piecewise(_piece, _joined)


def render_json(judged: Judged) -> bytes:
    """Return an assessment alone, with every subject: what a packet keeps."""
    plans = [as_json(Plan, _Told(plan, everything=True)) for plan in judged.plans]
    since = Since.together(map(Since.of, judged.plans))
    return in_utf8(as_json(Assessment, _Report(judged, judged.selected, plans, since)))


_PACKET_PARTS = 2


def _in_packet(dossier: Dossier, how: How) -> bytes:  # noqa: ARG001  (a packet keeps everything)
    (plan,) = dossier.assessment.plans
    return together(plan.file.document.content, render_json(dossier.assessment))


def packed(whole: Whole, pieces: Pieces) -> Iterator[PlanInPacket]:
    """Yield how reports call each plan, its bytes, and its assessment."""
    for heading, piece in zip(whole.headings, pieces, strict=True):
        content, told = apart(piece, _PACKET_PARTS)
        yield heading.file, content, partial(bytes, told)


def _packets(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:  # noqa: ARG001  (as above)
    """Yield the assessments; the packet is written by `write_packet`."""
    return (told() for _, _, told in packed(whole, pieces))


PACKET = Piecewise(_in_packet, _packets, uncompared=True)
