"""`dxrules rules lint`: what is wrong with the ruleset files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import options, say, shown
from dxrules.errors import FINDINGS, OK
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pathlib import Path

_HELP = Text(
    """規則のファイルの誤りをすべて示す。

    \b
    例:
      dxrules rules lint
    """,
    """print every fault of the ruleset files.

    \b
    Example:
      dxrules rules lint
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("lint", help=_HELP.in_(lang))
    @options(lang, "rulesets")
    def lint(*, rulesets: Path | None) -> int:
        from dxrules.keeper import lint as find

        problems = find(rulesets, "rulesets" if rulesets is None else shown(rulesets))
        fine = Text("規則に誤りはありません。", "The rulesets are fine.")
        lines = [problem.text for problem in problems] or [fine]
        say("".join(f"{line.in_(lang)}\n" for line in lines))
        return FINDINGS if problems else OK

    return lint
