"""The tests of the rulesets: examples and test files, what they reach, and what they miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from dxrules.derivation import VOCABULARY
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.keeper.case_runner import Mismatch, Trial
from dxrules.keeper.coverage import Coverage, CoverageWitness, Missing
from dxrules.keeper.mutants import MutantWitness, MutationReport, Survivor
from dxrules.keeper.mutation_operators import Mutant
from dxrules.report.condition_text import GROUPS, leaf_text
from dxrules.report.how_to_write import How
from dxrules.report.plan_header import engines
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS
from dxrules.report.terminal import Style
from dxrules.rules import SEVERITIES, Law, Outcome, Rule
from dxrules.rules.checks import ExampleResult
from dxrules.rules.condition import All, AnyOf, Condition, Leaf, Not
from dxrules.rules.writing import write_fact
from dxrules.source import did_you_mean
from dxrules.texts import Text, in_brackets, join, same, some_of

_HEADERS = (
    Text("点検項目集", "ruleset"),
    Text("点検項目", "rules"),
    Text("結果", "outcomes"),
    Text("条件の枝", "branches"),
    Text("網羅率", "covered"),
)
_TOTAL = Text("計", "total")
_COMPLETE = Text("届きうるものは、すべて試されている", "Everything that can be reached is tested")
_ANSWERS: Mapping[str, Text] = {
    "true": Text("成り立つ", "true"),
    "false": Text("成り立たない", "false"),
    "unknown": Text("要確認", "undetermined"),
}
TOO_MANY = Text(
    "値の組合せが多く、例を示せない", "too many combinations of values to find an example"
)


def coverage_lines(law: Law, coverage: Coverage, style: Style) -> list[str]:
    """Return a table by ruleset, and each thing that no test reaches with an example to add."""
    rows = [_row(same(each.id), coverage.of(each)) for each in law.rulesets]
    rows.append(_row(_TOTAL, coverage))
    lines = ["", style.table(rows, _HEADERS), ""]
    for rule in coverage.rules:
        for missing in rule.missing:
            head = same(f"{missing.place}: {rule.rule.id}: ") + missing_text(rule.rule, missing)
            lines += style.block(head, 0, 2)
            lines += style.block(f"→ {style.say(_to_cover(rule.rule, missing))}", 2, 2)
    if not any(rule.missing for rule in coverage.rules):
        lines.append(style.say(_COMPLETE))
    impossible = sum(len(rule.impossible) for rule in coverage.rules)
    if impossible:
        left_out = Text(
            f"どの事実でも届かないことを確かめた {impossible} 件は数えていない",
            f"{impossible} that no fact can reach, as was proved, are not counted",
        )
        lines += style.block(left_out, 0)
    return lines


def _row(name: Text, part: Coverage) -> list[Text | str]:
    tallies = (part.tested, part.outcomes, part.branches)
    shown = [f"{tally.reached}/{tally.total}" for tally in tallies]
    return [name, *shown, f"{part.whole.percent} %"]


def missing_text(rule: Rule, missing: Missing) -> Text:
    """Return what it is that no test reaches."""
    what = missing.target.what
    if missing.part is None:
        outcome = OUTCOMES[Outcome(what)]
        return Text(f"結果が「{outcome.ja}」になる例がない", f"no test with outcome “{outcome.en}”")
    shown = _shown(rule, missing.part)
    if what == "decides":
        return Text(
            f"『{shown.ja}』だけで決まる例がない", f"no test that “{shown.en}” alone decides"
        )
    answer = _ANSWERS[what]
    return Text(
        f"『{shown.ja}』が{answer.ja}例がない", f"no test in which “{shown.en}” is {answer.en}"
    )


def _shown(rule: Rule, part: Condition) -> Text:
    """Return a leaf in words; of a group, its kind and what it starts with."""
    match part:
        case Leaf(name, operator, operand):
            return leaf_text(VOCABULARY[rule.kind].attributes[name], operator, operand)
        case Not(inner):
            return GROUPS[Not] + Text("(", " (") + _shown(rule, inner) + same(")")
        case All(parts) | AnyOf(parts):
            head = GROUPS[type(part)] + Text("(", " (")
            return head + _shown(rule, parts[0]) + Text("ほか)", ", …)")


def _to_cover(rule: Rule, missing: Missing) -> Text:
    example = example_text(rule, missing)
    return TOO_MANY if example is None else same(example)


def example_text(rule: Rule, missing: Missing) -> str | None:
    """Return an example that would reach it, as a ruleset file holds it; None if there is none."""
    witness = missing.witness
    return None if witness is None else _example(rule, witness, witness.outcome)


def _example(rule: Rule, witness: CoverageWitness | MutantWitness, expected: Outcome) -> str | None:
    """Return a fact as an example of a ruleset file; None if it has no words for a value."""
    fact = write_fact(rule.kind, witness.values)
    day = "" if witness.on is None else f"on: {witness.on}, "
    return None if fact is None else f"- {{expect: {expected.value}, {day}fact: {fact}}}"


_DROPPED = Text("(なし)", "(nothing)")
_EQUIVALENT = Text(
    "どの事実でも結果が変わらないことを確かめた変更:", "Changes proved to make no difference:"
)
_NO_WORDS = Text(
    "違いの出る値を、例には書けない", "the values that make a difference cannot be written"
)


def mutant_lines(report: MutationReport, style: Style) -> list[str]:
    """Return each change that no example notices with one to add, and how many there were."""
    lines = [""]
    for survivor in report.alive:
        lines += _change(survivor.mutant, style)
        lines += style.block(f"→ {style.say(_to_add(survivor))}", 2, 2)
    if report.equivalent:
        lines.append(style.say(_EQUIVALENT))
        for mutant in report.equivalent:
            lines += _change(mutant, style, 2)
    alive, equivalent = len(report.alive), len(report.equivalent)
    numbers = Text(
        f"点検項目を少しだけ変えた {report.total} 通りのうち、例が気付くもの {report.killed}、"
        f"結果の変わらないもの {equivalent}、気付かれないもの {alive}",
        f"Of {report.total} small changes of the rules the examples notice {report.killed}; "
        f"{equivalent} make no difference, {alive} go unnoticed",
    )
    return [*lines, *style.block(numbers, 0)]


def _change(mutant: Mutant, style: Style, indent: int = 0) -> Iterator[str]:
    head = f"{mutant.place}: {mutant.rule.id}: {style.say(change_text(mutant))}"
    yield from style.block(head, indent, 2)


def change_text(mutant: Mutant) -> Text:
    """Return what stood in a rule, and what a change made of it."""
    return same(f"{mutant.was} → ") + (_DROPPED if mutant.now is None else same(mutant.now))


def _to_add(survivor: Survivor) -> Text:
    witness = survivor.witness
    if witness is None:
        return TOO_MANY
    example = example_that_notices(survivor.mutant, witness)
    if example is None:
        return _NO_WORDS
    came = OUTCOMES[witness.now]
    return same(example) + Text(f" (変更後は{came.ja})", f" (changed: {came.en})")


def example_that_notices(mutant: Mutant, witness: MutantWitness) -> str | None:
    """Return an example as a ruleset file holds it; None if it has no words for a value."""
    return _example(mutant.rule, witness, witness.was)


_SHOWN = 4
_STANDINGS: Mapping[str, Text] = {outcome.value: words for outcome, words in OUTCOMES.items()} | {
    "not_in_force": Text("適用期間外", "not in force"),
    "absent": Text("点検項目なし", "no such rule there"),
}
_SEVERITIES: Mapping[str, Text] = {name: SEVERITY_WORDS[name] for name in SEVERITIES}


@frozen
class TestReport:
    """Results of examples and cases; what they reach and would not notice, if that was asked.

    Without `everything`, text names of the examples only those that failed.
    """

    __test__ = False

    law: Law
    examples: Sequence[ExampleResult]
    trial: Trial
    coverage: Coverage | None = None
    mutants: MutationReport | None = None
    everything: bool = True


def text(report: TestReport, how: How) -> Iterator[str]:
    """Yield the results, line by line."""
    style = how.style
    yield from engines(how.alone, style)
    yield from _examples(report.examples, style, everything=report.everything)
    yield from _cases(report.trial, style)
    if report.coverage is not None:
        yield from coverage_lines(report.law, report.coverage, style)
    if report.mutants is not None:
        yield from mutant_lines(report.mutants, style)


def _examples(results: Sequence[ExampleResult], style: Style, *, everything: bool) -> Iterator[str]:
    """Yield a line for each rule, and one for each example that failed."""
    for rule_id, of_rule in groupby(results, key=lambda result: result.rule.id):
        group = list(of_rule)
        failed = [result for result in group if not result.passed]
        if failed or everything:
            yield f"{_mark(not failed)} {rule_id} {_expected(group, style)}"
        for result in failed:
            expected = style.say(OUTCOMES[result.example.expect])
            got = style.say(OUTCOMES[result.outcome])
            yield f"   {result.example.place}: {expected} ≠ {got}"
    passed = sum(result.passed for result in results)
    yield style.say(
        Text(
            f"例 {len(results)} 件のうち {passed} 件が期待どおり",
            f"{passed} of {len(results)} examples came out as stated",
        )
    )


def _expected(results: Sequence[ExampleResult], style: Style) -> str:
    numbers = Counter(result.example.expect for result in results)
    return style.say(join(OUTCOMES[outcome] + same(f" {numbers[outcome]}") for outcome in numbers))


def _cases(trial: Trial, style: Style) -> Iterator[str]:
    """Yield the cases of each file, and a line for each thing that came out otherwise."""
    if not trial.results:
        return
    for file, group in groupby(trial.results, key=lambda result: result.case.place.file):
        yield ""
        yield style.bold(file)
        for result in group:
            head = f"{_mark(result.passed)} {result.case.day} {style.say(result.case.name)}"
            yield from style.block(head, 0, 3)
            for place, subjects, said in _alike(result.mismatches):
                yield from style.block(f"{place}: {style.say(subjects)}: {style.say(said)}", 3, 2)
    passed = sum(result.passed for result in trial.results)
    yield style.say(
        Text(
            f"事例 {len(trial.results)} 件のうち {passed} 件が期待どおり",
            f"{passed} of {len(trial.results)} cases came out as stated",
        )
    )


def _alike(mismatches: Iterable[Mismatch]) -> Iterator[tuple[Place, Text, Text]]:
    """Yield where each difference stands, whom it concerns, and what it is."""
    groups: dict[tuple[Place, str, Text], list[str]] = {}
    for mismatch in mismatches:
        of_rule = (mismatch.place, mismatch.rule, difference(mismatch))
        groups.setdefault(of_rule, []).extend([mismatch.key] if mismatch.key else [])
    for (place, rule, said), keys in groups.items():
        shown = some_of([same(key) for key in keys], _SHOWN)
        yield place, same(rule) + same(" " if keys else "") + shown, said


def _mark(passed: bool) -> str:  # noqa: FBT001  (the one thing it is told)
    return "ok" if passed else "NG"


def difference(mismatch: Mismatch) -> Text:
    """Return what was expected of a subject, and what came."""
    expected, came = mismatch.expected or "", mismatch.came or ""
    finding = mismatch.finding
    said = finding.message if finding is not None else same("")
    tail = in_brackets(said) if said.en else same("")
    match mismatch.what:
        case "unexpected":
            now = _STANDINGS[came]
            return Text(f"期待していない{now.ja}", f"{now.en} was not expected") + tail
        case "subject":
            hint = did_you_mean(mismatch.key or "", mismatch.keys)
            message = Text("その対象はありません。", "There is no such subject.")
            return message.then(hint)
        case "severity":
            was, now = _SEVERITIES[expected], _SEVERITIES[came]
            return Text(
                f"重大度は {was.ja} のはずが {now.ja}", f"severity {was.en} expected, {now.en} came"
            )
        case "message":
            return Text(f"文に「{expected}」がない", f'"{expected}" is not in the message') + tail
        case "outcome":
            was, now = _STANDINGS[expected], _STANDINGS[came]
            both = Text(f"{was.ja} のはずが {now.ja}", f"{was.en} expected, {now.en} came")
            return both + tail
