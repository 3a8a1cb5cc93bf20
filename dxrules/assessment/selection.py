"""A selection: the part of an assessment that somebody asked for, and how it is called.

It is taken out of an assessment before any report is written, so that all formats, counts and
exit codes follow it. What could not be judged is never left out for its outcome: an error says
nothing of the plan, and hides what would have come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dxrules.assessment.built_in_rules import BUILT_IN
from dxrules.assessment.finding import Assessment, Finding, PlanAssessment
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Rule
from dxrules.texts import Text, join

if TYPE_CHECKING:
    from dxrules.assessment.baseline import BaselineEntries, BaselineEntry
    from dxrules.assessment.due_days import Coming
    from dxrules.assessment.forecast import Forecast
    from dxrules.assessment.outcome_changes import OutcomeChange

Trait = Literal["rule", "area", "strength", "outcome", "prefecture"]
"""By what findings are selected."""

WHOLE_PLAN = "plan"
"""What stands for an area where a finding is of the plan as a whole."""

_NO_PLAN = Text(
    "絞り込み({said})に当てはまる計画がありません。",
    "No plan is of this selection ({said}).",
)
_NO_RULE = Text(
    "絞り込み({said})に当てはまる点検項目は、判定日には適用されていません。"
    "何も判定しないので、--select・--ignore・--as-of を確かめてください。",
    "No rule of this selection ({said}) is in force on the day judged, so nothing would be "
    "judged. Check --select, --ignore and --as-of.",
)
_NOT = Text("{said} を除く", "without {said}")


@frozen
class Term:
    """One thing that findings are selected by: a trait, and the values of it that fit."""

    trait: Trait
    values: frozenset[str]
    called: Text

    def fits(self, plan: PlanAssessment, finding: Finding) -> bool:
        """Tell whether a finding of a plan has one of the values."""
        return _TRAITS[self.trait](plan, finding) in self.values

    def fits_rule(self, rule: Rule) -> bool | None:
        """Tell whether whatever a rule finds fits; None where that does not hang on the rule."""
        if self.trait == "rule":
            return rule.id in self.values
        return rule.strength in self.values if self.trait == "strength" else None


_TRAITS: Mapping[Trait, Callable[[PlanAssessment, Finding], str]] = {
    "rule": lambda _, finding: finding.rule.id,
    "area": lambda _, finding: finding.area or WHOLE_PLAN,
    "strength": lambda _, finding: finding.rule.strength,
    "outcome": lambda _, finding: finding.outcome.value,
    "prefecture": lambda plan, _: plan.file.plan.municipality.prefecture,
}


@frozen
class Selection:
    """What is looked at: of each trait that is asked for one value at least, and none ignored."""

    select: tuple[Term, ...] = ()
    ignore: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.select or self.ignore)

    @property
    def called(self) -> Text:
        """How a report calls it."""
        without = [_NOT.format(said=term.called) for term in self.ignore]
        return join([*(term.called for term in self.select), *without])

    def of_plans(self, assessment: Assessment) -> Assessment:
        """Return the part of an assessment; it says of each plan that it is one.

        Raises UsageError where there is no plan, or no rule, of which anything could be said.
        """
        if not self or not assessment.plans:
            return assessment
        plans = [plan for plan in assessment.plans if self.takes_plan(plan)]
        taken = any(self.takes_rule(finding.rule) for p in plans for finding in p.findings)
        self.refuse_nothing(len(plans), taken=taken)
        return replace(assessment, plans=tuple(map(self.of_plan, plans)))

    def refuse_nothing(self, plans: int, *, taken: bool) -> None:
        """Raise UsageError where there is no plan, or no rule, of which anything could be said."""
        if not plans:
            raise UsageError(_NO_PLAN.format(said=self.called))
        if not taken:
            raise UsageError(_NO_RULE.format(said=self.called))

    def of_plan(self, plan: PlanAssessment) -> PlanAssessment:
        """Return the part of what a plan comes out as."""
        part = plan.of_findings(each for each in plan.findings if self.takes(plan, each))
        return replace(
            part,
            not_in_force=tuple(rule for rule in plan.not_in_force if self.takes_rule(rule)),
            selected=self.called,
        )

    def of_entries(
        self, entries: BaselineEntries | None, plans: Iterable[PlanAssessment]
    ) -> BaselineEntries | None:
        """Return the part of what of a baseline is mended, as far as the plans tell it."""
        if entries is None:
            return None
        found = {plan.file.plan.municipality.code: plan for plan in reversed([*plans])}
        return tuple(e for e in entries if self.takes_entry(found.get(e.municipality), e))

    def of_forecasts(self, seen: Sequence[Forecast]) -> tuple[Forecast, ...]:
        """Return the parts of forecasts; raise UsageError where nothing could be said of any."""
        if not self or not seen:
            return tuple(seen)
        first = replace(seen[0].first, plans=tuple(each.plan for each in seen))
        self.of_plans(first)
        return tuple(self.of_forecast(each) for each in seen if self.takes_plan(each.plan))

    def of_forecast(self, seen: Forecast) -> Forecast:
        """Return the part of a forecast: the changes and deadlines of what is selected.

        What falls due by the plan alone, and by no rule, is of no selection of rules.
        """
        if not self:
            return seen
        plan = seen.plan

        def change(each: OutcomeChange) -> bool:
            sides = (each.before, each.after)
            return any(side is not None and self.takes(plan, side) for side in sides)

        days = (
            replace(
                day,
                changes=tuple(filter(change, day.changes)),
                coming=tuple(filter(self._takes_coming, day.coming)),
            )
            for day in seen.days
        )
        kept = tuple(day for day in days if day.changes or day.coming)
        return replace(seen, first=replace(seen.first, plans=(self.of_plan(plan),)), days=kept)

    def _takes_coming(self, coming: Coming) -> bool:
        asked = [term for term in self.select if term.trait != "prefecture"]
        if coming.rule is None:
            return not asked
        outcomes = [
            coming.outcome is not None and coming.outcome.value in term.values
            for term in asked
            if term.trait == "outcome"
        ]
        return self.takes_rule(coming.rule) and (not outcomes or any(outcomes))

    def takes(self, plan: PlanAssessment, finding: Finding) -> bool:
        """Tell whether a finding is of the selection."""
        broken = finding.outcome is Outcome.ERROR

        def fits(term: Term) -> bool:
            return term.fits(plan, finding)

        selected = _each_trait(self.select, lambda t: (broken and t.trait == "outcome") or fits(t))
        left_out = any(fits(t) for t in self.ignore if not (broken and t.trait == "outcome"))
        return selected and not left_out

    def takes_rule(self, rule: Rule) -> bool:
        """Tell whether anything that a rule finds may be of the selection."""
        selected = _each_trait(self.select, lambda term: term.fits_rule(rule) is not False)
        return selected and not any(term.fits_rule(rule) for term in self.ignore)

    def takes_plan(self, plan: PlanAssessment) -> bool:
        """Tell whether a plan is of the prefectures that are selected."""
        home = plan.file.plan.municipality.prefecture
        asked = [term for term in self.select if term.trait == "prefecture"]
        left = [term for term in self.ignore if term.trait == "prefecture"]
        return (not asked or any(home in term.values for term in asked)) and not any(
            home in term.values for term in left
        )

    def takes_entry(self, plan: PlanAssessment | None, entry: BaselineEntry) -> bool:
        """Tell whether what is mended was of the selection, as far as its rule tells.

        The plan is one of the same town, if any was judged.
        """
        if plan is None:
            return True
        built_in = {rule.id: rule for each in BUILT_IN for rule in each.rules}
        rule = plan.lawbook.rule(entry.rule) or built_in.get(entry.rule)
        return self.takes_plan(plan) and (rule is None or self.takes_rule(rule))


def _each_trait(terms: Iterable[Term], fits: Callable[[Term], bool]) -> bool:
    """Tell whether of each trait that is asked for one term at least fits."""
    found: dict[Trait, bool] = {}
    for term in terms:
        found[term.trait] = found.get(term.trait, False) or fits(term)
    return all(found.values())
