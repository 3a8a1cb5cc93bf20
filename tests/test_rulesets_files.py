"""Files of rulesets: where they stand, and what one says of another."""

from __future__ import annotations

import pytest

from dxrules.errors import RulesetError
from dxrules.rules import load_law
from dxrules.texts import Text
from tests.helpers.lawbooks import FILE, GOOD, OTHER, broken, folder, load, prefectural, refused


@pytest.mark.parametrize(
    "path",
    [
        "stray.yaml",
        "prefecture/34/stray.yaml",
        "national/more/stray.YML",
        "elsewhere/stray.yml",
        "National/stray.yaml",
    ],
)
def test_a_ruleset_in_the_wrong_place(tmp_path, path):
    """A file that is not where rulesets are read from is a fault, and says where it belongs."""
    folder(tmp_path, {"national/test.yaml": GOOD})
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(prefectural("34", "own"), encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load_law(tmp_path)
    assert str(caught.value) == (
        f"rulesets/{path}:1:1: No ruleset is read from here. Put rulesets of the nation right "
        "into national/, those of a prefecture right into prefecture/."
    )


@pytest.mark.parametrize("path", ["prefecture/34.YAML", "prefecture/34.Yml", "national/x.YML"])
def test_endings_in_any_case(tmp_path, path):
    """A ruleset is read whatever the case of its ending; hidden files are not."""
    own = load(tmp_path, **{path: prefectural("34", "own"), "national/.draft.yaml": "x"})
    assert [ruleset.id for ruleset in own.rulesets] == ["national/test", "prefecture/34"]


def test_every_fault_at_once(tmp_path):
    """All faults of all files are told at once, in the order of their places."""
    text = broken("{by: $deadline}", "{by: $deadlin}", broken("{cycles: 4}", "{cycles: four}"))
    other = broken("known_until: 2026-09-30", "known_until: 2026-09", prefectural("34", "own"))
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text, **{"prefecture/34.yaml": other})
    assert caught.value.text.en == str(caught.value)
    assert [str(problem.place) for problem in caught.value.problems] == [
        f"{FILE}:29:21",
        f"{FILE}:53:31",
        f"{OTHER}:5:14",
    ]


@pytest.mark.parametrize("link", ["unless_failed", "refines"])
def test_a_file_that_cannot_be_read(link, tmp_path):
    """What another file names may stand in a file that cannot be read: its own fault is enough."""
    own = broken("$accepted", "$accepted-34", prefectural("34", "own"))
    other = broken("    message:", f"    {link}: TST-01\n    message:", own)
    text = broken("known_until: 2026-09-30", "known_until: 2026-09")
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text, **{"prefecture/34.yaml": other})
    assert [str(problem.place) for problem in caught.value.problems] == [f"{FILE}:5:14"]


def test_one_fault_one_message(tmp_path):
    """A rule that cannot be read is not missing for those that name it."""
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, broken("{period_end: {known: yes}}", "{period_ned: {known: yes}}"))
    assert [problem.key for problem in caught.value.problems] == ["rules[2].require.period_ned"]


def test_no_ruleset(tmp_path):
    """A folder without rulesets is refused, with what belongs there."""
    with pytest.raises(RulesetError) as caught:
        load_law(folder(tmp_path, {}), "mine")
    assert caught.value.text == Text(
        "mine:1:1: 点検項目のファイルがありません。"
        "national/ と prefecture/ のあるフォルダを指定してください。",
        "mine:1:1: There is no ruleset here. Name a folder that holds national/ and prefecture/.",
    )


# ---- What one file says of another ----


def test_a_prefecture_beside_the_nation(tmp_path):
    """A prefecture's ruleset names parameters of the nation and of its own."""
    law = load(tmp_path, **{"prefecture/34.yaml": prefectural("34", "own")})
    assert [(r.id, r.level, r.prefecture) for r in law.rulesets] == [
        ("national/test", "national", None),
        ("prefecture/34", "prefecture", "34"),
    ]


def test_the_nation_names_no_parameter_of_a_prefecture(tmp_path):
    """What holds in one prefecture alone is unknown to the nation and to other prefectures."""
    text = broken("{by: $deadline}", "{by: $own}")
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text, **{"prefecture/34.yaml": prefectural("34", "own")})
    assert str(caught.value) == (
        f'{FILE}:29:21: rules[0].require.any[0].done_on.by: There is no parameter "own". '
        "Known here: deadline, limit, accepted."
    )


@pytest.mark.parametrize(
    ("text", "place", "ja", "en"),
    [
        (
            prefectural("34", "own", rule="TST-03"),
            "19:5: rules[0].id",
            f"TST-03 は {FILE}:54:9 にもあります。id は再利用できません。",
            f"TST-03 stands at {FILE}:54:9, too. Ids are never reused.",
        ),
        (
            prefectural("34", "own", rule="OLD-03"),
            "19:5: rules[0].id",
            f"OLD-03 は {FILE}:65:16 にもあります。id は再利用できません。",
            f"OLD-03 stands at {FILE}:65:16, too. Ids are never reused.",
        ),
        (
            prefectural("34", "own", ruleset="national/test"),
            "2:1: id",
            f"national/test は {FILE}:2:5 にもあります。",
            f"national/test stands at {FILE}:2:5, too.",
        ),
        (
            prefectural("34"),
            "11:3: parameters.deadline",
            "national/test にも同じ名前があります。",
            "national/test has it, too.",
        ),
    ],
    ids=["an id", "a former id", "the id of a ruleset", "a parameter"],
)
def test_names_are_used_once(tmp_path, text, place, ja, en):
    """Ids and parameters are told apart by their names, in whatever file they stand."""
    expected = (f"{OTHER}:{place}: {ja}", f"{OTHER}:{place}: {en}")
    assert refused(tmp_path, **{"prefecture/34.yaml": text}) == [expected]
