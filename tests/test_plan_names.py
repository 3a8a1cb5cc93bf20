"""Plans of one town in one call are told apart."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules import assess, load_law
from dxrules.assessment.comparison import compare_plans
from dxrules.assessment.dossier import Dossier
from dxrules.plan import plan_of
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import names_of
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK, COMPARE
from dxrules.source import from_text
from dxrules.texts import Text, same
from tests.helpers.small import DATA, DAY, PLAN, changed

LAW = load_law(DATA / "rulesets")
OTHER = {'code: "349992"': 'code: "019992"', "見本町, en: Mihon": "他の町, en: Other"}
NEXT = {"title: 見本町": "title: 第2次見本町"}


def judged(*changes):
    """Judge the small plan once with each group of changes, each from a file of its own."""
    plans = [
        plan_of(from_text(changed(each), f"{PLAN}{n}"), LAW.reference)
        for n, each in enumerate(changes, 1)
    ]
    return assess(plans, LAW, date.fromisoformat(DAY), engine="interpreter")


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        (({},), [Text("見本町", "Mihon")]),
        (({}, OTHER), [Text("他の町", "Other"), Text("見本町", "Mihon")]),
        (
            ({}, NEXT, OTHER),
            [
                Text("他の町", "Other"),
                Text("見本町DX推進計画", "Mihon 見本町DX推進計画"),
                Text("見本町 第2次見本町DX推進計画", "Mihon 第2次見本町DX推進計画"),
            ],
        ),
        (
            ({}, {}),
            [
                Text("見本町DX推進計画", "Mihon 見本町DX推進計画") + same(f" ({PLAN}1)"),
                Text("見本町DX推進計画", "Mihon 見本町DX推進計画") + same(f" ({PLAN}2)"),
            ],
        ),
    ],
)
def test_names(changes, names):
    """A town that stands once goes by its name; else by its plan, and by its file if need be."""
    assert sorted(names_of(judged(*changes).plans), key=str) == sorted(names, key=str)


def test_summary():
    """The first lines of `check` name the plans of a town that has two."""
    dossier = Dossier(judged({}, NEXT, OTHER), LAW)
    said = CHECK.named("table")(dossier, How(Style("en", 140))).decode()
    summary = said.split("\n\n")[0]
    assert [line.split("  ")[0] for line in summary.splitlines()[2:]] == [
        "Other",
        "Mihon 見本町DX推進計画",
        "Mihon 第2次見本町DX推進計画",
    ]


@pytest.mark.parametrize("form", ["table", "markdown", "csv"])
def test_comparison(form):
    """So do the columns of a comparison."""
    comparison = compare_plans(judged({}, NEXT))
    said = COMPARE.named(form)(comparison, How(Style("en"), everything=True)).decode()
    assert said.count("Mihon 見本町DX推進計画") == said.count("Mihon 第2次見本町DX推進計画") == 1
