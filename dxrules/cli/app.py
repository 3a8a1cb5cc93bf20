"""The group of commands; each is imported when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from dxrules import __version__
from dxrules.cli.bilingual import Command, in_language
from dxrules.cli.common import lang_option
from dxrules.texts import Lang, Text

_COMMANDS: Mapping[str, Text] = {
    "check": Text("計画を点検項目に照らして判定する", "judge plans against the rules"),
    "gaps": Text(
        "足りないものを分野ごとに、直す順に示す", "show the gaps, in the order to fix them"
    ),
    "ask": Text(
        "要確認を、団体に尋ねる問いにする",
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
    "baseline": Text("既知のもののファイルを作り、保つ", "keep the file of what is already known"),
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
    """市町村のDX計画を、国と都道府県の点検項目に照らして判定します。

    \b
    例:
      dxrules check facts
      dxrules gaps facts/34545-jinsekikogen.yaml
    """,
    """Judges the DX plans of Japanese municipalities against national and prefectural rules.

    \b
    Examples:
      dxrules check facts
      dxrules gaps facts/34545-jinsekikogen.yaml
    """,
)


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own."""

    def __init__(
        self, lang: Lang, texts: Mapping[str, Text], package: str, **settings: object
    ) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]
        self.lang = lang
        self.texts = texts
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands."""
        return list(self.texts)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in self.texts:
            return None
        module = import_module(f"{self.package}.{cmd_name}")
        made = module.command
        return in_language(made if isinstance(made, Command) else made(self.lang), self.lang)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text.in_(self.lang)) for name, text in self.texts.items()])


def app(lang: Lang) -> click.Command:
    """Return the whole command line in one language."""
    group = LazyGroup(
        lang,
        _COMMANDS,
        "dxrules.cli.commands",
        name="dxrules",
        help=_HELP.in_(lang),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group = click.version_option(__version__, prog_name="dxrules")(group)
    return in_language(lang_option(group), lang)
