"""The section `standardization`: the systems of the target tasks."""

from typing import Literal, Self

from pydantic import ValidationInfo, model_validator

from dxrules.dates import PartialDate
from dxrules.plan.sections.evident import Evident
from dxrules.plan.value_types import ExceptionKind, ExclusionReason, SystemStatus, TaskId
from dxrules.source import Refusal, Strict, field
from dxrules.source.types import Count, When, Whens
from dxrules.texts import Text


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
