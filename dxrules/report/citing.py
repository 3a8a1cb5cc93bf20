"""How reports cite: what was read in the plan, and what a rule rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.plan.codes import EVIDENCE_FROM
from dxrules.report.words import VERIFICATION
from dxrules.rules import STRENGTH_LABELS
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.derivation import Proof
    from dxrules.rules import Rule


def quoted(proof: Proof) -> Text:
    """Return a quotation: from what, which section and page, and the words."""
    origin = EVIDENCE_FROM[proof.origin]
    section = f" {proof.section}" if proof.section else ""
    page = Text(f" {proof.page}頁", f" p. {proof.page}") if proof.page else same("")
    return origin + same(section) + page + same(f"「{proof.text}」" if proof.text else "")


def basis(rule: Rule) -> Text:
    """Say how strong a rule is and on what it rests; how it was verified, if not at the source."""
    strength, clause = STRENGTH_LABELS[rule.strength], rule.clause
    if rule.source.kind == "principle":
        return strength if clause is None else strength + Text(f"({clause.ja})", f" ({clause.en})")
    named = Text(f" {clause.ja}", f", {clause.en}") if clause else same("")
    if rule.strength == "yardstick":  # the document does not ask for it, so it is not its source
        cited = rule.source.title + named
        return strength + Text(f"(参考: {cited.ja})", f" (see {cited.en})")
    verified = VERIFICATION[rule.source.verified]
    remark = (
        same("")
        if rule.source.verified == "primary"
        else Text(f"({verified.ja})", f" ({verified.en})")
    )
    return strength + same(": ") + rule.source.title + named + remark
