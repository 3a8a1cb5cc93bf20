"""What all JSON reports are made of: texts in both languages, dates, values, rules, findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from dxrules import __version__
from dxrules.dates import PartialDate, Range
from dxrules.derivation import VOCABULARY, Absent, Code, Value, date_of
from dxrules.report.history import brought
from dxrules.rules import Outcome
from dxrules.rules.condition import All, AnyOf, Leaf, Not
from dxrules.source.document import dotted
from dxrules.texts import NOT_IN_LINES, may_act, without_commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.assessment import Finding
    from dxrules.assessment.counterfactual import Counterfactual, PassingStep
    from dxrules.assessment.history import History
    from dxrules.assessment.questions import Question
    from dxrules.derivation import Attribute, Proof
    from dxrules.errors import Place
    from dxrules.plan.models import Waiver
    from dxrules.reference import Source
    from dxrules.rules import Rule, Verdict
    from dxrules.rules.condition import Because
    from dxrules.rules.refinement import Refinement
    from dxrules.texts import Text

Json = dict[str, Any]


def dump(data: Json) -> str:
    """Return JSON text as all reports write it."""
    return in_utf8(data).decode()


def in_utf8(data: Json) -> bytes:
    """Return the same as the bytes of a file: what `json.dumps` writes with an indent of two.

    Characters that act, and the sign that would begin a command to a CI service, are escaped as
    JSON escapes: whoever reads it gets the same text.
    """
    # An eighth of the time of json.dumps: 0.3 s less for five towns.
    raw: bytes = to_json(data, indent=2) + b"\n"
    if b"##" not in raw and not may_act(raw.translate(None, _HARMLESS).decode()):
        return raw
    shown = NOT_IN_LINES.sub(lambda found: _escape(found[0]), raw.decode())
    return without_commands(shown, _escape).encode()


_HARMLESS = bytes([*b"\n", *range(0x20, 0x7F)])
"""Most of what JSON is made of; the rest is looked at faster."""


def _escape(char: str) -> str:
    r"""Write a character as JSON escapes it: one beyond U+FFFF in two halves.

    >>> print(_escape("\u202e"), _escape("\U000e0041"))
    \u202e \udb40\udc41
    """
    if char.isascii():  # DEL, and what begins a command
        return f"\\u{ord(char):04x}"
    return json.dumps(char)[1:-1]


def tool() -> Json:
    """Return what made the report."""
    return {"name": "dxrules", "version": __version__}


def text(value: Text) -> Json:
    """Return a text in both languages."""
    return {"ja": value.ja, "en": value.en}


def date(value: PartialDate) -> Json:
    """Return a date with what is known of it."""
    return {
        "text": value.text or value.canonical(),
        "earliest": None if value.earliest is None else value.earliest.isoformat(),
        "latest": None if value.latest is None else value.latest.isoformat(),
        "approximate": value.approximate,
    }


def number(value: Range) -> Json:
    """Return a range of whole numbers."""
    return {"lo": value.lo, "hi": value.hi, "approximate": value.approximate}


def rule_json(rule: Rule) -> Json:
    """Return what identifies a rule, and when it holds."""
    until = rule.in_force.until
    return {
        "id": rule.id,
        "ruleset": rule.ruleset,
        "title": text(rule.title),
        "about": rule.about,
        "strength": rule.strength,
        "draft": rule.draft,
        "announced": rule.in_force.announced.isoformat(),
        "from": rule.in_force.since.isoformat(),
        "until": None if until is None else until.isoformat(),
    }


def whole_rule(rule: Rule) -> Json:
    """Return a rule with its source and its texts."""
    return rule_json(rule) | {
        "severity": rule.severity,
        "subject": {"kind": rule.kind, "keys": list(rule.keys)},
        "source": source_json(rule),
        "message": text(rule.message),
        "remedy": text(rule.remedy_for()),
        "question": None if rule.question is None else text(rule.question),
        "formerly": list(rule.formerly),
        "refines": rule.refines,
    }


def refinement_json(compared: Refinement) -> Json:
    """Return which rule is refined, and whether the refining one is stricter."""
    return {
        "refines": compared.refined.id,
        "conditions": compared.conditions,
        "strength": compared.strength,
        "due_days_earlier": compared.due_days,
    }


def history_json(history: History) -> Json:
    """Return how a rule came about, as known on a day."""
    return {
        "as_of": history.day.isoformat(),
        "steps": [
            {
                "on": date(step.on),
                "topic": step.topic,
                "name": text(step.name),
                "what": text(brought(history, step)),
                "source": citation(step.source),
            }
            for step in history.steps
        ],
    }


def source_json(rule: Rule) -> Json:
    """Return the source of a rule, and how it was verified."""
    said = citation(rule.source)
    clause = None if rule.clause is None else text(rule.clause)
    return {"title": said["title"], "kind": said["kind"], "clause": clause} | said


def citation(source: Source) -> Json:
    """Return a source, and how it was verified."""
    return {
        "title": text(source.title),
        "kind": source.kind,
        "decided": None if source.decided is None else date(source.decided),
        "verified": source.verified,
        "url": source.url,
    }


def place_json(place: Place) -> Json:
    """Return a place in a file."""
    sheet = {"sheet": place.sheet} if place.sheet else {}
    return {"file": place.file, "line": place.line, "column": place.column} | sheet


def finding_json(finding: Finding) -> Json:
    """Return one finding."""
    rule, why, proofs = finding.rule, finding.verdict, finding.proofs
    places = dict.fromkeys((finding.place, *(proof.place for proof in proofs)))
    refines, waiver = finding.refinement, finding.waiver
    return {
        "rule": rule_json(rule),
        "subject": {
            "kind": finding.kind,
            "key": finding.key,
            "label": text(finding.label),
            "area": finding.area,
        },
        "outcome": finding.outcome.value,
        "severity": finding.severity,
        "message": text(finding.message),
        "because": None if why is None else _because(finding.kind, why),
        "places": [place_json(place) for place in places],
        "evidence": [_proof(proof) for proof in proofs if proof.text or proof.section],
        "source": source_json(rule),
        "remedy": text(finding.remedy),
        "question": text(finding.question) if finding.outcome is Outcome.UNKNOWN else None,
        "due": None if finding.due is None else date(finding.due),
        "days_left": finding.days_left,
        "known": finding.known,
        **({} if finding.setback is None else {"setback": finding.setback}),
        "refinement": None if refines is None else refinement_json(refines),
        "waiver": None if waiver is None else _waiver(waiver),
        **({"adjustments": _adjustments(finding)} if finding.adjustments else {}),
    }


def question_json(question: Question) -> Json:
    """Return a question: what hangs on it stands there by rule and subject."""
    return {
        "question": text(question.text),
        "strength": question.strength,
        "draft": question.draft,
        "due": None if question.due is None else date(question.due),
        "days_left": question.days_left,
        "settles": [_named(finding) for finding in question.findings],
        "touches": [_named(finding) for finding in question.touches],
        "keys": [dotted(path) for path in question.paths],
        "places": [place_json(place) for place in question.places],
    }


def _named(finding: Finding) -> Json:
    return {"rule": finding.rule.id, "kind": finding.kind, "key": finding.key}


def _because(kind: str, why: Verdict) -> Json:
    applies = None if why.applies is None else _tree(kind, why.applies)
    return {"applies": applies, "require": _tree(kind, why.require)}


def _tree(kind: str, because: Because) -> Json:
    """Return a condition with its truth: of a leaf, its value tells that."""
    condition = because.condition
    if isinstance(condition, Leaf):
        return _leaf(kind, condition, because)
    parts = [_tree(kind, part) for part in because.parts]
    return {_WORDS[type(condition)]: parts, "truth": because.truth}


_WORDS: Mapping[type[All | AnyOf | Not], str] = {All: "all", AnyOf: "any", Not: "not"}


def _leaf(kind: str, leaf: Leaf, because: Because) -> Json:
    attribute = VOCABULARY[kind].attributes[leaf.attribute]
    return {
        "attribute": leaf.attribute,
        "label": text(attribute.label),
        "operator": leaf.operator,
        "operand": _operand(attribute, leaf.operator, leaf.operand),
        "value": None if because.value is None else value_json(attribute, because.value),
        "truth": because.truth,
    }


def _waiver(waiver: Waiver) -> Json:
    return {
        "reason": waiver.reason,
        "authority": waiver.authority,
        "document": waiver.document,
        "from": date(waiver.since),
        "until": date(waiver.until),
    }


def _adjustments(finding: Finding) -> list[Json]:
    return [
        {
            "by": step.by,
            "before": step.before.value,
            "after": step.after.value,
            "reason": text(step.reason),
        }
        for step in finding.adjustments
    ]


def to_pass_json(told: Counterfactual | None) -> Json | None:
    """Return what makes a failure pass; None of what is no failure."""
    if told is None:
        return None
    return {
        "text": text(told.text),
        "too_late": None if told.too_late is None else told.too_late.isoformat(),
        "changes": [
            {"text": text(change.text), "steps": [_step(step) for step in change.steps]}
            for change in told.changes
        ],
    }


def _step(step: PassingStep) -> Json:
    """Return one step; it has no values where any will do."""
    attribute, span = step.attribute, step.span
    anything = attribute.type == "text" if span is None else not span.is_known
    return {
        "attribute": attribute.name,
        "label": text(attribute.label),
        "by": step.lever.by,
        "values": [] if anything else [value_json(attribute, value) for value in step.values],
        "within": None if span is None or anything else value_json(attribute, span),
    }


def _proof(proof: Proof) -> Json:
    told = {} if proof.told is None else {"told": date(proof.told)}
    return {
        "section": proof.section,
        "page": proof.page,
        "text": proof.text,
        "from": proof.origin,
        "place": place_json(proof.place),
        **told,
    }


def _operand(attribute: Attribute, operator: str, operand: Any) -> Any:
    if attribute.type == "date" and operator != "known":
        return date(date_of(Range.point(operand)))
    return list(operand) if isinstance(operand, tuple) else operand


def value_json(attribute: Attribute, value: Value) -> Any:
    """Return one value of an attribute."""
    match value:
        case Absent(silent, reason):
            return {
                "absent": "silent" if silent else "unknown",
                "because": None if reason is None else text(reason),
            }
        case Range():
            return date(date_of(value)) if attribute.type == "date" else number(value)
        case Code(code):
            return code
        case bool():
            return value
        case _:
            return text(value)
