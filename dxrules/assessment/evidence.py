"""What shows an outcome, and whether it is the plan that says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dxrules.derivation import UNKNOWN
from dxrules.rules import Outcome, verdict
from dxrules.rules.condition import Leaf, leaves
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.assessment.finding import Finding
    from dxrules.derivation import Fact, Proof
    from dxrules.plan import PlanFile
    from dxrules.plan.models import Evident
    from dxrules.rules import Rule, Verdict

_BY_OTHERS = Text(
    "根拠は町の他の資料か第三者だけで、計画書自体に書かれているかは示されていない",
    "It rests on other papers of the town or on others alone; that the plan says so is not shown",
)


def proofs_of(fact: Fact, why: Verdict) -> tuple[Proof, ...]:
    """Return what shows the values that an outcome rests on, each once."""
    trees = [why.require] if why.applies is None else [why.require, why.applies]
    if why.applies is not None and why.applies.truth is False:
        trees = [why.applies]
    conditions = [leaf.condition for tree in trees for leaf in tree.deciding()]
    names = dict.fromkeys(leaf.attribute for leaf in conditions if isinstance(leaf, Leaf))
    drawn = [fact.proofs.get(name, ()) for name in names]
    return drawn[0] if len(drawn) == 1 else tuple(dict.fromkeys(chain.from_iterable(drawn)))


def hears_others(file: PlanFile) -> bool:
    """Tell whether anything in a plan file rests on what others than the plan say."""
    plan = file.plan
    parts: list[Evident] = [plan.plan, *(plan.measures or ()), *(plan.indicators or ())]
    parts += (plan.provisions or {}).values()
    if plan.collection:
        parts += plan.collection.charges.values()
    if plan.standardization:
        parts += [plan.standardization, *plan.standardization.systems.values()]
    return any(part.is_heard for part in parts)


def as_said(finding: Finding, rule: Rule, fact: Fact) -> Finding:
    """Let nothing that a plan must contain pass by what others than the plan say."""
    if finding.outcome is not Outcome.PASS or rule.about != "plan":
        return finding
    read = {leaf.attribute for condition in rule.conditions for leaf in leaves(condition)}
    heard = {name: UNKNOWN for name in read if _is_heard(fact.proofs.get(name, ()))}
    if not heard or verdict(rule, {**fact.values, **heard}).outcome is Outcome.PASS:
        return finding
    return replace(finding, outcome=Outcome.UNKNOWN, message=_BY_OTHERS)


def _is_heard(proofs: tuple[Proof, ...]) -> bool:
    return bool(proofs) and all(proof.origin != "plan" for proof in proofs)
