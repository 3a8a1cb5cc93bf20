"""A judged plan as a case of a test file, reduced to the keys that the case needs.

Keys of the plan go as long as the rule says the same: of what it fails, leaves open or waives the
same subjects, with the same words; where it does none of these, of the first subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from dxrules.assessment import Finding, PlanAssessment, assess
from dxrules.errors import DxrulesError, UsageError
from dxrules.frozen import frozen
from dxrules.keeper.case_models import FORMAT
from dxrules.keeper.smallest_plan import smallest
from dxrules.plan import plan_of
from dxrules.plan.convert import as_yaml
from dxrules.rules import Law, Outcome
from dxrules.rules.ruleset import only, with_referred
from dxrules.source import Document
from dxrules.texts import Text

_NO_CONCERN = (Outcome.PASS, Outcome.NOT_APPLICABLE)
_NAME = Text("{rule} {title}: {town}の計画から", "{rule} {title}: from the plan of {town}")
_NOT_IN_FORCE = Text(
    "{rule} は、判定日にこの団体には適用されないので、事例にできません。",
    "{rule} is not in force for this municipality on the day judged, so there is no case of it.",
)
_BROKEN = Text(
    "{rule} は判定できなかったもの(エラー)なので、事例にできません。",
    "{rule} could not be judged (error), so there is no case of it.",
)

_Said = dict[tuple[str, str], tuple[str, str, str]]
"""By kind and key: outcome, severity and message."""


def as_case(plan: PlanAssessment, rule_id: str, law: Law, *, waivers: bool = True) -> str:
    """Return a test file with one case: this rule, this plan, on the day judged.

    Raises UsageError if the rule found nothing, or could not be judged.
    """
    findings = [finding for finding in plan.findings if finding.rule.id == rule_id]
    if not findings:
        raise UsageError(_NOT_IN_FORCE.format(rule=rule_id))
    if any(finding.outcome is Outcome.ERROR for finding in findings):
        raise UsageError(_BROKEN.format(rule=rule_id))
    part = only(law, with_referred(law, [rule_id]))
    trial = _Trial(rule_id, part, plan.lawbook.day, waivers, _said(findings))
    data = deepcopy(plan.file.document.data)
    if not waivers:
        data.pop("waivers", None)
    data = smallest(data, trial.holds)
    rule, town = findings[0].rule, plan.file.plan.municipality.name.text
    name = _NAME.format(rule=rule.id, title=rule.title, town=town)
    verdicts = {key: verdict[:2] for (_, key), verdict in _said(findings).items()}
    case = case_of(name, plan.lawbook.day, data, expectations(rule_id, verdicts))
    return as_yaml({"format": FORMAT, "cases": [case]})


def case_of(
    name: Text, day: date, data: Mapping[str, Any], expect: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a case of a test file, which names its format itself."""
    return {
        "name": {"ja": name.ja, "en": name.en},
        "as_of": day.isoformat(),
        "plan": {key: value for key, value in data.items() if key != "format"},
        "expect": [*expect],
    }


def expectations(
    rule_id: str, verdicts: Mapping[str, tuple[str, str | None]]
) -> Iterator[dict[str, Any]]:
    """Yield an expectation for each outcome and severity of a rule, with the keys of subjects."""
    keys: dict[tuple[str, str | None], list[str]] = {}
    for key, verdict in verdicts.items():
        keys.setdefault(verdict, []).append(key)
    for (outcome, severity), of_them in keys.items():
        said = {"rule": rule_id, "key": of_them, "outcome": outcome}
        yield said | ({"severity": severity} if outcome == "fail" else {})


def _said(findings: list[Finding]) -> _Said:
    """Return what a case of these findings has to keep."""
    concerns = [finding for finding in findings if finding.outcome not in _NO_CONCERN]
    return {
        (f.kind, f.key): (f.outcome.value, f.severity, f.message.en)
        for f in concerns or findings[:1]
    }


@frozen
class _Trial:
    """Whether what is left of a plan still shows what the whole of it does."""

    rule: str
    law: Law
    day: date
    waivers: bool
    wanted: _Said

    def holds(self, data: Any) -> bool:
        """Judge what is left; a plan that is none, or not to be judged, shows nothing."""
        try:
            file = plan_of(Document("case", data), self.law.reference)
            judged = assess([file], self.law, self.day, engine="interpreter", waivers=self.waivers)
        except DxrulesError:
            return False
        found = [f for plan in judged.plans for f in plan.findings if f.rule.id == self.rule]
        concerned = any(outcome not in _NO_CONCERN for outcome, _, _ in self.wanted.values())
        if concerned or any(finding.outcome not in _NO_CONCERN for finding in found):
            return _said(found) == self.wanted
        came = {(f.kind, f.key): (f.outcome.value, f.severity, f.message.en) for f in found}
        return self.wanted.items() <= came.items()
