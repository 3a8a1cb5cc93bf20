"""Views over the tables: what is asked again and again, counted as reports count.

A rule counts once in a plan, as the gravest of its findings did (`findings.standing`). Where
some of it is undetermined, a failure lies between two bounds: at least those that fail, at most
those and what is undetermined.
"""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.frozen import frozen
from dxrules.report.database.named_queries import BOUNDS, COUNTS, QUERIES
from dxrules.texts import Text


@frozen
class View:
    """A view: its name, what a row is, and the query that makes it."""

    name: str
    what: Text
    query: str

    @property
    def sql(self) -> str:
        """The query, with the counts that several views share in their places."""
        return self.query.replace("{counts}", COUNTS).replace("{bounds}", BOUNDS)


VIEWS = (
    View(
        "findings_named",
        Text(
            "判定に、団体・計画・点検項目の名前と理由を添えたもの",
            "a finding with the names of its municipality, plan and rule, and its reason",
        ),
        "SELECT r.id AS run_id, r.day, t.prefecture_ja, t.prefecture_en, t.name_ja, t.name_en, "
        "t.title AS plan_title, u.title_ja AS rule_title_ja, u.title_en AS rule_title_en, f.*, "
        "w.reason_ja, w.reason_en, u.remedy_ja, u.remedy_en "
        "FROM findings f JOIN runs r USING (run) JOIN towns t USING (run, code, plan) "
        "JOIN rules u USING (run, rule) LEFT JOIN reasons w ON w.run = f.run AND w.code = f.code "
        "AND w.plan = f.plan AND w.finding = f.finding AND w.number = 1",
    ),
    View(
        "coverage_by_rule",
        Text(
            "点検項目ごとの、判定別の計画の数(不適合は下限と上限)",
            "by rule: how many plans came out how, and the bounds of what fails",
        ),
        "SELECT run, rule, any_value(u.title_ja) AS title_ja, any_value(u.title_en) AS title_en, "
        "any_value(u.strength) AS strength, any_value(u.strength_ja) AS strength_ja, "
        "any_value(u.strength_en) AS strength_en, any_value(u.draft) AS draft, "
        "count(*) AS plans, {counts}, {bounds} "
        "FROM findings f JOIN rules u USING (run, rule) WHERE standing GROUP BY run, rule",
    ),
    View(
        "coverage_by_prefecture",
        Text(
            "都道府県ごとの、団体・計画の数と、判定別の点検項目の数",
            "by prefecture: municipalities, plans, and how many rules came out how",
        ),
        "WITH all_towns AS (SELECT prefecture_code, count(*) AS municipalities "
        "FROM municipalities GROUP BY prefecture_code), "
        "judged AS (SELECT run, prefecture_code, any_value(prefecture_ja) AS prefecture_ja, "
        "any_value(prefecture_en) AS prefecture_en, count(DISTINCT code) AS towns, "
        "count(*) AS plans FROM towns GROUP BY run, prefecture_code), "
        "counted AS (SELECT run, prefecture_code, {counts} FROM findings WHERE standing "
        "GROUP BY run, prefecture_code) "
        "SELECT j.run, j.prefecture_code, j.prefecture_ja, j.prefecture_en, a.municipalities, "
        "j.towns, j.plans, c.* EXCLUDE (run, prefecture_code) "
        "FROM judged j JOIN counted c USING (run, prefecture_code) "
        "LEFT JOIN all_towns a USING (prefecture_code)",
    ),
    View(
        "coverage_by_area",
        Text(
            "分野ごとの、判定別の対象の数(分野のない判定は空)",
            "by field of work: how many subjects came out how; empty for those of none",
        ),
        "SELECT run, area, any_value(area_name_ja) AS area_name_ja, "
        "any_value(area_name_en) AS area_name_en, count(DISTINCT code) AS towns, {counts} "
        "FROM findings GROUP BY run, area",
    ),
    View(
        "coverage_by_strength",
        Text(
            "強さごとの、判定別の点検項目の数",
            "by strength: how many rules came out how, in all plans",
        ),
        "SELECT run, strength, any_value(strength_ja) AS strength_ja, "
        "any_value(strength_en) AS strength_en, count(DISTINCT rule) AS rules, {counts} "
        "FROM findings WHERE standing GROUP BY run, strength",
    ),
    View(
        "coverage_by_town",
        Text(
            "計画ごとの、判定別の点検項目の数と、法的義務の不適合・要確認",
            "by plan: how many rules came out how, and of legal duties what fails or is open",
        ),
        "SELECT run, f.code, f.plan, any_value(t.prefecture_ja) AS prefecture_ja, "
        "any_value(t.prefecture_en) AS prefecture_en, any_value(t.name_ja) AS name_ja, "
        "any_value(t.name_en) AS name_en, any_value(t.kind) AS kind, any_value(t.title) AS title, "
        "{counts}, "
        "count(*) FILTER (outcome = 'fail' AND strength = 'statute' AND NOT draft) "
        "AS duties_failed, "
        "count(*) FILTER (outcome = 'unknown' AND strength = 'statute' AND NOT draft) "
        "AS duties_undetermined "
        "FROM findings f JOIN towns t USING (run, code, plan) WHERE standing "
        "GROUP BY run, f.code, f.plan",
    ),
    View(
        "falls_due",
        Text("期日に、団体の名前を添えたもの", "a day due, with the name of its municipality"),
        "SELECT d.run, r.day, d.due_to, d.days_left, d.code, d.plan, t.prefecture_ja, "
        "t.prefecture_en, t.name_ja, t.name_en, "
        "d.* EXCLUDE (run, due_to, days_left, code, plan) FROM days d JOIN runs r USING (run) "
        "JOIN towns t USING (run, code, plan)",
    ),
    View(
        "questions_counted",
        Text(
            "質問ごとの、尋ねる計画の数と、答えで定まる判定の数",
            "by question: plans that it is asked of, and findings that answers settle",
        ),
        "SELECT run, pattern_ja, pattern_en, any_value(rule) AS rule, "
        "bool_or(duty) AS duty, count(*) AS plans, count(DISTINCT code) AS towns, "
        "sum(settles)::BIGINT AS settles, min(due_to) AS first_due FROM questions "
        "GROUP BY run, pattern_ja, pattern_en",
    ),
)

VIEW_COLUMNS: Mapping[str, Text] = {
    "run_id": Text("回のid", "id of the run"),
    "plan_title": Text("計画の名前", "title of the plan"),
    "passes": Text("適合", "passes"),
    "fails": Text("不適合", "fails"),
    "undetermined": Text("要確認", "undetermined"),
    "waived": Text("承認済みの例外", "waived"),
    "errors": Text("エラー", "errors"),
    "not_applicable": Text("対象外", "not applicable"),
    "fails_at_least": Text("不適合(下限)", "fails, at least"),
    "fails_at_most": Text("不適合(上限)", "fails, at most"),
    "municipalities": Text("全団体の数", "all municipalities"),
    "towns": Text("団体の数", "municipalities"),
    "plans": Text("計画の数", "plans"),
    "rules": Text("点検項目の数", "rules"),
    "duties_failed": Text("法的義務の不適合", "legal duties failed"),
    "duties_undetermined": Text("法的義務の要確認", "legal duties undetermined"),
    "first_due": Text("最も早い期限", "earliest due date"),
}
"""What columns say that stand in views alone."""


VALUES = ("rule", "prefecture", "town", "area", "strength", "until", "run", "before")
"""What a query can be given."""

KNOWN: Mapping[str, str] = {
    "rule": "SELECT DISTINCT rule FROM rules ORDER BY rule",
    "area": "SELECT DISTINCT area FROM findings WHERE area IS NOT NULL ORDER BY area",
    "run": "SELECT unnest([run::VARCHAR, id, day::VARCHAR]) FROM runs",
    "before": "SELECT unnest([run::VARCHAR, id, day::VARCHAR]) FROM runs",
}
"""What tells which values there are in a database."""

HEADS: Mapping[str, Text] = {
    **VIEW_COLUMNS,
    "question": Text("名前", "name"),
    "options": Text("オプション", "options"),
    "table": Text("表", "table"),
    "column": Text("列", "column"),
    "type": Text("型", "type"),
    "meaning": Text("意味", "meaning"),
    "run": Text("回", "run"),
    "id": Text("ID", "id"),
    "day": Text("判定日", "day judged"),
    "version": Text("版", "version"),
    "code": Text("団体コード", "code"),
    "prefecture": Text("都道府県", "prefecture"),
    "name": Text("団体", "municipality"),
    "title": Text("計画", "plan"),
    "outcome": Text("判定", "outcome"),
    "subjects": Text("該当する対象", "subjects"),
    "reason": Text("理由", "reason"),
    "file": Text("ファイル", "file"),
    "line": Text("行", "line"),
    "due_to": Text("期日", "due"),
    "days_left": Text("残り日数", "days left"),
    "month": Text("月", "month"),
    "kind": Text("種類", "kind"),
    "label": Text("対象", "subject"),
    "rule": Text("点検項目", "rule"),
    "rule_title": Text("表題", "title"),
    "strength": Text("強さ", "strength"),
    "area_name": Text("分野", "field of work"),
    "town_kind": Text("団体の区分", "kind of municipality"),
    "pattern": Text("質問", "question"),
    "duty": Text("義務", "duty"),
    "duties": Text("義務に関わる質問", "questions on duties"),
    "questions": Text("質問の数", "questions"),
    "towns": Text("団体数", "municipalities"),
    "municipalities": Text("全団体", "all municipalities"),
    "plans": Text("計画数", "plans"),
    "days": Text("件数", "days"),
    "rule_count": Text("点検項目数", "rules"),
    "settles": Text("定まる判定", "findings settled"),
    "days_past": Text("過ぎた日数", "days past"),
    "first_due": Text("最も早い期限", "first due"),
    "unread": Text("読めなかったファイル", "files not read"),
    "message": Text("理由と直し方", "why, and the way out"),
    "before": Text("前", "before"),
    "after": Text("後", "after"),
    "newly_failing": Text("新たに不適合", "newly failing"),
    "mended": Text("不適合でなくなった", "no longer failing"),
    "settled": Text("要確認が定まった", "settled"),
    "newly_undetermined": Text("新たに要確認", "newly undetermined"),
}
"""What the columns of answers are called."""


@frozen
class NamedQuery:
    """A question with a name: its title, the query, and the values that it needs.

    Columns that end in `_ja` and `_en` are one, in the language of the report.
    """

    name: str
    title: Text
    sql: str
    values: tuple[str, ...]
    needed: tuple[str, ...] = ()


def _named() -> Mapping[str, NamedQuery]:
    made = {}
    for name, (ja, en, needed, sql) in QUERIES.items():
        values = tuple(value for value in VALUES if f"${value}" in sql)
        made[name] = NamedQuery(name, Text(ja, en), sql, values, needed)
    return made


NAMED: Mapping[str, NamedQuery] = _named()
"""All of them by name, in the order in which they are listed."""
