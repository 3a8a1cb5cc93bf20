"""`dxrules answer`: answers of the town, taken into its plan file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import argument, command_named, flag, option
from dxrules.cli.common import DayType, load, one_plan, options, shown, style, today_in_japan
from dxrules.cli.common import write_new as write_new_file
from dxrules.cli.judged_count import refuse_without_rules
from dxrules.cli.streams import complain, say
from dxrules.errors import InputError, Place, Problem, UsageError
from dxrules.report.writers import How
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from dxrules.inquiry.returned import Returned
    from dxrules.plan import PlanFile
    from dxrules.reference import Reference

_HELP = Text(
    """照会(dxrules ask のブック)への回答を、計画ファイルに取り込みます。

    まず、何が変わり、何が決まるかを示します。--write で書き込みます。計画ファイルのほかの行と
    コメントはそのままです。
    """,
    """Take the answers in an inquiry (a workbook of dxrules ask) into a plan file.

    First it shows what changes and what that settles; --write writes it. All other lines of the
    plan file, and its comments, stay as they are.
    """,
)
_EXAMPLES = (
    Text(
        "dxrules answer facts/40646-koge.yaml 照会.xlsx",
        "dxrules answer facts/40646-koge.yaml inquiry.xlsx",
    ),
    Text(
        "dxrules answer facts/40646-koge.yaml 照会.xlsx --write",
        "dxrules answer facts/40646-koge.yaml inquiry.xlsx --write",
    ),
)
_NO_INQUIRY = Text("照会のブックではありません。", "This is no workbook of an inquiry.")
_THE_WORKBOOK = Text(
    "`dxrules ask` で作り、回答を記入して戻されたブック(.xlsx)を指定してください。",
    "Name the workbook (.xlsx) that `dxrules ask` made and that came back with answers.",
)
_TO_WRITE = Text("→ 書き込むには --write", "→ --write writes it")
_WRITTEN = Text("{file} に書き込んだ", "Written to {file}")
_STANDARD_INPUT = Text(
    "標準入力の計画には書き込めません。ファイルを指定してください。",
    "A plan from standard input is not written into. Name a file.",
)


@command_named("answer", _HELP, _EXAMPLES)
@argument("plan", ja="計画ファイル", en="PLAN")
@argument("inquiry", ja="照会のブック", en="INQUIRY", type=click.Path(path_type=Path))
@options("as_of", "rulesets")
@option(
    "--told",
    ja="回答した日が書かれていない行の日",
    en="day of the answers in rows that give none",
    called=Text("日", "DAY"),
    type=DayType(),
)
@flag("--write", "writes", ja="計画ファイルに書き込む", en="write it into the plan file")
@option(
    "--output",
    "output",
    ja="回答の入った計画ファイルを別に作る(.yaml、.json、.xlsx)",
    en="make another plan file that holds the answers (.yaml, .json, .xlsx)",
    type=click.Path(path_type=Path),
)
def command(  # noqa: PLR0913  (one per option)
    *,
    lang: Lang,
    plan: str,
    inquiry: Path,
    day: date | None,
    rulesets: Path | None,
    told: date | None,
    writes: bool,
    output: Path | None,
) -> None:
    """Take answers of the municipality into a plan file."""
    from dxrules.assessment.assess import assessor
    from dxrules.inquiry.taken_in import refuse_workbook, taken_in
    from dxrules.report.taken_in import Taking, write

    law, today = load(rulesets), today_in_japan()
    day = day or today
    file = one_plan(lang, plan, law.reference)
    refuse_without_rules(law, day, [file])
    if writes and plan == "-":
        raise UsageError(_STANDARD_INPUT)
    if writes:
        refuse_workbook(file)
    found = _returned(inquiry, file, law.reference, max(day, today), told)
    for said in found.remarks:
        complain(said.in_(lang))
    held = {(each.about, each.answer, each.told.text) for each in file.plan.answers}
    new = tuple(
        each
        for each in found.given
        if (each.answer.about, each.answer.answer, each.answer.told.text) not in held
    )
    given, places = [each.data for each in new], [each.place for each in new]
    after = taken_in(file, given, law.reference, places) if new else file
    judge = assessor(law, day, engine="interpreter")
    taking = Taking(found, new, judge(file), judge(after))
    say(write(taking, How(style(lang))).decode())
    if output is not None and new:
        from dxrules.plan.convert import converted

        same_form = output.suffix.lower() == Path(plan).suffix.lower() != ".xlsx"
        content = after.document.text.encode() if same_form else None
        write_new_file(output, content or converted(after, output, lang, law.reference))
        complain(_WRITTEN.format(file=shown(output)).in_(lang))
    if writes and new:
        from dxrules.source import write_whole

        write_whole({Path(plan): after.document.text.encode()})
        complain(_WRITTEN.format(file=shown(Path(plan))).in_(lang))
    elif new and output is None:
        complain(_TO_WRITE.in_(lang))


def _returned(
    inquiry: Path, file: PlanFile, reference: Reference, today: date, told: date | None
) -> Returned:
    """Read the inquiry that came back; raise InputError with all that is wrong with it."""
    from dxrules.inquiry.returned import returned
    from dxrules.source.bounds import WORKBOOK
    from dxrules.source.file_kind import kind_of, what_it_is
    from dxrules.source.read import read

    document = read(inquiry, binary=True, most=WORKBOOK.packed)
    if document.raw is None:
        raise InputError(document.problems)
    kind = kind_of(document.raw, document.file)
    if not document.raw.startswith(b"PK") if kind is None else not kind.of_sheets:
        other = what_it_is(document.raw, or_text=True) or _NO_INQUIRY
        raise InputError([Problem(Place(document.file, 1, 1), "", other, _THE_WORKBOOK)])
    code, known = file.plan.municipality.code, reference.known()
    said = None if told is None else told.isoformat()
    return returned(document.raw, document.file, code, known, today, said)
