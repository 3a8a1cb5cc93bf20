"""`dxrules convert`: a plan file in another form."""

from __future__ import annotations

from pathlib import Path

import click

from dxrules.cli.bilingual import command_named
from dxrules.cli.common import load, options, write_new
from dxrules.cli.named_plans import one_plan
from dxrules.cli.streams import spoken
from dxrules.texts import Text

_HELP = Text(
    """計画ファイルを、YAML・JSON・Excelブックの間で変換します。内容は失われません。

    形式は NEW の拡張子(.yaml、.json、.xlsx)で決まります。YAMLのコメントは移りません。
    既にあるファイルには上書きしません。
    """,
    """Convert a plan file between YAML, JSON and a workbook. Nothing is lost.

    The ending of NEW (.yaml, .json, .xlsx) tells the form. Comments of YAML are not taken over.
    A file that is already there is left alone.
    """,
)
_EXAMPLES = ("dxrules convert my-town.xlsx my-town.yaml",)


@command_named("convert", _HELP, _EXAMPLES)
@click.argument("plan")
@click.argument("new", type=click.Path(path_type=Path))
@options("rulesets")
def command(*, plan: str, new: Path, rulesets: Path | None) -> None:
    """Convert a plan file between YAML, JSON and a workbook."""
    from dxrules.plan.convert import converted

    reference = load(rulesets).reference
    write_new(new, converted(one_plan(plan, reference), new, spoken(), reference))
