"""What `check` prints for a busy person."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dxrules.report.words import CHOSEN_ENGINE, ONE_ENGINE, OUTCOMES, SEVERITY_WORDS, VERIFICATION
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.assessment import Assessment, Counts, Finding, PlanAssessment
    from dxrules.report.terminal import Style
    from dxrules.rules import Rule

_SHOWN_LABELS = 12
_SHOWN_MESSAGES = 3
_ALSO = Text("ほかに: ", "Also: ")


def render_table(
    assessment: Assessment, style: Style, *, everything: bool = False, one_engine: str = ""
) -> str:
    """Return the assessment as text; passes and what is not applicable only with `everything`.

    `one_engine` says why there was only one: "chosen" or "missing".
    """
    lines: list[str] = []
    if one_engine:
        lines += style.block(style.say(CHOSEN_ENGINE if one_engine == "chosen" else ONE_ENGINE), 0)
        lines.append("")
    if len(assessment.plans) > 1:
        lines += [_summary(assessment, style), ""]
    for plan in assessment.plans:
        lines += _plan(plan, style, everything=everything)
        lines.append("")
    return "\n".join(lines)


def _summary(assessment: Assessment, style: Style) -> str:
    headers = [
        Text("団体", "town"),
        *(OUTCOMES[Outcome.FAIL] + same(":") + SEVERITY_WORDS[s] for s in SEVERITIES),
        *(OUTCOMES[o] for o in _COUNTED),
    ]
    rows = []
    for plan in assessment.plans:
        counts = plan.counts
        name = plan.file.plan.municipality.name.text
        rows.append(
            [
                style.say(name),
                *(counts.severities[s] for s in SEVERITIES),
                *(counts.outcomes[o] for o in _COUNTED),
            ]
        )
    return style.table(rows, [style.say(header) for header in headers])


_COUNTED = (Outcome.UNKNOWN, Outcome.PASS, Outcome.NOT_APPLICABLE)
_RARE = (Outcome.WAIVED, Outcome.ERROR)


def _plan(plan: PlanAssessment, style: Style, *, everything: bool) -> Iterator[str]:
    said = plan.file.plan
    name = said.municipality.name.text
    head = Text(
        f"{name.ja} {said.plan.title} ({plan.file.name})",
        f"{name.en} {said.plan.title} ({plan.file.name})",
    )
    yield style.bold(style.say(head))
    yield from style.block(style.say(_counts(plan.counts)), 2)
    for line in _days(plan):
        yield from style.block(style.say(line), 2)
    for outcome in (Outcome.ERROR, Outcome.FAIL):
        for findings in _by_rule(plan.of(outcome)):
            yield ""
            yield from _finding(findings, style)
    for outcome in (Outcome.UNKNOWN, Outcome.WAIVED):
        yield from _list(outcome, plan.of(outcome), style)
    if everything:
        for outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
            yield from _list(outcome, plan.of(outcome), style)
        yield from _not_in_force(plan.not_in_force, style)


def _counts(counts: Counts) -> Text:
    failed = [
        Text(f"{SEVERITY_WORDS[s].ja} {counts.severities[s]}", f"{SEVERITY_WORDS[s].en} {n}")
        for s in SEVERITIES
        if (n := counts.severities[s]) or s == "error"
    ]
    parts = [
        Text(
            f"{OUTCOMES[Outcome.FAIL].ja} {counts.outcomes[Outcome.FAIL]}"
            f"({'・'.join(t.ja for t in failed)})",
            f"{OUTCOMES[Outcome.FAIL].en} {counts.outcomes[Outcome.FAIL]} "
            f"({', '.join(t.en for t in failed)})",
        )
    ]
    for outcome in (*_COUNTED, *(o for o in _RARE if counts.outcomes[o])):
        number = counts.outcomes[outcome]
        parts.append(Text(f"{OUTCOMES[outcome].ja} {number}", f"{OUTCOMES[outcome].en} {number}"))
    return Text("  ".join(t.ja for t in parts), "  ".join(t.en for t in parts))


def _days(plan: PlanAssessment) -> Iterator[Text]:
    day, recorded = plan.lawbook.day, plan.file.plan.recorded
    known = plan.lawbook.known_until
    shown = recorded.describe()
    yield Text(
        f"判定日 {day}  記載の時点 {shown.ja}  規則の情報 {known} まで",
        f"judged as of {day}  facts as of {shown.en}  rules known until {known}",
    )
    if recorded.earliest is not None and day < recorded.earliest:
        yield Text(
            "注意: 判定日が記載の時点より前である",
            "Note: the day judged is before the day that the facts speak for",
        )
    if day > known:
        yield Text(
            "注意: 判定日の規則や国計画の最新版は、まだ調べられていない",
            "Note: the rules and the newest national edition on the day judged are not yet known",
        )
    unread = plan.file.unread
    if unread:
        yield Text(
            f"注意: 読んでいない節がある: {'、'.join(unread)}",
            f"Note: sections that were not read: {', '.join(unread)}",
        )


def _by_rule(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    groups: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        key = (SEVERITIES.index(finding.severity), finding.rule.id)
        groups.setdefault(key, []).append(finding)
    yield from groups.values()


def _finding(findings: list[Finding], style: Style) -> Iterator[str]:
    first = findings[0]
    failed = first.outcome is Outcome.FAIL
    word = SEVERITY_WORDS[first.severity] if failed else OUTCOMES[first.outcome]
    mark = style.paint(first.severity, f"[{style.say(word)}]")
    times = f" ×{len(findings)}" if len(findings) > 1 else ""
    yield f"  {mark} {first.rule.id} {style.say(first.rule.title)}{times}"
    few = len(findings) <= _SHOWN_MESSAGES
    for finding in findings if few else findings[:1]:
        yield from style.block(style.say(finding.message), 4)
    if not few:
        labels = [style.say(finding.label) for finding in findings[1:]]
        yield from style.block(style.say(_ALSO) + _labels(labels, style), 4)
    yield from style.block(style.say(_basis(first)), 4)
    yield from style.block("→ " + style.say(first.rule.remedy), 4)


def _labels(labels: list[str], style: Style) -> str:
    rest = len(labels) - _SHOWN_LABELS
    shown = style.say(Text("、", ", ")).join(labels[:_SHOWN_LABELS])
    return shown + (f" +{rest}" if rest > 0 else "")


def _basis(finding: Finding) -> Text:
    """Say where it stands in the file and in the plan, and on what the rule rests."""
    rule = finding.rule
    clause = Text(f" {rule.clause.ja}", f" {rule.clause.en}") if rule.clause else same("")
    strength, verified = STRENGTH_LABELS[rule.strength], VERIFICATION[rule.source.verified]
    place = f"{finding.place.file}:{finding.place.line}"
    said = _said(finding)
    return Text(
        f"{place}{said} {strength.ja} — {rule.source.title.ja}{clause.ja}({verified.ja})",
        f"{place}{said} {strength.en} - {rule.source.title.en}{clause.en} ({verified.en})",
    )


def _said(finding: Finding) -> str:
    if finding.kind == "passage":
        return ""  # the message has quoted it
    quoted = (proof for proof in finding.proofs if proof.text)
    proof = next(quoted, None)
    return f" {proof.section or ''}「{proof.text}」" if proof else ""


def _list(outcome: Outcome, findings: Sequence[Finding], style: Style) -> Iterator[str]:
    if not findings:
        return
    yield ""
    yield style.bold(f"  {style.say(OUTCOMES[outcome])} ({len(findings)})")
    ordered = sorted(findings, key=lambda f: (f.rule.id, f.message.ja))
    for _, same_reason in groupby(ordered, key=lambda f: (f.rule.id, f.message.ja)):
        group = list(same_reason)
        labels = _labels([style.say(finding.label) for finding in group], style)
        head = f"{group[0].rule.id} {style.say(group[0].rule.title)} [{labels}]"
        yield from style.block(f"{head} {style.say(group[0].message)}", 4)


def _not_in_force(rules: Sequence[Rule], style: Style) -> Iterator[str]:
    if not rules:
        return
    yield ""
    yield style.bold("  " + style.say(Text("適用期間外の規則", "rules not in force")))
    for rule in rules:
        until = rule.in_force.until.isoformat() if rule.in_force.until else ""
        yield f"    {rule.id} {style.say(rule.title)} ({rule.in_force.since}～{until})"
