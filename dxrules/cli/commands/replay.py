"""`dxrules replay`: judge a packet again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.common import options, say, shown, style
from dxrules.cli.packets import read_packet
from dxrules.errors import FINDINGS, OK
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.texts import Lang

_HELP = Text(
    """パケット(dxrules check --packet で作った一式)を判定し直し、同じ結果になるかを示します。

    \b
    例:
      dxrules check facts --packet out.zip
      dxrules replay out.zip

    終了コード: 0 一致、1 不一致または改変あり、2 パケットではない。
    """,
    """Judge a packet (made by dxrules check --packet) again, and say whether the bytes agree.

    \b
    Examples:
      dxrules check facts --packet out.zip
      dxrules replay out.zip

    Exit code: 0 they agree, 1 they differ or something was altered, 2 no packet.
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    @click.command("replay", help=_HELP.in_(lang))
    @click.argument("packet", type=click.Path(path_type=Path))
    @options(lang)
    def replay(packet: Path) -> int:
        from dxrules.assessment.replay import replay as judged_again
        from dxrules.report.json_report import render_json
        from dxrules.report.replay import render_replay

        done = judged_again(read_packet(packet), lambda judged: render_json(judged).encode())
        name = shown(packet)
        say(render_replay(done, name, style(lang)))
        return OK if done.agrees and not done.causes else FINDINGS

    return replay
