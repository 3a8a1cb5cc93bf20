"""`dxrules evidence`: whether what a plan file quotes stands in the document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.cli.bilingual import argument, command_named, flag
from dxrules.cli.common import called, options, today_in_japan
from dxrules.cli.named_plans import one_plan
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.ruleset_options import tell_others
from dxrules.cli.streams import complain, say_file
from dxrules.errors import FINDINGS, OK, UsageError
from dxrules.paths import shown
from dxrules.report.writers import QUOTATIONS
from dxrules.source import stamp, write_whole
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.assessment.quotations import Quotations
    from dxrules.source.write import Stamp

_HELP = Text(
    """計画ファイルが根拠に引く原文の断片が、文書のその箇所にあるかを確かめます。

    1字でも違う断片は見つかりません(空白、全角と半角、脚注番号、似た横棒の違いは問いません)。
    文書はPDF、Word(.docx)、Excel(.xlsx)、HTML、Markdown、テキストを読みます。
    終了コード: 0 すべてある、1 見つからないか箇所が違う、2 入力の誤り。
    """,
    """Look whether what a plan file quotes as evidence stands in the document, and where it says.

    A fragment with one other character is not found; blanks, widths, footnote marks and dashes
    that look alike do not count. PDF, Word (.docx), Excel (.xlsx), HTML, Markdown and text are
    read. Exit codes: 0 all is there, 1 something is missing or elsewhere, 2 wrong input.
    """,
)
_EXAMPLES = (
    "dxrules evidence our-town.yaml plan.pdf",
    "dxrules evidence our-town.yaml plan.pdf --fix",
)
_EXTRA = Text(
    "evidence には追加のライブラリが要ります。pip install 'dxrules[draft]' で入ります。",
    "evidence needs further libraries: pip install 'dxrules[draft]'.",
)
_NO_TEXT = Text(
    "{file}: Excelブックの計画ファイルは --fix で直せません。"
    "`dxrules convert` でYAMLにするか、ブックを直接直してください。",
    "{file}: a plan file that is a workbook cannot be corrected by --fix. Make it YAML with "
    "`dxrules convert`, or correct the workbook itself.",
)
_NO_FILE = Text(
    "標準入力の計画には書き込めません。--fix で直し方を示します。",
    "A plan on standard input cannot be written to. --fix shows what to correct.",
)
_WRITTEN = Text("{file}: 根拠の箇所を{count}か所直しました。", "{file}: {count} places corrected.")
_NOTHING = Text("{file}: 直す箇所はありません。", "{file}: no place has to be corrected.")


@command_named("evidence", _HELP, _EXAMPLES)
@argument("plan", ja="計画ファイル", en="PLAN")
@argument("document", ja="文書", en="DOCUMENT")
@flag(
    "--fix",
    ja="ページと章・節の直し方を差分で示す",
    en="show corrected pages and sections as a diff",
)
@flag(
    "--write",
    ja="それを計画ファイルに書き込む(コメントと順序は残る)",
    en="write them into the plan file; comments and order stay",
)
@options("rulesets")
@output_options(QUOTATIONS)
def command(
    *,
    plan: str,
    document: str,
    fix: bool,
    write: bool,
    rulesets: Path | None,
    delivery: Delivery,
) -> int:
    """Look whether what a plan file quotes stands in the document."""
    _need_libraries()
    from dxrules.assessment.quotations import quotations_in
    from dxrules.document.reading import read_original
    from dxrules.plan.read import as_if_confirmed
    from dxrules.reference.load import load_reference

    delivery.keep_apart([plan], rulesets, Path(document))
    if write and plan == "-":
        raise UsageError(_NO_FILE)
    tell_others(rulesets)
    reference = load_reference(rulesets, called(rulesets))
    seen = stamp(Path(plan))
    file = as_if_confirmed(one_plan(plan, reference), reference)
    original = read_original(Path(document), shown(Path(document)))
    found = quotations_in(file, original, today_in_japan())
    if fix or write:
        new = _corrected(found)
        delivery = delivery.without_table()
        if fix:
            say_file(_diff(found, new))
    delivery.send(found)
    if write:
        _write(found, Path(plan), new, seen)
    left = [each for each in found.wrong if not (write and each.state == "elsewhere")]
    return FINDINGS if left else OK


def _need_libraries() -> None:
    """Raise UsageError, which names the extra, where its libraries are not installed."""
    from importlib.util import find_spec

    if find_spec("rapidfuzz") is None:
        raise UsageError(_EXTRA)


def _corrected(found: Quotations) -> str:
    """Return the text of the plan file with the pages and sections of the document."""
    from copy import deepcopy

    from dxrules.source.rewrite import rewritten

    document, corrections = found.file.document, found.corrections()
    if document.raw is not None:
        raise UsageError(_NO_TEXT.format(file=found.file.name))
    if not corrections:
        return document.text
    data = deepcopy(document.data)
    for (*around, last), value in corrections.items():
        holder = data
        for part in around:
            holder = holder[part]
        holder[last] = str(value)
    return rewritten(document, data).text


def _diff(found: Quotations, new: str) -> str:
    from difflib import unified_diff

    name = found.file.name
    old = found.file.document.text
    lines = unified_diff(old.splitlines(), new.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _write(found: Quotations, file: Path, new: str, seen: Stamp | None) -> None:
    count = len(found.corrections())
    if count:
        write_whole({file: new.encode()}, {file: seen})
    said = _WRITTEN.format(file=found.file.name, count=count) if count else _NOTHING
    complain(said.format(file=found.file.name))
