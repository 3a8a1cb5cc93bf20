"""One plan in two files: it would be judged and counted twice."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from dxrules.assessment.comparison import heading
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from dxrules.plan import PlanFile

_TWICE = Text(
    "{file}: {first} と同じ計画({code} {town} {title})なので、判定していません。"
    "どちらか一方だけを指定してください。",
    "{file}: the same plan as {first} ({code} {town}, {title}), so it is not judged. Name only one "
    "of them.",
)


def without_twins(
    plans: Iterable[PlanFile], complain: Callable[[Text, str], None]
) -> Iterator[PlanFile]:
    """Yield each plan once, and complain of every further file of one of them, by its name.

    Of a plan that has gone by only the heading is kept.

    Files hold one plan if town and title are the same, unless their periods do not meet: a town
    may give its next plan the title of the last.
    """
    kept: dict[tuple[str, str], list[PlanFile]] = {}
    for plan in plans:
        key = plan.plan.municipality.code, _plain(plan.plan.plan.title)
        earlier = kept.setdefault(key, [])
        first = next((each for each in earlier if _meet(each, plan)), None)
        if first is None:
            earlier.append(heading(plan))
            yield plan
        else:
            complain(_said(first, plan), plan.name)


def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split())


def _meet(one: PlanFile, other: PlanFile) -> bool:
    """Tell whether the periods of two plans have a day in common, as far as they are told."""
    first, second = one.plan.plan.period, other.plan.plan.period
    if first is None or second is None:
        return True
    return _not_after(first.start, second.end) and _not_after(second.start, first.end)


def _not_after(first: date | None, last: date | None) -> bool:
    """Tell whether a day may come before another; one that is not told may."""
    return first is None or last is None or first <= last


def _said(first: PlanFile, plan: PlanFile) -> Text:
    about = plan.plan
    return _TWICE.format(
        file=visible(plan.name),
        first=visible(first.name),
        code=about.municipality.code,
        town=about.municipality.name.text,
        title=visible(about.plan.title),
    )
