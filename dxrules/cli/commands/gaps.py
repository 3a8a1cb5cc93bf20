"""`dxrules gaps`: what is missing, by area, in the order to mend it."""

from __future__ import annotations

import click

from dxrules.cli.bilingual import command_named
from dxrules.cli.named_plans import names_one
from dxrules.cli.plans_to_judge import JudgedBy, ToJudge, judged_by
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.selection_options import Chosen, selection_options
from dxrules.report.writers import GAPS
from dxrules.texts import Text

_HELP = Text(
    """足りないものを分野ごとに、直す順に、直し方とともに示します。

    重いものから並べ、同じ重さでは、期限の近いものが先に来ます。
    ほかの取組の前提になるものは、その取組より先に並べます。
    表計算の形式には、照会に使える担当と期限の欄があります。
    """,
    """Show the gaps by area, in the order to fix them, and what would make each pass.

    The gravest comes first, and of what is alike, what is due first.
    What other work waits for stands before that work.
    Spreadsheets have columns for who is in charge and by when, to send round.
    """,
)
_EXAMPLES = (
    "dxrules gaps facts/34545-jinsekikogen.yaml",
    "dxrules gaps facts --select strength:statute --output gaps.xlsx",
)


@command_named("gaps", _HELP, _EXAMPLES)
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@judged_by
@selection_options
@output_options(GAPS)
def command(
    *,
    plans: tuple[str, ...],
    by: JudgedBy,
    delivery: Delivery,
    chosen: Chosen,
) -> int:
    """Show the gaps, in the order to fix them."""
    from dxrules.assessment.gaps import gap_report
    from dxrules.report.several_plans import Several

    asked = ToJudge.of(delivery, plans, by, chosen)
    judged = asked.judged()
    reports = tuple(gap_report(each, asked.law.reference) for each in judged.plans)
    unread = tuple(asked.reading.unreadable)
    told = reports[0] if names_one(plans) else Several(reports, unread)
    delivery.send(told, by.how(judged.engines))
    return asked.code(trusted=judged.trusted)
