"""Documents made of layouts, wordings and noise: what is sure is right, and most of it is found."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from hypothesis import given

from dxrules.dates import parse_date, parse_period
from dxrules.document.normal import squeezed
from dxrules.document.reading_process import original_from
from dxrules.draft import draft
from tests.helpers.documents import TODAY, drafted, invented, source, sure
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import ROOT
from tests.helpers.strategies.documents import documents


@pytest.mark.slow
@given(documents())
@of_hundred(30)
def test_what_is_sure_is_right(made):
    """Whatever the layout and the noise, no sure value is another than the truth."""
    text, period, posts, day = made
    data = drafted(text)
    known = sure(data)
    about = known["plan"]
    assert squeezed(about["title"]) == "見本町DX推進計画"
    said, truth = parse_period(data["plan"]["period"]), parse_period(period)
    assert (said.start, said.end) == (truth.start, truth.end)
    for post, provision in known.get("provisions", {}).items():
        if "rank" in provision:
            assert provision["rank"] == posts[post]
    for post, rank in posts.items():
        assert data["provisions"][post].get("rank") == rank
    (cited,) = (each for each in data["plan"]["cites"] if "edition" in each)
    assert cited["edition"] == "5.1"
    assert parse_date(cited["date"]).range == parse_date(day).range


def whole_plans():
    """Return the generator of whole plans, which the bench uses too."""
    spec = importlib.util.spec_from_file_location("made_plans", ROOT / "bench/made_plans.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["made_plans"] = module  # its data class looks itself up
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("layout", range(1, 9))
@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_whole_plans_in_every_layout_and_format(layout, form):
    """Each measure of a plan is sure, with its owner and days, and nothing else is."""
    made = whole_plans()
    plan = made.noisy(made.made(layout, 1), 1)
    original = original_from(made.written(plan, form), f"plan.{form}")
    data = sure(draft(original, source(), TODAY, invented().named("手本市")[0]).data)
    truth = {squeezed(each["title"]): each for each in plan.truth["measures"]}
    found = {
        next(name for name in truth if squeezed(each["title"]).startswith(name)): each
        for each in data["measures"]
    }
    assert found.keys() == truth.keys()
    assert len(data["measures"]) == len(truth)
    for title, each in found.items():
        for key in ("owner", "status"):
            assert squeezed(each.get(key, "")) in {"", truth[title].get(key, "")}
        for key in ("start", "due", "completed"):
            if key in each:
                said = parse_date(squeezed(each[key])).range
                assert said == parse_date(truth[title][key]).range
    assert {squeezed(each["title"]) for each in data["indicators"]} == {
        squeezed(each["title"]) for each in plan.truth["indicators"]
    }
    assert data["provisions"]["cio"]["rank"] == plan.truth["provisions"]["cio"]["rank"]
