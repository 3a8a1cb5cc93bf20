"""Conditions in words: what a leaf asks, what a constant is, and what a refining rule does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from dxrules.dates import Range
from dxrules.derivation import VOCABULARY, Attribute
from dxrules.derivation.describe import describe_range
from dxrules.report.shared_labels import OUTCOMES
from dxrules.rules import Rule
from dxrules.rules.condition import All, AnyOf, Constant, Not, Param
from dxrules.rules.ruleset_models import ParameterType
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from dxrules.assessment import Finding
    from dxrules.rules.refinement import ComparedStrength, Conditions, Refinement

GROUPS: Mapping[type[All | AnyOf | Not], Text] = {
    All: Text("次のすべて", "all of"),
    AnyOf: Text("次のいずれか", "any of"),
    Not: Text("次に当たらない", "not"),
}
_PATTERNS = {
    "is": Text("{a}は{v}", "{a} is {v}"),
    "is_not": Text("{a}は{v}でない", "{a} is not {v}"),
    "in": Text("{a}は{v}のいずれか", "{a} is one of {v}"),
    "not_in": Text("{a}は{v}のいずれでもない", "{a} is none of {v}"),
    "by": Text("{a}は{v}まで", "{a} is {v} or earlier"),
    "after": Text("{a}は{v}より後", "{a} is after {v}"),
    "before": Text("{a}は{v}より前", "{a} is before {v}"),
    "from": Text("{a}は{v}以後", "{a} is {v} or later"),
    "at_least": Text("{a}は{v}以上", "{a} is at least {v}"),
    "at_most": Text("{a}は{v}以下", "{a} is at most {v}"),
}
_OF_ONE = {"in": "is", "not_in": "is_not"}
_STATED = {
    True: Text("「{a}」の記載がある", "{a} is stated"),
    False: Text("「{a}」の記載がない", "{a} is not stated"),
}
_HOLDS = {
    True: Text("「{a}」に当たる", "{a}: yes"),
    False: Text("「{a}」に当たらない", "{a}: no"),
}
_NOTHING = Text("なし", "none")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WHATS = {
    "label": Text("対象", "subject"),
    "town": Text("市・区・町・村", "city, ward, town or village"),
    "due": Text("期限", "due day"),
    "rule": Text("点検項目", "rule"),
    "key": Text("種類とキー", "kind and key"),
    "since": Text("始まり", "first day"),
    "until": Text("終わり", "last day"),
    "earlier": Text("先にある例外の場所", "place of the earlier waiver"),
    "what": Text("項目", "entry"),
    "said": Text("計画の値", "value in the plan"),
    "told": Text("回答の値", "value that was told"),
    "day": Text("回答の日", "day of the answer"),
}


def leaf_text(
    attribute: Attribute, operator: str, operand: Any, meanings: Mapping[str, Text] | None = None
) -> Text:
    """Return what a leaf asks of an attribute; `meanings` says what parameters are."""
    if isinstance(operand, bool):
        wanted = operand is not (operator == "is_not")
        return (_STATED if operator == "known" else _HOLDS)[wanted].format(a=attribute.label)
    if isinstance(operand, tuple) and len(operand) == 1:
        operator, operand = _OF_ONE[operator], operand[0]
    value = _operand(attribute, operand, meanings or {})
    return _PATTERNS[operator].format(a=attribute.label, v=value)


def parameter_name(name: str, meanings: Mapping[str, Text]) -> Text:
    """Return what a parameter is, in words; its id where the ruleset does not say."""
    said = meanings.get(name)
    return same(f"${name}") if said is None else Text(f"「{said.ja}」", f"“{said.en}”")


def _operand(attribute: Attribute, operand: Any, meanings: Mapping[str, Text]) -> Text:
    if isinstance(operand, Param):
        said = parameter_name(operand.name, meanings)
        return said if operand.name in meanings else Text(f" {said.ja} ", said.en)
    if isinstance(operand, tuple):
        labels = [attribute.codes[code] for code in operand]
        quoted = "".join(f"「{label.ja}」" for label in labels)
        return Text(quoted, ", ".join(label.en for label in labels)) if labels else _NOTHING
    if isinstance(operand, str):
        label = attribute.codes[operand]
        return Text(f"「{label.ja}」", label.en)
    return describe_range(attribute, Range.point(operand))


def constant_text(value: Constant, kind: ParameterType, codes: Mapping[str, Text]) -> Text:
    """Return the value of a parameter; `codes` tells what codes are called."""
    if isinstance(value, tuple):
        return join(codes.get(code, same(code)) for code in value) if value else _NOTHING
    if kind == "date" and isinstance(value, int):
        return same(date.fromordinal(value).isoformat())
    return same(str(value))


QUESTION = Text("要確認のとき", "where it is undetermined")


def with_gaps(rule: Rule) -> Text:
    """Return what a failure says, with the names of what stands in its gaps."""
    return _with_gaps(rule, rule.message)


def question_with_gaps(rule: Rule) -> Text | None:
    """Return what is asked where a rule is undetermined, in the same way."""
    return None if rule.question is None else _with_gaps(rule, rule.question)


def _with_gaps(rule: Rule, said: Text) -> Text:
    attributes = VOCABULARY[rule.kind].attributes if rule.kind in VOCABULARY else {}

    def gap(found: re.Match[str]) -> Text:
        name = found[1]
        what = attributes[name].label if name in attributes else _WHATS[name]
        return Text(f"〔{what.ja}〕", f"‹{what.en}›")

    return Text(
        _PLACEHOLDER.sub(lambda found: gap(found).ja, said.ja),
        _PLACEHOLDER.sub(lambda found: gap(found).en, said.en),
    )


def codes_of(rule: Rule) -> dict[str, Mapping[str, Text]]:
    """Return, by parameter, what the codes of the attribute it is compared with are called."""
    return {
        leaf.operand.name: VOCABULARY[rule.kind].attributes[leaf.attribute].codes
        for leaf in rule.leaves
        if isinstance(leaf.operand, Param)
    }


def span(since: date, until: date | None) -> str:
    """Return the days on which something holds."""
    return f"{since}～{until or ''}"


_CONDITIONS: Mapping[Conditions, Text] = {
    "stricter": Text("条件はより厳しい", "stricter conditions"),
    "laxer": Text("条件はより緩い", "laxer conditions"),
    "equal": Text("条件の厳しさは同じ", "equally strict conditions"),
    "mixed": Text(
        "条件はより厳しい所も緩い所もある", "conditions stricter in part and laxer in part"
    ),
    "undecided": Text("どちらの条件が厳しいかは決められない", "which is stricter is undecided"),
}
_STRENGTH: Mapping[ComparedStrength, Text] = {
    "stronger": Text("強さは上", "greater strength"),
    "weaker": Text("強さは下", "lesser strength"),
    "equal": Text("強さは同じ", "equal strength"),
}


def compared(refinement: Refinement) -> Text:
    """Tell how a rule compares with the one that it refines."""
    parts = [_CONDITIONS[refinement.conditions], _STRENGTH[refinement.strength]]
    days = refinement.due_days
    if days:
        number, earlier = abs(days), days > 0
        span = f"{number} day" if number == 1 else f"{number} days"
        parts.append(
            Text(
                f"期限は{number}日{'早い' if earlier else '遅い'}",
                f"due {span} {'earlier' if earlier else 'later'}",
            )
        )
    return join(parts)


def beside(finding: Finding, others: Iterable[Finding]) -> Text:
    """Tell what a finding's rule refines, what came of that one, and which of them is stricter.

    Nothing, where it refines no rule that is in force.
    """
    if finding.refinement is None:
        return same("")
    refined = finding.refinement.refined
    met = [f for f in others if f.subject == (refined.id, finding.kind, finding.key)]
    came = OUTCOMES[met[0].outcome] if met else None
    which = same(refined.id) + (Text(f"[{came.ja}]", f" [{came.en}]") if came else same(""))
    how = compared(finding.refinement)
    return Text(f"({which.ja}を具体化、{how.ja})", f" (refines {which.en}: {how.en})")
