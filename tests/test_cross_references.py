"""Rules that name others: which of them one can refine."""

from __future__ import annotations

import pytest

from dxrules.errors import RulesetError
from dxrules.texts import Text
from tests.helpers.lawbooks import ONE_RULE, broken, load, prefectural

FILE = "rulesets/national/test.yaml"
REFINING = broken("unless_failed: TST-03", "refines: TST-03")
"""TST-02 refines TST-03."""


def test_refinements_do_not_go_round(tmp_path):
    """Rules that refine each other are refused, both of them."""
    text = broken("    due: period_end\n", "    due: period_end\n    refines: TST-02\n", REFINING)
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text)
    assert str(caught.value).splitlines() == [
        f"{FILE}:48:5: rules[1].refines: TST-03 leads back to TST-02 itself.",
        f"{FILE}:63:5: rules[2].refines: TST-02 leads back to TST-03 itself.",
    ]


def test_a_refinement_of_a_refinement(tmp_path):
    """A rule may refine one that refines another; each says just which it refines."""
    (ruleset,) = load(tmp_path, REFINING).rulesets
    assert [rule.refines for rule in ruleset.rules] == [None, "TST-03", None]


KEYS = "{system: [family-register, national-pension]}"


@pytest.mark.parametrize(
    ("subject", "met"),
    [
        ("{system: [national-pension, school-enrolment]}", True),
        ("system", True),
        ("{system: [school-enrolment]}", False),
    ],
)
def test_a_refinement_shares_a_subject(tmp_path, subject, met):
    """A rule refines one that some subject of its own comes under, too."""
    more = {"prefecture/34.yaml": broken(KEYS, subject, prefecture_refining())}
    if met:
        assert load(tmp_path, ONE_RULE, **more)
        return
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, ONE_RULE, **more)
    (problem,) = caught.value.problems
    assert problem.message.en == "TST-01 and P34-01 have no subject in common."


def prefecture_refining(refined="TST-01", **more):
    """Return a prefecture's ruleset whose one rule refines another."""
    text = prefectural("34", "day", **more)
    return broken("    message:", f"    refines: {refined}\n    message:", text)


def test_a_prefecture_refines_the_nation(tmp_path):
    """A rule of a prefecture refines one of the nation, or another of the same prefecture."""
    second = prefecture_refining("P34-01", ruleset="prefecture/35", rule="P34-02")
    own = load(
        tmp_path,
        ONE_RULE,
        **{
            "prefecture/34.yaml": prefecture_refining(),
            "prefecture/34b.yaml": second.replace("$day", "$day2").replace("  day:", "  day2:"),
        },
    )
    assert [rule.refines for rule in own.rules] == [
        None,
        "TST-01",
        "P34-01",
    ]


@pytest.mark.parametrize(
    ("text", "refined"),
    [
        (broken("    message:", "    refines: P34-01\n    message:", ONE_RULE), "TST-01"),
        (ONE_RULE, "P13-01"),
    ],
    ids=["the nation", "another prefecture"],
)
def test_a_refinement_is_judged_beside_what_it_refines(tmp_path, text, refined):
    """A rule refines none that is judged for some of its towns only."""
    more = {"prefecture/34.yaml": prefectural("34", "day")}
    if refined == "P13-01":
        other = prefecture_refining("P34-01", ruleset="prefecture/13", rule="P13-01")
        other = broken('"34"', '"13"', other)
        more["prefecture/13.yaml"] = other.replace("$day", "$day2").replace("  day:", "  day2:")
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text, **more)
    (problem,) = caught.value.problems
    assert problem.message == Text(
        f"P34-01 は、{refined} が適用される計画のすべてには適用されません。",
        f"P34-01 is not applied to every plan that {refined} is applied to.",
    )
