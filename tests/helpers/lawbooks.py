"""A small good folder of rulesets to break, the law and the towns of this checkout."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from dxrules.assessment import assess
from dxrules.errors import RulesetError
from dxrules.plan import read_plan
from dxrules.rules import load_law

ROOT = Path(__file__).resolve().parent.parent.parent
NOVEMBER = date(2026, 11, 20)
JUNE = date(2025, 6, 30)

TOWNS = {
    "nishikawa": "06322-nishikawa",
    "kaminokawa": "09301-kaminokawa",
    "nakanojo": "10421-nakanojo",
    "jinsekikogen": "34545-jinsekikogen",
    "koge": "40646-koge",
}

GOOD = """\
format: dxrules/ruleset/1
id: national/test
title: {ja: 試験, en: Test}
jurisdiction: {level: national}
known_until: 2026-09-30
sources:
  act: {title: {ja: 法律, en: Act}, kind: law, verified: primary, \
law_id: 503AC0000000040, revision: e-Gov 2026-02-08, read_on: 2026-11-29}
  guide: {title: {ja: 手引, en: Guide}, kind: guideline, verified: primary}
  rumour: {title: {ja: 噂, en: Rumour}, kind: notice, verified: unverified}
parameters:
  deadline:
    type: date
    values:
      - {from: 2020-04-01, until: 2023-03-31, value: 2025-03-31, source: act}
      - {from: 2023-04-01, value: 2026-03-31, source: act}
  limit: {type: number, values: [{from: 2020-04-01, value: 3, source: act}]}
  accepted: {type: codes, values: [{from: 2020-04-01, value: [transition-support], source: act}]}
rules:
  - id: TST-01
    title: {ja: 移行, en: Migration}
    about: town
    strength: statute
    source: {ref: act, clause: 第1条, article: "1"}
    in_force: {announced: 2020-04-01, from: 2020-06-01}
    subject: {system: [family-register, national-pension]}
    applies: {status: {is_not: excluded}}
    require:
      any:
        - done_on: {by: $deadline}
        - exception: {in: $accepted}
    due: $deadline
    message: {ja: "「{label}」は{due}までに移行していない", en: "{label} was not migrated by {due}"}
    remedy: {ja: 移行する, en: Migrate it}
    examples:
      - {expect: pass, fact: {status: migrated, done_on: 2026-03-31}}
      - {expect: pass, fact: {status: migrated, done_on: 2025-03-31}, on: 2021-04-01}
      - {expect: fail, fact: {status: not-migrated, done_on: 2026-04-01, exception: none}}
      - {expect: unknown, fact: {}}
  - id: TST-02
    title: {ja: 循環, en: Cycles}
    about: plan
    strength: consistency
    severity: note
    source: {ref: guide}
    in_force: {announced: 2020-04-01, from: 2020-04-01, until: 2027-03-31}
    subject: plan
    require: {cycles: {at_most: $limit}}
    unless_failed: TST-03
    message: {ja: "循環が{cycles}組ある", en: "{cycles} cycles"}
    remedy: {ja: 直す, en: Mend it}
    examples:
      - {expect: pass, fact: {cycles: 0..3}}
      - {expect: fail, fact: {cycles: 4}}
  - id: TST-03
    title: {ja: 期間, en: Period}
    about: plan
    strength: recommended
    source: {ref: guide}
    in_force: {announced: 2020-04-01, from: 2020-04-01}
    subject: plan
    require: {period_end: {known: yes}}
    due: period_end
    message: {ja: 期間がない, en: There is no period}
    remedy: {ja: 期間を書く, en: State the period}
    formerly: [OLD-03]
    examples:
      - {expect: pass, fact: {period_end: 2026-09}}
      - {expect: fail, fact: {period_end: silent}}
"""
"""A good ruleset; each way to be wrong replaces a text that stands in it once."""


def broken(old, new, text=GOOD):
    """Return a text with one of its passages replaced."""
    assert text.count(old) == 1, (text.count(old), old)
    return text.replace(old, new)


ONE_RULE = GOOD[: GOOD.index("  - id: TST-02")]


def prefectural(code, parameter="deadline", ruleset="prefecture/34", rule="P34-01"):
    """Return a prefecture's ruleset of one rule, which names a parameter of its own name."""
    text = broken("id: national/test", f"id: {ruleset}", ONE_RULE)
    text = broken("{level: national}", f'{{level: prefecture, code: "{code}"}}', text)
    text = broken("id: TST-01", f"id: {rule}", text).replace("$deadline", f"${parameter}")
    text = broken("  deadline:", f"  {parameter}:", text)
    text = broken("  limit: {", f"  limit-{ruleset[-2:]}: {{", text)
    return broken("  accepted: {", f"  accepted-{ruleset[-2:]}: {{", text)


def folder(root, rulesets):
    """Write rulesets by their path, beside the nation's reference data; return the folder."""
    (root / "national").mkdir(parents=True, exist_ok=True)
    reference = root / "national" / "reference"
    if not reference.exists():
        reference.symlink_to(ROOT / "rulesets" / "national" / "reference")
    for path, text in rulesets.items():
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def load(root, text=GOOD, **more):
    """Return the law of a folder with one national ruleset, and more by their path."""
    return load_law(folder(root, {"national/test.yaml": text, **more}))


FILE = "rulesets/national/test.yaml"
OTHER = "rulesets/prefecture/34.yaml"
"""Where the national ruleset of such a folder stands, and that of a prefecture."""


def refused(root, text=GOOD, **more):
    """Return what is said of a folder that cannot be read, fault by fault in both languages."""
    with pytest.raises(RulesetError) as caught:
        load(root, text, **more)
    return [(problem.text.ja, problem.text.en) for problem in caught.value.problems]


@cache
def law():
    """Return the law of this checkout."""
    return load_law(ROOT / "rulesets")


@cache
def town(name):
    """Return the plan file of a town."""
    path = ROOT / "facts" / f"{TOWNS[name]}.yaml"
    return read_plan(path, law().reference, f"facts/{path.name}")


def towns():
    """Return the plan files of the five towns, in the order of their codes."""
    return [town(name) for name in TOWNS]


@cache
def judged(name, day=NOVEMBER):
    """Return what the interpreter finds of a town on a day."""
    return found_of(town(name), day)


def of(plan, rule, key=None):
    """Return the one finding of a rule, on a key where it has several."""
    (finding,) = [f for f in plan.findings if f.rule.id == rule and (key is None or f.key == key)]
    return finding


def found_of(file, day=NOVEMBER, own=None, **options):
    """Judge one plan by the law of this checkout, or one's own; return what was found."""
    options = {"engine": "interpreter"} | options
    (found,) = assess([file], own or law(), day, **options).plans
    return found


def change_days():
    """Return each day on which a rule or a parameter begins or ends, and those beside it."""
    days = set()
    for ruleset in law().rulesets:
        forces = [rule.in_force for rule in ruleset.rules]
        days |= {day for force in forces for day in (force.announced, force.since, force.until)}
        entries = [entry for dated in ruleset.parameters.values() for entry in dated.entries]
        days |= {day for entry in entries for day in (entry.since, entry.until)}
    return sorted({day + n * timedelta(days=1) for day in days if day for n in (-1, 0, 1)})
