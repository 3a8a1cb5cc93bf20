"""Facts of passages that ought not to stand in a document."""

from __future__ import annotations

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, Proof, unknown
from dxrules.errors import Place
from dxrules.texts import Text
from tests.helpers.plans import NAME, facts, plan_file, value, values


def of_passages(read, *passages, about=""):
    """Return what is found of one problem in a document."""
    listed = ", ".join(f"{{problem: wrong-kind, text: 市内, {said}}}" for said in passages)
    file = plan_file(f"document: {{read: {read}, passages: [{listed}]}}", about)
    return values(file, "passage", "wrong-kind", "count", "places")


SURE = Text("「市内」(第1章)", "「市内」(第1章)")
DOUBTFUL = Text("「市内」[読みは不確か]", "「市内」 [reading in doubt]")


@pytest.mark.parametrize(
    ("read", "passages", "count", "places"),
    [
        ("complete", [], Range.point(0), SILENT),
        ("part", [], unknown("全部は読んでいない", "the document was read only in part"), SILENT),
        ("complete", ["section: 第1章"], Range.point(1), SURE),
        ("part", ["section: 第1章"], Range(1, None), SURE),
        ("complete", ["voice: quoted"], Range.point(0), SILENT),
        ("complete", ["reading: doubtful"], Range(0, 1), DOUBTFUL),
        ("part", ["reading: doubtful"], Range(0, None), DOUBTFUL),
        ("complete", ["reading: doubtful, voice: quoted"], Range.point(0), SILENT),
        (
            "complete",
            ["section: 第1章", "voice: quoted", "reading: doubtful", "correct: 町内"],
            Range(2, 3),
            Text(
                "「市内」(第1章)、「市内」[読みは不確か]、「市内」 → 町内",
                "「市内」(第1章); 「市内」 [reading in doubt]; 「市内」 → 町内",
            ),
        ),
    ],
)
def test_passages(read, passages, count, places):
    """Only the town's own words count, and what is read in doubt, or not at all, may."""
    assert of_passages(read, *passages) == (count, places)


def test_passage_is_proved_by_its_place():
    """The proofs of a problem are the passages that show it, and its place is the first of them."""
    file = plan_file("""
        document:
          read: complete
          passages:
            - {problem: placeholder, text: 追記}
            - {problem: wrong-kind, text: 市内, voice: quoted}
            - {problem: wrong-kind, text: 市内, section: 第1章}
    """)
    fact = facts(file)["passage", "wrong-kind"]
    proof = Proof(Place(NAME, 11, 7), "第1章", text="市内")
    assert (fact.place, fact.proofs["count"]) == (proof.place, (proof,))


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("established: 令和8年3月", True),
        ("established: 令和8年3月\nstatus: established", True),
        ("established: 令和8年3月\nstatus: draft", False),
        ("status: established", False),
        ("established: 未定", False),
        ("established: 未定\nstatus: established", False),
        ("", False),
    ],
)
def test_plan_that_is_established(about, expected):
    """A plan with a day of establishment that does not call itself a draft is established."""
    assert value(plan_file("", about), "passage", "draft-mark", "established") is expected
