"""`dxrules schema`: JSON Schema for editors."""

from __future__ import annotations

import click

from dxrules.cli.common import load, options, say_json
from dxrules.texts import Lang, Text

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
    @click.argument("what", type=click.Choice(["plan", "ruleset"]))
    @options(lang)
    def schema(what: str) -> None:
        from dxrules.report.json_values import dump

        if what == "plan":
            from dxrules.plan.schema import plan_schema

            shape = plan_schema(load(None).reference)
        else:
            from dxrules.rules.schema import ruleset_schema

            shape = ruleset_schema()
        say_json(dump(shape))

    return schema
