"""`dxrules forecast`: what will fall due, and which verdicts change when."""

from __future__ import annotations

from datetime import date

import click

from dxrules.cli.bilingual import command_named, option
from dxrules.cli.common import as_day
from dxrules.cli.named_plans import names_one
from dxrules.cli.plans_to_judge import JudgedBy, ToJudge, judged_by
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.selection_options import Chosen, selection_options
from dxrules.report.writers import FORECAST
from dxrules.texts import Text

_HELP = Text(
    """計画の期日と、この先判定が変わる日を、理由とともに示します。

    始まりの日(--as-of)に公表されていた法令と国の計画によります。
    """,
    """Show what falls due, and each coming day on which a verdict changes, and why.

    It goes by the law and the national plan as announced by the first day (--as-of).
    """,
)
_EXAMPLES = (
    "dxrules forecast facts/34545-jinsekikogen.yaml",
    Text(
        "dxrules forecast facts/34545-jinsekikogen.yaml --until 令和10年3月31日",
        "dxrules forecast facts/34545-jinsekikogen.yaml --until 2028-03-31",
    ),
    "dxrules forecast facts --until 2027-12-31 --output towns.xlsx",
    "dxrules forecast facts/34545-jinsekikogen.yaml --output plan.ics",
)


@command_named("forecast", _HELP, _EXAMPLES)
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@option(
    "--until",
    ja="この日まで(既定: 計画期間の末日。なければ翌年度末)",
    en="up to this day (the end of the plan's period, else of the next fiscal year)",
    called=Text("日", "DAY"),
    callback=as_day,
)
@judged_by
@selection_options
@output_options(FORECAST)
def command(
    *,
    plans: tuple[str, ...],
    until: date | None,
    by: JudgedBy,
    delivery: Delivery,
    chosen: Chosen,
) -> int:
    """Show what falls due, and when verdicts change."""
    from dxrules.assessment.forecast import forecast as foresee
    from dxrules.report.several_plans import Several

    asked = ToJudge.of(delivery, plans, by, chosen)
    asked.files.sort(key=lambda file: (file.plan.municipality.code, file.name))
    seen = asked.selection.of_forecasts(
        [
            foresee(each, asked.law, by.day, until, engine=by.engine, waivers=by.waivers)
            for each in asked.files
        ]
    )
    told = seen[0] if names_one(plans) else Several(seen, tuple(asked.reading.unreadable))
    delivery.send(told, by.how(seen[0].first.engines))
    return asked.code(trusted=all(each.trusted for each in seen))
