"""`dxrules check`: judge plans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.common import (
    Plans,
    alone,
    format_option,
    load,
    options,
    plain,
    say,
    say_json,
    style,
    today_in_japan,
)
from dxrules.errors import FINDINGS, OK, UNTRUSTED, UsageError
from dxrules.rules import SEVERITIES, STRENGTH_LABELS
from dxrules.texts import Text

if TYPE_CHECKING:
    from datetime import date

    from dxrules.assessment import Assessment, EngineChoice
    from dxrules.report.terminal import Style
    from dxrules.report.words import Alone
    from dxrules.texts import Lang

_FORMATS = ("table", "json")
_BY_ENDING = {".json": "json", ".txt": "table"}

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

    @click.command("check", help=_HELP.in_(lang))
    @click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
    @options(lang, "as_of", "rulesets", "engine", "waivers")
    @format_option(lang, *_FORMATS, "none")
    @click.option(
        "--output",
        "outputs",
        multiple=True,
        metavar="[FORMAT=]FILE",
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
        everything: bool,
    ) -> int:
        from dxrules.assessment import assess

        targets = [_target(output) for output in outputs]
        law = load(rulesets)
        reading = Plans(lang)
        files = reading.read(plans, law.reference)
        if not files:
            return reading.code
        judged = assess(files, law, day or today_in_japan(), engine=engine, waivers=not no_waivers)
        why = alone(judged, engine)
        written = {
            path: _render(judged, form, plain(lang), why, everything=everything).encode()
            for form, path in targets
        }
        if written:
            from dxrules.source import write_whole

            write_whole(written)
        if shape != "none":
            text = _render(judged, shape, style(lang), why, everything=everything)
            (say_json if shape == "json" else say)(text)
        reached = judged.reaches(fail_on or ("error",), unknown=fail_on_unknown)
        found = FINDINGS if reached else OK
        return max(reading.code, found, OK if judged.trusted else UNTRUSTED)

    return check


def _target(output: str) -> tuple[str, Path]:
    form, separator, name = output.partition("=")
    if separator and form in _FORMATS:
        return form, Path(name)
    path = Path(output)
    if path.suffix not in _BY_ENDING:
        raise UsageError(
            Text(
                f"{output}: 拡張子から形式が分かりません。json={output} のように書いてください。",
                f"{output}: its ending names no format. Write json={output}, for example.",
            )
        )
    return _BY_ENDING[path.suffix], path


def _render(
    judged: Assessment, form: str, how: Style, why: Alone | None, *, everything: bool
) -> str:
    if form == "json":
        from dxrules.report.json_report import render_json

        return render_json(judged)
    from dxrules.report.table import render_table

    return render_table(judged, how, everything=everything, alone=why)
