"""`dxrules rules diff`: what changed between two lawbooks."""

from __future__ import annotations

from pathlib import Path

import click

from dxrules.cli.common import options, shown, today_in_japan
from dxrules.cli.comparison_options import sides_options
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.ruleset_options import tell_unread
from dxrules.errors import FINDINGS, OK
from dxrules.report.writers import DIFF
from dxrules.texts import Lang, Text

_HELP = Text(
    """二つの時点の点検項目の違いを示します。参照データ、点検項目、点検項目の定める値(パラメータ)のすべてを比べます。

    比べる側は、日(2025-06-30)、フォルダ、git のリビジョン(git:HEAD~1、git:v1:フォルダ)で示します。
    フォルダ@日、git:リビジョン@日 は、その日に適用されるものだけを比べます。

    \b
    例:
      dxrules rules diff --from 2025-06-30 --to 2026-11-20
      dxrules rules diff --from git:HEAD
      dxrules rules diff --from old/rulesets --to rulesets --exit-code
    """,
    """Show how the rules differ between two days: reference data, rules and parameters.

    A side is a day (2025-06-30), a folder, or a git revision (git:HEAD~1, git:v1:FOLDER).
    FOLDER@DAY and git:REVISION@DAY compare only what holds on that day.

    \b
    Examples:
      dxrules rules diff --from 2025-06-30 --to 2026-11-20
      dxrules rules diff --from git:HEAD
      dxrules rules diff --from old/rulesets --to rulesets --exit-code
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("diff", help=_HELP.in_(lang))
    @sides_options(lang)
    @options(lang, "rulesets")
    @output_options(lang, DIFF)
    @click.option(
        "--exit-code",
        "telling",
        is_flag=True,
        help=Text("違いがあれば終了コード1", "exit with 1 if anything differs").in_(lang),
    )
    def diff(
        *,
        old: str,
        new: str | None,
        rulesets: Path | None,
        shape: str,
        outputs: tuple[str, ...],
        telling: bool,
    ) -> int:
        from dxrules.keeper.comparison_side import SideReader
        from dxrules.keeper.diff import diff as compare

        delivery = Delivery.of(DIFF, shape, outputs)
        delivery.keep_apart([], rulesets)
        reader = SideReader(rulesets, shown, examples=False)
        found = compare(*reader.both(old, new, today_in_japan()))
        for folder in filter(None, reader.read):
            tell_unread(Path(folder), lang)
        delivery.send(found, lang)
        return FINDINGS if telling and found.changes else OK

    return diff
