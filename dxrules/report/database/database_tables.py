"""Every table of the results of many plans, declared once.

A column that is added is no break; one that is renamed or removed, or has another type, raises
`FORM`, and files of the former kind are not added to any more.
"""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.derivation import VOCABULARY
from dxrules.plan.code_labels import EVIDENCE_FROM
from dxrules.plan.municipality_code import KINDS
from dxrules.report.database.shapes import (
    TableField,
    TableShape,
    code,
    day,
    flag,
    number,
    plain,
    text,
)
from dxrules.report.forecast_lines import COMING_WORDS
from dxrules.report.shared_labels import ABOUT, OUTCOMES, SEVERITY_WORDS, SOURCE_KINDS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS
from dxrules.texts import Text

FORM = "dxrules database 1"
"""Which tables and columns a file has; it stands in the file itself."""

TOWN_KINDS: Mapping[str, Text] = {said.en: said for said in KINDS.values()}
SUBJECT_KINDS: Mapping[str, Text] = {
    **{kind.name: kind.label for kind in VOCABULARY.values()},
    "waiver": Text("承認済みの例外", "waiver"),  # a finding of dxrules' own, on a waiver itself
}
DAY_KINDS: Mapping[str, Text] = {
    **COMING_WORDS,
    "begins": Text("適用開始", "beginning of a rule"),
}
ADJUSTED_BY: Mapping[str, Text] = {
    "no-plan": Text("計画がないため対象外", "there is no plan"),
    "others": Text("第三者の資料だけによる", "shown by third parties alone"),
    "drafted": Text("下書きを確かめ終えていない", "a draft that was not confirmed"),
    "recorded": Text("記載内容の時点より後のことなので不明", "later than what is known"),
    "waiver": Text("承認済みの例外", "waived"),
    "same-cause": Text("同じ原因の不適合に含める", "follows from another failure"),
}
REASON_KINDS: Mapping[str, Text] = {
    "reason": Text("理由", "reason"),
    "adjusted": Text("判定を変更した理由", "why the outcome was changed"),
    "quoted": Text("根拠とした記載", "what was read"),
}

_PREFECTURE = plain("prefecture_code", "都道府県番号(2桁)", "two digits of the prefecture")
_TOWN = (
    plain("code", "団体コード(6桁)", "six digits of the municipality"),
    number(
        "plan",
        "その団体の計画の番号(1から。2以上は、同じ団体の別の計画)",
        "number of the plan within its municipality, from 1",
    ),
    _PREFECTURE,
)
_FINDING = number("finding", "計画の中の判定の番号(1から)", "number of the finding within its plan")
_RULE = plain("rule", "点検項目のid", "id of the rule")
_DRAFT = flag(
    "draft",
    "点検項目の典拠か日が未確認の草案か",
    "whether source or day of the rule is unconfirmed",
)
_LEFT = number(
    "days_left",
    "判定日から期限(最も遅い日)までの日数(過ぎていれば負)",
    "days from the day judged to the last day of it; negative where it is past",
)


def _place() -> tuple[TableField, ...]:
    return (
        plain("file", "計画ファイルの名前", "name of the plan file"),
        number(
            "line", "計画ファイルの行(ブックなら空)", "line of the plan file; none of a workbook"
        ),
        plain("cell", "ブックのシートとセル", "sheet and cell of a workbook"),
    )


TABLES = (
    TableShape(
        "runs",
        Text("1回の判定", "a run: plans judged on one day"),
        (
            plain("id", "回のid(判定日と内容のダイジェスト)", "id: the day judged, and a digest"),
            plain("day", "判定日", "day judged", "DATE"),
            plain("version", "dxrulesの版", "version of dxrules"),
            plain("rulesets", "点検項目集", "rulesets"),
            plain("rulesets_sha256", "点検項目集のダイジェスト", "digest of the rulesets"),
            plain(
                "known_until",
                "法令等を確認してある最後の日",
                "last day for which the law is known",
                "DATE",
            ),
            plain("engines", "判定したエンジン", "engines that judged"),
            text("selection", "絞り込み(空なら全部)", "what was selected; empty if it is all"),
            number("plans", "判定した計画の数", "plans judged"),
            number("unread", "読めなかったファイルの数", "files that could not be read"),
        ),
    ),
    TableShape(
        "municipalities",
        Text(
            "全国の市区町村(判定の有無によらない)",
            "a municipality of the nation, whether it was judged or not",
        ),
        (
            plain("code", "団体コード(6桁)", "six digits of the municipality"),
            _PREFECTURE,
            text("prefecture", "都道府県", "prefecture"),
            text("name", "団体の名前", "name of the municipality"),
            code("kind", TOWN_KINDS, "市・区・町・村の別", "city, ward, town or village"),
        ),
        of_run=False,
    ),
    TableShape(
        "towns",
        Text("判定した計画と、その団体", "a plan that was judged, and its municipality"),
        (
            *_TOWN,
            text("prefecture", "都道府県", "prefecture"),
            text("name", "団体の名前", "name of the municipality"),
            code("kind", TOWN_KINDS, "市・区・町・村の別", "city, ward, town or village"),
            plain("title", "計画の名前", "title of the plan"),
            plain("file", "計画ファイルの名前", "name of the plan file"),
            plain("sha256", "計画ファイルのダイジェスト", "digest of the plan file"),
            day("recorded", "計画ファイルの記載内容の時点", "day up to which the plan file knows"),
            plain(
                "sections_unread",
                "読んでいない節(読点区切り。空ならなし)",
                "sections that were not read, with commas; empty if there are none",
            ),
            plain("lawbook", "適用した点検項目集", "rulesets that hold for it"),
            plain("lawbook_sha256", "その点検項目集のダイジェスト", "digest of these rulesets"),
        ),
        local=True,
    ),
    TableShape(
        "unread_files",
        Text("読めなかったファイル", "a file that could not be read"),
        (
            plain("file", "ファイルの名前", "name of the file"),
            text("message", "理由と直し方", "why, and the way out"),
        ),
    ),
    TableShape(
        "rules",
        Text("判定に使った点検項目", "a rule that was judged by"),
        (
            _RULE,
            plain("ruleset", "点検項目集", "ruleset"),
            text("title", "表題", "title"),
            code("about", ABOUT, "何についてか", "what it is about"),
            code("strength", STRENGTH_LABELS, "強さ", "strength"),
            code("severity", SEVERITY_WORDS, "不適合の重大度", "severity of a failure"),
            _DRAFT,
            code("kind", SUBJECT_KINDS, "対象の種類", "kind of its subjects"),
            plain("announced", "公表の日", "day of its announcement", "DATE"),
            plain("since", "適用の初日", "first day on which it holds", "DATE"),
            plain(
                "until", "適用の末日(空なら定めなし)", "last day; empty if there is none", "DATE"
            ),
            plain("source", "典拠(sources.source)", "its source (sources.source)"),
            text("clause", "典拠の箇所", "clause of the source"),
            text("remedy", "直し方", "how to mend a failure"),
            text("question", "確かめること", "what to ask where it is undetermined"),
            plain("refines", "具体化する元の点検項目", "rule that it refines"),
        ),
    ),
    TableShape(
        "sources",
        Text("点検項目の典拠", "a source of rules"),
        (
            plain("source", "典拠のid(点検項目集/名前)", "id of the source (ruleset/name)"),
            text("title", "名前", "title"),
            code("kind", SOURCE_KINDS, "種類", "kind"),
            day("decided", "決定・公布の日", "day of the decision"),
            code("verified", VERIFICATION, "確認の方法", "how it was verified"),
            plain("url", "URL", "address"),
            plain("law_id", "法令ID(e-Gov)", "id of the law (e-Gov)"),
            plain("read_on", "読んだ日", "day on which it was read", "DATE"),
        ),
    ),
    TableShape(
        "findings",
        Text(
            "判定(点検項目を対象の1つに当てはめた結果)",
            "a finding: a rule applied to one of its subjects",
        ),
        (
            *_TOWN,
            _FINDING,
            _RULE,
            code("outcome", OUTCOMES, "判定", "outcome"),
            code("severity", SEVERITY_WORDS, "重大度", "severity"),
            code("strength", STRENGTH_LABELS, "強さ", "strength"),
            _DRAFT,
            flag(
                "standing",
                "その計画で点検項目を代表する判定か(件数は代表だけを数える)",
                "whether it stands for its rule in this plan: counts of rules take these alone",
            ),
            code("kind", SUBJECT_KINDS, "対象の種類", "kind of the subject"),
            plain("key", "対象のID", "id of the subject"),
            text("label", "対象の名前", "name of the subject"),
            plain("area", "分野のid", "id of the field of work"),
            text("area_name", "分野", "field of work"),
            day("due", "期限", "due date"),
            _LEFT,
            number(
                "question",
                "答えればこの判定が定まる質問(questions.question)",
                "the question that settles it (questions.question)",
            ),
            code("adjusted_by", ADJUSTED_BY, "判定を変更した事情", "what changed the outcome"),
            flag("known", "既知(ベースラインにある)か", "whether a baseline knows it"),
            code(
                "setback",
                SEVERITY_WORDS,
                "以前は不適合で今は要確認のものの、以前の重大度",
                "severity with which it failed before, where it is undetermined now",
            ),
            *_place(),
        ),
        local=True,
    ),
    TableShape(
        "reasons",
        Text(
            "判定の理由と、根拠とした記載(対象外の判定には理由だけ)",
            "why a finding is what it is, and what was read (not of what does not apply)",
        ),
        (
            *_TOWN,
            _FINDING,
            number("number", "判定の中の順番(1から)", "its place within the finding, from 1"),
            code("kind", REASON_KINDS, "理由か、記載か", "a reason, or what was read"),
            text("reason", "理由または記載", "the reason, or the words"),
            code("origin", EVIDENCE_FROM, "記載の出どころ", "where the words are from"),
            plain("section", "計画書の節", "section of the document"),
            number("page", "計画書のページ", "page of the document"),
            *_place(),
        ),
        local=True,
    ),
    TableShape(
        "days",
        Text(
            "期日(計画の定めるもの、法令等の定めるもの、点検項目の適用開始)",
            "a day on which something falls due: by the plan, or by the law",
        ),
        (
            *_TOWN,
            code("kind", DAY_KINDS, "期日の種類", "what falls due"),
            plain("key", "対象のID", "id of the subject"),
            text("label", "対象の名前", "name of the subject"),
            plain(
                "rule",
                "期日を定める点検項目(計画の期日なら空)",
                "rule that sets it; none of the plan's",
            ),
            code("outcome", OUTCOMES, "その点検項目の判定", "outcome of that rule"),
            day("due", "期日", "the day"),
            flag("approximate", "おおよその期日か", "whether it is about then"),
            _LEFT,
        ),
        local=True,
    ),
    TableShape(
        "questions",
        Text(
            "質問(答えれば要確認の判定が定まるもの)",
            "a question whose answer settles what is undetermined",
        ),
        (
            *_TOWN,
            number("question", "計画の中の質問の順番(1から)", "its place within its plan, from 1"),
            text("text", "質問", "the question"),
            text(
                "pattern",
                "団体や取組の名前を除いた質問(集計用)",
                "the question without names of subjects, to count it by",
            ),
            plain("rule", "尋ねる点検項目", "rule that asks it"),
            code("strength", STRENGTH_LABELS, "最も強い点検項目の強さ", "greatest strength"),
            _DRAFT,
            flag("duty", "法的義務か閣議決定の期限に関わるか", "whether a duty hangs on it"),
            day("due", "最も早い期限", "earliest due date"),
            _LEFT,
            number("settles", "答えで定まる判定の数", "findings that the answer settles"),
            number("touches", "ほかに関わる判定の数", "other findings that rest on it"),
            plain("rules", "関わる点検項目(読点区切り)", "rules that hang on it, with commas"),
            *_place(),
        ),
        local=True,
    ),
)

BY_NAME: Mapping[str, TableShape] = {shape.name: shape for shape in TABLES}
