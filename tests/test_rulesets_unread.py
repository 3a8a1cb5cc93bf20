"""What hangs on a ruleset that cannot be read is not found fault with as well."""

from __future__ import annotations

import pytest

from dxrules.errors import RulesetError
from dxrules.rules import load_law
from tests.helpers.lawbooks import GOOD, broken, folder, prefectural

NATION = "national/test.yaml"
UNREAD = {
    "not YAML": (GOOD + "  ]\n", ["r/national/test.yaml:69:3"]),
    "a wrong day": (
        broken("known_until: 2026-09-30", "known_until: 2026", GOOD),
        ["r/national/test.yaml:5:14"],
    ),
}


def places(root, nation, own):
    """Return where the faults of two rulesets are."""
    folder(root, {NATION: nation, "prefecture/34.yaml": own})
    with pytest.raises(RulesetError) as caught:
        load_law(root, "r")
    return [str(problem.place) for problem in caught.value.problems]


def naming(require="deadline", due="deadline"):
    """Return a prefecture's ruleset that names parameters of the nation's."""
    own = prefectural("34", "own-deadline")
    own = broken("{by: $own-deadline}", f"{{by: ${require}}}", own)
    return broken("due: $own-deadline", f"due: ${due}", own)


@pytest.mark.parametrize("case", UNREAD)
def test_a_parameter_of_what_cannot_be_read(case, tmp_path):
    """A parameter that may stand in a file that cannot be read is no second fault."""
    nation, expected = UNREAD[case]
    assert places(tmp_path, nation, naming()) == expected


def test_what_is_wrong_in_itself(tmp_path):
    """What is wrong whatever the other file holds is told with it."""
    own = broken("status: migrated, done_on: 2026-03-31", "statu: migrated", naming())
    nation, expected = UNREAD["a wrong day"]
    assert places(tmp_path, nation, own) == [*expected, "r/prefecture/34.yaml:35:31"]
    own = naming(due="accepted-34")
    assert places(tmp_path / "b", nation, own) == [*expected, "r/prefecture/34.yaml:31:5"]


@pytest.mark.parametrize("wrong", [{"require": "deadlin"}, {"due": "deadlin"}], ids=str)
def test_a_parameter_that_is_nowhere(wrong, tmp_path):
    """Where all was read, a parameter that is nowhere is a fault."""
    assert len(places(tmp_path, GOOD, naming(**wrong))) == 1
