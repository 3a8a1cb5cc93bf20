"""Rules for people: the list, one rule in full, and the results of their examples."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dxrules.derivation import VOCABULARY, describe
from dxrules.report.heading import engines, heading
from dxrules.report.table import quoted
from dxrules.report.words import DRAFT, OUTCOMES, SEVERITY_WORDS, TRUTHS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.rules.condition import All, AnyOf, Because, Condition, Leaf, Not, Param, leaves
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.assessment.explain import Explanation
    from dxrules.derivation import Attribute, Proof
    from dxrules.keeper import ExampleResult
    from dxrules.report.terminal import Style
    from dxrules.report.words import Alone
    from dxrules.rules import Law, Rule
    from dxrules.rules.condition import Constant
    from dxrules.rules.models import ParameterType

_GROUPS = {
    All: Text("すべて", "all of"),
    AnyOf: Text("いずれか", "any of"),
    Not: Text("ではない", "not"),
}
_OPERATORS = {
    "is": Text("=", "is"),
    "is_not": Text("≠", "is not"),
    "in": Text("のいずれか:", "in"),
    "not_in": Text("のいずれでもない:", "not in"),
    "by": Text("がこの日まで:", "by"),
    "after": Text("がこの日より後:", "after"),
    "before": Text("がこの日より前:", "before"),
    "from": Text("がこの日以後:", "from"),
    "at_least": Text("≧", "at least"),
    "at_most": Text("≦", "at most"),
    "known": Text("の記載:", "stated:"),
}
_NOTHING = Text("なし", "none")
_STATED = {True: Text("あり", "yes"), False: Text("なし", "no")}
_APPLIES = Text("適用条件", "applies to")
_REQUIRES = Text("要件", "requires")
_NOT_JUDGED = Text(
    "この規則は、判定日にこの団体には適用されない",
    "This rule is not in force for this town on the day judged",
)
_WAIVER = "waiver"
_NO_SUCH_WAIVER = Text("これに当たる例外はない", "No waiver comes under this rule")
_HOLDS = {True: Text("はい", "yes"), False: Text("いいえ", "no")}
_ABOUT = {
    "plan": Text("計画に書くべきこと(記載なしは不適合)", "what the plan must hold; silence fails"),
    "town": Text("町が行うべきこと(記載なしは要確認)", "what the town must do; silence is unknown"),
}


def render_list(law: Law, style: Style) -> str:
    """Return all rules of all rulesets as tables."""
    lines = []
    headers = [
        Text("規則", "rule"),
        Text("表題", "title"),
        Text("強さ", "strength"),
        Text("対象", "subject"),
        Text("適用", "in force"),
    ]
    for ruleset in law.rulesets:
        lines.append(style.bold(f"{ruleset.id}  {style.say(ruleset.title)}"))
        rows = [_row(rule, style) for rule in ruleset.rules]
        lines += [style.table(rows, [style.say(header) for header in headers]), ""]
    return "\n".join(lines)


def _row(rule: Rule, style: Style) -> list[str]:
    draft = style.say(DRAFT) if rule.draft else ""
    return [
        rule.id,
        style.say(rule.title),
        style.say(STRENGTH_LABELS[rule.strength]) + draft,
        style.say(VOCABULARY[rule.kind].label),
        _span(rule.in_force.since, rule.in_force.until),
    ]


def _span(since: date, until: date | None) -> str:
    return f"{since}～{until or ''}"


def render_explanation(
    explanation: Explanation,
    style: Style,
    judged: PlanAssessment | None = None,
    alone: Alone | None = None,
) -> str:
    """Return a rule in full and, if a plan was judged, why each finding came out as it did.

    `alone` says why there was only one engine.
    """
    lines = [*engines(alone, style), *_rule(explanation, style)]
    if judged is not None:
        lines += ["", *heading(judged, style)]
        if not explanation.findings:
            why = _NO_SUCH_WAIVER if explanation.rule.kind == _WAIVER else _NOT_JUDGED
            lines += ["", *style.block(style.say(why), 0)]
    for found in _alike([finding for _, finding in explanation.findings], style):
        lines += ["", *found]
    return "\n".join(lines) + "\n"


def _rule(explanation: Explanation, style: Style) -> Iterator[str]:
    rule = explanation.rule
    draft = style.say(DRAFT) if rule.draft else ""
    yield style.bold(f"{rule.id} {style.say(rule.title)}{draft}")
    facts = [
        (Text("強さ", "strength"), STRENGTH_LABELS[rule.strength]),
        (Text("不適合の重大度", "severity of a failure"), SEVERITY_WORDS[rule.severity]),
        (Text("種別", "about"), _ABOUT[rule.about]),
        (Text("典拠", "source"), rule.source.title + clause_text(rule.clause)),
        (Text("確認の方法", "verification"), VERIFICATION[rule.source.verified]),
    ]
    if rule.kind == _WAIVER:  # is about the plan file, not about what the document says
        del facts[2]
    for label, value in facts:
        yield from style.block(f"{style.say(label)}: {style.say(value)}", 2, 2)
    if rule.source.url:
        yield f"  {rule.source.url}"
    yield f"  {style.say(Text('公表', 'announced'))}: {rule.in_force.announced}"
    span = _span(rule.in_force.since, rule.in_force.until)
    yield f"  {style.say(Text('適用', 'in force'))}: {span}"
    if rule.formerly:
        yield f"  {style.say(Text('旧id', 'formerly'))}: {', '.join(rule.formerly)}"
    if rule.applies is not None:
        yield "  " + style.say(_APPLIES) + ":"
        yield from _condition(rule, rule.applies, style, 4)
    if rule.kind != _WAIVER:
        yield "  " + style.say(_REQUIRES) + ":"
        yield from _condition(rule, rule.require, style, 4)
    codes = _codes(rule)
    for name, dated in explanation.parameters.items():
        yield f"  ${name}:"
        for entry in dated.entries:
            kind = explanation.types[name]
            shown = style.say(_constant(entry.value, kind, codes.get(name, {})))
            yield from style.block(f"{_span(entry.since, entry.until)}: {shown}", 4, 2)
    yield from style.block(f"→ {style.say(rule.remedy)}", 2, 2)


def _codes(rule: Rule) -> dict[str, Mapping[str, Text]]:
    """Return, by parameter, what the codes of the attribute it is compared with are called."""
    return {
        leaf.operand.name: VOCABULARY[rule.kind].attributes[leaf.attribute].codes
        for condition in rule.conditions
        for leaf in leaves(condition)
        if isinstance(leaf.operand, Param)
    }


def clause_text(clause: Text | None) -> Text:
    """Return the clause as it follows a title."""
    return Text("", "") if clause is None else Text(f" {clause.ja}", f" {clause.en}")


def _constant(value: Constant, kind: ParameterType, codes: Mapping[str, Text]) -> Text:
    if isinstance(value, tuple):
        return join([codes.get(code, same(code)) for code in value]) if value else _NOTHING
    if kind == "date" and isinstance(value, int):
        return same(date.fromordinal(value).isoformat())
    return same(str(value))


def _condition(rule: Rule, condition: Condition, style: Style, indent: int) -> Iterator[str]:
    gap = " " * indent
    match condition:
        case Leaf(name, operator, operand):
            attribute = VOCABULARY[rule.kind].attributes[name]
            yield gap + _leaf(attribute, operator, operand, style)
        case Not(part):
            yield f"{gap}{style.say(_GROUPS[Not])}:"
            yield from _condition(rule, part, style, indent + 2)
        case All(parts) | AnyOf(parts):
            yield f"{gap}{style.say(_GROUPS[type(condition)])}:"
            for part in parts:
                yield from _condition(rule, part, style, indent + 2)


def _leaf(attribute: Attribute, operator: str, operand: Any, style: Style) -> str:
    shown = style.say(_operand(attribute, operator, operand))
    words = style.say(_OPERATORS[operator])
    gap = "" if words.startswith(("が", "の")) else " "
    return f"{style.say(attribute.label)}{gap}{words} {shown}"


def _operand(attribute: Attribute, operator: str, operand: Any) -> Text:
    if isinstance(operand, Param):
        return Text(f"${operand.name}", f"${operand.name}")
    if isinstance(operand, tuple):
        labels = [attribute.codes[code] for code in operand]
        return Text("、".join(t.ja for t in labels), ", ".join(t.en for t in labels))
    if isinstance(operand, bool):
        return (_STATED if operator == "known" else _HOLDS)[operand]
    if attribute.type == "date":
        shown = date.fromordinal(operand).isoformat()
        return Text(shown, shown)
    return attribute.codes.get(operand, Text(str(operand), str(operand)))


def _alike(findings: Sequence[Finding], style: Style) -> Iterator[list[str]]:
    """Yield the findings, those that came out alike for the same reasons together."""
    groups: dict[tuple[Outcome, tuple[str, ...]], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.outcome, tuple(_why(finding, style))), []).append(finding)
    for (outcome, why), group in groups.items():
        times = f" ×{len(group)}" if len(group) > 1 else ""
        subjects = join([finding.label + same(f" [{finding.key}]") for finding in group])
        yield [
            style.bold(f"{style.say(OUTCOMES[outcome])}{times}"),
            *style.block(style.say(subjects), 2, 2),
            *why,
        ]


def _why(finding: Finding, style: Style) -> Iterator[str]:
    if finding.outcome is Outcome.FAIL or finding.verdict is None:
        yield from style.block(style.say(finding.message), 2)
    if finding.verdict is not None:
        for label, tree in (
            (_APPLIES, finding.verdict.applies),
            (_REQUIRES, finding.verdict.require),
        ):
            if tree is not None:
                yield f"  {style.say(label)}:"
                yield from _tree(finding, tree, style, 4)
    for line in dict.fromkeys(_shown(proof, style) for proof in finding.proofs):
        yield from style.block(line, 2, 2)


def _shown(proof: Proof, style: Style) -> str:
    place = f"{proof.place.file}:{proof.place.line}"
    return f"{place} {style.say(quoted(proof))}" if proof.text else place


def _tree(finding: Finding, because: Because, style: Style, indent: int) -> Iterator[str]:
    gap, mark = " " * indent, style.say(TRUTHS[because.truth])
    condition = because.condition
    if isinstance(condition, Leaf):
        attribute = VOCABULARY[finding.kind].attributes[condition.attribute]
        asked = _leaf(attribute, condition.operator, condition.operand, style)
        value = "" if because.value is None else style.say(describe(attribute, because.value))
        yield from style.block(f"[{mark}] {asked} ← {value}", indent)
        return
    yield f"{gap}[{mark}] {style.say(_GROUPS[type(condition)])}:"
    for part in because.parts:
        yield from _tree(finding, part, style, indent + 2)


def render_examples(results: Sequence[ExampleResult], style: Style) -> str:
    """Return the results of examples: a line for each rule, and one for each that failed."""
    lines = []
    for rule_id, of_rule in groupby(results, key=lambda result: result.rule.id):
        group = list(of_rule)
        failed = [result for result in group if not result.passed]
        lines.append(f"{'NG' if failed else 'ok'} {rule_id} {_expected(group, style)}")
        for result in failed:
            expected = style.say(OUTCOMES[result.example.expect])
            got = style.say(OUTCOMES[result.outcome])
            lines.append(f"   {result.example.place}: {expected} ≠ {got}")
    passed = sum(result.passed for result in results)
    lines.append(
        style.say(
            Text(
                f"例 {len(results)} 件のうち {passed} 件が期待どおり",
                f"{passed} of {len(results)} examples came out as stated",
            )
        )
    )
    return "\n".join(lines) + "\n"


def _expected(results: Sequence[ExampleResult], style: Style) -> str:
    numbers = Counter(result.example.expect for result in results)
    return style.say(
        join([OUTCOMES[outcome] + same(f" {numbers[outcome]}") for outcome in numbers])
    )
