"""The list of rules: as tables for people, as JSON, and in the formats of rows."""

from __future__ import annotations

from dxrules.derivation import VOCABULARY
from dxrules.report.citations import basis, strength_of
from dxrules.report.condition_text import question_with_gaps, span
from dxrules.report.how_to_write import How
from dxrules.report.shared_labels import DRAFT, SEVERITY_WORDS
from dxrules.report.tabular import Table, column
from dxrules.rules import STRENGTH_LABELS, Law, Rule
from dxrules.texts import Text

_COLUMNS = (
    column("点検項目集", "ruleset", 24, "ruleset"),
    column("点検項目", "rule", 9, "id"),
    column("表題", "title", 36, "title"),
    column("強さ", "strength", 14, lambda rule: STRENGTH_LABELS[rule.strength]),
    column("草案", "draft", 7, lambda rule: DRAFT if rule.draft else None),
    column("重大度", "severity", 8, lambda rule: SEVERITY_WORDS[rule.severity]),
    column("対象", "subject", 18, lambda rule: VOCABULARY[rule.kind].label),
    column("適用の初日", "from", 11, "in_force.since"),
    column("適用の末日", "until", 11, "in_force.until"),
    column("典拠", "source", 46, basis),
    column("直し方", "remedy", 46, lambda rule: rule.remedy_for()),
    column("要確認のとき", "question", 46, question_with_gaps),
)


def text(law: Law, how: How) -> list[str]:
    """Return the lines of tables of all rules of all rulesets."""
    style, lines = how.style, []
    headers = [
        Text("点検項目", "rule"),
        Text("表題", "title"),
        Text("強さ", "strength"),
        Text("対象", "subject"),
        Text("適用", "in force"),
    ]
    for ruleset in law.rulesets:
        lines.append(style.bold(f"{ruleset.id}  {style.say(ruleset.title)}"))
        table = [_row(rule) for rule in ruleset.rules]
        lines += [style.table(table, headers, foldable=(1,)), ""]
    return lines[:-1]


def rows(law: Law) -> Table:
    """Return a row per rule."""
    day = max(ruleset.known_until for ruleset in law.rulesets)
    return Table.of(Text("点検項目", "Rules"), day, _COLUMNS, law.rules)


def _row(rule: Rule) -> list[Text | str]:
    return [
        rule.id,
        rule.title,
        strength_of(rule),
        VOCABULARY[rule.kind].label,
        span(rule.in_force.since, rule.in_force.until),
    ]
