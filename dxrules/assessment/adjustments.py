"""What changes an outcome after its rule was evaluated: in one order, and each with its reason.

| by | what it does |
|---|---|
| `no-plan` | where there is no plan, nothing is asked of a document |
| `others` | no plan passes or fails by what only others, or nobody, shows that it contains |
| `drafted` | a draft accuses nobody by a section that nobody has confirmed |
| `recorded` | no town fails what it was asked for only after its facts were recorded |
| `waiver` | what is validly waived is `waived` |
| `same-cause` | a rule steps back where the one that it follows from fails |

A waived failure is no cause for others to step back, so waivers come before `same-cause`.
What a baseline knows, what failed before and which rule is refined are marks on a finding: they
change no outcome, and are none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from dxrules.assessment.contradicting_answers import contradictions_of
from dxrules.assessment.finding import Finding, SubjectKey
from dxrules.assessment.origin_of_evidence import (
    hears_others,
    is_copied,
    is_told,
    known_to,
    without_others,
)
from dxrules.assessment.waivers import apply_waivers
from dxrules.dates import PartialDate
from dxrules.derivation import VOCABULARY, Fact
from dxrules.derivation.absence import UNCONFIRMED
from dxrules.frozen import replaced
from dxrules.plan import PlanFile
from dxrules.plan.field_info import model_in
from dxrules.plan.models import Plan
from dxrules.plan.open_doubts import SECTION_NAMES
from dxrules.plan.sections.about import About
from dxrules.rules import Lawbook, Outcome
from dxrules.texts import Text


def adjusted(
    judged: Iterable[tuple[Finding, Fact | None]],
    facts: Sequence[Fact],
    file: PlanFile,
    lawbook: Lawbook,
    *,
    waivers: bool,
) -> list[Finding]:
    """Return the findings of a plan after all adjustments, and those about its waivers.

    Each comes with the fact that its rule looked at, if there was one; they stay in their order,
    and what is added comes last. Of `facts` some are called by their names.
    """
    doubted, recorded = hears_others(file) or not is_copied(file), file.plan.recorded
    exists = file.plan.plan.exists
    unconfirmed = _unconfirmed(file)
    found = []
    for finding, fact in judged:
        if finding.outcome is _NOT_APPLICABLE:  # nothing is asked that could change
            found.append(finding)
            continue
        if not exists:
            finding = _without_plan(finding)  # noqa: PLW2901  (each step takes what the last left)
        if doubted and fact is not None and finding.outcome in _DOUBTED:
            finding = without_others(finding, fact, file)  # noqa: PLW2901
        if finding.outcome is _FAIL and unconfirmed:
            finding = _as_drafted(finding, fact, unconfirmed)  # noqa: PLW2901
        if finding.outcome is _FAIL:
            finding = _as_recorded(finding, fact, recorded)  # noqa: PLW2901
        found.append(finding)
    found += contradictions_of(file, facts)
    return _one_accusation(apply_waivers(found, file, lawbook, use=waivers))


# Python 3.11 looks members up as slowly as by a call.
_DRAFTED = Text(
    "下書きを確かめ終えていないので、不適合とはしない",
    "The draft has not been confirmed to its end, so that it fails nothing",
)
_FAIL, _NOT_APPLICABLE = Outcome.FAIL, Outcome.NOT_APPLICABLE
_DOUBTED = (Outcome.PASS, Outcome.FAIL)
_ASKS = (Outcome.FAIL, Outcome.UNKNOWN)
_NO_PLAN = Text(
    "計画がないので、計画に書くべきことは問わない",
    "There is no plan, so that nothing is asked of what it holds",
)


def _without_plan(finding: Finding) -> Finding:
    """Ask nothing of a document that there is not; what the municipality must do stays."""
    asks = finding.outcome not in (Outcome.NOT_APPLICABLE, Outcome.ERROR)
    if finding.rule.about == "town" or not asks:
        return finding
    return finding.adjusted("no-plan", Outcome.NOT_APPLICABLE, _NO_PLAN)


def _unconfirmed(file: PlanFile) -> frozenset[str]:
    """Return the sections of a draft that nobody has closed, the cover (`plan`) among them."""
    reading = file.plan.document
    if reading is None or reading.drafted is None or reading.read == "complete":
        return frozenset()
    return frozenset(SECTION_NAMES).difference(reading.closed)


@cache
def _of_cover() -> frozenset[str]:
    """Return the keys that the section `plan` of a plan file alone has, as `declines`."""
    others = (each for name, each in Plan.model_fields.items() if name != "plan")
    elsewhere = {key for each in others for key in _keys_in(each.annotation)}
    return frozenset(About.model_fields) - elsewhere - Plan.model_fields.keys()


def _keys_in(annotation: object) -> Iterator[str]:
    model = model_in(annotation)
    for key, info in model.model_fields.items() if model is not None else ():
        yield key
        yield from _keys_in(info.annotation)


def _as_drafted(finding: Finding, fact: Fact | None, unconfirmed: AbstractSet[str]) -> Finding:
    """Accuse nobody by a draft, before somebody held it against the document or told of it.

    What a town has done its rule asks; what a document says only the document tells.
    """
    attributes = VOCABULARY[finding.kind].attributes
    read = {key for name in finding.rule.asked for key in attributes[name].reads}
    read |= {"plan"} if read & _of_cover() else set()
    if unconfirmed.isdisjoint({*finding.path[:1], *read}) or is_told(finding, fact):
        return finding
    held = finding.adjusted("drafted", Outcome.UNKNOWN, _DRAFTED)
    return held if finding.rule.about == "town" else replaced(held, cause=UNCONFIRMED.cause)


def _as_recorded(finding: Finding, fact: Fact | None, recorded: PartialDate) -> Finding:
    """Accuse no town of what it was not yet asked for when its facts were recorded.

    What a document says stays as it is; what a town has done since nobody has told, unless the
    town has.
    """
    if finding.rule.about == "plan":
        return finding
    since = finding.rule.in_force.since
    recorded = known_to(finding, fact, recorded)
    if recorded.range.at_least(since.toordinal()):
        return finding
    reason = Text(
        f"{since.isoformat()} から求められ、記録時点({recorded.text})より後のことは分からない",
        f"Asked for from {since.isoformat()}, and nothing is told of the time after "
        f"{recorded.describe().en}",
    )
    return finding.adjusted("recorded", Outcome.UNKNOWN, reason)


def _one_accusation(findings: list[Finding]) -> list[Finding]:
    """Let a rule that follows from another's failure step back, unless that one is waived."""
    failed = {finding.subject for finding in findings if finding.outcome is _FAIL}
    return [
        finding if finding.rule.unless_failed is None else _stepped_back(finding, failed)
        for finding in findings
    ]


def _stepped_back(finding: Finding, failed: AbstractSet[SubjectKey]) -> Finding:
    root = finding.rule.unless_failed
    if finding.outcome not in _ASKS or (root, finding.kind, finding.key) not in failed:
        return finding
    reason = Text(f"{root} と同じ原因", f"Same cause as {root}")
    return finding.adjusted("same-cause", Outcome.NOT_APPLICABLE, reason)
