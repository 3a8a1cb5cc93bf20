"""`dxrules new plan`: a plan file to fill in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dxrules.cli.common import load, options, say, write_new
from dxrules.errors import UsageError
from dxrules.texts import Lang, Text

_HELP = Text(
    """計画ファイルのひな形を書き出します。すべてのキーに説明が付いています。

    FILE を省くと標準出力に書きます。既にあるファイルには上書きしません。
    Excelブック(.xlsx)は、シートの欄と選択肢に記入すれば、そのまま計画ファイルになります。

    \b
    例:
      dxrules new plan my-town.yaml
      dxrules new plan my-town.xlsx
    """,
    """Write a plan file to fill in, in which every key is explained.

    Without FILE it goes to standard output. A file that is already there is left alone.
    A workbook (.xlsx) with its cells and drop-downs filled in is a plan file as it is.

    \b
    Examples:
      dxrules new plan my-town.yaml
      dxrules new plan my-town.xlsx
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("new", help=_HELP.in_(lang))
    @click.argument("what", type=click.Choice(["plan"]))
    @click.argument("file", type=click.Path(path_type=Path), required=False)
    @options(lang, "rulesets")
    @click.option(
        "--format",
        "shape",
        type=click.Choice(["yaml", "xlsx"]),
        help=Text("形式(既定: 拡張子から)", "form (by the ending of FILE)").in_(lang),
    )
    def new(what: str, file: Path | None, rulesets: Path | None, shape: str | None) -> None:  # noqa: ARG001  (only plans so far)
        reference = load(rulesets).reference
        by_ending = "xlsx" if file is not None and file.suffix.lower() == ".xlsx" else "yaml"
        content: str | bytes
        if (shape or by_ending) == "xlsx":
            from dxrules.plan.workbook.fill import empty_workbook

            content = empty_workbook(lang, reference)
        else:
            from dxrules.plan.template import template

            content = template(lang, reference)
        if file is not None:
            write_new(file, content)
            return
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise UsageError(
                Text(
                    "ブックは端末に出せません。ファイル名を指定してください。",
                    "A workbook is not for a terminal. Name a file.",
                )
            )
        say(content.encode() if isinstance(content, str) else content)

    return new
