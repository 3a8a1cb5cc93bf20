"""`dxrules explain`: a rule, and why a plan meets it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import alone, format_option, judge_one, load, options, style, today_in_japan
from dxrules.cli.streams import say, say_json
from dxrules.errors import OK, UNTRUSTED
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dxrules.assessment import EngineChoice

_HELP = Text(
    """規則の内容・典拠・適用日を示します。

    計画ファイルを付けると、判定の理由を条件ごとに示し、不適合には直し方も示します。

    \b
    例:
      dxrules explain STD-02
      dxrules explain STD-02 facts/34545-jinsekikogen.yaml
      dxrules explain STD-02 --history
    """,
    """Show what a rule asks, who says so, and since when; with PLAN, why it came out as it did,
    and what would make a failure pass.

    \b
    Examples:
      dxrules explain STD-02
      dxrules explain STD-02 facts/34545-jinsekikogen.yaml
      dxrules explain STD-02 --history
    """,
)
_HISTORY = Text(
    "規則、値、典拠の文書の経緯を、判定日までに公表されたものだけ示す。",
    "Also show the history of the rule, its values and the documents behind it, as announced by "
    "the day judged.",
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("explain", help=_HELP.in_(lang))
    @click.argument("rule", metavar=Text("規則", "RULE").in_(lang))
    @click.argument("plan", required=False, metavar=Text("[計画ファイル]", "[PLAN]").in_(lang))
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @click.option("--history", "with_history", is_flag=True, help=_HISTORY.in_(lang))
    @format_option(lang, "table", "json")
    def explain(  # noqa: PLR0913  (one per option)
        *,
        rule: str,
        plan: str | None,
        day: date | None,
        rulesets: Path | None,
        engine: EngineChoice,
        waivers: bool,
        with_history: bool,
        shape: str,
    ) -> int:
        from dxrules.assessment.explain import explain as explained
        from dxrules.assessment.history import history

        law = load(rulesets)
        judged = None
        if plan is not None:
            judged = judge_one(lang, plan, law, day, engine=engine, waivers=waivers)
        told = None
        if with_history:
            told = history(law, rule, day or today_in_japan(), judged)
        explanation = told.explanation if told else explained(law, rule, judged)
        if shape == "json":
            from dxrules.report.json_report import render_explanation as as_json

            say_json(as_json(explanation, told))
        else:
            from dxrules.report.rules import render_explanation

            plans = (None,) if judged is None else judged.plans
            why = None if judged is None else alone(judged, engine)
            say(render_explanation(explanation, style(lang), plans[0], why, told))
        return UNTRUSTED if judged is not None and not judged.trusted else OK

    return explain
