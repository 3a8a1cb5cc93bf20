"""Proofs that edits of rules change no verdict, over the domains; cases where one does.

What is proved is about a fact of its own: that no value of the attributes which a rule names comes
out otherwise. Where verdicts move, an example for the rule shows it, and a case made of a plan, if
one of those at hand is judged otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from dxrules.assessment import assess
from dxrules.errors import DxrulesError
from dxrules.frozen import frozen
from dxrules.keeper.case_from_plan import case_of, expectations
from dxrules.keeper.case_models import FORMAT
from dxrules.keeper.rule_diff import ChangeWitness, RuleChange
from dxrules.keeper.smallest_plan import smallest
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.convert import as_yaml
from dxrules.rules import Law, Outcome
from dxrules.rules.ruleset import only, with_referred
from dxrules.rules.writing import write_fact
from dxrules.source import Document
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.keeper.comparison_side import Side

VerdictEffect = Literal["same", "severity", "moves", "open"]
"""What an edit does to verdicts: nothing; only how grave they are; some move; not proved."""

_BEYOND_DOMAINS = frozenset({"about", "unless_failed", "refines", "ruleset"})
"""Fields that turn an outcome after it was found, or whom a rule binds: no domain tells of them."""
_GRAVITY = frozenset({"strength", "severity", "draft"})
_NAME = Text("{rule} {title}: {was} から {now} へ", "{rule} {title}: from {was} to {now}")

_Verdict = tuple[str, str | None]
"""An outcome, or why there is none, and of a fail how grave it is."""


@frozen
class ProofExample:
    """A fact that comes out otherwise, as the examples of a rule hold it; None if they cannot."""

    before: Outcome
    after: Outcome
    line: str | None


@frozen
class EditProof:
    """What an edit of a rule does to verdicts, and what shows it."""

    change: RuleChange
    effect: VerdictEffect
    examples: tuple[ProofExample, ...] = ()
    case: Mapping[str, Any] | None = None


def prove(
    changes: Sequence[RuleChange], sides: tuple[Side, Side], plans: Sequence[PlanFile], today: date
) -> tuple[EditProof, ...]:
    """Tell of each edit of a rule whether it changes verdicts, in the order of the edits.

    Cases are made of `plans`. Sides without a day are judged today, where no other day shows it.
    """
    return tuple(_proof(change, sides, plans, today) for change in changes)


def cases_of(proofs: Sequence[EditProof]) -> str | None:
    """Return a test file of all cases, for the rules as they are now; None if there is none."""
    cases = [dict(proof.case) for proof in proofs if proof.case is not None]
    return as_yaml({"format": FORMAT, "cases": cases}) if cases else None


def _proof(
    change: RuleChange, sides: tuple[Side, Side], plans: Sequence[PlanFile], today: date
) -> EditProof:
    old, new = sides
    effect = _effect(change, dated=new.day is not None)
    if effect == "same":
        return EditProof(change, effect)
    asked = change.asked
    witnesses = [asked.tightened, asked.loosened, asked.neutral] if asked else []
    shown = [witness for witness in witnesses if witness is not None]
    pairs = [(old.day or today, new.day or today), *(each.days for each in shown)]
    for days in dict.fromkeys(pairs):
        trial = _Trial.of(change, old, new, days)
        for plan in plans:
            if case := trial.case(plan):
                return EditProof(change, effect, tuple(_examples(change, shown)), case)
    return EditProof(change, effect, tuple(_examples(change, shown)))


def _effect(change: RuleChange, *, dated: bool) -> VerdictEffect:
    if change.old is None or change.new is None or change.was != change.now or change.binds:
        return "moves"
    direction = change.asked.direction if change.asked else "same"
    fields = {*change.fields}
    if direction not in ("same", "undecided") or ("in_force" in fields and not dated):
        return "moves"
    if direction == "undecided" or fields & _BEYOND_DOMAINS:
        return "open"
    return "severity" if fields & _GRAVITY else "same"


def _examples(change: RuleChange, witnesses: Sequence[ChangeWitness]) -> Iterator[ProofExample]:
    for each in witnesses:
        fact = write_fact(change.rule.kind, each.values)
        line = None
        if fact is not None:
            line = f"- {{expect: {each.after.value}, fact: {fact}, on: {each.days[1]}}}"
        yield ProofExample(each.before, each.after, line)


def _plainness(moved: tuple[str, tuple[_Verdict, _Verdict]]) -> int:
    """Rank what moved: a fail shows most, what is open on both sides least."""
    outcomes = {outcome for outcome, _ in moved[1]}
    return 0 if "fail" in outcomes else 1 if "pass" in outcomes else 2


@frozen
class _Trial:
    """A plan judged by a rule of either side, on a day of each."""

    ids: tuple[str, str]
    laws: tuple[Law, Law]
    days: tuple[date, date]
    title: Text

    @classmethod
    def of(cls, change: RuleChange, old: Side, new: Side, days: tuple[date, date]) -> _Trial:
        """Take of both laws what the rule needs."""
        ids = ((change.old or change.rule).id, change.rule.id)
        laws = [
            only(side.law, with_referred(side.law, [rule_id]))
            for side, rule_id in zip((old, new), ids, strict=True)
        ]
        return cls(ids, (laws[0], laws[1]), days, change.rule.title)

    def case(self, plan: PlanFile) -> dict[str, Any] | None:
        """Return a case of the first subject of which both sides say something else."""
        moved = self._moved(plan.document.data)
        if not moved:
            return None
        key, verdicts = min(moved.items(), key=_plainness)
        data = smallest(
            deepcopy(plan.document.data), lambda rest: self._moved(rest).get(key) == verdicts
        )
        (was, _), (now, _) = verdicts
        name = _NAME.format(rule=self.ids[1], title=self.title, was=was, now=now)
        return case_of(name, self.days[1], data, self._expected(data, key))

    def _expected(self, data: Any, key: str) -> Iterator[dict[str, Any]]:
        """Yield what the rule says now of a subject, and of each other one that is a concern."""
        said = self._judged(data, 1)
        if key not in said:
            yield {"rule": self.ids[1], "outcome": self._standing(1)}
        concerns = {
            each: verdict
            for each, verdict in said.items()
            if each == key or verdict[0] not in ("pass", "not_applicable")
        }
        yield from expectations(self.ids[1], concerns)

    def _moved(self, data: Any) -> dict[str, tuple[_Verdict, _Verdict]]:
        """Return what both sides say of each subject of which they do not say the same.

        A plan that is none, or not to be judged, shows nothing.
        """
        try:
            was, now = (self._judged(data, side) for side in (0, 1))
        except DxrulesError:
            return {}
        missing = [self._standing(side) for side in (0, 1)]
        found = {}
        for key in dict.fromkeys((*now, *was)):
            pair = (was.get(key, (missing[0], None)), now.get(key, (missing[1], None)))
            if pair[0] != pair[1] and "error" not in (pair[0][0], pair[1][0]):
                found[key] = pair
        return found

    def _judged(self, data: Any, side: int) -> dict[str, _Verdict]:
        law, rule_id = self.laws[side], self.ids[side]
        file = plan_of(Document("case", data), law.reference)
        judged = assess([file], law, self.days[side], engine="interpreter")
        return {
            finding.key: (
                finding.outcome.value,
                finding.severity if finding.outcome.value == "fail" else None,
            )
            for plan in judged.plans
            for finding in plan.findings
            if finding.rule.id == rule_id
        }

    def _standing(self, side: int) -> str:
        """Return what a test file says of a rule that finds nothing on the day."""
        day = self.days[side]
        for rule in self.laws[side].rules:
            if rule.id == self.ids[side] and rule.in_force.announced <= day:
                return "not_applicable" if rule.in_force.on(day) else "not_in_force"
        return "absent"
