"""All that `check` has found, as text: every failure, and all that is undetermined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.finding import by_rule, together
from dxrules.assessment.questions import first_to_confirm, open_rules
from dxrules.report.citations import basis, named_with_marks, quoted, times
from dxrules.report.condition_text import beside
from dxrules.report.outcome_counts import NARROW_COUNTS, by_columns, rules_and_places
from dxrules.report.piecewise import LeanPlans, PlanHeadings, names_of
from dxrules.report.plan_header import heading, to_come, to_come_title
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import (
    CONFIRM_FIRST,
    due_in,
    if_not_met,
    open_head,
    open_why,
    speaks_for_itself,
    strength,
)
from dxrules.rules import Outcome, Rule
from dxrules.texts import Text, same, some_of, width

_SHOWN_LABELS = 12
_LISTED_LABELS = 6
_SHOWN_MESSAGES = 3
_SHOWN_REASONS = 3
_OTHERS = Text("ほかの理由", "for other reasons")
_ALSO = Text("ほかに: ", "Also: ")
_BESIDES = Text("、上に示した{number}件を除く", ", without the {number} above")
_LOOK = Text(
    "→ 何が分かれば決まるかは dxrules explain 点検項目 計画 が示す",
    "→ dxrules explain RULE PLAN shows what would settle each of them",
)


def summary_of_towns(headings: PlanHeadings, style: Style) -> Iterator[str]:
    """Yield the table of counts, a line a town."""
    headers = [Text("団体", "municipality"), *(column.short for column in NARROW_COUNTS)]
    names = names_of(LeanPlans(headings))

    def rows() -> Iterator[list[object]]:
        for name, each in zip(names, headings, strict=True):
            yield [name, *by_columns(each.counts, NARROW_COUNTS)]

    return style.table_lines(rows, headers, foldable=(0,))


def plan_lines(plan: PlanAssessment, style: Style, *, everything: bool) -> Iterator[str]:
    """Yield all that was found of a plan."""
    yield from heading(plan, style)
    faults = [*plan.of(Outcome.ERROR), *plan.of(Outcome.FAIL)]
    groups = [*together(by_rule(faults))]
    # A duty that is open weighs more than advice that is not followed.
    grave = [group for group in groups if _is_grave(group[0][0])]
    yield from _faults(grave, plan, style)
    yield from _confirm_first(plan, style)
    yield from _faults([group for group in groups if group not in grave], plan, style)
    yield from _list(Outcome.UNKNOWN, plan, style)
    if plan.of(Outcome.UNKNOWN):
        yield from style.block(_LOOK, 4, 2)
    yield from _list(Outcome.WAIVED, plan, style)
    yield from coming_lines(plan, style, 2)
    if everything:
        yield from _list(Outcome.PASS, plan, style)
        yield from _list(Outcome.NOT_APPLICABLE, plan, style)
        yield from _not_in_force(plan.not_in_force, style)


def coming_lines(plan: PlanAssessment, style: Style, indent: int) -> Iterator[str]:
    """Show the rules that begin later, within the plan's period; nothing where there are none."""
    told = [*to_come(plan)]
    if not told:
        return
    yield ""
    yield from style.block(style.bold(to_come_title(plan)), indent, 2)
    for head, rests_on, remedy in told:
        yield from style.block(head, indent + 2, 2)
        yield from style.block(rests_on, indent + 4, 2)
        yield from style.block(remedy, indent + 4, 2)


def _is_grave(finding: Finding) -> bool:
    return finding.outcome is Outcome.ERROR or finding.severity == "error"


def _faults(
    groups: Sequence[list[list[Finding]]], plan: PlanAssessment, style: Style
) -> Iterator[str]:
    for findings, *others in groups:
        yield ""
        yield from _finding(findings, others, plan, style)


def _confirm_first(plan: PlanAssessment, style: Style) -> Iterator[str]:
    """Show what to look up first, with what is open and the remedy of what is not met."""
    chosen = first_to_confirm(open_rules(plan.findings))
    if not chosen:
        return
    yield ""
    yield from style.block(style.bold(CONFIRM_FIRST), 2, 2)
    for each in chosen:
        refined = beside(each.finding, plan.findings)
        yield from style.block(open_head(each.findings) + refined, 4, 2)
        for why in open_why(each):
            yield from style.block(why, 6)
        yield from style.block("→ " + style.say(if_not_met(each.finding)), 6, 2)


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
        yield from style.block(finding.message, 4)
    if not few:
        further = style.say(_ALSO) + _labels(findings[1:], style, _SHOWN_LABELS)
        yield from style.block(further, 4, 2)
    yield from _place(first, style)
    yield from style.block(basis(first.rule), 4, 2)
    for other in others:
        yield from style.block(f"+ {_name(other, plan, style)}", 4, 2)
        if other[0].message != first.message:
            yield from style.block(other[0].message, 6)
        yield from style.block(basis(other[0].rule), 6, 2)
    for remedy in dict.fromkeys(group[0].remedy for group in (findings, *others)):
        yield from style.block("→ " + style.say(remedy), 4, 2)


def _name(findings: Sequence[Finding], plan: PlanAssessment, style: Style) -> str:
    refined = beside(findings[0], plan.findings)
    named = style.say(named_with_marks(findings) + times(len(findings)) + refined)
    if findings[0].outcome is Outcome.UNKNOWN:
        one_day = len({finding.due for finding in findings}) == 1
        due = style.say(due_in(findings[0])) if one_day else ""
        return f"{style.say(strength(findings[0]))} {named}{due}"
    return named


def _labels(findings: Sequence[Finding], style: Style, shown: int) -> str:
    labels = list(dict.fromkeys(finding.label for finding in findings))
    return style.say(some_of(labels, shown))


def _place(finding: Finding, style: Style) -> Iterator[str]:
    """Say where it stands in the file, and in what was read: in one line if there is room."""
    place = f"    {style.say(finding.place.shown)}"
    proof = next((proof for proof in finding.proofs if proof.text), None)
    if finding.kind == "passage" or proof is None:  # the message has quoted a passage
        yield place
    elif width(line := f"{place} {style.say(quoted(proof))}") <= style.width:
        yield line
    else:
        yield place
        yield from style.block(quoted(proof), 4, 2)


def _list(outcome: Outcome, plan: PlanAssessment, style: Style) -> Iterator[str]:
    """List findings that accuse nobody, one entry per rule and reason."""
    every = plan.of(outcome)
    above = first_to_confirm(open_rules(every))
    told = {each.finding.rule.id for each in above}
    findings = [finding for finding in every if finding.rule.id not in told]
    if not findings:
        return
    yield ""
    number = rules_and_places(every, plan.counts.outcomes[outcome])
    if above:
        number += _BESIDES.format(number=str(len(above)))
    yield from style.block(style.bold(OUTCOMES[outcome] + same(" ") + number), 2, 2)
    for of_rule in _of_rules(findings):
        groups = _grouped(of_rule, lambda finding: finding.message.ja)
        for group in groups[:_SHOWN_REASONS]:
            yield from style.block(_entry(group, plan, style), 4, 2)
        rest = [finding for group in groups[_SHOWN_REASONS:] for finding in group]
        if rest:
            which = _labels(rest, style, _LISTED_LABELS)
            name = _name(rest, plan, style)
            yield from style.block(f"{name} [{which}] {style.say(_OTHERS)}", 4, 2)


def _of_rules(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Put together what is of one rule: by rule, but what is undetermined as it is in order."""
    if findings[0].outcome is Outcome.UNKNOWN:
        return [list(each.findings) for each in open_rules(findings)]
    return _grouped(findings, _beside_refined)


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


def _not_in_force(rules: Sequence[Rule], style: Style) -> Iterator[str]:
    if not rules:
        return
    yield ""
    yield style.bold("  " + style.say(Text("適用期間外の点検項目", "rules not in force")))
    for rule in rules:
        until = rule.in_force.until.isoformat() if rule.in_force.until else ""
        yield f"    {rule.id} {style.say(rule.title)} ({rule.in_force.since}～{until})"
