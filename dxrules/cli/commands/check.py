"""`dxrules check`: judge plans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules import __version__
from dxrules.assessment.finding import ANY
from dxrules.cli.common import (
    Plans,
    alone,
    keep_out_of_plans,
    load,
    options,
    plain,
    shown,
    today_in_japan,
)
from dxrules.cli.earlier_state import Before
from dxrules.cli.judged_count import code_of_number, expect_option, refuse_without_rules
from dxrules.cli.packet_arguments import refuse_other_ending, say_digest
from dxrules.cli.report_output import Delivery, located, output_options
from dxrules.cli.ruleset_options import rulesets_read
from dxrules.cli.site_output import (
    Call,
    apart,
    shape_beside,
    site_option,
    write_pages,
    write_site,
)
from dxrules.cli.streams import complain
from dxrules.errors import FINDINGS, OK, UNTRUSTED
from dxrules.report.writers import CHECK, EVIDENCE, How
from dxrules.rules import SEVERITIES, STRENGTH_LABELS
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import IO

    from dxrules.assessment import Assessment, EngineChoice
    from dxrules.assessment.dossier import Unreadable
    from dxrules.source.write import Content
    from dxrules.texts import Lang

_HELP = Text(
    """計画を、判定日の国と都道府県の点検項目に照らして判定します。

    PLAN は計画ファイル、そのフォルダ、または - (標準入力)です。

    \b
    例:
      dxrules check facts
      dxrules check facts/34545-jinsekikogen.yaml --as-of 2026-11-20 --output r.json
      dxrules check facts --output-dir site

    終了コード: 0 問題なし、1 しきい値以上の不適合、2 入力の誤り、3 判定を信頼できない。
    """,
    """Judge plans by the national and prefectural rules of the day.

    PLAN is a plan file, a folder of them, or - for standard input.

    \b
    Examples:
      dxrules check facts
      dxrules check facts/34545-jinsekikogen.yaml --as-of 2026-11-20 --output r.json
      dxrules check facts --output-dir site

    Exit code: 0 fine, 1 failures at the threshold, 2 wrong input, 3 not to be trusted.
    """,
)


_UNKNOWN = "--fail-on-unknown"


class _Check(click.Command):
    """Takes a level of what is undetermined after `=` alone; else it would take a plan for one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        said = [f"{_UNKNOWN}={ANY}" if arg == _UNKNOWN else arg for arg in args[:end]]
        return super().parse_args(ctx, said + args[end:])


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("check", help=_HELP.in_(lang), cls=_Check)
    @click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @output_options(lang, CHECK)
    @site_option(lang)
    @click.option(
        "--fail-on",
        multiple=True,
        type=click.Choice([*SEVERITIES, "never", *STRENGTH_LABELS]),
        help=Text(
            "終了コード1とする重大度または強さ(既定: error)",
            "severity or strength that gives exit code 1 (error)",
        ).in_(lang),
    )
    @click.option(
        _UNKNOWN,
        multiple=True,
        metavar=Text("[=重大度・強さ]", "[=LEVEL]").in_(lang),
        type=click.Choice([ANY, *SEVERITIES, *STRENGTH_LABELS]),
        help=Text(
            "要確認でも終了コード1とする。=statute のように、重大度または強さに限れる",
            "exit code 1 for what is undetermined, too; =statute, for example, counts it only "
            "from that severity or of that strength",
        ).in_(lang),
    )
    @click.option(
        "--baseline",
        "known",
        type=click.Path(path_type=Path),
        help=Text(
            "このファイルにないものだけを終了コードに数える",
            "count only what is not in this file for the exit code",
        ).in_(lang),
    )
    @click.option(
        "--changed-since",
        "since",
        metavar=Text("リビジョン", "REVISION").in_(lang),
        help=Text(
            "このgitリビジョンから変わった計画だけを判定する",
            "judge only the plans that differ from this git revision",
        ).in_(lang),
    )
    @expect_option(lang)
    @click.option(
        "--packet",
        type=click.Path(path_type=Path),
        help=Text(
            "計画・点検項目・結果・報告書を1つのZIPにまとめる",
            "write plans, rules, assessment and reports into one ZIP file",
        ).in_(lang),
    )
    @click.option(
        "--evidence",
        is_flag=True,
        help=Text(
            "判定が基づく記載のうち、根拠のないものを示す(形式は table と json)",
            "list what verdicts rest on without evidence (formats table and json)",
        ).in_(lang),
    )
    @click.option(
        "--all",
        "everything",
        is_flag=True,
        help=Text("適合・対象外も示す", "show passes and what is not applicable").in_(lang),
    )
    def check(  # noqa: PLR0913  (one per option)
        *,
        plans: tuple[str, ...],
        day: date | None,
        rulesets: Path | None,
        engine: EngineChoice,
        waivers: bool,
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
    ) -> int:
        from dxrules.assessment import assess
        from dxrules.assessment.dossier import Dossier

        shape = shape_beside(shape, folder, evidence=evidence)
        delivery = Delivery.of(EVIDENCE if evidence else CHECK, shape, outputs)
        law = load(rulesets)
        reading = Plans(lang)
        delivery.guard(
            lambda: (*reading.named(plans), *rulesets_read(rulesets), *((known,) if known else ())),
            packet,
        )
        refuse_other_ending(packet)
        keep_out_of_plans((path for path, _ in delivery.files), plans)
        before = Before(known, since, rulesets, lang)
        threshold = fail_on or ("error",)
        if folder is not None and not (delivery.anything or packet or known or since):
            call = Call(reading, plans, law, day or today_in_japan(), engine, waivers)
            how = How(plain(lang), everything, None, threshold, fail_on_unknown)
            return write_pages(folder, call, how, expected)
        files = reading.read(plans, law.reference, before.touched)
        if not files and reading.code:
            delivery = delivery.without_table()  # all that it would say has been said
        elif not files:
            nothing = Text(f"{since} から変わった計画はない", f"No plan differs from {since}")
            complain(nothing.in_(lang))
        day = day or today_in_japan()
        refuse_without_rules(law, day, files)
        judged = assess(files, law, day, engine=engine, waivers=waivers)
        dossier = Dossier(judged, law, unreadable=tuple(reading.unreadable))
        dossier = before.compared(dossier, waivers=waivers)
        how = How(
            plain(lang),
            everything,
            alone(judged, engine),
            threshold,
            fail_on_unknown,
            locate=located(lambda: ((shown(path), path) for path in reading.named(plans))),
        )

        def packed(reports: Mapping[Path, bytes]) -> dict[Path, Content]:
            if packet is None:
                return {}
            unread = reading.unreadable
            return {packet: _packet(judged, engine, rulesets, reports, unread, waivers=waivers)}

        if folder is not None:
            write_site(folder, apart(dossier), lambda: dossier, how, lang)
        delivery.send(dossier, lang, how, packed)
        if packet is not None:
            say_digest(packet, lang)
        reached = dossier.assessment.reaches(threshold, unknown=fail_on_unknown)
        found = FINDINGS if reached else OK
        counted = code_of_number(expected, len(judged.plans), lang)
        return max(reading.code, found, counted, OK if judged.trusted else UNTRUSTED)

    return check


def _packet(
    judged: Assessment,
    engine: EngineChoice,
    folder: Path | None,
    reports: Mapping[Path, bytes],
    unreadable: Sequence[Unreadable],
    *,
    waivers: bool,
) -> Callable[[IO[bytes]], None]:
    """Return a function that writes the packet to a stream."""
    from dxrules.assessment.packet_writer import Judgement, write_packet
    from dxrules.reference import data_root
    from dxrules.report.json_report import render_json
    from dxrules.rules.ruleset_files import read_by_loading

    root = folder or data_root() / "rulesets"

    def write(stream: IO[bytes]) -> None:
        write_packet(
            stream,
            Judgement(__version__, judged.day.isoformat(), engine, waivers),
            judged,
            lambda assessment: render_json(assessment).encode(),
            {p.relative_to(root).as_posix(): p.read_bytes() for p in read_by_loading(root)},
            {visible(path.name): content for path, content in reports.items()},
            unreadable,
        )

    return write
