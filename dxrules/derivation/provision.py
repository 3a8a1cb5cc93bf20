"""Provisions: what a town has set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.context import newest, some, stated, when
from dxrules.derivation.counterparts import ANOTHER_NAME, has_counterpart
from dxrules.derivation.declaration import (
    DAYS,
    KNOWN,
    KNOWN_UNTIL,
    Kind,
    a_code,
    a_count,
    a_date,
    a_text,
    a_truth,
    between,
    decide,
    falls_due,
    implies,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.reviews import REGULAR, YEARLY, reviews_of, takes_place, unreviewed_days
from dxrules.derivation.serving import DATA_PLAN, SERVES_PERHAPS, may_serve_as
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.told_status import status_of_provision
from dxrules.derivation.values import Absent, Code, only_considered, unknown
from dxrules.plan.code_labels import PROVISION_STATUS, RANK, SCOPE
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import PartialDate
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Provision
    from dxrules.reference import Reference
    from dxrules.source import Path

_IN_PLACE = {"status": "in-place", "in_place": "yes", "provided_for": "yes"}
_PLACE_UNSAID = unsaid(
    "あるとも、これから整えるとも書かれていない", "it is neither said to be there nor to come"
)
_SCOPE_UNSAID = unsaid("誰を対象とするかが書かれていない", "whom it covers is not stated")
_REVIEW_UNSAID = unsaid(
    "最後に見直した日が書かれていない", "when the municipality last reviewed it is not stated"
)
_BY_THE_GUIDELINE = (
    "最新のガイドラインに照らして見直し、その日を書く",
    "review it by the newest guideline and state the day",
)

_DAY_PASSED = unknown(
    "整える予定の日を過ぎたが、整えたかどうかが書かれていない",
    "the day planned for it has passed; whether it came is not stated",
)
_HEADS = frozenset({"mayor", "deputy-mayor", "superintendent"})
_RANKS_DIFFER = unknown(
    "職位の異なる複数の者が務める", "several persons of different rank share the post"
)
OF_AI = ("ai-guideline", "caio")
"""What is asked of towns that use AI."""


@of_kind(
    Kind(
        "provision",
        Text("体制・ルール", "provision"),
        Text("参照データの項目", "entry of the reference list"),
        own_list="provisions",
    )
)
class ProvisionSubject(AllOfAKind):
    """An entry of the reference list of provisions."""

    def __init__(self, context: Context, key: str) -> None:
        entry = context.reference.provisions[key]
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

    @property
    def _missing(self) -> Absent:
        return self.context.missing("provisions", *self._parts)

    def _code(self, name: str) -> Value:
        value = getattr(self.said, name, None)
        return Code(value) if value else self._missing

    @classmethod
    def all_of(cls, context: Context) -> Iterator[ProvisionSubject]:
        """Yield each entry of the reference list."""
        return (cls(context, key) for key in context.reference.provisions)

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:
        """Yield the area of each entry that has one."""
        return ((key, each.area) for key, each in reference.provisions.items() if each.area)

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
        implies=_IN_PLACE,
    )
    @implies("in-place", in_place="yes", provided_for="yes")
    @implies("planned", provided_for="yes")
    @implies("none", in_place=KNOWN, provided_for=KNOWN)
    @_PLACE_UNSAID
    def status(self) -> Value:
        """Whether it is in place; a plan to have it counts until its day has passed.

        What is in place from a day to come, seen from the day judged or recorded, is not yet. Of
        what is only considered, a part that was not read may say more. What is published, was
        reviewed, or is dated is there, or is to come, without the word.
        """
        if self._not_yet():
            return unknown("整備の日がまだ来ていない", "its day had not come yet")
        since = self.said.since if self.said and self.told == "planned" else None
        if since and since.latest and since.latest < self.context.day:
            return _DAY_PASSED
        own = self.told
        if own in (None, "none", "considered") and has_counterpart(self.context, self.key):
            return ANOTHER_NAME
        if own == "considered" and not self._missing.silent:
            return only_considered(self._missing)
        if self.said and own is None and self.said.title and self._missing.silent:
            return unknown(
                f"「{self.said.title}」とあるが、整えたとも整えるとも書かれていない",
                f"{self.said.title} is named, but not said to be there or to come",
            )
        return Code(own) if own else self._missing

    def _not_yet(self) -> bool:
        return bool(self.said and self.told == "in-place" and self._to_come(self.said))

    def _to_come(self, said: Provision) -> bool:
        if said.since is None:
            return False
        to_come = said.since.range.at_most(self.context.today) is False
        known = self.context.known(said, "status", "since")
        return to_come or not self.context.recorded_by(said.since, known)

    @a_truth("整備済み", "in place")
    @reads("status")
    @decide("整えて、そう書く", "put it in place and say so", "yes", implies=_IN_PLACE)
    @implies("yes", provided_for="yes")
    @implies("no", provided_for="no", status="none")
    @unsaid("既にあるとは書かれていない", "it is not said to be there")
    def in_place(self) -> Value:
        """Whether the town has it, or another that shows it; a plan to have it leaves that open."""
        is_data_plan = self.key == DATA_PLAN
        if is_data_plan and DATA_PLAN in self.context.plan.plan.serves_as:
            return self.context.in_force
        if self._unsaid and any(map(self._is_shown_by, self._shown_by)):
            return True
        match self.status():
            case Code("in-place" | "none") as told:
                return told == Code("in-place")
            case Code():
                return unknown("予定・検討とだけある", "it is only planned or considered")
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
        """Whether the town has it or plans to; considering it leaves that open."""
        if self.status() == Code("planned"):
            return True
        return self.in_place()

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
        return since is not None and since.range.at_most(self.context.today) is False

    @property
    def _unsaid(self) -> bool:
        return self.told is None

    def _is_shown_by(self, key: str) -> bool:
        other = self._shown_by[key]
        told = status_of_provision(self.context, other)
        return told == "in-place" and not self._to_come(other)

    @a_truth("全職員が対象", "covers all staff")
    @reads("scope")
    @decide("対象を全職員と定めて書く", "extend it to all staff and say so", "yes")
    @implies("yes", scope="all-staff")
    @_SCOPE_UNSAID
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

    @a_date("いつから", "since")
    @reads("since")
    @falls_due("整備の予定", "to be in place")
    @decide(
        "いつ整えるかを決めて書く",
        "decide when to have it and state it",
        within=("{value}に整える", "have it in place {value}"),
        implies={"provided_for": "yes"},
    )
    @state(
        "既に整えていれば、いつ整えたかを書く",
        "if it is in place already, state since when",
        within=(
            "{value}に整えていたなら、その日を書く",
            "if it was in place {value}, state the day",
        ),
        implies=_IN_PLACE,
    )
    @unsaid("いつからかが書かれていない", "since when is not stated")
    def since(self) -> Value:
        """Since when it is in place."""
        return when(self.said.since if self.said else None, self._missing)

    @a_truth("公表している", "published")
    @reads("published")
    @decide("公表し、そう書く", "publish it and say so", "yes")
    @unsaid("公表したかどうかが書かれていない", "whether it is published is not stated")
    def published(self) -> Value:
        """Whether it is published."""
        return stated(self.said.published if self.said else None, self._missing)

    @a_date("団体が最後に見直した日", "the municipality's last review")
    @reads("reviewed")
    @decide(
        "見直して、その日を書く",
        "review it and state the day",
        within=("{value}に見直して、その日を書く", "review it {value} and state the day"),
    )
    @_REVIEW_UNSAID
    def reviewed(self) -> Value:
        """When the town last reviewed it."""
        return when(newest(self._reviews()), self._missing)

    def _reviews(self) -> list[PartialDate]:
        in_place = self.status() == Code("in-place")
        return reviews_of(self.context, self.said, in_place=in_place) if self.said else []

    @a_count(
        "団体の最後の見直しの後、最初にガイドラインが改定されてからの日数",
        "days since the first guideline revision after the last review",
        unit=DAYS,
    )
    @reads("reviewed", "since")
    @rests_on("guideline", KNOWN_UNTIL)
    @decide(*_BY_THE_GUIDELINE, within=_BY_THE_GUIDELINE)
    @_REVIEW_UNSAID
    @between(
        "最後の見直しより後のガイドラインの改定を、反映したかどうかが分からない",
        "whether revisions of the guideline after the last review were taken up is not known",
    )
    def unreviewed_days(self) -> Value:
        """How old the first guideline revision is that came after the municipality's last review.

        It may have reviewed its policy since, or by a part of the document that was not read.
        """
        if not (reviews := self._reviews()):
            return self._missing
        return unreviewed_days(self.context, self.said, reviews, self._missing)

    @a_truth("周期またはPDCA・OODAの明示がある", "an interval, PDCA or OODA is named")
    @reads("cycle")
    @decide(
        "毎年などの周期か、PDCA・OODAなどの手法を定めて書く",
        "settle an interval such as every year, or a method such as PDCA or OODA, and state it",
        "yes",
    )
    @implies(KNOWN, at_least_yearly=KNOWN)
    @unsaid("周期も手法も書かれていない", "neither an interval nor a method is stated")
    def reviewed_regularly(self) -> Value:
        """Whether an interval, PDCA or OODA is named; 随時 alone is none."""
        return takes_place(self.context, self.key, self.said, REGULAR, self._missing)

    @a_truth("年1回以上", "at least yearly")
    @reads("cycle")
    @decide(
        "年1回以上行うと定めて書く",
        "settle that it takes place once a year or more often and say so",
        "yes",
        implies={"reviewed_regularly": "yes"},
    )
    @implies("yes", reviewed_regularly="yes")
    @implies(KNOWN, reviewed_regularly=KNOWN)
    @unsaid("周期が書かれていない", "no interval is stated")
    def at_least_yearly(self) -> Value:
        """Whether it happens once a year or more often."""
        return takes_place(self.context, self.key, self.said, YEARLY, self._missing)

    @a_text("行う組織", "body that does it")
    @reads("body")
    @decide("行う組織を決めて書く", "decide which body does it and state it")
    def body(self) -> Value:
        """Which body does it."""
        return same(self.said.body) if self.said and self.said.body else self._missing

    @a_code("対象者", "whom it covers", SCOPE)
    @reads("scope")
    @decide(
        "対象を全職員と定めて書く",
        "extend it to all staff and say so",
        "all-staff",
        implies={"covers_all_staff": "yes"},
    )
    @decide(
        "対象を{value}と定めて書く",
        "settle that it covers {value} and say so",
        "staff",
        "managers",
        "new-staff",
    )
    @implies("all-staff", covers_all_staff="yes")
    @_SCOPE_UNSAID
    def scope(self) -> Value:
        """Whom it covers."""
        return self._code("scope")

    @a_code("職位", "rank", RANK)
    @reads("rank")
    @decide("{value}を充て、そう書く", "assign the {value} and say so")
    def rank(self) -> Value:
        """The rank of the post; of several that share it, if all are heads of it, or none."""
        ranks = self.said.rank if self.said else None
        if not ranks:
            return self._missing
        if len({rank in _HEADS for rank in ranks}) > 1 or ("executive" in ranks and ranks[1:]):
            return _RANKS_DIFFER
        return Code(ranks[0])

    @a_truth("当てはまる", "applies at all")
    @reads("applies")
    @unsaid(
        "この団体に当てはまるかどうかが書かれていない",
        "whether it applies to the municipality is not stated",
    )
    def applicable(self) -> Value:
        """Whether it applies to the town at all; whether AI is used is said of any of two."""
        if self.key == DATA_PLAN and self.context.plan.municipality.is_union:
            return False
        provisions = self.context.plan.provisions or {}
        alike = (self.key, *(OF_AI if self.key in OF_AI else ()))
        said = (provisions[key].applies for key in alike if key in provisions)
        return stated(next((each for each in said if each is not None), None), self._missing)
