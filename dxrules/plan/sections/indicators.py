"""The section `indicators`: the figures by which a plan wants to be measured."""

from dataclasses import replace
from typing import Any, Literal, Self

from pydantic import field_validator, model_validator

from dxrules.dates import PartialDate
from dxrules.plan.figures import with_units_apart
from dxrules.plan.sections.evident import Evident
from dxrules.plan.value_types import (
    AreaId,
    Slug,
    refuse_blank,
    silent_where_blank,
    silent_where_open,
)
from dxrules.source import Refusal, Strict, field
from dxrules.source.types import EVERY_YEAR, AnyFigure, Figure, Line, TargetYear, When
from dxrules.texts import Text


class Baseline(Strict):
    """Where an indicator starts from."""

    value: AnyFigure = field("基準値", "value", example="22.7")
    on: When | None = field("基準日", "day of the value", None, "令和6年度")


class Target(Strict):
    """One target of an indicator: a number, one relative to a number, or a stage in words."""

    value: AnyFigure | None = field("目標値", "value", None, "25.0")
    relative: Line | None = field(
        "数値に対する相対目標", "relative to a number", None, "全国平均以上"
    )
    phase: Line | None = field(
        "文で書かれた段階の目標(試行、実施など)", "a stage in words: trial, full use", None, "試行"
    )
    year: TargetYear = field(
        "何年度の目標か(毎年度と書ける。暦年なら2029年)",
        "the fiscal year that it is for; a calendar year is written as one",
        example="令和11年度",
    )
    observed: When | None = field("観測する時点", "when it is observed", None, "令和10年度")

    _silent = field_validator("phase", mode="before")(silent_where_blank)
    _open = field_validator("relative", mode="before")(silent_where_open)

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, or relative to one; a stage in words is none."""
        return self.phase is None

    @property
    def every_year(self) -> bool:
        """Whether it is for every year of the plan."""
        return not self.year.range.is_known and bool(EVERY_YEAR.fullmatch(self.year.text))

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if [self.value, self.relative, self.phase].count(None) != 2:  # noqa: PLR2004  (one of three)
            raise Refusal(
                Text(
                    "value、relative、phase のどれか一つを書いてください。",
                    "Give one of value, relative and phase.",
                )
            )
        return self


class Result(Strict):
    """What was reached of an indicator: a figure, a rating, or whether the target was met."""

    year: When = field("何年度・何日の実績か", "the year or day that it is of", example="令和7年度")
    value: Figure | None = field("実績値", "value reached", None, "24.1")
    rating: Line | None = field("計画が付けた評価(A～Dなど)", "rating given to it (A to D)", None)
    achieved: Literal["achieved", "partly", "not-achieved"] | None = field(
        "達成・一部達成・未達成", "achieved, partly, not achieved", None
    )

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.value is None and self.rating is None and self.achieved is None:
            raise Refusal(
                Text(
                    "value、rating、achieved のどれかを書いてください。",
                    "Give value, rating or achieved.",
                )
            )
        return self


class TextMeasure(Strict):
    """The measure that the plan's text uses for the same thing."""

    name: Line = field("本文での呼び名", "what the text measures", example="保有率")
    value: Figure | None = field("本文の数値", "figure in the text", None, "82.9")
    on: When | None = field("本文の数値の時点", "day of the figure in the text", None)

    _said = field_validator("name", mode="before")(refuse_blank)


class Indicator(Evident):
    """A figure by which the plan wants to be measured."""

    id: Slug = field("一意なid", "unique id", example="online-share")
    title: Line = field("指標", "title", example="オンライン申請割合")
    areas: tuple[AreaId, ...] = field("分野", "areas", (), "[front-yard]")
    unit: Line | None = field("単位", "unit", None, '"%"')
    measure: Line | None = field("何を測るか", "what it measures", None, "交付率")
    denominator: Line | None = field("分母", "denominator", None)
    baseline: Baseline | None = field("基準値", "baseline", None)
    targets: tuple[Target, ...] = field("目標値", "targets", ())
    results: tuple[Result, ...] = field("実績と評価", "results and ratings", ())
    goal: Line | None = field("文で書かれた目標", "a goal that is a sentence", None)
    counted: Literal["yearly", "cumulative"] | None = field(
        "単年度の値か、累計か", "counted for each year, or summed up", None, "cumulative"
    )
    direction: Literal["up", "down", "keep"] | None = field(
        "増やす・減らす・保つ", "up, down, keep", None, "up"
    )
    text_measure: TextMeasure | None = field(
        "本文が同じ事柄に使う尺度", "the measure that the text uses", None
    )
    share_of: Literal["migrated-tasks"] | None = field(
        "本文の他の数から確かめられる割合", "a share that other figures of the text tell", None
    )
    measures_area: Literal["yes", "no", "doubtful"] | None = field(
        "分野の進み具合を測っているか", "whether it measures its area", None
    )

    _silent = field_validator("unit", "measure", "denominator", "goal", mode="before")(
        silent_where_blank
    )

    def over(self, years: PartialDate | None) -> Self:
        """Return it with the years of the plan's period where a target is for every year."""
        if years is None or not any(target.every_year for target in self.targets):
            return self
        every = {"year": replace(years, text="毎年度")}
        targets = (t.model_copy(update=every) if t.every_year else t for t in self.targets)
        return self.model_copy(update={"targets": tuple(targets)})

    @model_validator(mode="before")
    @classmethod
    def _units_apart(cls, data: Any) -> Any:
        """Take figures apart that were written with their unit."""
        return with_units_apart(data)
