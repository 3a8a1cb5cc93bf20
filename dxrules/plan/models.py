"""The plan file: what a town's DX plan says, and where it says it.

A key left out means that the document is silent. A section left out has not been read.
The descriptions here are the only ones: the JSON Schema and the template are made from them.
Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationInfo, field_validator

from dxrules.dates import PartialDate
from dxrules.plan.field_info import plain_type
from dxrules.plan.sections.about import About
from dxrules.plan.sections.collection import Collection
from dxrules.plan.sections.document import Reading
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.indicators import Indicator
from dxrules.plan.sections.measures import Measure
from dxrules.plan.sections.municipality import Municipality
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization
from dxrules.plan.value_types import ClosedWhen, ProvisionId, ToldWhen, refuse_open
from dxrules.source import Refusal, Strict, field
from dxrules.source.types import Line, PageNumber
from dxrules.texts import Text


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
    page: PageNumber | None = field("ページ", "page", None, "4")


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

_NOTHING_SAID: Mapping[str, Mapping[str, str]] = {
    "standardization": {"scope": "unstated"},
    "document": {"read": "complete"},
}
"""What stands for sections that need a key."""


def empty_section(name: str) -> Any:
    """Return what a plan file holds of a section that was read, and has nothing.

    One that is not in the file was not read.
    """
    if name in _NOTHING_SAID:
        return {**_NOTHING_SAID[name]}
    listed = get_origin(plain_type(Plan.model_fields[name].annotation)) is tuple
    return [] if listed else {}
