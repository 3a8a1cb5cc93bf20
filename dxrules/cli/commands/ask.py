"""`dxrules ask`: what to ask a municipality, so that the fewest answers settle the most."""

from __future__ import annotations

import gc
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from dxrules.assessment.assess import assessor
from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import load, plain
from dxrules.cli.judged_count import refuse_without_rules
from dxrules.cli.named_plans import Plans, keep_out_of_plans
from dxrules.cli.plans_to_judge import JudgedBy, judged_once
from dxrules.cli.report_output import Delivery, output_options, refuse_overwriting
from dxrules.cli.ruleset_options import rulesets_read
from dxrules.cli.streams import complain
from dxrules.errors import OK, UNTRUSTED, UsageError
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
    delivery.keep_apart(plans, by.rulesets)
    law, reading = load(by.rulesets), Plans()
    judge = assessor(law, by.day, engine=by.engine, waivers=by.waivers)
    sent = None
    if folder is not None:
        sent, delivery = _Round(folder, plans, by), delivery.without_table()
    found, number, trusted = [], 0, True
    for file in reading.each(plans, law.reference):
        refuse_without_rules(law, by.day, [file])
        number += 1
        judged = judge(file)
        trusted = trusted and not judged.of(Outcome.ERROR)
        inquiry = inquire(judged, law.reference, most, each=each, waivers=by.waivers)
        if sent is not None:
            sent.take(inquiry)
        if sent is None or delivery.is_asked:
            found.append(inquiry)
        gc.collect()  # a plan with an answer that was tried is held by what was derived of it
        if found:
            gc.freeze()  # what stays is looked through once
    if not number:
        raise click.exceptions.Exit(reading.code)
    if sent is not None:
        sent.write()
    delivery.send(Inquiries(by.day, tuple(found)))
    written = zip(delivery.files, delivery.forms, strict=True)
    books = [path for (path, _), form in written if form == "xlsx"]
    if books and len(plans) == 1 and is_regular(Path(plans[0])) and found[0].questions:
        call = shlex.join(["dxrules", "answer", plans[0], str(books[0])])
        complain(_THEN.format(call=call))
    return max(reading.code, OK if trusted else UNTRUSTED)


class _Round:
    """A workbook for each municipality that there is anything to ask, in a folder.

    Each is made when its plan was judged, so that no plan has to be held until all are written.
    """

    def __init__(self, folder: Path, plans: Sequence[str], by: JudgedBy) -> None:
        refuse_dash(folder)
        if folder.exists() and not is_folder(folder):
            raise UsageError(_NO_FOLDER.format(folder=shown(folder)))
        self._folder, self._plans, self._by = folder, plans, by
        self._write, self._how = ASK.named("xlsx"), How(plain())
        self._books: list[tuple[str, bytes, int]] = []

    def take(self, inquiry: Inquiry) -> None:
        """Make the workbook of a municipality."""
        if inquiry.questions:
            book = self._write(Inquiries(self._by.day, (inquiry,)), self._how)
            self._books.append((_name(inquiry), book, len(inquiry.questions)))

    def write(self) -> None:
        """Write all of them, or none."""
        names = sheet_names(name for name, _, _ in self._books)
        paths = [self._folder / f"{name}{_ENDING}" for name in names]
        refuse_overwriting(paths, {*Plans.named(self._plans), *rulesets_read(self._by.rulesets)})
        keep_out_of_plans(paths, self._plans)
        self._folder.mkdir(parents=True, exist_ok=True)
        told = list(zip(paths, self._books, strict=True))
        write_whole({path: book for path, (_, book, _) in told})
        for path, (_, _, number) in told:
            complain(_WRITTEN.format(file=shown(path), number=str(number)))


_ENDING = ".inquiry.xlsx"


def _name(inquiry: Inquiry) -> str:
    """Return the name of the file of a municipality: its code and its name."""
    municipality = inquiry.plan.file.plan.municipality
    return f"{municipality.code}-{municipality.name.ja}"
