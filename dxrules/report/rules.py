"""A rule for people in full: what it asks, where it comes from, how, and what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.built_in_rules import OF_NO_FACT
from dxrules.assessment.counterfactual import Counterfactual
from dxrules.assessment.explain import Explanation
from dxrules.assessment.finding_question import asked, is_read_for, pattern_of, question_of
from dxrules.assessment.questions import Question, by_finding, questions
from dxrules.dates import PartialDate
from dxrules.derivation import VOCABULARY, Attribute, Proof, describe, open_value
from dxrules.frozen import frozen
from dxrules.plan.models import Waiver
from dxrules.report.citations import named, quoted, with_title
from dxrules.report.condition_text import (
    GROUPS,
    QUESTION,
    codes_of,
    compared,
    constant_text,
    leaf_text,
    parameter_name,
    question_with_gaps,
    span,
    with_gaps,
)
from dxrules.report.how_to_write import How
from dxrules.report.plan_header import engines, heading
from dxrules.report.shared_labels import (
    ABOUT,
    OUTCOMES,
    SEVERITY_WORDS,
    TO_PASS,
    TRUTHS,
    VERIFICATION,
)
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import hangs_on
from dxrules.rules import STRENGTH_LABELS, Outcome, Rule
from dxrules.rules.condition import All, AnyOf, Because, Condition, Leaf, Not
from dxrules.texts import Text, in_brackets, join, same, width

if TYPE_CHECKING:
    from dxrules.assessment.history import History, HistoryStep

_APPLIES = Text("適用条件", "applies to")
_REQUIRES = Text("要件", "requires")
_NOT_JUDGED = Text(
    "この点検項目は、判定日にこの団体には適用されない",
    "This rule is not in force for this municipality on the day judged",
)
_LIMITED = Text("({names})", " ({names})")
_NOT_COMPARED = Text("適用期間が重ならず、比べられない", "never in force together, so not compared")
_MESSAGE = Text("不適合のとき", "a failure says")
_NOTHING_OF_IT = {
    "waiver": Text("これに当たる例外はない", "No waiver comes under this rule"),
    "answer": Text("これに当たる回答はない", "No answer comes under this rule"),
}


@frozen
class Explained:
    """A rule explained, with the plan that was judged and how the rule came about, if asked for."""

    rule: Explanation
    judged: PlanAssessment | None = None
    history: History | None = None


def text(explained: Explained, how: How) -> list[str]:
    """Return a rule in full and, if a plan was judged, why each finding came out as it did."""
    explanation, judged, style = explained.rule, explained.judged, how.style
    lines = [*engines(how.alone, style), *_rule(explanation, style)]
    if explained.history is not None:
        lines += ["", *timeline(explained.history, style)]
    if judged is not None:
        lines += ["", *heading(judged, style)]
        if not explanation.findings:
            why = _NOTHING_OF_IT.get(explanation.rule.kind, _NOT_JUDGED)
            lines += ["", *style.block(why, 0)]
    lines += _beside(explanation, style)
    asked_for = {} if judged is None else by_finding(questions(judged))
    for found in _alike(explanation, asked_for, style):
        lines += ["", *found]
    return lines


def _rule(explanation: Explanation, style: Style) -> Iterator[str]:
    rule = explanation.rule
    yield style.bold(named(rule))
    facts = [
        (Text("強さ", "strength"), STRENGTH_LABELS[rule.strength]),
        (Text("不適合の重大度", "severity of a failure"), SEVERITY_WORDS[rule.severity]),
    ]
    if rule.kind not in OF_NO_FACT:  # which is about the plan file alone
        facts.append((Text("種別", "about"), ABOUT[rule.about]))
        facts.append((Text("対象", "subject"), _subject(explanation)))
    facts += [
        *_related(explanation),
        (
            Text("典拠", "source"),
            rule.source.title + (same(" ") + rule.clause if rule.clause else same("")),
        ),
        (Text("確認の方法", "verification"), VERIFICATION[rule.source.verified]),
    ]
    if rule.source.read_on:
        facts.append((Text("最終確認", "last read on"), same(str(rule.source.read_on))))
    for label, value in facts:
        yield from style.block(f"{style.say(label)}: {style.say(value)}", 2, 2)
    if rule.source.url:
        yield f"  {rule.source.url}"
    yield f"  {style.say(Text('公表', 'announced'))}: {rule.in_force.announced}"
    held = span(rule.in_force.since, rule.in_force.until)
    yield f"  {style.say(Text('適用', 'in force'))}: {held}"
    if rule.formerly:
        yield f"  {style.say(Text('旧id', 'formerly'))}: {', '.join(rule.formerly)}"
    if rule.applies is not None:
        yield "  " + style.say(_APPLIES) + ":"
        yield from _condition(explanation, rule.applies, style, 4)
    if rule.kind not in OF_NO_FACT:
        yield "  " + style.say(_REQUIRES) + ":"
        yield from _condition(explanation, rule.require, style, 4)
    codes = codes_of(rule)
    for name, dated in explanation.parameters.items():
        said = parameter_name(name, explanation.meanings) + same(":")
        yield from style.block(said, 2, 2)
        for entry in dated.entries:
            kind = explanation.types[name]
            shown = style.say(constant_text(entry.value, kind, codes.get(name, {})))
            yield from style.block(f"{span(entry.since, entry.until)}: {shown}", 4, 2)
    yield from _says(rule, style)


def _says(rule: Rule, style: Style) -> Iterator[str]:
    """Yield what a failure says, how to mend it, and what is asked where it is undetermined."""
    yield from style.block(f"{style.say(_MESSAGE)}: {style.say(with_gaps(rule))}", 2, 2)
    yield from style.block(f"→ {style.say(rule.remedy_for())}", 2, 2)
    asked = question_with_gaps(rule)
    if asked is not None:
        yield from style.block(f"{style.say(QUESTION)}: {style.say(asked)}", 2, 2)


def _subject(explanation: Explanation) -> Text:
    label = VOCABULARY[explanation.rule.kind].label
    if not explanation.subjects:
        return label
    return label + _LIMITED.format(names=join(explanation.subjects))


def _related(explanation: Explanation) -> Iterator[tuple[Text, Text]]:
    """Yield the rules that this one says something of, and those that refine it."""
    rule, compares = explanation.rule, explanation.refinement
    if rule.unless_failed is not None:
        yield (
            Text("同じ対象で次が不適合なら対象外", "not applied where this fails"),
            same(rule.unless_failed),
        )
    if rule.refines is not None:
        how = compared(compares) if compares else _NOT_COMPARED
        yield (
            Text("具体化する点検項目", "refines"),
            same(rule.refines) + in_brackets(how),
        )
    if explanation.refined_by:
        by = join(same(each.id) for each in explanation.refined_by)
        yield Text("この点検項目を具体化する点検項目", "refined by"), by


def _beside(explanation: Explanation, style: Style) -> Iterator[str]:
    """Yield what the rule that this one refines came to."""
    if explanation.beside:
        yield ""
    for finding in explanation.beside:
        subject = same(" [") + finding.label + same("]: ")
        came = OUTCOMES[finding.outcome] + same(" - ") + finding.message
        yield from style.block(with_title(finding.rule) + subject + came, 0, 2)


def _condition(told: Explanation, condition: Condition, style: Style, indent: int) -> Iterator[str]:
    gap = " " * indent
    match condition:
        case Leaf(name, operator, operand):
            attribute = VOCABULARY[told.rule.kind].attributes[name]
            said = leaf_text(attribute, operator, operand, told.meanings)
            yield from style.block(said, indent, 2)
        case Not(part):
            yield f"{gap}{style.say(GROUPS[Not])}:"
            yield from _condition(told, part, style, indent + 2)
        case All(parts) | AnyOf(parts):
            yield f"{gap}{style.say(GROUPS[type(condition)])}:"
            for part in parts:
                yield from _condition(told, part, style, indent + 2)


def _alike(
    explanation: Explanation, asked_for: Mapping[int, Question], style: Style
) -> Iterator[list[str]]:
    """Yield the findings, those that came out alike for the same reasons together."""
    groups: dict[tuple[Outcome, Text, tuple[str, ...]], list[Finding]] = {}
    to_pass: dict[int, Counterfactual | None] = {}
    for (_, finding), told in zip(explanation.findings, explanation.to_pass, strict=True):
        why = tuple(_why(finding, style))
        groups.setdefault((finding.outcome, pattern_of(finding), why), []).append(finding)
        to_pass[id(finding)] = told
    for (outcome, _, why), group in groups.items():
        times = f" ×{len(group)}" if len(group) > 1 else ""
        yield [
            style.bold(f"{style.say(OUTCOMES[outcome])}{times}"),
            *style.block(_subjects(group), 2, 2),
            *why,
            *_places(group, style),
            *_to_pass(group, to_pass, asked_for, style),
        ]


def _subjects(findings: Sequence[Finding]) -> Text:
    """Return what findings are about, by name; by key as well where two share their name."""
    often = Counter(finding.label for finding in findings)
    return join(
        each.label + same(f" [{each.key}]") if often[each.label] > 1 else each.label
        for each in findings
    )


def _why(finding: Finding, style: Style) -> Iterator[str]:
    if finding.outcome in (Outcome.FAIL, Outcome.ERROR) or finding.verdict is None:
        yield from style.block(finding.message, 2)
    for step in finding.adjustments:
        if step.by != "waiver":
            before, after = OUTCOMES[step.before], OUTCOMES[step.after]
            turned = Text(f"{before.ja} → {after.ja}: ", f"{before.en} → {after.en}: ")
            yield from style.block(turned + step.reason, 2, 2)
    if finding.verdict is not None:
        for label, tree in (
            (_APPLIES, finding.verdict.applies),
            (_REQUIRES, finding.verdict.require),
        ):
            if tree is not None:
                yield f"  {style.say(label)}:"
                yield from _tree(finding, tree, style, 4)
    if finding.waiver is not None:
        yield from _waived(finding.waiver, style)


def _places(findings: Sequence[Finding], style: Style) -> Iterator[str]:
    """Show what findings rest on, in the file and in what was read: each line once."""
    proofs = (proof for finding in findings for proof in finding.proofs)
    for line in dict.fromkeys(_shown(proof, style) for proof in proofs):
        yield from style.block(line, 2, 2)


def _waived(waiver: Waiver, style: Style) -> Iterator[str]:
    """Say why a finding is waived, who accepted that, where it is written, and until when."""
    facts = [
        (Text("例外の理由", "reason of the waiver"), same(waiver.reason)),
        (Text("承認者", "accepted by"), same(waiver.authority)),
        (Text("承認の文書", "document"), same(waiver.document or "－")),
        (Text("期限", "until"), waiver.until.describe()),
    ]
    for label, said in facts:
        yield from style.block(label + same(": ") + said, 2, 2)


def _to_pass(
    findings: Sequence[Finding],
    told: Mapping[int, Counterfactual | None],
    asked_for: Mapping[int, Question],
    style: Style,
) -> Iterator[str]:
    """Say what makes failures pass, or what is to be looked up where it cannot be told."""
    first = findings[0]
    if first.outcome is Outcome.UNKNOWN:
        yield from style.block(
            "→ " + style.say(question_of(first) if is_read_for(first) else asked(findings)), 2, 2
        )
    questions_asked = {id(q): q for each in findings if (q := asked_for.get(id(each)))}
    for question in questions_asked.values():
        if len(question.hanging) > 1:
            yield from style.block(hangs_on(question), 4, 2)
    ways = dict.fromkeys(way.text for each in findings if (way := told[id(each)]) is not None)
    for text in ways:
        yield from style.block(TO_PASS + same(": ") + text, 2, 2)


def _shown(proof: Proof, style: Style) -> str:
    place = proof.place.short
    return f"{place} {style.say(quoted(proof))}" if proof.text else place


def _value(because: Because, finding: Finding, attribute: Attribute) -> Text:
    """Return a value as it reads; what leaves an answer open tells what was not said."""
    if because.value is None:
        return same("")
    if because.truth is None:
        return open_value(finding.kind, finding.key, attribute, because.value)
    return describe(attribute, because.value)


def _tree(finding: Finding, because: Because, style: Style, indent: int) -> Iterator[str]:
    gap, mark = " " * indent, style.say(TRUTHS[because.truth])
    condition = because.condition
    if isinstance(condition, Leaf):
        attribute = VOCABULARY[finding.kind].attributes[condition.attribute]
        asked_of = style.say(leaf_text(attribute, condition.operator, condition.operand))
        value = style.say(_value(because, finding, attribute))
        said = f"[{mark}] {asked_of} ← {value}"
        yield from style.block(said, indent, width(f"[{mark}] "))
        return
    yield f"{gap}[{mark}] {style.say(GROUPS[type(condition)])}:"
    for part in because.parts:
        yield from _tree(finding, part, style, indent + 2)


def timeline(history: History, style: Style) -> Iterator[str]:
    """Yield the steps: the day, what it was about, what it brought, and who says so."""
    day = history.day
    head = Text(f"経緯({day} までに公表されたもの)", f"History, as announced by {day}")
    yield style.bold(head)
    for step in history.steps:
        yield from style.block(_line(history, step), 2, 4)


def _line(history: History, step: HistoryStep) -> Text:
    days = PartialDate(step.on.earliest, step.on.latest, step.on.approximate).describe()
    name = step.name
    if step.topic == "value":
        name = parameter_name(name.ja.removeprefix("$"), history.explanation.meanings)
    said = days + same("  ") + name + same(": ") + brought(history, step)
    if step.topic == "rule":  # the rule has just been shown with its source
        return said
    verified = VERIFICATION[step.source.verified]
    return said + same(" ― ") + step.source.title + in_brackets(verified)


def brought(history: History, step: HistoryStep) -> Text:
    """Return what a step brought: in words, or the value that a parameter takes."""
    if step.value is None:
        return step.what or same("")
    name = step.name.ja.removeprefix("$")
    explanation = history.explanation
    codes = codes_of(explanation.rule).get(name, {})
    return constant_text(step.value, explanation.types[name], codes)
