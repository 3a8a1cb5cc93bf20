"""Rules for people: the list, one rule in full, and the results of their examples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dxrules.derivation import VOCABULARY, describe
from dxrules.report.words import ORIGINS, OUTCOMES, SEVERITY_WORDS, TRUTHS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS
from dxrules.rules.condition import All, AnyOf, Because, Condition, Leaf, Not, Param
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.assessment import Explanation, Finding
    from dxrules.dates import Entry
    from dxrules.derivation import Attribute
    from dxrules.keeper import ExampleResult
    from dxrules.report.terminal import Style
    from dxrules.rules import Law, Rule
    from dxrules.rules.condition import Constant

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
_STATED = {True: Text("あり", "yes"), False: Text("なし", "no")}
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
    draft = style.say(Text("(草案)", " (draft)")) if rule.draft else ""
    return [
        rule.id,
        style.say(rule.title),
        style.say(STRENGTH_LABELS[rule.strength]) + draft,
        style.say(VOCABULARY[rule.kind].label),
        _span(rule.in_force.since, rule.in_force.until),
    ]


def _span(since: date, until: date | None) -> str:
    return f"{since}～{until or ''}"


def render_explanation(explanation: Explanation, style: Style) -> str:
    """Return a rule in full and, if it was judged, why each finding came out as it did."""
    return "\n".join(_explained(explanation, style)) + "\n"


def _explained(explanation: Explanation, style: Style) -> Iterator[str]:
    rule = explanation.rule
    source, clause = rule.source, rule.clause
    yield style.bold(f"{rule.id} {style.say(rule.title)}")
    word = STRENGTH_LABELS[rule.strength]
    facts = [
        (Text("強さ", "strength"), word),
        (Text("不適合の重大度", "severity of a failure"), SEVERITY_WORDS[rule.severity]),
        (Text("種別", "about"), _ABOUT[rule.about]),
        (Text("典拠", "source"), source.title + clause_text(clause)),
        (Text("確認の方法", "verified"), VERIFICATION[source.verified]),
    ]
    for label, value in facts:
        yield from style.block(f"{style.say(label)}: {style.say(value)}", 2)
    if source.url:
        yield f"  {source.url}"
    yield f"  {style.say(Text('公表', 'announced'))}: {rule.in_force.announced}"
    span = _span(rule.in_force.since, rule.in_force.until)
    yield f"  {style.say(Text('適用', 'in force'))}: {span}"
    if rule.formerly:
        yield f"  {style.say(Text('旧id', 'formerly'))}: {', '.join(rule.formerly)}"
    if rule.applies is not None:
        yield "  " + style.say(Text("適用条件", "applies to")) + ":"
        yield from _condition(rule, rule.applies, style, 4)
    yield "  " + style.say(Text("要件", "requires")) + ":"
    yield from _condition(rule, rule.require, style, 4)
    for name, dated in explanation.parameters.items():
        yield f"  ${name}:"
        for entry in dated.entries:
            yield f"    {_span(entry.since, entry.until)}: {_constant(entry)}"
    yield from style.block(f"→ {style.say(rule.remedy)}", 2)
    for code, finding in explanation.findings:
        yield ""
        yield from _finding(code, finding, style)


def clause_text(clause: Text | None) -> Text:
    """Return the clause as it follows a title."""
    return Text("", "") if clause is None else Text(f" {clause.ja}", f" {clause.en}")


def _constant(entry: Entry[Constant]) -> str:
    value = entry.value
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, int) and value > date(1868, 1, 1).toordinal():
        return date.fromordinal(value).isoformat()
    return str(value)


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
    return f"{style.say(attribute.label)} {style.say(_OPERATORS[operator])} {shown}"


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


def _finding(code: str, finding: Finding, style: Style) -> Iterator[str]:
    word = style.say(OUTCOMES[finding.outcome])
    yield style.bold(f"{code} {style.say(finding.label)} [{finding.key}]: {word}")
    yield from style.block(style.say(finding.message), 2)
    if finding.verdict is not None:
        for title, tree in (
            (Text("適用条件", "applies to"), finding.verdict.applies),
            (Text("要件", "requires"), finding.verdict.require),
        ):
            if tree is not None:
                yield f"  {style.say(title)}:"
                yield from _tree(finding, tree, style, 4)
    for proof in finding.proofs:
        place = f"{proof.place.file}:{proof.place.line}"
        section = proof.section or ""
        text = f" {section}「{proof.text}」" if proof.text else ""
        origin = f" ({style.say(ORIGINS[proof.origin])})" if proof.text else ""
        yield from style.block(f"{place}{text}{origin}", 2)


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
    """Return the results of examples: a line each, those that fail marked."""
    lines = []
    for result in results:
        mark = "ok" if result.passed else "NG"
        expected = style.say(OUTCOMES[result.example.expect])
        got = style.say(OUTCOMES[result.outcome])
        lines.append(f"{mark} {result.rule.id} {result.example.place}: {expected} ({got})")
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
