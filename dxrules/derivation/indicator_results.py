"""What an indicator says of its results: whether they fit its targets, its sums, and its twins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dxrules.dates import PartialDate, Truth, either, only_fiscal_year
from dxrules.derivation.activity import is_before
from dxrules.derivation.aggregates import names
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import a_text, a_truth, decide, reads
from dxrules.derivation.stated_days import dated
from dxrules.derivation.subject import OfOneEntry
from dxrules.derivation.values import SILENT, Value, unknown
from dxrules.plan.code_labels import ACHIEVEMENT
from dxrules.plan.sections.indicators import Indicator, Result, Target
from dxrules.texts import shorten, unspaced

if TYPE_CHECKING:
    from decimal import Decimal

_Time = tuple[PartialDate, PartialDate | None]

_WHICH_WAY = unknown(
    "増やす指標か減らす指標かが書かれていない",
    "whether it is to grow or to fall is not stated",
)
_DIFFER = unknown(
    "同じ時点の値(基準値・実績)が2つあり、異なる",
    "two values of the same time, a baseline or results, differ",
)
_ORDER = unknown("実績の時点の前後がはっきりしない", "which of its results came first is not clear")


class IndicatorResults(OfOneEntry):
    """An indicator, as far as its results go: the first of what is derived of it."""

    said: Indicator

    @a_truth("達成の評価が目標値・実績値と合う", "ratings agree with targets and results")
    @reads("targets", "results", "direction")
    @decide(
        "目標値、実績値、達成の評価を確かめて直す",
        "check and correct the targets, the results and whether they were achieved",
        "yes",
    )
    def results_fit(self) -> Value:
        """Whether what is called achieved, or not, is so by the target of that year.

        Silent where no result with a value is rated, or none of a year with a target. What is
        partly achieved contradicts no value, nor does what is to be kept about one.
        """
        answers = [answer for _, _, answer in self._rated()]
        if not answers:
            return SILENT
        if False in answers:
            return False
        return _WHICH_WAY if None in answers else True

    @a_text("合わない評価", "those that do not agree")
    @reads("targets", "results")
    def results_clash(self) -> Value:
        """Each result that is rated otherwise than its target tells."""
        unit = self.said.unit or ""
        return names(
            f"{shorten(result.year.text)}: {target.value}{unit} → {result.value}{unit}"
            f"({_label(result)})"
            for result, target, answer in self._rated()
            if answer is False
        )

    def _rated(self) -> Iterator[tuple[Result, Target, Truth]]:
        """Yield results that are rated, each with the target of its time and whether they agree."""
        for result in self.said.results:
            if result.value is None or result.achieved not in ("achieved", "not-achieved"):
                continue
            exact = [each for each in self.said.targets if each.year == result.year]
            for target in exact or self.said.targets:
                if target.value is None or not _is_of(result.year, target):
                    continue
                if self.said.direction != "keep" or result.value == target.value:
                    met = self._is_met(result.value, target.value)
                    agrees = None if met is None else met is (result.achieved == "achieved")
                    yield result, target, agrees

    def _is_met(self, value: Decimal, target: Decimal) -> Truth:
        """Tell whether a value meets a target, by the direction, or by where it starts from."""
        if value == target:
            return True
        direction, baseline = self.said.direction, self.said.baseline
        if direction is None and self.said.counted == "cumulative":
            direction = "up"
        if direction is None and baseline is not None and baseline.value != target:
            direction = "up" if baseline.value < target else "down"
        return None if direction is None else (value > target) is (direction == "up")

    @a_truth("累計の実績が減らない", "a sum of results does not fall")
    @reads("baseline", "results")
    @decide(
        "実績の値、年度、累計かどうかを確かめて直す",
        "check and correct the results, their years and whether they are summed up",
        "yes",
    )
    def sum_holds(self) -> Value:
        """Whether results that are summed up never fall; one that is to fall may.

        Of two that differ for the same time it cannot be told which the sum went on from.
        """
        if self.said.counted != "cumulative" or self.said.direction == "down":
            return SILENT
        baseline = self.said.baseline
        stated = [(r.year, r.value) for r in self.said.results if r.value is not None]
        if baseline is not None and (since := dated(baseline.on)) is not None:
            stated.append((since, baseline.value))
        if len(stated) < 2:  # noqa: PLR2004  (one is no course)
            return SILENT
        falls = either(
            _ends_before(high[0], low[0]) for high in stated for low in stated if low[1] < high[1]
        )
        if falls is not False:
            return _ORDER if falls is None else False
        differ = any(
            one[1] != other[1] and _is_time_of(one[0], other[0])
            for one in stated
            for other in stated
        )
        return _DIFFER if differ else True

    @a_truth("同じ指標の目標値が互いに合う", "targets of the same indicator agree")
    @reads("baseline", "targets")
    @decide(
        "同じ指標の目標値をそろえるか、名称を分ける",
        "let the targets of one indicator agree, or call the indicators by different names",
        "yes",
    )
    def twin_targets_agree(self) -> Value:
        """Whether it has the same targets wherever it stands in the plan.

        It is the same by name, unit, baseline and how it counts, in areas that overlap: indicators
        of two measures may share a name.
        Silent of the first of them by id, and where none has a target of the same time.
        """
        own = {_time(t): t.value for t in self.said.targets if t.value is not None}
        before = self.context.once(_targets_before)[self.said.id]
        pairs = [(value, before[time]) for time, value in own.items() if time in before]
        return all(others == {value} for value, others in pairs) if pairs else SILENT


def _ends_before(one: PartialDate, other: PartialDate) -> Truth:
    """Tell whether a time ends before another does: a sum is that at the end of its time."""
    first, last = one.range.hi, other.range.hi
    if first is None or last is None or one.approximate or other.approximate:
        return is_before(one, other)
    return first < last


def _targets_before(context: Context) -> Mapping[str, Mapping[_Time, frozenset[Decimal]]]:
    """Return of each indicator what those before it, by id, that are the same aim at, by time.

    Only the times of its own targets are there.
    """
    alike: defaultdict[object, list[Indicator]] = defaultdict(list)
    found: dict[str, dict[_Time, frozenset[Decimal]]] = {}
    for said in sorted(context.indicators, key=lambda each: each.id):
        found[said.id] = {}
        if said.baseline is None:
            continue
        how = said.counted, said.denominator, said.direction
        before = alike[unspaced(said.title), unspaced(said.unit or ""), said.baseline, *how]
        told: defaultdict[_Time, set[Decimal]] = defaultdict(set)
        for other in before:
            if _may_be_one(said, other):
                for time, value in _stated(other):
                    told[time].add(value)
        found[said.id] = {time: frozenset(told[time]) for time, _ in _stated(said) if time in told}
        before.append(said)
    return found


def _stated(said: Indicator) -> list[tuple[_Time, Decimal]]:
    return [(_time(each), each.value) for each in said.targets if each.value is not None]


def _may_be_one(one: Indicator, other: Indicator) -> bool:
    """Tell whether two of one name may be one: no areas, and nothing that they measure, differ."""
    areas = not (one.areas and other.areas) or bool({*one.areas} & {*other.areas})
    return areas and (None in (one.measure, other.measure) or one.measure == other.measure)


def _is_of(when: PartialDate, target: Target) -> bool:
    """Tell whether a result is of the time of a target: of its year, its day, or every year."""
    days = when.range
    if target.observed is not None:
        return days in (target.observed.range, target.year.range)
    if target.year.text == "毎年度":
        return target.year.range.meet(days) == days and days.is_known
    return _is_time_of(when, target.year)


def _is_time_of(when: PartialDate, year: PartialDate) -> bool:
    """Tell whether a value of a time is one of a year: of all of it, or of its last day.

    A target for the last day of a year is one of that year, too.
    """
    days, whole = when.range, year.range
    if days == whole or days.hi is None or days.hi != whole.hi:
        return days == whole
    is_year = only_fiscal_year(when) is not None or only_fiscal_year(year) is not None
    return is_year and (days.lo == days.hi or whole.lo == whole.hi)


def _time(target: Target) -> _Time:
    return target.year, target.observed


def _label(result: Result) -> str:
    return ACHIEVEMENT[result.achieved].ja if result.achieved else ""
