"""Citations: which documents a plan names, and whether it could have."""

from __future__ import annotations

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Absent
from tests.helpers.plans import days, facts, plan_file, reference, value, values

OWN = "hiroshima-acceleration"
CITING = """\
cites:
  - {document: hiroshima-acceleration, followed: no}
  - {document: hiroshima-acceleration}
  - {document: prefecture-plan, title: 広島県の条例}
  - {document: dx-promotion-plan, edition: "4.0"}
evidence:
  - {of: [cites], text: 「広島県DX加速プラン」を踏まえ}
  - {of: [cites], text: 国の計画を踏まえ}
"""

CITING_AT_TIMES = """\
cites:
  - {document: other, date: 令和4年}
  - {document: other, date: 令和5年以降}
  - {document: other, date: 令和7年まで}
  - {document: other}
"""


@pytest.mark.parametrize(
    ("key", "count", "others"),
    [
        (OWN, 2, 1),
        ("hiroshima-digiflat", 0, 3),
        ("prefecture-plan", 1, 2),
        ("dx-promotion-plan", 1, 3),
        ("priority-plan", 0, 3),
    ],
)
def test_citations_are_counted(key, count, others):
    """A plan names a document so often, and others of its prefecture, background included."""
    found = values(plan_file(about=CITING), "citation", key, "count", "others_of_prefecture")
    assert found == (Range.point(count), Range.point(others))


def test_documents_of_other_prefectures():
    """What another prefecture made is no subject, and naming it is naming none of one's own."""
    file = plan_file(about="cites: [{document: tochigi-smart-city}]")
    assert ("citation", "tochigi-smart-city") not in facts(file)
    assert value(file, "citation", OWN, "others_of_prefecture") == Range.point(0)
    assert value(file, "plan", "plan", "cites_prefecture") == UNKNOWN
    assert value(plan_file(about=CITING), "plan", "plan", "cites_prefecture") is True


@pytest.mark.parametrize(
    "document", ["{read: part}", "{read: complete, lost: [{part: text, what: 2頁}]}"]
)
def test_what_was_not_read_may_name_more(document):
    """Where text was lost or left unread, the plan names a document at least so often."""
    file = plan_file(f"document: {document}", CITING)
    assert value(file, "citation", OWN, "count") == Range(2, None)
    other = value(file, "citation", "priority-plan", "count")
    assert isinstance(other, Absent)
    assert other.cause is not None


@pytest.mark.parametrize(
    ("about", "recorded", "made"),
    [
        ("established: 令和5年3月", "2026-03-31", "令和5年3月"),
        ("established: 令和5年3月\nrevised: [{on: 令和8年3月}]", "2026-03-31", "令和8年3月"),
        ("", "2026-03-31", "2026-03-31まで"),
        ("cites: [{document: other, date: 令和7年度}]", "2026-03-31", "2025-04-01～2026-03-31"),
        (
            CITING_AT_TIMES,
            "令和8年3月",
            "2023-01-01～2026-03-31",
        ),
    ],
)
def test_when_the_plan_was_made(about, recorded, made):
    """A plan without a day was made before its facts were recorded, and after what it cites."""
    file = plan_file(about=about, recorded=recorded)
    assert value(file, "citation", "other", "plan_made_on") == days(made)


def test_a_plan_recorded_at_no_known_day():
    """Without any day, when it was made is not known."""
    file = plan_file(recorded="2026-03-31から")
    assert value(file, "citation", "other", "plan_made_on") == UNKNOWN


def test_what_shows_a_citation():
    """A citation is shown where it stands, and by the quotation that names the document."""
    cites = facts(plan_file(about=CITING))["citation", OWN].proofs
    assert [(proof.place.line, proof.text) for proof in cites["count"]] == [
        (12, "「広島県DX加速プラン」を踏まえ"),
        (8, None),
    ]
    assert [(proof.place.line, proof.text) for proof in cites["others_of_prefecture"]] == [
        (9, None)
    ]


def test_what_shows_that_nothing_is_cited():
    """Nothing shows that a document is not named; when the plan was made is shown."""
    file = plan_file(about="established: 令和5年3月")
    proofs = facts(file)["citation", OWN].proofs
    assert (proofs["count"], proofs["others_of_prefecture"]) == ((), ())
    assert [proof.place.line for proof in proofs["plan_made_on"]] == [6]


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ("{document: hiroshima-digiflat}", True),
        ("{document: prefecture-plan, title: 広島県の計画}", True),
        ("{document: prefecture-plan, title: 広島県の条例}", UNKNOWN),
        ("{document: prefecture-plan}", UNKNOWN),
    ],
)
def test_plan_of_the_prefecture(cites, expected):
    """A plan is named by itself or by a title; an ordinance is no plan."""
    file = plan_file(about=f"cites: [{cites}]")
    assert value(file, "plan", "plan", "cites_prefecture") == expected


def test_ordinance_in_the_list_is_no_plan():
    """Nor is one that has an entry of its own, or a list of targets."""
    documents = reference().documents
    others = {key for key, entry in documents.items() if not entry.plan}
    assert others == {"tochigi-digital-ordinance", "oita-joint-target"}


def test_what_shows_the_plan_of_the_prefecture():
    """The quotation that names the prefecture's plan shows it, not one of the nation's."""
    proofs = facts(plan_file(about=CITING))["plan", "plan"].proofs["cites_prefecture"]
    assert [(proof.place.line, proof.text) for proof in proofs] == [
        (12, "「広島県DX加速プラン」を踏まえ"),
        (8, None),
    ]


def test_silence_is_no_citation():
    """A plan read completely that names nothing has no citation, which is not silence."""
    assert value(plan_file(), "citation", OWN, "count") == Range.point(0) != SILENT
