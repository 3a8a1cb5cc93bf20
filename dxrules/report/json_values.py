"""What all JSON reports are made of: texts in both languages, dates, values, rules, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dxrules.dates import PartialDate, Range
from dxrules.derivation import VOCABULARY, Absent, Code, Value, date_of
from dxrules.report.history import brought
from dxrules.report.json_text import Shared, dumped
from dxrules.rules.condition import All, AnyOf, Because, Leaf, Not

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dxrules.assessment import Finding
    from dxrules.assessment.counterfactual import Counterfactual, Step
    from dxrules.assessment.history import History
    from dxrules.derivation import Attribute, Proof
    from dxrules.errors import Place
    from dxrules.reference import Source
    from dxrules.rules import Rule
    from dxrules.rules.refining import Refinement
    from dxrules.texts import Text

Json = dict[str, Any]


def dump(data: Json) -> str:
    """Return JSON text as all reports write it."""
    return dumped(data) + "\n"


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
        "remedy": text(rule.remedy),
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


def findings_json(findings: Iterable[Finding]) -> list[Json]:
    """Return findings; those of one rule share what is said of it."""
    shared: dict[int, tuple[Shared, Shared, Shared]] = {}
    found = []
    for finding in findings:
        rule = finding.rule
        if id(rule) not in shared:
            said = rule_json(rule), source_json(rule), text(rule.remedy)
            shared[id(rule)] = Shared(said[0]), Shared(said[1]), Shared(said[2])
        found.append(_finding(finding, *shared[id(rule)]))
    return found


def finding_json(finding: Finding) -> Json:
    """Return one finding."""
    rule = finding.rule
    return _finding(finding, rule_json(rule), source_json(rule), text(rule.remedy))


def _finding(finding: Finding, rule: Json, source: Json, remedy: Json) -> Json:
    why = finding.verdict
    kind = finding.kind
    return {
        "rule": rule,
        "subject": {
            "kind": kind,
            "key": finding.key,
            "label": text(finding.label),
            "area": finding.area,
        },
        "outcome": finding.outcome.value,
        "severity": finding.severity,
        "message": text(finding.message),
        "because": None
        if why is None
        else {
            "applies": None if why.applies is None else _tree(kind, why.applies),
            "require": _tree(kind, why.require),
        },
        "places": _places(finding),
        "evidence": [_proof(proof) for proof in finding.proofs if proof.text or proof.section],
        "source": source,
        "remedy": remedy,
        "due": None if finding.due is None else date(finding.due),
        "days_left": finding.days_left,
        "known": finding.known,
        "refinement": None if finding.refinement is None else refinement_json(finding.refinement),
        "waiver": None
        if finding.waiver is None
        else {
            "reason": finding.waiver.reason,
            "authority": finding.waiver.authority,
            "document": finding.waiver.document,
            "from": date(finding.waiver.since),
            "until": date(finding.waiver.until),
        },
    }


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


def _step(step: Step) -> Json:
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


def _places(finding: Finding) -> list[Json]:
    places = [finding.place, *(proof.place for proof in finding.proofs)]
    return [place_json(place) for place in dict.fromkeys(places)]


def _proof(proof: Proof) -> Json:
    return {
        "section": proof.section,
        "page": proof.page,
        "text": proof.text,
        "from": proof.origin,
        "place": place_json(proof.place),
    }


def _tree(kind: str, because: Because) -> Json:
    match because.condition:
        case Leaf(name, operator, operand):
            attribute = VOCABULARY[kind].attributes[name]
            return {
                "attribute": name,
                "label": text(attribute.label),
                "operator": operator,
                "operand": _operand(attribute, operator, operand),
                "value": None if because.value is None else value_json(attribute, because.value),
                "truth": because.truth,
            }
        case All():
            word = "all"
        case AnyOf():
            word = "any"
        case Not():
            word = "not"
    return {word: [_tree(kind, part) for part in because.parts], "truth": because.truth}


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
