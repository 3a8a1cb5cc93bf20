"""`dxrules rules`: for the ruleset keeper."""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.cli.bilingual import LazyGroup
from dxrules.cli.common import lang_option
from dxrules.texts import Text

_COMMANDS: Mapping[str, Text] = {
    "list": Text("すべての点検項目を一覧にする", "list all rules"),
    "show": Text("点検項目1件を典拠とともに示す", "show one rule with its source"),
    "lint": Text(
        "点検項目のファイルの誤りと不自然な点をすべて示す",
        "print every fault of the ruleset files, and what is odd",
    ),
    "sources": Text(
        "典拠の一覧と、条文との照合の結果を示す",
        "list the sources, and compare them with texts of laws",
    ),
    "watch": Text(
        "法令の改正が関わる点検項目と団体を示し、下書きを作る",
        "show what revisions of laws would touch, and draft the change",
    ),
    "test": Text("点検項目の例と、テストファイルの事例を実行する", "run examples and test files"),
    "diff": Text("二つの時点の点検項目の違いを示す", "show how the rules differ between two days"),
    "impact": Text(
        "点検項目の変更で判定が変わる団体を示す", "show which verdicts change with the rules"
    ),
    "new": Text("点検項目1件の書き出しを作る", "write a rule to start from"),
}

_HELP = Text(
    "点検項目を一覧・表示・検査し、変更の前後を比べ、新しく書き出します。",
    "List, show, lint, test and compare the rules, and write new ones.",
)
_EXAMPLES = (
    "dxrules rules list",
    "dxrules rules show STD-02",
    "dxrules rules lint",
    "dxrules rules sources",
    "dxrules rules watch law-texts --plans facts",
    "dxrules rules test",
    "dxrules rules diff --from 2025-06-30",
    "dxrules rules impact facts --from 2025-06-30",
    "dxrules rules new STD-10 --kind system",
)

command = lang_option(LazyGroup("rules", _HELP, _EXAMPLES, _COMMANDS, __name__))
