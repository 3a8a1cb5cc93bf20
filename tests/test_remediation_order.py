"""The order to mend in: what others wait for, what is due, and by when work has to start."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.assessment.gaps import gap_report
from dxrules.assessment.remediation_order import Later, Mending, in_order, reached, urgency
from dxrules.dates import PartialDate
from dxrules.derivation import Context
from dxrules.texts import same
from tests.helpers.lawbooks import NOVEMBER, ONE_RULE, ROOT, found_of, law, load
from tests.helpers.plans import plan_file, reference

RULE = """\
  - id: {id}
    title: {{ja: 点検項目, en: Rule}}
    about: plan
    strength: consistency
    severity: {severity}
    source: {{ref: guide}}
    in_force: {{announced: 2020-04-01, from: 2020-04-01}}
    subject: {subject}
    require: {require}
    message: {{ja: ない, en: none}}
    remedy: {{ja: 書く, en: State it}}
    examples:
      - {{expect: pass, fact: {{{good}}}}}
      - {{expect: fail, fact: {{{bad}}}}}
"""
OWNER = ("owner: {known: yes}", "owner: 課", "owner: silent")
DUE = ("due: {known: yes}", "due: 2026-04-01", "due: silent")
PRESENT = ("present: {is: yes}", "present: yes", "present: no")
COVERED = ("covered: {is: yes}", "covered: yes", "covered: no")
MEASURED = ("measured: {is: yes}", "measured: yes", "measured: no")


def rule_text(rule_id, subject, asked, severity="note"):
    """Return one rule of a ruleset."""
    require, good, bad = asked
    return RULE.format(
        id=rule_id,
        subject=subject,
        severity=severity,
        require=f"{{{require}}}",
        good=good,
        bad=bad,
    )


def own(tmp_path, *rules):
    """Return a law with just these rules."""
    head = ONE_RULE[: ONE_RULE.index("  - id: TST-01")]
    head = head[: head.index("parameters:")] + "rules:\n"
    return load(tmp_path, head + "".join(rules))


PERIOD = "period: 令和8年度～令和10年度"
CHAIN = """
    measures:
      - {id: build, title: 構築, areas: [ai], status: planned, owner: 課, start: 2026-10-01,
         requires: [{id: survey, kind: finish-to-start}]}
      - {id: run, title: 運用, areas: [ai], status: planned, owner: 課, due: 2028-03-31,
         requires: [{id: build, kind: finish-to-start}]}
      - {id: survey, title: 調査, areas: [bpr], status: planned, start: 2026-04-01, due: 2026-09-30}
"""


def gaps_of(tmp_path, sections, *rules, about=PERIOD):
    """Return the gaps of a small plan, over all areas."""
    found = found_of(plan_file(sections, about=about), own=own(tmp_path, *rules))
    return gap_report(found, reference()).first


def test_what_others_wait_for_comes_first(tmp_path):
    """A note on work that others wait for stands before an error on what waits."""
    gaps = gaps_of(
        tmp_path,
        CHAIN,
        rule_text("TST-01", "measure", DUE, "error"),
        rule_text("TST-02", "measure", OWNER),
    )
    assert [(gap.finding.rule.id, gap.finding.key) for gap in gaps] == [
        ("TST-02", "survey"),
        ("TST-01", "build"),
    ]
    assert [gap.later for gap in gaps] == [
        (Later("measure", "build", same("構築")), Later("measure", "run", same("運用"))),
        (Later("measure", "run", same("運用")),),
    ]


def test_without_what_waits_the_gravest_comes_first(tmp_path):
    """Of gaps that nothing waits for, the gravest comes first."""
    gaps = gaps_of(
        tmp_path,
        "measures: [{id: a, title: 取組, areas: [ai], status: planned}]",
        rule_text("TST-01", "measure", OWNER),
        rule_text("TST-02", "measure", DUE, "error"),
    )
    assert [gap.finding.rule.id for gap in gaps] == ["TST-02", "TST-01"]
    assert [(gap.later, gap.start_by) for gap in gaps] == [((), None)] * 2


def timed(**changes):
    """Return a chain of two measures whose days are known, changed in parts."""
    first = {"status": "planned", "start": "2026-04-01", "due": "2026-09-30"} | changes
    told = ", ".join(f"{key}: {value}" for key, value in first.items() if value)
    return f"""
    document: {{read: complete}}
    measures:
      - {{id: survey, title: 調査, areas: [bpr], {told}}}
      - {{id: build, title: 構築, areas: [ai], status: planned, owner: 課,
         start: 2026-10-01, due: 2027-09-30, requires: [{{id: survey, kind: finish-to-start}}]}}
    """


def test_by_when_it_has_to_start(tmp_path):
    """Work starts on the day from which all that waits still ends within the period."""
    (gap,) = gaps_of(tmp_path, timed(), rule_text("TST-01", "measure", OWNER))
    build = date(2027, 9, 30) - date(2026, 10, 1)
    survey = date(2026, 9, 30) - date(2026, 4, 1)
    assert gap.start_by == date(2029, 3, 31) - build - survey


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"start": None}, PERIOD),
        ({"due": None}, PERIOD),
        ({"start": "概ね令和8年4月"}, PERIOD),
        ({"status": "ongoing"}, PERIOD),
        ({}, ""),
    ],
    ids=["no start", "no end", "about", "begun", "no period"],
)
def test_no_day_where_it_cannot_be_told(tmp_path, changes, about):
    """Where it is not known how long work takes, or it has begun, no day is told."""
    (gap,) = gaps_of(tmp_path, timed(**changes), rule_text("TST-01", "measure", OWNER), about=about)
    assert (gap.later, gap.start_by) == ((Later("measure", "build", same("構築")),), None)


def test_days_that_contradict_each_other(tmp_path):
    """Work that ends before it starts takes no time, and starts on its last day at the latest."""
    sections = timed(start="2026-12-01")
    (gap,) = gaps_of(tmp_path, sections, rule_text("TST-01", "measure", OWNER))
    assert gap.start_by == date(2029, 3, 31) - (date(2027, 9, 30) - date(2026, 10, 1))


def test_no_day_for_what_only_informs(tmp_path):
    """What only builds on work does not wait for its end, so that no day follows."""
    sections = timed().replace("finish-to-start", "informs")
    (gap,) = gaps_of(tmp_path, sections, rule_text("TST-01", "measure", OWNER))
    assert (gap.later, gap.start_by) == ((Later("measure", "build", same("構築")),), None)


def test_no_day_before_all_days(tmp_path):
    """Work that would have to start before the first day there is has no such day."""
    long = "status: planned, start: 1950-04-01, due: 2070-09-30"
    chain = [
        f"  - {{id: x{n}, title: 工事, owner: 課, {long}, requires: [{{id: x{n - 1}}}]}}"
        for n in range(1, 20)
    ]
    first = f"measures:\n  - {{id: x0, title: 調査, {long}}}\n"
    (gap,) = gaps_of(tmp_path, first + "\n".join(chain), rule_text("TST-01", "measure", OWNER))
    assert gap.start_by is None


def test_the_last_to_be_started_in_time_counts_for_the_order(tmp_path):
    """What has to start soon comes before what has time up to the end of the period."""
    sections = timed() + "  - {id: other, title: 他, areas: [ai], status: planned, owner: 課}\n"
    gaps = gaps_of(
        tmp_path,
        sections,
        rule_text("TST-01", "measure", DUE),
        rule_text("TST-02", "measure", OWNER),
    )
    assert [gap.finding.key for gap in gaps] == ["survey", "other"]


def test_what_is_finished_holds_nothing_up(tmp_path):
    """Nothing waits for what is done, and no work that is done waits."""
    (gap,) = gaps_of(tmp_path, timed(status="done"), rule_text("TST-01", "measure", OWNER))
    assert (gap.later, gap.start_by) == ((), None)


def test_what_is_done_together_has_no_order(tmp_path):
    """Measures that are done together do not wait for each other."""
    sections = timed().replace("finish-to-start", "together")
    (gap,) = gaps_of(tmp_path, sections, rule_text("TST-01", "measure", OWNER))
    assert gap.later == ()


def test_a_prerequisite_that_is_not_in_the_plan(tmp_path):
    """What waits for a measure that is not there waits for it to be added."""
    sections = timed().replace("id: survey, kind", "id: guideline, kind")
    (gap,) = gaps_of(tmp_path, sections, rule_text("TST-01", "dependency", PRESENT))
    assert gap.later == (Later("measure", "build", same("構築")),)


def test_the_national_order_of_areas(tmp_path):
    """The 20 tasks come before what is shared; an indicator that is missing holds nothing up."""
    sections = """
    measures:
      - {id: shared, title: 共通化, areas: [common-platform], status: planned, due: 令和9年度}
      - {id: move, title: 移行, areas: [standardization], status: planned, owner: 課}
    indicators: []
    """
    areas = "{area: [standardization, common-platform]}"
    gaps = gaps_of(
        tmp_path,
        sections,
        rule_text("TST-01", "measure", OWNER, "error"),
        rule_text("TST-02", "measure", DUE),
        rule_text("TST-03", areas, MEASURED),
    )
    shared = Later("area", "common-platform", reference().areas["common-platform"].name)
    assert [(gap.finding.rule.id, gap.later) for gap in gaps] == [
        ("TST-02", (shared,)),
        ("TST-01", ()),
        ("TST-03", ()),
    ]


def test_an_area_without_a_measure(tmp_path):
    """An area whose work is missing comes before the area that the nation puts after it."""
    sections = """
    standardization: {scope: unstated}
    measures:
      - {id: shared, title: 共通化, areas: [common-platform], status: planned}
    """
    gaps = gaps_of(
        tmp_path,
        sections,
        rule_text("TST-01", "measure", OWNER, "error"),
        rule_text("TST-02", "{area: [standardization]}", COVERED),
        rule_text("TST-03", "dependency", PRESENT),
    )
    assert [gap.finding.rule.id for gap in gaps] == ["TST-02", "TST-03", "TST-01"]
    shared = Later("area", "common-platform", reference().areas["common-platform"].name)
    assert [gap.later for gap in gaps] == [(shared,), (shared,), ()]


def test_the_measures_of_an_area_come_with_it(tmp_path):
    """What waits for a measure of an area waits for the work of that area."""
    scheduled = ("scheduled: {is: yes}", "scheduled: yes", "scheduled: no")
    sections = timed(start=None, due=None)
    (gap,) = gaps_of(tmp_path, sections, rule_text("TST-01", "{area: [bpr]}", scheduled))
    assert gap.later == (Later("measure", "build", same("構築")),)


def test_a_circle_has_no_order(tmp_path):
    """Gaps that wait for each other stand by their urgency."""
    sections = """
    measures:
      - {id: a, title: ア, areas: [ai], status: planned, owner: 課,
         requires: [{id: b, kind: finish-to-start}]}
      - {id: b, title: イ, areas: [ai], status: planned, due: 令和9年度,
         requires: [{id: a, kind: finish-to-start}]}
    """
    gaps = gaps_of(
        tmp_path,
        sections,
        rule_text("TST-01", "measure", OWNER),
        rule_text("TST-02", "measure", DUE, "warning"),
    )
    assert [(gap.finding.rule.id, gap.later) for gap in gaps] == [
        ("TST-02", (Later("measure", "b", same("イ")),)),
        ("TST-01", (Later("measure", "a", same("ア")),)),
    ]


def test_what_waits_for_a_circle_comes_after_it():
    """What waits for a circle stands after all of it, however urgent it is."""
    then = {"a": {"b"}, "b": {"a", "c"}}
    about = [frozenset("c"), frozenset("a"), frozenset("b")]
    urgencies = [(0, 0, 0, ""), (2, 0, 0, ""), (1, 0, 0, "")]
    assert in_order(about, urgencies, lambda those: reached(those, then)) == [2, 1, 0]


@pytest.mark.parametrize(
    ("severity", "due", "start_by", "expected"),
    [
        ("error", None, None, (0, 0)),
        ("error", 9, None, (0, 0)),
        ("warning", -9, None, (0, 1)),
        ("note", 9, None, (9, 2)),
        ("note", 9, 5, (5, 2)),
        ("note", 9, -5, (0, 2)),
        ("note", None, None, (30, 2)),
        ("note", 40, None, (30, 2)),
    ],
)
def test_how_soon(severity, due, start_by, expected):
    """A grave failure, and what was due, is for now; without a day there is the whole period."""

    def after(days):
        return None if days is None else NOVEMBER + timedelta(days)

    on = None if due is None else PartialDate(None, after(due))
    finding = replace(found_of(plan_file()).findings[0], severity=severity, due=on)
    grave, now, *_ = urgency([finding], NOVEMBER, after(30), after(start_by))
    assert (now - NOVEMBER.toordinal(), grave) == expected


nodes = st.integers(0, 6)


@given(
    st.lists(st.tuples(nodes, nodes), max_size=10),
    st.lists(st.tuples(st.frozensets(nodes, max_size=3), st.integers(0, 3)), max_size=6),
)
def test_no_gap_stands_before_one_that_it_waits_for(edges, gaps):
    """The order keeps to what waits for what, and within that to what is most urgent."""
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(7))
    then = {node: set(graph.successors(node)) for node in graph}
    urgencies = [(urgency, 0, 0, f"{number}") for number, (_, urgency) in enumerate(gaps)]
    about = [own_nodes for own_nodes, _ in gaps]
    order = in_order(about, urgencies, lambda those: reached(those, then))
    assert sorted(order) == list(range(len(gaps)))

    whole = nx.transitive_closure(graph, reflexive=False)
    waits = nx.DiGraph()
    waits.add_nodes_from(range(len(gaps)))
    waits.add_edges_from(
        (one, other)
        for one, own_nodes in enumerate(about)
        for other, others in enumerate(about)
        if one != other and any(whole.has_edge(a, b) for a in own_nodes for b in others)
    )
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            assert not nx.has_path(waits, other, one) or nx.has_path(waits, one, other)
    free = [one for one in order if not waits.degree(one)]
    assert free == sorted(free, key=lambda one: urgencies[one])
    if order:
        least = {
            one: min(urgencies[n] for n in {one, *nx.descendants(waits, one)}) for one in order
        }
        assert least[order[0]] == min(least.values())


@given(st.lists(st.tuples(nodes, nodes), max_size=10), nodes)
def test_what_can_be_reached(edges, start):
    """All that comes after something is found, itself only where a way leads back."""
    graph = nx.DiGraph(edges)
    graph.add_node(start)
    then = {node: list(graph.successors(node)) for node in graph}
    way_back = any(start in nx.descendants(graph, n) or n == start for n in then[start])
    expected = nx.descendants(graph, start) | ({start} if way_back else set())
    assert reached([start], then) == expected


@pytest.mark.parametrize("name", sorted(path.stem for path in ROOT.glob("facts/*.yaml")))
def test_the_gaps_of_a_town_are_in_order(name):
    """In each area of a town, no gap stands before one that it waits for."""
    from dxrules.plan import read_plan

    path = ROOT / "facts" / f"{name}.yaml"
    found = found_of(read_plan(path, law().reference, path.name), NOVEMBER)
    report = gap_report(found, law().reference)
    mending = Mending(Context(found.file, law().reference, NOVEMBER))
    for area in report.areas:
        about = [mending.nodes(gap.findings) for gap in area.gaps]
        for place, own_nodes in enumerate(about):
            for others in about[place + 1 :]:
                before = mending.after(others) & own_nodes
                assert not before or mending.after(own_nodes) & others


def test_networkx_is_loaded_only_for_prerequisites():
    """The gaps of a plan whose measures name no prerequisites need no graph library."""
    script = """
import sys
from tests.helpers.lawbooks import found_of
from tests.helpers.plans import plan_file, reference
from dxrules.assessment.gaps import gap_report

measures = "measures: [{id: a, title: t, areas: [ai], status: planned}]"
file = plan_file(f"{measures}\\ndocument: {{read: complete}}", "period: 令和8年度")
print(len(gap_report(found_of(file), reference()).first), "networkx" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stdout == "4 False\n"


def test_a_warning_comes_before_a_note_that_was_due(tmp_path):
    """A note that was due stands behind a warning that has no day, as it weighs less."""
    soon = rule_text(
        "TST-02", "plan", ("successor: {known: yes}", "successor: 策定", "successor: silent")
    )
    soon = soon.replace("    message:", "    due: period_start\n    message:")
    later = rule_text(
        "TST-01", "plan", ("author: {known: yes}", "author: 町", "author: silent"), "warning"
    )
    gaps = gaps_of(tmp_path, "", later, soon)
    assert [gap.finding.rule.id for gap in gaps] == ["TST-01", "TST-02"]
