"""`dxrules ask`: what to ask a municipality, so that the fewest answers settle the most."""

from __future__ import annotations

import gc
import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from dxrules.assessment.assess import assessor
from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import plain
from dxrules.cli.named_plans import Plans, keep_out_of_plans
from dxrules.cli.plans_to_judge import JudgedBy, ToJudge, judged_once
from dxrules.cli.report_output import Delivery, output_options, refuse_overwriting
from dxrules.cli.ruleset_options import rulesets_read
from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.inquiry.fewest_questions import Inquiries, Inquiry, inquire
from dxrules.paths import is_folder, is_regular, shown
from dxrules.report.how_to_write import How
from dxrules.report.writers import ASK
from dxrules.rules import Outcome
from dxrules.source import write_whole
from dxrules.source.spreadsheet import sheet_names
from dxrules.source.write import refuse_dash
from dxrules.texts import Text

MOST = 10
"""Questions that one inquiry asks where nobody says how many."""

_HELP = Text(
    """要確認を、団体に尋ねて決まる質問にします。少ない質問で多くが決まる順で、法的義務が先です。

    どの答えでも何も決まらないものは尋ねません。ブック(.xlsx)に書き出すと、答えを選ぶ照会になります。
    戻ってきたものは dxrules answer で計画ファイルに取り込みます。
    """,
    """Turn what is undetermined into questions to the municipality: the fewest first.

    Legal duties come first, then what settles most. What no answer would settle is not asked. A
    workbook (.xlsx) is an inquiry to fill in; what comes back is taken in with dxrules answer.
    """,
)
_EXAMPLES = (
    "dxrules ask facts/40646-koge.yaml",
    Text(
        "dxrules ask facts/40646-koge.yaml -o 照会.xlsx",
        "dxrules ask facts/40646-koge.yaml -o inquiry.xlsx",
    ),
    Text("dxrules ask facts --output-dir 照会", "dxrules ask facts --output-dir inquiries"),
)
_NO_FOLDER = Text(
    "{folder}: フォルダではありません。別の名前を指定してください。",
    "{folder}: is no folder. Name another.",
)
_WRITTEN = Text("{file}: {number}問", "{file}: {number} questions")
_THEN = Text(
    "回答が戻ったら: {call}  # 何が変わるかを示す(--write で書き込む)",
    "Once answered:  {call}  # shows what it changes (--write writes it)",
)


@command_named("ask", _HELP, _EXAMPLES)
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@judged_once
@output_options(ASK)
@option(
    "--most",
    ja="団体ごとの質問の数",
    en="how many questions for each municipality",
    type=click.IntRange(min=1),
    default=MOST,
    show_default=True,
)
@flag(
    "--each",
    ja="同じことを、業務や公金ごとに一つずつ尋ねる",
    en="ask the same of several tasks or charges one by one",
)
@option(
    "--output-dir",
    "folder",
    ja="団体ごとのブックを、このフォルダに書く",
    en="write a workbook for each municipality into this folder",
    type=click.Path(path_type=Path),
)
def command(
    *,
    plans: tuple[str, ...],
    by: JudgedBy,
    delivery: Delivery,
    most: int,
    each: bool,
    folder: Path | None,
) -> int:
    """Turn what is undetermined into questions to the municipality."""
    asked = ToJudge.of(delivery, plans, by)
    law = asked.law
    judge = assessor(law, by.day, engine=by.engine, waivers=by.waivers)
    found, trusted = [], True
    for file in asked.files:
        judged = judge(file)
        trusted = trusted and not judged.of(Outcome.ERROR)
        found.append(inquire(judged, law.reference, most, each=each, waivers=by.waivers))
        gc.collect()  # a plan with an answer that was tried is held by what was derived of it
        gc.freeze()  # what stays is looked through once
    reported = Inquiries(by.day, tuple(found))
    if folder is not None:
        _send_round(reported, folder, plans, by.rulesets)
        delivery = delivery.without_table()
    delivery.send(reported)
    written = zip(delivery.files, delivery.forms, strict=True)
    books = [path for (path, _), form in written if form == "xlsx"]
    if books and len(plans) == 1 and is_regular(Path(plans[0])) and found[0].questions:
        call = shlex.join(["dxrules", "answer", plans[0], str(books[0])])
        complain(_THEN.format(call=call))
    return asked.code(trusted=trusted)


def _send_round(
    reported: Inquiries, folder: Path, plans: Iterable[str], rulesets: Path | None
) -> None:
    """Write a workbook for each municipality that there is anything to ask."""
    refuse_dash(folder)
    if folder.exists() and not is_folder(folder):
        raise UsageError(_NO_FOLDER.format(folder=shown(folder)))
    asked = [each for each in reported.each if each.questions]
    paths = [folder / f"{name}{_ENDING}" for name in sheet_names(map(_name, asked))]
    named = list(plans)
    refuse_overwriting(paths, {*Plans.named(named), *rulesets_read(rulesets)})
    keep_out_of_plans(paths, named)
    write, how = ASK.named("xlsx"), How(plain())
    contents = {
        path: write(Inquiries(reported.day, (each,)), how)
        for path, each in zip(paths, asked, strict=True)
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(contents)
    for path, each in zip(paths, asked, strict=True):
        said = _WRITTEN.format(file=shown(path), number=str(len(each.questions)))
        complain(said)


_ENDING = ".inquiry.xlsx"


def _name(inquiry: Inquiry) -> str:
    """Return the name of the file of a municipality: its code and its name."""
    municipality = inquiry.plan.file.plan.municipality
    return f"{municipality.code}-{municipality.name.ja}"
