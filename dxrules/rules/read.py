"""Reading rulesets: whatever is wrong with one stops the run, with its place."""

from __future__ import annotations

import string
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from dxrules.dates import Dated, Entry, parse_date
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Kind, Value
from dxrules.errors import DateError, Problem, RulesetError
from dxrules.reference import data_root, load_reference
from dxrules.rules.condition import Constant, Param, leaves
from dxrules.rules.judge import judge
from dxrules.rules.models import Parameter, RuleModel, RulesetFile
from dxrules.rules.parse import ConditionParser, Faults
from dxrules.rules.rule import SEVERITIES, SEVERITY_OF, Example, InForce, Outcome, Rule, Severity
from dxrules.rules.ruleset import Law, Ruleset, constants_on, resolved
from dxrules.source import Document, Path, read, validate
from dxrules.texts import Text, same

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dxrules.reference import Reference, SourceKind
    from dxrules.rules.judge import Judge
    from dxrules.rules.rule import Strength

_RANK: Mapping[Strength, int] = {
    "consistency": 0,
    "recommended": 1,
    "advice": 2,
    "effort": 3,
    "cabinet": 4,
    "statute": 5,
}

_STRONGEST: Mapping[SourceKind, Strength] = {
    "law": "statute",
    "cabinet-order": "statute",
    "ministerial-ordinance": "statute",
    "cabinet-decision": "cabinet",
    "national-plan": "advice",
    "notice": "advice",
    "guideline": "recommended",
    "prefecture-document": "advice",
    "town-plan": "consistency",
    "principle": "consistency",
}
"""The greatest strength that a kind of source can give a rule."""

_PLACEHOLDERS = frozenset({"label", "due"})


def load_law(folder: pathlib.Path | None = None, name: str = "rulesets") -> Law:
    """Read every ruleset of a folder and its reference data; by default what travels along.

    `name` is how messages call the folder. Raises RulesetError with every problem found.
    """
    root = folder or data_root() / "rulesets"
    reference = load_reference(root, name)
    problems: list[Problem] = []
    files = []
    for path in sorted(root.glob("*/*.yaml")):
        document = read(path, f"{name}/{path.relative_to(root).as_posix()}")
        model, faults = validate(document, RulesetFile, {})
        problems += faults
        if model is not None:
            files.append((document, model))
    if not files and not problems:
        raise RulesetError([_no_ruleset(name)])
    rulesets, faults = _build(files, reference)
    if problems or faults:
        raise RulesetError(sorted([*problems, *faults], key=lambda problem: problem.place))
    return Law(rulesets, reference)


def _no_ruleset(name: str) -> Problem:
    document = Document(name)
    return Problem(
        document.place(()),
        "",
        Text("規則のファイルがありません。", "There is no ruleset here."),
        Text(
            "national/ と prefecture/ のあるフォルダを指定してください。",
            "Name a folder that holds national/ and prefecture/.",
        ),
    )


def _build(
    files: list[tuple[Document, RulesetFile]], reference: Reference
) -> tuple[tuple[Ruleset, ...], list[Problem]]:
    types = {name: p.type for _, file in files for name, p in file.parameters.items()}
    readers = [_RulesetReader(document, file, reference, types) for document, file in files]
    rulesets = tuple(reader.ruleset() for reader in readers)
    faults = [fault for reader in readers for fault in reader.faults.found]
    faults += _across(readers, rulesets)
    if not faults:
        for reader, ruleset in zip(readers, rulesets, strict=True):
            faults += _examples(reader, ruleset, rulesets)
    return rulesets, faults


class _RulesetReader:
    """Reads one file; its problems are collected in `faults`."""

    def __init__(
        self, document: Document, file: RulesetFile, reference: Reference, types: Mapping[str, str]
    ) -> None:
        self.document = document
        self.file = file
        self.faults = Faults(document)
        self.types = types
        self.keys = {
            "provision": {*reference.provisions},
            "collection": {*reference.charges, "non-tax", "further"},
            "area": {*reference.areas},
            "passage": {*reference.problems},
            "system": {*reference.tasks},
        }

    def ruleset(self) -> Ruleset:
        parameters = {
            name: self._parameter(parameter, ("parameters", name))
            for name, parameter in self.file.parameters.items()
        }
        rules = [
            rule
            for position, model in enumerate(self.file.rules)
            if (rule := self._rule(model, ("rules", position))) is not None
        ]
        jurisdiction = self.file.jurisdiction
        return Ruleset(
            self.file.id,
            self.file.title,
            jurisdiction.level,
            jurisdiction.code,
            self.file.known_until,
            parameters,
            tuple(rules),
            self.document.text,
        )

    def _parameter(self, parameter: Parameter, path: Path) -> Dated[Constant]:
        entries = []
        for position, dated in enumerate(parameter.values):
            at = (*path, "values", position)
            self._source(dated.source, (*at, "source"))
            value = self._constant(parameter.type, dated.value, (*at, "value"))
            if value is not None:
                entries.append(Entry(dated.since, value, dated.until))
        try:
            return Dated(tuple(entries))
        except ValueError:
            self.faults.add(
                path,
                Text(
                    "値の期間が重なるか、順に並んでいません。",
                    "The values overlap, or are not in order.",
                ),
                Text(
                    "古い順に並べ、until を付けてください。",
                    "Put the oldest first, each with its until.",
                ),
            )
            return Dated(())

    def _constant(self, kind: str, value: Any, path: Path) -> Constant | None:
        if kind == "codes":
            return (value,) if isinstance(value, str) else tuple(value)
        try:
            if kind == "number":
                return int(value)
            day = parse_date(value).latest
        except DateError as error:
            self.faults.add(path, error.text)
            return None
        except (TypeError, ValueError):
            self.faults.add(path, Text("整数を書いてください。", "A whole number is expected."))
            return None
        return None if day is None else day.toordinal()

    def _source(self, ref: str, path: Path) -> bool:
        if ref in self.file.sources:
            return True
        self.faults.unknown(path, ref, Text("典拠", "source"), self.file.sources)
        return False

    def _rule(self, model: RuleModel, path: Path) -> Rule | None:
        before = len(self.faults.found)
        kind, keys = self._subject(model, path)
        self._source(model.source.ref, (*path, "source", "ref"))
        if kind is None or len(self.faults.found) > before:
            return None
        parser = ConditionParser(self.faults, kind, self.types)
        require = parser.parse(model.require, (*path, "require"))
        applies = None
        if model.applies is not None:
            applies = parser.parse(model.applies, (*path, "applies"))
        source = self.file.sources[model.source.ref]
        self._strength(model, path)
        self._days(model, path)
        due = self._due(model, kind, path)
        self._placeholders(model, kind, path)
        examples = tuple(self._example(parser, model, path))
        if require is None or len(self.faults.found) > before:
            return None
        clause = model.source.clause
        force = model.in_force
        return Rule(
            id=model.id,
            ruleset=self.file.id,
            title=model.title,
            about=model.about,
            strength=model.strength,
            severity=_severity(model),
            draft=model.draft,
            source=source,
            source_key=model.source.ref,
            clause=same(clause) if isinstance(clause, str) else clause,
            in_force=InForce(force.announced, force.since, force.until),
            kind=kind.name,
            keys=keys,
            applies=applies,
            require=require,
            unless_failed=model.unless_failed,
            due=due,
            message=model.message,
            remedy=model.remedy,
            place=self.document.place((*path, "id")),
            formerly=model.formerly,
            examples=examples,
        )

    def _subject(self, model: RuleModel, path: Path) -> tuple[Kind | None, tuple[str, ...]]:
        subject = model.subject
        named = {subject: ()} if isinstance(subject, str) else subject
        at = (*path, "subject")
        if len(named) != 1:
            self.faults.add(at, Text("対象は1種類です。", "A rule has one kind of subject."))
            return None, ()
        ((name, keys),) = named.items()
        kind = VOCABULARY.get(name)
        if kind is None:
            self.faults.unknown(at, name, Text("種類", "kind"), VOCABULARY)
            return None, ()
        for key in keys:
            if name not in self.keys or key not in self.keys[name]:
                self.faults.unknown(at, key, Text("キー", "key"), sorted(self.keys.get(name, ())))
        return kind, tuple(keys)

    def _strength(self, model: RuleModel, path: Path) -> None:
        source = self.file.sources[model.source.ref]
        strongest = _STRONGEST[source.kind]
        if _RANK[model.strength] > _RANK[strongest]:
            self.faults.add(
                (*path, "strength"),
                Text(
                    f"{model.strength} は典拠({source.kind})が許す強さ({strongest})を超えます。",
                    f"{model.strength} is more than a {source.kind} allows: {strongest}.",
                ),
            )
        if source.verified == "unverified" and not model.draft:
            self.faults.add(
                (*path, "source"),
                Text("典拠が未確認です。", "The source is unverified."),
                Text("draft: yes を付けてください。", "Mark the rule draft: yes."),
            )
        if (model.strength == "consistency") != (model.severity is not None):
            self.faults.add(
                (*path, "severity"),
                Text(
                    "severity は consistency の規則にだけ書き、そこでは必須です。",
                    "severity belongs to consistency rules, and only there.",
                ),
                Text("他では severity_at_most を使います。", "Elsewhere use severity_at_most."),
            )

    def _days(self, model: RuleModel, path: Path) -> None:
        force = model.in_force
        if force.announced > force.since or (force.until and force.until < force.since):
            self.faults.add(
                (*path, "in_force"),
                Text(
                    "announced、from、until がこの順に並んでいません。",
                    "announced, from and until do not follow each other.",
                ),
            )

    def _due(self, model: RuleModel, kind: Kind, path: Path) -> str | Param | None:
        due = model.due
        if due is None:
            return None
        if due.startswith("$"):
            if self.types.get(due[1:]) == "date":
                return Param(due[1:])
            known = sorted(f"${name}" for name, t in self.types.items() if t == "date")
            self.faults.unknown(
                (*path, "due"), due, Text("日付のパラメータ", "date parameter"), known
            )
            return None
        dates = [a.name for a in kind.attributes.values() if a.type == "date"]
        if due not in dates:
            self.faults.unknown((*path, "due"), due, Text("日付の属性", "date attribute"), dates)
        return due

    def _placeholders(self, model: RuleModel, kind: Kind, path: Path) -> None:
        for name in ("message", "remedy"):
            text: Text = getattr(model, name)
            for lang, shown in (("ja", text.ja), ("en", text.en)):
                for word in placeholders(shown):
                    if word not in kind.attributes and word not in _PLACEHOLDERS:
                        self.faults.unknown(
                            (*path, name, lang), word, Text("属性", "attribute"), kind.attributes
                        )

    def _example(self, parser: ConditionParser, model: RuleModel, path: Path) -> Iterator[Example]:
        for position, example in enumerate(model.examples):
            at = (*path, "examples", position)
            values: dict[str, Value] = {}
            for name, raw in example.fact.items():
                attribute = parser.kind.attributes.get(name)
                if attribute is None:
                    self.faults.unknown(
                        (*at, "fact", name), name, Text("属性", "attribute"), parser.kind.attributes
                    )
                    continue
                value = parser.value(attribute, raw, (*at, "fact", name))
                if value is not None:
                    values[name] = value
            yield Example(Outcome(example.expect), values, self.document.place(at), example.on)
        wanted = {"pass", "fail"} | ({"unknown"} if model.about == "town" else set())
        missing = sorted(wanted - {example.expect for example in model.examples})
        if missing:
            self.faults.add(
                (*path, "examples"),
                Text(
                    f"例が足りません: {'、'.join(missing)}。",
                    f"Examples are missing: {', '.join(missing)}.",
                ),
            )


def _severity(model: RuleModel) -> Severity:
    severity = model.severity or SEVERITY_OF[model.strength]
    limits = [severity, "note" if model.draft else severity, model.severity_at_most or severity]
    return max(limits, key=SEVERITIES.index)


def placeholders(text: str) -> list[str]:
    """Return the names in braces."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def _across(readers: list[_RulesetReader], rulesets: tuple[Ruleset, ...]) -> Iterator[Problem]:
    """Yield what is wrong between rules and rulesets."""
    first: dict[str, Rule] = {}
    for reader, ruleset in zip(readers, rulesets, strict=True):
        faults = Faults(reader.document)
        for position, rule in enumerate(ruleset.rules):
            for rule_id in (rule.id, *rule.formerly):
                if rule_id in first:
                    faults.add(
                        ("rules", position, "id"),
                        Text(
                            f"{rule_id} は {first[rule_id].place} にもあります。",
                            f"{rule_id} stands at {first[rule_id].place}, too.",
                        ),
                        Text("id は再利用できません。", "Ids are never reused."),
                    )
                first[rule_id] = rule
        yield from faults.found
    names: dict[str, str] = {}
    for reader in readers:
        faults = Faults(reader.document)
        for name in reader.file.parameters:
            if name in names:
                faults.add(
                    ("parameters", name),
                    Text(f"{names[name]} にも同じ名前があります。", f"{names[name]} has it, too."),
                )
            names[name] = reader.file.id
        for position, model in enumerate(reader.file.rules):
            other = first.get(model.unless_failed or "")
            own = first.get(model.id)
            if model.unless_failed and (own is None or other is None or other.kind != own.kind):
                faults.add(
                    ("rules", position, "unless_failed"),
                    Text(
                        f"同じ種類の対象の規則 {model.unless_failed} がありません。",
                        f"There is no rule {model.unless_failed} on the same kind of subject.",
                    ),
                )
        yield from faults.found


def _examples(
    reader: _RulesetReader, ruleset: Ruleset, rulesets: tuple[Ruleset, ...]
) -> list[Problem]:
    """Run the examples; a rule about the town must not fail for want of facts."""
    faults = Faults(reader.document)
    positions = {model.id: n for n, model in enumerate(reader.file.rules)}
    constants = cache(partial(constants_on, rulesets))
    for rule in ruleset.rules:
        path: Path = ("rules", positions[rule.id])
        days = [example.on or example_day(rule, ruleset.known_until) for example in rule.examples]
        lacking = [(day, name) for day in days if (name := _unresolved(rule, constants(day)))]
        if lacking:
            day, name = lacking[0]
            faults.add(
                path,
                Text(
                    f"パラメータ {name} は {day} の値がありません。",
                    f"The parameter {name} has no value on {day}.",
                ),
            )
            continue
        judges = {day: judge(resolved(rule, constants(day))) for day in days}
        unknown = dict.fromkeys(VOCABULARY[rule.kind].attributes, UNKNOWN)
        for number, (example, day) in enumerate(zip(rule.examples, days, strict=True)):
            outcome = judges[day](unknown | dict(example.values))
            if outcome is not example.expect:
                faults.add(
                    (*path, "examples", number),
                    Text(
                        f"{example.expect.value} のはずが {outcome.value} です。",
                        f"{example.expect.value} was expected, {outcome.value} came out.",
                    ),
                )
        if rule.about == "town" and any(_fails_silence(rule, decide) for decide in judges.values()):
            faults.add(
                (*path, "require"),
                Text(
                    "町についての規則が、何も書かれていない計画を不適合にします。",
                    "A rule about the town fails a plan that says nothing.",
                ),
            )
    return faults.found


def _fails_silence(rule: Rule, decide: Judge) -> bool:
    attributes = VOCABULARY[rule.kind].attributes
    return any(
        decide(dict.fromkeys(attributes, nothing)) is Outcome.FAIL for nothing in (SILENT, UNKNOWN)
    )


def example_day(rule: Rule, known_until: date) -> date:
    """Return the day by whose values an example is run: the last one that is known."""
    last = min(rule.in_force.until or known_until, known_until)
    return max(rule.in_force.since, last)


def _unresolved(rule: Rule, constants: Mapping[str, Constant]) -> str | None:
    operands = [leaf.operand for condition in rule.conditions for leaf in leaves(condition)]
    for operand in (*operands, rule.due):
        if isinstance(operand, Param) and operand.name not in constants:
            return operand.name
    return None
