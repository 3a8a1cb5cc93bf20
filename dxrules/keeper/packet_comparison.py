"""Two packets compared: each plan as it was judged then and now, read and judged one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dxrules.assessment.assess import EngineChoice
from dxrules.assessment.dossier import Unreadable
from dxrules.assessment.packet import Packet, law_of, plan_in
from dxrules.frozen import frozen
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.impact import Impact, PlanPair, TownImpact, impact, readable
from dxrules.plan import PlanFile
from dxrules.reference import Reference


@frozen
class OverTime:
    """What changed from one packet to another.

    `unread` are the plans that neither side shows: by packet, those that it could not read and
    that the other does not hold either.
    """

    impact: Impact
    unread: tuple[tuple[str, Unreadable], ...]

    @property
    def incomplete(self) -> bool:
        """Whether a plan was not judged on one side because it could not be read."""
        return bool(self.unread) or any(town.unread for town in self.impact.towns)


def over_time(
    before: Packet, after: Packet, *, engine: EngineChoice = "both", waivers: bool = True
) -> OverTime:
    """Compare two packets, the older first, each by its own law and on its own day."""
    old, new = (
        Side(packet.name, law_of(packet), packet.manifest.as_of) for packet in (before, after)
    )
    pairs = _pairs(before, after, readable(old.law, new.law))
    today = after.manifest.as_of
    found = impact(pairs, old, new, today, engine=engine, waivers=waivers)
    unread_then, unread_now = ({p.name: p for p in side.unreadable} for side in (before, after))
    towns = tuple(_with_unread(town, unread_then, unread_now) for town in found.towns)
    said = {id(town.unread) for town in towns}
    unread = [
        (packet.name, plan)
        for packet, plans in ((before, unread_then), (after, unread_now))
        for plan in plans.values()
        if id(plan.message) not in said
    ]
    return OverTime(replace(found, towns=towns), tuple(unread))


def _with_unread(
    town: TownImpact, then: dict[str, Unreadable], now: dict[str, Unreadable]
) -> TownImpact:
    """Say why a plan is not on one side, where that packet could not read it."""
    unread = then if town.before is None else now if town.after is None else {}
    found = unread.get(town.file.name)
    return town if found is None else replace(town, unread=found.message)


def _pairs(before: Packet, after: Packet, reference: Reference) -> Iterator[PlanPair]:
    """Yield the plans in pairs, by the name of their file, those that are left by town."""
    olds, news = _paths(before), _paths(after)

    def old(name: str) -> PlanFile:
        return plan_in(before, olds[name], name, reference)

    def new(name: str) -> PlanFile:
        return plan_in(after, news[name], name, reference)

    for name in news:
        if name in olds:
            yield old(name), new(name)
    left = {name: _town(old(name)) for name in olds if name not in news}
    for name in (name for name in news if name not in olds):
        plan = new(name)
        earlier = next((each for each, town in left.items() if town == _town(plan)), None)
        if earlier is not None:
            del left[earlier]
        yield None if earlier is None else old(earlier), plan
    for name in left:
        yield old(name), None


def _paths(packet: Packet) -> dict[str, str]:
    return {name: path for part in packet.parts for path, name in part.plans}


def _town(file: PlanFile) -> str:
    return file.plan.municipality.code
