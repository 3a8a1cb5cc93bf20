"""`dxrules graph`: what depends on what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dxrules.cli.bilingual import command_named, option
from dxrules.cli.common import load, options, today_in_japan
from dxrules.cli.named_plans import one_plan
from dxrules.cli.report_output import Delivery, output_options
from dxrules.dates import parse_judged_day
from dxrules.errors import DateError, UsageError
from dxrules.report.writers import GRAPH
from dxrules.texts import Text, same, shorten

_HELP = Text(
    """取組の前提関係、最長経路、余裕、循環を示します。

    --what-if は、ある取組の終わりがその日になったとき何が遅れるかを示します。
    """,
    """Show what depends on what, the critical path, slack, and cycles.

    --what-if tells what is late if a measure ends on that day.
    """,
)
_EXAMPLES = (
    "dxrules graph facts/40646-koge.yaml",
    "dxrules graph facts/40646-koge.yaml --what-if work-survey=2024-03-31",
    "dxrules graph facts/40646-koge.yaml --format mermaid",
)


@command_named("graph", _HELP, _EXAMPLES)
@click.argument("plan")
@options("as_of", "rulesets")
@output_options(GRAPH)
@option(
    "--what-if",
    ja="この取組がその日に終わると何が遅れるか",
    en="what is late if it ends then",
    called=Text("取組=日", "MEASURE=DAY"),
)
def command(
    *,
    plan: str,
    day: date | None,
    rulesets: Path | None,
    delivery: Delivery,
    what_if: str | None,
) -> None:
    """Show what depends on what."""
    from dxrules.assessment.dependencies import dependency_graph

    delivery.keep_apart([plan], rulesets)
    law = load(rulesets)
    moved = None if what_if is None else _moved(what_if)
    file = one_plan(plan, law.reference)
    shown = dependency_graph(file, law.reference, day or today_in_japan(), moved)
    delivery.send(shown)


def _moved(text: str) -> tuple[str, date]:
    measure, equals, day = text.partition("=")
    if not equals:
        raise UsageError.of(
            f"--what-if {shorten(text)}: 「取組のid=日付」と書いてください。",
            f"--what-if {shorten(text)}: write MEASURE=DAY.",
        )
    try:
        return measure, parse_judged_day(day)
    except DateError as error:
        raise UsageError(same("--what-if: ") + error.text) from error
