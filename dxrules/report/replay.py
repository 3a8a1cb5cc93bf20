"""Report of `replay`: for people, and as JSON."""

from __future__ import annotations

from dxrules.assessment.replay import Moved, Replay
from dxrules.frozen import frozen
from dxrules.report.how_to_write import How
from dxrules.report.shared_labels import OUTCOMES
from dxrules.rules import Outcome
from dxrules.texts import Text, same

_SHOWN = 20


@frozen
class Replayed:
    """What came of judging a packet again, and what the packet is called."""

    name: str
    done: Replay


def text(replayed: Replayed, how: How) -> list[str]:
    """Return the result, line by line."""
    done, style = replayed.done, how.style
    verdict = (
        Text("判定し直した結果は、元の結果とバイト単位で一致", "Judged again, the bytes agree")
        if done.agrees
        else Text("判定し直した結果は、元の結果と一致しない", "Judged again, the bytes differ")
    )
    lines = [style.bold(f"{replayed.name}: {style.say(verdict)}")]
    for told in (*done.causes, *map(_said, done.moved[:_SHOWN])):
        lines += style.block("- " + style.say(told), 2, 2)
    rest = len(done.moved) - _SHOWN
    if rest > 0:
        lines.append("  " + style.say(Text(f"- ほか{rest}件", f"- and {rest} more")))
    return lines


def _said(moved: Moved) -> Text:
    subject = f"{moved.code} {moved.rule} {moved.kind}/{moved.key}: "
    return same(subject) + _word(moved.before) + same(" → ") + _word(moved.after)


def _word(outcome: Outcome | None) -> Text:
    return same("-") if outcome is None else OUTCOMES[outcome]
