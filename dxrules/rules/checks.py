"""What can only be told once all rulesets are read: ids, roots, parameters, examples."""

from __future__ import annotations

from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY
from dxrules.rules.condition import Param, leaves
from dxrules.rules.judge import judge
from dxrules.rules.parse import Faults
from dxrules.rules.rule import Outcome
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from dxrules.dates import Dated
    from dxrules.errors import Place, Problem
    from dxrules.rules.condition import Constant
    from dxrules.rules.judge import Judge
    from dxrules.rules.models import RulesetFile
    from dxrules.rules.rule import Rule
    from dxrules.rules.ruleset import Ruleset
    from dxrules.source import Document, Path

    Files = Sequence[tuple[Document, RulesetFile]]

_DAY = timedelta(days=1)


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
    """Yield what is wrong with `unless_failed`: nothing there, or the rule itself in the end."""
    models = [model for _, file in files for model in file.rules]
    kinds = {model.id: model.kind for model in reversed(models)}  # of an id used twice, the first
    roots = {model.id: model.unless_failed for model in models if model.unless_failed}
    for document, file in files:
        faults = Faults(document)
        for position, model in enumerate(file.rules):
            path: Path = ("rules", position, "unless_failed")
            root = model.unless_failed
            if root is None:
                continue
            if kinds.get(root) != model.kind:
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
        yield from faults.found


def _chain(rule_id: str, roots: Mapping[str, str]) -> set[str]:
    met = {rule_id}
    while (rule_id := roots.get(rule_id, rule_id)) not in met:
        met.add(rule_id)
    return met


def check_rules(
    document: Document, file: RulesetFile, ruleset: Ruleset, rulesets: Sequence[Ruleset]
) -> list[Problem]:
    """Look for days without a value of a parameter, and run the examples.

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
