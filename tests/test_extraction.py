"""What is measured of drafts: exact bounds, and that no value that is sure is wrong."""

from __future__ import annotations

import importlib.util

import pytest

from dxrules.draft import DraftContext, load_reading
from dxrules.reference.gazetteer import gazetteer
from dxrules.rules import load_law
from tests.helpers.lawbooks import ROOT
from tests.helpers.plans import reference

SPEC = importlib.util.spec_from_file_location("extraction", ROOT / "bench" / "extraction.py")
extraction = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(extraction)
BY_OTHERS = frozenset({*range(19, 57), *range(115, 183)})
"""Documents of authors who have seen none of the words: what is sure there is not all right."""
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
    made = DraftContext(reading, reference(), extraction.invented())
    real = DraftContext(reading, reference(), gazetteer())
    documents = list(extraction.documents(made))
    pairs = [
        *(each for each in documents if int(each[0]) not in extraction.SEALED | BY_OTHERS),
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
    by_others = [each for each in documents if int(each[0]) in BY_OTHERS - extraction.SEALED]
    for some, least, share in ((sealed, 80, 0.93), (by_others, 3_000, 0.99)):
        others = extraction.tally(some, errors=False)
        right, sure = (sum(getattr(e, k) for e in others.values()) for k in ("right", "sure"))
        assert right > least
        assert right > share * sure


def test_drafts_of_documents_pass_nothing_that_fails():
    """Judged beside what is true of a document, its draft passes no rule that fails there."""
    law = load_law()
    made = DraftContext(load_reading(), law.reference, extraction.invented())
    some = (*range(18, 24, 2), *range(66, 74, 2), *range(106, 122, 4))
    for name, drafted, facts in (
        each for n in some for each in extraction.documents(made, slice(n, n + 1))
    ):
        found = extraction.verdicts_of(drafted, facts, made, law)
        assert not found.keys() & {("fail", "pass"), ("pass", "fail"), ("unknown", "fail")}, name
        assert len(found.get(("unknown", "pass"), ())) <= 1, name
        assert ("pass", "pass") in found


@pytest.mark.slow
@pytest.mark.skipif(not PLANS.is_dir(), reason="the texts of the real plans are not here")
def test_unreviewed_drafts_of_real_plans(capsys):
    """A draft that nobody looked at passes nothing that the facts fail, and accuses nobody.

    Once a plan it may pass what the facts leave open, as where they leave the count to another
    document.
    """
    source = DraftContext(load_reading(), reference(), gazetteer())
    extraction.verdicts(PLANS, source)
    said = capsys.readouterr().out
    for wrong in ("| fail | pass |", "| pass | fail |", "| unknown | fail |"):
        assert wrong not in said
    passed = [line.split()[0] for line in said.splitlines() if "unknown by hand, pass" in line]
    assert len(passed) == len(set(passed))
    assert "| pass | pass |" in said
