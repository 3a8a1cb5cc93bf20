"""The models of a ruleset file; conditions are read by `parse`.

Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from dxrules.reference import Article, Source
from dxrules.rules.rule import SEVERITIES, SEVERITY_OF, RuleAbout, Severity, Strength
from dxrules.source import Strict, field
from dxrules.source.types import DayOfLaw, Line, told_as
from dxrules.texts import Text

ParameterType = Literal["date", "number", "codes"]
_ID = r"^[A-Z0-9]{2,5}-[0-9]{2}$"
ID_FORM = Text(
    "英大文字・数字2～5字、ハイフン、数字2桁で書いてください(例: STD-08)。",
    "Write two to five capital letters or digits, a hyphen and two digits, as in STD-08.",
)
RuleId = Annotated[str, StringConstraints(pattern=_ID), told_as(_ID, ID_FORM)]
_CODE = r"^[0-9]{2}$"
_CODE_FORM = Text(
    '都道府県コード2桁を、引用符で囲んで書いてください(例: "09")。',
    'Write the two digits of the prefecture in quotes, as in "09".',
)


class Jurisdiction(Strict):
    """Whom a ruleset binds."""

    level: Literal["national", "prefecture"] = field("国か都道府県か", "nation or prefecture")
    code: Annotated[str, StringConstraints(pattern=_CODE), told_as(_CODE, _CODE_FORM)] | None = (
        field("都道府県コード2桁", "two digits of the prefecture", None, '"09"')
    )


class DatedValue(Strict):
    """A value of a parameter from a day on."""

    since: DayOfLaw = field("この日から", "from this day", alias="from")
    until: DayOfLaw | None = field("この日まで", "until this day", None)
    value: Line | tuple[Line, ...] = field("値", "value")
    source: Line = field("典拠のキー", "key of the source")
    note: Text | None = field("注", "note", None)

    @property
    def codes(self) -> tuple[str, ...]:
        """The value as codes: one written alone is a list of one."""
        return (self.value,) if isinstance(self.value, str) else self.value


class Parameter(Strict):
    """A constant of rules that changes with the law."""

    type: ParameterType = field("型", "type")
    text: Text | None = field("説明", "what it is", None)
    values: tuple[DatedValue, ...] = field("値の履歴", "values by day")


class DatedArticle(Strict):
    """A place in a law that had this number on some days only."""

    path: Line = field("条・項・号", "article, paragraph, item")
    since: DayOfLaw | None = field("この日から", "from this day", None, alias="from")
    until: DayOfLaw | None = field("この日まで", "until this day", None)


class CitedSource(Strict):
    """The source of a rule."""

    ref: Line = field("典拠のキー", "key of the source")
    clause: Text | Line | None = field("条項", "clause", None)
    article: Line | tuple[Line | DatedArticle, ...] | None = field(
        "条・項・号(例: 15-2、244_6-1。番号が変わった条は日付つき)",
        "article, paragraph, item (15-2, 244_6-1), with days where its number has changed",
        None,
    )

    @property
    def articles(self) -> tuple[Article, ...]:
        """The places in a law that a rule cites, each with the days of its number."""
        listed = (self.article,) if isinstance(self.article, str) else self.article or ()
        return tuple(
            Article(each) if isinstance(each, str) else Article(each.path, each.since, each.until)
            for each in listed
        )


class InForceModel(Strict):
    """When a rule was announced and holds."""

    announced: DayOfLaw = field("公表された日", "day of the announcement")
    since: DayOfLaw = field("適用開始日", "first day", alias="from")
    until: DayOfLaw | None = field("最後の日", "last day", None)
    until_announced: DayOfLaw | None = field(
        "適用の終わりが公表された日"
        "(省略時は、翌日に始まる点検項目の公表の日。それもなければ announced)",
        "day on which it was announced that it lapses; left out: with the rule that begins on the "
        "next day, else with the rule itself",
        None,
    )
    until_source: Line | None = field(
        "適用の終わりの典拠のキー", "key of the source of its lapse", None
    )


class ExampleModel(Strict):
    """A fact, in part, and the outcome expected; `silent` is what the document does not say."""

    expect: Literal["pass", "fail", "unknown", "not_applicable"] = field("期待する結果", "expected")
    fact: dict[str, Any] = field("事実(一部)", "fact, in part")
    on: DayOfLaw | None = field(
        "この日の値で(省略時は知られている最後の日)", "by the values of this day", None
    )


class RuleModel(Strict):
    """A rule as it is written."""

    id: RuleId = field("点検項目のid(再利用しない)", "id, never reused")
    title: Text = field("表題", "title")
    about: RuleAbout = field(
        "plan: 計画に書くべきこと(記載なしは不適合になりうる)、"
        "town: 町が行うべきこと(記載なしは要確認)",
        "plan: what the plan must hold (silence can fail); "
        "town: what the town must do (silence is unknown)",
    )
    strength: Strength = field("強さ", "strength")
    severity: Severity | None = field(
        "整合点検項目の重大度", "severity of a consistency rule", None
    )
    severity_at_most: Severity | None = field("重大度の上限", "severity at most", None)
    draft: bool = field(
        "典拠が未確認(不適合にしない)", "source unverified: a note at most", default=False
    )
    source: CitedSource = field("典拠", "source")
    in_force: InForceModel = field("適用期間", "when it holds")
    subject: Line | dict[str, Annotated[tuple[Line, ...], Field(min_length=1)]] = field(
        "対象の種類、または種類とキー", "kind, or kind with keys"
    )
    applies: dict[str, Any] | None = field("適用条件", "when it applies", None)
    require: dict[str, Any] = field("要件", "what it requires")
    unless_failed: RuleId | None = field(
        "同じ対象でこの点検項目が不適合なら適用しない", "not applied where that rule fails", None
    )
    refines: RuleId | None = field(
        "この点検項目をさらに具体的に定める", "says more closely what that rule says", None
    )
    due: Line | None = field(
        "期限($parameter または属性)", "due day ($parameter or attribute)", None
    )
    message: Text = field("不適合のときの文", "what a failure says")
    remedy: Text = field("直し方", "how to mend it")
    question: Text | None = field(
        "要確認のとき、何をどこで確かめればよいか({label}、{due}、{town} が使える)",
        "what to look up where it is undetermined, and where; takes {label}, {due}, {town}",
        None,
    )
    formerly: tuple[RuleId, ...] = field("旧id", "former ids", ())
    examples: tuple[ExampleModel, ...] = field("例", "examples")

    @property
    def kind(self) -> str:
        """The kind of its subject, as written; the first one if there are several."""
        return self.subject if isinstance(self.subject, str) else next(iter(self.subject), "")

    @property
    def fails_as(self) -> Severity:
        """How grave a failure is: as its strength says, unless the rule lowers it or is a draft."""
        severity = self.severity or SEVERITY_OF[self.strength]
        limits = [severity, "note" if self.draft else severity, self.severity_at_most or severity]
        return max(limits, key=SEVERITIES.index)


class RulesetFile(Strict):
    """A ruleset file."""

    format: Literal["dxrules/ruleset/1"] = field("形式", "format")
    id: Line = field("id", "id")
    title: Text = field("表題", "title")
    jurisdiction: Jurisdiction = field("法域", "jurisdiction")
    known_until: DayOfLaw = field("いつまでの情報か", "known until")
    sources: dict[str, Source] = field("典拠", "sources")
    parameters: dict[str, Parameter] = field("日付つきの値", "dated values", {})
    rules: tuple[RuleModel, ...] = field("点検項目", "rules")
