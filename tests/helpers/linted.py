"""A good folder of rulesets of which the linter says nothing, to break, and what it says then."""

from __future__ import annotations

import re
from textwrap import dedent

from dxrules.keeper.lint import lint
from dxrules.report.lint import text as of_remarks
from dxrules.report.terminal import Style
from tests.helpers.lawbooks import GOOD, broken, folder
from tests.helpers.printed import printed


def with_questions(text):
    """Return a ruleset in which each rule asks something where it is undetermined."""
    return re.sub(r"(?m)^    remedy: .*$", rf"\g<0>\n{QUESTION}", text)


QUESTION = "    question: {ja: どうですか, en: How is it?}"
RUMOUR = "  rumour: {title: {ja: 噂, en: Rumour}, kind: notice, verified: unverified}\n"
WITH_RUMOUR = with_questions(
    broken(
        "kind: guideline, verified: primary",
        "kind: guideline, verified: primary, url: https://example.jp/guide",
        broken("clause: 第1条", "clause: Article 1", GOOD),
    )
)
"""A good ruleset, with a source that nothing cites."""

LEAN = broken(RUMOUR, "", WITH_RUMOUR)
"""A good ruleset of which nothing is left over, and each source of which has an address."""

RULE = """\
  - id: TST-04
    title: {{ja: 四つめ, en: Fourth}}
    about: plan
    strength: recommended
    source: {{ref: guide}}
    in_force: {{announced: 2020-04-01, from: 2020-04-01}}
    subject: plan
    require: {require}
    message: {{ja: だめ, en: No}}
    remedy: {{ja: 直す, en: Mend it}}
    question: {{ja: どうですか, en: How is it?}}
    examples:
      - {{expect: pass, fact: {passes}}}
      - {{expect: fail, fact: {fails}}}
"""


def and_rule(require, passes, fails):
    """Return the good ruleset with a fourth rule."""
    return LEAN + RULE.format(require=require, passes=passes, fails=fails)


def said(root, lang):
    """Return what the linter prints of a folder."""
    return printed(of_remarks, lint(root, "r"), Style(lang, 90))


def says_only(tmp_path, text, en, ja):
    """Check what the linter prints of one ruleset, in both languages."""
    root = folder(tmp_path, {"national/test.yaml": text})
    assert said(root, "en") == dedent(en)
    assert said(root, "ja") == dedent(ja)
