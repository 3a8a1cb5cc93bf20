"""Duplicates of a plan in two files, which would be judged and counted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.texts import Text, unspaced, visible

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
    twins = Twins()
    for plan in plans:
        said = twins.said(Cover.of(plan))
        if said is None:
            yield plan
        else:
            complain(said, plan.name)


@frozen
class Cover:
    """What tells a plan from others: whose it is, its title and its period, and its file."""

    code: str
    town: Text
    title: str
    file: str
    begins: date | None
    ends: date | None

    @classmethod
    def of(cls, plan: PlanFile) -> Cover:
        """Return that of a plan file."""
        about, period = plan.plan, plan.plan.plan.period
        return cls(
            code=about.municipality.code,
            town=about.municipality.name.text,
            title=about.plan.title,
            file=plan.name,
            begins=None if period is None else period.start,
            ends=None if period is None else period.end,
        )


class Twins:
    """The plans that have gone by."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], list[tuple[str, date | None, date | None]]] = {}

    def said(self, cover: Cover) -> Text | None:
        """Return what to say of a plan that has gone by in another file; None of a new one."""
        earlier = self._kept.setdefault((cover.code, unspaced(cover.title)), [])
        for file, begins, ends in earlier:
            if _not_after(begins, cover.ends) and _not_after(cover.begins, ends):
                return _TWICE.format(
                    file=visible(cover.file),
                    first=visible(file),
                    code=cover.code,
                    town=cover.town,
                    title=visible(cover.title),
                )
        earlier.append((cover.file, cover.begins, cover.ends))
        return None


def _not_after(first: date | None, last: date | None) -> bool:
    """Tell whether a day may come before another; one that is not told may."""
    return first is None or last is None or first <= last
