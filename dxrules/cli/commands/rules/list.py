"""`dxrules rules list`: all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import load, options
from dxrules.cli.report_output import Delivery, output_options
from dxrules.report.writers import RULES
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

_HELP = Text(
    """すべての点検項目を一覧にします。

    \b
    例:
      dxrules rules list
    """,
    """List all rules.

    \b
    Example:
      dxrules rules list
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("list", help=_HELP.in_(lang))
    @options(lang, "rulesets")
    @output_options(lang, RULES)
    def list_rules(*, rulesets: Path | None, shape: str, outputs: tuple[str, ...]) -> None:
        delivery = Delivery.of(RULES, shape, outputs)
        delivery.keep_apart([], rulesets)
        delivery.send(load(rulesets), lang)

    return list_rules
