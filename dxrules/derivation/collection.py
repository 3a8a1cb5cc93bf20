"""Collection of public charges by eL-QR: charge by charge, and as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dxrules.dates import PartialDate, Range
from dxrules.derivation.context import Context, earliest, stated
from dxrules.derivation.declaration import (
    Kind,
    a_code,
    a_date,
    a_truth,
    between,
    decide,
    falls_due,
    implies,
    reads,
    state,
    unsaid,
)
from dxrules.derivation.period import may_be_missed
from dxrules.derivation.stated_days import dated, when
from dxrules.derivation.subject import AllOfAKind, Subject, also, of_kind
from dxrules.derivation.system import is_run_by_union
from dxrules.derivation.told_status import (
    LOCAL_TAX,
    UNSPECIFIED,
    intended_start,
    refusal_with_all,
    status_of_charge,
)
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, Value, only_considered, unknown
from dxrules.plan.code_labels import COLLECTION_STATUS, codes
from dxrules.plan.models import Charge, Evident
from dxrules.reference import Reference
from dxrules.source import Path
from dxrules.texts import Text

EL_QR = "el-qr"
"""The area that the section of the plan file is about."""

PREMIUM = "health-insurance-premium"
NON_TAX, FURTHER = "non-tax", "further"
"""The keys of what stands for all charges but local tax, and for those of tier ウ."""

TIER = codes(
    tax=("地方税", "local tax"),
    a=("ア", "tier ア"),
    b=("イ", "tier イ"),
    c=("ウ", "tier ウ"),
    unspecified=("種別の記載なし", "kind not said"),
    any=("地方税以外のいずれか", "any but local tax"),
    further=("対象の拡大", "further charges"),
)

_DECIDE_START = decide(
    "いつ始めるかを決めて書く",
    "decide when it starts and state it",
    within=("{value}に始める", "start it {value}"),
    implies={"status": "planned"},
)
_START_UNSAID = unsaid(
    "収納を始めた日も、始める予定も書かれていない",
    "neither the day of the start nor a day planned for it is stated",
)
_SINCE_WHEN = ("既に始めていれば、その日を書く", "if it has started, state the day")
_STARTED = {"status": "started", "started": "yes"}
_RUN_BY_UNION = unknown(
    "広域連合・一部事務組合の事務とされており、この団体に求められるかどうかが確かめられていない",
    "a union of municipalities runs it; whether it is asked of this one was not verified",
)
_NOT_TOLD_SINCE = unknown(
    "開始の予定日を過ぎたが、始めたかどうかが書かれていない",
    "the day planned for the start has passed; whether it started is not stated",
)
_STATED_UNDONE = frozenset({"preparing", "planned", "considered", "none"})


@of_kind(
    Kind(
        "collection",
        Text("eL-QRによる公金収納", "collection by eL-QR"),
        Text("公金の種別と、全体(non-tax、further)", "charge, and the whole (non-tax, further)"),
        own_list="charges",
        totals={NON_TAX: TIER["any"], FURTHER: TIER[FURTHER]},
    )
)
class CollectionSubject(AllOfAKind):
    """One charge of the reference list."""

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

    @classmethod
    def all_of(cls, context: Context) -> Iterator[Subject]:
        """Yield each charge of the reference list, then those that stand for all or many."""
        yield from context.once(charges).values()
        yield NonTaxSubject(context)
        yield FurtherSubject(context)

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:
        """Yield every charge, and the totals."""
        return ((key, EL_QR) for key in (*reference.charges, NON_TAX, FURTHER))

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
    @state(*_SINCE_WHEN, "started", implies=_STARTED)
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

    @property
    def _known(self) -> PartialDate:
        """The day up to which it is known."""
        return self.context.known(self.said or self._refused, "status", "start")

    @a_date("開始日", "start")
    @reads("start")
    @falls_due("収納の開始予定", "collection to start")
    @_DECIDE_START
    @_START_UNSAID
    def start(self) -> Value:
        """When it starts, as stated."""
        return when(self.said.start if self.said else None, self._missing)

    @a_date("開始する日", "day on which it starts")
    @reads("status", "start")
    @_DECIDE_START
    @_START_UNSAID
    @between(
        "収納を始める日がはっきりしない(あり得るのは{value})",
        "the day of the start is not clear (it may be {value})",
    )
    def done_on(self) -> Value:
        """The day on which it started, or by the plan will start; one aimed at may come later."""
        start = self.said.start if self.said else None
        if self.told is None and start is None:
            return self._missing
        done = self.told == "started"
        due = intended_start(self.said) if self.said and not done else None
        fulfilled = self.context.fulfilment(
            done=True if done else False if self.told in _STATED_UNDONE else None,
            completed=start if done else None,
            due=due,
            known=self._known,
        )
        return may_be_missed(fulfilled, due)

    @a_truth("開始の時期が書かれている", "when it starts is stated")
    @reads("start")
    @decide("いつ始めるかを決めて書く", "decide when it starts and state it", "yes")
    @_START_UNSAID
    def scheduled(self) -> Value:
        """Whether it is said when it starts, be that a fiscal year, or a day from which on."""
        return True if isinstance(self.start(), Range) else self.start()

    @a_truth("開始済み", "started")
    @reads("status", "start")
    @state(*_SINCE_WHEN, "yes", implies=_STARTED)
    @implies("yes", status="started")
    @unsaid("収納を始めたかどうかが書かれていない", "whether collection has started is not stated")
    def started(self) -> Value:
        """Whether it has started, as far as the plan tells."""
        status = self.status()
        return status == Code("started") if isinstance(status, Code) else status

    @a_truth("拡大を検討", "extending is considered")
    @reads("considered", "status")
    @decide(
        "対象を広げることを検討すると決めて書く",
        "decide to consider extending it and say so",
        "yes",
    )
    @unsaid(
        "対象の拡大を検討しているかどうかが書かれていない",
        "whether an extension is considered is not stated",
    )
    def considered(self) -> Value:
        """Whether extending the collection to it is at least considered.

        That some charge is being prepared says nothing of further ones.
        """
        stated_for_it = self.key != UNSPECIFIED and self.said is not None
        if self.said and (
            self.said.considered or (stated_for_it and self.told not in (None, "none"))
        ):
            return True
        return stated(self.said.considered if self.said else None, self._missing)

    @a_truth("告示済み", "announced")
    @reads("announced")
    @decide("告示し、そう書く", "announce it and say so", "yes")
    @unsaid("告示したかどうかが書かれていない", "whether it was announced is not stated")
    def announced(self) -> Value:
        """Whether the revenues were announced."""
        return stated(self.said.announced if self.said else None, self._missing)


def charges(context: Context) -> Mapping[str, CollectionSubject]:
    """Return each charge of the reference list; made once, by `Context.once`."""
    return {key: CollectionSubject(context, key) for key in context.reference.charges}


@also(CollectionSubject)
class NonTaxSubject(Subject):
    """All charges but local tax, as a whole."""

    def __init__(self, context: Context) -> None:
        label = Text("地方税以外の公金", "public charges other than local tax")
        super().__init__(context, NON_TAX, label, ("collection",))
        known = context.once(charges)
        self.charges = [charge for key, charge in known.items() if key != LOCAL_TAX]

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the mappings of all charges, local tax included: it shows why it is not enough."""
        collection = self.context.plan.collection
        for key, charge in collection.charges.items() if collection else ():
            yield ("collection", "charges", key), charge

    def tier(self) -> Value:
        """Any tier."""
        return Code("any")

    def asked(self) -> Value:
        """Asked of every town."""
        return True

    def status(self) -> Value:
        """The furthest status of any; none only if that is told of each, or of all at once."""
        answers = [c.status() for c in self.charges if c.key != UNSPECIFIED or c.said]
        for code in ("started", "preparing", "planned", "considered"):
            if Code(code) in answers:
                return Code(code)
        return _most_telling(answers) or Code("none")

    def start(self) -> Value:
        """The earliest start that is stated."""
        starts = [
            day.range for c in self.charges if c.said and (day := dated(c.said.start)) is not None
        ]
        return earliest(starts) if starts else self.context.missing("collection")

    def scheduled(self) -> Value:
        """Whether a start of any is stated."""
        return True if isinstance(start := self.start(), Range) else start

    def done_on(self) -> Value:
        """The day on which the first of them starts.

        Charges that are not mentioned may have started at any time, unless the plan speaks of
        all charges at once, and was read whole.
        """
        days = {charge.key: charge.done_on() for charge in self.charges}
        known = {key: day for key, day in days.items() if isinstance(day, Range)}
        if not known:
            return _most_telling(days.values()) or self.context.missing("collection")
        first = earliest(list(known.values()))
        whole = UNSPECIFIED in known and self.context.missing("collection").silent
        if not whole and first.hi is None and any(charge.is_overdue for charge in self.charges):
            return _NOT_TOLD_SINCE
        return first if whole else Range(None, first.hi, first.approximate)

    def started(self) -> Value:
        """Whether any has started; only a statement on all of them at once says that none has."""
        answers = {charge.key: charge.started() for charge in self.charges}
        if True in answers.values():
            return True
        whole, missing = answers[UNSPECIFIED], self.context.missing("collection")
        if whole is False and not missing.silent:
            return missing
        return UNKNOWN if whole == SILENT else whole

    def considered(self) -> Value:
        """Whether any is at least considered.

        None is if that is said of each of them, or of all at once.
        """
        answers = {charge.key: charge.considered() for charge in self.charges}
        if True in answers.values():
            return True
        each = [answer for key, answer in answers.items() if key != UNSPECIFIED]
        if answers[UNSPECIFIED] is False or all(answer is False for answer in each):
            return False
        return UNKNOWN if False in each else self.context.missing("collection")

    def announced(self) -> Value:
        """Whether the revenues were announced, of all charges that have started."""
        answers = [c.announced() for c in self.charges if c.started() is True]
        if False in answers:
            return False
        if answers and all(answer is True for answer in answers):
            return True
        return UNKNOWN if True in answers else self.context.missing("collection")


def _most_telling(answers: Iterable[Value]) -> Absent | None:
    """Return why one of the answers cannot be told, else that one is not stated."""
    absent = [answer for answer in answers if isinstance(answer, Absent)]
    return min(absent, key=lambda answer: answer.silent, default=None)


class FurtherSubject(NonTaxSubject):
    """Charges of tier ウ, as a whole."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.key = FURTHER
        self.label = Text("その他の公金への拡大", "extension to further charges")
        self.charges = [c for c in self.charges if c.entry.tier in ("c", "unspecified")]

    def tier(self) -> Value:
        """The whole of tier ウ."""
        return Code("further")
