"""Reading test files: the cases that they hold, each with its whole plan."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dxrules.assessment.built_in_rules import BUILT_IN
from dxrules.errors import InputError, Place, PlanError, Problem, UsageError
from dxrules.frozen import frozen
from dxrules.keeper.case_models import CaseFile, CaseModel, Expected
from dxrules.paths import files_below, is_folder, is_regular
from dxrules.plan import PlanFile, plan_of, read_plan
from dxrules.plan.municipality_code import check_digit
from dxrules.reference import data_root
from dxrules.rules import Law, Severity
from dxrules.rules.parse import Faults
from dxrules.source import Document, Path, read, validate
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, same, shorten, visible

if TYPE_CHECKING:
    import pathlib

_TOWN = {"ja": "見本町", "en": "Mihon"}
_TITLE = "見本町DX推進計画"
_CODE = "999"  # of no municipality: what follows the prefecture in the code of the nameless town
_PREFECTURE = "13"
_ALL = "all"
ENDINGS = frozenset({".yaml", ".yml", ".json"})


@frozen
class Expectation:
    """What a rule must say of some subjects; without keys, of all that no other one names."""

    rule: str
    keys: tuple[str, ...]
    outcome: Expected
    severity: Severity | None
    message: str | None
    place: Place


@frozen
class Case:
    """A plan, a day, and what must come out; `scope` holds ids of rules, None means all."""

    name: Text
    place: Place
    plan: PlanFile
    day: date
    scope: frozenset[str] | None
    expectations: tuple[Expectation, ...]


def case_files(
    named: Sequence[tuple[pathlib.Path, str]], rulesets: pathlib.Path | None, name: str
) -> list[tuple[pathlib.Path, str]]:
    """Return the test files that are named, a folder standing for all in it, each with its name.

    Where none is named they are those in `tests/` of a folder of rulesets, by default the one
    that travels along; `name` is how messages call it. Raises UsageError for an empty folder.
    """
    if not named:
        folder = (rulesets or data_root() / "rulesets") / "tests"
        return list(_inside(folder, f"{name}/tests")) if folder.is_dir() else []
    found = []
    for path, shown in named:
        files = list(_inside(path, shown)) if is_folder(path) else [(path, shown)]
        if not files:
            raise UsageError.of(
                f"{shown}: テストファイル(.yaml)がありません。",
                f"{shown}: no test file (.yaml) in this folder.",
            )
        found += files
    return found


def _inside(folder: pathlib.Path, name: str) -> Iterator[tuple[pathlib.Path, str]]:
    for path in files_below(folder):
        inner = path.relative_to(folder)
        if path.suffix.lower() in ENDINGS and not path.name.startswith("."):
            yield path, f"{name}/{visible(inner.as_posix())}"


def read_cases(files: Iterable[tuple[pathlib.Path, str]], law: Law) -> tuple[Case, ...]:
    """Read test files, each with how messages call it.

    Raises InputError with every problem of every file.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for path, name in files:
        document = read(path, name)
        model, faults = validate(document, CaseFile, {})
        problems += faults
        if model is None:
            continue
        reader = _Reader(path, document, law)
        cases += reader.cases(model)
        problems += reader.problems
    if problems:
        raise InputError(problems)
    return tuple(cases)


class _Reader:
    """Reads the cases of one file; each plan file is read once."""

    def __init__(self, file: pathlib.Path, document: Document, law: Law) -> None:
        self.file = file
        self.document = document
        self.law = law
        self.faults = Faults(document)
        self.of_plans: list[Problem] = []
        self.plans: dict[str, PlanFile | None] = {}
        rules = [rule for each in (*law.rulesets, *BUILT_IN) for rule in each.rules]
        former = {old: rule.id for rule in rules for old in rule.formerly}
        self.rules: Mapping[str, str] = former | {rule.id: rule.id for rule in rules}
        self.rulesets = {each.id: [rule.id for rule in each.rules] for each in law.rulesets}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the file, and with the plans that it names."""
        found = [*self.faults.found, *self.of_plans]
        return sorted(dict.fromkeys(found), key=lambda problem: problem.place)

    def cases(self, model: CaseFile) -> list[Case]:
        """Return the cases; what is wrong with one is noted, and the others are read."""
        if not model.cases:
            self.faults.add(("cases",), Text("事例がありません。", "There is no case."))
        read_ = [self._case(model, each, n) for n, each in enumerate(model.cases)]
        return [case for case in read_ if case is not None]

    def _case(self, file: CaseFile, model: CaseModel, position: int) -> Case | None:
        path: Path = ("cases", position)
        before = len(self.faults.found)
        plan = self._plan(file, model, path)
        expectations = tuple(
            Expectation(
                self._rule(each.rule, (*path, "expect", n, "rule")),
                (each.key,) if isinstance(each.key, str) else each.key or (),
                each.outcome,
                each.severity,
                each.message,
                self.document.place((*path, "expect", n)),
            )
            for n, each in enumerate(model.expect)
        )
        self._twice(expectations, path)
        scope = self._scope(model, expectations, path)
        if not expectations and not model.scope:
            self.faults.add(
                path,
                Text("この事例は何も確かめません。", "This case checks nothing."),
                Text("expect か scope を書いてください。", "Write expect, or scope."),
            )
        if plan is None or len(self.faults.found) > before:
            return None
        name = model.name if isinstance(model.name, Text) else same(model.name)
        return Case(name, self.document.place(path), plan, model.as_of, scope, expectations)

    def _rule(self, said: str, path: Path) -> str:
        """Return the id that a rule has today."""
        if said not in self.rules:
            self.faults.unknown(path, said, Text("点検項目", "rule"), self.rules)
        return self.rules.get(said, said)

    def _twice(self, expectations: tuple[Expectation, ...], path: Path) -> None:
        seen: set[tuple[str, str]] = set()
        for n, each in enumerate(expectations):
            for key in each.keys or ("",):
                if (each.rule, key) in seen:
                    shown = f"{each.rule} {key}".rstrip()
                    self.faults.add(
                        (*path, "expect", n),
                        Text(f"{shown} は2回あります。", f"{shown} stands twice."),
                        Text("一方を消してください。", "Delete one."),
                    )
                seen.add((each.rule, key))

    def _scope(
        self, model: CaseModel, expectations: tuple[Expectation, ...], path: Path
    ) -> frozenset[str] | None:
        if model.scope == _ALL:
            return None
        scope = {each.rule for each in expectations}
        for n, said in enumerate(model.scope):
            if said in self.rulesets:
                scope.update(self.rulesets[said])
            elif said in self.rules:
                scope.add(self.rules[said])
            else:
                self.faults.unknown(
                    (*path, "scope", n),
                    said,
                    Text("点検項目・点検項目集", "rule or ruleset"),
                    [*self.rules, *self.rulesets],
                )
        return frozenset(scope)

    def _plan(self, file: CaseFile, model: CaseModel, path: Path) -> PlanFile | None:
        said, at = (model.plan, path) if model.plan is not None else (file.plan, ())
        at = (*at, "plan")
        if said is None:
            self.faults.add(
                path,
                Text("計画がありません。", "There is no plan."),
                Text(
                    "plan に計画ファイルのパスか、計画の一部を書いてください。",
                    "Write the path of a plan file, or a part of a plan, as `plan`.",
                ),
            )
            return None
        if isinstance(said, dict):
            return self._part(said, at, model, path)
        if model.prefecture is not None:
            self._no_prefecture(path)
        if said not in self.plans:
            self.plans[said] = self._whole(said, at)
        return self.plans[said]

    def _whole(self, said: str, path: Path) -> PlanFile | None:
        file = self.file.parent / said
        folder = posixpath.dirname(self.document.file)
        name = posixpath.basename(said) if posixpath.isabs(said) else posixpath.join(folder, said)
        if not is_regular(file):
            self.faults.add(
                path,
                Text(
                    f"「{shorten(said)}」というファイルがありません。",
                    f'There is no file "{shorten(said)}".',
                ),
                Text(
                    "パスは、このテストファイルのあるフォルダから書きます。",
                    "A path starts from the folder of this test file.",
                ),
            )
            return None
        try:
            return read_plan(file, self.law.reference, posixpath.normpath(name))
        except PlanError as error:
            self.of_plans += error.problems
            return None

    def _part(
        self, part: dict[str, Any], at: Path, model: CaseModel, path: Path
    ) -> PlanFile | None:
        prefecture = self._prefecture(part, model, path)
        try:
            return plan_of(
                _filled(self.document, at, part, prefecture, model.as_of), self.law.reference
            )
        except PlanError as error:
            self.of_plans += [
                replace(problem, key=f"{dotted(at)}.{problem.key}" if problem.key else dotted(at))
                for problem in error.problems
            ]
            return None

    def _prefecture(self, part: dict[str, Any], model: CaseModel, path: Path) -> str:
        if model.prefecture is None:
            return _PREFECTURE
        town = part.get("municipality")
        if isinstance(town, dict) and "code" in town:
            self._no_prefecture(path)
        elif model.prefecture not in self.law.reference.prefectures:
            self.faults.unknown(
                (*path, "prefecture"),
                model.prefecture,
                Text("都道府県", "prefecture"),
                self.law.reference.prefectures,
            )
            return _PREFECTURE
        return model.prefecture

    def _no_prefecture(self, path: Path) -> None:
        self.faults.add(
            (*path, "prefecture"),
            Text(
                "都道府県は、計画の団体コードで決まっています。",
                "The municipality code of the plan tells its prefecture.",
            ),
            Text("prefecture を消してください。", "Drop prefecture."),
        )


def _filled(
    document: Document, at: Path, part: dict[str, Any], prefecture: str, day: date
) -> Document:
    """Return a part of a plan as a document of its own: what it must hold is filled in."""
    code = f"{prefecture}{_CODE}"
    nameless = {"code": code + check_digit(code), "name": _TOWN}
    data = {"format": "dxrules/plan/1", "recorded": day.isoformat()} | part
    data["municipality"] = _over(nameless, part.get("municipality"))
    data["plan"] = _over({"title": _TITLE}, part.get("plan"))
    depth = len(at)
    values, keys = (
        {path[depth:]: mark for path, mark in table.items() if path[:depth] == at}
        for table in (document.values, document.keys)
    )
    return Document(document.file, data, values, keys)


def _over(filled: dict[str, Any], said: Any) -> Any:
    """Lay what a part says over what is filled in; what is no mapping is left to be refused."""
    if said is None:
        return filled
    return filled | said if isinstance(said, dict) else said
