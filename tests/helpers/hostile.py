"""A plan with markup in every text that a plan can hold, and in the name of its file."""

from __future__ import annotations

import json
from itertools import count

import yaml

LINE = (
    "<img src=x onerror=alert({n})><script>alert({n})</script></script></style></title></svg>"
    "<xss onload=alert({n})> \"'&{n} javascript:alert({n})"
)
FRAGMENT = "<xss onload=alert({n})>\"'&{n}</xss>"

NAME = "34999-<xss onload=alert(0)>\"'&.yaml"

_TEXT = """\
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: LINE, en: LINE}}
recorded: 令和8年3月
plan:
  title: LINE
  edition: LINE
  author: LINE
  status: established
  established: 令和8年3月
  revised: [{on: 令和8年3月, scope: LINE}]
  replaces: {title: LINE}
  parents: [{title: LINE, stage: LINE}]
  cites: [{document: dx-promotion-plan, title: LINE, date: 令和7年12月}]
  details_in: [{title: LINE, parts: [measures], status: planned}]
  period: 令和8年度～令和10年度
  successor: LINE
  evidence: [{section: LINE, page: 1, text: FRAGMENT}]
provisions:
  cio:
    status: none
    evidence: [{section: LINE, page: 2, text: FRAGMENT}]
  progress-review:
    status: in-place
    title: LINE
    evidence: [{section: LINE, page: 4, text: FRAGMENT}]
  ciso: {status: none}
standardization:
  scope: list
  in_scope: 3
  systems:
    resident-register: {status: migrated, migrated: 令和8年1月}
    family-register:
      status: not-migrated
      exception: none
      target: 令和9年度
      evidence: [{section: LINE, page: 4, text: FRAGMENT, from: secondary}]
measures:
  - id: survey
    title: LINE
    areas: [bpr]
    status: planned
    start: 令和8年10月
    due: 令和9年9月
    owner: LINE
    milestones: [{title: LINE, on: 令和9年1月}]
    evidence: [{section: LINE, page: 5, text: FRAGMENT}]
  - id: review
    title: LINE
    areas: [bpr]
    status: planned
    start: 2026-10-01
    due: 令和9年3月
    requires: [{id: survey, kind: finish-to-start}, {id: not-there, kind: finish-to-start}]
  - {id: loop-a, title: LINE, areas: [ai], requires: [{id: loop-b, kind: finish-to-start}]}
  - {id: loop-b, title: LINE, areas: [ai], requires: [{id: loop-a, kind: finish-to-start}]}
indicators:
  - id: share
    title: LINE
    areas: [bpr]
    unit: LINE
    measure: LINE
    denominator: LINE
    goal: LINE
    text_measure: {name: LINE, value: 5}
    baseline: {value: 10, on: 令和7年度}
    targets: [{value: 20, year: 令和8年度}, {relative: LINE, year: 令和9年度}]
document:
  read: part
  lost: [{part: schedule, section: LINE, what: LINE}]
  passages:
    - {problem: draft-mark, section: LINE, text: FRAGMENT}
    - {problem: names-differ, section: LINE, text: FRAGMENT, correct: LINE}
waivers:
  - rule: TST-03
    kind: provision
    key: progress-review
    reason: LINE
    authority: LINE
    document: LINE
    from: 2026-04-01
    until: 2027-03-31
"""


LOUD = (
    "::error file=a.yml,line={n}::forged ##[error]{n} ##vso[task.complete]{n} %%{{init: {{}}}}%% "
    "`a` | =1+1 https://a.example @town \\N \N{HEBREW LETTER ALEF} #35; ::stop-commands::{n}"
)
"""Texts that a plan may hold, and that a CI service, a format or a spreadsheet would obey."""
LOUD_FRAGMENT = "::error::{n} ##[group]{n} ＝1+1"

LOUD_NAMES = (
    "::error::a.yaml",
    "##[error]a.yaml",
    "a\x1b[31mred\x07.yaml",
    "a\x9b2J\x85.yaml",
    "a\n::error::b.yaml",
    "a\r   fail 0.yaml",
    "a\u202egnp\u2066.yaml",
    "a\u200bb\U000e0041.yaml",
    "a`<img src=x>`|b.yaml",
    "＝1+1.yaml",
)
"""Names of files that a pull request can bring."""
NO_UTF8 = b"a\xff\x83e.yaml"
"""The name of a file from a ZIP of a Japanese computer."""


def plan_text(line=LINE, fragment=FRAGMENT):
    """Return the plan with its texts made of these; each has a number of its own."""
    numbers, text = count(1), _TEXT
    for word, markup in (("LINE", line), ("FRAGMENT", fragment)):
        head, *rest = text.split(word)
        for part in rest:
            head += json.dumps(markup.format(n=next(numbers)), ensure_ascii=False) + part
        text = head
    return text


def write_hostile_plan(folder):
    """Write the plan under its name."""
    path = folder / NAME
    path.write_text(plan_text(), encoding="utf-8")
    return path


def loud_rulesets(folder):
    """Let every text of a folder of rulesets begin with a command to a CI service."""
    for path in folder.rglob("*.yaml"):
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  (texts alone)
        path.write_text(json.dumps(_loud(data), ensure_ascii=False), "utf-8")


def _loud(data):
    if isinstance(data, list):
        return [_loud(each) for each in data]
    if not isinstance(data, dict):
        return data
    if data.keys() == {"ja", "en"}:
        return {lang: f"::warning::{text} ##[error]＝" for lang, text in data.items()}
    return {key: _loud(each) for key, each in data.items()}
