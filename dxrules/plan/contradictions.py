"""What the keys of a plan file say against each other, though no document could say so.

These are slips of whoever fills in the file, so they are refused. What a plan itself can say
against itself is no slip: a rule of consistency finds that.
"""

from __future__ import annotations

from collections.abc import Sequence

from dxrules.dates import PartialDate
from dxrules.errors import Problem
from dxrules.plan.document_contradictions import (
    Contradictions,
    of_documents,
    of_results,
    surely_before,
)
from dxrules.plan.models import Plan
from dxrules.plan.sections.about import About
from dxrules.plan.sections.collection import Collection
from dxrules.plan.sections.indicators import Indicator, Target
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization
from dxrules.source import Document, Path
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, shorten

_OF_WHAT_IS_THERE = ("since", "published", "reviewed", "cycle", "scope", "rank", "body")
"""Keys of a provision that describe one that is there."""
_NOT_YET = frozenset({"planned", "considered"})
_NOT_MIGRATED = frozenset({"not-migrated", "in-progress", "planned"})
_PREMIUM = "health-insurance-premium"


def contradictions(plan: Plan, document: Document) -> list[Problem]:
    """Return a problem for each key that another one of the same file excludes."""
    return [
        Problem(document.place(path), dotted(path), message, hint)
        for path, message, hint in _of_plan(plan)
    ]


def _of_plan(plan: Plan) -> Contradictions:
    yield from of_documents(plan)
    yield from _of_about(plan.plan)
    yield from _twice(("plan", "declines"), [each.area for each in plan.plan.declines], "area")
    for key, provision in (plan.provisions or {}).items():
        yield from _of_provision(("provisions", key), provision)
    if plan.standardization:
        yield from _of_standardization(plan.standardization)
    if plan.collection:
        yield from _of_collection(plan.collection)
    for position, measure in enumerate(plan.measures or ()):
        yield from _twice(
            ("measures", position, "requires"), [each.id for each in measure.requires], "id"
        )
    for position, indicator in enumerate(plan.indicators or ()):
        yield from _of_indicator(("indicators", position), indicator)
        yield from of_results(("indicators", position), indicator, plan.recorded)


def _of_about(about: About) -> Contradictions:
    """Yield days of the plan that cannot follow each other."""
    made = about.established
    for position, revised in enumerate(about.revised):
        if made and surely_before(revised.on, made):
            yield (
                ("plan", "revised", position, "on"),
                Text(
                    f"改定({shorten(revised.on.text)})が策定({shorten(made.text)})より前です。",
                    f"It was revised ({shorten(revised.on.text)}) before it was established "
                    f"({shorten(made.text)}).",
                ),
                Text(
                    "established には最初に策定した日を書いてください。",
                    "Write under established the day on which it was first made.",
                ),
            )
    for position, layer in enumerate(about.documents):
        span, day = layer.period, layer.established
        if day and span and day.earliest and span.end and day.earliest > span.end:
            yield (
                ("plan", "documents", position, "established"),
                Text(
                    f"期間が終わった({span.end})後に策定したことになります。",
                    f"It would have been established after its period ended ({span.end}).",
                ),
                Text("established と period を確かめてください。", "Check established and period."),
            )
    period = about.period
    if made and period and made.earliest and period.end and made.earliest > period.end:
        yield (
            ("plan", "established"),
            Text(
                f"計画期間が終わった({period.end})後に策定したことになります。",
                f"It would have been established after its period ended ({period.end}).",
            ),
            Text("established と period を確かめてください。", "Check established and period."),
        )
    former = about.replaces.period if about.replaces else None
    if former and period and former.start and period.start and former.start > period.start:
        yield (
            ("plan", "replaces", "period"),
            Text(
                f"前計画の期間が、この計画の期間({period.start}から)より後に始まります。",
                f"The former plan would begin after this one (from {period.start}).",
            ),
            Text("二つの計画の期間を確かめてください。", "Check the periods of both plans."),
        )


def _of_provision(path: Path, said: Provision) -> Contradictions:
    """Yield what is said of a provision that is not there, or does not apply."""
    described = [key for key in _OF_WHAT_IS_THERE if getattr(said, key)]
    if said.status == "none" and described:
        keys = Text("、".join(described), ", ".join(described))
        yield (
            (*path, described[0]),
            Text(
                f"無いと明記(status: none)とあるのに、{keys.ja} も書かれています。",
                f"It is said not to be there (status: none), yet described ({keys.en}).",
            ),
            Text(
                f"無いのなら {keys.ja} を消し、有るのなら status を直してください。",
                f"If there is none, take out {keys.en}; if there is one, correct status.",
            ),
        )
    if said.applies is False:
        there = ["status"] if said.status not in (None, "none") else []
        if said.status != "none" and (there or described):
            yield _does_not_apply(path, [*there, *described])
    if said.status in _NOT_YET and said.reviewed:
        yield (
            (*path, "reviewed"),
            Text(
                f"まだ整備されていない(status: {said.status})のに、見直した日があります。",
                f"It is not in place yet (status: {said.status}), so it was not reviewed.",
            ),
            Text("reviewed を消すか、status を直してください。", "Correct reviewed or status."),
        )
    for review in said.reviewed or ():
        if said.since and surely_before(review, said.since):
            yield (
                (*path, "reviewed"),
                Text(
                    f"見直した日({shorten(review.text)})が、整備した日"
                    f"({shorten(said.since.text)})より前です。",
                    f"It was reviewed ({shorten(review.text)}) before it was in place "
                    f"({shorten(said.since.text)}).",
                ),
                Text("reviewed と since を確かめてください。", "Check reviewed and since."),
            )
            return


def _does_not_apply(path: Path, keys: list[str]) -> tuple[Path, Text, Text]:
    shown = Text("、".join(keys), ", ".join(keys))
    return (
        (*path, "applies"),
        Text(
            f"当てはまらない(applies: no)とあるのに、{shown.ja} も書かれています。",
            f"It is said not to apply (applies: no), yet described ({shown.en}).",
        ),
        Text(
            f"当てはまらないなら {shown.ja} を、当てはまるなら applies を消してください。",
            f"If it does not apply, take out {shown.en}; if it does, applies.",
        ),
    )


def _of_standardization(said: Standardization) -> Contradictions:
    """Yield days of migrations that did not take place, and of functions that are not deferred."""
    target = Text(
        "予定の日は target に書き、移行したのなら status を migrated にしてください。",
        "Write a planned day under target; if it has migrated, write status: migrated.",
    )
    for task, system in said.systems.items():
        if system.migrated and system.status in _NOT_MIGRATED:
            yield (
                ("standardization", "systems", task, "migrated"),
                Text(
                    f"移行していない(status: {system.status})のに、移行した日があります。",
                    f"It has not migrated (status: {system.status}), yet a day of the migration "
                    "is given.",
                ),
                target,
            )
    if said.migrated == 0 and said.migrated_on:
        yield (
            ("standardization", "migrated_on"),
            Text(
                "移行済みの業務は無い(migrated: 0)のに、移行した日があります。",
                "No task has migrated (migrated: 0), yet a day of the migration is given.",
            ),
            Text("予定の日は target に書いてください。", "Write a planned day under target."),
        )
    if said.migrated == "all" and said.rest_exception:
        yield (
            ("standardization", "rest_exception"),
            Text(
                "すべて移行済み(migrated: all)なのに、残りの業務の例外(rest_exception)があります。",
                "All tasks have migrated (migrated: all), yet those that are left are said to be "
                "excepted (rest_exception).",
            ),
            Text(
                "例外を除いて移行したのなら migrated に数を書き、残りがなければ rest_exception を"
                "消してください。",
                "If all but the excepted ones have, write their number under migrated; if none is "
                "left, take out rest_exception.",
            ),
        )
    yield from _twice(
        ("standardization", "excluded"), [each.task for each in said.excluded or ()], "task"
    )
    deferred = said.deferred_functions
    if deferred and deferred.status == "none" and deferred.due:
        yield (
            ("standardization", "deferred_functions", "due"),
            Text(
                "経過措置の機能は無い(status: none)のに、適合の期限があります。",
                "No function is deferred (status: none), yet a day by which it conforms is given.",
            ),
            Text("due を消すか、status を some にしてください。", "Take out due, or write some."),
        )


def _twice(path: Path, names: Sequence[str], key: str) -> Contradictions:
    """Yield an entry of a list that names what another one names already."""
    for position, name in enumerate(names):
        if name in names[:position]:
            yield (
                (*path, position, key),
                Text(f"「{shorten(name)}」は2回あります。", f'"{shorten(name)}" stands twice.'),
                Text("一つにまとめてください。", "Bring the two together in one."),
            )


def _of_collection(said: Collection) -> Contradictions:
    """Yield the start of what is not collected, and a premium where a tax is levied instead."""
    for key, charge in said.charges.items():
        path: Path = ("collection", "charges", key)
        described = [name for name in ("start", "announced") if getattr(charge, name)]
        if charge.status == "none" and described:
            shown = Text("、".join(described), ", ".join(described))
            yield (
                (*path, described[0]),
                Text(
                    f"しないと明記(status: none)とあるのに、{shown.ja} も書かれています。",
                    f"It is said not to be done (status: none), yet described ({shown.en}).",
                ),
                Text(
                    f"しないのなら {shown.ja} を消し、するのなら status を直してください。",
                    f"If it is not done, take out {shown.en}; if it is, correct status.",
                ),
            )
    premium = said.charges.get(_PREMIUM)
    stated = premium and (premium.status not in (None, "none") or premium.start)
    if said.health_insurance == "tax" and stated:
        yield (
            ("collection", "charges", _PREMIUM),
            Text(
                "国民健康保険は税(health_insurance: tax)なので、国民健康保険料の収納はありません。",
                "National health insurance is a tax here (health_insurance: tax), so there is no "
                "premium to collect.",
            ),
            Text(
                "国民健康保険税は地方税(local-tax)に含めてください。"
                "料なら health_insurance を premium にしてください。",
                "Count the tax under local-tax; if it is a premium, write health_insurance: "
                "premium.",
            ),
        )


def _of_indicator(path: Path, said: Indicator) -> Contradictions:
    """Yield a second target for one year with another value."""
    first: dict[tuple[PartialDate, PartialDate | None], int] = {}
    for position, target in enumerate(said.targets):
        earlier = first.setdefault((target.year, target.observed), position)
        other = said.targets[earlier]
        if _says(other) != _says(target):
            old, new = (shorten(str(_says(each))) for each in (other, target))
            yield (
                (*path, "targets", position),
                Text(
                    f"{shorten(target.year.text)}の目標が二つあります({old}、{new})。",
                    f"There are two targets for {shorten(target.year.text)} ({old}, {new}).",
                ),
                Text(
                    "どちらかを消すか、年度か指標を分けてください。計画書が両方を書いているなら、同じ名称と"
                    "基準値の指標を二つ書いてください(KPI-14 が問います)。",
                    "Take one out, or set the years or the indicators apart. If the plan states "
                    "both, write two indicators of one title and baseline (KPI-14 asks about it).",
                ),
            )


def _says(target: Target) -> object:
    """Return what a target sets: a number, a relation to one, or a stage."""
    return target.relative or target.phase if target.value is None else target.value
