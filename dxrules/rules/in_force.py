"""When a rule holds: the days as they are written, and when it was told that it lapses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from dxrules.reference import Source
from dxrules.rules.rule import InForce, Rule
from dxrules.source import Path
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.rules.parse import Faults
    from dxrules.rules.ruleset_models import InForceModel

_DAY = timedelta(days=1)


def read_in_force(
    model: InForceModel, sources: Mapping[str, Source], path: Path, faults: Faults
) -> InForce:
    """Return when a rule holds; days that do not follow each other are noted as faults."""
    told = model.until_announced
    for name, day, then, later in (
        *_following(("announced", model.announced), ("from", model.since), ("until", model.until)),
        *_following(("announced", model.announced), ("until_announced", told)),
    ):
        faults.add(
            path,
            Text(
                f"{then}({later})が {name}({day})より前です。",
                f"{then} ({later}) comes before {name} ({day}).",
            ),
        )
    _lapse(model, path, faults)
    source = model.until_source
    if source is not None and source not in sources:
        faults.unknown((*path, "until_source"), source, Text("典拠", "source"), sources)
    return InForce(model.announced, model.since, model.until, told, sources.get(source or ""))


def _following(*days: tuple[str, date | None]) -> list[tuple[str, date, str, date]]:
    """Return each pair of named days of which the latter comes before the former."""
    return [
        (name, day, then, later)
        for (name, day), (then, later) in pairwise(days)
        if day and later and later < day
    ]


def _lapse(model: InForceModel, path: Path, faults: Faults) -> None:
    """Look at when and by what it was told that a rule lapses.

    Up to that day it was in force as far as anyone knew, and so it is as judged on those days.
    """
    told, until = model.until_announced, model.until
    needed = [("until", until, told), ("until_announced", told, model.until_source)]
    missing = next((name for name, there, wants in needed if wants and not there), None)
    if missing:
        faults.add(
            path,
            Text(
                f"適用の終わりについて書くときは {missing} も必要です。",
                f"What is written of its lapse needs {missing}, too.",
            ),
            Text(
                "until は最後の日、until_announced は適用終了の公表の日、"
                "until_source はその典拠です。",
                "until is the last day, until_announced the day on which that was announced, "
                "until_source its source.",
            ),
        )
    elif until and told and until < told - _DAY:
        faults.add(
            path,
            Text(
                f"until({until})が、適用終了の公表(until_announced: {told})の前日より前です。",
                f"until ({until}) lies before the eve of its announcement "
                f"(until_announced: {told}).",
            ),
            Text(
                "公表までは適用されていたとみなし、until はその前日以後にしてください。",
                "Up to then the rule was taken to hold: let it end on the eve, or later.",
            ),
        )


def rules_known_on(rules: Sequence[Rule], day: date) -> tuple[Rule, ...]:
    """Return the rules of a file that were announced by a day, without an end told only later.

    Where it is not written when that was, it was told with a rule that begins on the next day;
    without one, with the rule itself.
    """
    coming = {rule.in_force.since for rule in rules if rule.in_force.announced > day}
    return tuple(_known_on(rule, day, coming) for rule in rules if rule.in_force.announced <= day)


def _known_on(rule: Rule, day: date, coming: Collection[date]) -> Rule:
    force = rule.in_force
    if force.until is None:
        return rule
    if force.until_announced is None:
        told = force.until + _DAY not in coming
    else:
        told = force.until_announced <= day
    return rule if told else replace(rule, in_force=InForce(force.announced, force.since))
