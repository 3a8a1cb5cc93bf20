"""`dxrules rules sources`: when the sources were last read, and whether their text has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dxrules.cli.bilingual import command_named
from dxrules.cli.common import load, options, today_in_japan
from dxrules.cli.law_text_options import law_texts, texts_option
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.ruleset_options import rulesets_read
from dxrules.errors import FINDINGS, OK
from dxrules.report.writers import SOURCES
from dxrules.texts import Text

_HELP = Text(
    """点検項目の典拠を、最後に読んだ日と、発表済みの変更とともに一覧にします。

    --texts に e-Gov の条文のフォルダ(<法令ID>.xml 又は .md)を指定すると、点検項目が引く条項の
    移動・変更・削除と、それに拠る点検項目を示します。条文は取得しません。

    \b
    終了コード: 0 変更なし、1 移動又は変更された条項がある、2 入力の誤り
    """,
    """List the sources of the rules, when each was last read, and what is announced.

    With --texts, a folder of e-Gov texts (<law id>.xml or .md), it shows which cited paragraphs
    have moved, changed or gone, and the rules that rest on them. Nothing is fetched.

    \b
    Exit code: 0 nothing has changed, 1 a place has moved or changed, 2 wrong input
    """,
)
_EXAMPLES = (
    "dxrules rules sources",
    "dxrules rules sources --texts law-texts --output sources.json",
)


@command_named("sources", _HELP, _EXAMPLES)
@texts_option
@options("as_of", "rulesets")
@output_options(SOURCES)
def command(
    *,
    texts: Path | None,
    day: date | None,
    rulesets: Path | None,
    delivery: Delivery,
) -> int:
    """List the sources, and compare them with texts of laws."""
    from dxrules.keeper.rule_sources import NEEDS_WORK, source_states

    delivery.guard(lambda: rulesets_read(rulesets))
    found = None if texts is None else law_texts(texts)
    states = source_states(load(rulesets), day or today_in_japan(), found)
    delivery.send(states)
    moved = any(check.state in NEEDS_WORK for state in states for check in state.checks)
    return FINDINGS if moved else OK
