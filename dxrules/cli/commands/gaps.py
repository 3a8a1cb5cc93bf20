"""`dxrules gaps`: what is missing, by area, in the order to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import alone, judge_one, load, options, plain
from dxrules.cli.report_output import Delivery, output_options
from dxrules.errors import OK, UNTRUSTED
from dxrules.report.writers import GAPS, How
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
      dxrules gaps facts/34545-jinsekikogen.yaml --output gaps.xlsx
    """,
    """Show what is missing, by area, in the order to mend it, and what would make it pass.

    What other work waits for, and what is due first, comes first.

    \b
    Examples:
      dxrules gaps facts/34545-jinsekikogen.yaml
      dxrules gaps facts/34545-jinsekikogen.yaml --output gaps.xlsx
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("gaps", help=_HELP.in_(lang))
    @click.argument("plan", metavar=Text("計画ファイル", "PLAN").in_(lang))
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @output_options(lang, GAPS)
    def gaps(
        *,
        plan: str,
        day: date | None,
        rulesets: Path | None,
        engine: EngineChoice,
        waivers: bool,
        shape: str,
        outputs: tuple[str, ...],
    ) -> int:
        from dxrules.assessment.gaps import gap_report

        delivery = Delivery.of(GAPS, shape, outputs)
        delivery.keep_apart([plan], rulesets)
        law = load(rulesets)
        judged = judge_one(lang, plan, law, day, engine=engine, waivers=waivers)
        report = gap_report(judged.plans[0], law.reference)
        delivery.send(report, lang, How(plain(lang), alone=alone(judged, engine)))
        return OK if judged.trusted else UNTRUSTED

    return gaps
