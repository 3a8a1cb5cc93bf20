"""The results of the nation as a database: writing them, and asking them.

The five towns are judged once, and their results are written under the codes and names of 1,788
municipalities: as many rows as the nation's plans have, without judging so many.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from tables import Section, Table, Target

from dxrules.assessment.assess import assess_each, engines_of
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import Assessment
from dxrules.cli.common import load
from dxrules.cli.named_plans import Plans
from dxrules.reference.gazetteer import gazetteer
from dxrules.report.database.database_views import KNOWN, NAMED
from dxrules.report.database.plan_entries import PIECES, PlanEntry, entries
from dxrules.report.database.query import ask
from dxrules.report.database.stores import store_file, store_folder
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import Whole
from dxrules.report.terminal import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.assessment import PlanAssessment
    from dxrules.rules import Law

FACTS = Path(__file__).parent.parent / "facts"
DAY = date(2026, 11, 20)
MOST_SECONDS = 1.0
GIVEN = {"missing": {"rule": "EQR-01", "prefecture": "09"}, "due": {"until": "2027-03-31"}}


def nation(law: Law, plans: int) -> Iterator[Dossier]:
    """Yield so many dossiers, one by one: those of the five towns, with the names of others."""
    files = Plans().read((str(FACTS),), law.reference)
    judged = [*assess_each(files, law, DAY, engine="interpreter")]
    towns = [*gazetteer().municipalities.values()]
    for number in range(plans):
        own = judged[number % len(judged)]
        town = towns[number % len(towns)]
        (plan,) = own.plans
        yield Dossier(Assessment(own.day, own.engines, (_called(plan, town),)), law)


def _entries(dossiers: Iterator[Dossier]) -> Iterator[PlanEntry]:
    how = How(Style("ja"))
    for dossier in dossiers:
        yield from entries(Whole.of(dossier, how), PIECES.pieces(dossier, how))


def _called(plan: PlanAssessment, town: object) -> PlanAssessment:
    """Return the assessment of a plan as that of another municipality."""
    from dataclasses import replace

    said = plan.file.plan.municipality
    name = said.name.model_copy(update={"ja": town.name.ja, "en": town.name.en})
    own = said.model_copy(update={"code": town.code, "name": name})
    file = replace(plan.file, plan=plan.file.plan.model_copy(update={"municipality": own}))
    return replace(plan, file=file)


def measure(plans: int, rounds: int) -> Section:
    """Write the results both ways, and time each question that has a name."""
    law = load(None)
    nothing = Dossier(Assessment(DAY, engines_of("interpreter"), ()), law)
    with TemporaryDirectory() as folder:
        file, parquet = Path(folder) / "nation.duckdb", Path(folder) / "nation.parquet"
        rows = []
        for path, store in ((file, store_file), (parquet, store_folder)):
            start, used = perf_counter(), process_time()
            store(path, _entries(nation(law, plans)), lambda: nothing)
            size = sum(each.stat().st_size for each in [path, *path.rglob("*")] if each.is_file())
            took = perf_counter() - start, process_time() - used
            rows.append((path.suffix[1:], size / 1e6, *took, took[1] / plans * 1000))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        findings = ask(file, "", "SELECT count(*) FROM findings", {}).rows[0][0]
        asked, slowest = _questions(file, parquet, rounds)
        whole = _process(file)
    text = (
        f"{plans:,} plans, {findings:,} findings; the peak of this process was {peak:,.0f} MB. "
        "Each question is answered by a process of its own, whose start is in its time."
    )
    written = Table(("written", "MB", "seconds", "CPU seconds", "CPU ms a plan"), rows)
    answers = Table(("question", "rows", "database, s", "CPU s", "folder, s", "CPU s"), asked)
    targets = [
        Target("slowest named question, seconds", MOST_SECONDS, slowest),
        Target("`dxrules query --question missing`, whole process, seconds", 2, whole),
    ]
    return Section("Database", text, [written, answers], targets)


def _questions(
    file: Path, folder: Path, rounds: int
) -> tuple[list[tuple[str | int | float, ...]], float]:
    """Return the times of each question, and the slowest of the database."""
    found = []
    for name, each in NAMED.items():
        given = {value: GIVEN.get(name, {}).get(value) for value in each.values}
        times = []
        for path in (file, folder):
            taken, used = [], []
            for _ in range(rounds):
                start, before = perf_counter(), _cpu()
                answer = ask(path, path.name, each.sql, given, KNOWN)
                taken.append(perf_counter() - start)
                used.append(_cpu() - before)
            times += [median(taken), median(used)]
        found.append((name, len(answer.rows), *times))
    return found, max(times for _, _, times, *_ in found)


def _cpu() -> float:
    """Return the CPU seconds of this process and of those that it has waited for."""
    both = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(sum(resource.getrusage(each)[:2]) for each in both)


def _process(file: Path) -> float:
    start = perf_counter()
    words = ["query", str(file), "--question", "missing", "--rule", "EQR-01", "--prefecture", "09"]
    subprocess.run(
        [sys.executable, "-m", "dxrules", *words]
        if (Path(__file__).parent.parent / "dxrules" / "__main__.py").exists()
        else [sys.executable, str(Path(__file__).parent.parent / "cli.py"), *words],
        check=True,
        stdout=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    return perf_counter() - start
