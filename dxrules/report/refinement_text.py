"""Two rules of which one refines the other: which is stricter, and what both came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.shared_labels import OUTCOMES
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dxrules.assessment import Finding
    from dxrules.rules import Rule
    from dxrules.rules.refinement import Conditions, Refinement, Weight

_CONDITIONS: Mapping[Conditions, Text] = {
    "stricter": Text("条件はより厳しい", "stricter conditions"),
    "laxer": Text("条件はより緩い", "laxer conditions"),
    "equal": Text("条件の厳しさは同じ", "equally strict conditions"),
    "mixed": Text(
        "条件はより厳しい所も緩い所もある", "conditions stricter in part and laxer in part"
    ),
    "undecided": Text("どちらの条件が厳しいかは決められない", "which is stricter is undecided"),
}
_STRENGTH: Mapping[Weight, Text] = {
    "stronger": Text("強さは上", "greater strength"),
    "weaker": Text("強さは下", "lesser strength"),
    "equal": Text("強さは同じ", "equal strength"),
}


def compared(refinement: Refinement) -> Text:
    """Tell how a rule compares with the one that it refines."""
    parts = [_CONDITIONS[refinement.conditions], _STRENGTH[refinement.strength]]
    days = refinement.due_days
    if days:
        number, earlier = abs(days), days > 0
        span = f"{number} day" if number == 1 else f"{number} days"
        parts.append(
            Text(
                f"期限は{number}日{'早い' if earlier else '遅い'}",
                f"due {span} {'earlier' if earlier else 'later'}",
            )
        )
    return join(parts)


def beside(finding: Finding, others: Iterable[Finding]) -> Text:
    """Tell what a finding's rule refines, what came of that one, and which of them is stricter.

    Nothing, where it refines no rule that is in force.
    """
    if finding.refinement is None:
        return same("")
    refined = finding.refinement.refined
    met = [f for f in others if f.subject == (refined.id, finding.kind, finding.key)]
    came = OUTCOMES[met[0].outcome] if met else None
    which = same(refined.id) + (Text(f"[{came.ja}]", f" [{came.en}]") if came else same(""))
    how = compared(finding.refinement)
    return Text(f"({which.ja}を具体化、{how.ja})", f" (refines {which.en}: {how.en})")


def named(rule: Rule) -> Text:
    """Return the id of a rule with its title."""
    return same(f"{rule.id} ") + rule.title
