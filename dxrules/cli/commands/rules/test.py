"""`dxrules rules test`: the examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import load, options, say, style
from dxrules.errors import FINDINGS, OK
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

_HELP = Text(
    """規則に付いた例をすべて実行する。

    \b
    例:
      dxrules rules test
    """,
    """run the examples of all rules.

    \b
    Example:
      dxrules rules test
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("test", help=_HELP.in_(lang))
    @options(lang, "rulesets")
    def test(*, rulesets: Path | None) -> int:
        from dxrules.keeper import run_examples
        from dxrules.report.rules import render_examples

        results = list(run_examples(load(rulesets, examples=False)))
        say(render_examples(results, style(lang)))
        return OK if all(result.passed for result in results) else FINDINGS

    return test
