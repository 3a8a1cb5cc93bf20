"""What `gaps` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.heading import engines, heading
from dxrules.report.words import DRAFT, OUTCOMES, SEVERITY_WORDS, more
from dxrules.rules import Outcome
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.assessment import Finding
    from dxrules.assessment.gaps import AreaGaps, Gap, GapReport
    from dxrules.report.terminal import Style
    from dxrules.report.words import Alone

_FIRST = Text(
    "まず直すこと(期限を示さないものは、次の改定まで)",
    "Mend first (by the next revision, where no day is given)",
)
_NOTHING = Text("直すべき不足は見つからなかった", "Nothing was found that has to be mended")
_ERRORS = Text(
    "判定できなかったもの(原因を除くまで、以下は信頼できない)",
    "Could not be judged (what follows cannot be trusted until this is mended)",
)
_SHOWN_LABELS = 8


def render_gaps(report: GapReport, style: Style, alone: Alone | None = None) -> str:
    """Return the gap report as text; `alone` says why there was only one engine."""
    return "\n".join([*engines(alone, style), *_lines(report, style)]) + "\n"


def _lines(report: GapReport, style: Style) -> Iterator[str]:
    yield from heading(report.plan, style)
    if report.errors:
        yield ""
        yield style.bold(style.say(_ERRORS))
        for finding in report.errors:
            yield from style.block(_broken(finding, style), 2, 2)
    if report.first or not report.errors:
        yield ""
        yield style.bold(style.say(_FIRST if report.first else _NOTHING))
    for number, gap in enumerate(report.first, 1):
        yield f"  {number}. {_head(gap, style)}"
        yield from style.block("→ " + style.say(gap.finding.rule.remedy), 5, 2)
    for area in report.areas:
        yield ""
        yield style.bold(f"■ {style.say(area.label)}")
        yield from _area(area, style)


def _broken(finding: Finding, style: Style) -> str:
    word = style.say(OUTCOMES[Outcome.ERROR])
    head = f"[{word}] {finding.rule.id} {style.say(finding.rule.title)}"
    return f"{head} [{finding.key}]: {style.say(finding.message)}"


def _area(area: AreaGaps, style: Style) -> Iterator[str]:
    for gap in area.gaps:
        yield f"  {_head(gap, style)}"
        yield from style.block(_said(gap.findings, style), 4)
        yield from style.block("→ " + style.say(gap.finding.rule.remedy), 4, 2)
    if area.unknown:
        rules = {finding.rule.id: finding.rule for finding in area.unknown}
        named = [same(f"{rule_id} ") + rules[rule_id].title for rule_id in sorted(rules)]
        word = style.say(OUTCOMES[Outcome.UNKNOWN])
        yield from style.block(f"[{word}] {style.say(join(named))}", 2, 2)


def _head(gap: Gap, style: Style) -> str:
    first = gap.finding
    word = style.paint(first.severity, f"[{style.say(SEVERITY_WORDS[first.severity])}]")
    draft = style.say(DRAFT) if first.rule.draft else ""
    times = f" ×{len(gap.findings)}" if len(gap.findings) > 1 else ""
    dated = any(finding.due is not None for finding in gap.findings)
    by = f" ({style.say(gap.by)})" if dated else ""
    return f"{word} {first.rule.id} {style.say(first.rule.title)}{draft}{times}{by}"


def _said(findings: Sequence[Finding], style: Style) -> str:
    if len(findings) == 1:
        return style.say(findings[0].message)
    labels = [finding.label for finding in findings]
    return style.say(join(labels[:_SHOWN_LABELS]) + more(len(labels) - _SHOWN_LABELS))
