"""`dxrules check`: judge plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click

from dxrules.assessment.assess import engines_of
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import ANY, Assessment
from dxrules.cli.bilingual import Command, command_named, flag, option
from dxrules.cli.check_call import CheckCall, Few, JudgingOptions, Outputs, judging_options
from dxrules.cli.check_reports import CheckReports, HeldPlans
from dxrules.cli.common import is_lang_given, load
from dxrules.cli.earlier_state import EarlierState
from dxrules.cli.judged_count import code_of_number, expect_option
from dxrules.cli.named_plans import Plans, keep_out_of_plans
from dxrules.cli.packet_arguments import refuse_other_ending
from dxrules.cli.plans_to_judge import JudgedBy, judged_by
from dxrules.cli.report_output import Delivery, located, shape_and_outputs
from dxrules.cli.ruleset_options import rulesets_read
from dxrules.cli.selection_options import Chosen, selection_options
from dxrules.cli.site_output import shape_beside, site_option
from dxrules.cli.store_output import Stores
from dxrules.cli.streams import complain, spoken
from dxrules.errors import FINDINGS, OK, UNTRUSTED, UsageError
from dxrules.nation import FEW
from dxrules.paths import address_of, is_url, shown
from dxrules.report.how_to_write import How
from dxrules.report.next_call import Call
from dxrules.report.writers import CHECK, EVIDENCE
from dxrules.rules import SEVERITIES, STRENGTH_LABELS
from dxrules.texts import Text

_HELP = Text(
    """計画を、判定日の国と都道府県の点検項目に照らして判定します。

    PLAN は計画ファイル、そのフォルダ、それらのURL、または - (標準入力)です。

    終了コード: 0 問題なし、1 しきい値以上の不適合、2 入力の誤り、3 判定を信頼できない。
    """,
    """Judge plans by the national and prefectural rules of the day.

    PLAN is a plan file, a folder of them, a URL of either, or - for standard input.

    Exit code: 0 fine, 1 failures at the threshold, 2 wrong input, 3 results that
    cannot be trusted.
    """,
)
_EXAMPLES = (
    "dxrules check facts",
    "dxrules check facts/34545-jinsekikogen.yaml --as-of 2026-11-20 --output r.json",
    "dxrules check facts --output-dir site",
    "dxrules check facts --format none --output nation.duckdb",
)


_UNKNOWN = "--fail-on-unknown"
_SUMMARY_OF_ALL = Text(
    "--summary は件数だけを示すので、--full や --all と同時には使えません。一方を外してください。",
    "--summary shows the counts alone, so it does not go with --full or --all. Drop one of them.",
)
_WHOLE_PACKET = Text(
    "--packet は判定のすべてを残すので、--select や --ignore と同時には使えません。"
    "一方を外してください。",
    "--packet keeps the whole check, so it does not go with --select or --ignore. Drop one.",
)
_NOT_APART = Text(
    "--resume と --scheduler は使わず、まとめて判定します(計画が30件以下か、標準入力があるか、"
    "形式が全件をまとめて必要とするため)。",
    "All plans are held and judged here, without --resume and --scheduler: there are no more than "
    "30, or standard input is among them, or a format takes all at once.",
)
_URL_HELD = Text(
    "URLの計画は1件ずつ判定します。全件をまとめて必要とする形式、--changed-since、"
    "--format none だけの呼び出し、標準入力とは一緒に使えません。",
    "Plans at a URL are judged one by one. They go together neither with a format that takes all "
    "at once nor with --changed-since, standard input or --format none alone.",
)


class _Check(Command):
    """Takes a level of what is undetermined after `=` alone; else it would take a plan for one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        said = [f"{_UNKNOWN}={ANY}" if arg == _UNKNOWN else arg for arg in args[:end]]
        return super().parse_args(ctx, said + args[end:])


@command_named("check", _HELP, _EXAMPLES, cls=_Check)
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@judged_by
@selection_options
@shape_and_outputs(CHECK)
@site_option
@judging_options
@option(
    "--fail-on",
    ja="終了コード1とする重大度または強さ(既定: error)",
    en="severity or strength that gives exit code 1 (error)",
    multiple=True,
    type=click.Choice([*SEVERITIES, "never", *STRENGTH_LABELS]),
)
@option(
    _UNKNOWN,
    ja="要確認でも終了コード1とする。=statute のように、重大度または強さに限れる",
    en="exit code 1 for what is undetermined, too; =statute, for example, counts it only "
    "from that severity or of that strength",
    called=Text("[=重大度・強さ]", "[=LEVEL]"),
    multiple=True,
    type=click.Choice([ANY, *SEVERITIES, *STRENGTH_LABELS]),
)
@option(
    "--baseline",
    "known",
    ja="このファイルにないものだけを終了コードに数える",
    en="count only what is not in this file for the exit code",
    type=click.Path(path_type=Path),
)
@option(
    "--changed-since",
    "since",
    ja="このgitリビジョンから変わった計画だけを判定する",
    en="judge only the plans that differ from this git revision",
    called=Text("リビジョン", "REVISION"),
)
@expect_option
@option(
    "--packet",
    ja="計画・点検項目・結果・報告書を1つのZIPにまとめる",
    en="write plans, rules, assessment and reports into one ZIP file",
    type=click.Path(path_type=Path),
)
@flag(
    "--evidence",
    ja="判定が基づく記載のうち、根拠のないものを示す(形式は table と json)",
    en="list what verdicts rest on without evidence (formats table and json)",
)
@flag("--all", "everything", ja="適合・対象外も示す", en="show passes and what is not applicable")
@flag(
    "--full",
    ja="不適合と要確認をすべて示す(形式は table。省略時は、まず行うことから10件ずつ)",
    en="list all failures and all that is undetermined (format table; by default ten each, "
    "what comes first)",
)
@flag("--summary", ja="件数だけを示す(形式は table)", en="show the counts alone (format table)")
@flag(
    "--show-known",
    ja="--baseline にあるものも示す(形式は table・concise・markdown・github)",
    en="show what --baseline knows, too (formats table, concise, markdown and github)",
)
def command(  # noqa: PLR0913  (one per option)
    *,
    plans: tuple[str, ...],
    by: JudgedBy,
    shape: str,
    outputs: tuple[str, ...],
    folder: Path | None,
    fail_on: tuple[str, ...],
    fail_on_unknown: tuple[str, ...],
    known: Path | None,
    since: str | None,
    expected: int | None,
    packet: Path | None,
    evidence: bool,
    everything: bool,
    full: bool,
    summary: bool,
    show_known: bool,
    chosen: Chosen,
    judging: JudgingOptions,
) -> int:
    """Judge plans against the rules."""
    shape = shape_beside(shape, folder, evidence=evidence)
    stores, outputs = (Stores(), outputs) if evidence else Stores.of(outputs)
    delivery = Delivery.of(EVIDENCE if evidence else CHECK, shape, outputs)
    if summary and (full or everything):
        raise UsageError(_SUMMARY_OF_ALL)
    if packet is not None and chosen:
        raise UsageError(_WHOLE_PACKET)
    # Examples of what travels along were run before it was sent, as `rules test` does.
    law = load(by.rulesets, examples=by.rulesets is not None)
    selection = chosen.selection(law)
    reading, local = Plans(), [each for each in plans if not is_url(each)]
    delivery.guard(
        lambda: (*reading.named(local), *rulesets_read(by.rulesets), *((known,) if known else ())),
        packet,
        *stores.paths,
    )
    refuse_other_ending(packet)
    stores.refuse_others()
    keep_out_of_plans((*(path for path, _ in delivery.files), *stores.paths), local)
    before = EarlierState(known, since, by.rulesets)
    threshold = fail_on or ("error",)

    def call() -> Call:
        given = _options(by)
        names = {shown(path): str(path) for path in reading.named(local)}
        typed = (address_of(each) if is_url(each) else each for each in plans)
        return Call(tuple(typed), names, given, chosen.options())

    how = replace(
        by.how(engines_of(by.engine)),
        everything=everything,
        threshold=threshold,
        unknown=fail_on_unknown,
        locate=located(lambda: ((shown(path), path) for path in reading.named(local))),
        full=full,
        summary=summary,
        show_known=show_known,
    )
    asked = CheckCall(reading, law, by, selection, before, how, expected, call)
    return _judged(asked, Outputs(delivery, folder, packet, evidence, stores), judging, plans)


def _judged(
    asked: CheckCall, outputs: Outputs, judging: JudgingOptions, plans: Sequence[str]
) -> int:
    """Judge plans, many of them apart, and write all reports; return the exit code."""
    reading, before = asked.reading, asked.before
    few = _judged_apart(asked, outputs, judging, plans)
    if isinstance(few, int):
        return few
    if few is None:
        files = reading.read(plans, asked.law.reference, before.touched)
        few = Few(files, len(files))
    gone = before.tell_gone(plans, (file.plan.municipality.code for file in few.files))
    if not few.files:
        delivery = _without_files(outputs.delivery, reading, None if gone else before.since)
        outputs = replace(outputs, delivery=delivery)
    return _judged_together(asked, outputs, few)


def _judged_apart(
    asked: CheckCall, outputs: Outputs, judging: JudgingOptions, plans: Sequence[str]
) -> int | Few | None:
    """Judge many plans apart from each other, if that can be, and write all reports.

    Returns the exit code; or the plans that are left, if they are few; or None.
    """
    done, at_url = None, any(map(is_url, plans))
    if not (at_url and asked.before.since is not None) and are_many(asked.reading, plans):
        from dxrules.cli.many_plans import check_many

        done = check_many(asked, outputs, judging, plans)
    if done is None and at_url:
        raise UsageError(_URL_HELD)
    if done is None and (judging.resume is not None or judging.scheduler is not None):
        complain(_NOT_APART)
    return done


def are_many(reading: Plans, plans: Sequence[str]) -> bool:
    """Tell whether so many plans are named that no more than one of them is to be held."""
    if "-" in plans:
        return False
    return any(map(is_url, plans)) or len([*islice(reading.named(plans), FEW + 1)]) > FEW


def _judged_together(asked: CheckCall, outputs: Outputs, few: Few) -> int:
    """Judge plans that are all held, and write all reports; return the exit code."""
    reading = asked.reading
    assessment = asked.by.judge(few.files, asked.law)
    judged = Dossier(assessment, asked.law, unreadable=tuple(reading.unreadable))
    compared = asked.before.compared(judged, waivers=asked.by.waivers)
    dossier = compared.part(asked.selection)
    counted = code_of_number(asked.expected, few.number)
    code = max(reading.code, counted, _code_of(dossier.assessment, asked.how))
    CheckReports(asked, outputs, HeldPlans(dossier, judged, asked, outputs), code).write()
    return code


def _without_files(delivery: Delivery, reading: Plans, since: str | None) -> Delivery:
    """Say why nothing is judged, unless all that a table would say has been said."""
    if reading.code or since is None:
        return delivery.without_table()
    nothing = Text(f"{since} から変わった計画はない", f"No plan differs from {since}")
    complain(nothing)
    return delivery


def _code_of(assessment: Assessment, how: How) -> int:
    """Return the exit code that an assessment stands for."""
    if not assessment.trusted:
        return UNTRUSTED
    return FINDINGS if assessment.reaches(how.threshold, unknown=how.unknown) else OK


def _options(by: JudgedBy) -> tuple[str, ...]:
    """Return the options of a call that change verdicts, or the words, as the next call needs."""
    return (
        *(() if by.given is None else ("--as-of", by.given.isoformat())),
        *(() if by.rulesets is None else ("--rulesets", str(by.rulesets))),
        *(() if by.engine == "both" else ("--engine", by.engine)),
        *(() if by.waivers else ("--no-waivers",)),
        *(("--lang", spoken()) if is_lang_given() else ()),
    )
