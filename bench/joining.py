"""What reports of many plans cost where they are put together: `python bench/joining.py FORMAT N`.

Pieces of a few plans are repeated under other names, so that 20,000 take seconds. Each number needs
a process of its own, as memory is told by its peak.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, cast

from corpus import SEED, write
from tables import Section, Table, Target
from towns import DAY

from dxrules.frozen import replaced
from dxrules.nation.judging import PlanTask, judge
from dxrules.nation.named_file import NamedFile
from dxrules.nation.order import Order, Wanted
from dxrules.nation.run import Run
from dxrules.nation.spool import Spool
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import PlanHeading, apart, dumped, loaded, together
from dxrules.report.terminal import Style
from dxrules.rules import load_law
from dxrules.rules.ruleset_files import contents_by_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tables import Cell

    from dxrules.nation.judging import PlanInPieces

PLANS = 40
FORMATS = (
    "table",
    "concise",
    "json",
    "csv",
    "markdown",
    "sarif",
    "junit",
    "html",
    "github",
    "oscal",
    "xlsx",
)
SLOW = frozenset({"oscal", "xlsx"})
NAMED = frozenset({"oscal"})
"""Formats whose pieces begin with what tells a plan from others."""
MOST = 100
"""MiB, beside what judging takes."""


class Repeated:
    """Answers with what came of a few plans, each time under another name.

    `taken` is the CPU, in seconds, that naming them took, which is no part of putting together.
    """

    def __init__(self, form: str, found: list[PlanInPieces]) -> None:
        """Take what came of them, in which format."""
        self._found = [
            (each, PlanHeading.unpacked(zlib.decompress(each.heading))) for each in found
        ]
        self._named = form in NAMED
        self.taken = 0.0

    def answers(self, tasks: Iterable[object]) -> Iterator[PlanInPieces]:
        """Yield an answer to each task."""
        for number, _ in enumerate(tasks):
            start = process_time()
            judged, heading = self._found[number % len(self._found)]
            named = replaced(heading, title=f"{number:06}", file=f"{number:06}-{heading.file}")
            pieces = judged.pieces
            if self._named:
                pieces = tuple(_named(each, number) for each in pieces)
            packed = zlib.compress(named.packed(), 1)
            self.taken += process_time() - start
            yield replace(judged, heading=packed, pieces=pieces)


def _named(packed: bytes, number: int) -> bytes:
    """Return a piece under another name: plans of one name are told apart, which takes long."""
    first, *others = apart(zlib.decompress(packed))
    names, rules = loaded(first)
    return zlib.compress(together(dumped([[*names, str(number)], rules]), *others), 1)


def _peak(word: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(word))


def put_together(form: str, number: int) -> dict[str, float]:
    """Return what so many plans take beyond the start of this process: MiB, CPU ms a plan, MB."""
    how = How(Style("ja"), full=False)
    wanted = (Wanted("check", form, how),)
    files = contents_by_path(None)
    order = Order(files, "rulesets", DAY, "interpreter", waivers=True, wanted=wanted)
    with TemporaryDirectory() as name:
        write(Path(name), SEED, PLANS)
        plans = sorted((Path(name) / "plans").glob("*.yaml"))
        found = [judge(order, PlanTask(plan.name, plan.read_bytes(), "")) for plan in plans]
    repeated = Repeated(form, [each for each in found if each.heading])
    gc.collect()
    gc.freeze()
    with closing(Spool()) as spool:
        run = Run(order, load_law(None), spool)
        before, start = _peak("VmRSS"), process_time()
        sources = (NamedFile(f"{number}", raw=b"-") for number in range(number))
        run.over(sources, cast("Any", repeated))
        size = sum(map(len, run.report(0)))
        taken = process_time() - start - repeated.taken
    return {
        "peak": max(0.0, _peak("VmHWM") - before),
        "cpu": taken * 1_000 / number,
        "size": size / 1e6,
    }


def measure(numbers: Sequence[int], most: int) -> Section:
    """Measure each format, and the table of so many as there will ever be: one process each."""
    rows: list[tuple[Cell, ...]] = []
    for form in FORMATS:
        name, share = (f"{form}, a quarter of the plans", 4) if form in SLOW else (form, 1)
        small, large = (_apart(form, number // share) for number in numbers)
        rows.append((name, small["peak"], large["peak"], small["cpu"], large["cpu"]))
    whole = _apart(FORMATS[0], most)
    rows.append((f"{FORMATS[0]} of {most:,} plans", "", whole["peak"], "", whole["cpu"]))
    heads = ("format", *(f"{n:,}, MiB" for n in numbers))
    text = (
        "What one process takes to put reports together, beyond its start: pieces of "
        f"{PLANS} plans, repeated under other names. No further process shortens this."
    )
    return Section(
        "Many plans, put together",
        text,
        [Table((*heads, *(f"{n:,}, CPU ms a plan" for n in numbers)), rows)],
        [Target(f"table of {most:,} plans, put together, MiB", MOST, whole["peak"])],
    )


def _apart(form: str, number: int) -> dict[str, float]:
    call = [sys.executable, __file__, form, str(number)]
    found: dict[str, float] = json.loads(
        subprocess.run(call, check=True, capture_output=True).stdout
    )
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("form")
    parser.add_argument("number", type=int)
    asked = parser.parse_args()
    print(json.dumps(put_together(asked.form, asked.number)))
