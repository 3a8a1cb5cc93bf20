"""What is measured of drafts: exact bounds, and that no value that is sure is wrong."""

from __future__ import annotations

import importlib.util

import pytest

from dxrules.draft import Source, load_reading
from dxrules.reference.gazetteer import gazetteer
from tests.helpers.lawbooks import ROOT
from tests.helpers.plans import reference

SPEC = importlib.util.spec_from_file_location("extraction", ROOT / "bench" / "extraction.py")
extraction = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(extraction)
PLANS = ROOT.parent / "shared" / "plans"


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (24, 24, 0.858, 1.0),
        (150, 150, 0.976, 1.0),
        (9, 10, 0.555, 0.997),
        (0, 5, 0.0, 0.522),
    ],
)
def test_exact_bounds(right, of, low, high):
    """The bounds are those of Clopper and Pearson, as tables give them."""
    found = extraction.clopper_pearson(right, of)
    assert found == pytest.approx((low, high), abs=0.001)


def test_no_sure_value_is_wrong(capsys):
    """A reading rule that is wrong on a document, or on a quotation of a page, is not sure."""
    reading = load_reading()
    made = Source(reading, reference(), extraction.invented())
    real = Source(reading, reference(), gazetteer())
    documents = list(extraction.documents(made))
    pairs = [
        *(each for each in documents if int(each[0]) not in extraction.SEALED),
        *extraction.fragments(real, 1),
        *extraction.fragments(real, 2),
    ]
    tallies = extraction.tally(pairs, errors=True)
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("  wrong")] == []
    assert sum(each.sure for each in tallies.values()) > 400
    assert sum(each.found for each in tallies.values()) > 500
    extraction.report("all", tallies)
    assert "| indicators |" in capsys.readouterr().out
    extraction.by_rule(pairs)
    assert capsys.readouterr().out.count("|") == 0
    sealed = [each for each in documents if int(each[0]) in extraction.SEALED]
    others = extraction.tally(sealed, errors=False)
    assert sum(each.right for each in others.values()) > 60
    assert sum(e.right for e in others.values()) > 0.85 * sum(e.sure for e in others.values())


@pytest.mark.slow
@pytest.mark.skipif(not PLANS.is_dir(), reason="the texts of the real plans are not here")
def test_unreviewed_drafts_of_real_plans(capsys):
    """A draft that nobody looked at passes nothing that the facts fail, and accuses nobody.

    Once a plan it may pass what the facts leave open, as where they leave the count to another
    document.
    """
    source = Source(load_reading(), reference(), gazetteer())
    extraction.verdicts(PLANS, source)
    said = capsys.readouterr().out
    for wrong in ("| fail | pass |", "| pass | fail |", "| unknown | fail |"):
        assert wrong not in said
    passed = [line.split()[0] for line in said.splitlines() if "unknown by hand, pass" in line]
    assert len(passed) == len(set(passed))
    assert "| pass | pass |" in said
