"""`dxrules rules`: for the ruleset keeper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import load, options, shown, style
from dxrules.errors import FINDINGS, OK
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

_HELP = Text(
    """規則を一覧・表示・検査します。

    \b
    例:
      dxrules rules list
      dxrules rules show STD-02
      dxrules rules lint
      dxrules rules test
    """,
    """List, show, lint and test the rules.

    \b
    Examples:
      dxrules rules list
      dxrules rules show STD-02
      dxrules rules lint
      dxrules rules test
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the group in one language."""
    group = click.Group("rules", help=_HELP.in_(lang))
    for make in (_list, _show, _lint, _test):
        group.add_command(make(lang))
    return group


def _list(lang: Lang) -> click.Command:
    summary = Text("すべての規則を一覧にする。例: dxrules rules list", "list all rules")

    @click.command("list", help=summary.in_(lang))
    @options(lang, "rulesets")
    @click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table")
    def list_rules(*, rulesets: Path | None, shape: str) -> None:
        law = load(rulesets)
        if shape == "json":
            from dxrules.report.json_report import render_rules

            click.echo(render_rules(law), nl=False)
        else:
            from dxrules.report.rules import render_list

            click.echo(render_list(law, style(lang)), nl=False)

    return list_rules


def _show(lang: Lang) -> click.Command:
    summary = Text(
        "規則1件を典拠とともに示す。例: dxrules rules show STD-02", "show one rule with its source"
    )

    @click.command("show", help=summary.in_(lang))
    @click.argument("rule")
    @options(lang, "rulesets")
    def show(*, rule: str, rulesets: Path | None) -> None:
        from dxrules.assessment import explain
        from dxrules.report.rules import render_explanation

        click.echo(render_explanation(explain(load(rulesets), rule), style(lang)), nl=False)

    return show


def _lint(lang: Lang) -> click.Command:
    summary = Text(
        "規則のファイルの誤りをすべて示す。例: dxrules rules lint",
        "print every fault of the ruleset files",
    )

    @click.command("lint", help=summary.in_(lang))
    @options(lang, "rulesets")
    def lint(*, rulesets: Path | None) -> int:
        from dxrules.keeper import lint as find

        problems = find(rulesets, "rulesets" if rulesets is None else shown(rulesets))
        for problem in problems:
            click.echo(problem.text.in_(lang))
        if not problems:
            click.echo(Text("規則に誤りはありません。", "The rulesets are fine.").in_(lang))
        return FINDINGS if problems else OK

    return lint


def _test(lang: Lang) -> click.Command:
    summary = Text(
        "規則に付いた例をすべて実行する。例: dxrules rules test", "run the examples of all rules"
    )

    @click.command("test", help=summary.in_(lang))
    @options(lang, "rulesets")
    def test(*, rulesets: Path | None) -> int:
        from dxrules.keeper import run_examples
        from dxrules.report.rules import render_examples

        results = list(run_examples(load(rulesets)))
        click.echo(render_examples(results, style(lang)), nl=False)
        return OK if all(result.passed for result in results) else FINDINGS

    return test
