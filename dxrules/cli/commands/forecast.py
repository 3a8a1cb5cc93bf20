"""`dxrules forecast`: what will fall due, and which verdicts change when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import (
    DayType,
    alone,
    load,
    one_plan,
    options,
    plain,
    today_in_japan,
)
from dxrules.cli.judged_count import refuse_without_rules
from dxrules.cli.report_output import Delivery, output_options
from dxrules.errors import OK, UNTRUSTED
from dxrules.report.writers import FORECAST, How
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dxrules.assessment import EngineChoice

_HELP = Text(
    """計画の期日と、この先判定が変わる日を、理由とともに示します。

    始まりの日(--as-of)に公表されていた法令と国の計画によります。

    \b
    例:
      dxrules forecast facts/34545-jinsekikogen.yaml
      dxrules forecast facts/34545-jinsekikogen.yaml --until 令和10年3月31日
      dxrules forecast facts/34545-jinsekikogen.yaml --output plan.ics
    """,
    """Show what falls due, and each coming day on which a verdict changes, and why.

    It goes by the law and the national plan as announced by the first day (--as-of).

    \b
    Examples:
      dxrules forecast facts/34545-jinsekikogen.yaml
      dxrules forecast facts/34545-jinsekikogen.yaml --until 2028-03-31
      dxrules forecast facts/34545-jinsekikogen.yaml --output plan.ics
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("forecast", help=_HELP.in_(lang))
    @click.argument("plan")
    @click.option(
        "--until",
        type=DayType(),
        default=None,
        metavar=Text("日", "DAY").in_(lang),
        help=Text(
            "この日まで(既定: 計画期間の末日。なければ翌年度末)",
            "up to this day (the end of the plan's period, else of the next fiscal year)",
        ).in_(lang),
    )
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @output_options(lang, FORECAST)
    def forecast(  # noqa: PLR0913  (one per option)
        *,
        plan: str,
        until: date | None,
        day: date | None,
        rulesets: Path | None,
        engine: EngineChoice,
        waivers: bool,
        shape: str,
        outputs: tuple[str, ...],
    ) -> int:
        from dxrules.assessment.forecast import forecast as foresee

        delivery = Delivery.of(FORECAST, shape, outputs)
        delivery.keep_apart([plan], rulesets)
        law = load(rulesets)
        file = one_plan(lang, plan, law.reference)
        start = day or today_in_japan()
        refuse_without_rules(law, start, [file])
        seen = foresee(file, law, start, until, engine=engine, waivers=waivers)
        delivery.send(seen, lang, How(plain(lang), alone=alone(seen.first, engine)))
        return OK if seen.trusted else UNTRUSTED

    return forecast
