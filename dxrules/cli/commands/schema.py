"""`dxrules schema`: JSON Schema for editors."""

from __future__ import annotations

from pathlib import Path

import click

from dxrules.cli.bilingual import command_named
from dxrules.cli.common import load, options
from dxrules.cli.streams import say_bytes
from dxrules.texts import Text

WRITTEN = (
    *(
        "assessment",
        "gaps",
        "gaps-of-plans",
        "graph",
        "forecast",
        "forecast-of-plans",
        "comparison",
    ),
    *("evidence", "replay", "explanation", "quotations", "update", "inquiry", "rules"),
    *("rules-diff", "rules-impact", "rules-test", "rules-watch", "lint", "sources", "query"),
)
"""What other commands write; a test holds it to the types, which are loaded where one is asked."""

_HELP = Text(
    """JSON Schemaを出力します。エディタの補完と検査に使えます。

    SHAPEは、読むファイルなら plan、ruleset、test。--format json が書くものなら {written}。
    点検画面の呼び出しなら desk。
    """,
    """Print JSON Schema, from which editors complete and check.

    SHAPE is, for files that are read, plan, ruleset or test; for what --format json writes,
    one of {written}; for the calls of the review desk, desk.
    """,
).format(written=", ".join(WRITTEN))
_EXAMPLES = (
    "dxrules schema plan > plan.schema.json",
    "dxrules schema assessment > assessment.schema.json",
)


@command_named("schema", _HELP, _EXAMPLES)
@click.argument(
    "what", metavar="SHAPE", type=click.Choice(["plan", "ruleset", "test", "desk", *WRITTEN])
)
@options("rulesets")
def command(what: str, rulesets: Path | None) -> None:
    """Print JSON Schema for editors."""
    from dxrules.report.json_values import in_utf8

    if what == "plan":
        from dxrules.plan.schema import plan_schema

        shape = plan_schema(load(rulesets).reference)
    elif what == "test":
        from dxrules.keeper.case_models import case_schema

        shape = case_schema(load(rulesets).reference)
    elif what == "desk":
        from dxrules.desk.interface import desk_schema

        shape = desk_schema()
    elif what == "ruleset":
        from dxrules.rules.schema import ruleset_schema

        shape = ruleset_schema()
    else:
        from dxrules.report.json_documents import document_schema

        shape = document_schema(what)
    say_bytes(in_utf8(shape))
