"""What a change of the law does to towns: which verdicts change, and what changed them.

After a wanted change: `DXRULES_UPDATE_GOLDEN=1 pytest tests/test_impact.py`, then read the diff.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dxrules.assessment import assess
from dxrules.cli import main
from dxrules.derivation.provision import ProvisionSubject
from dxrules.engine import available
from dxrules.keeper.attribution import EFFECTS, States, Verdicts
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.frozen_law import all_known, held_still
from dxrules.keeper.git_revision import revision
from dxrules.keeper.impact import impact, pair_up, readable
from dxrules.keeper.rule_diff import RuleChange
from dxrules.plan import plan_of
from dxrules.report import json_values
from dxrules.report.impact import CAUSE_WORDS, EFFECT_WORDS
from dxrules.report.impact import text as of_impact
from dxrules.report.terminal import Style
from dxrules.rules import Outcome, load_law
from dxrules.source.read import from_text
from tests.helpers import two_laws
from tests.helpers.goldens import kept
from tests.helpers.lawbooks import JUNE, NOVEMBER, ROOT, TOWNS, law, town, towns
from tests.helpers.printed import printed
from tests.helpers.repositories import git
from tests.helpers.small import DATA, PLAN, changed

GOLDEN = ROOT / "tests" / "golden_changes"
MIHON = "34999-mihon.yaml"
PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN
NOT_APPLICABLE, WAIVED = Outcome.NOT_APPLICABLE, Outcome.WAIVED


def outcomes(file, of, day):
    """Return how each subject of a plan comes out."""
    (found,) = assess([file], of, day, engine="interpreter").plans
    return {finding.subject: (finding.outcome, finding.severity) for finding in found.findings}


def moved(files, old, new, day=NOVEMBER, **options):
    """Return the impact of one law's giving way to another, for plans that stay as they are."""
    sides = (each if isinstance(each, Side) else Side("law", each) for each in (old, new))
    pairs = [file if isinstance(file, tuple) else (file, file) for file in files]
    return impact(pairs, *sides, day, **{"engine": "interpreter"} | options)


def told(found):
    """Return what is told of the one plan: effect, rule, key and causes."""
    (one,) = found.towns
    return [(s.effect, s.finding.rule.id, s.finding.key, s.causes) for s in one.shifts]


@pytest.fixture(scope="module")
def laws(tmp_path_factory):
    """The small law as it was, and as it is."""
    root = tmp_path_factory.mktemp("laws")
    two_laws.write(root)
    return load_law(root / "old"), load_law(root / "new")


def mihon(changes=None, reference=None, *, read=False):
    """Return the small plan, with parts of it replaced; its indicators are read only if asked."""
    known = reference or load_law(DATA / "rulesets").reference
    unread = {} if read else {"indicators: []\n": ""}
    return plan_of(from_text(changed(unread | (changes or {})), f"plans/{MIHON}"), known)


# What did not happen


@pytest.mark.parametrize("day", [JUNE, NOVEMBER, date(2025, 12, 16)], ids=str)
@pytest.mark.parametrize("name", TOWNS)
def test_frozen_on_its_own_day(name, day):
    """A law that is frozen on a day says on that day what it always said."""
    assert outcomes(town(name), held_still(law(), day), day) == outcomes(town(name), law(), day)


@pytest.mark.parametrize("name", TOWNS)
def test_frozen_on_another_day(name):
    """On a later day it has the rules, constants and editions of the day it was frozen on."""
    later = held_still(law(), JUNE).lawbook(NOVEMBER, town(name).plan.municipality.prefecture)
    then = law().lawbook(JUNE, town(name).plan.municipality.prefecture)
    assert [rule.id for rule in later.rules] == [rule.id for rule in then.rules]
    assert [r.require for r in later.rules] == [r.require for r in then.rules]
    assert [r.id for r in later.not_in_force] == [r.id for r in then.not_in_force]
    reference = held_still(law(), JUNE).reference
    assert reference.edition_on(NOVEMBER).id == "4.0"
    assert reference.editions.keys() == law().reference.editions.keys()


def test_all_known():
    """Where everything is known, what is unknown for lack of knowledge is told."""
    file = town("kaminokawa")
    key = ("DXP-04", "plan", "plan")
    assert outcomes(file, law(), NOVEMBER)[key][0] is UNKNOWN
    assert outcomes(file, all_known(law()), NOVEMBER)[key][0] is PASS


# Nothing


@pytest.mark.slow
def test_an_empty_diff_has_no_impact():
    """Where nothing differs no verdict changes, for any town."""
    found = moved(towns(), law(), law())
    assert (found.diff.changes, [one.shifts for one in found.towns]) == ((), [()] * 5)
    assert not found.reaches("any")
    said = "law → law (as of 2026-11-20)\n\nNo verdict of these 5 municipalities changes.\n"
    assert printed(of_impact, found, Style("en")).endswith(said)


@pytest.mark.skipif(not available(), reason="asks durable_rules")
def test_both_engines(laws):
    """With both engines the same is told, and which judged."""
    one, two = (moved([mihon()], *laws, engine=engine) for engine in ("interpreter", "both"))
    assert told(one) == told(two)
    assert (one.engines, two.engines) == (("interpreter",), ("interpreter", "durable_rules"))
    assert two.trusted


# The law, the town, time


BY_LAW = [
    ("newly-failing", "TST-06", "survey", ("law",)),
    ("newly-failing", "TST-11", "plan", ("law",)),
    ("graver", "TST-07", "draft-mark", ("law",)),
    ("newly-passing", "TST-02", "family-register", ("law",)),
    ("newly-passing", "TST-08", "plan", ("law",)),
    ("no-longer-applicable", "TST-10", "-", ("law",)),
]


def test_the_law_changed(laws):
    """Every verdict that a change of the law turns is told with what changed, by effect."""
    assert told(moved([mihon()], *laws)) == BY_LAW


def test_the_other_way_round(laws):
    """What newly fails by one change newly passes by its reverse, or no longer applies."""
    turned = [(rule, key) for _, rule, key, _ in told(moved([mihon()], *reversed(laws)))]
    assert sorted(turned) == sorted((rule, key) for _, rule, key, _ in BY_LAW)


def test_the_town_changed(laws):
    """Where the law is the same, the town changed its verdicts by changing its plan."""
    edited = mihon({"ciso: {status: none}": "ciso: {status: in-place}", "【案】": "【草案】"})
    assert told(moved([(mihon(), edited)], laws[0], laws[0])) == [
        ("newly-passing", "TST-04", "ciso", ("town",))
    ]


def test_the_law_or_the_town_changed(laws):
    """Of each verdict it is told which of the two it would not be without."""
    edited = mihon({"ciso: {status: none}": "ciso: {status: in-place}"})
    assert told(moved([(mihon(), edited)], *laws)) == sorted(
        [*BY_LAW, ("newly-passing", "TST-04", "ciso", ("town",))],
        key=lambda each: (EFFECTS.index(each[0]), each[0] != "graver" and each[1]),
    )


def test_the_law_and_the_town_changed(laws):
    """Both did where either alone would have done, and where neither would have."""
    moved_later = "exception: none\n      target: 令和9年度\n"
    early = mihon(
        {"status: not-migrated": "status: migrated", moved_later: "migrated: 令和8年1月\n"}
    )
    either = told(moved([(mihon(), early)], *laws))
    assert ("newly-passing", "TST-02", "family-register", ("law", "town")) in either
    later = mihon({"start: 令和8年4月": "start: 2026-06-01", "owner: 総務課": "owner: 企画課"})
    dropped = mihon({"    owner: 総務課\n": ""})
    both = told(moved([(later, dropped)], *laws))
    assert ("newly-failing", "TST-06", "survey", ("town",)) in both


def test_a_subject_that_comes_or_goes(laws):
    """A new measure is judged for the first time; a section that comes ends "nothing to judge"."""
    more = "measures:\n  - {id: extra, title: 追加の取組, areas: [bpr], status: planned}\n"
    indicators = "indicators:\n  - {id: share, title: 利用率, areas: [ai]}\ndocument:\n"
    edited = mihon({"measures:\n": more, "document:\n": indicators})
    assert told(moved([(mihon(), edited)], laws[0], laws[0])) == [
        ("newly-failing", "TST-06", "extra", ("town",)),
        ("newly-failing", "TST-10", "share", ("town",)),
    ]
    assert told(moved([(edited, mihon())], laws[0], laws[0])) == [
        ("newly-unknown", "TST-10", "-", ("town",)),
        ("no-longer-applicable", "TST-06", "extra", ("town",)),
    ]


def test_time_passed(laws):
    """Between two days that the law is the same on, only time can have changed a verdict."""
    days = date(2026, 10, 31), date(2027, 4, 1)
    found = moved([mihon(read=True)], *(Side(str(day), laws[0], day) for day in days))
    assert found.diff.changes == ()
    assert told(found) == [
        ("newly-failing", "TST-03", "progress-review", ("time",)),
        ("newly-failing", "WVR-01", "progress-review", ("time",)),
    ]


@pytest.mark.slow
def test_what_is_known_ended():
    """Past the last day that is known, that alone can make a verdict unknown, or end that."""
    days = date(2026, 9, 30), date(2026, 10, 1)
    there, back = (
        moved([town("kaminokawa")], *(Side(str(day), law(), day) for day in pair))
        for pair in (days, days[::-1])
    )
    assert ("newly-unknown", "DXP-04", "plan", ("knowledge",)) in told(there)
    assert ("newly-passing", "DXP-04", "plan", ("knowledge",)) in told(back)


def test_two_waivers_of_one_subject(laws):
    """Two findings on one subject are told apart."""
    waiver = (
        "  - {rule: TST-06, kind: measure, key: assistant, reason: 同上, authority: 町長, "
        "from: 2025-04-01, until: 2026-03-31}\n"
    )
    text = (DATA / PLAN).read_text("utf-8") + waiver
    edited = plan_of(from_text(text, f"plans/{MIHON}"), laws[0].reference)
    assert told(moved([(mihon(read=True), edited)], laws[0], laws[0])) == [
        ("newly-failing", "WVR-01", "assistant", ("town",))
    ]


def test_without_waivers(laws):
    """Without waivers, none begins or ends."""
    days = date(2026, 10, 31), date(2027, 4, 1)
    sides = [Side(str(day), laws[0], day) for day in days]
    assert told(moved([mihon()], *sides, waivers=False)) == []


F_ERROR, F_NOTE = (FAIL, "error"), (FAIL, "note")
P, U, N, W, E = ((o, None) for o in (PASS, UNKNOWN, NOT_APPLICABLE, WAIVED, Outcome.ERROR))


@pytest.mark.parametrize(
    ("then", "now", "effect"),
    [
        (P, P, None),
        (F_NOTE, F_NOTE, None),
        (P, F_NOTE, "newly-failing"),
        (F_NOTE, F_ERROR, "graver"),
        (F_ERROR, F_NOTE, "less-grave"),
        (F_NOTE, U, "newly-unknown"),
        (F_NOTE, W, "waived"),
        (U, P, "newly-passing"),
        (P, N, "no-longer-applicable"),
        (P, E, "error"),
    ],
)
def test_what_happened_to_a_verdict(then, now, effect):
    """An effect is said by what the verdict is now; of two failures, by which is graver."""
    assert States(then, then, now, now, now, now, now).effect == effect


@pytest.mark.parametrize(
    ("states", "causes"),
    [
        ((P, P, P, F_NOTE, P, F_NOTE, F_NOTE), ("law",)),
        ((P, P, P, P, F_NOTE, F_NOTE, F_NOTE), ("town",)),
        ((P, P, P, P, P, F_NOTE, F_NOTE), ("law", "town")),
        ((P, P, P, F_NOTE, F_NOTE, F_NOTE, F_NOTE), ("law", "town")),
        ((P, P, U, U, U, U, U), ("time",)),
        ((P, P, U, F_NOTE, U, F_NOTE, F_NOTE), ("law", "time")),
        ((P, P, P, P, P, P, U), ("knowledge",)),
        ((U, P, P, P, P, P, P), ("knowledge",)),
        ((U, P, P, F_NOTE, P, F_NOTE, F_NOTE), ("law",)),
    ],
)
def test_causes(states, causes):
    """What a verdict would not be without is its cause; if either would do, both are."""
    assert States(*states).causes == causes


def test_every_word_is_there():
    """Each effect and each cause has its words."""
    assert tuple(EFFECT_WORDS) == EFFECTS
    assert set(CAUSE_WORDS) == {"law", "town", "time", "knowledge"}
    assert list(Verdicts((), {}).together(Verdicts((), {}))) == []


def test_what_only_has_another_name(laws):
    """A renamed rule is the same rule: its verdict does not change."""
    found = moved([mihon()], *laws)
    assert {"TST-09", "TST-19"}.isdisjoint(rule for _, rule, _, _ in told(found))


@pytest.mark.slow
def test_every_verdict_that_the_law_turns_is_explained():
    """Between the editions 4.0 and 5.1 each verdict that the law turns names what changed."""
    found = moved(towns(), Side("old", law(), JUNE), Side("new", law(), NOVEMBER))
    for one in found.towns:
        assert one.shifts
        for shift in one.shifts:
            assert shift.causes
            assert bool(shift.changes) is ("law" in shift.causes), shift.finding.subject
            for change in shift.changes:
                ids = change.ids if isinstance(change, RuleChange) else change.rules
                assert {shift.finding.rule.id, shift.finding.rule.unless_failed} & set(ids)


def test_subjects_that_change_alike():
    """What one rule says of many subjects alike is told once, with the first of them."""
    sides = Side("old", law(), JUNE), Side("new", law(), NOVEMBER)
    shown = printed(of_impact, moved([town("nishikawa")], *sides), Style("ja"))
    assert "    STD-02 標準準拠システムへの移行 ×17: 適合 → 要確認\n" in shown
    assert "、ほか9件\n      ← 日が経った(計画の策定・改定の日や期限との前後)\n" in shown


# Plans on both sides


def test_pairs(laws):
    """Plans are paired by path, then by town; what is on one side alone stays alone."""
    one, other = town("koge"), town("nishikawa")
    assert pair_up({"a": one, "b": other}, {"a": one, "c": other}) == [(one, one), (other, other)]
    assert pair_up({"a": one}, {"c": other}) == [(None, other), (one, None)]
    assert pair_up({"a": None, "b": one}, {"a": one, "b": None}) == []
    found = moved([(None, mihon()), (town("koge"), None)], laws[0], laws[0])
    assert [(t.file.name, t.before is None, t.after is None, t.shifts) for t in found.towns] == [
        ("plans/34999-mihon.yaml", True, False, ()),
        ("facts/40646-koge.yaml", False, True, ()),
    ]


def test_a_plan_that_names_what_only_one_law_has(laws):
    """A plan is read once for both laws, though one of them does not know what it names."""
    older = laws[0]
    known = older.reference.provisions
    newer = replace(
        older,
        reference=replace(
            older.reference,
            provisions={**known, "new-duty": known["ciso"].model_copy(update={"id": "new-duty"})},
        ),
    )
    reference = readable(older, newer)
    edited = mihon({"ciso: {status: none}": "new-duty: {status: none}"}, reference)
    assert told(moved([(mihon(), edited)], older, newer)) == [
        ("newly-unknown", "TST-04", "ciso", ("town",))
    ]


# The command


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with the small law and plan, committed as they were; then both change."""
    two_laws.write(tmp_path)
    (tmp_path / "old").rename(tmp_path / "rulesets")
    shutil.copytree(DATA / "plans", tmp_path / "plans")
    (tmp_path / "plans/README.md").write_text("# no plan\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    git("add", "rulesets", "plans")
    git("commit", "-qm", "first")
    shutil.rmtree("rulesets")
    Path("new").rename("rulesets")
    edited = changed({"ciso: {status: none}": "ciso: {status: in-place}"})
    Path("plans", MIHON).write_text(edited, "utf-8")
    monkeypatch.setattr(json_values, "__version__", "0")
    return tmp_path


CALL = ("rules", "impact", "plans", "--rulesets", "rulesets", "--engine", "interpreter")
SINCE = ("--from", "git:HEAD", "--as-of", str(NOVEMBER))


def golden(name, shown):
    """Compare what is shown with a file under tests/golden_changes, to the last byte."""
    assert shown == kept(GOLDEN / name, shown)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("impact.ja.txt", ("--lang", "ja")),
        ("impact.en.txt", ("--lang", "en")),
        ("impact.json", ("--format", "json")),
    ],
)
def test_golden(name, options, capsys):
    """`rules impact` says what its file under tests/golden_changes says."""
    assert main([*CALL, *SINCE, *options]) == 0
    commit = revision("HEAD", Path.cwd()).commit
    golden(name, capsys.readouterr().out.replace(commit, "0" * 40).replace(commit[:10], "0" * 10))


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(("threshold", "code"), [("never", 0), ("newly-failing", 1), ("any", 1)])
def test_thresholds(threshold, code, capsys):
    """The exit code is 1 if anything newly fails, or changes, where that is asked for."""
    assert main([*CALL, *SINCE, "--fail-on", threshold]) == code
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("repository")
def test_no_draft_reaches_a_threshold(capsys):
    """A verdict on a draft is shown, and never counts."""
    Path("rulesets").rename("new")
    git("checkout", "-q", "rulesets")
    assert main([*CALL, *SINCE, "--fail-on", "any", "--lang", "en"]) == 0
    assert "TST-04 CISO (draft): fail (note) → pass" in capsys.readouterr().out


@pytest.mark.usefixtures("repository")
def test_plans_that_one_side_lacks(capsys):
    """A plan that was not there, and one that is gone, are said to be missing; a moved one not."""
    Path("plans", MIHON).rename("plans/moved.yaml")
    other = changed({'code: "349992"': 'code: "019992"', "見本町": "他の町"})
    Path("plans/other.yaml").write_text(other, "utf-8")
    git("rm", "-rq", "--cached", "plans")
    assert main([*CALL, *SINCE, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "(plans/moved.yaml)\n  ■ newly failing (2)" in out
    assert "(plans/other.yaml)\n  ! There is no such plan in HEAD\n" in out
    Path("plans/moved.yaml").unlink()
    assert main([*CALL, f"plans/{MIHON}", *SINCE, "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert "(HEAD:plans/34999-mihon.yaml)\n  ! The plan's file is not there now\n" in out
    assert err == ""


@pytest.mark.usefixtures("repository")
def test_plans_that_cannot_be_read(capsys):
    """A plan that is wrong on either side is reported, with the revision, and left out."""
    Path("plans", MIHON).write_text("format: x\n", "utf-8")
    assert main([*CALL, *SINCE, "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"plans/{MIHON}:1:9: format:")
    git("commit", "-qam", "wrong")
    shutil.copy(DATA / PLAN, Path("plans", MIHON))
    assert main([*CALL, *SINCE, "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(f"HEAD:plans/{MIHON}:1:9: format:")
    between = ("--from", "git:HEAD~1", "--to", "git:HEAD")
    call = [*CALL[:2], "nowhere", *CALL[3:], *between, "--lang", "en"]
    assert main(call) == 2
    assert capsys.readouterr().err == (
        "nowhere: neither in HEAD~1:rulesets nor in HEAD:rulesets.\n"
    )


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("plans", "--from", "2025-06-30", "--as-of", "2026-11-20", "--to", "2026-11-20"),
            "dxrules: --as-of is the day to judge sides without a day by; both sides have one.\n",
        ),
        (
            ("-", "--from", "git:HEAD"),
            "dxrules: Standard input has no revisions. Name the file of the plan.\n",
        ),
    ],
)
def test_what_does_not_go_together(arguments, said, capsys):
    """A day too many, and standard input of the past, are refused."""
    assert main([*CALL[:2], *CALL[3:], *arguments, "--lang", "en"]) == 2
    assert capsys.readouterr() == ("", said)


@pytest.mark.usefixtures("repository")
def test_what_cannot_be_trusted(monkeypatch, capsys):
    """An attribute that could not be derived makes the run one not to be trusted."""
    monkeypatch.setattr(ProvisionSubject, "provided_for", lambda _: 1 // 0)
    assert main([*CALL, *SINCE]) == 3
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("repository")
def test_between_days(capsys):
    """Between two days each plan is read once, and it is said that its facts came later."""
    days = ("--from", "2025-06-30", "--to", str(NOVEMBER), "--lang", "ja")
    assert main([*CALL, *days]) == 0
    out = capsys.readouterr().out
    assert (
        "※ 2025-06-30 は、計画の内容の時点(令和8年3月(2026-03-01～2026-03-31))より前である" in out
    )
    assert "TST-01 適用が始まった(2026-04-01 から)" in out


@pytest.mark.usefixtures("repository")
def test_nothing_changes(capsys):
    """Where no verdict changes, that is said."""
    git("checkout", "-q", "plans")
    assert main([*CALL, "--from", "rulesets", "--to", "rulesets", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.split("\n\n", 1)[1].endswith("(plans/34999-mihon.yaml)\n  No verdict changes.\n")
