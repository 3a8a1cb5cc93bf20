"""Many plans in a folder, where fewer than usual are many, and calls of `check` there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from dxrules.cli import main, many_plans
from dxrules.cli.commands import check as check_command
from dxrules.nation import FEW, run
from dxrules.nation.order import Order
from dxrules.report import comparison, html
from dxrules.report.xlsx import working_paper
from tests.helpers.small import DATA, DAY, SMALL, changed, of_town

FEWER = comparison.FEW
"""So many count as few here: towns beside one another are told in the longer form above it."""
NUMBER = FEWER + 3


CALL = ("check", "plans", "--as-of", DAY, "--engine", "interpreter", *SMALL)
FILES = (
    "all.txt",
    "all.json",
    "all.csv",
    "all.html",
    "all.sarif",
    "all.xml",
    "all.xlsx",
    "all.oscal.json",
    "all.md",
    "concise=all.concise",
    "github=all.github",
)


ORDER = Order({}, "rulesets", date(2026, 11, 20), "interpreter", waivers=True, wanted=())


def write_many(folder):
    """Write folders of plans and rulesets: one file is wrong, and one plan stands in two files.

    In `enough` stand so many as are judged one by one where nobody counts otherwise.
    """
    shutil.copytree(DATA / "rulesets", folder / "rulesets")
    (folder / "plans").mkdir()
    for number in range(NUMBER):
        text = changed(of_town(number))
        (folder / "plans" / f"{number:02}.yaml").write_text(text, encoding="utf-8")
    (folder / "plans" / "98.yaml").write_text(changed(of_town(1)), encoding="utf-8")
    (folder / "plans" / "99.yaml").write_text("format: x\n", encoding="utf-8")
    shutil.copytree(folder / "plans", folder / "enough")
    for number in range(NUMBER, FEW + 3):
        (folder / "enough" / f"{number:02}.yaml").write_text(changed(of_town(number)), "utf-8")
    return folder


def stand_in(folder, monkeypatch):
    """Stand in that folder, where fewer plans are many."""
    monkeypatch.chdir(folder)
    for module in (check_command, many_plans, run):
        monkeypatch.setattr(module, "FEW", FEWER)
    monkeypatch.setattr(html, "MANY", FEWER)
    monkeypatch.setattr(working_paper, "MOST_SHEETS", FEWER)


def written(capsysbinary, *more):
    """Return the exit code of a call, all that it wrote, and what it said."""
    out = Path("out")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    code = main([*CALL, *more])
    said = capsysbinary.readouterr()
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    return code, said.out, said.err, files


def outputs():
    """Return options that write every format."""
    named = [name.replace("all.", "out/all.") for name in FILES]
    return [word for name in named for word in ("--output", name)]
