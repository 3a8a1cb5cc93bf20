"""What `rules diff` says, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from dxrules.dates import PartialDate, Range
from dxrules.derivation import VOCABULARY, date_of
from dxrules.keeper.reference_diff import KnowledgeChange, ReferenceChange
from dxrules.keeper.rule_diff import RuleChange
from dxrules.report.json_values import (
    Json,
    citation,
    date,
    in_utf8,
    source_json,
    text,
    tool,
    value_json,
    whole_rule,
)
from dxrules.rules.condition import Param
from dxrules.rules.rule import InForce
from dxrules.texts import Text

if TYPE_CHECKING:
    from datetime import date as Day  # noqa: N812  (`date` is what makes JSON of a PartialDate)

    from dxrules.dates import Entry
    from dxrules.keeper.comparison_side import Side
    from dxrules.keeper.diff import Diff, LawChange
    from dxrules.keeper.parameter_diff import ParameterChange
    from dxrules.keeper.rule_diff import ChangeWitness, ConditionChange
    from dxrules.reference import Source
    from dxrules.report.writers import How
    from dxrules.rules import Rule
    from dxrules.rules.condition import Constant


def write_json(diff: Diff, how: How) -> bytes:  # noqa: ARG001  (both languages)
    """Return the differences as JSON."""
    return in_utf8(
        {
            "format": "dxrules/rules-diff/1",
            "tool": tool(),
            **sides(diff),
            **_parts(diff),
            **_proofs(diff),
        }
    )


def sides(diff: Diff) -> Json:
    """Return both sides by name, day and commit."""
    return {"old": _side(diff.old), "new": _side(diff.new)}


def _proofs(diff: Diff) -> Json:
    """Return what edits of rules do to verdicts, where that was asked."""
    if diff.proofs is None:
        return {}
    return {
        "proofs": [
            {
                "rule": proof.change.rule.id,
                "effect": proof.effect,
                "examples": [
                    {"before": each.before.value, "after": each.after.value, "line": each.line}
                    for each in proof.examples
                ],
                "case": proof.case,
            }
            for proof in diff.proofs
        ]
    }


def _side(side: Side) -> Json:
    return {
        "name": side.name,
        "day": _day(side.day),
        "commit": None if side.revision is None else side.revision.commit,
    }


def _parts(diff: Diff) -> Json:
    return {
        "reference": [change_json(change) for change in diff.reference],
        "knowledge": [change_json(change) for change in diff.knowledge],
        "rules": [change_json(change) for change in diff.rules],
        "parameters": [change_json(change) for change in diff.parameters],
    }


def change_json(change: LawChange) -> Json:
    """Return one change of the law."""
    match change:
        case ReferenceChange():
            return _reference(change)
        case KnowledgeChange():
            return _knowledge(change)
        case RuleChange():
            return _rule(change)
        case _:
            return _parameter(change)


def _reference(change: ReferenceChange) -> Json:
    return {
        "change": "reference",
        "list": change.list,
        "id": change.id,
        "old": plain(change.old),
        "new": plain(change.new),
        "fields": list(change.fields),
        "gained": list(change.gained),
        "lost": list(change.lost),
        "source": _source(change.source),
        "rules": list(change.rules),
    }


def _knowledge(change: KnowledgeChange) -> Json:
    return {
        "change": "knowledge",
        "of": change.of,
        "old": _day(change.old),
        "new": _day(change.new),
        "rules": list(change.rules),
    }


def _rule(change: RuleChange) -> Json:
    return {
        "change": "rule",
        "id": change.rule.id,
        "what": list(change.heads),
        "was": change.was,
        "now": change.now,
        "old": None if change.old is None else whole_rule(change.old),
        "new": None if change.new is None else whole_rule(change.new),
        "fields": {field: _field(change, field) for field in change.fields},
        "asked": None if change.asked is None else _asked(change.rule, change.asked),
        "binds": None if change.binds is None else _binds(*change.binds),
        "source": source_json(change.rule),
    }


def _binds(old: str | None, new: str | None) -> Json:
    """Return whose plans come under a rule: the code of a prefecture, or null for the nation."""
    return {"old": old, "new": new}


def _parameter(change: ParameterChange) -> Json:
    return {
        "change": "parameter",
        "name": change.name,
        "ruleset": change.ruleset,
        "type": change.type,
        "values": [
            {
                "since": _day(value.since),
                "old": _entry(value.old, change.type),
                "new": _entry(value.new, change.type),
                "source": _source(value.source),
            }
            for value in change.values
        ],
        "rules": list(change.rules),
    }


def _field(change: RuleChange, field: str) -> Json:
    return {"old": plain(getattr(change.old, field)), "new": plain(getattr(change.new, field))}


def _asked(rule: Rule, asked: ConditionChange) -> Json:
    return {
        "direction": asked.direction,
        "tightened": _witness(rule, asked.tightened),
        "loosened": _witness(rule, asked.loosened),
        "neutral": _witness(rule, asked.neutral),
        "conditions": asked.own,
        "parameters": list(asked.parameters),
        "keys": {"added": list(asked.keys[0]), "removed": list(asked.keys[1])},
    }


def _witness(rule: Rule, witness: ChangeWitness | None) -> Json | None:
    if witness is None:
        return None
    attributes = VOCABULARY[rule.kind].attributes
    return {
        "fact": {n: value_json(attributes[n], value) for n, value in witness.values.items()},
        "before": witness.before.value,
        "after": witness.after.value,
        "days": [_day(day) for day in witness.days],
    }


def _entry(entry: Entry[Constant] | None, kind: str) -> Json | None:
    if entry is None:
        return None
    return {
        "from": _day(entry.since),
        "until": _day(entry.until),
        "value": _constant(entry.value, kind),
    }


def _constant(value: Constant, kind: str) -> Any:
    if kind == "date" and isinstance(value, int):
        return date_of(Range.point(value)).canonical()
    return list(value) if isinstance(value, tuple) else value


def _source(source: Source | None) -> Json | None:
    return None if source is None else citation(source)


def _day(day: Day | None) -> str | None:
    return None if day is None else day.isoformat()


def plain(value: Any) -> Any:  # noqa: PLR0911  (a line per type)
    """Return what a field of an entry or of a rule holds."""
    match value:
        case Text():
            return text(value)
        case PartialDate():
            return date(value)
        case Param(name):
            return f"${name}"
        case InForce():
            return {
                "announced": _day(value.announced),
                "from": _day(value.since),
                "until": _day(value.until),
                "until_announced": _day(value.until_announced),
                "until_source": _source(value.until_source),
            }
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value
