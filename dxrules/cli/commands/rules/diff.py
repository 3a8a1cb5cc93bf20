"""`dxrules rules diff`: what changed between two lawbooks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import options, today_in_japan
from dxrules.cli.comparison_options import sides_options
from dxrules.cli.named_plans import Plans
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.ruleset_options import tell_unread
from dxrules.errors import FINDINGS, OK, UsageError
from dxrules.paths import shown
from dxrules.report.writers import DIFF
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.keeper.diff import Diff

_HELP = Text(
    """二つの時点の点検項目の違いを示します。参照データ、点検項目、点検項目の定める値(パラメータ)のすべてを比べます。

    比べる側は、日(2025-06-30)、フォルダ、git のリビジョン(git:HEAD~1、git:v1:フォルダ)で示します。
    フォルダ@日、git:リビジョン@日 は、その日に適用されるものだけを比べます。

    --prove を付けると、計画に何が書いてあっても判定が変わらない変更はどれかを示します。
    変わるものには例を付け、手元の計画から dxrules rules test で実行できる事例を作ります。
    """,
    """Show how the rules differ between two days: reference data, rules and parameters.

    A side is a day (2025-06-30), a folder, or a git revision (git:HEAD~1, git:v1:FOLDER).
    FOLDER@DAY and git:REVISION@DAY compare only what holds on that day.

    --prove tells which edits change no verdict, whatever a plan says; where one does, it shows an
    example, and a case for dxrules rules test made of a plan at hand.
    """,
)
_EXAMPLES = (
    "dxrules rules diff --from 2025-06-30 --to 2026-11-20",
    "dxrules rules diff --from git:HEAD",
    "dxrules rules diff --from old/rulesets --to rulesets --exit-code",
    "dxrules rules diff --from git:HEAD --prove --output cases.yaml",
)
_PROVE = Text(
    "判定が変わらない変更はどれかを証明し、変わるものには例と事例を付ける",
    "prove which edits change no verdict; show an example and a case where one does",
)
_PLANS = Text(
    "--prove の事例のもとにする計画(既定: 同梱の5団体)",
    "plans that cases of --prove are made of (default: the five that travel along)",
)
_PLANS_ALONE = Text("--plan は --prove とともに使います。", "--plan is used together with --prove.")


@command_named("diff", _HELP, _EXAMPLES)
@sides_options
@options("rulesets")
@output_options(DIFF)
@flag("--exit-code", "telling", ja="違いがあれば終了コード1", en="exit with 1 if anything differs")
@flag("--prove", ja=_PROVE.ja, en=_PROVE.en)
@option("--plan", "plans", ja=_PLANS.ja, en=_PLANS.en, multiple=True, called=Text("計画", "PLAN"))
def command(
    *,
    old: str,
    new: str | None,
    rulesets: Path | None,
    delivery: Delivery,
    telling: bool,
    prove: bool,
    plans: tuple[str, ...],
) -> int:
    """Show how the rules differ between two days."""
    from dxrules.keeper.comparison_side import SideReader
    from dxrules.keeper.diff import diff as compare

    if plans and not prove:
        raise UsageError(_PLANS_ALONE)
    delivery.keep_apart(plans, rulesets)
    reader = SideReader(rulesets, shown, examples=False)
    found = compare(*reader.both(old, new, today_in_japan()))
    for folder in filter(None, reader.read):
        tell_unread(Path(folder))
    code = OK
    if prove:
        found, code = _proved(found, plans)
    delivery.send(found)
    return max(code, FINDINGS if telling and found.changes else OK)


def _proved(found: Diff, paths: tuple[str, ...]) -> tuple[Diff, int]:
    """Return the differences with their proofs, and the exit code of what plans were read."""
    from dxrules.keeper.impact import readable
    from dxrules.keeper.proof import prove
    from dxrules.reference import data_root

    sides = (found.old, found.new)
    plans = Plans()
    files = plans.read(
        paths or (str(data_root() / "facts"),), readable(found.old.law, found.new.law)
    )
    proofs = prove(found.rules, sides, files, today_in_japan())
    return replace(found, proofs=proofs), plans.code
