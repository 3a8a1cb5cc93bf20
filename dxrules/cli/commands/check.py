"""`dxrules check`: judge plans."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules import __version__
from dxrules.cli.common import (
    Plans,
    alone,
    load,
    options,
    plain,
    say,
    shown,
    style,
    today_in_japan,
)
from dxrules.errors import FINDINGS, OK, UNTRUSTED, UsageError
from dxrules.rules import SEVERITIES, STRENGTH_LABELS
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dxrules.assessment import EngineChoice
    from dxrules.assessment.dossier import Dossier
    from dxrules.assessment.packet import Judgement
    from dxrules.texts import Lang

_HELP = Text(
    """計画を、判定日の国と都道府県の規則に照らして判定します。

    PLAN は計画ファイル、そのフォルダ、または - (標準入力)です。

    \b
    例:
      dxrules check facts
      dxrules check facts/34545-jinsekikogen.yaml --as-of 2026-11-20 --output r.json

    終了コード: 0 問題なし、1 しきい値以上の不適合、2 入力の誤り、3 判定を信頼できない。
    """,
    """Judge plans by the national and prefectural rules of the day.

    PLAN is a plan file, a folder of them, or - for standard input.

    \b
    Examples:
      dxrules check facts
      dxrules check facts/34545-jinsekikogen.yaml --as-of 2026-11-20 --output r.json

    Exit code: 0 fine, 1 failures at the threshold, 2 wrong input, 3 not to be trusted.
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""
    from dxrules.report.writers import FORMATS

    @click.command("check", help=_HELP.in_(lang))
    @click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @click.option(
        "--format",
        "shape",
        default="table",
        show_default=True,
        metavar=Text("形式", "FORMAT").in_(lang),
        help=(
            Text("標準出力の形式: ", "what standard output gets: ")
            + same(", ".join((*FORMATS, "none")))
        ).in_(lang),
    )
    @click.option(
        "--output",
        "outputs",
        multiple=True,
        metavar=Text("[形式=]ファイル", "[FORMAT=]FILE").in_(lang),
        help=Text(
            "ファイルにも書く(形式は拡張子から)", "write a file, too; its format by its ending"
        ).in_(lang),
    )
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
        "--fail-on-unknown",
        is_flag=True,
        help=Text("要確認でも終了コード1とする", "exit code 1 for what cannot be told, too").in_(
            lang
        ),
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
        "--packet",
        type=click.Path(path_type=Path),
        help=Text(
            "計画・規則・結果・報告書を1つのZIPにまとめる",
            "write plans, rules, assessment and reports into one ZIP file",
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
        no_waivers: bool,
        shape: str,
        outputs: tuple[str, ...],
        fail_on: tuple[str, ...],
        fail_on_unknown: bool,
        known: Path | None,
        packet: Path | None,
        everything: bool,
    ) -> int:
        from dxrules.assessment import assess
        from dxrules.assessment.dossier import Dossier
        from dxrules.assessment.packet import Judgement
        from dxrules.report.writers import How, named

        write = None if shape == "none" else named(_printable(shape))
        targets = [(named(form), path) for form, path in map(_target, outputs)]
        law = load(rulesets)
        reading = Plans(lang)
        files = reading.read(plans, law.reference)
        if not files:
            return reading.code
        judged = assess(files, law, day or today_in_japan(), engine=engine, waivers=not no_waivers)
        dossier, threshold = _compared(Dossier(judged, law), known), fail_on or ("error",)
        how = How(plain(lang), everything, alone(judged, engine), threshold, fail_on_unknown)
        written = {path: render(dossier, how) for render, path in targets}
        if packet is not None:
            called = Judgement(__version__, judged.day.isoformat(), engine, not no_waivers)
            written[packet] = _packet(dossier, called, rulesets, written)
        if written:
            from dxrules.source import write_whole

            write_whole(written)
        if write is not None:
            report = write(dossier, replace(how, style=style(lang)))
            say(report.decode() if shape == "table" else report)
        reached = dossier.assessment.reaches(threshold, unknown=fail_on_unknown)
        found = FINDINGS if reached else OK
        return max(reading.code, found, OK if judged.trusted else UNTRUSTED)

    return check


def _compared(dossier: Dossier, path: Path | None) -> Dossier:
    """Mark what a baseline knows."""
    if path is None:
        return dossier
    from dxrules.assessment.baseline import compare, read_baseline

    compared = compare(dossier.assessment, read_baseline(path, shown(path)))
    return replace(dossier, assessment=compared.assessment, stale=compared.stale)


def _packet(
    dossier: Dossier, called: Judgement, folder: Path | None, reports: Mapping[Path, bytes]
) -> bytes:
    from dxrules.assessment.packet import ASSESSMENT, pack
    from dxrules.reference import data_root
    from dxrules.report.json_report import render_json
    from dxrules.rules.files import read_by_loading

    root = folder or data_root() / "rulesets"
    return pack(
        called,
        [(plan.file.name, plan.file.document.text.encode()) for plan in dossier.assessment.plans],
        {path.relative_to(root).as_posix(): path.read_bytes() for path in read_by_loading(root)},
        {ASSESSMENT: render_json(dossier.assessment).encode()}
        | {f"reports/{n}-{p.name}": content for n, (p, content) in enumerate(reports.items(), 1)},
    )


def _printable(form: str) -> str:
    """Refuse a format of binary files where a person would see it."""
    from dxrules.report.writers import FORMATS

    if form in FORMATS and FORMATS[form].binary and sys.stdout.isatty():
        ending = FORMATS[form].endings[0]
        raise UsageError(
            Text(
                f"{form} は端末に出せません。--output report{ending} のように書いてください。",
                f"{form} is not for a terminal. Write --output report{ending}, for example.",
            )
        )
    return form


def _target(output: str) -> tuple[str, Path]:
    from dxrules.report.writers import of_file

    form, separator, name = output.partition("=")
    if separator and form.isidentifier():
        return form, Path(name)
    told = of_file(output)
    if told is None:
        raise UsageError(
            Text(
                f"{output}: 拡張子から形式が分かりません。json={output} のように書いてください。",
                f"{output}: its ending names no format. Write json={output}, for example.",
            )
        )
    return told, Path(output)
