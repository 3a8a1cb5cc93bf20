"""`dxrules new plan`: a plan file to fill in."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import load, options, today_in_japan, write_new
from dxrules.cli.streams import complain, say_bytes, say_file, spoken
from dxrules.errors import UsageError
from dxrules.paths import shown
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from dxrules.rules import Law

_HELP = Text(
    """計画ファイルのひな形を書き出します。すべてのキーに説明が付いています。

    FILE を省くと標準出力に書きます。既にあるファイルには上書きしません。
    Excelブック(.xlsx)は、シートの欄と選択肢に記入すれば、そのまま計画ファイルになります。
    """,
    """Write a plan file to fill in, in which every key is explained.

    Without FILE it goes to standard output. A file that is already there is left alone.
    A workbook (.xlsx) with its cells and drop-downs filled in is a plan file as it is.
    """,
)
_EXAMPLES = (
    "dxrules new plan my-town.yaml",
    "dxrules new plan my-town.xlsx",
    "dxrules new plan --example example.xlsx",
)

_EXAMPLE = "34545-jinsekikogen.yaml"
_FORMS = {".yaml": "yaml", ".yml": "yaml", ".xlsx": "xlsx"}
_ENDING = Text(
    "{file}: この名前の計画ファイルは読まれません。{endings} で終わる名前にしてください"
    "(例: my-town.yaml)。",
    "{file}: no command reads a plan file of this name. Give it a name that ends in {endings}, "
    "as in my-town.yaml.",
)
_OTHER_FORM = Text(
    "{file}: 拡張子と --format {shape} が合いません。どちらかを改めてください。",
    "{file}: its ending and --format {shape} do not agree. Change one of them.",
)
_BEGIN: dict[str, Text] = {
    "yaml": Text("記入して、次に: {call}", "Fill it in, then:  {call}"),
    "xlsx": Text(
        "シート「使い方」の順に記入して、次に: {call}",
        "Fill it in as its first sheet says, then:  {call}",
    ),
}


@command_named("new", _HELP, _EXAMPLES)
@click.argument("what", type=click.Choice(["plan"]))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@options("rulesets")
@option(
    "--format",
    "shape",
    ja="形式(既定: 拡張子から)",
    en="form (by the ending of FILE)",
    type=click.Choice(["yaml", "xlsx"]),
)
@flag(
    "--example",
    ja="実在の計画で記入済みの例を書く",
    en="write an example, filled in from a real plan",
)
def command(
    *,
    what: str,
    file: Path | None,
    rulesets: Path | None,
    shape: str | None,
    example: bool,
) -> None:
    """Write a plan file to fill in."""
    del what  # there are only plans so far
    form = _form(file, shape)
    write = _example if example else _empty
    content = write(form, load(rulesets))
    if file is not None:
        write_new(file, content)
        if not example:
            complain(_BEGIN[form].format(call=shlex.join(["dxrules", "check", str(file)])))
        return
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise UsageError.of(
            "ブックは端末に出せません。ファイル名を指定してください。",
            "A workbook is not for a terminal. Name a file.",
        )
    if isinstance(content, bytes):
        say_bytes(content)
    else:
        say_file(content)


def _empty(form: str, law: Law) -> str | bytes:
    """Return a plan file to fill in."""
    if form == "xlsx":
        from dxrules.plan.workbook.writer import empty_workbook
        from dxrules.rules.sections_decided import rules_by_section

        decided = rules_by_section(law.lawbook(today_in_japan()))
        return empty_workbook(spoken(), law.reference, decided)
    from dxrules.plan.template import template

    return template(spoken(), law.reference)


def _example(form: str, law: Law) -> str | bytes:
    """Return the plan file of a real plan."""
    from dxrules.plan import read_plan
    from dxrules.reference import data_root

    plan = read_plan(data_root() / "facts" / _EXAMPLE, law.reference)
    if form == "yaml":
        return plan.document.text
    from dxrules.plan.workbook.writer import workbook_of
    from dxrules.rules.sections_decided import rules_by_section

    decided = rules_by_section(law.lawbook(today_in_japan()))
    return workbook_of(plan.document.data, spoken(), law.reference, decided)


def _form(file: Path | None, shape: str | None) -> str:
    """Return the form that is asked for; raise UsageError if the file's name says another."""
    if file is None:
        return shape or "yaml"
    told = _FORMS.get(file.suffix.lower())
    if told is None:
        endings = join(same(ending) for ending in _FORMS)
        raise UsageError(_ENDING.format(file=shown(file), endings=endings))
    if shape not in (None, told):
        raise UsageError(_OTHER_FORM.format(file=shown(file), shape=str(shape)))
    return told
