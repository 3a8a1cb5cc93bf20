"""What `explain` writes to paste: a case of what was judged, and a waiver of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

import dxrules
from dxrules import assess, load_law, read_plan
from dxrules.errors import UsageError
from dxrules.keeper.case_files import read_cases
from dxrules.keeper.case_from_plan import as_case
from dxrules.keeper.case_runner import run_cases
from dxrules.rules import Outcome
from tests.helpers.calls import ON
from tests.helpers.lawbooks import TOWNS
from tests.helpers.small import PLAN

JUDGED = [f"TST-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 10)] + ["PRF-01", "WVR-01"]
DAY = date(2026, 11, 20)


def trial(tmp_path, text, law):
    """Run what was written as a test file."""
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return run_cases(read_cases([(file, "case.yaml")], law), law)


@pytest.mark.usefixtures("_copy")
@pytest.mark.parametrize("rule", JUDGED)
def test_a_case_comes_out_as_it_was_judged(run, tmp_path, rule):
    """Whatever a rule says, its case can be run, and holds no more of the plan than it takes."""
    law = load_law(Path("rulesets"))
    code, out, err = run("explain", rule, PLAN, *ON, "--as-case")
    assert (code, err) == (0, "")
    assert trial(tmp_path, out, law).passed
    (case,) = yaml.safe_load(out)["cases"]
    judged = assess([read_plan(Path(PLAN), law.reference)], law, DAY).plans[0]
    concerns = {
        (f.key, f.outcome.value)
        for f in judged.findings
        if f.rule.id == rule and f.outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    }
    said = {(key, each["outcome"]) for each in case["expect"] for key in each["key"]}
    assert concerns <= said
    assert concerns == said or not concerns
    assert len(out) < len(Path(PLAN).read_text("utf-8"))


@pytest.mark.usefixtures("_copy")
def test_a_case_notices_a_change_of_the_rule(run, tmp_path):
    """A case is no formality: a rule that judges otherwise breaks it."""
    out = run("explain", "TST-02", PLAN, *ON, "--as-case")[1]
    file = Path("rulesets/national/small.yaml")
    file.write_text(
        file.read_text("utf-8").replace("strength: cabinet", "strength: effort"), "utf-8"
    )
    changed_law = load_law(Path("rulesets"), examples=False)
    assert not trial(tmp_path, out, changed_law).passed


@pytest.mark.slow
@pytest.mark.parametrize("town", sorted(TOWNS))
def test_cases_of_the_towns(tmp_path, town):
    """Every failure of a real plan makes a case that comes out the same."""
    law = load_law()
    file = read_plan(Path(__file__).parent.parent / "facts" / f"{TOWNS[town]}.yaml", law.reference)
    plan = assess([file], law, DAY, engine="interpreter").plans[0]
    failed = [f.rule.id for f in plan.of(Outcome.FAIL) if f.severity != "note"]
    for rule in sorted(set(failed)) or ["SEC-01"]:
        assert trial(tmp_path, as_case(plan, rule, law), law).passed, rule


@pytest.mark.usefixtures("_copy")
def test_a_case_without_waivers(run, tmp_path):
    """A case shows the plan with or without its waivers, as it was judged."""
    law = load_law(Path("rulesets"))
    waived = run("explain", "TST-03", PLAN, *ON, "--as-case")[1]
    bare = run("explain", "TST-03", PLAN, *ON, "--as-case", "--no-waivers")[1]
    assert "outcome: waived" in waived
    assert "waivers" not in bare
    assert trial(tmp_path, bare, law).passed


@pytest.mark.usefixtures("_copy")
def test_a_waiver_is_filled_in(run):
    """A draft is refused as it stands, and waives the finding once it is filled in."""
    code, out, err = run("explain", "TST-02", PLAN, *ON, "--as-waiver")
    assert (code, err) == (0, "")
    plan = Path(PLAN)
    whole = plan.read_text("utf-8")
    before = whole[: whole.index("\nwaivers:")]
    plan.write_text(f"{before}\n{out}", "utf-8")
    code, _, err = run("check", PLAN, *ON)
    assert code == 2
    assert "waivers[0].reason: " in err
    filled = out.replace("reason:", "reason: 県の計画による").replace(
        "authority:", "authority: 町長"
    )
    plan.write_text(f"{before}\n{filled}".replace("until:", "until: 2027-03-31"), "utf-8")
    code, out, err = run("check", PLAN, *ON, "--select", "TST-02", "--format", "csv")
    assert (code, err) == (0, "")
    assert "waived" in out
    assert ",fail," not in out


@pytest.mark.usefixtures("_copy")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("TST-08", PLAN, "--as-case"),
            "TST-08 is not in force for this municipality on the day judged",
        ),
        (("TST-08", PLAN, "--as-waiver"), "TST-08 finds nothing in this plan that could be waived"),
        (("WVR-01", PLAN, "--as-waiver"), "WVR-01 finds nothing in this plan that could be waived"),
        (("TST-02", "--as-case"), "--as-case and --as-waiver take a plan"),
        (("TST-02", PLAN, "--as-case", "--as-waiver"), "one at a time"),
        (("TST-02", PLAN, "--as-case", "--output", "x.json"), "without --output"),
        (("TST-20", PLAN, "--as-case"), 'There is no rule "TST-20". Did you mean'),
    ],
)
def test_nothing_to_paste(run, arguments, message):
    """What cannot be written is refused, and nothing is."""
    code, out, err = run("explain", *arguments, *ON)
    assert (code, out) == (2, "")
    assert message in err


def test_no_case_of_an_error():
    """What could not be judged is no case."""
    law = load_law()
    root = Path(__file__).parent.parent / "facts" / f"{TOWNS['koge']}.yaml"
    plan = assess([read_plan(root, law.reference)], law, DAY, engine="interpreter").plans[0]
    for finding in plan.findings:
        if finding.rule.id == "SEC-01":
            object.__setattr__(finding, "outcome", Outcome.ERROR)
    with pytest.raises(UsageError, match="could not be judged"):
        as_case(plan, "SEC-01", law)


def test_names_of_the_package():
    """`dir` shows what there is to use, and each of it can be had."""
    assert dir(dxrules) == sorted([*dxrules.__all__, "__version__"])
    assert all(getattr(dxrules, name) is not None for name in dir(dxrules))
