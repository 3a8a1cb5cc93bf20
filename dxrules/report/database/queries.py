"""Questions that are asked again and again, by name: each with its query and its headings.

A query names the values that may be given with a $: `$prefecture` is two digits, `$town` six,
`$run` and `$before` are a run's number, id or day. A value that is not given is NULL.
"""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.frozen import frozen
from dxrules.report.database.database_views import VIEW_COLUMNS
from dxrules.report.database.named_queries import QUERIES
from dxrules.texts import Text

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
    "pattern": Text("問い", "question"),
    "duty": Text("義務", "duty"),
    "duties": Text("義務に関わる問い", "questions on duties"),
    "questions": Text("問いの数", "questions"),
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
