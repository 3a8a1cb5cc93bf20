"""Test files: what is refused, and where they stand."""

from __future__ import annotations

import pytest

from dxrules.errors import InputError, UsageError
from dxrules.keeper.case_files import case_files, read_cases
from tests.helpers.casebook import HEAD, PART, case, refused
from tests.helpers.lawbooks import GOOD, folder, load
from tests.helpers.small import DATA

# What is refused

WRONG = {
    "rule": (
        case("rule: TST-99, outcome: pass"),
        (
            'mine/cases.yaml:13:10: cases[0].expect[0].rule: There is no rule "TST-99". '
            "Did you mean TST-03 or TST-02?"
        ),
    ),
    "scope": (
        case("rule: TST-01, outcome: any", "    scope: [national/tests]\n"),
        (
            "mine/cases.yaml:5:13: cases[0].scope[0]: "
            'There is no rule or ruleset "national/tests". Did you mean national/test?'
        ),
    ),
    "twice": (
        case("rule: TST-02, outcome: any\nrule: TST-02, outcome: pass"),
        "mine/cases.yaml:14:9: cases[0].expect[1]: TST-02 stands twice. Delete one.",
    ),
    "twice by key": (
        case("rule: TST-02, key: [plan, plan], outcome: any"),
        "mine/cases.yaml:13:9: cases[0].expect[0]: TST-02 plan stands twice. Delete one.",
    ),
    "nothing": (
        case(),
        "mine/cases.yaml:3:5: cases[0]: This case checks nothing. Write expect, or scope.",
    ),
    "no plan": (
        f"{HEAD}cases:\n  - {{name: a, as_of: 2026-05-01, scope: all}}\n",
        (
            "mine/cases.yaml:3:5: cases[0]: There is no plan. "
            "Write the path of a plan file, or a part of a plan, as `plan`."
        ),
    ),
    "no file": (
        f"{HEAD}plan: no.yaml\ncases:\n  - {{name: a, as_of: 2026-05-01, scope: all}}\n",
        (
            'mine/cases.yaml:2:1: plan: There is no file "no.yaml". '
            "A path starts from the folder of this test file."
        ),
    ),
    "outcome": (
        case("rule: TST-01, outcome: passed"),
        (
            'mine/cases.yaml:13:33: cases[0].expect[0].outcome: "passed" is not one of the values. '
            "Did you mean pass?"
        ),
    ),
    "key": (
        case("rule: TST-01, outcom: pass"),
        "mine/cases.yaml:13:9: cases[0].expect[0].outcome: This key is required.",
    ),
    "part": (
        case("rule: TST-01, outcome: any", part=PART.replace("migrated,", "migratted,")),
        (
            "mine/cases.yaml:9:37: cases[0].plan.standardization.systems.family-register.status: "
            '"migratted" is not one of the values. Did you mean migrated?'
        ),
    ),
    "no mapping": (
        case("rule: TST-01, outcome: any", part="      municipality: 神石高原町\n"),
        "mine/cases.yaml:6:21: cases[0].plan.municipality: Keys and values are expected here.",
    ),
    "prefecture": (
        case("rule: TST-01, outcome: any", '    prefecture: "99"\n'),
        'mine/cases.yaml:5:5: cases[0].prefecture: There is no prefecture "99".',
    ),
    "prefecture and code": (
        case(
            "rule: TST-01, outcome: any",
            '    prefecture: "34"\n',
            '      municipality: {code: "345458"}\n',
        ),
        (
            "mine/cases.yaml:5:5: cases[0].prefecture: The municipality code of the plan "
            "tells its prefecture. Drop prefecture."
        ),
    ),
    "format": (
        "format: dxrules/plan/1\n",
        (
            'mine/cases.yaml:1:9: format: A file of the format "dxrules/plan/1" cannot be read '
            "here. What can be read is dxrules/test/1."
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_file(tmp_path, name):
    """Each fault is told with its place and the way out."""
    text, message = WRONG[name]
    assert refused(tmp_path, text)[0] == message


def test_prefecture_beside_a_file(tmp_path):
    """A plan file has its own prefecture."""
    (tmp_path / "plan.yaml").write_text(
        (DATA / "plans" / "34999-mihon.yaml").read_text("utf-8"), "utf-8"
    )
    text = f"""\
{HEAD}plan: plan.yaml
cases:
  - {{name: a, as_of: 2026-05-01, prefecture: "34", scope: all}}
"""
    assert refused(tmp_path, text) == [
        (
            "mine/cases.yaml:4:34: cases[0].prefecture: The municipality code of the plan "
            "tells its prefecture. Drop prefecture."
        )
    ]


def test_wrong_plan_file(tmp_path):
    """What is wrong with a plan that a case names is told at its own place, and once."""
    (tmp_path / "plan.yaml").write_text("format: dxrules/plan/1\nrecorded: x\n", "utf-8")
    text = f"""\
{HEAD}plan: {tmp_path / "plan.yaml"}
cases:
  - {{name: a, as_of: 2026-05-01, scope: all}}
  - {{name: b, as_of: 2026-05-01, scope: all}}
"""
    found = refused(tmp_path, text)
    assert [each.partition(": ")[0] for each in found] == [
        "plan.yaml:1:1",
        "plan.yaml:1:1",
        "plan.yaml:2:11",
    ]


def test_all_faults_of_all_files(tmp_path):
    """The faults of every file are told at once; one of a plan of all cases once."""
    own = load(tmp_path / "rulesets")
    for name, text in {
        "a.yaml": WRONG["rule"][0],
        "b.yaml": f"{HEAD}cases: []\n",
        "c.yaml": f"{HEAD}plan: {{measures: x}}\ncases:\n"
        "  - {name: a, as_of: 2026-05-01, scope: all}\n"
        "  - {name: b, as_of: 2026-05-01, scope: all}\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_cases([(tmp_path / name, name) for name in ("a.yaml", "b.yaml", "c.yaml")], own)
    assert [(str(p.place), p.key) for p in caught.value.problems] == [
        ("a.yaml:13:10", "cases[0].expect[0].rule"),
        ("b.yaml:2:1", "cases"),
        ("c.yaml:2:18", "plan.measures"),
    ]


# Where they stand


def test_where_test_files_stand(tmp_path):
    """By default they stand in tests/ of the rulesets; a folder stands for those in it."""
    assert case_files([], tmp_path, "mine") == []
    for name in ("tests/b.yaml", "tests/sub/a.YML", "tests/.hidden.yaml", "tests/note.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    expected = [(tmp_path / "tests" / n, f"mine/tests/{n}") for n in ("b.yaml", "sub/a.YML")]
    assert case_files([], tmp_path, "mine") == expected
    assert case_files([(tmp_path / "tests", "mine/tests")], None, "rulesets") == expected
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"^empty: no test file \(\.yaml\) in this folder\.$"):
        case_files([(tmp_path / "empty", "empty")], None, "rulesets")


def test_no_ruleset_goes_astray(tmp_path):
    """Test files are no rulesets; a ruleset among them is told to be in the wrong place."""
    root = folder(tmp_path, {"national/test.yaml": GOOD, "tests/a.yaml": case("rule: x")})
    load(root)
    (root / "tests" / "b.yaml").write_text(GOOD, "utf-8")
    with pytest.raises(InputError, match=r"tests/b\.yaml:1:1: No ruleset is read from here\."):
        load(root)
