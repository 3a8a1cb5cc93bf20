"""`dxrules baseline`: the file of what is already known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import command_named
from dxrules.cli.common import load
from dxrules.cli.named_plans import Plans, keep_out_of_plans
from dxrules.cli.plans_to_judge import JudgedBy, judged_by
from dxrules.cli.streams import say
from dxrules.errors import UNTRUSTED, UsageError
from dxrules.paths import is_there, shown
from dxrules.source import stamp, write_whole
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.assessment import Assessment

_HELP = Text(
    """既知の不適合・要確認のファイル(ベースライン)を作り、更新します。

    dxrules check --baseline FILE は、このファイルにないものだけを終了コードに数えます。

    \b
    write   今の不適合と要確認をすべて書く(既にあるファイルには上書きしない)
    update  判定した団体の分を、今の状態に書き直す(前の計画の分は除く)
    prune   直ったものだけを除く
    """,
    """Make and keep the file of failures and open questions that are already known.

    dxrules check --baseline FILE counts only what is not in it for its exit code.

    \b
    write   write all that fails or is undetermined now (never over a file)
    update  rewrite what it says of the judged towns (not of their earlier plans)
    prune   take out what has been mended
    """,
)
_EXAMPLES = (
    "dxrules baseline write known.json facts",
    "dxrules check facts --baseline known.json",
    "dxrules baseline prune known.json facts",
)
_THERE = Text(
    "{file}: 既にあります。update か prune を使ってください。",
    "{file}: is already there. Use update or prune.",
)
_DONE = Text(
    "{file}: {after}件(変更前 {before}件)\n", "{file}: {after} entries ({before} before)\n"
)


@command_named("baseline", _HELP, _EXAMPLES)
@click.argument("what", type=click.Choice(["write", "update", "prune"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@judged_by
def command(
    *,
    what: str,
    file: Path,
    plans: tuple[str, ...],
    by: JudgedBy,
) -> int:
    """Keep the file of what is already known."""
    from dxrules.assessment.baseline import compare_each, pruned, updated
    from dxrules.assessment.baseline_file import baseline_lines, read_baseline

    if what == "write" and is_there(file):
        raise UsageError(_THERE.format(file=shown(file)))
    keep_out_of_plans([file], plans)
    seen = stamp(file)
    before = () if what == "write" else read_baseline(file, shown(file))
    law = load(by.rulesets)
    reading = Plans()
    trusted = True

    def judged() -> Iterator[Assessment]:
        nonlocal trusted
        for each in by.judge_each(reading.each(plans, law.reference), law):
            trusted = trusted and each.trusted
            yield each

    after = (pruned if what == "prune" else updated)(before, compare_each(judged(), before))
    if reading.code:
        return reading.code
    if not trusted:
        return UNTRUSTED
    write_whole({file: lambda stream: stream.writelines(baseline_lines(after))}, {file: seen})
    counts = {"after": len(after), "before": len(before)}
    say(_DONE.format(file=shown(file), **counts))
    return reading.code
