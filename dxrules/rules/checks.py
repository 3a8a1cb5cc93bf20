"""What can only be told once all rulesets are read: ids, links, parameters, examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial

from dxrules.dates import DatedValues
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Absent, Value
from dxrules.errors import Place, Problem
from dxrules.frozen import frozen
from dxrules.rules.condition import Constant, Param
from dxrules.rules.cross_references import Files, wrong_links
from dxrules.rules.evaluate import FactJudge, judge, verdict
from dxrules.rules.parse import Faults
from dxrules.rules.rule import Example, Outcome, Rule
from dxrules.rules.ruleset import Ruleset, constants_on, resolved
from dxrules.rules.ruleset_models import RulesetFile
from dxrules.rules.writing import write_condition
from dxrules.source import Document, Path
from dxrules.texts import Text

_DAY = timedelta(days=1)


@frozen
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


def across(files: Files, *, whole: bool) -> Iterator[Problem]:
    """Yield what is wrong between rules and between rulesets.

    Where not every file could be read (`whole`), a rule that is named may stand in one of those.
    """
    yield from _reused_ids(files)
    yield from _reused_names(files)
    yield from wrong_links(files, whole=whole)


def _reused_ids(files: Files) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for document, file in files:
        faults = Faults(document)
        for position, model in enumerate(file.rules):
            at: Path = ("rules", position)
            ids: list[tuple[str, Path]] = [(model.id, (*at, "id"))]
            ids += [(former, (*at, "formerly", n)) for n, former in enumerate(model.formerly)]
            for rule_id, path in ids:
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
        last = example_day(rule, ruleset.known_until)
        days = [example.on or last for example in rule.examples]
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
        if not examples and rule.about != "town":
            continue
        forms = {day: resolved(rule, constants(day)) for day in set(days)}
        judges = {day: judge(form) for day, form in forms.items()}
        results = examples_of(rule, ruleset.known_until, judges.__getitem__) if examples else ()
        for number, result in enumerate(results):
            if not result.passed:
                faults.add((*path, "examples", number), _not_as_stated(result, forms[result.day]))
        if rule.about == "town" and any(_fails_silence(rule, decide) for decide in judges.values()):
            faults.add(
                (*path, "require"),
                Text(
                    "町についての点検項目が、何も書かれていない計画を不適合にします。",
                    "A rule about the town fails a plan that says nothing.",
                ),
            )
    return faults.found


def examples_of(
    rule: Rule, known_until: date, judge_on: Callable[[date], FactJudge]
) -> Iterator[ExampleResult]:
    """Run the examples of a rule, each by the values of its day: what it leaves out is unknown."""
    last, unknown = example_day(rule, known_until), _of_nothing(rule, UNKNOWN)
    for example in rule.examples:
        day = example.on or last
        outcome = judge_on(day)({**unknown, **example.values})
        yield ExampleResult(rule, example, day, outcome)


def _of_nothing(rule: Rule, nothing: Absent) -> dict[str, Value]:
    """Return the values of a fact of which nothing is said, or known."""
    return dict.fromkeys(VOCABULARY[rule.kind].attributes, nothing)


def _not_as_stated(result: ExampleResult, form: Rule) -> Text:
    """Say what came out of an example, by the values of which day, and what decided it."""
    expected, came = result.example.expect.value, result.outcome.value
    why = verdict(form, {**_of_nothing(form, UNKNOWN), **result.example.values})
    parts = [part for part in (why.applies, why.require) if part is not None]
    if result.outcome is Outcome.UNKNOWN:
        parts = [part for part in parts if part.truth is None]
    else:
        parts = parts[:1] if result.outcome is Outcome.NOT_APPLICABLE else parts[-1:]
    deciding = [write_condition(leaf.condition) for part in parts for leaf in part.deciding()]
    by = ", ".join(dict.fromkeys(deciding))
    return Text(
        f"{expected} のはずが {came} です({result.day} の値による。決め手は {by})。",
        f"{expected} was expected, {came} came out (by the values of {result.day}, for {by}).",
    )


def _fails_silence(rule: Rule, decide: FactJudge) -> bool:
    return any(decide(_of_nothing(rule, nothing)) is Outcome.FAIL for nothing in (SILENT, UNKNOWN))


def example_day(rule: Rule, known_until: date) -> date:
    """Return the day by whose values an example is run: the last one that is known."""
    last = min(rule.in_force.until or known_until, known_until)
    return max(rule.in_force.since, last)


def named(rule: Rule) -> list[str]:
    """Return the names of the parameters that a rule names, each once."""
    operands = [leaf.operand for leaf in rule.leaves]
    found = [each.name for each in (*operands, rule.due) if isinstance(each, Param)]
    return list(dict.fromkeys(found))


def _without_value(
    rule: Rule, parameters: Mapping[str, DatedValues[Constant]], days: Iterable[date]
) -> Iterator[tuple[str, date]]:
    """Yield parameters without a value on a day on which the rule holds, or one of `days`."""
    for name in named(rule):
        dated = parameters[name]
        ends = [entry.until + _DAY for entry in dated.entries if entry.until]
        held = [day for day in (rule.in_force.since, *ends) if rule.in_force.on(day)]
        for day in (*held, *days):
            if dated.on(day) is None:
                yield name, day
