"""A small plan and a small folder of rulesets that do not change with those that are shipped."""

from __future__ import annotations

from pathlib import Path

from dxrules.plan.municipality_code import check_digit

DATA = Path(__file__).parent.parent / "data"
PLAN = "plans/34999-mihon.yaml"
DAY = "2026-11-20"
SMALL = ("--rulesets", "rulesets")
"""Options for commands that are run in DATA, or where a copy of it lies."""


def changed(changes):
    """Return the text of the small plan with parts of it replaced; each must be there."""
    text = (DATA / PLAN).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def code_of(number):
    """Return the code of a town of Hokkaido, or for every third number of Hiroshima."""
    five = f"{'34' if number % 3 == 0 else '01'}{301 + number}"
    return five + check_digit(five)


def of_town(number):
    """Return the changes that make the small plan that of another town."""
    return {"見本町": f"町{number:02}", 'code: "349992"': f'code: "{code_of(number)}"'}


def another(file, number=2):
    """Write another plan of the same town to a file: the same plan would be judged but once."""
    title = "title: 見本町DX推進計画"
    Path(file).write_text(changed({title: f"{title}{number}"}), encoding="utf-8")
