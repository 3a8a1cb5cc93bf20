"""`dxrules rules show`: one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import load, options
from dxrules.cli.report_output import Delivery, output_options
from dxrules.report.writers import EXPLAIN
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

_HELP = Text(
    """点検項目1件を典拠とともに示します。

    \b
    例:
      dxrules rules show STD-02
    """,
    """Show one rule with its source.

    \b
    Example:
      dxrules rules show STD-02
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("show", help=_HELP.in_(lang))
    @click.argument("rule")
    @options(lang, "rulesets")
    @output_options(lang, EXPLAIN)
    def show(*, rule: str, rulesets: Path | None, shape: str, outputs: tuple[str, ...]) -> None:
        from dxrules.assessment.explain import explain
        from dxrules.report.rules import Explained

        delivery = Delivery.of(EXPLAIN, shape, outputs)
        delivery.keep_apart([], rulesets)
        delivery.send(Explained(explain(load(rulesets), rule)), lang)

    return show
