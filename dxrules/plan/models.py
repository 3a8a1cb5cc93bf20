"""The plan file: what a town's DX plan says, and where it says it.

A key left out means that the document is silent. A section left out has not been read.
The descriptions here are the only ones: the JSON Schema and the template are made from them.
Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Literal, Self, get_args

from pydantic import ConfigDict, ValidationInfo, field_validator, model_validator

from dxrules.dates import PartialDate, Period
from dxrules.plan.code_labels import MEASURE_STATUS, MEASURE_STATUS_IN_OTHER_WORDS
from dxrules.plan.figures import with_units_apart
from dxrules.plan.municipality_code import KINDS, kind_of_code, kind_of_union
from dxrules.plan.municipality_names import check_name, completed
from dxrules.plan.value_types import (
    AreaId,
    ChargeId,
    ClosedWhen,
    Code,
    CollectionStatus,
    Content,
    Cycles,
    DocumentId,
    DocumentKind,
    EdgeKind,
    ExceptionKind,
    ExclusionReason,
    Extent,
    MeasureStatus,
    Origin,
    Part,
    PlanStatus,
    ProblemId,
    ProvisionId,
    ProvisionStatus,
    Ranks,
    Recurrence,
    Scope,
    SectionName,
    ServesAs,
    Slug,
    Sure,
    SystemStatus,
    TaskId,
    ToldWhen,
    known_edition,
    refuse_blank,
    refuse_open,
    silent_where_blank,
    silent_where_open,
)
from dxrules.source import Refusal, Strict, field
from dxrules.source.types import (
    EVERY_YEAR,
    AnyFigure,
    Count,
    Figure,
    Fragment,
    Line,
    Page,
    Span,
    TargetYear,
    When,
    Whens,
    YesNo,
)
from dxrules.texts import Text, shorten

_NATIONAL_PLAN = "dx-promotion-plan"


class Evidence(Strict):
    """Where something is said, closely enough to find it again."""

    of: tuple[Line, ...] = field(
        "何についての根拠か(この項目のキー。空なら全体)",
        "keys that it proves; empty: all",
        (),
        "[title]",
    )
    section: Line | None = field("章・節", "chapter or section", None, "2(2)")
    page: Page | None = field("ページ", "page", None, "4")
    text: Fragment | None = field(
        "原文の断片(40字まで)", "fragment of the text, at most 40 characters", None
    )
    origin: Origin = field(
        "出所: 計画書、団体の他の資料、第三者",
        "from the plan, from the municipality, or from others",
        "plan",
        "town",
        alias="from",
    )
    told: ClosedWhen | None = field(
        "団体が答えた日(計画書のほかで聞いたとき。その日までのことが分かる)",
        "day on which the municipality told it when asked: what is told is known up to then",
        None,
        "令和8年11月10日",
    )

    _silent = field_validator("section", mode="before")(silent_where_open)

    @model_validator(mode="after")
    def _told_elsewhere(self) -> Self:
        """What the plan says is known up to the day recorded, whenever somebody asks about it."""
        if self.told is not None and self.origin == "plan":
            raise Refusal(
                Text(
                    "told は、計画書のほかで聞いたときに書きます。",
                    "told is for what was heard elsewhere than in the plan.",
                ),
                Text("from に town か secondary を書いてください。", "Write from: town."),
            )
        return self


class Doubt(Strict):
    """What a draft says and nobody has confirmed; a doubt that is deleted is confirmed."""

    of: tuple[Line, ...] = field(
        "確かめていないキー(空なら項目の全体)", "keys in doubt; empty: all of it", (), "[period]"
    )
    candidates: tuple[Line, ...] = field(
        "候補", "what it may be", (), "[令和8年度～令和11年度, 令和8年度～令和12年度]"
    )
    because: Line | None = field("確認待ちの理由", "why it is in doubt", None)


class Doubtful(Strict):
    """A mapping that a draft can be in doubt about."""

    doubts: tuple[Doubt, ...] = field(
        "下書きのうち誰も確かめていないもの(確かめたら消す)",
        "what of a draft nobody has confirmed (delete what was)",
        (),
    )


class Evident(Doubtful):
    """A mapping that can carry evidence."""

    evidence: tuple[Evidence, ...] = field("根拠", "evidence", ())

    def by_others(self, *keys: str) -> bool | None:
        """Tell whether all that is quoted for some of its keys stands elsewhere than in the plan.

        None where nothing is.
        """
        if not self.evidence:
            return None
        asked = frozenset(keys)
        origins = [
            each.origin for each in self.evidence if not each.of or not asked.isdisjoint(each.of)
        ]
        return "plan" not in origins if origins else None

    def shows(self, key: str) -> bool:
        """Tell whether any evidence for a key names the place where it stands."""
        said = (each for each in self.evidence if not each.of or key in each.of)
        return any(each.section or each.page or each.text for each in said)

    def told(self, *keys: str) -> PartialDate | None:
        """Return the last day on which any of its keys was told; None where none was."""
        days = [
            each.told
            for each in self.evidence
            if each.told is not None and not (each.of and set(keys).isdisjoint(each.of))
        ]
        return max(days, key=lambda day: day.latest or date.min, default=None)

    @property
    def rests_on_others(self) -> bool:
        """Whether some of what it rests on stands elsewhere than in the plan."""
        return any(each.origin != "plan" for each in self.evidence)


class MunicipalityName(Strict):
    """The name in both languages."""

    ja: Line = field("日本語名", "name in Japanese", example="見本町")
    en: Line | None = field(
        "英語名(省けば団体コードから補う)",
        "name in English; left out, the code tells it",
        None,
        "Mihon",
    )

    @property
    def text(self) -> Text:
        """The name as a text; in Japanese where no English one is known."""
        return Text(self.ja, self.en or self.ja)


class Municipality(Strict):
    """Whose plan it is."""

    model_config = ConfigDict(json_schema_extra={"required": ["code"]})

    code: Code = field(
        "全国地方公共団体コード6桁(検査数字まで)",
        "six-digit code, check digit included",
        example='"349992"',
    )
    name: MunicipalityName = field(
        "団体名(省けば団体コードから補う)", "name; left out, the code tells it"
    )

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, said: object) -> object:
        """Add what code or name tell of the other."""
        return completed(said)

    @field_validator("name")
    @classmethod
    def _of_the_code(cls, name: MunicipalityName, info: ValidationInfo) -> MunicipalityName:
        """Refuse the name of another municipality."""
        if code := info.data.get("code"):
            check_name(code, name.ja)
        return name

    @property
    def prefecture(self) -> str:
        """The two digits of the prefecture."""
        return self.code[:2]

    @property
    def is_union(self) -> bool:
        """Whether it is a union of municipalities (広域連合, 一部事務組合).

        What is asked of local bodies is asked of it; what is asked of municipalities is not.
        """
        return kind_of_union(self.code, self.name.ja) is not None

    @property
    def town(self) -> Text:
        """What it is: a city, a ward of Tokyo, a town or a village, by its name, else its code.

        Or a union of them.
        """
        name = self.name.ja
        return kind_of_union(self.code, name) or KINDS.get(name[-1]) or kind_of_code(self.code)


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
    parts: tuple[Part, ...] = field(
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
    contents: tuple[Content, ...] | None = field(
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


class Provision(Evident):
    """Something that the town has set up."""

    status: ProvisionStatus | None = field(
        "整備済み・予定・検討・無いと明記",
        "in place, planned, considered, said to be none",
        None,
        "in-place",
    )
    since: When | None = field("いつから", "since when", None, "令和4年4月")
    published: YesNo | None = field("公表しているか", "whether it is published", None)
    reviewed: Whens | None = field(
        "団体自身が見直した日(国の改定は書かない)",
        "days on which the municipality itself reviewed it (not the nation's revisions)",
        None,
        "令和6年12月、令和8年2月",
    )
    cycle: Cycles | None = field("周期・手法", "interval or method", None, "[pdca, ooda]")
    scope: Scope | None = field("対象者", "whom it covers", None, "all-staff")
    rank: Ranks | None = field(
        "職位(複数の者が務めるときは並べる)",
        "rank of the post, or ranks of those who share it",
        None,
        "[deputy-mayor]",
    )
    applies: YesNo | None = field(
        "そもそも当てはまるか(例: 生成AIを使っているか)",
        "whether it applies at all (AI is used, for instance)",
        None,
    )
    title: Line | None = field(
        "名称(状況が書かれていなければ、名を挙げるだけで、整えたとも整えるとも書かれていないもの)",
        "name as the municipality calls it; without a status: named, but neither said to be there "
        "nor to come",
        None,
    )
    body: Line | None = field(
        "行う組織(進捗管理・監査など)", "the body that does it (review, audit)", None
    )

    _silent = field_validator("title", "body", mode="before")(silent_where_open)


class Exclusion(Strict):
    """A target task that the town leaves out."""

    task: TaskId = field("業務", "task", example="public-assistance")
    reason: ExclusionReason | None = field("理由", "reason", None, "run-by-prefecture")


class System(Evident):
    """The information system of one target task."""

    status: SystemStatus | None = field("状況", "status", None, "migrated")
    migrated: When | None = field("移行した日", "day of the migration", None)
    exception: ExceptionKind | None = field(
        "特定移行支援システム・移行困難システム", "designated exception", None, "transition-support"
    )
    target: When | None = field("移行の目標", "target day", None, "概ね令和12年度末まで")


def _too_many_tasks(key: str, said: int, tasks: int) -> Refusal:
    return Refusal(
        Text(
            f"{key} は {said} ですが、標準化対象の業務は{tasks}です。",
            f"{key} is {said}, but there are {tasks} target tasks.",
        ),
        Text(
            "システムや機能の数ではなく、標準化対象の業務の数を書いてください。",
            "Write the number of target tasks, not of systems or functions.",
        ),
    )


class DeferredFunctions(Strict):
    """Functions that are to conform later (経過措置)."""

    status: Literal["some", "none"] = field(
        "経過措置の機能の有無", "deferred functions: some or none", example="some"
    )
    due: When | None = field(
        "経過措置の機能が適合する期限",
        "day by which deferred functions conform",
        None,
        "令和10年度末まで",
    )


class Standardization(Evident):
    """What the plan says of the standardization of its systems."""

    scope: Literal["all", "list", "count", "unstated"] = field(
        "対象業務の示し方: 20業務すべて、一覧、数だけ、示していない",
        "how the tasks are given: all 20, a list, a count, not at all",
        example="list",
    )
    in_scope: Count | None = field("対象業務の数", "number of tasks in scope", None, "17")
    migrated: Count | Literal["all"] | None = field(
        "移行済みの数(すべてなら all)", "number migrated, or all", None, "17"
    )
    status: SystemStatus | None = field(
        "個別に書かない業務の状況", "status of the tasks not listed under systems", None
    )
    migrated_on: Whens | None = field(
        "移行した日", "day or days of the migration", None, "令和7年9月、令和8年2月"
    )
    target: When | None = field("全体の移行目標", "target for all", None, "概ね令和7年度末まで")
    target_covers: Literal["all", "many"] = field(
        "移行目標は全業務のものか、多くの業務だけのものか",
        "whether the target is for all tasks or for many of them",
        "all",
        "many",
    )
    excluded: tuple[Exclusion, ...] | None = field("対象外の業務", "tasks left out", None)
    systems: dict[TaskId, System] = field("業務ごとの状況", "status by task", {})
    rest_exception: ExceptionKind | None = field(
        "移行していない業務のすべてが当たる例外(業務の名を挙げないとき)",
        "designated exception that all tasks not migrated are said to be, where they are not named",
        None,
        "transition-support",
    )
    deferred_functions: DeferredFunctions | None = field(
        "機能の経過措置", "functions that conform later", None
    )
    government_cloud: Literal["used", "planned", "considered", "none"] | None = field(
        "ガバメントクラウド", "Government Cloud", None, "used"
    )

    @property
    def target_of_all(self) -> PartialDate | None:
        """The target that every task shares; one for many of them is none of any single one."""
        return self.target if self.target_covers == "all" else None

    @model_validator(mode="after")
    def _adds_up(self, info: ValidationInfo) -> Self:
        excluded = {each.task for each in self.excluded or ()}
        if twice := sorted(excluded & self.systems.keys()):
            raise Refusal(
                Text(
                    f"excluded と systems の両方にあります: {'、'.join(twice)}。",
                    f"Under both excluded and systems: {', '.join(twice)}.",
                ),
                Text("どちらか一方から消してください。", "Take it out of one of them."),
            )
        tasks = {*(info.context or {})["known"]["tasks"]}
        for key in ("in_scope", "migrated"):
            if isinstance(said := getattr(self, key), int) and said > len(tasks):
                raise _too_many_tasks(key, said, len(tasks))
        migrated = self.migrated
        if isinstance(migrated, int) and self.in_scope is not None and migrated > self.in_scope:
            raise Refusal(
                Text(
                    f"移行済み({migrated})が対象業務の数({self.in_scope})を超えています。",
                    f"More tasks are migrated ({migrated}) than in scope ({self.in_scope}).",
                ),
                Text(
                    "migrated と in_scope を確かめてください。",
                    "Check migrated and in_scope.",
                ),
            )
        return self


class Charge(Evident):
    """Collection of one public charge by eL-QR."""

    status: CollectionStatus | None = field("状況", "status", None, "started")
    start: When | None = field("開始日", "start", None, "令和8年9月")
    considered: YesNo | None = field(
        "拡大を検討しているか", "whether extending is considered", None
    )
    announced: YesNo | None = field("告示したか", "whether it was announced (告示)", None)


class Collection(Evident):
    """Collection of public charges by eL-QR."""

    health_insurance: Literal["premium", "tax"] | None = field(
        "国民健康保険: 料か税か", "national health insurance: premium or tax", None, "tax"
    )
    charges: dict[ChargeId, Charge] = field("公金ごとの状況", "status by charge", {})


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


class Lost(Strict):
    """A figure or page that the text does not carry."""

    part: Part = field(
        "失われた内容(工程、体制、取組の担当、指標、取組、分野、計画期間、本文、その他)",
        "what is lost: schedule, organization, owners of measures, indicators, measures, areas, "
        "period, text, other",
        example="schedule",
    )
    section: Line | None = field("章・節", "section", None)
    areas: tuple[AreaId, ...] = field(
        "関わる分野(空なら全部)", "areas that it concerns; empty: all", ()
    )
    columns: Span | None = field(
        "工程表の列(見出しに残る年度)が表す期間",
        "the period that the columns of a schedule are, where their headings are left",
        None,
        "令和8年度～令和12年度",
    )
    what: Line = field("何が失われたか", "what it was", example="年度ごとの工程の帯")

    def concerns(self, areas: tuple[str, ...]) -> bool:
        """Tell whether it may have told of some areas; none means all."""
        return not self.areas or not areas or not set(areas).isdisjoint(self.areas)


class Passage(Strict):
    """A place in the text where something is amiss."""

    problem: ProblemId = field("種類", "kind", example="placeholder")
    section: Line | None = field("章・節", "section", None)
    text: Fragment = field("原文の断片(40字まで)", "fragment, at most 40 characters")
    voice: Literal["town", "quoted"] = field(
        "団体の言葉か、引用か", "the municipality's words or quoted", "town"
    )
    reading: Sure = field(
        "読み・解釈は確かか(OCRの乱れなど)", "whether the reading is sure (OCR)", "sure"
    )
    correct: Line | None = field("正しい内容と出典", "what is right, and who says so", None)
    origin: Origin = field(
        "どこにあるか: 計画書、団体のページなど他の資料、第三者(計画の誤りとするのは計画書だけ)",
        "where it stands: in the plan, on a page or paper of the municipality, with others (only "
        "what stands in the plan is held against it)",
        "plan",
        alias="from",
    )


class Drafted(Strict):
    """From which file a draft was made, and by what."""

    tool: Line = field("下書きしたもの", "what drafted it", example="dxrules")
    version: Line = field("その版", "its version", example='"0.4.0"')
    file: Line = field("文書のファイル名", "name of the document's file", example="plan.pdf")
    digest: Line = field("文書のSHA-256", "SHA-256 of the document", example="9f86d081…")


class Reading(Strict):
    """How completely the document was read."""

    read: Literal["complete", "part", "unstated"] = field(
        "全部読んだか(全部・一部・書かれていない)",
        "complete or part; or it is not stated whether it was read at all",
        example="complete",
    )
    closed: tuple[SectionName, ...] = field(
        "一部しか読んでいない文書のうち、読み終えてほかに書くことのない節",
        "sections of a document read in part that were read through: nothing is to be added",
        (),
        "[plan]",
    )
    drafted: Drafted | None = field("下書きの元", "what it was drafted from", None)
    lost: tuple[Lost, ...] = field("失われた図・ページ", "what was lost", ())
    passages: tuple[Passage, ...] = field("問題のある箇所", "passages with a problem", ())


class Waiver(Strict):
    """A finding that somebody with the authority to do so has accepted."""

    rule: Line = field("点検項目のid", "rule", example="DXP-10")
    kind: Line = field("対象の種類", "kind of the subject", example="area")
    key: Line = field("対象のキー", "key of the subject", example="telework")
    reason: Line = field("理由", "reason", example="総合計画で進捗を管理するため")
    authority: Line = field("承認者", "who accepted it", example="町長")
    document: Line | None = field("承認の文書", "the document that says so", None)
    since: ClosedWhen = field("いつから", "from", example="2026-04-01", alias="from")
    until: ClosedWhen = field("いつまで", "until", example="2027-03-31")

    _said = field_validator("reason", "authority", mode="before")(refuse_open)

    @field_validator("until")
    @classmethod
    def _forward(cls, until: PartialDate, info: ValidationInfo) -> PartialDate:
        """Look at the days whatever is wrong with the other keys."""
        since = info.data.get("since")
        first, last = since.earliest if since else None, until.latest
        if first and last and last < first:
            raise Refusal(
                Text(
                    f"始まり({first})より前に終わります({last})。",
                    f"It ends before it starts ({first}, {last}).",
                ),
                Text("from と until を確かめてください。", "Check from and until."),
            )
        return until


class Answer(Strict):
    """What the town told when it was asked: the value of one entry, beside what the plan says."""

    about: Line = field(
        "何についての回答か(計画ファイルの項目)",
        "the entry that it is about",
        example="provisions.open-data.status",
    )
    answer: Line = field("回答", "answer", example="in-place")
    told: ClosedWhen = field("回答日", "day of the answer", example="令和8年11月10日")
    by: Line | None = field("回答者", "who answered", None, "総務課")
    document: Line | None = field("根拠の資料", "document that shows it", None)
    page: Page | None = field("ページ", "page", None, "4")


class Plan(Strict):
    """A plan file."""

    format: Literal["dxrules/plan/1"] = field("形式", "format", example="dxrules/plan/1")
    municipality: Municipality = field("団体", "municipality")
    recorded: ToldWhen = field(
        "記載内容の時点", "the day that the facts speak for", example="令和8年3月"
    )
    plan: About = field("計画の基本情報", "the plan itself")
    provisions: dict[ProvisionId, Provision] | None = field(
        "体制・ルールの整備状況", "what has been set up", None
    )
    standardization: Standardization | None = field("標準化", "standardization", None)
    collection: Collection | None = field("公金収納", "collection by eL-QR", None)
    measures: tuple[Measure, ...] | None = field("取組", "measures", None)
    indicators: tuple[Indicator, ...] | None = field("指標", "indicators", None)
    document: Reading | None = field("読み取りの範囲", "how the document was read", None)
    waivers: tuple[Waiver, ...] = field("承認済みの例外", "waivers", ())
    answers: tuple[Answer, ...] = field("団体の回答", "answers of the municipality", ())

    @field_validator("standardization")
    @classmethod
    def _has_tasks(
        cls, said: Standardization | None, info: ValidationInfo
    ) -> Standardization | None:
        """Refuse a municipality without any task; a union runs those given to it, or none."""
        tasks = {*(info.context or {})["known"]["tasks"]}
        of = info.data.get("municipality")
        if said is None or said.in_scope != 0 or (of is not None and of.is_union):
            return said
        if {each.task for each in said.excluded or ()} >= tasks:
            return said
        raise Refusal(
            Text(
                "in_scope は 0 ですが、excluded にすべての業務はありません。",
                "in_scope is 0, but excluded does not list every task.",
            ),
            Text(
                "数が書かれていなければ in_scope を消してください。",
                "Leave in_scope out if no number is stated.",
            ),
        )

    def evident(self) -> Iterator[Evident]:
        """Yield every mapping that can carry evidence."""
        yield self.plan
        yield from (self.provisions or {}).values()
        if self.standardization:
            yield self.standardization
            yield from self.standardization.systems.values()
        if self.collection:
            yield self.collection
            yield from self.collection.charges.values()
        yield from self.measures or ()
        yield from self.indicators or ()


SECTIONS = tuple(
    name
    for name, info in Plan.model_fields.items()
    if type(None) in get_args(info.annotation) and not info.is_required()
)
"""The sections that can be left unread."""
