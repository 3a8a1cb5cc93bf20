"""`dxrules new plan`: a plan file to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from dxrules.cli.common import load, options, say
from dxrules.errors import UsageError
from dxrules.texts import Lang, Text

_HELP = Text(
    """計画ファイルのひな形を書き出します。すべてのキーに説明が付いています。

    FILE を省くと標準出力に書きます。既にあるファイルには上書きしません。

    \b
    例:
      dxrules new plan my-town.yaml
    """,
    """Write a plan file to fill in, in which every key is explained.

    Without FILE it goes to standard output. A file that is already there is left alone.

    \b
    Example:
      dxrules new plan my-town.yaml
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("new", help=_HELP.in_(lang))
    @click.argument("what", type=click.Choice(["plan"]))
    @click.argument("file", type=click.Path(path_type=Path), required=False)
    @options(lang)
    def new(what: str, file: Path | None) -> None:  # noqa: ARG001  (only plans so far)
        from dxrules.plan.template import template

        text = template(lang, load(None).reference)
        if file is None:
            say(text)
            return
        if file.exists():
            raise UsageError(
                Text(
                    f"{file}: 既にあります。別の名前を指定してください。",
                    f"{file}: is already there. Name another file.",
                )
            )
        from dxrules.source import write_whole

        write_whole({file: text.encode()})

    return new
