"""From plan files to findings: the CPU of each step, beside PyYAML that only loads the files.

CPU time, as the garbage collector of a command line sees it: a collection is no cost there.
"""

from __future__ import annotations

import gc
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import yaml
from tables import Section, Table, Target
from towns import DAY, FACTS

from dxrules.assessment.assess import assessor
from dxrules.cli.common import load
from dxrules.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dxrules.plan import PlanFile

BARE = "PyYAML, CSafeLoader: plain data, no places, nothing checked"
READ = "read: plain data with places, validated, cross-checked"
JUDGE = "judge by the interpreter alone"
BOTH = "judge by both engines, and whether they agree"
TOLD = "the same, and every reason told"
MOST = 2.5


def measure(rounds: int) -> Section:
    """Time each step over the real plans, read anew in every round."""
    law, files = load(None), sorted(FACTS.glob("*.yaml"))
    alone, both = (assessor(law, DAY, engine=each) for each in ("interpreter", "both"))

    def told(plan: PlanFile) -> None:
        for finding in both(plan).findings:
            _ = finding.message, finding.proofs

    def read(file: Path) -> PlanFile:
        return read_plan(file, law.reference)

    times: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        taken = {BARE: _cpu(_bare, files), READ: _cpu(read, files)}
        taken |= {
            name: _cpu(judge, [*map(read, files)])
            for name, judge in ((JUDGE, alone), (BOTH, both), (TOLD, told))
        }
        for name, each in taken.items() if number else ():  # the first round compiles the law
            times.setdefault(name, []).append(each)
    rows = [(name, median(each), _ratio(times, [name])) for name, each in times.items()]
    size = sum(file.stat().st_size for file in files) / len(files) / 1000
    text = (
        f"The plans in `facts/`, {size:.0f} KB each, by the rules in force on {DAY}; the law is "
        f"read and compiled before. CPU of one plan, median of {rounds} rounds; ratios within a "
        "round."
    )
    headings = ("step", "ms a plan", "÷ PyYAML")
    target = Target(
        "reading and judging by both engines ÷ PyYAML", MOST, _ratio(times, [READ, BOTH])
    )
    return Section("From files to findings", text, [Table(headings, rows)], [target])


def _bare(file: Path) -> object:
    return yaml.load(file.read_bytes(), yaml.CSafeLoader)


def _cpu(work: Callable[..., object], items: list[Path] | list[PlanFile]) -> float:
    gc.collect()
    gc.disable()
    start = process_time()
    for item in items:
        work(item)
    taken = process_time() - start
    gc.enable()
    return taken * 1000 / len(items)


def _ratio(times: dict[str, list[float]], names: list[str]) -> float:
    sums = [sum(each) for each in zip(*(times[name] for name in names), strict=True)]
    return median(one / bare for one, bare in zip(sums, times[BARE], strict=True))
