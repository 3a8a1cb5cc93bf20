"""The JSON of each command as a type, from which its JSON Schema is printed.

The name of a document is the one in its `format`: dxrules/assessment/2 is `assessment`. Keys that
are added within a version of a format are no break, so the schemas allow others.
"""

from typing import Any

from pydantic import TypeAdapter

from dxrules.report.json_law import Lint, RulesDiff, RulesImpact
from dxrules.report.json_outlook import (
    Evidence,
    Forecast,
    ForecastOfPlans,
    Gaps,
    GapsOfPlans,
    Graph,
    Replay,
)
from dxrules.report.json_plans import Comparison, Inquiry, QueryAnswer, Quotations, Update
from dxrules.report.json_report import Assessment
from dxrules.report.json_rules import Explanation, Rules, RulesWatch, Sources
from dxrules.report.json_rules_test import RulesTest
from dxrules.source.schema import DIALECT
from dxrules.texts import Text

_DOCUMENTS: dict[str, tuple[Any, Text]] = {
    "assessment": (Assessment, Text("判定結果", "assessment")),
    "gaps": (Gaps, Text("不足の一覧", "gaps")),
    "gaps-of-plans": (GapsOfPlans, Text("計画ごとの不足の一覧", "gaps of several plans")),
    "graph": (Graph, Text("前提関係", "dependency graph")),
    "forecast": (Forecast, Text("見通し", "forecast")),
    "forecast-of-plans": (ForecastOfPlans, Text("計画ごとの見通し", "forecasts of several plans")),
    "comparison": (Comparison, Text("比較", "comparison")),
    "evidence": (Evidence, Text("根拠のない記載", "entries without evidence")),
    "replay": (Replay, Text("判定のやり直し", "replay")),
    "explanation": (Explanation, Text("点検項目の説明", "explanation of a rule")),
    "quotations": (Quotations, Text("文書との照合", "quotations looked up in a document")),
    "update": (Update, Text("新しい版との照合", "plan file compared with a new edition")),
    "inquiry": (Inquiry, Text("照会", "inquiry")),
    "rules": (Rules, Text("点検項目の一覧", "rules")),
    "rules-diff": (RulesDiff, Text("点検項目の差分", "difference of rules")),
    "rules-impact": (RulesImpact, Text("点検項目の改正の影響", "impact of a change of rules")),
    "rules-test": (RulesTest, Text("点検項目のテスト結果", "results of tests of rules")),
    "rules-watch": (RulesWatch, Text("法令の改正", "revisions of laws")),
    "lint": (Lint, Text("点検項目への指摘", "remarks on rules")),
    "sources": (Sources, Text("典拠", "sources")),
    "query": (QueryAnswer, Text("データベースへの問い合わせの結果", "answer to a query")),
}

DOCUMENTS = tuple(_DOCUMENTS)
"""The names of all documents, as `schema` takes them."""


def document_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a document; its titles are those of types, and go."""
    document, title = _DOCUMENTS[name]
    schema: dict[str, Any] = _plain(TypeAdapter(document).json_schema())
    return {"$schema": DIALECT, "title": f"dxrules {title.ja} / dxrules {title.en}"} | schema


def _plain(node: Any) -> Any:
    """Return a schema without the titles, and the docstrings in one language."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if not _is_of_python(key, value)}
    return {key: _plain(value) for key, value in kept.items()}


def _is_of_python(key: str, value: object) -> bool:
    return key in ("title", "description") and isinstance(value, str)
