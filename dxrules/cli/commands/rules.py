"""`dxrules rules`: for the ruleset keeper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dxrules.cli.common import (
    format_option,
    lang_option,
    load,
    options,
    say,
    say_json,
    shown,
    style,
)
from dxrules.cli.help import localize
from dxrules.errors import FINDINGS, OK
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Callable
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


_LIST = Text("すべての規則を一覧にする", "list all rules")
_SHOW = Text("規則1件を典拠とともに示す", "show one rule with its source")
_LINT = Text("規則のファイルの誤りをすべて示す", "print every fault of the ruleset files")
_TEST = Text("規則に付いた例をすべて実行する", "run the examples of all rules")


def command(lang: Lang) -> click.Command:
    """Return the group in one language."""
    group = click.Group("rules", help=_HELP.in_(lang))
    for make in (_list, _show, _lint, _test):
        group.add_command(localize(make(lang), lang))
    return lang_option(lang)(group)


def _command(
    name: str, what: Text, lang: Lang, arguments: str = ""
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return the decorator of one command, with an example in its help."""
    example = f"dxrules rules {name}{arguments}"
    full = what + Text(f"。\n\n\b\n例:\n  {example}", f".\n\n\b\nExample:\n  {example}")
    return click.command(name, help=full.in_(lang), short_help=what.in_(lang))


def _list(lang: Lang) -> click.Command:
    @_command("list", _LIST, lang)
    @options(lang, "rulesets")
    @format_option(lang, "table", "json")
    def list_rules(*, rulesets: Path | None, shape: str) -> None:
        law = load(rulesets)
        if shape == "json":
            from dxrules.report.json_report import render_rules

            say_json(render_rules(law))
        else:
            from dxrules.report.rules import render_list

            say(render_list(law, style(lang)))

    return list_rules


def _show(lang: Lang) -> click.Command:
    @_command("show", _SHOW, lang, " STD-02")
    @click.argument("rule")
    @options(lang, "rulesets")
    def show(*, rule: str, rulesets: Path | None) -> None:
        from dxrules.assessment.explain import explain
        from dxrules.report.rules import render_explanation

        say(render_explanation(explain(load(rulesets), rule), style(lang)))

    return show


def _lint(lang: Lang) -> click.Command:
    @_command("lint", _LINT, lang)
    @options(lang, "rulesets")
    def lint(*, rulesets: Path | None) -> int:
        from dxrules.keeper import lint as find

        problems = find(rulesets, "rulesets" if rulesets is None else shown(rulesets))
        fine = Text("規則に誤りはありません。", "The rulesets are fine.")
        lines = [problem.text for problem in problems] or [fine]
        say("".join(f"{line.in_(lang)}\n" for line in lines))
        return FINDINGS if problems else OK

    return lint


def _test(lang: Lang) -> click.Command:
    @_command("test", _TEST, lang)
    @options(lang, "rulesets")
    def test(*, rulesets: Path | None) -> int:
        from dxrules.keeper import run_examples
        from dxrules.report.rules import render_examples

        results = list(run_examples(load(rulesets, examples=False)))
        say(render_examples(results, style(lang)))
        return OK if all(result.passed for result in results) else FINDINGS

    return test
