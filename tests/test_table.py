"""The table of `check`: what it lists of many findings, and what it leaves out."""

from __future__ import annotations

import pytest
from tabulate import tabulate

from dxrules.assessment import assess
from dxrules.assessment.dossier import Dossier
from dxrules.report.brief import PIECES
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from tests.helpers.lawbooks import NOVEMBER, broken, law, load
from tests.helpers.plans import plan_file


def table(file, own, **how):
    """Return the lines of the table on one plan."""
    judged = assess([file], own, NOVEMBER, engine="interpreter")
    return (
        PIECES.write(Dossier(judged, own), How(Style("en", width=200), **how)).decode().splitlines()
    )


def test_reasons_beyond_the_third_are_put_together():
    """Of a rule that cannot be told for many reasons three are told, and the rest are named."""
    file = plan_file(
        """
        measures:
          - {id: a, title: A, status: planned, due: 2025-03-31}
          - {id: b, title: B, status: planned, due: 2026-09-30}
          - {id: c, title: C, status: not-done, due: 概ね2025-03-31}
          - {id: d, title: D, status: planned}
          - {id: e, title: E, status: planned, areas: [telework]}
        document: {read: complete, lost: [{part: schedule, what: 工程表, areas: [telework]}]}
        """
    )
    mark = "[consistency of the plan] "
    lost = "the document lost it (工程表)"
    assert [line for line in table(file, law()) if "SCH-06" in line] == [
        f"    {mark}SCH-06 Overdue measures ×2 [D, E] - due, overdue: {lost}",
        (
            f"    {mark}SCH-06 Overdue measures (due 2025-03-31, 599 days ago) [A] - overdue: "
            "it fell due, and no result is stated"
        ),
        (
            f"    {mark}SCH-06 Overdue measures (due about 2025-03-31, 599 days ago) [C] - "
            "overdue: it is due on an approximate day"
        ),
        f"    {mark}SCH-06 Overdue measures (due 2026-09-30, 51 days ago) [B] for other reasons",
    ]


def test_rules_not_in_force(tmp_path):
    """Rules that are not in force are listed at the end, where there are such."""
    file = plan_file("measures: []")
    title = "  rules not in force"
    assert title not in table(file, load(tmp_path), everything=True)
    lapsed = load(tmp_path, broken("until: 2027-03-31", "until: 2026-10-31"))
    assert table(file, lapsed, everything=True)[-3:] == [
        "",
        title,
        "    TST-02 Cycles (2020-04-01～2026-10-31)",
    ]
    assert title not in table(file, lapsed)


ROWS = [
    ("上三川町", 3, "SEC-01, SEC-02"),
    ("神石高原町(広島県)の長い名前の計画", 12, ""),
    ("B", 0, "DXP-01 が長く続くと、幅に収まらないので折り返される"),
    ("西川町", 1, "KPI-01"),
    ("中之条町", 104, "KPI-02"),
]


@pytest.mark.parametrize("foldable", [(), (0, 2)])
@pytest.mark.parametrize("at_once", [1, 2, 5])
@pytest.mark.parametrize("number", range(len(ROWS) + 1))
def test_a_long_table_is_laid_out_in_parts(monkeypatch, at_once, number, foldable):
    """However many rows are held at once, the lines are those of one table."""
    style, heads = Style("ja", 40), ["団体", "不適合", "点検項目の番号"]
    whole = style.table(ROWS[:number], heads, foldable).splitlines()
    monkeypatch.setattr("dxrules.report.terminal._ROWS_AT_ONCE", at_once)
    assert [*style.table_lines(lambda: iter(ROWS[:number]), heads, foldable)] == whole
    if not foldable:
        rows = [[str(cell) for cell in row] for row in ROWS[:number]]
        assert whole == tabulate(rows, heads, "simple", disable_numparse=True).splitlines()
