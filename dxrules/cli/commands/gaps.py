"""`dxrules gaps`: what is missing, by area, in the order to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import alone, format_option, judge_one, load, options, style
from dxrules.cli.streams import say, say_json
from dxrules.errors import OK, UNTRUSTED
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dxrules.assessment import EngineChoice

_HELP = Text(
    """足りないものを分野ごとに、直す順に、直し方とともに示します。

    ほかのものがその後に続くものと、期限の近いものが先に来ます。

    \b
    例:
      dxrules gaps facts/34545-jinsekikogen.yaml
    """,
    """Show what is missing, by area, in the order to mend it, and what would make it pass.

    What other work waits for, and what is due first, comes first.

    \b
    Example:
      dxrules gaps facts/34545-jinsekikogen.yaml
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("gaps", help=_HELP.in_(lang))
    @click.argument("plan", metavar=Text("計画ファイル", "PLAN").in_(lang))
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @format_option(lang, "table", "json")
    def gaps(
        *,
        plan: str,
        day: date | None,
        rulesets: Path | None,
        engine: EngineChoice,
        waivers: bool,
        shape: str,
    ) -> int:
        from dxrules.assessment.gaps import gap_report

        law = load(rulesets)
        judged = judge_one(lang, plan, law, day, engine=engine, waivers=waivers)
        report = gap_report(judged.plans[0], law.reference)
        if shape == "json":
            from dxrules.report import json_report

            say_json(json_report.render_gaps(report))
        else:
            from dxrules.report.gaps import render_gaps

            say(render_gaps(report, style(lang), alone(judged, engine)))
        return OK if judged.trusted else UNTRUSTED

    return gaps
