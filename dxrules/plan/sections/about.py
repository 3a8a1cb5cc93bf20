"""The section `plan`: what the plan says of itself."""

from typing import Literal, Self

from pydantic import ValidationInfo, field_validator, model_validator

from dxrules.dates import Period
from dxrules.plan.sections.evident import Doubtful, Evident
from dxrules.plan.value_types import (
    AreaId,
    DocumentId,
    DocumentKind,
    DocumentPart,
    GuideItem,
    PlanStatus,
    ServesAs,
    known_edition,
    refuse_blank,
    silent_where_blank,
    silent_where_open,
)
from dxrules.source import Refusal, Strict, field
from dxrules.source.types import Count, Line, Span, When, YesNo
from dxrules.texts import Text

_NATIONAL_PLAN = "dx-promotion-plan"


class Revised(Strict):
    """One revision of the plan."""

    on: When = field("改定日", "day of the revision", example="令和8年3月")
    scope: Line | None = field("改定の範囲", "what was revised", None)
    kind: Literal["substantive", "editorial"] | None = field(
        "内容の改定か、文言修正・誤字修正・時点修正だけか",
        "whether it changed the contents, or mended the wording only",
        None,
        "substantive",
    )
    results_stated: YesNo | None = field(
        "改定前に期限が来た取組の結果を書いているか",
        "whether the results of what was due before are stated",
        None,
    )


class Replaced(Strict):
    """The plan that this one replaces."""

    title: Line = field("前計画の名称", "title of the former plan")
    period: Span | None = field("前計画の期間", "its period", None, "令和3年度～令和7年度")


class Parent(Doubtful):
    """A plan above this one."""

    title: Line = field("上位計画の名称", "title", example="第3次長期総合計画")
    stage: Line | None = field("前期・後期などの段階", "the stage that is named", None)
    period: Span | None = field(
        "期間(段階を挙げたときはその段階の期間)",
        "period; that of the stage where one is named",
        None,
        "令和7年度～令和16年度",
    )

    _silent = field_validator("stage", mode="before")(silent_where_blank)


class Citation(Doubtful):
    """A document of the nation or the prefecture that the plan cites."""

    document: DocumentId = field("文書", "document", example="dx-promotion-plan")
    title: Line | None = field("名称", "title as cited", None)
    edition: Line | None = field("版", "edition", None, '"5.1"')
    date: When | None = field("日付", "date", None, "令和8年1月")
    followed: YesNo = field(
        "この計画が従う・踏まえると述べているか(背景での紹介だけなら no)",
        "whether this plan says that it follows it; no if only told as background",
        default=True,
    )

    _silent = field_validator("title", "edition", mode="before")(silent_where_open)

    @field_validator("edition")
    @classmethod
    def _of_the_list(cls, edition: str | None, info: ValidationInfo) -> str | None:
        """Editions of the national plan stand in a reference list; other documents have none."""
        known = (info.context or {})["known"]["editions"]
        if edition is None or info.data.get("document") != _NATIONAL_PLAN:
            return edition
        return known_edition(edition, known)


_DRAFTS = frozenset({"draft", "outline", "public-comment"})


_WORDS_FOR_NO_PLAN = ("none", "None", "なし", "無し", "no")


class Decline(Strict):
    """A field of work that the plan says the town will not take up, and why."""

    area: AreaId = field("取り上げない分野", "area that is not taken up", example="telework")
    because: Line = field(
        "計画書が述べる理由", "the reason that the plan gives", example="窓口業務が大半のため"
    )

    _said = field_validator("because", mode="before")(refuse_blank)


class DetailsIn(Strict):
    """Another document that is said to hold what this one does not."""

    title: Line = field("文書名", "title", example="個別計画書")
    parts: tuple[DocumentPart, ...] = field(
        "そこに書かれる内容(「取組」は、この計画が取組そのものを委ねるとき)",
        "what stands there (measures: where this plan leaves the measures themselves to it)",
        example="[measures]",
    )
    status: Literal["exists", "planned", "unclear"] = field(
        "その文書は既にあるか", "whether that document exists", example="planned"
    )

    _said = field_validator("title", mode="before")(refuse_blank)


class Layer(Strict):
    """One of the documents that make up the plan, or that a town without a plan has."""

    kind: DocumentKind = field(
        "方針、ビジョン、戦略、計画、実施計画、条例、ページ、その他",
        "policy, vision, strategy, plan, action plan, ordinance, page, other",
        example="action-plan",
    )
    title: Line = field("名称", "title", example="見本町DX実施計画")
    status: PlanStatus | None = field("案か、策定済みか", "draft or established", None)
    established: When | None = field("策定・公布・掲載の日", "day on which it was made", None)
    period: Span | None = field("期間", "period", None, "令和8年度～令和11年度")

    @property
    def is_of_plan(self) -> bool:
        """Whether it is a layer of the plan; an ordinance or a page is not."""
        return self.kind not in _BESIDE_THE_PLAN


_BESIDE_THE_PLAN = frozenset({"ordinance", "page", "other"})


class Joint(Strict):
    """Who made a plan together."""

    by: Line | None = field(
        "策定した広域連合・協議会など", "the union or council that made it", None, "見本広域連合"
    )
    members: tuple[Line, ...] = field(
        "共同で策定した団体(この団体を含む)",
        "the municipalities that made it, this one included",
        (),
        "[見本町, 手本村]",
    )

    _silent = field_validator("by", mode="before")(silent_where_open)


NO_PLAN = "計画なし (no plan)"
"""What stands for the title where there is no plan."""


class About(Evident):
    """What the plan says of itself."""

    title: Line = field(
        "計画の名称(計画がなければ書かない)",
        "title (left out with status: none)",
        example="見本町DX推進計画",
    )
    edition: Line | None = field("版", "edition", None)
    status: PlanStatus | None = field(
        "案(素案)、骨子案、意見公募(パブリックコメント)案、暫定版、策定済み、計画がない",
        "draft, outline, draft for public comment, provisional edition, established, no plan",
        None,
        "established",
    )
    joint: Joint | None = field(
        "共同で策定した計画なら、策定した団体", "who made it together", None
    )
    documents: tuple[Layer, ...] = field(
        "計画を成す文書、又は条例・ページ", "documents in or beside it", ()
    )
    measure_count: Count | None = field(
        "取組を一つずつ書かないとき、計画が挙げる取組の数",
        "number of measures that it names, where they are not written one by one",
        None,
        "48",
    )
    established: When | None = field("策定日", "day of establishment", None, "令和8年3月")
    author: Line | None = field("策定した主体", "the body that made it", None, "見本町")
    revised: tuple[Revised, ...] = field("改定", "revisions", ())
    replaces: Replaced | None = field("置き換える計画", "the plan that it replaces", None)
    period: Span | None = field("計画期間", "period", None, "令和8年度～令和11年度")
    no_period_because: Line | None = field(
        "期間を置かない理由", "why there is no period", None, "毎年度見直すため"
    )
    parents: tuple[Parent, ...] = field("上位計画", "plans above this one", ())
    cites: tuple[Citation, ...] = field("引用する国・県の文書", "documents cited", ())
    serves_as: tuple[ServesAs, ...] = field(
        "兼ねる計画(官民データ活用推進計画、デジタル活用推進計画)", "plans that it serves as", ()
    )
    serves_perhaps: tuple[ServesAs, ...] = field(
        "「ビジョンとして位置づける」など、兼ねると言い切らずに挙げる計画(言い切る計画は書かない)",
        "plans that it names without saying that it serves as them, as a vision of them for "
        "instance (not under serves_as)",
        (),
        "[digital-use-plan]",
    )
    contents: tuple[GuideItem, ...] | None = field(
        "官民データ活用推進計画の策定の手引が挙げる事項のうち、計画書にあるもの",
        "of what the guide to plans for public and private data names: what the document holds",
        None,
        "[current-state, purpose, measures]",
    )
    claims: tuple[Literal["all-priority-areas", "targets-for-items"], ...] = field(
        "計画が自ら述べること(国の重点取組をすべて含む、項目ごとに目標を置く)",
        "what it claims: to hold all national items, to set targets for its items",
        (),
    )
    published: YesNo | None = field("公表しているか", "whether it is published", None)
    declines: tuple[Decline, ...] = field(
        "行わないと理由を付けて述べる分野", "areas that are not taken up", ()
    )
    details_in: tuple[DetailsIn, ...] = field(
        "他の文書に委ねる内容", "what stands in other documents", ()
    )
    successor: Line | None = field("次期計画についての記述", "what it says of a successor", None)

    _silent = field_validator("author", "no_period_because", "successor", mode="before")(
        silent_where_open
    )

    @model_validator(mode="before")
    @classmethod
    def _without_plan(cls, said: object) -> object:
        """Give what is no plan a title; whoever writes `plan: none` is told how to."""
        if said in _WORDS_FOR_NO_PLAN:
            raise Refusal(
                Text("計画がないことは、status で書きます。", "That there is none is a status."),
                Text("「plan: {status: none}」と書いてください。", "Write plan: {status: none}."),
            )
        if isinstance(said, dict) and said.get("status") == "none" and "title" not in said:
            return {**said, "title": NO_PLAN}
        return said

    @property
    def is_draft(self) -> bool:
        """Whether it is not established yet; a provisional edition is."""
        return self.status in _DRAFTS

    @property
    def exists(self) -> bool:
        """Whether there is a plan."""
        return self.status != "none"

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The further documents that make up the plan."""
        return tuple(each for each in self.documents if each.is_of_plan)

    @property
    def periods(self) -> tuple[Period, ...]:
        """Its own period; without one, each period of its further documents."""
        layers = (each.period for each in self.layers if each.period)
        return (self.period,) if self.period else tuple(dict.fromkeys(layers))

    @property
    def whole_period(self) -> Period | None:
        """Its period; that of its further documents where it states none and they agree."""
        return self.periods[0] if len(self.periods) == 1 else None

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        if self.period and self.no_period_because:
            raise Refusal(
                Text(
                    "period と no_period_because の両方があります。",
                    "Both period and no_period_because are given.",
                ),
                Text("どちらか一方にしてください。", "Keep one."),
            )
        return self
