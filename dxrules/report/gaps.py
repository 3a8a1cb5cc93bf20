"""What `gaps` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.words import OUTCOMES, SEVERITY_WORDS
from dxrules.rules import Outcome
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.assessment import Gap, GapReport
    from dxrules.report.terminal import Style

_FIRST = Text("まず直すこと", "Mend first")
_NOTHING = Text("直すべき不足は見つからなかった", "Nothing was found that has to be mended")
_SHOWN_LABELS = 8


def render_gaps(report: GapReport, style: Style) -> str:
    """Return the gap report as text."""
    return "\n".join(_lines(report, style)) + "\n"


def _lines(report: GapReport, style: Style) -> Iterator[str]:
    said = report.plan.file.plan
    day = report.plan.lawbook.day
    name = style.say(said.municipality.name.text)
    yield style.bold(f"{name} {said.plan.title}")
    yield style.say(Text(f"判定日 {day}", f"judged as of {day}"))
    yield ""
    yield style.bold(style.say(_FIRST if report.first else _NOTHING))
    for number, gap in enumerate(report.first, 1):
        yield from _gap(gap, style, f"{number}. ")
    for area in report.areas:
        yield ""
        yield style.bold(f"■ {style.say(area.label)}")
        for gap in area.gaps:
            yield from _gap(gap, style, "- ")
        if area.unknown:
            rules = dict.fromkeys(f.rule.id for f in area.unknown)
            word = style.say(OUTCOMES[Outcome.UNKNOWN])
            yield from style.block(f"{word} ({len(area.unknown)}): {', '.join(rules)}", 2)


def _gap(gap: Gap, style: Style, head: str) -> Iterator[str]:
    first = gap.finding
    word = style.paint(first.severity, f"[{style.say(SEVERITY_WORDS[first.severity])}]")
    yield f"  {head}{word} {first.rule.id} {style.say(first.rule.title)} ({style.say(gap.by)})"
    labels = [style.say(finding.label) for finding in gap.findings]
    if len(labels) > 1:
        more = f" +{len(labels) - _SHOWN_LABELS}" if len(labels) > _SHOWN_LABELS else ""
        yield from style.block("、".join(labels[:_SHOWN_LABELS]) + more, 5)
    else:
        yield from style.block(style.say(first.message), 5)
    yield from style.block("→ " + style.say(first.rule.remedy), 5)
