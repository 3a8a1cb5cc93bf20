"""`dxrules rules impact`: whose verdicts a change of the rules turns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import command_named, option
from dxrules.cli.comparison_options import read_pairs, sides_options
from dxrules.cli.judged_count import code_of_number, expect_option, refuse_without_rules
from dxrules.cli.named_plans import Plans
from dxrules.cli.plans_to_judge import JudgedBy, judged_by
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.ruleset_options import tell_unread
from dxrules.errors import FINDINGS, OK, UNTRUSTED, UsageError
from dxrules.paths import shown
from dxrules.report.writers import IMPACT
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.keeper.comparison_side import Side
    from dxrules.keeper.impact import PlanPair

_THRESHOLDS = ("never", "newly-failing", "any")
_HELP = Text(
    """点検項目の変更で、どの団体の、どの点検項目の判定が変わるかを示します。新たに不適合になるものが先に来ます。

    比べる側の書き方は dxrules rules diff と同じです。
    git のリビジョンの側では計画もその時点のものを読み、変わったのが点検項目か計画かを示します。
    日を比べるときは、日が経っただけで変わった判定を分けて示します。
    """,
    """Show whose verdict changes on which rule when the rules do, newly failing first.

    Sides are written as for dxrules rules diff. On the side of a git revision the plan is read
    as it was, too, and the report says whether the law changed or the town did. Between days,
    what only time has changed is told apart.
    """,
)
_EXAMPLES = (
    "dxrules rules impact facts --from 2025-06-30 --to 2026-11-20",
    "dxrules rules impact facts --from git:HEAD --fail-on newly-failing",
)


@command_named("impact", _HELP, _EXAMPLES)
@click.argument("plan", nargs=-1, required=True, metavar="PLAN...")
@sides_options
@judged_by
@output_options(IMPACT)
@option(
    "--fail-on",
    ja="新たな不適合(any ならすべての変化)があれば終了コード1",
    en="exit with 1 if anything newly fails, or with any if anything changes",
    type=click.Choice(_THRESHOLDS),
    default=_THRESHOLDS[0],
    show_default=True,
)
@expect_option
def command(
    *,
    plan: tuple[str, ...],
    old: str,
    new: str | None,
    by: JudgedBy,
    delivery: Delivery,
    fail_on: str,
    expected: int | None,
) -> int:
    """Show which verdicts change with the rules."""
    from dxrules.keeper.comparison_side import SideReader
    from dxrules.keeper.impact import impact as judge

    delivery.keep_apart(plan, by.rulesets)
    reader = SideReader(by.rulesets, shown)
    before, after = reader.both(old, new, by.day)
    for folder in filter(None, reader.read):
        tell_unread(Path(folder))
    if by.given is not None and before.day is not None:
        raise UsageError.of(
            "--as-of は、日のない二つの側を判定する日です。側に日があるときは使えません。",
            "--as-of is the day to judge sides without a day by; both sides have one.",
        )
    plans = Plans()
    pairs = read_pairs(plans, plan, before, after)
    counted = code_of_number(expected, len(pairs))
    if not pairs:
        return max(plans.code, counted)
    _refuse_without_rules(before, after, by.day, pairs)
    found = judge(pairs, before, after, by.day, engine=by.engine, waivers=by.waivers)
    delivery.send(found, by.how(found.engines))
    reached = FINDINGS if found.reaches(fail_on) else OK
    return max(plans.code, counted, reached, OK if found.trusted else UNTRUSTED)


def _refuse_without_rules(
    before: Side, after: Side, today: date, pairs: Sequence[PlanPair]
) -> None:
    """Raise UsageError if no rule is in force on either side: nothing could change."""
    files = [file for pair in pairs for file in pair if file is not None]
    try:
        refuse_without_rules(before.law, before.day or today, files)
    except UsageError:
        refuse_without_rules(after.law, after.day or today, files)
