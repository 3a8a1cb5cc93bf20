"""`dxrules schema`: JSON Schema for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import load, options
from dxrules.cli.streams import say_json
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

_HELP = Text(
    """JSON Schemaを出力します。エディタの補完と検査に使えます。

    \b
    例:
      dxrules schema plan > plan.schema.json
    """,
    """Print JSON Schema, from which editors complete and check.

    \b
    Example:
      dxrules schema plan > plan.schema.json
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("schema", help=_HELP.in_(lang))
    @click.argument("what", type=click.Choice(["plan", "ruleset", "test"]))
    @options(lang, "rulesets")
    def schema(what: str, rulesets: Path | None) -> None:
        from dxrules.report.json_values import dump

        if what == "plan":
            from dxrules.plan.schema import plan_schema

            shape = plan_schema(load(rulesets).reference)
        elif what == "test":
            from dxrules.keeper.case_schema import case_schema

            shape = case_schema(load(rulesets).reference)
        else:
            from dxrules.rules.schema import ruleset_schema

            shape = ruleset_schema()
        say_json(dump(shape))

    return schema
