"""The section `measures`: what the town does or means to do."""

from typing import Literal

from pydantic import field_validator

from dxrules.plan.code_labels import MEASURE_STATUS, MEASURE_STATUS_IN_OTHER_WORDS
from dxrules.plan.sections.evident import Evident
from dxrules.plan.value_types import (
    AreaId,
    EdgeKind,
    Extent,
    MeasureStatus,
    Recurrence,
    Slug,
    silent_where_open,
)
from dxrules.source import Refusal, Strict, field
from dxrules.source.types import Line, When, YesNo
from dxrules.texts import Text, shorten


class Requirement(Strict):
    """A prerequisite that a measure names."""

    id: Slug = field("先に必要な取組のid", "id of the measure needed first", example="online-forms")
    kind: EdgeKind = field(
        "完了してから・踏まえて・同時に", "finish-to-start, informs, together", "finish-to-start"
    )


class Milestone(Strict):
    """A dated step within a measure."""

    title: Line = field("内容", "what")
    on: When = field("期日", "day")


class Measure(Evident):
    """Something that the town itself does or means to do."""

    id: Slug = field("この計画の中で一意なid", "unique within the plan", example="front-desk")
    title: Line = field("取組の名称", "title", example="書かない窓口")
    areas: tuple[AreaId, ...] = field(
        "分野(どれにも当たらなければ [])", "areas; [] where none fits", (), "[front-yard]"
    )
    status: MeasureStatus | None = field(
        "完了・継続・遅れ・予定・検討・注視・未了と明記・休止・見送り・中止や廃止・行わないと明記",
        "done, ongoing, late, planned, considered, watched, stated as not done, suspended, "
        "postponed, dropped, said not to be done",
        None,
        "ongoing",
    )
    extent: Extent | None = field(
        "分野の事項の全体か一部か(テレワーク環境の整備なら全体、端末の貸与なら一部。"
        "省くと、完了しても残りがあるかを尋ねる)",
        "whole or part of what is asked in its areas (all of telework, or lending terminals); "
        "left out, what remains is asked once it is done",
        None,
        "part",
    )
    because: Line | None = field(
        "遅れ・休止・見送り・中止・行わない理由",
        "why it is late, suspended, postponed, dropped or not done",
        None,
        "利用の見込みがないため",
    )
    start: When | None = field("着手", "when work begins", None, "令和8年度")
    due: When | None = field("完了・稼働の予定", "when it is to be finished", None, "令和10年度")
    completed: When | None = field("完了した日", "when it was finished", None)
    recurrence: Recurrence | None = field("繰り返し", "recurrence", None, "yearly")
    owner: Line | None = field(
        "担当(その取組を行う課や組織。計画全体の進行を管理する組織は書かない)",
        "owner: who does it; not the body that manages the plan as a whole",
        None,
        "未来創造課",
    )
    requires: tuple[Requirement, ...] = field("先に必要な取組", "prerequisites", ())
    milestones: tuple[Milestone, ...] = field("節目", "milestones", ())
    national_horizon: YesNo = field(
        "期限が国の示した期限そのものか",
        "whether due only repeats a national horizon",
        default=False,
    )
    elsewhere: Literal["done", "not-done"] | None = field(
        "計画の別の箇所で同じ取組を完了・未了と書いていれば、それ",
        "what the plan says of the same thing elsewhere, if it differs",
        None,
    )

    _silent = field_validator("because", "owner", mode="before")(silent_where_open)

    @field_validator("status", mode="before")
    @classmethod
    def _in_other_words(cls, said: object) -> object:
        """Name the status that other words mean."""
        meant = MEASURE_STATUS_IN_OTHER_WORDS.get(said) if isinstance(said, str) else None
        if meant is None:
            return said
        label = MEASURE_STATUS[meant]
        raise Refusal(
            Text(f"「{shorten(str(said))}」は使えません。", f'"{said}" is not one of the values.'),
            Text(f"{meant}({label.ja})と書いてください。", f"Write {meant} ({label.en})."),
        )

    @property
    def only_from_others(self) -> bool:
        """Whether the plan itself may not say that there is such a measure."""
        return bool(self.by_others("areas", "status", "title"))
