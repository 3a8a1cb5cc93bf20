"""The list of rules: as tables for people, as JSON, and in the formats of rows."""

from __future__ import annotations

from dxrules.derivation import VOCABULARY
from dxrules.report.citations import basis
from dxrules.report.condition_text import question_with_gaps, span
from dxrules.report.shared_labels import DRAFT, SEVERITY_WORDS
from dxrules.report.tabular import Table, column
from dxrules.report.writers import How, for_people
from dxrules.rules import STRENGTH_LABELS, Law, Rule
from dxrules.texts import Text

_COLUMNS = (
    column("点検項目集", "ruleset", 24),
    column("点検項目", "rule", 9),
    column("表題", "title", 36),
    column("強さ", "strength", 14),
    column("草案", "draft", 7),
    column("重大度", "severity", 8),
    column("対象", "subject", 18),
    column("適用の初日", "from", 11),
    column("適用の末日", "until", 11),
    column("典拠", "source", 46),
    column("直し方", "remedy", 46),
    column("要確認のとき", "question", 46),
)


def write(law: Law, how: How) -> bytes:
    """Return all rules of all rulesets as tables for people."""
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
    return for_people("\n".join(lines), how)


def rows(law: Law) -> Table:
    """Return a row per rule."""
    return Table(
        Text("点検項目", "Rules"),
        max(ruleset.known_until for ruleset in law.rulesets),
        _COLUMNS,
        tuple(
            (
                rule.ruleset,
                rule.id,
                rule.title,
                STRENGTH_LABELS[rule.strength],
                DRAFT if rule.draft else None,
                SEVERITY_WORDS[rule.severity],
                VOCABULARY[rule.kind].label,
                rule.in_force.since,
                rule.in_force.until,
                basis(rule),
                rule.remedy_for(),
                question_with_gaps(rule),
            )
            for rule in law.rules
        ),
    )


def _row(rule: Rule) -> list[Text | str]:
    strength = STRENGTH_LABELS[rule.strength]
    return [
        rule.id,
        rule.title,
        strength + DRAFT if rule.draft else strength,
        VOCABULARY[rule.kind].label,
        span(rule.in_force.since, rule.in_force.until),
    ]
