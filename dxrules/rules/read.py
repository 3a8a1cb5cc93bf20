"""Reading rulesets: whatever is wrong with one stops the run, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from dxrules.dates import DatedValues, ValueSince
from dxrules.derivation import VOCABULARY, Kind, Value
from dxrules.derivation.vocabulary import subject_keys
from dxrules.errors import Problem, RulesetError
from dxrules.reference import Reference, clause_on, data_root, load_reference
from dxrules.rules.braces import check_braces
from dxrules.rules.checks import across, check_rules
from dxrules.rules.cited_sources import check_citation, check_source
from dxrules.rules.condition import Constant, Param
from dxrules.rules.in_force import read_in_force
from dxrules.rules.parse import ConditionParser, Faults, full_day
from dxrules.rules.rule import STRENGTH_RANK, STRONGEST, Example, Outcome, Rule
from dxrules.rules.ruleset import Law, Ruleset
from dxrules.rules.ruleset_files import ruleset_names
from dxrules.rules.ruleset_models import DatedValue, Jurisdiction, Parameter, RuleModel, RulesetFile
from dxrules.source import Document, Path, validate
from dxrules.source.folder import folder_of
from dxrules.texts import Text, same, visible

if TYPE_CHECKING:
    import pathlib


def load_law(
    folder: pathlib.Path | Mapping[str, bytes] | None = None,
    name: str = "rulesets",
    *,
    examples: bool = True,
) -> Law:
    """Read every ruleset of a folder and its reference data; by default what travels along.

    The folder is a path, or the content of its files by their path in it; `name` is how messages
    call it. Raises RulesetError with every problem found; with `examples=False` an example that
    does not come out as stated is none, for whoever runs them.
    """
    root = folder_of(data_root() / "rulesets" if folder is None else folder)
    reference = load_reference(folder, name)
    paths, problems = ruleset_names(root, name)
    files = []
    unread = set()
    for path in paths:
        document = root.document(path, f"{name}/{visible(path)}")
        model, faults = validate(document, RulesetFile, {})
        problems += faults
        if model is None:
            unread.add(path.partition("/")[0])
        else:
            files.append((document, model))
    rulesets, faults = _build(files, reference, examples=examples, unread=unread)
    if problems or faults:
        raise RulesetError(sorted([*problems, *faults], key=lambda problem: problem.place))
    return Law(rulesets, reference)


def _build(
    files: list[tuple[Document, RulesetFile]],
    reference: Reference,
    *,
    examples: bool,
    unread: set[str],
) -> tuple[tuple[Ruleset, ...], list[Problem]]:
    """Make the rulesets; `unread` are the levels of which a file could not be read."""
    readers = [
        _RulesetReader(
            document,
            file,
            reference,
            _visible(file, files),
            whole=unread.isdisjoint({"national", file.jurisdiction.level}),
        )
        for document, file in files
    ]
    rulesets = tuple(reader.ruleset() for reader in readers)
    faults = [fault for reader in readers for fault in reader.faults.found]
    faults += across(files, whole=not unread)
    if not faults:
        for (document, file), ruleset in zip(files, rulesets, strict=True):
            faults += check_rules(document, file, ruleset, rulesets, examples=examples)
    return rulesets, faults


def _visible(own: RulesetFile, files: list[tuple[Document, RulesetFile]]) -> dict[str, Parameter]:
    """Return the parameters that bind wherever a ruleset does: the nation's, and its own."""
    return {
        name: parameter
        for _, file in files
        if file.jurisdiction.level == "national" or file.jurisdiction == own.jurisdiction
        for name, parameter in file.parameters.items()
    }


class _RulesetReader:
    """Reads one file; its problems are collected in `faults`.

    Where a file whose parameters bind here, too, could not be read (`whole`), one that is missing
    is no fault.
    """

    def __init__(
        self,
        document: Document,
        file: RulesetFile,
        reference: Reference,
        parameters: Mapping[str, Parameter],
        *,
        whole: bool,
    ) -> None:
        self.document = document
        self.file = file
        self.faults = Faults(document)
        self.parameters = parameters
        self.whole = whole
        self.reference = reference
        self.keys = subject_keys(reference)

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
        self._jurisdiction(jurisdiction)
        self._documents()
        return Ruleset(
            self.file.id,
            self.file.title,
            jurisdiction.level,
            jurisdiction.code,
            self.file.known_until,
            parameters,
            {name: parameter.type for name, parameter in self.file.parameters.items()},
            tuple(rules),
            self.document.text,
            {
                name: tuple(self.file.sources[value.source] for value in parameter.values)
                for name, parameter in self.file.parameters.items()
                if all(value.source in self.file.sources for value in parameter.values)
            },
            self.file.sources,
            {
                name: parameter.text
                for name, parameter in self.file.parameters.items()
                if parameter.text is not None
            },
        )

    def _documents(self) -> None:
        known = self.reference.documents
        for name, source in self.file.sources.items():
            check_source(source, ("sources", name), self.faults)
            if source.document is not None and source.document not in known:
                path = ("sources", name, "document")
                self.faults.unknown(path, source.document, Text("文書", "document"), known)

    def _jurisdiction(self, jurisdiction: Jurisdiction) -> None:
        path: Path = ("jurisdiction", "code")
        code = jurisdiction.code
        if (jurisdiction.level == "prefecture") != (code is not None):
            self.faults.add(
                path,
                Text(
                    "code は都道府県の点検項目にだけ書き、そこでは必須です。",
                    "code belongs to rulesets of a prefecture, and only there.",
                ),
            )
        elif code is not None and code not in self.reference.prefectures:
            known = self.reference.prefectures
            self.faults.unknown(path, code, Text("都道府県", "prefecture"), known)

    def _parameter(self, parameter: Parameter, path: Path) -> DatedValues[Constant]:
        entries = []
        before = len(self.faults.found)
        try:
            for position, dated in enumerate(parameter.values):
                at = (*path, "values", position)
                self._source(dated.source, (*at, "source"))
                value = self._constant(parameter.type, dated, (*at, "value"))
                if value is not None:
                    entries.append(ValueSince(dated.since, value, dated.until))
            return DatedValues(tuple(entries))
        except ValueError:
            del self.faults.found[before:]
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
            return DatedValues(())

    def _constant(self, kind: str, dated: DatedValue, path: Path) -> Constant | None:
        if kind == "codes":
            return dated.codes
        if kind == "number":
            return self._number(dated.value, path)
        written = dated.value if isinstance(dated.value, str) else "、".join(dated.value)
        return full_day(self.faults, written, path)

    def _number(self, value: str | tuple[str, ...], path: Path) -> int | None:
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,12}", value):
            return int(value)
        self.faults.add(path, Text("整数を書いてください。", "A whole number is expected."))
        return None

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
        parser = ConditionParser(self.faults, kind, self.parameters, whole=self.whole)
        require = parser.parse(model.require, (*path, "require"))
        applies = None
        if model.applies is not None:
            applies = parser.parse(model.applies, (*path, "applies"))
        source = self.file.sources[model.source.ref]
        self._strength(model, path)
        check_citation(model, source, (*path, "source"), self.faults)
        force = read_in_force(model.in_force, self.file.sources, (*path, "in_force"), self.faults)
        due = self._due(model, kind, path)
        check_braces(model, kind, path, self.faults)
        examples = tuple(self._example(parser, model, path))
        if require is None or len(self.faults.found) > before:
            return None
        clause = model.source.clause or clause_on(model.source.articles, date.max)
        return Rule(
            id=model.id,
            ruleset=self.file.id,
            title=model.title,
            about=model.about,
            strength=model.strength,
            severity=model.fails_as,
            draft=model.draft,
            source=source,
            source_key=model.source.ref,
            clause=same(clause) if isinstance(clause, str) else clause,
            articles=model.source.articles,
            in_force=force,
            kind=kind.name,
            keys=keys,
            applies=applies,
            require=require,
            unless_failed=model.unless_failed,
            refines=model.refines,
            due=due,
            message=model.message,
            remedy=model.remedy,
            place=self.document.place((*path, "id")),
            formerly=model.formerly,
            examples=examples,
            question=model.question,
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
        strongest = STRONGEST[source.kind]
        if STRENGTH_RANK[model.strength] > STRENGTH_RANK[strongest]:
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
                    "severity は consistency の点検項目にだけ書き、そこでは必須です。",
                    "severity belongs to consistency rules, and only there.",
                ),
                Text("他では severity_at_most を使います。", "Elsewhere use severity_at_most."),
            )

    def _due(self, model: RuleModel, kind: Kind, path: Path) -> str | Param | None:
        due = model.due
        if due is None:
            return None
        if due.startswith("$"):
            known = sorted(n for n, p in self.parameters.items() if p.type == "date")
            if due[1:] in known:
                return Param(due[1:])
            if self.whole or due[1:] in self.parameters:
                self.faults.unknown(
                    (*path, "due"), due, Text("日付のパラメータ", "date parameter"), _dollars(known)
                )
            return None
        dates = [a.name for a in kind.attributes.values() if a.type == "date"]
        if due not in dates:
            self.faults.unknown((*path, "due"), due, Text("日付の属性", "date attribute"), dates)
        return due

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


def _dollars(names: list[str]) -> list[str]:
    return [f"${name}" for name in names]
