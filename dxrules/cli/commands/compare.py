"""`dxrules compare`: towns side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import Plans, load, options, plain, today_in_japan
from dxrules.cli.outputs import Delivery, output_options
from dxrules.errors import OK, UNTRUSTED
from dxrules.report.writers import COMPARE, How
from dxrules.texts import Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dxrules.assessment import EngineChoice
    from dxrules.texts import Lang

_HELP = Text(
    """団体を並べ、要件ごとに判定を比べます。異なるものに印を付けます。

    \b
    例:
      dxrules compare facts
      dxrules compare facts --all --output towns.csv
    """,
    """Put towns side by side, requirement by requirement, with the differences marked.

    \b
    Examples:
      dxrules compare facts
      dxrules compare facts --all --output towns.csv
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("compare", help=_HELP.in_(lang))
    @click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @output_options(lang, COMPARE)
    @click.option(
        "--all",
        "everything",
        is_flag=True,
        help=Text("異ならない要件も示す", "show requirements that do not differ, too").in_(lang),
    )
    def compare(  # noqa: PLR0913  (one per option)
        *,
        plans: tuple[str, ...],
        day: date | None,
        rulesets: Path | None,
        engine: EngineChoice,
        no_waivers: bool,
        shape: str,
        outputs: tuple[str, ...],
        everything: bool,
    ) -> int:
        from dxrules.assessment import assess
        from dxrules.assessment.comparison import compare_plans

        delivery = Delivery.of(COMPARE, shape, outputs)
        law = load(rulesets)
        reading = Plans(lang)
        files = reading.read(plans, law.reference)
        if not files:
            return reading.code
        judged = assess(files, law, day or today_in_japan(), engine=engine, waivers=not no_waivers)
        delivery.send(compare_plans(judged), lang, How(plain(lang), everything))
        return max(reading.code, OK if judged.trusted else UNTRUSTED)

    return compare
