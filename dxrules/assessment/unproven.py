"""Entries without evidence that verdicts rest on."""

from __future__ import annotations

from dxrules.assessment.finding import Finding, PlanAssessment
from dxrules.derivation import Proof
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.rules import Outcome

_DECIDED = frozenset({Outcome.PASS, Outcome.FAIL, Outcome.WAIVED})


@frozen
class Unproven:
    """An entry of the plan file without evidence, and the findings that rest on it."""

    place: Place
    findings: tuple[Finding, ...]


def unproven(plan: PlanAssessment) -> tuple[Unproven, ...]:
    """Return what is stated without a section, a page or words, in the order of the file.

    Only what decides a verdict counts, be it a pass or a failure. That something is nowhere in
    the file rests on no entry of it.
    """
    found: dict[Place, list[Finding]] = {}
    for finding in plan.findings:
        if finding.outcome in _DECIDED:
            for place in dict.fromkeys(p.place for p in finding.proofs if is_bare(p)):
                found.setdefault(place, []).append(finding)
    order = plan.file.document.order
    return tuple(Unproven(place, tuple(found[place])) for place in sorted(found, key=order))


def is_bare(proof: Proof) -> bool:
    """Tell whether nothing says where in a document a value stands."""
    return not (proof.text or proof.section or proof.page)
