"""The HTML report without a browser: its elements, and that plans add none to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules import assess, read_plan
from dxrules.assessment.comparison import compare_plans
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.errors import Place
from dxrules.report.comparison import FEW
from dxrules.report.how_to_write import How
from dxrules.report.html import MANY, PIECES, write_comparison
from dxrules.report.html.environment import cut, listed
from dxrules.report.html.finding_rows import entries, reasons, where
from dxrules.report.html.maps import ACROSS, BLOCK, SIGNS, blocks, sign
from dxrules.report.html.town_page import TownPage
from dxrules.report.terminal import Style
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text, width
from tests.helpers.hostile import FRAGMENT, LINE, write_hostile_plan
from tests.helpers.lawbooks import ROOT, TOWNS
from tests.helpers.small import DATA, PLAN

TODAY = date(2026, 11, 20)
VOID = {"meta", "input", "br"}


def dossier(law, paths, copies=1):
    """Judge plans with the interpreter; `copies` of each."""
    plans = [read_plan(path, law.reference, path.name) for path in paths] * copies
    return Dossier(assess(plans, law, TODAY, engine="interpreter"), law)


class Elements(HTMLParser):
    """The elements of a page, its texts, and whether each end has its beginning."""

    def __init__(self, page):
        super().__init__()
        self.seen, self.open, self.texts = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Note an element of the drawings that has no end."""
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Close the element that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note a text."""
        self.texts.append(data)


def parsed(report):
    """Return the elements of a report, which must be well nested."""
    elements = Elements(report.decode())
    assert elements.open == []
    return elements


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_plan_adds_no_element(small_law, tmp_path, lang):
    """Markup in every text of a plan, and in its file's name, comes out as that text."""
    judged = dossier(small_law, [write_hostile_plan(tmp_path)])
    plain = dossier(small_law, [DATA / PLAN])
    page, other = (parsed(PIECES.write(each, How(Style(lang)))) for each in (judged, plain))
    assert {tag for tag, _ in page.seen} <= {tag for tag, _ in other.seen}
    names = {name for _, attrs in page.seen for name in attrs}
    assert not [name for name in names if name.startswith("on")]
    addresses = [attrs["href"] for _, attrs in page.seen if "href" in attrs]
    assert all(address.startswith(("#", "https://")) for address in addresses)
    text = "".join(page.texts)
    for markup in (LINE, FRAGMENT):
        assert markup.partition("{n}")[0] in text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("copies", [0, 1, 2])
def test_unreadable(small_law, lang, copies):
    """What could not be read is named above all else, with its first fault, and adds no element."""
    fault = Text("b.yaml:1:1: <b>読めない。\nb.yaml:2:1: 次。", "b.yaml:1:1: <b>Broken.\nNext.")
    unread = Unreadable("b.yaml", fault)
    judged = dossier(small_law, [DATA / PLAN], copies)
    page = parsed(PIECES.write(replace(judged, unreadable=(unread, unread)), How(Style(lang))))
    said = {
        "ja": "※ 判定していない: b.yaml:1:1: <b>読めない。、ほか1件",
        "en": "! Not judged: b.yaml:1:1: <b>Broken. and 1 more",
    }
    assert page.texts.count(said[lang]) == 2


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_well_formed(law, lang):
    """Elements are nested, ids are unique, and links within the page arrive, for real plans."""
    judged = dossier(law, [ROOT / "facts" / f"{town}.yaml" for town in TOWNS.values()])
    how = How(Style(lang))
    for report in (
        PIECES.write(judged, how),
        write_comparison(compare_plans(judged.assessment), how),
    ):
        attributes = [attrs for _, attrs in parsed(report).seen]
        ids = [attrs["id"] for attrs in attributes if "id" in attrs]
        assert len(ids) == len(set(ids))
        links = {a["href"][1:] for a in attributes if a.get("href", "").startswith("#")}
        assert links <= set(ids)


def test_a_town_is_called_what_it_is(law):
    """No word that stands for city, ward, town or village is left in a page."""
    page = PIECES.write(dossier(law, [ROOT / "facts" / f"{TOWNS['koge']}.yaml"]), How(Style("en")))
    assert b"{town}" not in page
    assert b"State the town" in page


def test_what_is_past_due_is_marked(law, tmp_path):
    """The table of the timeline marks open work whose day has passed, and no finished work."""
    text = """format: dxrules/plan/1
municipality: {code: "345458"}
recorded: 令和8年3月
plan: {title: DX推進計画}
measures:
  - {id: a, title: 続く取組, status: ongoing, due: 令和7年度}
  - {id: b, title: 済んだ取組, status: done, due: 令和7年度}
"""
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    page = PIECES.write(dossier(law, [tmp_path / "a.yaml"]), How(Style("ja"))).decode()
    assert page.count("、期限が過ぎている") == 1


@pytest.mark.slow
def test_size_of_a_town(law):
    """The report on one town stays well under 400 KB."""
    for town in TOWNS.values():
        judged = dossier(law, [ROOT / "facts" / f"{town}.yaml"])
        for lang in ("ja", "en"):
            assert len(PIECES.write(judged, How(Style(lang)))) < 340_000


@pytest.mark.slow
@pytest.mark.parametrize("copies", [1, FEW, FEW + 1, MANY + 1, ACROSS + 1])
def test_how_many_towns(small_law, copies):
    """A town alone has no matrix; some are columns, more are rows; many have no chapter."""
    judged = dossier(small_law, [DATA / PLAN], copies)
    page = PIECES.write(judged, How(Style("en"))).decode()
    assert page.count('<article class="town"') == (copies if copies <= MANY else 0)
    assert ('<table class="matrix"' in page) == (1 < copies <= FEW)
    assert ('<div class="heat tall"' in page) == (FEW < copies <= ACROSS)
    assert ('<div class="heat"' in page) == (copies > ACROSS)
    assert page.count("<h1") == 1


def test_comparison_of_one(small_law):
    """A comparison of a single town names it."""
    judged = dossier(small_law, [DATA / PLAN])
    page = write_comparison(compare_plans(judged.assessment), How(Style("en"))).decode()
    assert "<h1>Mihon</h1>" in page


def test_remarks(small_law):
    """That one engine judged is said at the top."""
    judged = dossier(small_law, [DATA / PLAN])
    page = PIECES.write(judged, How(Style("en"), alone="chosen")).decode()
    assert '<p class="remark">! One engine only (--engine interpreter)</p>' in page


def test_baseline(small_law):
    """What a baseline knew is said at the top, too."""
    judged = replace(dossier(small_law, [DATA / PLAN]), stale=())
    page = parsed(PIECES.write(judged, How(Style("en"))))
    assert any(text.startswith("baseline: 0 known, ") for text in page.texts)


def test_strengths(small_law):
    """Outcomes are counted by strength, for the strengths that there are."""
    judged = dossier(small_law, [DATA / PLAN])
    plan = judged.assessment.plans[0]
    failing = plan.of(Outcome.FAIL)[:1]
    page = TownPage(judged, plan.of_findings(failing), How(Style("en")), 1)
    label = STRENGTH_LABELS[failing[0].rule.strength]
    assert list(page.strengths) == [(label, {Outcome.FAIL: 1})]


def test_entries_hold_every_finding(law):
    """Each finding is in one row of the table, beside those alone that came out for its reason."""
    plan = dossier(law, [ROOT / "facts" / f"{TOWNS['nakanojo']}.yaml"]).assessment.plans[0]
    found = list(entries(plan, plan.findings))
    assert sorted(f.subject for entry in found for f in entry.findings) == sorted(
        finding.subject for finding in plan.findings
    )
    for entry in found:
        for finding in entry.findings:
            assert (finding.rule.id, finding.outcome, finding.message) == (
                entry.first.rule.id,
                entry.first.outcome,
                entry.first.message,
            )
            assert reasons(finding) == entry.reasons
    assert len(found) < len(plan.findings)


def test_where():
    """A place is named beneath its file: by line, by cell, or in full if it is in another."""
    assert where(Place("a.yaml", 12, 1), "a.yaml").en == "line 12"
    assert where(Place("a.xlsx", 7, 2, "measures"), "a.xlsx").ja == "measures!B7"
    assert where(Place("b.yaml", 3, 1), "a.yaml").ja == "b.yaml:3"


@pytest.mark.slow
@given(st.text(min_size=1), st.integers(8, 40))
def test_cut_fits(text, room):
    """What was cut is one line that is not too wide."""
    assert width(cut(text, room)) <= room


def test_listed(small_law):
    """Of many subjects some are named, and the others counted."""
    findings = dossier(small_law, [DATA / PLAN]).assessment.plans[0].findings[:1] * 6
    name = findings[0].label.en
    assert listed(findings[:4]).en == ", ".join([name] * 4)
    assert listed(findings).en == ", ".join([name] * 3) + " and 3 more"


def test_blocks(small_law):
    """Blocks hold all towns once, in their order, with all their cells."""
    comparison = compare_plans(dossier(small_law, [DATA / PLAN], BLOCK + 3).assessment)
    found = list(blocks(comparison))
    assert [len(block) for block in found] == [BLOCK, 3]
    assert [number for block in found for number, _, _ in block] == list(range(BLOCK + 3))
    for block in found:
        for number, plan, cells in block:
            assert plan is comparison.plans[number]
            assert cells == [row.cells[number] for row in comparison.rows]


def test_sign(small_law):
    """Every cell that a rule binds has a sign, and no two outcomes share one."""
    comparison = compare_plans(dossier(small_law, [DATA / PLAN]).assessment)
    names = {sign(row.cells[0]) for row in comparison.rows}
    assert names - {""} <= set(SIGNS)
    for lang in ("ja", "en"):
        assert len({text.in_(lang) for text in SIGNS.values()}) == len(SIGNS)


def test_outcome_words_are_all_there(small_law):
    """Each outcome of the small plan is in the page as a word, and colour is not its only sign."""
    judged = dossier(small_law, [DATA / PLAN])
    page = parsed(PIECES.write(judged, How(Style("ja"))))
    rows = {attrs["data-outcome"] for _, attrs in page.seen if "data-outcome" in attrs}
    assert rows == {outcome.value for outcome in Outcome} - {"error"}
    assert "不適合 重大" in "".join(page.texts)
