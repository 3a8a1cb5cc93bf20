"""`dxrules replay`: judge a packet again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import options
from dxrules.cli.packet_arguments import digest_of, digest_wanted, opened, say_unsealed
from dxrules.cli.report_output import Delivery, output_options
from dxrules.errors import FINDINGS, OK
from dxrules.paths import shown
from dxrules.report.writers import REPLAY
from dxrules.texts import Text

_HELP = Text(
    """パケット(dxrules check --packet で作った一式)を判定し直し、同じ結果になるかを示します。

    manifest.json の改変は、それ自身のダイジェストで分かります。ただし署名ではないので、
    故意の作り替えに備えるには、作成時に表示される SHA-256 を別の所に控えてください。

    終了コード: 0 一致、1 不一致または改変あり、2 パケットではない。
    """,
    """Judge a packet (made by dxrules check --packet) again, and say whether the bytes agree.

    A manifest that was edited is told by its own digest. That is no signature: against a packet
    that was made anew on purpose, keep elsewhere the SHA-256 that check prints.

    Exit code: 0 they agree, 1 they differ or something was altered, 2 no packet.
    """,
)
_EXAMPLES = (
    "dxrules check facts --packet out.zip",
    "dxrules replay out.zip",
    Text(
        "dxrules replay out.zip --expect-sha256 (作成時に表示された値)",
        "dxrules replay out.zip --expect-sha256 (what check printed)",
    ),
)

_OTHER_PACKET = Text(
    "控えたパケットではない(SHA-256は {digest}、控えは {expected})",
    "It is not the packet that was noted (its SHA-256 is {digest}, not {expected})",
)


@command_named("replay", _HELP, _EXAMPLES)
@click.argument("packet", type=click.Path(path_type=Path))
@option(
    "--expect-sha256",
    "expected",
    ja="パケットがこのSHA-256のものであることも確かめる",
    en="check that it is the packet of this SHA-256, too",
    metavar="SHA256",
)
@flag(
    "--twice",
    ja="エンジン1つで(ブラウザなどで)判定したパケットを、2つで判定し直す",
    en="judge with both engines what was judged by one, such as in a browser",
)
@options()
@output_options(REPLAY)
def command(
    packet: Path,
    expected: str | None,
    delivery: Delivery,
    *,
    twice: bool,
) -> int:
    """Judge a packet again."""
    from dxrules.assessment.replay import replay as judged_again
    from dxrules.report.json_report import render_json
    from dxrules.report.replay import Replayed

    delivery.keep_apart([], None, packet)
    expected = digest_wanted(expected)
    with opened(packet) as read:
        say_unsealed(read)
        done = judged_again(read, render_json, twice=twice)
    if expected is not None and (digest := digest_of(packet)) != expected:
        other = _OTHER_PACKET.format(digest=digest, expected=expected)
        done = replace(done, causes=(other, *done.causes))
    delivery.send(Replayed(shown(packet), done))
    return OK if done.agrees and not done.causes else FINDINGS
