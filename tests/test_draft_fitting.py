"""A draft gives up what no plan file takes, entry by entry, and keeps the rest."""

from __future__ import annotations

import pytest

from dxrules.draft.fitting import _last_first, _without, fitting
from tests.helpers.documents import doubtful, drafted, plan_of_town
from tests.helpers.plans import reference


@pytest.fixture(scope="module")
def good():
    """Return a draft that any plan file takes."""
    return drafted(plan_of_town("## 推進体制\n\n副町長をCIOとします。"))


@pytest.mark.parametrize(
    ("section", "said", "kept"),
    [
        ("measures", [{"id": "a", "title": "窓口"}, {"id": "A!", "title": "窓口"}], 1),
        ("measures", [{"id": "a", "title": "窓口", "due": "いつか"}], 0),
        ("measures", [{"id": "a", "title": "窓口"}, {"id": "a", "title": "端末"}], 1),
        ("indicators", [{"id": "a", "title": "率", "targets": [{"value": "x"}]}], 0),
        ("indicators", "none", None),
        ("provisions", {"nothing": {"status": "in-place"}, "cio": {"status": "in-place"}}, 1),
        ("provisions", {"cio": {"status": "no-such-status"}}, 0),
        ("standardization", {"scope": "count", "in_scope": "99"}, None),
        ("standardization", {"scope": "list", "systems": {"nothing": {}}}, None),
        ("collection", {"charges": {"nothing": {"status": "started"}}}, 0),
        ("collection", {"charges": "none"}, 0),
        ("collection", "none", None),
        ("no-such-section", {"a": 1}, None),
    ],
)
def test_what_is_refused_is_left_out(good, section, said, kept):
    """Only what is at fault goes: an entry of a list, a key of a mapping, a whole section."""
    found = fitting(good | {section: said}, reference())
    assert found["plan"] == good["plan"]
    if kept is None:
        assert section not in found
    else:
        assert len(found.get(section, ())) == kept


def test_keys_of_the_plan(good):
    """A key of the plan goes alone; its title stays, whatever it is."""
    about = good["plan"] | {"period": "いつか", "established": "いつか"}
    found = fitting(good | {"plan": about}, reference())
    assert found["plan"] == good["plan"]


def test_keys_that_exclude_each_other(good):
    """Of a plan that contradicts itself the title is left; a draft asks for the period."""
    about = good["plan"] | {
        "period": "令和8年度～令和12年度",
        "no_period_because": "毎年見直すため",
    }
    found = fitting(good | {"plan": about}, reference())
    assert found == good | {"plan": {"title": good["plan"]["title"]}}
    said = "令和8年度から令和12年度までとします。\n\n計画の期間は定めず、毎年見直します。"
    both = f"## 計画の期間\n\n{said}"
    plan = drafted(plan_of_town(both))["plan"]
    assert "no_period_because" not in plan
    assert "period" in doubtful(plan)


def test_what_cannot_be_mended(good):
    """Where a fault is in what every plan file has, only that is left, and no section."""
    found = fitting(good | {"plan": {"title": "a", "no": 1}, "municipality": {}}, reference())
    assert found.keys() <= {"format", "municipality", "recorded", "document", "plan"}
    assert found["plan"] == {"title": "a"}


def test_parts_of_paths():
    """Entries go from the last to the first, and a path that leads nowhere takes nothing out."""
    paths = [("measures", "0"), ("measures", "2"), ("plan", "period"), ("measures", "1")]
    assert [each[1] for each in sorted(paths, key=_last_first)] == ["period", "2", "1", "0"]
    data = {"measures": [1], "plan": {"title": "a"}, "format": "x"}
    assert _without(data, ("measures", "7")) == {"plan": {"title": "a"}, "format": "x"}
    assert _without(data, ("plan", "title")) == data
    assert _without(data, ("format",)) == data
    assert _without(data, ()) == data
