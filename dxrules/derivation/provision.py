"""Provisions: what a town has set up."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.dates import PartialDate
from dxrules.derivation.aggregates import newest, stated
from dxrules.derivation.context import Context
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
from dxrules.derivation.period import may_be_missed
from dxrules.derivation.provision_status import IN_PLACE, StatusOfProvision
from dxrules.derivation.reviews import REGULAR, YEARLY, reviews_of, takes_place, unreviewed_days
from dxrules.derivation.stated_days import when
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.there_by_then import TOLD_AFTER, was_there
from dxrules.derivation.values import Code, Value, unknown
from dxrules.plan.code_labels import RANK, SCOPE
from dxrules.reference import Reference
from dxrules.texts import Text, same

_SCOPE_UNSAID = unsaid("誰を対象とするかが書かれていない", "whom it covers is not stated")
_REVIEW_UNSAID = unsaid(
    "最後に見直した日が書かれていない", "when the municipality last reviewed it is not stated"
)
_BY_THE_GUIDELINE = (
    "最新のガイドラインに照らして見直し、その日を書く",
    "review it by the newest guideline and state the day",
)

_HEADS = frozenset({"mayor", "deputy-mayor", "superintendent"})
_RANKS_DIFFER = unknown(
    "職位の異なる複数の者が務める", "several persons of different rank share the post"
)
CAIO = "caio"
_OF_AI = {"ai-guideline": CAIO, CAIO: "ai-guideline"}
"""What is asked of towns that use generative AI, and of those that use any AI."""


@of_kind(
    Kind(
        "provision",
        Text("体制・ルール", "provision"),
        Text("参照データの項目", "entry of the reference list"),
        own_list="provisions",
    )
)
class ProvisionSubject(StatusOfProvision, AllOfAKind):
    """An entry of the reference list of provisions; its attributes begin in the class before."""

    @classmethod
    def all_of(cls, context: Context) -> Iterator[ProvisionSubject]:
        """Yield each entry of the reference list."""
        return (cls(context, key) for key in context.reference.provisions)

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:
        """Yield the area of each entry that has one."""
        return ((key, each.area) for key, each in reference.provisions.items() if each.area)

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
        implies=IN_PLACE,
    )
    @unsaid("いつからかが書かれていない", "since when is not stated")
    def since(self) -> Value:
        """Since when it is in place."""
        return when(self.said.since if self.said else None, self._missing)

    @a_date("整う日", "day by which it is there")
    @reads("since")
    @decide(
        "いつ整えるかを決めて書く",
        "decide when to have it and state it",
        within=("{value}に整える", "have it in place {value}"),
        implies={"provided_for": "yes"},
    )
    @unsaid("いつからかが書かれていない", "since when is not stated")
    @between(
        "整う日がはっきりしない(あり得るのは{value})",
        "when it is there is not clear (it may be {value})",
    )
    def done_on(self) -> Value:
        """The same day, which one that is only aimed at may miss by a year."""
        return may_be_missed(self.since(), self.said.since if self.said else None)

    @a_truth("公表している", "published")
    @reads("published")
    @decide("公表し、そう書く", "publish it and say so", "yes")
    @unsaid("公表したかどうかが書かれていない", "whether it is published is not stated")
    def published(self) -> Value:
        """Whether it is published; told after the day judged, it may have been published since."""
        said = self.said
        if said and said.published and not was_there(self.context, said, ("published",)):
            return TOLD_AFTER
        return stated(said.published if said else None, self._missing)

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

    @a_truth("この団体に求められる", "asked of this municipality")
    def asked(self) -> Value:
        """Whether it is asked of the town; a union is not asked what its municipalities are."""
        return not (self.entry.municipal and self.context.plan.municipality.is_union)

    @a_truth("当てはまる", "applies at all")
    @reads("applies")
    @unsaid(
        "この団体に当てはまるかどうかが書かれていない",
        "whether it applies to the municipality is not stated",
    )
    def applicable(self) -> Value:
        """Whether it applies to the town at all; generative AI is AI, and not the reverse."""
        own = self.said.applies if self.said else None
        return stated(own if own is not None else self._by_ai(), self._missing)

    def _by_ai(self) -> bool | None:
        """Tell what is said of AI, generative or of any kind, comes to for the other of the two."""
        of_the_other = _OF_AI.get(self.key)
        other = (self.context.plan.provisions or {}).get(of_the_other or "")
        if other is None or other.applies is None:
            return None
        return other.applies if other.applies is (self.key == CAIO) else None
