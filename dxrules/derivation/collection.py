"""Collection of public charges by eL-QR: charge by charge, and as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dxrules.dates import Range
from dxrules.derivation.aggregates import earliest, most_telling, stated
from dxrules.derivation.charge_status import SINCE_WHEN, STARTED, TIER, StatusOfCharge
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import (
    Kind,
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
from dxrules.derivation.there_by_then import TOLD_AFTER, was_there
from dxrules.derivation.told_status import (
    LOCAL_TAX,
    UNSPECIFIED,
    intended_start,
)
from dxrules.derivation.values import SILENT, UNKNOWN, Code, Value, unknown
from dxrules.plan.sections.evident import Evident
from dxrules.reference import Reference
from dxrules.source import Path
from dxrules.texts import Text

EL_QR = "el-qr"
"""The area that the section of the plan file is about."""

NON_TAX, FURTHER = "non-tax", "further"
"""The keys of what stands for all charges but local tax, and for those of tier ウ."""

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
class CollectionSubject(StatusOfCharge, AllOfAKind):
    """One charge of the reference list; its attributes begin in the class before."""

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
    @state(*SINCE_WHEN, "yes", implies=STARTED)
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
        """Whether the revenues were announced; told after the day judged, it may be since."""
        said = self.said
        if said and said.announced and not was_there(self.context, said, ("announced",)):
            return TOLD_AFTER
        return stated(said.announced if said else None, self._missing)


def charges(context: Context) -> Mapping[str, CollectionSubject]:
    """Return each charge of the reference list; made once, by `Context.once`."""
    return {key: CollectionSubject(context, key) for key in context.reference.charges}


@also(CollectionSubject)
class NonTaxSubject(Subject):
    """All charges but local tax, as a whole."""

    gathers = True

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
        told = {answer.code for answer in answers if isinstance(answer, Code)}
        for code in ("started", "preparing", "planned", "considered"):
            if code in told:
                return Code(code)
        return most_telling(answers) or Code("none")

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
            return most_telling(days.values()) or self.context.missing("collection")
        first = earliest(list(known.values()))
        whole = UNSPECIFIED in known and self.context.missing("collection").silent
        if not whole and first.hi is None and any(charge.is_overdue for charge in self.charges):
            return _NOT_TOLD_SINCE
        return first if whole else Range(None, first.hi, first.approximate)

    def started(self) -> Value:
        """Whether any has started; only of all not named at once can it be said that none has."""
        answers = {charge.key: charge.confirmed("started") for charge in self.charges}
        if True in answers.values():
            return True
        whole, missing = answers[UNSPECIFIED], self.context.missing("collection")
        if whole is False:
            named = most_telling(answers[each.key] for each in self.charges if each.said)
            return named or (False if missing.silent else missing)
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
