"""What falls due, whether or not a verdict changes: the days of a plan, and those of the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, cast

from dxrules.assessment.finding import Finding, PlanAssessment
from dxrules.dates import PartialDate, Range, fiscal_year, fiscal_year_of
from dxrules.derivation import VOCABULARY, Attribute, Code, date_of, derive
from dxrules.derivation.covering import GIVEN_UP
from dxrules.derivation.progress import is_done
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.plan.code_labels import ACHIEVEMENT
from dxrules.plan.sections.indicators import Indicator
from dxrules.reference import Reference
from dxrules.rules import Outcome, Rule
from dxrules.rules.rule import STRENGTH_RANK
from dxrules.texts import Text, join, same

Horizon = Literal["asked", "period", "past", "unstated", "cut"]
"""What the last day is to which one looks ahead; `cut` where there is too much to judge."""

DUE: Mapping[str, Attribute] = {
    kind.name: attribute
    for kind in VOCABULARY.values()
    for attribute in kind.attributes.values()
    if attribute.falls_due
}
"""By kind of fact, the attribute that says when something is to be done."""

_FIRST = ("plan", "rule", "waiver", "standardization", "system", "collection", "provision")
COMING_KINDS = tuple(dict.fromkeys((*_FIRST, *DUE, "milestone", "indicator")))
"""What falls due, in the order in which it is told."""

_WANTED = {
    kind: frozenset({due.name, "status"} & VOCABULARY[kind].attributes.keys())
    for kind, due in DUE.items()
}

_SETTLED = tuple(map(Code, ("watched", "migrated", "excluded", "started")))


@frozen
class Coming:
    """Something that falls due on the last day of `when`.

    Where the law says so, `rule` is the one that does, and `outcome` what came out on that day.
    """

    kind: str
    key: str
    label: Text
    when: PartialDate
    rule: Rule | None = None
    outcome: Outcome | None = None


def days_of_plan(
    file: PlanFile, reference: Reference, day: date, *, waivers: bool
) -> Iterator[Coming]:
    """Yield what a plan dates and has not settled; some of it may have been due before.

    What the town told since is settled, or has its day, as it was told.
    """
    measures = {measure.id: measure for measure in file.plan.measures or ()}
    done = {key for key, m in measures.items() if is_done(m) or m.status in GIVEN_UP}
    for fact in derive(file.as_told or file, reference, day, _WANTED):
        kind, value = fact.kind, fact.values[DUE[fact.kind].name]
        settled = fact.values.get("status") in _SETTLED or (kind == "measure" and fact.key in done)
        whole = kind == "collection" and fact.key not in reference.charges
        if isinstance(value, Range) and not settled and not whole:
            yield Coming(kind, fact.key, fact.label, date_of(value))
    for key, measure in measures.items():
        for step in measure.milestones if key not in done else ():
            yield Coming("milestone", key, same(f"{measure.title}: {step.title}"), step.on)
    for indicator in file.plan.indicators or ():
        for target in indicator.targets:
            when = target.observed or target.year
            label = same(indicator.title) + _last_result(indicator)
            yield Coming("indicator", indicator.id, label, when)
    for waiver in file.plan.waivers if waivers else ():
        key = f"{waiver.rule} {waiver.kind} {waiver.key}"
        yield Coming("waiver", key, same(key), waiver.until)


def _last_result(indicator: Indicator) -> Text:
    """Return what was reached last, to stand beside a target; nothing where no result is told."""
    if not indicator.results:
        return same("")
    last = max(indicator.results, key=lambda result: result.year.range.hi or 0)
    told = [same(f"{last.value}{indicator.unit or ''}")] if last.value is not None else []
    told += [same(last.rating)] if last.rating else []
    told += [ACHIEVEMENT[last.achieved]] if last.achieved else []
    when = last.year.text
    shown = join(told, "・", ", ")
    return Text(f"({when}の実績 {shown.ja})", f" (reached in {when}: {shown.en})")


def days_of_law(findings: Iterable[Finding]) -> Iterator[Coming]:
    """Yield the days that the law sets for what it asks of a plan, with what came out.

    Those that a rule draws from the plan are the plan's own, and the day from which a rule
    holds is told as that.
    """
    for finding in findings:
        rule, due = finding.rule, finding.due
        asked = finding.outcome is not Outcome.NOT_APPLICABLE
        if rule.due_on is None or due is None or not asked:
            continue
        if due.latest != rule.in_force.since:
            yield Coming("rule", finding.key, finding.label, due, rule, finding.outcome)


def gathered(coming: Iterable[Coming]) -> tuple[tuple[Coming, ...], ...]:
    """Put together what is of one kind, or by one rule with one outcome, in order."""
    groups: dict[tuple[object, ...], list[Coming]] = {}
    for each in coming:
        rule = None if each.rule is None else each.rule.id
        groups.setdefault((each.kind, rule, each.outcome), []).append(each)
    return tuple(map(tuple, groups.values()))


def horizon_of(file: PlanFile, start: date) -> tuple[date, Horizon]:
    """Return how far a forecast looks by default: to the end of the plan's period.

    Where that is past, or not stated, to the end of the fiscal year after that of `start`.
    """
    period = file.plan.plan.period
    if period is not None and period.end is not None and period.end > start:
        return period.end, "period"
    next_year = fiscal_year(fiscal_year_of(start) + 1)
    return cast(
        "date", next_year.latest
    ), "unstated" if period is None or period.end is None else "past"


def rules_to_come(plan: PlanAssessment) -> tuple[Rule, ...]:
    """Return the rules that were announced by the day judged and begin later, within its horizon.

    The first day comes first, and of one day the strongest rule. Whether they will concern the
    plan a forecast tells.
    """
    day = plan.lawbook.day
    until, _ = horizon_of(plan.file, day)
    coming = (rule for rule in plan.not_in_force if day < rule.in_force.since <= until)
    return tuple(sorted(coming, key=lambda r: (r.in_force.since, -STRENGTH_RANK[r.strength], r.id)))
