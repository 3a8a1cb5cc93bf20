"""Test files: how they are read, what comes of them, and those that are shipped."""

from __future__ import annotations

import json
from datetime import date
from importlib import import_module

import jsonschema
import pytest

from dxrules.cli import main
from dxrules.engine import available
from dxrules.errors import InputError, UsageError
from dxrules.keeper.case_schema import case_schema
from dxrules.keeper.cases import case_files, read_cases
from dxrules.keeper.trials import run_cases
from dxrules.source import from_text
from tests.lawbooks import GOOD, ROOT, broken, folder, law, load
from tests.small import DATA

HEAD = "format: dxrules/test/1\n"
PART = """\
      standardization:
        scope: list
        systems:
          family-register: {status: migrated, migrated: 2026-04-01, exception: none}
          national-pension: {status: migrated, migrated: 2026-03-31}
"""


def case(expect="", more="", part=PART, day="2026-05-01"):
    """Return a test file of one case."""
    lines = "".join(f"      - {{{each}}}\n" for each in expect.splitlines() if each)
    return (
        f"{HEAD}cases:\n  - name: 移行\n    as_of: {day}\n{more}"
        f"    plan:\n{part or '      {}'}\n" + (f"    expect:\n{lines}" if lines else "")
    )


def read(tmp_path, text, own=None):
    """Read the cases of a text by the good law."""
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return read_cases([(path, "mine/cases.yaml")], own or load(tmp_path / "rulesets"))


def refused(tmp_path, text):
    """Return what is wrong with a text."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return [problem.text.en for problem in caught.value.problems]


def run(tmp_path, text, own=None, **options):
    """Return what comes of the one case of a text."""
    own = own or load(tmp_path / "rulesets")
    (result,) = run_cases(read(tmp_path, text, own), own, **options).results
    return result


def differences(result):
    """Return where something came out otherwise, and what."""
    return [(m.place.line, m.rule, m.key, m.what, m.expected, m.came) for m in result.mismatches]


# ---- What comes of a case ----


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


# ---- A part of a plan ----


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


# ---- What is refused ----

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


# ---- Where they stand ----


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


# ---- The command ----


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder with the good ruleset and one test file."""
    folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    (tmp_path / "rulesets" / "tests").mkdir()
    (tmp_path / "rulesets" / "tests" / "a.yaml").write_text(
        case("rule: TST-03, outcome: fail"), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


CALL = ("rules", "test", "--rulesets", "rulesets")


@pytest.mark.usefixtures("here")
def test_command(capsys):
    """The examples run, and the test files of the folder with them."""
    assert main([*CALL, "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        "ok TST-01 pass 2, fail 1, cannot be told 1\n"
        "ok TST-02 pass 1, fail 1\n"
        "ok TST-03 pass 1, fail 1\n"
        "8 of 8 examples came out as stated\n"
        "\n"
        "rulesets/tests/a.yaml\n"
        "ok 2026-05-01 移行\n"
        "1 of 1 cases came out as stated\n"
    )


FAILING = case(
    "rule: TST-01, key: [family-register, x], outcome: pass\n"
    "rule: TST-02, outcome: not_in_force, severity: note\n"
    "rule: TST-03, outcome: fail, severity: error",
    "    scope: all\n",
    PART.replace("national-pension: {status: migrated, migrated: 2026-03-31}", "")
    + "      waivers: [{rule: X, kind: plan, key: p, reason: a, authority: b,"
    " from: 2026-04-01, until: 2026-05-01}]\n",
)
MESSAGES = {
    "ja": """\
例 8 件のうち 8 件が期待どおり

f.yaml
NG 2026-05-01 移行
   f.yaml:15:9: TST-01 x: その対象はありません。 使えるのは: family-register。
   f.yaml:15:9: TST-01 family-register: 適合 のはずが 不適合(「戸籍」は2026-03-31までに移行してい
     ない)
   f.yaml:16:9: TST-02 plan: 適用期間外 のはずが 対象外(TST-03 と同じ原因)
   f.yaml:17:9: TST-03 plan: 重大度は 重大 のはずが 注意
   f.yaml:3:5: WVR-04 p: 期待していない不適合(X という規則はない)
事例 1 件のうち 0 件が期待どおり
""",
    "en": """\
8 of 8 examples came out as stated

f.yaml
NG 2026-05-01 移行
   f.yaml:15:9: TST-01 x: There is no such subject. Known here: family-register.
   f.yaml:15:9: TST-01 family-register: pass expected, fail came (Family register was not migrated
     by 2026-03-31)
   f.yaml:16:9: TST-02 plan: not in force expected, not applicable came (Same cause as TST-03)
   f.yaml:17:9: TST-03 plan: severity error expected, note came
   f.yaml:3:5: WVR-04 p: fail was not expected (There is no rule X)
0 of 1 cases came out as stated
""",
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_command_with_a_file(here, capsys, lang):
    """A file that is named is run instead, and whatever came out otherwise is said."""
    (here / "f.yaml").write_text(FAILING, "utf-8")
    assert main([*CALL, "f.yaml", "--lang", lang]) == 1
    assert capsys.readouterr() == (MESSAGES[lang], "")


def test_alike(here, capsys):
    """Subjects that came out alike for the same reason share a line, the first few by name."""
    part = """\
      plan: {established: 2026-04-01}
      measures: []
"""
    rule = GOOD[GOOD.index("  - id: TST-03") :]
    of_areas = rule.replace("subject: plan", "subject: area").replace("TST-03", "TST-04")
    of_areas = of_areas.replace("{period_end: {known: yes}}", "{covered: {is: yes}}")
    of_areas = of_areas.replace("    due: period_end\n", "").replace("OLD-03", "OLD-04")
    of_areas = of_areas.replace("period_end: 2026-09", "covered: yes")
    of_areas = of_areas.replace("period_end: silent", "covered: no")
    (here / "rulesets" / "national" / "test.yaml").write_text(GOOD + of_areas, "utf-8")
    (here / "f.yaml").write_text(case("rule: TST-04, outcome: pass", part=part), "utf-8")
    assert main([*CALL, "f.yaml", "--lang", "en"]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert (
        "f.yaml:10:9: TST-04 ai, analog-regulation, bpr, common-platform and 13 more: "
        "pass expected, fail came (There is no period) 0 of 1 cases" in shown
    )


def test_part_of_a_message(here, capsys):
    """A message that lacks the part that is stated is shown whole."""
    expect = "rule: TST-03, outcome: fail, message: 予算"
    (here / "f.yaml").write_text(case(expect), "utf-8")
    assert main([*CALL, "f.yaml", "--lang", "en"]) == 1
    line = '   f.yaml:13:9: TST-03 plan: "予算" is not in the message (There is no period)\n'
    assert line in capsys.readouterr().out


def test_command_in_json(here, capsys):
    """JSON has every example and every case, with what came out otherwise in both languages."""
    (here / "f.yaml").write_text(FAILING, "utf-8")
    assert main([*CALL, "f.yaml", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["format"], report["engines"]) == ("dxrules/rules-test/1", ["interpreter"])
    assert (report["coverage"], report["mutants"]) == (None, None)
    assert report["examples"][0] == {
        "rule": "TST-01",
        "place": {"file": "rulesets/national/test.yaml", "line": 35, "column": 9},
        "day": "2026-09-30",
        "expected": "pass",
        "came": "pass",
        "passed": True,
    }
    (result,) = report["cases"]
    mismatches = result.pop("mismatches")
    assert result == {
        "name": {"ja": "移行", "en": "移行"},
        "place": {"file": "f.yaml", "line": 3, "column": 5},
        "plan": "f.yaml",
        "as_of": "2026-05-01",
        "passed": False,
    }
    assert mismatches[-1] == {
        "place": {"file": "f.yaml", "line": 3, "column": 5},
        "rule": "WVR-04",
        "key": "p",
        "what": "unexpected",
        "expected": None,
        "came": "fail",
        "message": {
            "ja": "期待していない不適合(X という規則はない)",
            "en": "fail was not expected (There is no rule X)",
        },
    }


def test_command_with_a_wrong_file(here, capsys):
    """A wrong test file is an input that is wrong."""
    (here / "f.yaml").write_text(f"{HEAD}cases: []\n", "utf-8")
    assert main([*CALL, "f.yaml", "--lang", "en"]) == 2
    assert capsys.readouterr() == ("", "f.yaml:2:1: cases: There is no case.\n")
    assert main([*CALL, "none.yaml", "--lang", "en"]) == 2
    assert capsys.readouterr() == ("", "none.yaml:1:1: No such file.\n")


@pytest.mark.skipif(not available(), reason="durable_rules is not installed")
@pytest.mark.usefixtures("here")
def test_engines_that_differ(monkeypatch, capsys):
    """Where the engines differ nothing can be trusted."""
    monkeypatch.setattr(
        import_module("dxrules.assessment.assess"),  # by its name it is the function
        "disagreements",
        lambda outcomes, *_: [next(pair for pair in outcomes if pair[0] == "TST-03")],
    )
    assert main([*CALL, "--engine", "both", "--lang", "en"]) == 3
    assert "TST-03 plan: fail expected, error came (The engines differ" in capsys.readouterr().out
    assert main([*CALL, "--lang", "en"]) == 0


def test_small_changes(here, capsys):
    """With --mutate a change that no example notices is a finding, in text and in JSON."""
    ruleset = here / "rulesets" / "national" / "test.yaml"
    assert main([*CALL, "--mutate", "--lang", "en"]) == 1
    assert "go unnoticed" in capsys.readouterr().out
    assert main([*CALL, "--mutate", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["mutants"]["counts"]["alive"] > 0
    ruleset.write_text(
        GOOD[: GOOD.index("parameters:")] + "rules:\n" + GOOD[GOOD.index("  - id: TST-03") :],
        "utf-8",
    )
    assert main([*CALL, "--mutate", "--lang", "en"]) == 0
    assert "0 go unnoticed" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_one_engine_of_two(monkeypatch, capsys):
    """Where both engines are asked for and one is missing, the first line says so."""
    monkeypatch.setattr(import_module("dxrules.assessment.assess"), "available", lambda: False)
    assert main([*CALL, "--engine", "both", "--lang", "en"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert (
        first == "! One engine only (durable_rules is not installed, so nothing was checked twice)"
    )


# ---- What is shipped ----


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
