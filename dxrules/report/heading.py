"""What every report on a plan says first: which plan, how it came out, and by which days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.words import COUNTED, ONE_ENGINE, OUTCOMES, RARE, SEVERITY_WORDS
from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.assessment import Counts, PlanAssessment
    from dxrules.plan import PlanFile
    from dxrules.report.terminal import Style
    from dxrules.report.words import Alone


def engines(alone: Alone | None, style: Style) -> list[str]:
    """Return the lines that say that there was only one engine, and why; none for two."""
    return [] if alone is None else [*style.block(style.say(ONE_ENGINE[alone]), 0, 2), ""]


def title(file: PlanFile, style: Style) -> str:
    """Return the town, the plan and its file."""
    plan = file.plan
    return style.bold(f"{style.say(plan.municipality.name.text)} {plan.plan.title} ({file.name})")


def heading(plan: PlanAssessment, style: Style) -> Iterator[str]:
    """Yield the town, the counts, and the days that the judgement rests on."""
    yield title(plan.file, style)
    for text in (_counts(plan.counts), *_days(plan)):
        yield from style.block(style.say(text), 2, 2)


def _counts(counts: Counts) -> Text:
    failed = [
        SEVERITY_WORDS[severity] + _number(counts.severities[severity])
        for severity in SEVERITIES
        if counts.severities[severity] or severity == "error"
    ]
    inside = Text(f"({'・'.join(t.ja for t in failed)})", f" ({', '.join(t.en for t in failed)})")
    shown = (Outcome.FAIL, *COUNTED, *(outcome for outcome in RARE if counts.outcomes[outcome]))
    parts = [OUTCOMES[outcome] + _number(counts.outcomes[outcome]) for outcome in shown]
    parts[0] += inside
    return Text("  ".join(t.ja for t in parts), "  ".join(t.en for t in parts))


def _number(number: int) -> Text:
    return Text(f" {number}", f" {number}")


def _days(plan: PlanAssessment) -> Iterator[Text]:
    day, recorded = plan.lawbook.day, plan.file.plan.recorded
    known, shown = plan.lawbook.known_until, recorded.describe()
    rules = len(plan.lawbook.rules)
    yield Text(
        f"判定日 {day}  記載の時点 {shown.ja}  規則 {rules}件({known} 現在)",
        f"as of {day}  facts of {shown.en}  {rules} rules known to {known}",
    )
    if recorded.earliest is not None and day < recorded.earliest:
        yield Text(
            "※ 判定日が記載の時点より前である",
            "! The day judged is before the day that the facts speak for",
        )
    if day > known:
        yield Text(
            f"※ {known} より後の法令や国の計画の改正は、まだ調べられていない",
            f"! What changed in the law and the national plan after {known} is not yet known here",
        )
    if plan.file.unread:
        unread = plan.file.unread
        yield Text(
            f"※ 計画ファイルにない節(読んでいないものとして扱う): {'、'.join(unread)}",
            f"! Sections not in the plan file, taken as not read: {', '.join(unread)}",
        )
