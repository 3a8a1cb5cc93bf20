"""Distinct names of plans that stand side by side, and the name of a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from types import SimpleNamespace as Namespace
from typing import TYPE_CHECKING, Protocol, cast

from dxrules.assessment import Finding
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.report.piecewise import Heading, Headings


class Judged(Protocol):
    """A plan that was judged, with all its findings or with its heading alone."""

    @property
    def file(self) -> PlanFile:
        """Its file."""
        ...


@frozen
class LeanJudged:
    """A plan that was judged, as far as its name is told."""

    file: PlanFile


def lean(heading: Heading) -> PlanFile:
    """Return what stands for a plan file in reports that name its heading alone."""
    name = Namespace(text=heading.town)
    home = Namespace(code=heading.code, prefecture=heading.prefecture, name=name)
    plan = Namespace(municipality=home, plan=Namespace(title=heading.title))
    return cast("PlanFile", Namespace(plan=plan, name=heading.file))


@frozen
class LeanPlans:
    """What stands for plans where reports ask for their names; it can be gone through again."""

    headings: Headings

    def __iter__(self) -> Iterator[LeanJudged]:
        return (LeanJudged(lean(heading)) for heading in self.headings)


def names_of(plans: Iterable[Judged]) -> tuple[Text, ...]:
    """Return the name of each plan's town; where one stands twice the title of the plan with it.

    Plans of one title have their files with them, too. The plans are gone through three times.
    """
    towns = Counter(_town(plan) for plan in plans)
    titles = Counter((_town(plan), plan.file.plan.plan.title) for plan in plans)
    return tuple(
        _name(
            plan,
            titled=towns[_town(plan)] > 1,
            filed=titles[_town(plan), plan.file.plan.plan.title] > 1,
        )
        for plan in plans
    )


def asked_of(finding: Finding) -> Text:
    """Return what a rule asks, and of what; once where the subject is called like the rule."""
    title, label = finding.rule.title, finding.label
    return Text(
        title.ja if title.ja == label.ja else f"{title.ja}: {label.ja}",
        title.en if title.en == label.en else f"{title.en}: {label.en}",
    )


def _town(plan: Judged) -> str:
    return plan.file.plan.municipality.name.text.ja


def _name(plan: Judged, *, titled: bool, filed: bool) -> Text:
    name, title = plan.file.plan.municipality.name.text, plan.file.plan.plan.title
    if titled:
        name = Text(
            title if title.startswith(name.ja) else f"{name.ja} {title}", f"{name.en} {title}"
        )
    return name + same(f" ({plan.file.name})" if filed else "")
