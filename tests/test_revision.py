"""A revision of the national plan is carried in by editing YAML alone, as the docs show it.

`DXRULES_UPDATE_GOLDEN=1 pytest tests/test_revision.py` takes over figures that have changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date, timedelta

import pytest

from dxrules.assessment import assess
from dxrules.assessment.explain import explain
from dxrules.derivation import derive
from dxrules.engine import available
from dxrules.plan import plan_of, read_plan
from dxrules.rules import Outcome, load_law
from dxrules.source.read import from_text
from tests.helpers.lawbooks import ROOT, TOWNS
from tests.helpers.shown import (
    blocks,
    call,
    commands_of,
    kept,
    missing,
)

PAGES = {"en": ROOT / "docs" / "revision.md", "ja": ROOT / "docs" / "revision.ja.md"}
COPIED = ("rulesets", "facts", "docs/revision")
AT_THE_END = "@@ at the end @@"
CODES = [1, 1, 0, 0, 0, 0, 0]
"""How the commands shown end: a revision touches rules, and the first lint finds the examples that
speak of the old deadline."""

KNOWN = "known_until: 2027-06-30"
DUTIES = [f"DDP-{number:02}" for number in range(1, 11)]
IN_FORCE = date(2029, 4, 1)
EDITION = date(2027, 3, 30)


def edit(root, block):
    """Edit a file as a block shows it: each hunk stands in the file once, or comes at its end."""
    head, _, rest = block.partition("\n")
    path = root / head.removeprefix("--- ")
    text = path.read_text("utf-8")
    _, *parts = re.split(r"^(@@.*)\n", rest, flags=re.MULTILINE)
    for where, hunk in zip(parts[::2], parts[1::2], strict=True):
        lines = hunk.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " -")
        new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " +")
        if where == AT_THE_END:
            text += new
        else:
            assert f"\n{text}".count(f"\n{old}") == 1, (path, old)
            text = f"\n{text}".replace(f"\n{old}", f"\n{new}", 1)[1:]
    path.write_text(text, "utf-8")


def carried_in(root, page):
    """Do all that a page shows in a copy of the checkout; stop at each console block.

    Such a block is told by its place among all blocks of the page.
    """
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name)
    for number, (kind, text) in enumerate(blocks(page)):
        if kind == "diff":
            edit(root, text)
        elif kind == "yaml":
            (root / text.splitlines()[0].removeprefix("# ")).write_text(text, "utf-8")
        elif kind == "sh":
            for command in commands_of(kind, text):
                subprocess.run(["bash", "-euc", command], check=True, cwd=root)
        else:
            yield number


@pytest.fixture(scope="module")
def revised(tmp_path_factory):
    """Return a copy of the checkout with the revision carried in."""
    root = tmp_path_factory.mktemp("revised")
    assert [*carried_in(root, PAGES["ja"])]
    return root


@pytest.fixture(scope="module")
def law(revised):
    """Return the law as revised."""
    return load_law(revised / "rulesets")


@pytest.fixture(scope="module")
def before(revised):
    """Return the law as it was, known for as long as the revised one."""
    for path in sorted((revised / "before").rglob("*.yaml")):
        text = re.sub("^known_until: .*$", KNOWN, path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    return load_law(revised / "before")


# The page


@pytest.mark.slow
def test_page_is_carried_out(tmp_path, monkeypatch):
    """Every edit fits, every command runs, and every line of output shown is printed.

    Both pages are carried out at once: what they edit is the same.
    """
    monkeypatch.chdir(tmp_path)
    codes = {lang: [] for lang in PAGES}
    shown = {lang: blocks(page) for lang, page in PAGES.items()}
    for number in carried_in(tmp_path, PAGES["en"]):
        for lang, page in PAGES.items():
            kind, block = shown[lang][number]
            (command,) = commands_of(kind, block)
            code, text = call(command)
            codes[lang].append(code)
            _, *lines = kept(page, block, text.splitlines()).splitlines()
            assert (command, missing(lines, text.splitlines())) == (command, None)
    assert codes == dict.fromkeys(PAGES, CODES)


# What is carried in


PLAN = """\
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 2029-04-01
plan:
  title: DX推進計画
  period: 令和10年度～令和13年度
  cites: [{document: dx-promotion-plan, edition: "6.0"}]
"""
KEPT = """\
provisions:
  disaster-dx-plan: {status: in-place, published: yes, cycle: [yearly]}
  disaster-dx-officer: {status: in-place, rank: deputy-mayor}
  disaster-training: {status: in-place, scope: all-staff, cycle: [yearly]}
  disaster-drill: {status: in-place, cycle: [half-yearly]}
  shelter-register: {status: in-place}
  disaster-data-agreement: {status: in-place, applies: yes}
measures:
  - {id: sirens, title: 避難情報の配信, areas: [disaster-dx], status: planned, due: 令和11年度}
document: {read: complete}
"""
BROKEN = """\
provisions:
  disaster-dx-plan: {status: in-place, published: no, cycle: [as-needed]}
  disaster-dx-officer: {status: in-place, rank: manager}
  disaster-training: {status: in-place, scope: all-staff, cycle: [as-needed]}
  disaster-drill: {status: in-place, cycle: [as-needed]}
  shelter-register: {status: none}
  disaster-data-agreement: {status: none, applies: yes}
measures:
  - {id: sirens, title: 避難情報の配信, areas: [disaster-dx], status: planned}
document: {read: complete}
"""


def plan(law, sections):
    """Return a small plan of the revised law."""
    return plan_of(from_text(PLAN + sections, "plan.yaml"), law.reference)


def outcomes(law, file, day):
    """Judge a plan by both engines, where both are there; return each outcome by its subject."""
    (found,) = assess([file], law, day).plans
    return {finding.subject: finding.outcome.value for finding in found.findings}


def town(root, law, name):
    """Return the plan file of a town, as it stands in a checkout."""
    return read_plan(root / "facts" / f"{TOWNS[name]}.yaml", law.reference)


def duties(law, sections):
    """Return how a plan comes out on each of the ten duties."""
    found = outcomes(law, plan(law, sections), IN_FORCE)
    return {subject[0]: outcome for subject, outcome in found.items() if subject[0] in DUTIES}


@pytest.mark.slow
def test_both_engines_judge_every_town(revised, law):
    """On each day on which something of the revision begins no pair of any town is an error."""
    files = [town(revised, law, name) for name in TOWNS]
    for day in (EDITION, date(2027, 6, 18), date(2028, 4, 1), IN_FORCE):
        judged = assess(files, law, day)
        assert len(judged.engines) == 1 + available()
        assert [plan.of(Outcome.ERROR) for plan in judged.plans] == [()] * len(files)


def test_area_without_facts_is_judged(revised, law):
    """A plan that knows nothing of the new area is asked for it from the edition's day on."""
    file = town(revised, law, "koge")
    subject = ("DXP-15", "area", "disaster-dx")
    assert outcomes(law, file, EDITION - timedelta(days=1))[subject] == "not_applicable"
    assert outcomes(law, file, EDITION)[subject] == "fail"


def test_plan_read_again_has_the_area(revised, law):
    """The measure that was found to belong to the new area covers it."""
    file = town(revised, law, "kaminokawa")
    assert outcomes(law, file, EDITION)["DXP-15", "area", "disaster-dx"] == "pass"


@pytest.mark.parametrize("name", TOWNS)
def test_nothing_shows_before_its_day(revised, before, law, name):
    """Judged on the day before the edition, a town comes out as by the law before."""
    day = EDITION - timedelta(days=1)
    old = outcomes(before, town(ROOT, before, name), day)
    new = outcomes(law, town(revised, law, name), day)
    renamed = {("AIG-01", *s[1:]) if s[0] == "AIU-01" else s: o for s, o in new.items()}
    of_area = {s: o for s, o in renamed.items() if s[2] == "disaster-dx"}
    assert {s: o for s, o in renamed.items() if s not in of_area} == old
    assert set(of_area.values()) <= {"not_applicable", "pass"}


@pytest.mark.parametrize(
    ("sections", "came"),
    [
        (KEPT, "pass"),
        ("", "unknown"),
        ("provisions: {}\nmeasures: []\n", "unknown"),
    ],
    ids=["kept", "unread", "silent"],
)
def test_ten_duties(law, sections, came):
    """A town that says that it keeps each duty passes all ten; silence is no accusation."""
    found = duties(law, sections)
    silent = {"DDP-10": "not_applicable"} if "measures: []" in sections else {}
    assert found == dict.fromkeys(DUTIES, came) | silent


def test_ten_duties_are_broken(law):
    """Each duty that is stated to be unmet fails; what hangs on another thing does not apply."""
    found = duties(law, BROKEN)
    assert found == dict.fromkeys(DUTIES, "fail") | {"DDP-01": "pass", "DDP-04": "pass"}
    found = duties(law, "provisions: {disaster-dx-plan: {status: none}}\n")
    assert found["DDP-01"] == "fail"
    assert {found["DDP-02"], found["DDP-03"]} == {"not_applicable"}


def test_duties_are_announced_before_they_hold(law):
    """From the day of promulgation the duties are listed with their first day."""
    promulgated = date(2027, 6, 18)
    assert law.lawbook(promulgated - timedelta(days=1)).rule("DDP-01") is None
    coming = {rule.id: rule.in_force.since for rule in law.lawbook(promulgated).not_in_force}
    days = dict.fromkeys(DUTIES, date(2028, 4, 1)) | {"DDP-08": IN_FORCE}
    assert {name: coming[name] for name in DUTIES} == days


def test_officer_stands_in_a_chart(law):
    """Where a plan lost its chart, the silence on an office says nothing; on a drill it does."""
    lost = "document: {read: complete, lost: [{part: organization, what: 体制図}]}\n"
    file = plan(law, f"provisions: {{}}\n{lost}")
    found = derive(file, law.reference, IN_FORCE, {"provision": frozenset({"status"})})
    silent = {fact.key: fact.values["status"].silent for fact in found}
    keys = ("cio", "disaster-dx-officer", "disaster-drill")
    assert [silent[key] for key in keys] == [False, False, True]


def test_deadline_moves_on_its_day(law):
    """Up to the day before the amendment the old deadline holds, from it on the new one."""
    sections = """\
standardization: {scope: all, deferred_functions: {status: some, due: 令和10年度末}}
"""
    subject = ("STD-04", "standardization", "standardization")
    days = {date(2027, 3, 31): "pass", date(2027, 4, 1): "fail"}
    file = plan(law, sections)
    assert {day: outcomes(law, file, day)[subject] for day in days} == days


def test_renamed_rule_is_found_by_its_old_id(law):
    """A waiver that names the old id accepts what the rule finds; so does `explain`."""
    sections = """\
provisions: {ai-guideline: {status: none, applies: yes}}
waivers:
  - {rule: AIG-01, kind: provision, key: ai-guideline, reason: 策定中, authority: 町長,
     from: 2027-04-01, until: 2031-03-31}
"""
    found = outcomes(law, plan(law, sections), IN_FORCE)
    assert found["AIU-01", "provision", "ai-guideline"] == "waived"
    assert explain(law, "AIG-01").rule.id == "AIU-01"


def test_lapsed_rule_is_listed(law):
    """The rule that lapsed is named with its last day, and its successor takes its place."""
    last = EDITION - timedelta(days=1)
    forces = {
        day: [rule_id for rule_id in ("DXP-14", "DXP-16") if holds(law, rule_id, day)]
        for day in (last, EDITION)
    }
    assert forces == {last: ["DXP-14"], EDITION: ["DXP-16"]}
    (lapsed,) = [rule for rule in law.lawbook(EDITION).not_in_force if rule.id == "DXP-14"]
    assert lapsed.in_force.until == last


def holds(law, rule_id, day):
    """Tell whether a rule is in force on a day."""
    return rule_id in {rule.id for rule in law.lawbook(day).rules}


@pytest.mark.parametrize("command", ["schema plan", "new plan"])
def test_editors_know_what_was_added(revised, monkeypatch, command):
    """The schema and the template offer the new area and the new provisions of a folder."""
    monkeypatch.chdir(revised)
    code, text = call(f"dxrules {command} --rulesets rulesets")
    assert code == 0
    assert [name for name in ("disaster-dx", "shelter-register") if name not in text] == []
