"""Indicators: the figures by which a plan wants to be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from dxrules.dates import Range, either, only_fiscal_year
from dxrules.derivation.activity import is_before
from dxrules.derivation.aggregates import names
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import (
    DAYS,
    Kind,
    a_date,
    a_number,
    a_text,
    a_truth,
    between,
    decide,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.indicator_results import IndicatorResults
from dxrules.derivation.period import may_be_missed, to_its_end
from dxrules.derivation.rest_exception import (
    A_REST_EXCEPTION,
    EXCEPTIONS_UNSAID,
    STATE_EACH_EXCEPTION,
)
from dxrules.derivation.share_of_tasks import WHOLE, left_by, target_now, text_share
from dxrules.derivation.standardization import StandardizationSubject
from dxrules.derivation.stated_days import dated, when
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.units import is_of_things, is_percentage, is_rate, is_whole
from dxrules.derivation.values import SILENT, UNKNOWN, Code, Value, unknown
from dxrules.plan.models import Plan
from dxrules.plan.sections.indicators import Indicator, Target
from dxrules.texts import Text, same, unspaced

if TYPE_CHECKING:
    from decimal import Decimal

_NO_SHARE = unknown(
    "全体に対する割合、又は個数かどうかが書かれていない",
    "whether it is a share of a whole, or a number of things, is not stated",
)
_IN_FULL = re.compile(
    "^(?!.*(?:試行|試験|実証|検討|準備|調査|一部)).*(?:実施|運用|稼働|完了|達成|提供|導入|定着)"
)
"""A stage that others do not follow, as 試行 and 検討 are followed by what they lead to."""
_OPEN_DAY = unknown("観測の時点がはっきりしない", "when it is observed is not clear")


@of_kind(
    Kind(
        "indicator",
        Text("指標", "indicator"),
        Text("指標", "indicator"),
        drawn_from=("indicators", ("indicators",)),
        only_stated=True,
    )
)
class IndicatorSubject(IndicatorResults, AllOfAKind):
    """One indicator; its attributes begin in the class before."""

    def __init__(self, context: Context, position: int, indicator: Indicator) -> None:
        super().__init__(context, indicator.id, same(indicator.title), ("indicators", position))
        self.said = indicator

    @classmethod
    def all_of(cls, context: Context) -> Iterator[IndicatorSubject]:
        """Yield each indicator."""
        return (cls(context, *each) for each in enumerate(context.indicators))

    @classmethod
    def stated_areas(cls, plan: Plan) -> Iterator[tuple[str, str]]:
        """Yield the first area of each indicator."""
        return ((each.id, area) for each in plan.indicators or () for area in each.areas[:1])

    @a_truth("数値の指標", "a figure, not a sentence")
    @reads("baseline", "targets", "goal")
    @decide("数値の指標に改める", "turn it into a figure", "yes")
    def quantified(self) -> Value:
        """Whether it is a figure; a goal that is a sentence is none."""
        figures = any(target.is_figure for target in self.said.targets)
        return bool(figures or self.said.baseline or not (self.said.goal or self.said.targets))

    @a_truth("基準値がある", "has a baseline")
    @reads("baseline")
    @decide("基準値を測って書く", "take a baseline and state it", "yes")
    def has_baseline(self) -> Value:
        """Whether a baseline is given."""
        return True if self.said.baseline else self._lost()

    @a_date("基準日", "day of the baseline")
    @reads("baseline")
    @state("基準値がいつの値かを書く", "state the day that the baseline is of")
    def baseline_on(self) -> Value:
        """The day of the baseline."""
        missing = self.context.missing("indicators", "indicators", areas=self.said.areas)
        return when(self.said.baseline.on if self.said.baseline else None, missing)

    @a_truth("目標値がある", "has a target")
    @reads("targets")
    @decide("目標値を決めて書く", "decide on a target and state it", "yes")
    def has_target(self) -> Value:
        """Whether a target is given."""
        return True if self.said.targets else self._lost()

    def _lost(self) -> Value:
        missing = self.context.missing("indicators", "indicators")
        return False if missing.silent else missing

    @a_truth("目標が方向どおりに動く", "targets move in the stated direction")
    @reads("targets", "direction")
    @decide("目標値か、指標の方向を直す", "correct the targets, or the direction", "yes")
    def monotone(self) -> Value:
        """Whether each value is at least as good as the one before, and the last one better.

        The values are taken in the order of the years.

        A fall is told only of years that surely follow each other; a baseline without a day comes
        before all of them.
        """
        stated = [(t.year, t.value) for t in self._targets if t.value is not None]
        baseline = self.said.baseline
        values = [*((baseline.value,) if baseline else ()), *(value for _, value in stated)]
        summed = self.said.counted == "cumulative" and self.said.direction != "down"
        if (self.said.direction is None and not summed) or len(values) < 2:  # noqa: PLR2004  (one is no course)
            return SILENT
        if self.said.direction == "keep":
            return True if len(set(values)) == 1 else UNKNOWN
        if summed and all(a <= b for a, b in pairwise(values)):
            return True  # a sum may stand still
        if baseline and not summed and all(value == values[0] for value in values):
            return self._lost()  # to stand still is no direction but to keep
        down = self.said.direction == "down"
        if all((b <= a) if down else (a <= b) for a, b in pairwise(values)):
            return True
        since = dated(baseline.on) if baseline else None
        days = [*((since,) if since else ()), *(year for year, _ in stated)]
        in_order = (b.range.minus(a.range).at_least(1) for a, b in pairwise(days))
        return False if all(in_order) else UNKNOWN

    @a_truth("目標が基準日より後", "targets come after the baseline")
    @reads("baseline", "targets")
    @decide(
        "基準日と目標の年度を確かめて直す",
        "check and correct the day of the baseline and the years of the targets",
        "yes",
    )
    def targets_follow(self) -> Value:
        """Whether no target is for a time that is surely before the day of the baseline.

        Of a time that is not known, or about that of the baseline, it cannot be told.
        """
        since = dated(self.said.baseline.on) if self.said.baseline else None
        if since is None or not self.said.targets:
            return SILENT
        times = (target.observed or target.year for target in self.said.targets)
        before = either(is_before(time, since) for time in times)
        return UNKNOWN if before is None else not before

    @a_truth("値が単位に照らしてあり得る", "values are possible in their unit")
    @reads("unit", "denominator", "measure", "baseline", "targets", "results")
    @decide(
        "基準値・目標値・実績値、単位、分母を確かめて直す",
        "check and correct the values, the unit and the denominator",
        "yes",
    )
    def values_possible(self) -> Value:
        """Whether each value is one that its unit allows: a share lies from 0 to 100 %.

        A percentage is a share if its whole is stated, and that is no value of another time; of
        other percentages that is not known. Nor is it of fewer than no things.
        """
        share, count = is_percentage(self.said.unit), is_of_things(self.said.unit)
        if not self._values or not (share or count):
            return SILENT
        if not self._outside():
            return True
        if share and (is_whole(self.said.denominator) or self.said.share_of):
            return False
        return SILENT if share and is_rate(f"{self.said.title} {self.said.measure}") else _NO_SHARE

    @a_text("あり得ない値", "values that are not")
    @reads("baseline", "targets", "results")
    def values_outside(self) -> Value:
        """Those values that are not."""
        return names(f"{value}{self.said.unit or ''}" for value in self._outside())

    @property
    def _values(self) -> list[Decimal]:
        baseline = (self.said.baseline.value,) if self.said.baseline else ()
        targets = (target.value for target in self.said.targets)
        results = (result.value for result in self.said.results)
        return [value for value in (*baseline, *targets, *results) if value is not None]

    def _outside(self) -> list[Decimal]:
        share = is_percentage(self.said.unit)
        return [value for value in self._values if value < 0 or (share and value > WHOLE)]

    @property
    def _targets(self) -> list[Target]:
        """The targets in the order of their years, however the plan lists them."""
        targets = self.said.targets
        return sorted(targets, key=lambda each: each.year.latest or each.year.earliest or date.max)

    @property
    def ends_early(self) -> bool:
        """Whether nothing follows its last target: full use, told in words, or all of the tasks."""
        last = next(reversed(self._targets), None)
        if last is None or last.phase is not None:
            return last is not None and bool(_IN_FULL.search(last.phase or ""))
        return self.said.share_of is not None and (last.value or 0) >= WHOLE

    @a_date("目標が100%に届く日", "day on which the target reaches 100 %")
    @reads("targets", "share_of")
    @decide(
        "目標がいつ100%に届くかを決めて書く",
        "decide when the target reaches 100 % and state it",
        within=("目標が{value}に100%に届くように改める", "let the target reach 100 % {value}"),
    )
    def complete_on(self) -> Value:
        """The day on which a share of tasks is to reach 100 %; the end is open if none does.

        One that is only aimed at may come a year later.
        """
        if self.said.share_of is None:
            return SILENT
        for target in self._targets:
            if target.value is not None and target.value >= WHOLE:
                day = target.observed or target.year
                return may_be_missed(day.range, day)
        last = next(reversed(self._targets), None)
        if last is None or last.value is None:
            return SILENT
        after = (last.observed or last.year).range.hi
        return Range(None if after is None else after + 1, None)

    @A_REST_EXCEPTION
    @reads("share_of")
    @rests_on("tasks")
    @STATE_EACH_EXCEPTION
    @EXCEPTIONS_UNSAID
    def rest_exception(self) -> Value:
        """Which exception every task is that may be left; open if more are left than are named.

        The targets may leave more tasks than the text says; how they count a share is not told.
        """
        if self.said.share_of is None:
            return SILENT
        whole = self.context.once(StandardizationSubject)
        named, left = whole.rest_exception(), left_by(self._targets, whole)
        outstanding = whole.outstanding()
        if not isinstance(named, Code) or left is None or not isinstance(outstanding, Range):
            return named
        if outstanding.hi is None or left <= outstanding.hi:
            return named
        return unknown(
            f"目標の率では{left}業務が残り、例外に当たる業務より多い(率の数え方は書かれていない)",
            f"by its targets {left} tasks are left, more than are excepted (how it counts is not "
            "stated)",
        )

    @a_truth("本文の数値と合う", "agrees with the text's own figures")
    @reads("targets", "share_of")
    @rests_on("tasks")
    @decide(
        "指標の目標と、本文の数値から計算した率を一致させる",
        "let the target be the share that the figures of the text give",
        "yes",
    )
    def agrees_with_text(self) -> Value:
        """Whether the target for the day recorded is what the text's own figures give.

        Either may be rounded to the last place that the target is given with.
        """
        target = target_now(self.said.targets, self.context)
        if self.said.share_of is None or target is None or target.value is None:
            return SILENT
        share = text_share(self.context)
        if share is None:
            return UNKNOWN
        _, _, places = target.value.as_tuple()
        return bool(abs(share - target.value) < share.__class__(1).scaleb(int(places)))

    @a_text("本文の数値", "the text's figures")
    @reads("share_of")
    @rests_on("tasks")
    def text_figures(self) -> Value:
        """The text's figures beside the target."""
        target, share = target_now(self.said.targets, self.context), text_share(self.context)
        if target is None or share is None:
            return SILENT
        return Text(
            f"本文から {share:.0f} %、目標 {target.value} %",
            f"text {share:.0f} %, target {target.value} %",
        )

    @a_truth("本文と同じ尺度", "the text uses the same measure")
    @reads("measure", "text_measure")
    @decide("指標と本文の尺度をそろえる", "use one measure in both", "yes")
    def one_measure(self) -> Value:
        """Whether the text measures the same thing in the same way."""
        if self.said.measure is None or self.said.text_measure is None:
            return SILENT
        return unspaced(self.said.measure) == unspaced(self.said.text_measure.name)

    @a_text("二つの尺度", "the two measures")
    @reads("measure", "text_measure")
    def measures_named(self) -> Value:
        """Both measures by name."""
        if self.said.measure is None or self.said.text_measure is None:
            return SILENT
        return Text(
            f"指標は{self.said.measure}、本文は{self.said.text_measure.name}",
            f"indicator {self.said.measure}, text {self.said.text_measure.name}",
        )

    @a_truth("分野を測っている", "measures its area")
    @reads("measures_area")
    @decide(
        "分野の進み具合を測る指標に替える",
        "replace it by one that measures the progress of the area",
        "yes",
    )
    @unsaid(
        "指標がその分野の進み具合を測っているかどうかがはっきりしない",
        "whether the indicator measures the progress of its area is not clear",
    )
    def fits_area(self) -> Value:
        """Whether it measures its area."""
        match self.said.measures_area:
            case None:
                return SILENT
            case "doubtful":
                return UNKNOWN
            case answer:
                return answer == "yes"

    @a_number(
        "最終観測から期間末までの日数", "days from the last observation to the end", unit=DAYS
    )
    @reads("targets")
    @decide(
        "最終目標を計画期間の末日に観測すると決めて書く",
        "decide to observe the last target at the end of the period and say so",
    )
    @between(
        "最終目標の観測の時点がはっきりしない",
        "when it is observed for the last time is not clear",
    )
    def gap_to_plan_end_days(self) -> Value:
        """Days from the end of the last observation to the end of the period.

        A part that was not read may hold a later one.
        """
        target = next(reversed(self._targets), None)
        last = None if target is None else target.observed or target.year
        if last is None:
            return SILENT
        period = self.context.period
        if period is None or not period.ends.is_known:
            return self.context.missing("plan", "period")
        if last.latest is None:
            return _OPEN_DAY
        day = last.range if target and target.observed else to_its_end(period, last)
        gap = period.ends.minus(Range.point(day.hi or 0))
        whole = self.context.missing("indicators", "indicators").silent
        return Range(gap.lo if whole else None, gap.hi, gap.approximate or last.approximate)

    @a_number(
        "観測のずれ(年度)",
        "years between target and observation",
        unit=Text("年度", "fiscal years"),
    )
    @reads("targets")
    @decide(
        "目標の年度に観測すると決めて書く",
        "decide to observe the target in the year that it is for and say so",
    )
    def observed_late_years(self) -> Value:
        """Fiscal years from the observation to the year that the target is for; the greatest."""
        gaps = [_years(target) for target in self.said.targets if target.observed]
        if not gaps:
            return SILENT
        greatest = max((gap for gap in gaps if gap is not None), key=abs, default=0)
        return _OPEN_DAY if None in gaps and not greatest else Range.point(greatest)


def _years(target: Target) -> int | None:
    seen, meant = only_fiscal_year(target.observed), only_fiscal_year(target.year)
    return None if seen is None or meant is None else meant - seen
