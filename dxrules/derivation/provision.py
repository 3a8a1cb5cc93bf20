"""Provisions: what a town has set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.context import greatest, newest, stated, when
from dxrules.derivation.subject import Subject
from dxrules.derivation.values import UNKNOWN, Absent, Code, only_considered, unknown
from dxrules.plan.code_labels import INTERVAL
from dxrules.plan.intervals import interval_in
from dxrules.texts import same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import PartialDate
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Provision
    from dxrules.source import Path

DATA_PLAN = "public-private-data-plan"
PROGRESS_REVIEW = "progress-review"
_YEARLY = frozenset(
    {
        "weekly",
        "monthly",
        "every-two-months",
        "quarterly",
        "every-four-months",
        "half-yearly",
        "yearly",
    }
)
_REGULAR = frozenset(INTERVAL) - {"as-needed", "continuous"}
_DAY_PASSED = unknown(
    "整える予定の日を過ぎたが、整えたかどうかが書かれていない",
    "the day planned for it has passed; whether it came is not stated",
)
_NOT_THERE = frozenset({"planned", "considered", "none"})
_HEADS = frozenset({"mayor", "deputy-mayor", "superintendent"})
_RANKS_DIFFER = unknown(
    "職位の異なる複数の者が務める", "several persons of different rank share the post"
)
SERVES_PERHAPS = unknown(
    "計画は、兼ねるとまでは述べていない",
    "the plan does not go so far as to say that it serves as it",
)
_COUNTERPARTS = {"cio": "cdo", "cio-aide": "cdo-aide"}
"""What a town may have under another name: the sources speak of the first alone."""
_ANOTHER_NAME = unknown(
    "CIOとしての記載はないが、CDO(最高デジタル責任者)・CDO補佐官を置く、又は置くとある。国の資料が"
    "CIOについて述べることに当たるか、確かめられていない",
    "it is not said of a CIO, but of a CDO or an aide of one; whether that counts as what the "
    "national papers say of a CIO was not verified",
)
_NO_CYCLE = unknown(
    "周期の記載はなく、指標の節(indicators)を読んでいないので、年度ごとの目標があるかも分からない"
    "(指標がなければ indicators: [] と書く)",
    "no interval is stated, and whether indicators have a target for each year is not known, as "
    "the section indicators has not been read (if there are none, write indicators: [])",
)


class ProvisionSubject(Subject):
    """An entry of the reference list of provisions."""

    kind = "provision"

    def __init__(self, context: Context, key: str) -> None:
        entry = context.reference.provisions[key]
        super().__init__(context, key, entry.name, ("provisions", key))
        self._parts = (entry.part,) if entry.part else ()
        provisions = context.plan.provisions or {}
        self.said: Provision | None = provisions.get(key)
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

    @property
    def _missing(self) -> Absent:
        return self.context.missing("provisions", *self._parts)

    def _code(self, name: str) -> Value:
        value = getattr(self.said, name, None)
        return Code(value) if value else self._missing

    def status(self) -> Value:
        """Whether it is in place; a plan to have it counts until its day has passed.

        What is in place from a day to come, seen from the day judged or recorded, is not yet. Of
        what is only considered, a part that was not read may say more.
        """
        if self._not_yet():
            return unknown("整備の日がまだ来ていない", "its day had not come yet")
        if (
            self.said
            and self.said.status == "planned"
            and self.said.since
            and self.said.since.latest
            and self.said.since.latest < self.context.day
        ):
            return _DAY_PASSED
        own = self.said.status if self.said else None
        if own in (None, "none", "considered") and self._has_counterpart():
            return _ANOTHER_NAME
        if own == "considered" and not self._missing.silent:
            return only_considered(self._missing)
        if self.said and self.said.status is None and self.said.title and self._missing.silent:
            return unknown(
                f"「{self.said.title}」とあるが、整えたとも整えるとも書かれていない",
                f"{self.said.title} is named, but not said to be there or to come",
            )
        return self._code("status")

    def _has_counterpart(self) -> bool:
        """Tell whether the town has, or is to have, the same under another name."""
        other = (self.context.plan.provisions or {}).get(_COUNTERPARTS.get(self.key, ""))
        return other is not None and other.status in ("in-place", "planned")

    def _not_yet(self) -> bool:
        return bool(self.said and self.said.status == "in-place" and self._to_come(self.said))

    def _to_come(self, said: Provision) -> bool:
        if said.since is None:
            return False
        to_come = said.since.range.at_most(self.context.today) is False
        return to_come or not self.context.recorded_by(said.since)

    def in_place(self) -> Value:
        """Whether the town has it, or another that shows it; a plan to have it leaves that open."""
        if self._served_by_plan():
            return self.context.in_force
        if self._unsaid and any(map(self._is_shown_by, self._shown_by)):
            return True
        match self.status():
            case Code("in-place"):
                return True
            case Code("none"):
                return False
            case Code():
                return unknown("予定・検討とだけある", "it is only planned or considered")
            case missing:
                return self._perhaps(missing)

    def provided_for(self) -> Value:
        """Whether the town has it or plans to; considering it leaves that open."""
        if self.status() == Code("planned"):
            return True
        return self.in_place()

    @property
    def _unsaid(self) -> bool:
        return self.said is None or self.said.status is None

    def _is_shown_by(self, key: str) -> bool:
        other = self._shown_by[key]
        return other.status == "in-place" and not self._to_come(other)

    def _perhaps(self, missing: Value) -> Value:
        """Return why nothing is said: the plan may not go so far as to say that it serves as it."""
        perhaps = self.key == DATA_PLAN and self.key in self.context.plan.plan.serves_perhaps
        silent = isinstance(missing, Absent) and missing.silent
        return SERVES_PERHAPS if perhaps and silent else missing

    def _served_by_plan(self) -> bool:
        return self.key == DATA_PLAN and DATA_PLAN in self.context.plan.plan.serves_as

    def covers_all_staff(self) -> Value:
        """Whether all staff are covered; a narrower or vague group leaves that open."""
        scope = self.scope()
        if not isinstance(scope, Code):
            return scope
        if scope == Code("all-staff"):
            return True
        return unknown(
            "全職員が対象とは書かれていない", "it is not said that all staff are covered"
        )

    def since(self) -> Value:
        """Since when it is in place."""
        return when(self.said.since if self.said else None, self._missing)

    def published(self) -> Value:
        """Whether it is published."""
        return stated(self.said.published if self.said else None, self._missing)

    def applicable(self) -> Value:
        """Whether it applies to the town at all."""
        return stated(self.said.applies if self.said else None, self._missing)

    def reviewed(self) -> Value:
        """When the town last reviewed it."""
        return when(newest(self._reviews()), self._missing)

    def _reviews(self) -> list[PartialDate]:
        """Return the reviews up to the day recorded; without any, since when it is in place.

        What is said not to be there was not reviewed, whatever day is given.
        """
        if self.said is None or self.said.status in _NOT_THERE:
            return []
        reviews = [day for day in self.said.reviewed or () if self.context.recorded_by(day)]
        if reviews or self.said.since is None or self.status() != Code("in-place"):
            return reviews
        return [self.said.since]

    def unreviewed_days(self) -> Value:
        """How old the first guideline revision is that came after the town's last review.

        The town may have reviewed its policy again since the facts were recorded, or by a part of
        the document that was not read.
        """
        reviews = self._reviews()
        if not reviews:
            return self._missing
        recorded = Range(None, self.context.plan.recorded.range.hi)
        last = greatest([review.range for review in reviews]).meet(recorded)
        if last is None or last.hi is None:
            return UNKNOWN  # neither the review nor the facts have a last day
        today, known_until = self.context.today, self.context.reference.known_until.toordinal()
        unseen = Range(0, max(0, today - known_until))
        oldest = greatest([unseen, *self._ages(last.lo, last.hi)])
        return oldest if self._missing.silent else Range(0, oldest.hi)

    def _ages(self, first: int | None, last: int) -> Iterator[Range]:
        """Yield the age of each revision after the last review; from zero if it may be before."""
        today = self.context.today
        recorded, _ = self.context.plan.recorded.range.bounds
        known_to = 0 if recorded is None else min(today, recorded)
        for revision in self.context.reference.guideline.values():
            since = revision.holds_from.toordinal()
            began = revision.on.range.lo or since
            if since <= today and (first is None or first < since):
                yield Range(max(0, known_to - since) if last < began else 0, today - began)

    def reviewed_regularly(self) -> Value:
        """Whether an interval, PDCA or OODA is named; 随時 alone is none."""
        return self._cycle(_REGULAR)

    def at_least_yearly(self) -> Value:
        """Whether it happens once a year or more often."""
        return self._cycle(_YEARLY)

    def _cycle(self, wanted: frozenset[str]) -> Value:
        named = interval_in(self.said.title or "") if self.said else None
        if self.said is None or (self.said.cycle is None and named is None):
            if self.key == PROGRESS_REVIEW and self._yearly_targets():
                return unknown(
                    "指標には年度ごとの目標があるが、進捗管理の周期は書かれていない",
                    "indicators have a target for each year, but no interval of review is stated",
                )
            indicators_unread = self.key == PROGRESS_REVIEW and self.context.plan.indicators is None
            if self._missing.silent and indicators_unread:
                return _NO_CYCLE
            return self._missing
        found = not wanted.isdisjoint(self.said.cycle or (named,))
        return found if found or self._missing.silent else self._missing

    def _yearly_targets(self) -> bool:
        indicators = self.context.plan.indicators or ()
        return any(len(i.targets) > 1 or any(t.every_year for t in i.targets) for i in indicators)

    def scope(self) -> Value:
        """Whom it covers."""
        return self._code("scope")

    def rank(self) -> Value:
        """The rank of the post; of several that share it, if all stand on one side.

        Those who head the organization stand on one, all others on the other.
        """
        ranks = self.said.rank if self.said else None
        if not ranks:
            return self._missing
        if len({rank in _HEADS for rank in ranks}) > 1 or ("executive" in ranks and ranks[1:]):
            return _RANKS_DIFFER
        return Code(ranks[0])

    def body(self) -> Value:
        """Which body does it."""
        return same(self.said.body) if self.said and self.said.body else self._missing
