"""`dxrules rules`: for the ruleset keeper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.cli.app import LazyGroup
from dxrules.cli.common import lang_option
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import click

_COMMANDS: Mapping[str, Text] = {
    "list": Text("すべての規則を一覧にする", "list all rules"),
    "show": Text("規則1件を典拠とともに示す", "show one rule with its source"),
    "lint": Text("規則のファイルの誤りをすべて示す", "print every fault of the ruleset files"),
    "test": Text("規則に付いた例をすべて実行する", "run the examples of all rules"),
}

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
    group = LazyGroup(lang, _COMMANDS, __name__, name="rules", help=_HELP.in_(lang))
    return lang_option(lang)(group)
