"""`dxrules rules list`: all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import format_option, load, options, style
from dxrules.cli.streams import say, say_json
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

_HELP = Text(
    """すべての規則を一覧にする。

    \b
    例:
      dxrules rules list
    """,
    """list all rules.

    \b
    Example:
      dxrules rules list
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("list", help=_HELP.in_(lang))
    @options(lang, "rulesets")
    @format_option(lang, "table", "json")
    def list_rules(*, rulesets: Path | None, shape: str) -> None:
        law = load(rulesets)
        if shape == "json":
            from dxrules.report.json_report import render_rules

            say_json(render_rules(law))
        else:
            from dxrules.report.rules import render_list

            say(render_list(law, style(lang)))

    return list_rules
