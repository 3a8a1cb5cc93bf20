"""`dxrules rules list`: all rules."""

from __future__ import annotations

from pathlib import Path

from dxrules.cli.bilingual import command_named
from dxrules.cli.common import load, options
from dxrules.cli.report_output import Delivery, output_options
from dxrules.report.writers import RULES
from dxrules.texts import Text

_HELP = Text(
    "すべての点検項目を一覧にします。",
    "List all rules.",
)
_EXAMPLES = ("dxrules rules list",)


@command_named("list", _HELP, _EXAMPLES)
@options("rulesets")
@output_options(RULES)
def command(*, rulesets: Path | None, delivery: Delivery) -> None:
    """List all rules."""
    delivery.keep_apart([], rulesets)
    delivery.send(load(rulesets))
