"""`dxrules rules lint`: what is wrong with the ruleset files, or odd."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click

from dxrules.cli.bilingual import command_named, option
from dxrules.cli.common import called, options, plain, today_in_japan
from dxrules.cli.law_text_options import law_texts, texts_option
from dxrules.cli.named_plans import keep_out_of_plans
from dxrules.cli.plan_folder import folders_of_plans
from dxrules.cli.report_output import Delivery, located, output_options
from dxrules.cli.ruleset_options import rulesets_read, tell_others
from dxrules.errors import FINDINGS, OK
from dxrules.report.how_to_write import How
from dxrules.report.writers import LINT
from dxrules.texts import Text

_HELP = Text(
    """点検項目のファイルの誤りや不自然な点をすべて示します。

    \b
    読み込めない誤りのほか、決して成り立たない条件、同じことを問う点検項目、
    日付つきの値の空白、どこからも引かれない典拠、どこで読めるか分からない典拠などを指摘します。
    tests/ のテストファイルも、実行せずに読み、誤りを示します。
    --texts に e-Gov の条文のフォルダを指定すると、条文にない条項を引く点検項目も示します。

    \b
    終了コード: 0 指摘なし、1 --fail-on 以上の指摘あり
    """,
    """Print every fault of the ruleset files, and what is odd about them.

    Beyond what cannot be read: conditions that can never be true, rules that ask the same, gaps
    in dated values, sources that nothing cites or that nobody can find again, and more. The test
    files in tests/ are read, and not run. With --texts, a folder of e-Gov texts, so are rules
    that cite a place that is not there.

    \b
    Exit code: 0 no remark, 1 a remark of the severity of --fail-on or graver
    """,
)
_EXAMPLES = (
    "dxrules rules lint",
    "dxrules rules lint --rulesets my-rulesets --fail-on error",
    "dxrules rules lint --texts law-texts",
    "dxrules rules lint --format github --output sarif=lint.sarif",
)
_FAIL_ON = Text("終了コード1にする重さ", "what makes the exit code 1")
_COUNTING = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}


def _files(rulesets: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield how remarks call the files of a folder of rulesets; none of those that travel along."""
    if rulesets is not None:
        for path in rulesets_read(rulesets):
            yield f"{called(rulesets)}/{path.relative_to(rulesets).as_posix()}", path


@command_named("lint", _HELP, _EXAMPLES)
@output_options(LINT)
@option(
    "--fail-on",
    ja=_FAIL_ON.ja,
    en=_FAIL_ON.en,
    type=click.Choice(list(_COUNTING)),
    default="warning",
    show_default=True,
)
@texts_option
@options("rulesets, all of them")
def command(
    *,
    delivery: Delivery,
    fail_on: Literal["error", "warning", "never"],
    rulesets: Path | None,
    texts: Path | None,
) -> int:
    """Print every fault of the ruleset files, and what is odd."""
    from dxrules.keeper.lint import lint as find

    delivery.guard(lambda: rulesets_read(rulesets))
    written = [path for path, _ in delivery.files]
    keep_out_of_plans(written, folders_of_plans(written))
    laws = None if texts is None else (law_texts(texts), today_in_japan())
    tell_others(rulesets)
    remarks = find(rulesets, called(rulesets), laws)
    delivery.send(remarks, How(plain(), locate=located(lambda: _files(rulesets))))
    counted = any(remark.severity in _COUNTING[fail_on] for remark in remarks)
    return FINDINGS if counted else OK
