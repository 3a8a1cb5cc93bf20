"""`dxrules explain`: a rule, and why a plan meets it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import (
    alone,
    format_option,
    judge_one,
    load,
    options,
    say,
    say_json,
    style,
)
from dxrules.errors import OK, UNTRUSTED
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dxrules.assessment import EngineChoice

_HELP = Text(
    """規則の内容・典拠・適用日を示します。PLAN を付けると、判定の理由を条件ごとに示します。

    \b
    例:
      dxrules explain STD-02
      dxrules explain STD-02 facts/34545-jinsekikogen.yaml
    """,
    """Show what a rule asks, who says so, and since when; with PLAN, why it came out as it did.

    \b
    Examples:
      dxrules explain STD-02
      dxrules explain STD-02 facts/34545-jinsekikogen.yaml
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("explain", help=_HELP.in_(lang))
    @click.argument("rule")
    @click.argument("plan", required=False)
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @format_option(lang, "table", "json")
    def explain(
        *,
        rule: str,
        plan: str | None,
        day: date | None,
        rulesets: Path | None,
        engine: EngineChoice,
        no_waivers: bool,
        shape: str,
    ) -> int:
        from dxrules.assessment.explain import explain as explained

        law = load(rulesets)
        judged = None
        if plan is not None:
            judged = judge_one(lang, plan, law, day, engine=engine, waivers=not no_waivers)
        explanation = explained(law, rule, judged)
        if shape == "json":
            from dxrules.report.json_report import render_explanation as as_json

            say_json(as_json(explanation))
        else:
            from dxrules.report.rules import render_explanation

            plans = (None,) if judged is None else judged.plans
            why = None if judged is None else alone(judged, engine)
            say(render_explanation(explanation, style(lang), plans[0], why))
        return UNTRUSTED if judged is not None and not judged.trusted else OK

    return explain
