"""Attributes of a charge that tell whether it is asked of the town, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.dates import PartialDate
from dxrules.derivation.aggregates import stated
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import a_code, a_truth, decide, implies, reads, state, unsaid
from dxrules.derivation.subject import Subject
from dxrules.derivation.system import is_run_by_union
from dxrules.derivation.there_by_then import TOLD_AFTER, was_there
from dxrules.derivation.told_status import (
    LOCAL_TAX,
    UNSPECIFIED,
    refusal_with_all,
    status_of_charge,
)
from dxrules.derivation.values import Absent, Code, Value, only_considered, unknown
from dxrules.plan.code_labels import COLLECTION_STATUS, codes
from dxrules.plan.sections.collection import Charge
from dxrules.plan.sections.evident import Evident
from dxrules.source import Path

PREMIUM = "health-insurance-premium"

TIER = codes(
    tax=("地方税", "local tax"),
    a=("ア", "tier ア"),
    b=("イ", "tier イ"),
    c=("ウ", "tier ウ"),
    unspecified=("種別の記載なし", "kind not said"),
    any=("地方税以外のいずれか", "any but local tax"),
    further=("対象の拡大", "further charges"),
)

SINCE_WHEN = ("既に始めていれば、その日を書く", "if it has started, state the day")
_TOLD_BY = ("status", "start")
"""Keys of a charge that tell how far it is."""
STARTED = {"status": "started", "started": "yes"}
_RUN_BY_UNION = unknown(
    "広域連合・一部事務組合の事務とされており、この団体に求められるかどうかが確かめられていない",
    "a union of municipalities runs it; whether it is asked of this one was not verified",
)


class StatusOfCharge(Subject):
    """One charge of the reference list, as far as it is asked for or collected."""

    def __init__(self, context: Context, key: str) -> None:
        self.entry = context.reference.charges[key]
        super().__init__(context, key, self.entry.name, ("collection", "charges", key))
        collection = context.plan.collection
        self.said: Charge | None = collection.charges.get(key) if collection else None
        self._refused = refusal_with_all(collection, key)
        shown = self.said or self._refused
        self.told = status_of_charge(context, shown) if shown else None

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping, or that of all charges where none is to be collected."""
        if self.said:
            yield self.path, self.said
        if self._refused:
            yield (*self.path[:-1], UNSPECIFIED), self._refused

    @property
    def _missing(self) -> Absent:
        return self.context.missing("collection")

    @a_code("区分", "tier", TIER)
    def tier(self) -> Value:
        """The tier of the notice."""
        return Code(self.entry.tier)

    @a_truth("この団体に求められるか", "whether it is asked of this municipality")
    @reads("health_insurance")
    @unsaid(
        "国民健康保険が料か税かが書かれていない",
        "whether the health insurance is a premium or a tax is not stated",
    )
    def asked(self) -> Value:
        """Whether the notice asks this of the town; 国民健康保険税 is no premium.

        Of what a union of municipalities runs, who collects it was not verified. A union is asked
        about what it collects: the charges that its plan names.
        """
        if not self.entry.asked or self.key == LOCAL_TAX:
            return False
        if self.said is None and self.context.plan.municipality.is_union:
            return False if self._missing.silent else self._missing
        if is_run_by_union(self.context, self.entry.task):
            return _RUN_BY_UNION
        if self.key == PREMIUM:
            collection = self.context.plan.collection
            levied = collection.health_insurance if collection else None
            return stated(None if levied is None else levied == "premium", self._missing)
        return True

    @a_code("状況", "status", COLLECTION_STATUS)
    @reads("status")
    @decide("始めると決めて書く", "decide to start it and say so", "planned")
    @state("準備中であれば、そう書く", "if it is being prepared, say so", "preparing")
    @state(*SINCE_WHEN, "started", implies=STARTED)
    @implies("started", started="yes")
    @unsaid(
        "eL-QRで収納しているかどうかが書かれていない",
        "whether it is collected by eL-QR is not stated",
    )
    def status(self) -> Value:
        """The status; a start that has passed without a stated result leaves it open.

        What is dated after the facts were recorded was planned then, though it is called started.
        """
        if self.is_overdue:
            return unknown("開始の予定日を過ぎている", "the day planned for the start has passed")
        if self._to_come():
            return Code("planned")
        if self.told == "started" and not self._was_there():
            return TOLD_AFTER
        if self.said and self.said.status == "considered" and not self._missing.silent:
            return only_considered(self._missing)
        return Code(self.told) if self.told else self._missing

    @property
    def is_overdue(self) -> bool:
        """Whether the day planned for its start has passed, and no result is stated."""
        if self.said is None or self.said.start is None:
            return False
        if self.said.status == "started" and not self._to_come():
            return False
        last = self.said.start.range.hi
        return last is not None and last < self.context.today

    def _to_come(self) -> bool:
        """Tell whether it is called started, but after the day recorded, or that judged."""
        if self.said is None or self.said.start is None or self.said.status != "started":
            return False
        later = self.said.start.range.at_most(self.context.today) is False
        return later or not self.context.recorded_by(self.said.start, self._known)

    def _was_there(self) -> bool:
        """Tell whether what is told to have started surely had on the day judged."""
        said = self.said
        return said is None or was_there(self.context, said, _TOLD_BY, said.start) is True

    @property
    def _known(self) -> PartialDate:
        """The day up to which it is known."""
        return self.context.known(self.said or self._refused, *_TOLD_BY)
