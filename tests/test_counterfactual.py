"""What makes a failure pass: the fewest attributes, the nearest values, and how that reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given

from dxrules.assessment.counterfactual import (
    MOST,
    Counterfactual,
    PassingChange,
    counterfactual,
    passing,
)
from dxrules.assessment.counterfactual_search import asked_of
from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Absent, Code
from dxrules.derivation.declaration import Lever
from dxrules.rules import Outcome, judge
from dxrules.rules.condition import All, AnyOf, Leaf
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.texts import Text, same
from tests.helpers.lawbooks import NOVEMBER, TOWNS, broken, found_of, judged, law, load, of
from tests.helpers.plans import plan_file
from tests.helpers.strategies.failures import ATTRIBUTES, NEAR, TODAY, failures, numbers
from tests.helpers.strategies.rules import rule


def allowed(name, fact, levers):
    """Every definite value, near the present, that the levers of an attribute lead to."""
    attribute, found = ATTRIBUTES[name], []
    for lever in levers[name]:
        if attribute.type == "truth":
            found += [word == "yes" for word in lever.to]
        elif attribute.type == "code":
            found += [Code(code) for code in lever.to]
        elif attribute.type == "text":
            found.append(same("…"))
        else:
            least = 0 if attribute.type == "number" else None
            if lever.by == "decide" and attribute.type == "date":
                least = TODAY.toordinal()
            if lever.by == "decide" or isinstance(fact[name], Absent):
                near = (numbers(attribute)[0] - 1, *numbers(attribute), numbers(attribute)[-1] + 1)
                found += [Range.point(n) for n in near if least is None or n >= least]
    return found


def brute(the_rule, fact, levers, size):
    """Every change of so many attributes that passes."""
    names = [name for name in asked_of(the_rule) if allowed(name, fact, levers)]
    decide = judge(the_rule)
    for chosen in combinations(names, size):
        for combination in product(*(allowed(name, fact, levers) for name in chosen)):
            changed = dict(zip(chosen, combination, strict=True))
            if decide({**fact, **changed}) is Outcome.PASS:
                yield changed


def told(the_rule, fact, levers):
    """What is found of a failure."""
    return passing(the_rule, fact, changed_by(levers), TODAY)


def changed_by(levers):
    """The attributes, each with its levers."""
    return {
        name: replace(attribute, levers=levers.get(name, ()))
        for name, attribute in ATTRIBUTES.items()
    }


@pytest.mark.slow
@given(failures())
def test_a_change_passes(failure):
    """Each change passes when it is applied, with whatever value it names, and moves no more."""
    the_rule, fact, levers = failure
    decide = judge(the_rule)
    assert decide(fact) is Outcome.FAIL
    found = told(the_rule, fact, levers)
    assert len(found.changes) <= MOST
    for change in found.changes:
        assert decide({**fact, **change.values}) is Outcome.PASS
        assert [step.attribute.name for step in change.steps] == list(change.values)
        for step in change.steps:
            assert change.values[step.attribute.name] == step.values[0]
            for value in step.values:
                assert value in allowed(step.attribute.name, fact, levers)
                after = {**fact, **change.values, step.attribute.name: value}
                assert decide(after) is Outcome.PASS


@pytest.mark.slow
@given(failures())
def test_any_value_within_the_bounds_passes(failure):
    """The bounds that a step tells hold only values that pass."""
    the_rule, fact, levers = failure
    decide = judge(the_rule)
    for change in told(the_rule, fact, levers).changes:
        for step in change.steps:
            if step.span is None:
                continue
            for value in allowed(step.attribute.name, fact, levers):
                if step.span.meet(value) is not None and step.lever.by == "decide":
                    after = {**fact, **change.values, step.attribute.name: value}
                    assert decide(after) is Outcome.PASS


@pytest.mark.slow
@given(failures())
def test_none_with_fewer_attributes_passes(failure):
    """The fewest attributes are told; where none is told, no change of any attributes passes."""
    the_rule, fact, levers = failure
    found = told(the_rule, fact, levers)
    sizes = [len(change.steps) for change in found.changes]
    fewest = min(sizes, default=4)
    for size in range(1, min(fewest, 4)):
        assert not list(brute(the_rule, fact, levers, size))
    decided = [len(change.steps) for change in found.changes if change.decided]
    only = {name: tuple(v for v in those if v.by == "decide") for name, those in levers.items()}
    for size in range(1, min([*decided, 3])):
        assert not list(brute(the_rule, fact, only, size))


@pytest.mark.slow
@given(failures())
def test_the_nearest_value_is_told(failure):
    """Of one number that is moved alone, no value nearer than the one told passes."""
    the_rule, fact, levers = failure
    for change in told(the_rule, fact, levers).changes:
        if len(change.steps) > 1 or change.steps[0].span is None:
            continue
        (step,) = change.steps
        present = fact[step.attribute.name]
        if not isinstance(present, Range):
            continue
        rest = {name: levers[name] if name == step.attribute.name else () for name in levers}
        nearer = min(
            _away(present, passed[step.attribute.name]) for passed in brute(the_rule, fact, rest, 1)
        )
        assert _away(present, step.values[0]) == nearer


def _away(present, point):
    over = 0 if present.hi is None else point.lo - present.hi
    under = 0 if present.lo is None else present.lo - point.lo
    return max(over, under, 0)


@pytest.mark.slow
@given(failures())
def test_what_nobody_can_change_stays(failure):
    """An attribute without a lever never moves, and a day that is decided is not past."""
    the_rule, fact, levers = failure
    found = told(the_rule, fact, levers)
    for change in found.changes:
        for step in change.steps:
            assert step.lever in levers[step.attribute.name]
            if step.attribute.type == "date" and step.lever.by == "decide":
                assert step.values[0].lo >= TODAY.toordinal()
    decided = [change.decided for change in found.changes]
    assert decided == sorted(decided, reverse=True)
    assert found.too_late is None or found.too_late < TODAY


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2025, 6, 30), NOVEMBER, date(2028, 4, 1)], ids=str)
@pytest.mark.parametrize("name", TOWNS)
def test_every_failure_of_a_town(name, day):
    """Whatever is told of a town's failures passes when it is applied."""
    for finding in judged(name, day).of(Outcome.FAIL):
        found = counterfactual(finding, day)
        fact = {
            leaf.condition.attribute: leaf.value
            for tree in (finding.verdict.applies, finding.verdict.require)
            if tree is not None
            for leaf in tree.leaves()
        }
        assert found.changes or finding.rule.id == "DXP-02"
        for change in found.changes:
            assert judge(finding.rule)({**fact, **change.values}) is Outcome.PASS


def test_every_failing_example():
    """Of each shipped rule that can be mended, a failing example can, on a day before its due."""
    constants = constants_on(law().rulesets, NOVEMBER)
    for each in (each for ruleset in law().rulesets for each in ruleset.rules):
        the_rule = resolved(each, constants)
        for example in each.examples:
            fact = {name: example.values.get(name, UNKNOWN) for name in asked_of(the_rule)}
            if judge(the_rule)(fact) is not Outcome.FAIL:
                continue
            attributes = VOCABULARY[each.kind].attributes
            found = passing(the_rule, fact, attributes, date(2021, 4, 1))
            assert found.changes or each.id == "DXP-02", each.id
            for change in found.changes:
                assert judge(the_rule)({**fact, **change.values}) is Outcome.PASS, each.id


SYSTEMS = """
    standardization:
      scope: list
      systems:
        family-register: {status: not-migrated, exception: none, target: 令和9年度}
"""


def of_the_system(tmp_path, day):
    """What is told of a system that is to be migrated a year after the deadline."""
    found = found_of(plan_file(SYSTEMS), day, load(tmp_path))
    return counterfactual(of(found, "TST-01"), day)


def test_while_there_is_time(tmp_path):
    """Before the deadline the work can be done by it, or an exception stated."""
    found = of_the_system(tmp_path, date(2026, 3, 31))
    assert found.text == Text(
        "移行を2026-03-31までに終える。または、例外(特定移行支援システム)に当たるなら、"
        "それを根拠とともに書く",
        "finish the migration by 2026-03-31; "
        "or if it is an exception (designated transition-support system), "
        "state it with the evidence",
    )
    assert [change.values for change in found.changes] == [
        {"done_on": Range.point(date(2026, 3, 31).toordinal())},
        {"exception": Code("transition-support")},
    ]


def test_when_the_deadline_has_passed(tmp_path):
    """After the deadline nobody is told to have done it by then; what remains is said."""
    found = of_the_system(tmp_path, date(2026, 4, 1))
    assert found.too_late == date(2026, 3, 31)
    assert found.text == Text(
        "2026-03-31 は過ぎた。残る手立て: 例外(特定移行支援システム)に当たるなら、"
        "それを根拠とともに書く",
        "2026-03-31 has passed; what remains: "
        "if it is an exception (designated transition-support system), "
        "state it with the evidence",
    )


def test_when_nothing_remains(tmp_path):
    """Where the day alone is asked for, and is past, that is said."""
    own = load(tmp_path, broken("        - exception: {in: $accepted}\n", ""))
    day = date(2026, 4, 1)
    found = counterfactual(of(found_of(plan_file(SYSTEMS), day, own), "TST-01"), day)
    assert found == Counterfactual((), date(2026, 3, 31))
    assert found.text == Text(
        "2026-03-31 は過ぎており、計画を直しても適合にはならない",
        "2026-03-31 has passed, and no change to the plan makes this pass",
    )


def known(name):
    """Ask that an attribute is stated."""
    return Leaf(name, "known", operand=True)


def told_of(kind, require, fact, day=TODAY):
    """What is told of a fact of a kind that fails what is required."""
    return passing(rule(require), fact, VOCABULARY[kind].attributes, day)


def test_what_no_town_can_change():
    """Where nothing helps, that is said."""
    found = told_of("plan", Leaf("period_state", "is", "running"), {"period_state": Code("ended")})
    assert found == Counterfactual(())
    assert found.text == Text(
        "団体が変えられることでは適合にならない",
        "nothing that the municipality can change makes this pass",
    )


def test_what_can_be_decided_is_told_beside_what_is_so():
    """Where the least is what may be so already, the least that can be decided is told first."""
    require = AnyOf(
        (
            All((known("period_start"), known("period_end"))),
            known("no_period_reason"),
        )
    )
    silent = dict.fromkeys(("period_start", "period_end", "no_period_reason"), SILENT)
    found = told_of("plan", require, silent)
    assert found.text == Text(
        "計画期間の初日を書く、かつ、計画期間の末日を書く。"
        "または、計画期間を置かない理由があれば、それを書く",
        "state the first day of the period, and state the last day of the period; "
        "or if there is a reason for having no period, state it",
    )
    assert [change.decided for change in found.changes] == [True, False]


def test_a_stated_day_is_not_moved():
    """A day on record is left alone, but one that is missing can be stated, be it past."""
    require = All((known("made_on"), Leaf("made_on", "by", TODAY.toordinal() - 9)))
    assert told_of("plan", require, {"made_on": Range.point(TODAY.toordinal())}).changes == ()
    found = told_of("plan", require, {"made_on": SILENT})
    assert found.text == Text(
        "策定(又は最終改定)の日を書く(策定または最終改定の日: 2026-03-27まで)",
        "state the day on which it was established or last revised "
        "(day of establishment or last revision: by 2026-03-27)",
    )


@pytest.mark.parametrize(
    ("require", "within"),
    [
        (
            Leaf("done_on", "from", NEAR[6]),
            Text("2026-04-07以後に始める", "start it on 2026-04-07 or later"),
        ),
        (
            All((Leaf("done_on", "from", NEAR[6]), Leaf("done_on", "by", NEAR[8]))),
            Text(
                "2026-04-07から2026-04-09までに始める", "start it between 2026-04-07 and 2026-04-09"
            ),
        ),
        (
            All((Leaf("done_on", "from", NEAR[6]), Leaf("done_on", "by", NEAR[6]))),
            Text("2026-04-07に始める", "start it on 2026-04-07"),
        ),
    ],
    ids=["from", "between", "on"],
)
def test_how_days_read(require, within):
    """The days that pass are told with their bounds."""
    fact = {"done_on": Range.point(NEAR[5])}
    assert told_of("collection", require, fact).changes[0].text == within


@pytest.mark.parametrize(
    ("require", "present", "told_text"),
    [
        (Leaf("cycles", "at_most", 0), 2, ""),
        (
            Leaf("cycles", "at_most", 1),
            2,
            " (groups of measures that wait for each other: at most 1)",
        ),
        (Leaf("cycles", "at_least", 1), 0, ""),
        (Leaf("cycles", "is", 3), 1, " (groups of measures that wait for each other: 3)"),
    ],
    ids=["none", "at most", "any", "exactly"],
)
def test_how_numbers_read(require, present, told_text):
    """A number is told only if it is more than none, or any."""
    found = told_of("plan", require, {"cycles": Range.point(present)})
    assert found.changes[0].text.en == (
        "drop a prerequisite of each cycle, or split a measure" + told_text
    )


def test_the_nearest_of_several_stretches():
    """Where several stretches of numbers pass, the nearest one is told."""
    require = AnyOf((Leaf("in_scope", "is", 0), Leaf("in_scope", "at_most", 3)))
    lever = Lever("decide", Text("数える", "count"))
    fact = {"in_scope": Range(6, 9)}
    found = passing(rule(require), fact, changed_by({"in_scope": (lever,)}), TODAY)
    assert [change.values for change in found.changes] == [{"in_scope": Range.point(3)}]
    assert found.text == Text("数える(対象業務の数: 3以下)", "count (tasks in scope: at most 3)")


def test_a_choice_counts_for_more_than_what_follows():
    """What one step implies gives way to what another step chooses."""
    require = All((Leaf("status", "is", "planned"), Leaf("done_on", "by", NEAR[6])))
    fact = {"status": Code("none"), "done_on": Range.point(NEAR[8])}
    found = told_of("collection", require, fact)
    assert [change.values for change in found.changes] == [
        {"status": Code("planned"), "done_on": Range.point(NEAR[6])}
    ]
    preparing = All((Leaf("status", "is", "preparing"), Leaf("done_on", "by", NEAR[6])))
    found = told_of("collection", preparing, fact)
    assert found.changes[0].values == {
        "status": Code("preparing"),
        "done_on": found.changes[0].steps[1].values[0],
    }


def test_what_follows_from_a_change():
    """A provision that is in place is provided for, too: one step does both."""
    require = All((Leaf("provided_for", "is", operand=True), Leaf("status", "is", "in-place")))
    fact = {"provided_for": False, "status": Code("none")}
    found = told_of("provision", require, fact)
    assert found.changes[0].values == {"status": Code("in-place"), "provided_for": True}
    assert found.changes[0].text.en == "if it is in place already, say so"


def test_waivers_have_none():
    """What the tool says of waivers themselves is not about a fact."""
    line = "{rule: X-1, kind: plan, key: plan, reason: r, authority: a, from: 2026-04-01, until: "
    found = found_of(plan_file(f"waivers: [{line}2027-03-31}}]"))
    assert counterfactual(of(found, "WVR-04"), NOVEMBER) is None


def test_a_pass_has_none(tmp_path):
    """What passes needs no change."""
    found = found_of(plan_file(about="period: 令和8年度～令和12年度"), NOVEMBER, load(tmp_path))
    assert counterfactual(of(found, "TST-03"), NOVEMBER) is None


@pytest.mark.slow
def test_a_rule_of_many_attributes_that_cannot_pass():
    """Where one attribute that nobody can change decides, the others are not all tried."""
    numbers = [each for each in VOCABULARY["plan"].attributes.values() if each.type == "number"]
    names = [each.name for each in numbers[:12]]
    many = tuple(Leaf(name, "at_most", bound) for name in names for bound in (0, 2, 4, 6))
    fact = dict.fromkeys(names, Range.point(9)) | {"period_state": Code("ended")}
    require = All((*many, Leaf("period_state", "is", "running")))
    assert told_of("plan", require, fact) == Counterfactual(())
    assert len(names) > 10


def test_at_most_three_are_told():
    """Of many ways only the first few are told."""
    names = ("published", "cites_prefecture", "serves_as_data_plan")
    stated = (Leaf(name, "is", operand=True) for name in names)
    require = AnyOf((*stated, Leaf("cycles", "at_most", 0)))
    fact = dict.fromkeys(names, False)
    found = told_of("plan", require, fact | {"cycles": Range.point(1)})
    assert len(found.changes) == MOST
    assert all(isinstance(change, PassingChange) for change in found.changes)
