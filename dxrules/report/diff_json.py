"""Report of `rules diff`, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from dxrules.dates import Entry, PartialDate, Range
from dxrules.derivation import VOCABULARY, date_of
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.diff import Diff, LawChange
from dxrules.keeper.parameter_diff import ParameterChange
from dxrules.keeper.reference_diff import KnowledgeChange, ReferenceChange
from dxrules.keeper.rule_diff import ChangeWitness, ConditionChange, RuleChange
from dxrules.reference import Source
from dxrules.report.json_values import (
    Json,
    citation,
    date,
    source_json,
    taken,
    tool,
    value_json,
    whole_rule,
)
from dxrules.rules import Rule
from dxrules.rules.condition import Constant, Param
from dxrules.rules.rule import InForce

if TYPE_CHECKING:
    from dxrules.keeper.proof import EditProof


def json_of(diff: Diff) -> Json:
    """Return the differences as JSON; `proofs` tell what edits do to verdicts, where asked."""
    lists = ("reference", "knowledge", "rules", "parameters")
    proofs = {} if diff.proofs is None else {"proofs": [*map(_proof, diff.proofs)]}
    return {
        "format": "dxrules/rules-diff/1",
        "tool": tool(),
        **sides(diff),
        **{name: [*map(change_json, getattr(diff, name))] for name in lists},
        **proofs,
    }


def sides(diff: Diff) -> Json:
    """Return both sides by name, day and commit."""
    return {"old": _side(diff.old), "new": _side(diff.new)}


def _side(side: Side) -> Json:
    commit = None if side.revision is None else side.revision.commit
    return {"name": side.name, "day": side.day, "commit": commit}


def _proof(proof: EditProof) -> Json:
    examples = [taken(each, "before", "after", "line") for each in proof.examples]
    told = {"effect": proof.effect, "examples": examples, "case": proof.case}
    return {"rule": proof.change.rule.id} | told


def change_json(change: LawChange) -> Json:
    """Return one change of the law."""
    match change:
        case ReferenceChange():
            return {
                "change": "reference",
                **taken(change, "list", "id"),
                "old": plain(change.old),
                "new": plain(change.new),
                **taken(change, "fields", "gained", "lost"),
                "source": _source(change.source),
                "rules": change.rules,
            }
        case KnowledgeChange():
            return {"change": "knowledge"} | taken(change, "of", "old", "new", "rules")
        case RuleChange():
            return _rule(change)
        case _:
            return _parameter(change)


def _rule(change: RuleChange) -> Json:
    """Return what became of a rule; those whose plans it binds are a prefecture, or all (null)."""
    old, new = change.old, change.new
    return {
        "change": "rule",
        "id": change.rule.id,
        "what": change.heads,
        **taken(change, "was", "now"),
        "old": None if old is None else whole_rule(old),
        "new": None if new is None else whole_rule(new),
        "fields": {
            name: {"old": plain(getattr(old, name)), "new": plain(getattr(new, name))}
            for name in change.fields
        },
        "asked": None if change.asked is None else _asked(change.rule, change.asked),
        "binds": change.binds and dict(zip(("old", "new"), change.binds, strict=True)),
        "source": source_json(change.rule),
    }


def _parameter(change: ParameterChange) -> Json:
    return {
        "change": "parameter",
        **taken(change, "name", "ruleset", "type"),
        "values": [
            {
                "since": value.since,
                "old": _entry(value.old, change.type),
                "new": _entry(value.new, change.type),
                "source": _source(value.source),
            }
            for value in change.values
        ],
        "rules": change.rules,
    }


def _asked(rule: Rule, asked: ConditionChange) -> Json:
    added, removed = asked.keys
    ways = ("tightened", "loosened", "neutral")
    return {
        "direction": asked.direction,
        **{way: _witness(rule, getattr(asked, way)) for way in ways},
        "conditions": asked.own,
        "parameters": asked.parameters,
        "keys": {"added": added, "removed": removed},
    }


def _witness(rule: Rule, witness: ChangeWitness | None) -> Json | None:
    if witness is None:
        return None
    attributes = VOCABULARY[rule.kind].attributes
    fact = {name: value_json(attributes[name], value) for name, value in witness.values.items()}
    return {"fact": fact} | taken(witness, "before", "after", "days")


def _entry(entry: Entry[Constant] | None, kind: str) -> Json | None:
    if entry is None:
        return None
    value = entry.value
    if kind == "date" and isinstance(value, int):
        value = date_of(Range.point(value)).canonical()
    return {"from": entry.since, "until": entry.until, "value": value}


def _source(source: Source | None) -> Json | None:
    return None if source is None else citation(source)


def plain(value: Any) -> Any:
    """Return what a field of an entry or of a rule holds."""
    match value:
        case PartialDate():
            return date(value)
        case Param(name):
            return f"${name}"
        case InForce(since=since):
            rest = taken(value, "until", "until_announced")
            source = _source(value.until_source)
            return {"announced": value.announced, "from": since, **rest, "until_source": source}
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value
