"""Test files: what comes of their cases, and those that are shipped."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from dxrules.engine import available
from dxrules.keeper.case_files import case_files, read_cases
from dxrules.keeper.case_models import case_schema
from dxrules.keeper.case_runner import run_cases
from dxrules.source import from_text
from tests.helpers.casebook import HEAD, PART, case, differences, read, run
from tests.helpers.lawbooks import ROOT, broken, law, load
from tests.helpers.small import DATA

# What comes of a case


def test_as_stated(tmp_path):
    """A case in which everything comes out as stated passes; what it states is kept."""
    result = run(
        tmp_path,
        case(
            "rule: TST-01, key: family-register, outcome: fail, severity: error, message: until\n"
            "rule: TST-01, key: national-pension, outcome: pass"
        ).replace("message: until", "message: までに移行していない"),
    )
    assert (result.passed, differences(result)) == (True, [])
    assert [f.subject for f in result.stated] == [
        ("TST-01", "system", "family-register"),
        ("TST-01", "system", "national-pension"),
    ]


def test_unmet(tmp_path):
    """What does not come out as expected is told with what came, at the line of the expectation."""
    expect = "rule: TST-01, key: [family-register, national-pension], outcome: unknown"
    result = run(tmp_path, case(expect))
    assert differences(result) == [
        (13, "TST-01", "family-register", "outcome", "unknown", "fail"),
        (13, "TST-01", "national-pension", "outcome", "unknown", "pass"),
    ]
    assert result.stated == ()


def test_unexpected(tmp_path):
    """A concern of a rule of the scope that nobody expects is told at the line of the case."""
    result = run(tmp_path, case("rule: TST-01, key: national-pension, outcome: pass"))
    assert differences(result) == [
        (3, "TST-01", "family-register", "unexpected", None, "fail"),
    ]


@pytest.mark.parametrize("scope", ["[TST-01]", "[national/test]", "all"])
def test_scope(tmp_path, scope):
    """Rules come into the scope by their id, by that of their ruleset, or all at once."""
    others = {
        "[TST-01]": [],
        "[national/test]": [(3, "TST-03", "plan", "unexpected", None, "fail")],
        "all": [(3, "TST-03", "plan", "unexpected", None, "fail")],
    }
    text = case("rule: TST-02, outcome: any", f"    scope: {scope}\n")
    assert differences(run(tmp_path, text)) == [
        (3, "TST-01", "family-register", "unexpected", None, "fail"),
        *others[scope],
    ]


def test_without_a_key(tmp_path):
    """Without a key an expectation speaks for all subjects that no other one names."""
    expect = "rule: TST-01, key: national-pension, outcome: pass\nrule: TST-01, outcome: fail"
    assert run(tmp_path, case(expect)).passed
    assert differences(run(tmp_path, case("rule: TST-01, outcome: fail"))) == [
        (13, "TST-01", "national-pension", "outcome", "fail", "pass"),
    ]


def test_it_does_not_matter(tmp_path):
    """Of what does not matter nothing is told, and nothing counts as stated."""
    result = run(tmp_path, case("rule: TST-01, outcome: any"))
    assert (result.passed, result.stated) == (True, ())


def test_no_such_subject(tmp_path):
    """A key that no subject has is told, with those that there are."""
    (mismatch,) = run(tmp_path, case("rule: TST-02, key: plans, outcome: any")).mismatches[:1]
    assert (mismatch.what, mismatch.key, mismatch.keys) == ("subject", "plans", ("plan",))


@pytest.mark.parametrize(
    ("said", "what", "expected", "came"),
    [
        ("severity: note", "severity", "note", "error"),
        ("message: 予算がない", "message", "予算がない", "fail"),
    ],
)
def test_severity_and_message(tmp_path, said, what, expected, came):
    """Severity and message are compared where they are stated, and the outcome is right."""
    result = run(tmp_path, case(f"rule: TST-01, key: family-register, outcome: fail, {said}"))
    assert differences(result) == [(13, "TST-01", "family-register", what, expected, came)]


def test_message_in_either_language(tmp_path):
    """A part of the message may be in English."""
    expect = "rule: TST-01, key: family-register, outcome: fail, message: was not migrated"
    assert run(tmp_path, case(expect)).passed


@pytest.mark.parametrize(
    ("day", "standing"),
    [("2019-12-31", "absent"), ("2020-05-31", "not_in_force"), ("2020-06-01", "pass")],
)
@pytest.mark.parametrize("expected", ["absent", "not_in_force", "pass"])
def test_rules_that_do_not_hold(tmp_path, day, standing, expected):
    """A rule that is not in force on the day, or not yet announced, is told from one that is."""
    part = PART.replace("2026-04-01, exception: none", "2020-03-01").replace(
        "2026-03-31", "2020-03-01"
    )
    result = run(tmp_path, case(f"rule: TST-01, outcome: {expected}", "", part, day))
    assert result.passed == (standing == expected)
    assert {mismatch.came for mismatch in result.mismatches} <= {standing}


def test_former_id(tmp_path):
    """A rule that was renamed is still known by its former id."""
    assert run(tmp_path, case("rule: OLD-03, outcome: fail")).passed


def test_waived(tmp_path):
    """A waiver in the part of the plan is used, and one that expired is found fault with."""
    waiver = """\
      waivers:
        - rule: TST-03
          kind: plan
          key: plan
          reason: 総合計画による
          authority: 町長
          from: 2026-04-01
          until: 2026-04-30
"""
    until = case("rule: TST-03, outcome: waived", part=PART + waiver, day="2026-04-30")
    after = case(
        "rule: TST-03, outcome: fail\nrule: WVR-01, key: plan, outcome: fail", part=PART + waiver
    )
    assert run(tmp_path, until).passed
    assert run(tmp_path, after).passed


@pytest.mark.skipif(not available(), reason="durable_rules is not installed")
def test_both_engines(tmp_path):
    """The cases can be judged by both engines; by default it is the interpreter."""
    own = load(tmp_path / "rulesets")
    cases = read(tmp_path, case("rule: TST-01, outcome: any"), own)
    assert run_cases(cases, own).engines == ("interpreter",)
    both = run_cases(cases, own, "both")
    assert (both.engines, both.trusted, both.passed) == (("interpreter", "durable_rules"),) + (
        True,
    ) * 2


# A part of a plan


def test_a_part_is_filled_in(tmp_path):
    """What is left out is a town without a name, on the day judged, of which nothing was read."""
    (found,) = read(tmp_path, case("rule: TST-01, outcome: any", part=""))
    plan = found.plan.plan
    assert (plan.municipality.code[:5], plan.municipality.name.ja) == ("13999", "見本町")
    assert (plan.recorded.earliest, plan.recorded.latest) == (date(2026, 5, 1),) * 2
    assert plan.plan.title == "見本町DX推進計画"
    assert "standardization" in found.plan.unread
    assert found.plan.name == "mine/cases.yaml"


def test_a_part_says_what_it_says(tmp_path):
    """What a part states stands, also of the plan itself and of the town."""
    part = """\
      recorded: 令和8年3月
      municipality: {code: "345458"}
      plan: {period: 令和8年度～令和12年度}
"""
    (found,) = read(tmp_path, case("rule: TST-03, outcome: pass", part=part))
    plan = found.plan.plan
    assert (plan.municipality.code, plan.municipality.name.ja) == ("345458", "見本町")
    assert (plan.recorded.text, plan.plan.title) == ("令和8年3月", "見本町DX推進計画")
    assert str(found.plan.place(("plan", "period"))) == "mine/cases.yaml:8:22"


def test_prefecture_of_a_part(tmp_path):
    """The town of a part is of the prefecture that the case names."""
    more = '    prefecture: "34"\n'
    (found,) = read(tmp_path, case("rule: TST-01, outcome: any", more))
    assert found.plan.plan.municipality.prefecture == "34"


def test_plan_of_all_cases(tmp_path):
    """The plan at the top is that of every case that names none."""
    text = f"""\
{HEAD}plan: {{plan: {{period: 令和8年度}}}}
cases:
  - {{name: a, as_of: 2026-05-01, expect: [{{rule: TST-03, outcome: pass}}]}}
  - {{name: b, as_of: 2026-05-01, plan: {{}}, expect: [{{rule: TST-03, outcome: fail}}]}}
"""
    own = load(tmp_path / "rulesets")
    assert run_cases(read(tmp_path, text, own), own).passed


def test_plan_file(tmp_path):
    """A path starts from the test file; the file is read once, and named as seen from here."""
    (tmp_path / "plan.yaml").write_text(
        (DATA / "plans" / "34999-mihon.yaml").read_text("utf-8"), "utf-8"
    )
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "cases.yaml"
    path.write_text(
        f"{HEAD}plan: ../plan.yaml\ncases:\n"
        "  - {name: a, as_of: 2026-05-01, scope: [TST-02]}\n"
        "  - {name: b, as_of: 2026-05-02, scope: [TST-02]}\n",
        "utf-8",
    )
    first, second = read_cases([(path, "sub/cases.yaml")], load(tmp_path / "rulesets"))
    assert first.plan is second.plan
    assert first.plan.name == "plan.yaml"


# What is shipped


@pytest.mark.slow
def test_shipped_cases():
    """Every case that is shipped comes out as stated, and names what it shows in both languages."""
    cases = read_cases(case_files([], ROOT / "rulesets", "rulesets"), law())
    trial = run_cases(cases, law())
    assert [differences(result) for result in trial.results if not result.passed] == []
    assert len(trial.results) > 50
    assert all(each.name.ja != each.name.en for each in cases)


def test_schema():
    """The schema takes what is shipped, and a part of a plan; it refuses what is misspelt."""
    schema = case_schema(law().reference)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path, name in case_files([], ROOT / "rulesets", "rulesets"):
        validator.validate(from_text(path.read_text("utf-8"), name).data)
    text = broken("outcome: fail", "outcome: failed", case("rule: TST-01, outcome: fail"))
    assert not validator.is_valid(from_text(text, "x").data)
    text = broken("scope: list", "scop: list", case("rule: TST-01, outcome: fail"))
    assert not validator.is_valid(from_text(text, "x").data)
