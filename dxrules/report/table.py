"""What `check` prints for a busy person."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dxrules.assessment.finding import WHOLE, by_rule, together
from dxrules.report.citing import basis, quoted
from dxrules.report.heading import engines, heading, remarks
from dxrules.report.naming import names_of
from dxrules.report.refining import beside
from dxrules.report.words import (
    COUNTED,
    DRAFT,
    KNOWN,
    OUTCOMES,
    SETBACK,
    SEVERITY_WORDS,
    more,
)
from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text, join, printable, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dxrules.assessment import Assessment, Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.terminal import Style
    from dxrules.report.words import Alone
    from dxrules.report.writers import How
    from dxrules.rules import Rule

_SHOWN_LABELS = 12
_LISTED_LABELS = 6
_SHOWN_MESSAGES = 3
_SHOWN_REASONS = 3
_OTHERS = Text("ほかの理由", "for other reasons")
_ALSO = Text("ほかに: ", "Also: ")
_LOOK = Text(
    "→ 何が分かれば決まるかは dxrules explain 規則 計画 が示す",
    "→ dxrules explain RULE PLAN shows what would settle each of them",
)
_SINGLE_KINDS = frozenset({"plan", "standardization"})


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report as UTF-8."""
    text = "".join(f"{line}\n" for line in remarks(dossier, how.style))
    text += render_table(dossier.assessment, how.style, everything=how.everything, alone=how.alone)
    return printable(text, coloured=how.style.colour).encode()


def render_table(
    assessment: Assessment, style: Style, *, everything: bool = False, alone: Alone | None = None
) -> str:
    """Return the assessment as text; passes and what is not applicable only with `everything`.

    `alone` says why there was only one engine.
    """
    lines = engines(alone, style)
    if len(assessment.plans) > 1:
        lines += [_summary(assessment, style), ""]
    for plan in assessment.plans:
        lines += _plan(plan, style, everything=everything)
        lines.append("")
    return "\n".join(lines)


def _summary(assessment: Assessment, style: Style) -> str:
    headers = [
        Text("団体", "town"),
        *(SEVERITY_WORDS[severity] for severity in SEVERITIES),
        *(OUTCOMES[outcome] for outcome in COUNTED),
    ]
    rows = [
        [
            style.say(name),
            *(plan.counts.severities[severity] for severity in SEVERITIES),
            *(plan.counts.outcomes[outcome] for outcome in COUNTED),
        ]
        for plan, name in zip(assessment.plans, names_of(assessment.plans), strict=True)
    ]
    return style.table(rows, [style.say(header) for header in headers], foldable=(0,))


def _plan(plan: PlanAssessment, style: Style, *, everything: bool) -> Iterator[str]:
    yield from heading(plan, style)
    for outcome in (Outcome.ERROR, Outcome.FAIL):
        for findings, *others in together(by_rule(plan.of(outcome))):
            yield ""
            yield from _finding(findings, others, plan, style)
    yield from _list(Outcome.UNKNOWN, plan, style)
    if plan.of(Outcome.UNKNOWN):
        yield from style.block(style.say(_LOOK), 4, 2)
    yield from _list(Outcome.WAIVED, plan, style)
    if everything:
        yield from _list(Outcome.PASS, plan, style)
        yield from _list(Outcome.NOT_APPLICABLE, plan, style)
        yield from _not_in_force(plan.not_in_force, style)


def _finding(
    findings: list[Finding], others: Sequence[list[Finding]], plan: PlanAssessment, style: Style
) -> Iterator[str]:
    """Show what one rule says; `others` is what those say that refine it, or that it refines."""
    first = findings[0]
    failed = first.outcome is Outcome.FAIL
    word = SEVERITY_WORDS[first.severity] if failed else OUTCOMES[first.outcome]
    mark = style.paint(first.severity, f"[{style.say(word)}]")
    yield from style.block(f"{mark} {_name(findings, plan, style)}", 2, 2)
    few = len(findings) <= _SHOWN_MESSAGES
    for finding in findings if few else findings[:1]:
        yield from style.block(style.say(finding.message), 4)
    if not few:
        further = style.say(_ALSO) + _labels(findings[1:], style, _SHOWN_LABELS)
        yield from style.block(further, 4, 2)
    yield from _place(first, style)
    yield from style.block(style.say(basis(first.rule)), 4, 2)
    for other in others:
        yield from style.block(f"+ {_name(other, plan, style)}", 4, 2)
        if other[0].message != first.message:
            yield from style.block(style.say(other[0].message), 6)
        yield from style.block(style.say(basis(other[0].rule)), 6, 2)
    for remedy in dict.fromkeys(group[0].rule.remedy for group in (findings, *others)):
        yield from style.block("→ " + style.say(remedy), 4, 2)


def _name(findings: Sequence[Finding], plan: PlanAssessment, style: Style) -> str:
    rule = findings[0].rule
    draft = style.say(DRAFT) if rule.draft else ""
    draft += style.say(KNOWN) if all(finding.known for finding in findings) else ""
    draft += style.say(SETBACK) if any(finding.setback for finding in findings) else ""
    times = f" ×{len(findings)}" if len(findings) > 1 else ""
    refined = style.say(beside(findings[0], plan.findings))
    return f"{rule.id} {style.say(rule.title)}{draft}{times}{refined}"


def _labels(findings: Sequence[Finding], style: Style, shown: int) -> str:
    labels = list(dict.fromkeys(finding.label for finding in findings))
    return style.say(join(labels[:shown]) + more(len(labels) - shown))


def _place(finding: Finding, style: Style) -> Iterator[str]:
    """Say where it stands in the file, and in what was read: in one line if there is room."""
    place = f"    {finding.place.short}"
    proof = next((proof for proof in finding.proofs if proof.text), None)
    if finding.kind == "passage" or proof is None:  # the message has quoted a passage
        yield place
    elif width(line := f"{place} {style.say(quoted(proof))}") <= style.width:
        yield line
    else:
        yield place
        yield from style.block(style.say(quoted(proof)), 4, 2)


def _list(outcome: Outcome, plan: PlanAssessment, style: Style) -> Iterator[str]:
    """List findings that accuse nobody, one entry per rule and reason."""
    findings = plan.of(outcome)
    if not findings:
        return
    yield ""
    yield style.bold(f"  {style.say(OUTCOMES[outcome])} ({len(findings)})")
    for of_rule in _grouped(findings, _beside_refined):
        groups = _grouped(of_rule, lambda finding: finding.message.ja)
        for group in groups[:_SHOWN_REASONS]:
            yield from style.block(_entry(group, plan, style), 4, 2)
        rest = [finding for group in groups[_SHOWN_REASONS:] for finding in group]
        if rest:
            which = _labels(rest, style, _LISTED_LABELS)
            name = _name(rest, plan, style)
            yield from style.block(f"{name} [{which}] {style.say(_OTHERS)}", 4, 2)


def _beside_refined(finding: Finding) -> tuple[str, ...]:
    """Order by rule, a rule that refines another right after that one."""
    compared, rule_id = finding.refinement, finding.rule.id
    return (rule_id,) if compared is None else (compared.refined.id, rule_id)


def _grouped(findings: Sequence[Finding], key: Callable[[Finding], Any]) -> list[list[Finding]]:
    """Put together what has one key, ordered by it."""
    ordered = sorted(findings, key=key)
    return [list(group) for _, group in groupby(ordered, key=key)]


def _entry(group: list[Finding], plan: PlanAssessment, style: Style) -> str:
    first = group[0]
    which = "" if speaks_for_itself(first) else f" [{_labels(group, style, _LISTED_LABELS)}]"
    said = first.message
    if first.waiver is not None:
        until = first.waiver.until.describe()
        said = Text(
            f"{first.waiver.reason}({first.waiver.authority}、{until.ja}まで)",
            f"{first.waiver.reason} ({first.waiver.authority}, until {until.en})",
        )
    return f"{_name(group, plan, style)}{which} - {style.say(said)}"


def speaks_for_itself(finding: Finding) -> bool:
    """Tell whether the title of the rule names its one subject already."""
    return finding.kind in _SINGLE_KINDS or len(finding.rule.keys) == 1 or finding.key == WHOLE


def _not_in_force(rules: Sequence[Rule], style: Style) -> Iterator[str]:
    if not rules:
        return
    yield ""
    yield style.bold("  " + style.say(Text("適用期間外の規則", "rules not in force")))
    for rule in rules:
        until = rule.in_force.until.isoformat() if rule.in_force.until else ""
        yield f"    {rule.id} {style.say(rule.title)} ({rule.in_force.since}～{until})"
