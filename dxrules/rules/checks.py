"""What can only be told once all rulesets are read: ids, roots, parameters, examples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY
from dxrules.rules.condition import Param, leaves
from dxrules.rules.judge import judge
from dxrules.rules.parse import Faults
from dxrules.rules.rule import SEVERITIES, Outcome
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from dxrules.dates import Dated
    from dxrules.errors import Place, Problem
    from dxrules.rules.condition import Constant
    from dxrules.rules.judge import Judge
    from dxrules.rules.models import RuleModel, RulesetFile
    from dxrules.rules.rule import Example, Rule
    from dxrules.rules.ruleset import Ruleset
    from dxrules.source import Document, Path

    Files = Sequence[tuple[Document, RulesetFile]]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example: the day by whose values it was run, and what came out."""

    rule: Rule
    example: Example
    day: date
    outcome: Outcome

    @property
    def passed(self) -> bool:
        """Whether it came out as stated."""
        return self.outcome is self.example.expect


def across(files: Files) -> Iterator[Problem]:
    """Yield what is wrong between rules and between rulesets."""
    yield from _reused_ids(files)
    yield from _reused_names(files)
    yield from _roots(files)


def _reused_ids(files: Files) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for document, file in files:
        faults = Faults(document)
        for position, model in enumerate(file.rules):
            path: Path = ("rules", position, "id")
            for rule_id in (model.id, *model.formerly):
                if rule_id in first:
                    faults.add(
                        path,
                        Text(
                            f"{rule_id} は {first[rule_id]} にもあります。",
                            f"{rule_id} stands at {first[rule_id]}, too.",
                        ),
                        Text("id は再利用できません。", "Ids are never reused."),
                    )
                first.setdefault(rule_id, document.place(path))
        yield from faults.found


def _reused_names(files: Files) -> Iterator[Problem]:
    rulesets: dict[str, Place] = {}
    parameters: dict[str, str] = {}
    for document, file in files:
        faults = Faults(document)
        if file.id in rulesets:
            other = rulesets[file.id]
            faults.add(
                ("id",),
                Text(f"{file.id} は {other} にもあります。", f"{file.id} stands at {other}, too."),
            )
        rulesets[file.id] = document.place(("id",))
        for name in file.parameters:
            if name in parameters:
                owner = parameters[name]
                faults.add(
                    ("parameters", name),
                    Text(f"{owner} にも同じ名前があります。", f"{owner} has it, too."),
                )
            parameters[name] = file.id
        yield from faults.found


def _roots(files: Files) -> Iterator[Problem]:
    """Yield what is wrong with `unless_failed`.

    There is no such rule, it leads back to the rule itself, or it weighs less than the rule that
    it silences.
    """
    models = [model for _, file in files for model in file.rules]
    by_id = {model.id: model for model in reversed(models)}  # of an id used twice, the first
    roots = {model.id: model.unless_failed for model in models if model.unless_failed}
    for document, file in files:
        faults = Faults(document)
        for position, model in enumerate(file.rules):
            path: Path = ("rules", position, "unless_failed")
            root = model.unless_failed
            if root is None:
                continue
            if root not in by_id or by_id[root].kind != model.kind:
                faults.add(
                    path,
                    Text(
                        f"同じ種類の対象の規則 {root} がありません。",
                        f"There is no rule {root} on the same kind of subject.",
                    ),
                )
            elif model.id in _chain(root, roots):
                faults.add(
                    path,
                    Text(
                        f"{root} をたどると {model.id} 自身に戻り、どれも不適合になりません。",
                        f"{root} leads back to {model.id} itself, so that none would ever fail.",
                    ),
                )
            elif _weighs_less(by_id[root], model):
                faults.add(
                    path,
                    Text(
                        f"{root} は下書きか、{model.id} より軽い規則なので、"
                        f"{model.id} の不適合を隠してしまいます。",
                        f"{root} is a draft, or less grave than {model.id}, whose failures it "
                        "would hide.",
                    ),
                    Text(
                        "unless_failed を消すか、より重い規則を挙げてください。",
                        "Drop unless_failed, or name a rule at least as grave.",
                    ),
                )
        yield from faults.found


def _weighs_less(root: RuleModel, model: RuleModel) -> bool:
    """Tell whether a root counts for less than what it would silence.

    A severity that has to be stated and is not is a fault of its own.
    """
    if any(each.strength == "consistency" and not each.severity for each in (root, model)):
        return False
    lighter = SEVERITIES.index(root.fails_as) > SEVERITIES.index(model.fails_as)
    return lighter or (root.draft and not model.draft)


def _chain(rule_id: str, roots: Mapping[str, str]) -> set[str]:
    met = {rule_id}
    while (rule_id := roots.get(rule_id, rule_id)) not in met:
        met.add(rule_id)
    return met


def check_rules(
    document: Document,
    file: RulesetFile,
    ruleset: Ruleset,
    rulesets: Sequence[Ruleset],
    *,
    examples: bool,
) -> list[Problem]:
    """Look for days without a value of a parameter, and run the examples if they are asked for.

    A rule about the town must not fail for want of facts.
    """
    faults = Faults(document)
    parameters = {name: dated for each in rulesets for name, dated in each.parameters.items()}
    positions = {model.id: n for n, model in enumerate(file.rules)}
    constants = cache(partial(constants_on, rulesets))
    for rule in ruleset.rules:
        path: Path = ("rules", positions[rule.id])
        days = [example.on or example_day(rule, ruleset.known_until) for example in rule.examples]
        lacking = next(_without_value(rule, parameters, days), None)
        if lacking:
            name, day = lacking
            faults.add(
                path,
                Text(
                    f"パラメータ {name} は {day} の値がありません。",
                    f"The parameter {name} has no value on {day}.",
                ),
            )
            continue
        judges = {day: judge(resolved(rule, constants(day))) for day in set(days)}
        results = examples_of(rule, ruleset.known_until, judges.__getitem__) if examples else ()
        for number, result in enumerate(results):
            if not result.passed:
                expected, came = result.example.expect.value, result.outcome.value
                faults.add(
                    (*path, "examples", number),
                    Text(
                        f"{expected} のはずが {came} です。",
                        f"{expected} was expected, {came} came out.",
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


def examples_of(
    rule: Rule, known_until: date, judge_on: Callable[[date], Judge]
) -> Iterator[ExampleResult]:
    """Run the examples of a rule, each by the values of its day: what it leaves out is unknown."""
    unknown = dict.fromkeys(VOCABULARY[rule.kind].attributes, UNKNOWN)
    for example in rule.examples:
        day = example.on or example_day(rule, known_until)
        outcome = judge_on(day)(unknown | dict(example.values))
        yield ExampleResult(rule, example, day, outcome)


def _fails_silence(rule: Rule, decide: Judge) -> bool:
    attributes = VOCABULARY[rule.kind].attributes
    return any(
        decide(dict.fromkeys(attributes, nothing)) is Outcome.FAIL for nothing in (SILENT, UNKNOWN)
    )


def example_day(rule: Rule, known_until: date) -> date:
    """Return the day by whose values an example is run: the last one that is known."""
    last = min(rule.in_force.until or known_until, known_until)
    return max(rule.in_force.since, last)


def named(rule: Rule) -> list[str]:
    """Return the names of the parameters that a rule names, each once."""
    operands = [leaf.operand for condition in rule.conditions for leaf in leaves(condition)]
    found = [each.name for each in (*operands, rule.due) if isinstance(each, Param)]
    return list(dict.fromkeys(found))


def _without_value(
    rule: Rule, parameters: Mapping[str, Dated[Constant]], days: Iterable[date]
) -> Iterator[tuple[str, date]]:
    """Yield parameters without a value on a day on which the rule holds, or one of `days`."""
    for name in named(rule):
        dated = parameters[name]
        ends = [entry.until + _DAY for entry in dated.entries if entry.until]
        held = [day for day in (rule.in_force.since, *ends) if rule.in_force.on(day)]
        for day in (*held, *days):
            if dated.on(day) is None:
                yield name, day
