"""The HTML report: how large it is, and how long Chromium takes until something is seen.

The nation's towns are those of `facts/`, over and over, each time under another code and name.
Of a folder of pages (`--output-dir`) the index is measured: the pages are those of single towns.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from tables import Section, Table, Target
from towns import DAY, FACTS

from dxrules.assessment import assess
from dxrules.assessment.dossier import Dossier
from dxrules.cli.common import load
from dxrules.cli.named_plans import Plans
from dxrules.report.comparison_tables import cells_of
from dxrules.report.how_to_write import How
from dxrules.report.html.environment import SCRIPT_FILE, STYLE_FILE, asset
from dxrules.report.html.site import PIECES
from dxrules.report.piecewise import Whole, together
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tables import Cell

    from dxrules.assessment import Assessment, PlanAssessment
    from dxrules.rules import Law

LANGS = ("ja", "en")
SOME = 47
"""Towns of the smaller index: one of each prefecture."""
MOST_KB, MOST_SECONDS, MOST_SECONDS_OF_SOME = 400, 2, 1

_TIMES = """<script>
addEventListener("load", () => {
  const paint = performance.getEntriesByType("paint")[0];
  const times = [paint ? paint.startTime : performance.now(), performance.now()];
  const nodes = document.querySelectorAll("*").length;
  document.title = `paint=${Math.round(times[0])} load=${Math.round(times[1])} nodes=${nodes}`;
});
</script>"""
"""Added to a copy of the report, without its policy, so that Chromium prints times as its title."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def measure(plans: int, rounds: int) -> Section:
    """Write the reports; open the nation's in Chromium, where there is one."""
    law = load(None)
    files = Plans().read((str(FACTS),), law.reference)
    real = assess(files, law, DAY, engine="interpreter")
    all_of_them = replace(real, plans=tuple(_nation(real.plans, plans)))
    rows, largest = [], 0.0
    for plan in real.plans:
        name = plan.file.plan.municipality.name.en
        row, pages = _written(name, replace(real, plans=(plan,)), law)
        largest = max(largest, *(len(page) / 1000 for page in pages))
        rows.append(row)
    row, pages = _written(f"{plans:,} municipalities", all_of_them, law)
    rows.append(row)
    headings = ("report", *(f"{lang}, KB" for lang in LANGS), "writing one of them, s")
    tables = [Table(headings, rows)]
    targets = [Target("HTML of the largest town, KB", MOST_KB, largest)]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        text = "There is no Chromium, so nothing was opened."
    else:
        text = f"Opened in Chromium at 1280 by 900, median of {rounds} starts."
        some = replace(real, plans=tuple(_nation(real.plans, SOME)))
        shown = {
            f"report on {plans:,}": pages[0],
            f"index of {SOME}": _index(some, law),
            f"index of {plans:,}": _index(all_of_them, law),
        }
        times = {name: _opened(chromium, page, rounds) for name, page in shown.items()}
        tables.append(
            Table(
                ("opened", "KB", "elements", "first paint, s", "loaded, s"),
                [(name, len(shown[name]) / 1000, *found) for name, found in times.items()],
            )
        )
        (_, paint, _), (_, _, loaded), _ = times.values()
        targets.append(Target(f"first paint of {plans:,} municipalities, s", MOST_SECONDS, paint))
        targets.append(Target(f"index of {SOME} loaded, s", MOST_SECONDS_OF_SOME, loaded))
    return Section("The HTML report", text, tables, targets)


def _nation(real: Sequence[PlanAssessment], plans: int) -> Iterator[PlanAssessment]:
    for number in range(plans):
        judged = real[number % len(real)]
        said = judged.file.plan
        town = said.municipality
        name = type(town.name)(ja=f"見本{number:04}町", en=f"Mihon {number:04}")
        town = town.model_copy(update={"code": f"{number:06}", "name": name})
        said = said.model_copy(update={"municipality": town})
        yield replace(judged, file=replace(judged.file, plan=said))


def _written(name: str, judged: Assessment, law: Law) -> tuple[tuple[Cell, ...], list[bytes]]:
    start = perf_counter()
    write = CHECK.named("html")
    pages = [write(Dossier(judged, law), How(Style(lang))) for lang in LANGS]
    taken = (perf_counter() - start) / len(LANGS)
    return (name, *(len(page) / 1000 for page in pages), taken), pages


def _index(judged: Assessment, law: Law) -> bytes:
    """Return the index of a folder of pages."""
    how = How(Style("ja"))
    pieces = [together(cells_of(plan), b"") for plan in judged.plans]
    return b"".join(PIECES.joined(Whole.of(Dossier(judged, law), how), pieces, how))


def _opened(chromium: str, page: bytes, rounds: int) -> tuple[int, float, float]:
    """Return the number of elements, and medians of first paint and end of loading, in seconds."""
    text = _POLICY.sub("", page.decode()).replace("</body>", f"{_TIMES}</body>")
    times: list[tuple[float, float]] = []
    with TemporaryDirectory() as folder:
        copy = Path(folder, "nation.html")
        copy.write_text(text, encoding="utf-8")
        for name in (STYLE_FILE, SCRIPT_FILE):
            Path(folder, name).write_text(asset(name), encoding="utf-8")
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--window-size=1280,900",
            f"--user-data-dir={folder}/profile",
            "--dump-dom",
            copy.as_uri(),
        ]
        for _ in range(rounds):
            shown = subprocess.run(command, check=True, capture_output=True).stdout.decode()
            found = re.search(r"<title>paint=(\d+) load=(\d+) nodes=(\d+)</title>", shown)
            if found is None:
                raise SystemExit("Chromium did not tell when it painted")
            times.append((int(found[1]) / 1000, int(found[2]) / 1000))
    paints, loads = zip(*times, strict=True)
    return int(found[3]), median(paints), median(loads)
