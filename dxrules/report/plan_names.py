"""Distinct names of plans that stand side by side, and the name of a finding."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from dxrules.assessment import Finding
    from dxrules.plan import PlanFile

    class Judged(Protocol):
        """A plan that was judged, with all its findings or with its heading alone."""

        @property
        def file(self) -> PlanFile:
            """Its file."""
            ...


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
