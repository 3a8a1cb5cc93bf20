"""What came of judging a packet again, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.words import OUTCOMES
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.assessment.replay import Moved, Replay
    from dxrules.report.terminal import Style
    from dxrules.rules import Outcome

_SHOWN = 20


def render_replay(done: Replay, name: str, style: Style) -> str:
    """Return the result as text."""
    verdict = (
        Text("判定し直した結果は、元の結果とバイト単位で一致", "Judged again, the bytes agree")
        if done.agrees
        else Text("判定し直した結果は、元の結果と一致しない", "Judged again, the bytes differ")
    )
    lines = [style.bold(f"{name}: {style.say(verdict)}")]
    for text in (*done.causes, *map(_said, done.moved[:_SHOWN])):
        lines += style.block("- " + style.say(text), 2, 2)
    rest = len(done.moved) - _SHOWN
    if rest > 0:
        lines.append("  " + style.say(Text(f"- ほか{rest}件", f"- and {rest} more")))
    return "\n".join(lines) + "\n"


def _said(moved: Moved) -> Text:
    subject = f"{moved.code} {moved.rule} {moved.kind}/{moved.key}: "
    return same(subject) + _word(moved.before) + same(" → ") + _word(moved.after)


def _word(outcome: Outcome | None) -> Text:
    return same("-") if outcome is None else OUTCOMES[outcome]
