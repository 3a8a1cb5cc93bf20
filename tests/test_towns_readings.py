"""The five towns: what their plans do not say clearly enough to be told as said."""

from __future__ import annotations

import pytest

from dxrules.rules import Outcome
from dxrules.texts import Text
from tests.helpers.lawbooks import judged, of

UNKNOWN = Outcome.UNKNOWN

NOT_SAID_TO_GO_ON = Text(
    "団体の取組があるか、済んだと書いてあるかどうか: 取組が続いているか書かれていない",
    "covered by a measure of the municipality, or stated as done: "
    "whether the measure goes on is not said",
)


def told(name, rule, key):
    """Return the outcome of a rule, and its message."""
    finding = of(judged(name), rule, key)
    return finding.outcome, finding.message


@pytest.mark.parametrize(
    ("name", "area"),
    [
        # 令和3年3月から継続 stands among what was done so far, and no chapter takes it up again.
        ("kaminokawa", "telework"),
    ],
)
def test_what_no_chapter_of_measures_holds_is_neither_covered_nor_missing(name, area):
    """A sentence outside the measures leaves open whether there is one, its date and its figure."""
    assert told(name, "DXP-10", area) == (UNKNOWN, NOT_SAID_TO_GO_ON)
    assert [of(judged(name), rule, area).outcome for rule in ("DXP-11", "DXP-12")] == [UNKNOWN] * 2
    assert of(judged(name), "SCH-12", area).outcome is Outcome.NOT_APPLICABLE


def test_koge_onl_01_what_the_plan_says_it_does_is_planned():
    """計画の実行にあたっては…提供します is an intention, though no chapter of measures has it."""
    assert of(judged("koge"), "ONL-01", "online-procedures").outcome is Outcome.PASS
    assert of(judged("koge"), "DXP-10", "front-yard").outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("name", "rule", "problem"),
    [
        # 推進体 and 推進体制, デバイス and デバイド: one letter, asked about once.
        ("kaminokawa", "DOC-08", "names-differ"),
        ("nakanojo", "DOC-08", "names-differ"),
        # デジタル・ガバメント実行計画 as history, or as what holds now.
        ("koge", "DOC-07", "stale-account"),
        ("nakanojo", "DOC-07", "stale-account"),
    ],
)
def test_a_text_that_can_be_read_both_ways_is_neither_cleared_nor_accused(name, rule, problem):
    """A doubtful reading counts for no more than that there may be a fault."""
    assert told(name, rule, problem) == (
        UNKNOWN,
        Text(
            "そうとは言い切れない箇所がある(読みや解釈が確かでない)",
            "there is a passage that may be one (its reading is not sure)",
        ),
    )


def test_kaminokawa_std_07_the_17_tasks_are_said_to_be_done():
    """対象17業務 are migrated with their months; that a chapter promises it again is told apart."""
    assert of(judged("kaminokawa"), "STD-07").outcome is Outcome.PASS
    assert of(judged("kaminokawa"), "SCH-09", "standardization").outcome is Outcome.FAIL


def test_kaminokawa_org_05_promoters_are_to_come():
    """配置を促します is no appointment."""
    assert told("kaminokawa", "ORG-05", "promoters") == (
        Outcome.PASS,
        Text("整備済みか予定と書かれている: はい", "said to be in place or planned: yes"),
    )
