"""Names of rules in reports, quotations of what was read, and the sources of rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dxrules.derivation import Proof
from dxrules.plan.code_labels import EVIDENCE_FROM
from dxrules.report.shared_labels import (
    DRAFT,
    KNOWN,
    OUTCOMES,
    SETBACK,
    SEVERITY_WORDS,
    VERIFICATION,
)
from dxrules.rules import STRENGTH_LABELS, Outcome, Rule
from dxrules.texts import Text, in_brackets, same

if TYPE_CHECKING:
    from dxrules.assessment import Finding  # what lists rules loads no judging


def quoted(proof: Proof) -> Text:
    """Return a quotation: from what, which section and page, the words, and when it was told."""
    origin = EVIDENCE_FROM[proof.origin]
    section = f" {proof.section}" if proof.section else ""
    page = Text(f" {proof.page}頁", f" p. {proof.page}") if proof.page else same("")
    said = origin + same(section) + page + same(f"「{proof.text}」" if proof.text else "")
    if proof.told is None:
        return said
    day = proof.told.describe()
    return said + Text(f"({day.ja} の回答)", f" (told {day.en})")


def titled(rule: Rule) -> Text:
    """Return the title of a rule, and whether it is a draft."""
    return rule.title + DRAFT if rule.draft else rule.title


def named(rule: Rule) -> Text:
    """Return the id of a rule before that."""
    return same(f"{rule.id} ") + titled(rule)


def named_with_marks(findings: Sequence[Finding]) -> Text:
    """Return the rule of findings by its name, and what a baseline tells of them."""
    said = named(findings[0].rule)
    said += KNOWN if all(finding.known for finding in findings) else same("")
    return said + (SETBACK if any(finding.setback for finding in findings) else same(""))


def times(number: int) -> Text:
    """Return how often something is there, if more than once."""
    return same(f" ×{number}" if number > 1 else "")


def gravity_mark(finding: Finding) -> Text:
    """Return how grave a failure is, else how it came out, and how strong its rule."""
    failed, strength = finding.outcome is Outcome.FAIL, STRENGTH_LABELS[finding.rule.strength]
    word = SEVERITY_WORDS[finding.severity] if failed else OUTCOMES[finding.outcome]
    return Text(f"[{word.ja}・{strength.ja}]", f"[{word.en}, {strength.en}]")


def strength_of(rule: Rule) -> Text:
    """Return how strong a rule is, and whether it is a draft."""
    return STRENGTH_LABELS[rule.strength] + (DRAFT if rule.draft else same(""))


def basis(rule: Rule, *, primary: bool = False) -> Text:
    """Say how strong a rule is and on what it rests; how it was verified, if not at the source.

    With `primary` that it was verified at the source is said, too. What the title of the source
    says is not said again: a clause that it names, and a bracket that tells what is unverified.
    """
    strength, clause, source = STRENGTH_LABELS[rule.strength], rule.clause, rule.source
    if source.kind == "principle":
        return strength if clause is None else strength + in_brackets(clause)
    title, verified = source.title, VERIFICATION[source.verified]
    named, remark = same(""), same("")
    if clause:
        named = Text(
            "" if _says(title.ja, clause.ja) else f" {clause.ja}",
            "" if _says(title.en, clause.en) else f", {clause.en}",
        )
    if rule.strength == "yardstick":  # the document does not ask for it, so it is not its source
        cited = title + named
        return strength + Text(f"(参考: {cited.ja})", f" (see {cited.en})")
    bracket = title.ja.rpartition("(")[2] if title.ja.endswith(")") else ""
    if verified.ja not in bracket and (primary or source.verified != "primary"):
        remark = in_brackets(verified)
    return strength + same(": ") + title + named + remark


def _says(title: str, clause: str) -> bool:
    """Tell whether a title names a clause: itself, and not one that begins or ends alike.

    >>> _says("基本法 第11条(写しによる)", "第11条"), _says("基本法 第11条の2", "第11条")
    (True, False)
    """
    return clause in title and bool(
        re.search(rf"(?<![0-9A-Za-z]){re.escape(clause)}(?![0-9A-Za-z]|の[0-9]|第)", title)
    )


def with_title(rule: Rule) -> Text:
    """Return the id of a rule with its title."""
    return same(f"{rule.id} ") + rule.title
