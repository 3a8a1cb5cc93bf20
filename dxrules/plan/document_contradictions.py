"""Contradictions between what a file says of its plan, of further documents, and of results."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.dates import PartialDate
from dxrules.plan.models import Plan
from dxrules.plan.sections.about import About
from dxrules.plan.sections.indicators import Indicator
from dxrules.source import Path
from dxrules.texts import Text, shorten

Contradictions = Iterator[tuple[Path, Text, Text]]
"""Where each of them stands, what it is, and the way out."""

_OF_A_PLAN = (
    *("edition", "joint", "measure_count", "established", "author", "revised", "replaces"),
    *("period", "no_period_because", "parents", "cites", "serves_as", "serves_perhaps", "claims"),
    *("published", "details_in", "contents"),
)
"""Keys that describe a plan that there is."""
_DATA_PLAN = "public-private-data-plan"
_SUFFIXES = "市区町村"


def surely_before(one: PartialDate, other: PartialDate) -> bool:
    """Tell whether a date lies before another, whatever days the two mean."""
    return other.range.minus(one.range).at_least(1) is True


def of_documents(plan: Plan) -> Contradictions:
    """Yield what a plan that there is not has, who is missing, and what it both is and is not."""
    about = plan.plan
    described = [key for key in _OF_A_PLAN if getattr(about, key) not in (None, ())]
    if not about.exists and described:
        keys = Text("、".join(described), ", ".join(described))
        yield (
            ("plan", described[0]),
            Text(
                f"計画がない(status: none)とあるのに、{keys.ja} も書かれています。",
                f"There is no plan (status: none), yet it is described ({keys.en}).",
            ),
            Text(
                "計画のほかの条例やページは documents に書いてください。",
                "Write an ordinance or a page, which is no plan, under documents.",
            ),
        )
    names = about.joint.members if about.joint else ()
    own, name = plan.municipality.name.ja, shorten(plan.municipality.name.text.en)
    if names and not any(_plain(own) == _plain(each) for each in names):
        yield (
            ("plan", "joint", "members"),
            Text(
                f"共同で策定した団体に、{shorten(own)}がありません。",
                f"{name} is not among those who made it together.",
            ),
            Text("この団体も members に加えてください。", "Add this municipality to members."),
        )
    yield from _of_plans_served(about, plan)


def _plain(name: str) -> str:
    return name.strip().rstrip(_SUFFIXES) or name


def _of_plans_served(about: About, plan: Plan) -> Contradictions:
    for position, served in enumerate(about.serves_perhaps):
        if served in about.serves_as:
            yield (
                ("plan", "serves_perhaps", position),
                Text(
                    f"「{served}」は serves_as と serves_perhaps の両方にあります。",
                    f'"{served}" stands under both serves_as and serves_perhaps.',
                ),
                Text(
                    "兼ねると述べていれば serves_as だけに書いてください。",
                    "If the plan says that it serves as it, keep it under serves_as alone.",
                ),
            )
    said = (plan.provisions or {}).get(_DATA_PLAN)
    if said is not None and said.status == "none" and _DATA_PLAN in about.serves_as:
        yield (
            ("provisions", _DATA_PLAN, "status"),
            Text(
                "計画が兼ねる(serves_as)のに、無い(status: none)とも書かれています。",
                "The plan serves as it (serves_as), yet there is said to be none (status: none).",
            ),
            Text(
                "兼ねるのなら、この項目は書かなくて構いません。",
                "If the plan serves as it, this entry is not needed.",
            ),
        )


def of_results(path: Path, said: Indicator, recorded: PartialDate) -> Contradictions:
    """Yield results of a time that had not come, and a second one for a year."""
    first: dict[PartialDate, int] = {}
    for position, result in enumerate(said.results):
        at = (*path, "results", position)
        if surely_before(recorded, result.year):
            yield (
                (*at, "year"),
                Text(
                    f"実績の時点({shorten(result.year.text)})が、記載の時点"
                    f"({shorten(recorded.text)})より後です。",
                    f"The result is of a time ({shorten(result.year.text)}) after the day recorded "
                    f"({shorten(recorded.text)}).",
                ),
                Text(
                    "これからの値は targets に書き、実績なら year か recorded を確かめてください。",
                    "Write a value to come under targets; of a result check year or recorded.",
                ),
            )
        earlier = first.setdefault(result.year, position)
        if said.results[earlier].value != result.value:
            old, new = (
                shorten(str(each.value if each.value is not None else each.rating or "-"))
                for each in (said.results[earlier], result)
            )
            yield (
                at,
                Text(
                    f"{shorten(result.year.text)}の実績が二つあります({old}、{new})。",
                    f"There are two results for {shorten(result.year.text)} ({old}, {new}).",
                ),
                Text(
                    "どちらかを消すか、年度か指標を分けてください。",
                    "Take one out, or set the years or the indicators apart.",
                ),
            )
