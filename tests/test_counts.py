"""What is counted is rules, each once, and every report counts alike; open duties come first."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from xml.etree.ElementTree import fromstring

import pytest
from openpyxl import load_workbook

from dxrules.assessment import Assessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import GRAVEST, WHOLE, standing
from dxrules.assessment.questions import (
    DUTIES,
    FIRST,
    first_questions,
    first_to_confirm,
    open_rules,
    questions,
)
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import counted, duties, rules_and_places
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK
from dxrules.rules import Outcome
from dxrules.rules.rule import STRENGTH_RANK
from tests.helpers.lawbooks import NOVEMBER, TOWNS, found_of, judged, law
from tests.helpers.plans import plan_file

WIDE = Style("ja", 10_000)


def written(name, plan, *, everything=False):
    """Return a report on a plan as text."""
    dossier = Dossier(Assessment(NOVEMBER, ("interpreter",), (plan,)), law())
    return CHECK.named(name)(dossier, How(WIDE, everything))


@pytest.fixture(scope="module", params=TOWNS)
def plan(request):
    """One of the five towns as judged in November 2026."""
    return judged(request.param)


def test_a_rule_counts_as_its_gravest_subject(plan):
    """Every rule counts once, and none of its subjects came out graver."""
    counts, came = plan.counts, standing(plan.findings)
    assert sum(counts.outcomes.values()) == len({f.rule.id for f in plan.findings}) == len(came)
    assert sum(counts.subjects.values()) == len(plan.findings)
    for finding in plan.findings:
        gravest = came[finding.rule.id]
        assert GRAVEST.index(gravest.outcome) <= GRAVEST.index(finding.outcome)
        assert gravest.gravity <= finding.gravity
    assert sum(counts.severities.values()) == counts.outcomes[Outcome.FAIL]
    assert sum(counts.strengths.values()) == counts.outcomes[Outcome.FAIL]


def test_every_report_counts_alike(plan):
    """Terminal, concise, Markdown, HTML, XLSX, JSON, JUnit and SARIF say the same figures."""
    counts, headline = plan.counts, counted([plan.counts]).ja
    assert f"\n  {headline}\n" in written("table", plan).decode()
    assert written("concise", plan).decode().splitlines()[-1].startswith(headline)
    numbers = [*counts.severities.values(), counts.outcomes[Outcome.UNKNOWN]]
    numbers += [counts.duties.get(strength, 0) for strength in DUTIES]
    numbers += [counts.outcomes[Outcome.PASS], counts.outcomes[Outcome.NOT_APPLICABLE]]
    row = "".join(f" {number} |" for number in numbers)
    assert f"|{row}" in re.sub(
        r"\| [^|]+ \|", "|", written("markdown", plan).decode(), count=0
    ) or (row in written("markdown", plan).decode())
    page = written("html", plan).decode()
    tiles = re.findall(r'<a class="tile (\w+)"[^>]*><strong>(\d+)</strong>', page)
    assert dict(tiles) == {
        outcome.value: str(number)
        for outcome, number in counts.outcomes.items()
        if number or outcome in {Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS}
    }
    book = load_workbook(BytesIO(written("xlsx", plan)))
    towns = [[*row] for row in book.worksheets[0].iter_rows(values_only=True)]
    (line,) = [row for row in towns if row[0] == plan.file.plan.municipality.code]
    assert line[3 : 3 + len(numbers)] == numbers
    said = json.loads(written("json", plan))["plans"][0]["counts"]
    outcomes = {outcome.value: number for outcome, number in counts.outcomes.items()}
    assert said["outcomes"] == outcomes
    assert said["open"] == counts.duties
    suite = fromstring(written("junit", plan))[0]  # noqa: S314  (our own bytes)
    properties = {each.get("name"): each.get("value") for each in suite.find("properties")}
    assert {o: int(properties[f"rules.{o}"]) for o in outcomes} == outcomes
    run = json.loads(written("sarif", plan))["runs"][0]
    assert run["properties"]["rules"] == outcomes


def test_open_duties_stand_in_the_headline(plan):
    """What is open and a duty by law or cabinet decision is named beside the figure."""
    rules = {
        f.rule.id: f.rule
        for f in standing(plan.findings).values()
        if f.outcome is Outcome.UNKNOWN and f.rule.strength in DUTIES and not f.rule.draft
    }
    statute = sum(rule.strength == "statute" for rule in rules.values())
    assert plan.counts.duties.get("statute", 0) == statute > 0
    assert f"(うち法的義務 {statute}" in counted([plan.counts]).ja
    assert f"{statute} legal dut" in counted([plan.counts]).en


def test_no_duty_is_open():
    """Where no duty is open nothing is said of any."""
    plan = judged("koge").counts
    none = type(plan)(plan.outcomes, plan.severities, plan.strengths, {"advice": 3}, plan.subjects)
    assert duties([none]).ja == ""


def test_what_to_confirm_first_holds_every_duty(plan):
    """The list is in the order of all that is open, and holds each duty, however many."""
    rules = open_rules(plan.findings)
    chosen = first_to_confirm(rules)
    assert [each for each in rules if each in chosen] == [*chosen]
    assert {each.finding.rule.id for each in rules if each.is_duty} <= {
        each.finding.rule.id for each in chosen
    }
    assert len(chosen) >= min(FIRST, len(rules))


def test_a_short_list_is_filled_up():
    """Without an open duty the list holds what comes first of the rest, and no more."""
    rules = [each for each in open_rules(judged("koge").findings) if not each.is_duty]
    assert first_to_confirm(rules) == tuple(rules[:FIRST])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_duties_stand_in_the_table(plan, lang):
    """The table has the list, with strength, remedy and what is open, before the long list."""
    name = "table"
    dossier = Dossier(Assessment(NOVEMBER, ("interpreter",), (plan,)), law())
    text = CHECK.named(name)(dossier, How(Style(lang, 10_000))).decode()
    head = {"ja": "まず確かめること", "en": "Confirm first"}[lang]
    assert head in text
    for each in first_to_confirm(open_rules(plan.findings)):
        assert each.finding.rule.id in text[text.index(head) :]
        assert Style(lang).say(each.finding.remedy)[:8] in text[text.index(head) :]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["markdown", "html"])
def test_questions_stand_in_reports(plan, name, lang):
    """Each report has the list, with strength, question and what hangs on the answer."""
    dossier = Dossier(Assessment(NOVEMBER, ("interpreter",), (plan,)), law())
    text = CHECK.named(name)(dossier, How(Style(lang, 10_000))).decode()
    head = {"ja": "まず確かめること", "en": "Confirm first"}[lang]
    told = text[text.index(head) :]
    for question in first_questions(dossier.questions(plan)):
        assert Style(lang).say(question.text)[-30:] in told
        for finding in question.hangs[:3]:
            assert finding.rule.id in told


def test_questions_have_a_sheet(plan):
    """The workbook has a sheet with a row for each, and room for what was found."""
    book = load_workbook(BytesIO(written("xlsx", plan)))
    rows = [*book["まず確かめること"].iter_rows(min_row=2, values_only=True)]
    chosen = first_questions(questions(plan))
    assert [row[2] for row in rows] == [question.text.ja for question in chosen]
    assert all(row[-1] is row[-2] is None for row in rows)


@pytest.mark.parametrize("name", ["json", "csv", "markdown", "html", "xlsx"])
def test_one_order_of_what_is_open(plan, name):
    """All reports list what is undetermined by strength, day and id."""
    ids = [each.finding.rule.id for each in open_rules(plan.findings)]
    ranks = [-STRENGTH_RANK[each.finding.rule.strength] for each in open_rules(plan.findings)]
    plain = [
        n
        for n, each in zip(ranks, open_rules(plan.findings), strict=True)
        if each.finding.refinement is None
    ]
    assert plain == sorted(plain)
    raw = written(name, plan)
    if name == "json":
        found = json.loads(raw)["plans"][0]["findings"]
        shown = [each["rule"]["id"] for each in found if each["outcome"] == "unknown"]
    elif name == "csv":
        rows = list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))
        shown = [row[2] for row in rows if row[5] == "要確認"]
    elif name == "xlsx":
        book = load_workbook(BytesIO(raw))
        rows = [*book.worksheets[2].iter_rows(min_row=2, values_only=True)]
        shown = [row[0] for row in rows if row[3] == "要確認"]
    elif name == "html":
        shown = re.findall(r'data-outcome="unknown".*?<a href="#([A-Z0-9-]+)">', raw.decode())
    else:
        folded = raw.decode().partition("<summary>要確認")[2].partition("</details>")[0]
        shown = re.findall(r"^- \\\[[^]]*\\\] ([A-Z0-9]+-\d+) ", folded, re.MULTILINE)
    assert list(dict.fromkeys(shown)) == ids


# What a rule was never about


def test_what_a_rule_was_never_about_is_not_shown(plan):
    """A row that does not apply stands alone for its rule, and only where nothing else came."""
    told, came = plan.told(), standing(plan.findings)
    none = [f for f in told if f.outcome is Outcome.NOT_APPLICABLE]
    assert len(none) == plan.counts.outcomes[Outcome.NOT_APPLICABLE]
    assert all(came[f.rule.id].outcome is Outcome.NOT_APPLICABLE for f in none)
    others = [f for f in plan.findings if f.outcome is not Outcome.NOT_APPLICABLE]
    assert [f for f in told if f.outcome is not Outcome.NOT_APPLICABLE] == others
    assert {f.rule.id for f in told} == {f.rule.id for f in plan.findings}
    assert plan.told(everything=True) == plan.findings


def test_one_row_for_a_rule_that_applies_to_nothing():
    """It says how many subjects it was looked at for, and names none of them."""
    plan = judged("koge")
    by_rule = {}
    for finding in plan.findings:
        by_rule.setdefault(finding.rule.id, []).append(finding)
    several = {
        rule: group
        for rule, group in by_rule.items()
        if len(group) > 1 and all(f.outcome is Outcome.NOT_APPLICABLE for f in group)
    }
    assert several
    for rule, group in several.items():
        (row,) = [f for f in plan.told() if f.rule.id == rule]
        assert (row.key, row.area, row.verdict, row.proofs) == (WHOLE, None, None, ())
        if len({f.message for f in group}) > 1:
            assert row.message.ja == f"この計画には当てはまる対象がない(見たもの{len(group)}件)"


@pytest.mark.parametrize("name", ["json", "csv", "markdown", "html", "xlsx", "junit", "sarif"])
def test_all_shows_every_pair(name):
    """With --all every subject of every rule stands in the report, as it was judged."""
    plan = judged("koge")
    assert len(written(name, plan, everything=True)) > len(written(name, plan))


def test_json_of_a_plan_is_small():
    """What is of no use to a reader is not written: the largest plan takes less than 1.5 MB."""
    assert max(len(written("json", judged(name))) for name in TOWNS) < 1_500_000


# Rules and places


@pytest.mark.parametrize(
    ("sections", "ja", "en"),
    [
        ("", "0件", "0"),
    ],
)
def test_nothing_is_nothing(sections, ja, en):
    """Of nothing there is nothing to say."""
    found = found_of(plan_file(sections))
    said = rules_and_places(found.of(Outcome.WAIVED), 0)
    assert (said.ja, said.en) == (ja, en)


def test_rules_and_places():
    """Places are told where they are more, and rules that count with a graver outcome."""
    plan = judged("koge")
    findings = plan.of(Outcome.UNKNOWN)
    rules = {f.rule.id for f in findings}
    said = rules_and_places(findings, plan.counts.outcomes[Outcome.UNKNOWN])
    graver = len(rules) - plan.counts.outcomes[Outcome.UNKNOWN]
    assert graver > 0
    assert said.ja == (
        f"{plan.counts.outcomes[Outcome.UNKNOWN]}件({len(findings)}か所、"
        f"うち{graver}件の点検項目は、より重い判定に数える)"
    )
    alone = [next(f for f in findings if f.rule.id == rule) for rule in rules]
    assert rules_and_places(alone, len(rules)).en == str(len(rules))
