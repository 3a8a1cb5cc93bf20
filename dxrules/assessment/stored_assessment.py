"""An assessment as a packet stores it: what of it is compared with one that is made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from dxrules.assessment.packet import refused
from dxrules.rules import Outcome
from dxrules.source.document import dotted
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.errors import InputError

    Outcomes = dict[tuple[str, str, str, str], Outcome]

_NO_ASSESSMENT = Text(
    "判定結果(dxrules/assessment/2)ではありません。",
    "This is no assessment (dxrules/assessment/2).",
)
_AT = Text("判定結果として読めません({where})。", "It cannot be read as an assessment ({where}).")
_WAY_OUT = Text(
    "パケットが作られた後に書き換えられています。dxrules check --packet で作り直してください。",
    "The packet was altered after it was written. Make it anew with dxrules check --packet.",
)


class _Said(BaseModel):
    """A mapping of an assessment; its other keys are not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, defer_build=True)


class _Tool(_Said):
    version: str


class _AboutPlan(_Said):
    code: str
    file: str
    sha256: str


class _Lawbook(_Said):
    id: str
    sha256: str
    known_until: str


class _Rule(_Said):
    id: str


class _Subject(_Said):
    kind: str
    key: str


class _Finding(_Said):
    rule: _Rule
    subject: _Subject
    outcome: Outcome


class _Plan(_Said):
    plan: _AboutPlan
    lawbook: _Lawbook
    findings: tuple[_Finding, ...]


class StoredAssessment(_Said):
    """What an assessment says of how it was made, and how each finding came out."""

    format: Literal["dxrules/assessment/1", "dxrules/assessment/2"]
    as_of: str
    tool: _Tool
    engines: tuple[str, ...]
    plans: tuple[_Plan, ...]

    @property
    def outcomes(self) -> Outcomes:
        """The outcome of each finding, by town, rule, kind and key."""
        return {
            (plan.plan.code, found.rule.id, found.subject.kind, found.subject.key): found.outcome
            for plan in self.plans
            for found in plan.findings
        }


def stored_in(raw: bytes, name: str) -> StoredAssessment:
    """Return what an assessment says; raise InputError if it is none, or is damaged."""
    try:
        return StoredAssessment.model_validate_json(raw)
    except ValidationError as error:
        raise _refusal(error, name) from error


def _refusal(error: ValidationError, name: str) -> InputError:
    path = error.errors(include_url=False, include_input=False)[0]["loc"]
    if not path or path[0] == "format":
        return refused(name, _NO_ASSESSMENT, _WAY_OUT)
    return refused(name, _AT.format(where=dotted(path)), _WAY_OUT)
