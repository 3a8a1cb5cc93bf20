"""The commands that there are."""

from __future__ import annotations

from collections.abc import Mapping

import click

from dxrules import __version__
from dxrules.cli.bilingual import LazyGroup, in_language
from dxrules.cli.common import lang_option
from dxrules.texts import Lang, Text

_COMMANDS: Mapping[str, Text] = {
    "check": Text("計画を点検項目に照らして判定する", "judge plans against the rules"),
    "gaps": Text(
        "足りないものを分野ごとに、直す順に示す", "show the gaps, in the order to fix them"
    ),
    "ask": Text(
        "要確認を、団体に尋ねる質問にする",
        "turn what is undetermined into questions to the municipality",
    ),
    "answer": Text(
        "団体の回答を計画ファイルに取り込む", "take answers of the municipality into a plan file"
    ),
    "graph": Text("取組の前提関係を示す", "show what depends on what"),
    "forecast": Text(
        "計画の期日と、判定が変わる日を示す", "show what falls due, and when verdicts change"
    ),
    "compare": Text("団体を並べて比べる", "put municipalities side by side"),
    "query": Text("判定結果のデータベースに問い合わせる", "ask a database of results"),
    "baseline": Text(
        "既知の不適合などのファイルを作り、更新する", "keep the file of what is already known"
    ),
    "replay": Text("パケットを判定し直す", "judge a packet again"),
    "evidence": Text(
        "計画ファイルの引用が文書にあるかを確かめる",
        "whether what a plan file quotes stands in the document",
    ),
    "explain": Text(
        "点検項目と、計画での判定の理由を示す", "explain a rule, and why a plan meets it or not"
    ),
    "rules": Text("点検項目を一覧・表示・検査する", "list, show, lint and test the rules"),
    "new": Text("計画ファイルのひな形を作る", "write a plan file to fill in"),
    "draft": Text(
        "公表された計画の文書から計画ファイルを下書きする", "draft a plan file from a document"
    ),
    "review": Text(
        "計画を、計画書を見ながら画面で点検する", "review a plan at a desk, beside its document"
    ),
    "convert": Text(
        "計画ファイルをYAML・JSON・Excelの間で変換する",
        "convert a plan file between YAML, JSON and a workbook",
    ),
    "schema": Text("JSON Schemaを出力する", "print JSON Schema"),
}

_HELP = Text(
    "市町村のDX計画を、国と都道府県の点検項目に照らして判定します。",
    "Judges the DX plans of Japanese municipalities against national and prefectural rules.",
)
_EXAMPLES = (
    "dxrules draft plan.pdf -o our-town.yaml",
    "dxrules review our-town.yaml --document plan.pdf",
    "dxrules check our-town.yaml",
    "dxrules gaps our-town.yaml -o todo.xlsx",
)


def app(lang: Lang) -> click.Command:
    """Return the whole command line in one language, which the context of each call carries."""
    group = LazyGroup("dxrules", _HELP, _EXAMPLES, _COMMANDS, "dxrules.cli.commands")
    group.context_settings = {
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "obj": lang,
    }
    group = click.version_option(__version__, prog_name="dxrules")(group)
    return in_language(lang_option(group), lang)
