"""`dxrules rules show`: one rule."""

from __future__ import annotations

from pathlib import Path

import click

from dxrules.cli.bilingual import command_named
from dxrules.cli.common import load, options
from dxrules.cli.report_output import Delivery, output_options
from dxrules.report.writers import EXPLAIN
from dxrules.texts import Text

_HELP = Text(
    "点検項目1件を典拠とともに示します。",
    "Show one rule with its source.",
)
_EXAMPLES = ("dxrules rules show STD-02",)


@command_named("show", _HELP, _EXAMPLES)
@click.argument("rule")
@options("rulesets")
@output_options(EXPLAIN)
def command(*, rule: str, rulesets: Path | None, delivery: Delivery) -> None:
    """Show one rule with its source."""
    from dxrules.assessment.explain import explain
    from dxrules.report.rules import Explained

    delivery.keep_apart([], rulesets)
    delivery.send(Explained(explain(load(rulesets), rule)))
