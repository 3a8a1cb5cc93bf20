"""Attributes of a provision that tell whether it is there, to come, or considered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from dxrules.derivation.aggregates import some
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import (
    KNOWN,
    a_code,
    a_truth,
    decide,
    implies,
    reads,
    state,
    unsaid,
)
from dxrules.derivation.fact import Proof
from dxrules.derivation.serving import DATA_PLAN, SERVES_PERHAPS, may_serve_as
from dxrules.derivation.subject import Subject
from dxrules.derivation.there_by_then import TOLD_AFTER, was_there
from dxrules.derivation.told_status import TELLING, status_of_provision
from dxrules.derivation.values import Absent, Code, Value, only_considered, unknown
from dxrules.plan.code_labels import PROVISION_STATUS
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.provisions import Provision
from dxrules.source import Path

_COUNTERPARTS = {"cio": "cdo", "cio-aide": "cdo-aide"}
"""What a town may have under another name: the sources speak of the first alone."""
ANOTHER_NAME = unknown(
    "CIOとしての記載はないが、CDO(最高デジタル責任者)・CDO補佐官を置く、又は置くとある。国の資料が"
    "CIOについて述べることに当たるか、確かめられていない",
    "it is not said of a CIO, but of a CDO or an aide of one; whether that counts as what the "
    "national papers say of a CIO was not verified",
)


def has_counterpart(context: Context, key: str) -> bool:
    """Tell whether the town has, or is to have, the same under another name."""
    other = (context.plan.provisions or {}).get(_COUNTERPARTS.get(key, ""))
    return other is not None and status_of_provision(context, other) in ("in-place", "planned")


IN_PLACE = {"status": "in-place", "in_place": "yes", "provided_for": "yes", "considered": "yes"}
_PLACE_UNSAID = unsaid(
    "あるとも、これから整えるとも書かれていない", "it is neither said to be there nor to come"
)
_DAY_PASSED = unknown(
    "整える予定の日を過ぎたが、整えたかどうかが書かれていない",
    "the day planned for it has passed; whether it came is not stated",
)
ONLY_PLANNED = unknown("予定・検討としか書かれていない", "it is only planned or considered")
NOT_SAID_WHEN = unknown(
    "置く、又は行うとあるが、既にそうしているかどうかは書かれていない",
    "it is provided for; whether it is there already is not stated",
)
_SHOWN_ELSEWHERE = unknown(
    "無いと明記されているが、これに当たるものが整備済みとも書かれている",
    "it is said not to be there, and yet something that counts as it is said to be in place",
)
_NOT_COME = unknown("整備の日がまだ来ていない", "its day had not come yet")
_TOLD_BY_THEM = frozenset({"status", "claimed", "in_place", "provided_for", "considered"})


class StatusOfProvision(Subject):
    """An entry of the reference list of provisions, as far as it is there or to come."""

    def __init__(self, context: Context, key: str) -> None:
        self.entry = entry = context.reference.provisions[key]
        super().__init__(context, key, entry.name, ("provisions", key))
        self._parts = (entry.part,) if entry.part else ()
        provisions = context.plan.provisions or {}
        self.said: Provision | None = provisions.get(key)
        self.told = status_of_provision(context, self.said) if self.said else None
        self._shown_by = {
            other: provisions[other] for other in entry.shown_by if other in provisions
        }

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping, and those of others that show it."""
        if self.said:
            yield self.path, self.said
        for key, other in self._shown_by.items():
            if self._is_shown_by(key):
                yield ("provisions", key), other

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what shows an attribute; what else is said shows a status that is not named."""
        unnamed = self.said is not None and self.said.status is None
        told = TELLING if unnamed and attribute in _TOLD_BY_THEM else ()
        own = super().proofs
        names = (attribute, *(name for name in told if name in self.declared.attributes))
        return iter(dict.fromkeys(chain.from_iterable(map(own, names))))

    @property
    def _missing(self) -> Absent:
        return self.context.missing("provisions", *self._parts)

    def _code(self, name: str) -> Value:
        value = getattr(self.said, name, None)
        return Code(value) if value else self._missing

    @a_code("状況", "status", PROVISION_STATUS)
    @reads("status")
    @decide(
        "いつ整えるかを決めて書く",
        "decide when to have it and state it",
        "planned",
        implies={"provided_for": "yes"},
    )
    @decide("検討すると決めて書く", "decide to consider it and say so", "considered")
    @state(
        "既に整えていれば、そう書く",
        "if it is in place already, say so",
        "in-place",
        implies=IN_PLACE,
    )
    @implies("in-place", in_place="yes", provided_for="yes")
    @implies("planned", provided_for="yes")
    @implies("none", in_place=KNOWN, provided_for=KNOWN)
    @_PLACE_UNSAID
    def status(self) -> Value:
        """Whether it is in place; a plan to have it counts until its day has passed.

        What is in place from a day to come is planned; from one after the facts were recorded, it
        may not be there. Of what is only considered, a part that was not read may say more. What
        is published, was reviewed, or is dated is there, or is to come, without the word; who does
        it and how often tell that it is provided for.
        """
        since = self.said.since if self.said else None
        passed = since and since.latest and since.latest < self.context.day
        if self._not_yet():
            return _NOT_COME if passed else Code("planned")
        if passed and self._is_intended():
            return _DAY_PASSED
        own = self.told
        if (left_open := self._left_open(own)) is not None:
            return left_open
        if own == "considered" and not self._missing.silent:
            return only_considered(self._missing)
        if self.said and own is None and self._missing.silent and self._is_named(self.said):
            named = self.said.title or self.label.ja
            return unknown(
                f"「{named}」とあるが、整えたとも整えるとも書かれていない",
                f"{self.said.title or self.label.en} is named, but not said to be there or to come",
            )
        return Code(own) if own else self._missing

    def _left_open(self, own: str | None) -> Absent | None:
        """Return what leaves its status open: it was told later, or something else is there."""
        if self.said and own == "in-place" and not self._was_there(self.said):
            return TOLD_AFTER
        if own in (None, "none", "considered") and has_counterpart(self.context, self.key):
            return ANOTHER_NAME
        shown = own == "none" and any(map(self._is_shown_by, self._shown_by))
        return _SHOWN_ELSEWHERE if shown else None

    @staticmethod
    def _is_named(said: Provision) -> bool:
        """Tell whether anything is said of it: what is described is not passed over."""
        return bool(said.title or said.since or said.scope or said.published is not None)

    def _is_intended(self) -> bool:
        """Tell whether it is to come by its status, or by a day that may lie ahead.

        Since about a day that was past, or from an open one on, is no such day.
        """
        if self.said is None or self.told != "planned":
            return False
        if self.said.status is not None or self.said.since is None:
            return self.said.status is not None
        since = self.said.since
        is_open = since.range.hi is None or since.approximate
        return not (is_open and self.context.recorded_by(since))

    def _not_yet(self) -> bool:
        return bool(self.said and self.told == "in-place" and self._to_come(self.said))

    def _was_there(self, said: Provision) -> bool:
        """Tell whether what is told to be in place surely was on the day judged."""
        if any(day.range.at_most(self.context.today) for day in said.reviewed or ()):
            return True
        return was_there(self.context, said, ("status", "since"), said.since) is True

    def _to_come(self, said: Provision) -> bool:
        if said.since is None:
            return False
        to_come = said.since.range.at_most(self.context.today) is False
        known = self.context.known(said, "status", "since")
        return to_come or not self.context.recorded_by(said.since, known)

    @a_truth("整備済みか予定と書かれている", "said to be in place or planned")
    @reads("status")
    @decide(
        "整えるか、いつ整えるかを決めて、そう書く",
        "put it in place or decide when to, and say so",
        "yes",
    )
    @_PLACE_UNSAID
    def claimed(self) -> Value:
        """Whether the plan says that it is there or is to come, though the day may have passed."""
        if self.told in ("in-place", "planned"):
            return True
        status = self.status()
        return status if isinstance(status, Absent) else False

    @a_truth("整備済み", "in place")
    @reads("status")
    @decide("整えて、そう書く", "put it in place and say so", "yes", implies=IN_PLACE)
    @implies("yes", provided_for="yes")
    @implies("no", provided_for="no", status="none")
    @unsaid("整備済み・実施済みとの記載がない", "it is not said to be there")
    def in_place(self) -> Value:
        """Whether the town has it, or another that shows it; a plan to have it leaves that open."""
        is_data_plan = self.key == DATA_PLAN
        if self._is_plan_itself:
            in_force, draft = self.context.in_force, self.context.plan.plan.is_draft
            return ONLY_PLANNED if draft and in_force is True else in_force
        if self.told != "none" and any(map(self._is_shown_by, self._shown_by)):
            return True
        match self.status():
            case Code("in-place" | "none") as told:
                return told == Code("in-place")
            case Code():
                own = self.said is None or self.said.status or self._is_intended()
                return ONLY_PLANNED if own else NOT_SAID_WHEN
            case Absent(silent=True) if is_data_plan and may_serve_as(self.context, DATA_PLAN):
                return SERVES_PERHAPS
            case missing:
                return missing

    @a_truth("整備済みまたは予定", "in place or planned")
    @reads("status")
    @decide(
        "整えるか、いつ整えるかを決めて、そう書く",
        "put it in place or decide when to, and say so",
        "yes",
    )
    @implies("no", in_place="no", status="none")
    @_PLACE_UNSAID
    def provided_for(self) -> Value:
        """Whether the town has it or plans to, by a draft too; to consider it leaves that open."""
        if self._is_plan_itself:
            return self.context.in_force
        status = self.status()
        if status == Code("planned") or status is TOLD_AFTER:  # it was there, or was to come
            return True
        return self.in_place()

    @a_truth("検討以上", "at least considered")
    @reads("status")
    @decide("検討すると決めて書く", "decide to consider it and say so", "yes")
    @implies("no", in_place="no", provided_for="no", status="none")
    @_PLACE_UNSAID
    def considered(self) -> Value:
        """Whether the town has it, plans to or considers it; a part not read says no less."""
        if self.told in ("in-place", "planned", "considered"):
            return True
        return self.provided_for()

    @a_truth("整える日が判定日より後", "to come after the day judged")
    @reads("since")
    @decide(
        "判定日までに整えると決めて書く",
        "decide to have it by the day judged and say so",
        "no",
    )
    def comes_later(self) -> Value:
        """Whether it is surely not there on the day judged: the day for it is still to come."""
        if self.told in (None, "considered"):
            return some((), self._missing)
        since = self.said.since if self.said and self.told != "none" else None
        if self.said and self.told == "in-place" and self.said.published:
            since = None  # what is published was adopted, whenever it takes effect
        return since is not None and since.range.at_most(self.context.today) is False

    @property
    def _is_plan_itself(self) -> bool:
        """Whether it is the data plan, and the plan says that it serves as that."""
        serves = self.key == DATA_PLAN and DATA_PLAN in self.context.plan.plan.serves_as
        return serves and not self._told_since_it_ended()

    def _told_since_it_ended(self) -> bool:
        """Tell whether it was asked after the period of the plan, which then serves as nothing."""
        told = self.said.told("status") if self.said else None
        period = self.context.period
        return bool(told and period and told.range.minus(period.ends).at_least(1))

    def _is_shown_by(self, key: str) -> bool:
        other = self._shown_by[key]
        told = status_of_provision(self.context, other)
        if told != "in-place" or self._to_come(other):
            return False
        return self._was_there(other)
