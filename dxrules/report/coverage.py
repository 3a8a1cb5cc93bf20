"""Test coverage of rules: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.derivation import VOCABULARY
from dxrules.keeper.coverage import Coverage, Missing
from dxrules.report.condition_text import GROUPS, leaf_text
from dxrules.report.shared_labels import OUTCOMES
from dxrules.report.terminal import Style
from dxrules.rules import Law, Outcome, Rule
from dxrules.rules.condition import All, AnyOf, Condition, Leaf, Not
from dxrules.rules.writing import write_fact
from dxrules.texts import Text, same

_HEADERS = (
    Text("点検項目集", "ruleset"),
    Text("点検項目", "rules"),
    Text("結果", "outcomes"),
    Text("条件の枝", "branches"),
    Text("網羅率", "covered"),
)
_TOTAL = Text("計", "total")
_COMPLETE = Text("届きうるものは、すべて試されている", "Everything that can be reached is tested")
_ANSWERS: Mapping[str, Text] = {
    "true": Text("成り立つ", "true"),
    "false": Text("成り立たない", "false"),
    "unknown": Text("判断できない", "unknown"),
}
TOO_MANY = Text(
    "値の組合せが多く、例を示せない", "too many combinations of values to find an example"
)


def render_coverage(law: Law, coverage: Coverage, style: Style) -> str:
    """Return a table by ruleset, and each thing that no test reaches with an example to add."""
    rows = [_row(same(each.id), coverage.of(each)) for each in law.rulesets]
    rows.append(_row(_TOTAL, coverage))
    lines = ["", style.table(rows, _HEADERS), ""]
    for rule in coverage.rules:
        for missing in rule.missing:
            head = same(f"{missing.place}: {rule.rule.id}: ") + missing_text(rule.rule, missing)
            lines += style.block(head, 0, 2)
            lines += style.block(f"→ {style.say(_to_add(rule.rule, missing))}", 2, 2)
    if not any(rule.missing for rule in coverage.rules):
        lines.append(style.say(_COMPLETE))
    impossible = sum(len(rule.impossible) for rule in coverage.rules)
    if impossible:
        left_out = Text(
            f"どの事実でも届かないことを確かめた {impossible} 件は数えていない",
            f"{impossible} that no fact can reach, as was proved, are not counted",
        )
        lines += style.block(left_out, 0)
    return "\n".join(lines) + "\n"


def _row(name: Text, part: Coverage) -> list[Text | str]:
    tallies = (part.tested, part.outcomes, part.branches)
    shown = [f"{tally.reached}/{tally.total}" for tally in tallies]
    return [name, *shown, f"{part.whole.percent} %"]


def missing_text(rule: Rule, missing: Missing) -> Text:
    """Return what it is that no test reaches."""
    what = missing.target.what
    if missing.part is None:
        outcome = OUTCOMES[Outcome(what)]
        return Text(f"結果が「{outcome.ja}」になる例がない", f"no test with outcome “{outcome.en}”")
    shown = _shown(rule, missing.part)
    if what == "decides":
        return Text(
            f"『{shown.ja}』だけで決まる例がない", f"no test that “{shown.en}” alone decides"
        )
    answer = _ANSWERS[what]
    return Text(
        f"『{shown.ja}』が{answer.ja}例がない", f"no test in which “{shown.en}” is {answer.en}"
    )


def _shown(rule: Rule, part: Condition) -> Text:
    """Return a leaf in words; of a group, its kind and what it starts with."""
    match part:
        case Leaf(name, operator, operand):
            return leaf_text(VOCABULARY[rule.kind].attributes[name], operator, operand)
        case Not(inner):
            return GROUPS[Not] + Text("(", " (") + _shown(rule, inner) + same(")")
        case All(parts) | AnyOf(parts):
            head = GROUPS[type(part)] + Text("(", " (")
            return head + _shown(rule, parts[0]) + Text("ほか)", ", …)")


def _to_add(rule: Rule, missing: Missing) -> Text:
    example = example_text(rule, missing)
    return TOO_MANY if example is None else same(example)


def example_text(rule: Rule, missing: Missing) -> str | None:
    """Return an example that would reach it, as a ruleset file holds it; None if there is none."""
    witness = missing.witness
    fact = None if witness is None else write_fact(rule.kind, witness.values)
    if witness is None or fact is None:
        return None
    day = "" if witness.on is None else f"on: {witness.on}, "
    return f"- {{expect: {witness.outcome.value}, {day}fact: {fact}}}"
