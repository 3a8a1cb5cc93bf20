"""Two versions of the small folder of rulesets, which differ in each way that rules can."""

from __future__ import annotations

import shutil

from tests.helpers.lawbooks import broken
from tests.helpers.small import DATA

RULES = "national/small.yaml"
_ADDED = """\
  - id: TST-11
    title: {ja: 計画の公表, en: The plan is published}
    about: plan
    strength: advice
    source: {ref: nation}
    in_force: {announced: 2026-05-01, from: 2026-05-01}
    subject: plan
    require: {published: {known: yes}}
    message: {ja: 公表の記載がない, en: Nothing is said of publishing it}
    remedy: {ja: 公表する, en: Publish it}
    examples:
      - {expect: pass, fact: {published: yes}}
      - {expect: fail, fact: {published: silent}}
"""
_EDITION = (
    '  - {id: "6.0", on: 2026-06-01, source: nakanojo, '
    "items: [front-yard, standardization, common-platform, security, ai, telework, bpr], "
    "items_verified: plan}\n"
)
_CHANGES = {
    # loosened, by a value; and known longer
    "value: 2026-03-31, source: policy}": "value: 2028-03-31, source: policy}",
    "{status: not-migrated, done_on: 2027年度, exception: none}": (
        "{status: not-migrated, done_on: 2028年度, exception: none}"
    ),
    "known_until: 2026-09-30": "known_until: 2026-12-31",
    # tightened, and a source of another clause
    "{owner: {known: yes}}": "{all: [{owner: {known: yes}}, {start: {from: 2026-05-01}}]}",
    "{owner: 総務課}": "{owner: 総務課, start: 2026-05-01}",
    'article: "2"': "article: 2_2",
    # graver, reworded, longer in force, renamed
    "severity: warning": "severity: error",
    "{ja: 前提とする取組を加える, en: Add the prerequisite}": "{ja: 前提を加える, en: Add it}",
    "from: 2023-04-01, until: 2026-03-31}": "from: 2023-04-01, until: 2027-03-31}",
    "  - id: TST-09\n": "  - id: TST-19\n    formerly: [TST-09]\n",
}


def write(root):
    """Write both folders, `old` and `new`, into a folder."""
    for name in ("old", "new"):
        shutil.copytree(DATA / "rulesets", root / name)
    rules, editions = root / "new" / RULES, root / "new/national/reference/editions.yaml"
    text = rules.read_text("utf-8")
    for old, new in _CHANGES.items():
        text = broken(old, new, text)
    rules.write_text(text[: text.index("  - id: TST-10")] + _ADDED, "utf-8")
    editions.write_text(editions.read_text("utf-8") + _EDITION, "utf-8")
