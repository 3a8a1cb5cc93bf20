"""`dxrules answer`: answers of the town, taken into its plan file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from dxrules.assessment.assess import assessor
from dxrules.cli.bilingual import argument, command_named, flag, option
from dxrules.cli.common import as_day, load, options, say_written, style, today_in_japan
from dxrules.cli.common import write_new as write_new_file
from dxrules.cli.judged_count import refuse_without_rules
from dxrules.cli.named_plans import Plans, one_plan
from dxrules.cli.plan_folder import first_remarks
from dxrules.cli.streams import complain, say, spoken
from dxrules.errors import OK, InputError, UsageError
from dxrules.inquiry.answers_back import AnswersBack, InquiryFolder, Taking
from dxrules.inquiry.taken_in import refuse_workbook
from dxrules.paths import is_folder, shown
from dxrules.plan.convert import converted
from dxrules.plan.read import read_document
from dxrules.report.answer import write
from dxrules.report.how_to_write import How
from dxrules.source import stamp, write_whole
from dxrules.source.read import missing
from dxrules.texts import Text

_HELP = Text(
    """照会(dxrules ask のブック)への回答を、計画ファイルに取り込みます。

    まず、何が変わり、何が決まるかを示します。--write で書き込みます。計画ファイルのほかの行と
    コメントはそのままです。計画のフォルダと照会のフォルダを指定すると、各ブックの回答を、照会先の
    団体の計画に取り込みます。一つでも誤りがあれば、何も書き込みません。
    """,
    """Take the answers in an inquiry (a workbook of dxrules ask) into a plan file.

    First it shows what changes and what that settles; --write writes it. All other lines of the
    plan file, and its comments, stay as they are. With a folder of plans and a folder of inquiries
    each workbook is taken into the plan of the municipality that it asks; where one is wrong
    nothing is written.
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
    Text("dxrules answer facts 照会 --write", "dxrules answer facts inquiries --write"),
)
_TO_WRITE = Text("→ 書き込むには --write", "→ --write writes it")
_CHANGED = Text(
    "{file}: 読んだ後に書き換えられたので、何も書き込んでいません。もう一度実行してください。",
    "{file}: was changed after it was read, so nothing was written. Call again.",
)
_STANDARD_INPUT = Text(
    "標準入力の計画には書き込めません。ファイルを指定してください。",
    "A plan from standard input is not written into. Name a file.",
)
_ONE_OUTPUT = Text(
    "--output は、計画ファイルを1つ指定したときに使えます。",
    "--output is for one plan file.",
)
_TWO_FOLDERS = Text(
    "計画のフォルダには照会のフォルダを、計画ファイルには照会のブックを1つ指定してください。",
    "Name a folder of inquiries with a folder of plans, and one workbook with one plan file.",
)
_TAKEN = Text(
    "照会に答えた団体 {number}、新しい回答のある計画 {new}件",
    "municipalities whose inquiry came back: {number}, plans with new answers: {new}",
)
_NOTHING_WRITTEN = Text(
    "誤りがあるため、何も書き込んでいません。", "As something is wrong, nothing was written."
)


@command_named("answer", _HELP, _EXAMPLES)
@argument("plan", ja="計画ファイル", en="PLAN")
@argument("inquiry", ja="照会のブック", en="INQUIRY", type=click.Path(path_type=Path))
@options("as_of", "rulesets")
@option(
    "--told",
    ja="回答日が空欄の行の回答日",
    en="day of the answers in rows that give none",
    called=Text("日", "DAY"),
    callback=as_day,
)
@flag("--write", "writes", ja="計画ファイルに書き込む", en="write it into the plan file")
@option(
    "--output",
    "-o",
    ja="回答の入った計画ファイルを別に作る(.yaml、.json、.xlsx)",
    en="make another plan file that holds the answers (.yaml, .json, .xlsx)",
    type=click.Path(path_type=Path),
)
def command(
    *,
    plan: str,
    inquiry: Path,
    day: date | None,
    rulesets: Path | None,
    told: date | None,
    writes: bool,
    output: Path | None,
) -> int:
    """Take answers of the municipality into a plan file."""
    law, today = load(rulesets), today_in_japan()
    day = day or today
    judge = assessor(law, day, engine="interpreter")
    back = AnswersBack(law, judge, max(day, today), told)
    if is_folder(Path(plan)) != is_folder(inquiry):
        gone = (missing(each, shown(each)) for each in (Path(plan), inquiry) if each.name != "-")
        raise UsageError(next(filter(None, gone), _TWO_FOLDERS))
    if is_folder(inquiry):
        if output is not None:
            raise UsageError(_ONE_OUTPUT)
        return _take_folder(plan, inquiry, back, day, writes=writes)
    file = one_plan(plan, law.reference)
    refuse_without_rules(law, day, [file])
    if writes and plan == "-":
        raise UsageError(_STANDARD_INPUT)
    if writes:
        refuse_workbook(file)
    taking = back.taking(file, inquiry)
    _show(taking)
    after = taking.after.file
    if output is not None and taking.new:
        same_form = output.suffix.lower() == Path(plan).suffix.lower() != ".xlsx"
        content = after.document.text.encode() if same_form else None
        write_new_file(output, content or converted(after, output, spoken(), law.reference))
        say_written(output)
    if writes and taking.new:
        _write_into({Path(plan): _texts(taking)})
    elif taking.new and output is None:
        complain(_TO_WRITE)
    return OK


def _texts(taking: Taking) -> tuple[str, str]:
    """Return the text of a plan file as it was read, and with the answers."""
    return taking.before.file.document.text, taking.after.file.document.text


def _write_into(texts: Mapping[Path, tuple[str, str]]) -> None:
    """Write into plan files, unless one of them is not any more what was read."""
    seen = {path: stamp(path) for path in texts}
    for path, (before, _) in texts.items():
        if read_document(path, shown(path)).text != before:
            raise UsageError(_CHANGED.format(file=shown(path)))
    write_whole({path: after.encode() for path, (_, after) in texts.items()}, seen)
    for path in texts:
        say_written(path)


def _show(taking: Taking) -> None:
    for said in taking.returned.remarks:
        complain(said)
    say(write(taking, How(style())).decode())


def _take_folder(
    folder: str, inquiry_folder: Path, back: AnswersBack, day: date, *, writes: bool
) -> int:
    """Take what came back into the plans of a folder: all of it, or nothing if some is wrong."""
    law, inquiries = back.law, InquiryFolder(inquiry_folder)
    for said in first_remarks(inquiries.remarks, shown(inquiry_folder)):
        complain(said)
    plans, number = Plans(), 0
    paths = {shown(path): path for path in Plans.named([folder])}
    texts: dict[Path, tuple[str, str]] = {}
    for file in plans.each([folder], law.reference):
        try:
            inquiry = inquiries.of(file)
            if inquiry is None:
                continue
            refuse_without_rules(law, day, [file])
            if writes:
                refuse_workbook(file)
            taking = back.taking(file, inquiry)
        except (InputError, UsageError) as error:
            plans.complain(error.text)
            continue
        _show(taking)
        number += 1
        if taking.new:
            texts[paths[file.name]] = _texts(taking)
    for fault in inquiries.left():
        plans.complain(fault)
    complain(_TAKEN.format(number=str(number), new=str(len(texts))))
    if plans.code == OK and writes:
        _write_into(texts)
    elif texts:
        complain(_NOTHING_WRITTEN if writes else _TO_WRITE)
    return plans.code
