"""The section `provisions`: what the town has set up."""

from pydantic import field_validator

from dxrules.plan.sections.evident import Evident
from dxrules.plan.value_types import Cycles, ProvisionStatus, Ranks, Scope, silent_where_open
from dxrules.source import field
from dxrules.source.types import Line, When, Whens, YesNo


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
